"""What the journal tells everybody of a partnership, and how counts of people are told. A verb without words is not told."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from bermitra.foundation.text import _
from bermitra.monitoring.indicators import FEWEST_PEOPLE

HAPPENED = {
    "partnership.opened": _("Desa memulai kemitraan ini."),
    "partnership.cancelled": _("Desa membatalkan kemitraan ini."),
    "partnership.withdrawn": _("Mitra menarik usulannya."),
    "priority.recorded": _("Musyawarah Desa menyepakati kebutuhan ini sebagai prioritas."),
    "plan_line.linked": _("Kegiatan dikaitkan dengan RPJM dan RKP Desa."),
    "call.opened": _("Penawaran untuk calon mitra diumumkan."),
    "call.closed": _("Penawaran ditutup."),
    "call.cancelled": _("Penawaran dibatalkan."),
    "call.failed": _("Penawaran dinyatakan gagal."),
    "call.reopened": _("Penawaran dibuka ulang."),
    "call.extended": _("Batas waktu penawaran diperpanjang untuk semua calon mitra."),
    "call.withdrawn": _("Desa menarik penawaran untuk diperbaiki."),
    "proposals.opened": _("Semua usulan dibuka dengan berita acara."),
    "admin_check.completed": _("Kelengkapan usulan selesai diperiksa."),
    "scores.revealed": _("Nilai semua usulan dibuka."),
    "scoring.reopened": _("Sanggahan diterima; usulan dinilai ulang."),
    "candidate.proposed": _("Tim seleksi mengusulkan calon mitra."),
    "candidate.next_proposed": _("Tim seleksi mengusulkan calon mitra berikutnya."),
    "direct_appointment.made": _("Desa menunjuk calon mitra langsung, tanpa mitra pesaing."),
    "direct_appointment.ended": _("Penunjukan langsung tidak jadi."),
    "candidate.forwarded": _("Calon mitra diajukan ke Musyawarah Desa."),
    "unsolicited.accepted": _("Usulan mitra dinyatakan layak dimusyawarahkan."),
    "rivals.called": _("Desa meminta usulan pembanding dari mitra lain."),
    "rivals.opened": _("Semua usulan dibuka untuk dibandingkan."),
    "comparison.closed": _("Kepala Desa memilih usulan untuk Musyawarah Desa."),
    "unsolicited.lapsed": _("Usulan gugur karena tidak diperbaiki mitra."),
    "unsolicited.declined": _("Desa menolak usulan mitra dengan alasan."),
    "term_sheet.tabled": _("Lembar pokok kerja sama dikunci untuk musyawarah."),
    "consent_decision.recorded": _("Musyawarah Desa menyetujui kerja sama ini."),
    "refusal.recorded": _("Musyawarah Desa menolak kerja sama ini."),
    "written_answer.sent": _("Desa mengirim jawaban tertulis kepada mitra."),
    "draft.started": _("Naskah perjanjian mulai disusun."),
    "permit.requested": _("Desa memohon izin pemakaian aset."),
    "permit.granted": _("Izin pemakaian aset diberikan."),
    "permit.refused": _("Izin pemakaian aset ditolak."),
    "bpd_decree.issued": _("BPD menerbitkan keputusan persetujuan."),
    "agreement.finalised": _("Naskah perjanjian dikunci."),
    "agreement.signed": _("Satu pihak menandatangani perjanjian."),
    "wet_signatures.confirmed": _("Tanda tangan basah kedua pihak disahkan."),
    "agreement.stamped": _("Meterai elektronik dibubuhkan pada naskah."),
    "agreement.activated": _("Perjanjian dicatat dan mulai berlaku."),
    "summary.published": _("Ringkasan perjanjian diumumkan."),
    "existing.registered": _("Desa mencatat perjanjian yang sudah berjalan."),
    "ratification.required": _("Perjanjian terdahulu dibawa ke Musyawarah Desa untuk disahkan."),
    "existing.confirmed": _("Kepala Desa menyatakan perjanjian terdahulu berjalan."),
    "agreement.ratified": _("Musyawarah Desa mengesahkan perjanjian terdahulu."),
    "existing.withdrawn": _("Desa menarik catatan perjanjian terdahulu."),
}

SIDES = {"one": _("Desa"), "two": _("Mitra")}
STANDING = {  # of a promise on a day: how its word is marked
    "met": "ok", "evidence_submitted": "doing", "due": "fix", "overdue": "late", "not_due": "idle", "frozen": "idle",
}  # fmt: skip


def heads(men: int, women: int) -> str:
    """How many took part; a group so small that somebody could be recognised is not told apart."""
    if min(men, women) < FEWEST_PEOPLE and men + women:
        return ngettext("%(n)s orang", "%(n)s orang", men + women) % {"n": men + women}
    return gettext("%(n)s orang, %(women)s perempuan") % {"n": men + women, "women": women}
