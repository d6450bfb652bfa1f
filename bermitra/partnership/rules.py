"""The life of a case, its phases and words, and what each of its own steps needs.

The case is the spine: stages after this one open most of its doors. A move stands here with the door of the stage that
makes it, so that the table below is the whole life of a partnership on one page.
"""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _
from bermitra.needs.rules import prioritised_by_musyawarah

VILLAGE_INITIATIVE, PARTNER_INITIATIVE = "village_initiative", "partner_initiative"
REGISTER_EXISTING = "register_existing"
ROUTES = {
    VILLAGE_INITIATIVE: _("Prakarsa Desa"),
    PARTNER_INITIATIVE: _("Prakarsa pihak ketiga"),
    REGISTER_EXISTING: _("Perjanjian yang sudah berjalan"),
}
THIRD_PARTY, BETWEEN_VILLAGES = "pihak_ketiga", "antar_desa"  # the codes that regency offices use already
FIELDS = {
    "penyelenggaraan_pemerintahan": _("Penyelenggaraan pemerintahan desa"),
    "pelaksanaan_pembangunan": _("Pelaksanaan pembangunan desa"),
    "pembinaan_kemasyarakatan": _("Pembinaan kemasyarakatan desa"),
    "pemberdayaan_masyarakat": _("Pemberdayaan masyarakat desa"),
}
PHASES = {
    "persiapan": _("Persiapan"),
    "penawaran": _("Penawaran"),
    "seleksi": _("Seleksi"),
    "musyawarah": _("Musyawarah"),
    "penyusunan": _("Penyusunan"),
    "penandatanganan": _("Penandatanganan"),
    "pelaksanaan": _("Pelaksanaan"),
    "pelaporan": _("Pelaporan"),
    "berakhir": _("Berakhir"),
}

# The step of the strip on which each phase of law stands; 6: all are done.
STEP = {
    "persiapan": 1, "penawaran": 1, "seleksi": 1, "musyawarah": 2, "penyusunan": 2, "penandatanganan": 2, "pelaksanaan": 3,
    "pelaporan": 5, "berakhir": 6,
}  # fmt: skip
INTRODUCED = "introduced"  # by a round; both sides accepted, and the partner writes its offer
GIVEN_UP = ("cancelled", "rejected", "record_withdrawn")  # these ended before an agreement: they stand on no step

FLOW = Flow(
    "partnership",
    (
        # The village asks: inventory, priority, plan, call, selection.
        Move("start", "inventory", "partnership.open"),
        Move("inventory", "awaiting_priority_musyawarah", "partnership.submit_priorities"),
        Move("awaiting_priority_musyawarah", "priority_agreed", "partnership.record_priority"),
        Move("priority_agreed", "preparing_terms", "partnership.link_plan_line"),
        Move("preparing_terms", "call_open", "selection.open_call"),
        Move("preparing_terms", "candidate_proposed", "selection.appoint_directly"),
        Move("call_failed", "candidate_proposed", "selection.appoint_directly"),
        Move("call_open", "call_open", "selection.extend_call"),
        Move("call_open", "preparing_terms", "selection.withdraw_call"),
        Move("call_open", "offers_received", "selection.close_call"),
        Move("call_open", "call_failed", "selection.close_call"),
        Move("offers_received", "administrative_selection", "selection.start_selection"),
        Move("administrative_selection", "substantive_selection", "selection.complete_admin_check"),
        Move("administrative_selection", "call_failed", "selection.fail_call"),
        Move("substantive_selection", "candidate_proposed", "selection.propose_candidate"),
        Move("substantive_selection", "call_failed", "selection.fail_call"),
        Move("candidate_proposed", "candidate_proposed", "selection.propose_next"),
        Move("candidate_proposed", "substantive_selection", "selection.reopen_scoring"),
        Move("candidate_proposed", "call_failed", "selection.fail_call"),
        Move("candidate_proposed", "awaiting_musyawarah", "selection.forward_to_musyawarah"),
        Move("call_failed", "call_open", "selection.reopen_call"),
        Move("call_failed", "preparing_terms", "selection.revise_terms"),
        # A partner asks: offer, first check.
        Move("start", "proposal_received", "selection.submit_unsolicited"),
        # A round has introduced both, and both want it: the partner writes its offer, and the way is that of any other.
        Move("start", "introduced", "selection.answer_introduction"),
        Move("introduced", "proposal_received", "selection.submit_unsolicited"),
        Move("proposal_received", "initial_check", "selection.receive_unsolicited"),
        Move("initial_check", "returned_to_partner", "selection.return_unsolicited"),
        Move("returned_to_partner", "initial_check", "selection.resubmit_unsolicited"),
        Move("returned_to_partner", "cancelled", "selection.lapse_unsolicited"),
        Move("initial_check", "rejected", "selection.decline_unsolicited"),
        # Large, on village land, or shutting others out: rivals are asked for first, and one offer goes on.
        Move("initial_check", "comparison", "selection.call_for_rivals"),
        Move("awaiting_musyawarah", "comparison", "selection.call_for_rivals"),  # its sheet has grown beyond the offer
        Move("comparison", "comparison", "selection.open_rivals"),
        Move("comparison", "awaiting_musyawarah", "selection.close_comparison"),
        Move("comparison", "rejected", "selection.decline_unsolicited"),
        Move("initial_check", "awaiting_musyawarah", "selection.accept_for_musyawarah"),
        # The village meeting decides; then both routes are one.
        # An appeal that was right: the result is no longer one that the meeting could agree to.
        Move("awaiting_musyawarah", "substantive_selection", "selection.reopen_scoring"),
        Move("awaiting_musyawarah", "call_failed", "selection.fail_call"),  # appointed directly: nothing is scored anew
        Move("awaiting_musyawarah", "drafting", "selection.record_consent"),
        Move("awaiting_musyawarah", "consent_given", "selection.record_consent"),
        Move("awaiting_musyawarah", "rejected_by_musyawarah", "selection.record_refusal"),
        Move("awaiting_musyawarah", "rejected", "selection.record_refusal"),
        Move("rejected_by_musyawarah", "preparing_terms", "selection.revise_terms"),
        Move("rejected_by_musyawarah", "candidate_proposed", "selection.propose_next"),
        Move("consent_given", "awaiting_plan_line", "selection.answer_in_writing"),
        Move("awaiting_plan_line", "drafting", "partnership.link_plan_line"),
        # The agreement.
        Move("drafting", "awaiting_permit", "agreements.request_permit"),
        Move("awaiting_permit", "drafting", "agreements.grant_permit"),
        Move("awaiting_permit", "drafting", "agreements.refuse_permit"),
        Move("drafting", "candidate_proposed", "agreements.return_to_selection"),
        Move("drafting", "cancelled", "agreements.abandon_draft"),
        Move("drafting", "ready_to_sign", "agreements.finalise"),
        Move("ready_to_sign", "drafting", "agreements.reopen_draft"),
        Move("ready_to_sign", "partly_signed", "agreements.sign"),
        Move("ready_to_sign", "partly_signed", "agreements.register_certified_signature"),
        Move("ready_to_sign", "signed", "agreements.confirm_wet_signatures"),
        Move("partly_signed", "partly_signed", "agreements.sign"),
        Move("partly_signed", "signed", "agreements.sign"),
        Move("partly_signed", "partly_signed", "agreements.register_certified_signature"),
        Move("partly_signed", "signed", "agreements.register_certified_signature"),
        Move("partly_signed", "drafting", "agreements.void_signatures"),
        Move("signed", "running", "agreements.activate"),
        Move("running", "suspended", "agreements.suspend"),
        Move("suspended", "running", "agreements.resume"),
        # An agreement that runs already is recorded afterwards; what the meeting never decided, it decides now.
        Move("start", "existing_registered", "agreements.register_existing"),
        Move("existing_registered", "needs_ratification", "agreements.flag_ratification"),
        Move("existing_registered", "running", "agreements.confirm_existing"),
        Move("needs_ratification", "running", "agreements.ratify"),
        Move("existing_registered", "record_withdrawn", "agreements.withdraw_existing"),
        Move("needs_ratification", "record_withdrawn", "agreements.withdraw_existing"),
        # Leaving before an agreement.
        Move("inventory", "cancelled", "partnership.cancel"),
        Move("awaiting_priority_musyawarah", "cancelled", "partnership.cancel"),
        Move("priority_agreed", "cancelled", "partnership.cancel"),
        Move("preparing_terms", "cancelled", "partnership.cancel"),
        # Once there was a call, it goes along: none is left behind. Of a result that lies before the meeting it is the meeting
        # that says no.
        Move("call_open", "cancelled", "selection.cancel_call"),
        Move("offers_received", "cancelled", "selection.cancel_call"),
        Move("administrative_selection", "cancelled", "selection.cancel_call"),
        Move("substantive_selection", "cancelled", "selection.cancel_call"),
        Move("candidate_proposed", "cancelled", "selection.cancel_call"),
        Move("call_failed", "cancelled", "selection.cancel_call"),
        Move("rejected_by_musyawarah", "cancelled", "selection.cancel_call"),
        Move("introduced", "cancelled", "partnership.cancel"),
        Move("introduced", "cancelled", "partnership.withdraw"),
        Move("proposal_received", "cancelled", "partnership.withdraw"),
        Move("initial_check", "cancelled", "partnership.withdraw"),
        Move("returned_to_partner", "cancelled", "partnership.withdraw"),
        Move("awaiting_musyawarah", "cancelled", "partnership.withdraw"),
        Move("consent_given", "cancelled", "partnership.withdraw"),
        Move("awaiting_plan_line", "cancelled", "partnership.withdraw"),
    ),
)

# While a case is in one of these, its own facts (needs, budget, benefit and cost, place) may still be written.
PREPARED_IN = frozenset(
    {
        "inventory", "awaiting_priority_musyawarah", "priority_agreed", "preparing_terms", "call_failed",
        "rejected_by_musyawarah", "introduced", "proposal_received", "initial_check", "returned_to_partner", "comparison",
        "consent_given", "awaiting_plan_line",
    }
)  # fmt: skip
# The need that other partners were asked for stays the same while they answer.
LINKED_IN = PREPARED_IN - {"comparison"}
# A partner's own offer is not public before the village has looked at it; while others may rival it, only the asking is.
NOT_PUBLIC = (INTRODUCED, "proposal_received", "initial_check", "returned_to_partner", "comparison")
# While a case is in one of these, the sheet for the village meeting may be drafted and tabled.
SHEET_IN = frozenset({"candidate_proposed", "initial_check", "awaiting_musyawarah", "drafting"})
# An earlier agreement that does not count yet.
EARLIER_IN = frozenset({"existing_registered", "needs_ratification"})
# It may still be said what is touched.
TOUCHES_IN = PREPARED_IN | SHEET_IN | EARLIER_IN

SHEET_FLOW = Flow(
    "term_sheet",
    (
        Move("start", "draft", "partnership.draft_term_sheet"),
        Move("draft", "draft", "partnership.draft_term_sheet"),
        Move(
            "tabled", "draft", "partnership.draft_term_sheet"
        ),  # the meeting wants other words: tabled again, other hash
        Move("draft", "tabled", "partnership.table_term_sheet"),
        Move("tabled", "agreed", "partnership.agree_term_sheet"),
        Move("tabled", "superseded", "partnership.drop_term_sheet"),
        Move("draft", "superseded", "partnership.drop_term_sheet"),
        Move("agreed", "superseded", "partnership.agree_term_sheet"),
        Move("agreed", "superseded", "partnership.drop_term_sheet"),
    ),
)


_NOBODY = _("Tidak ada yang ditunggu.")
LABELS: dict[str, Label] = {
    "inventory": Label(
        _("Sedang disiapkan desa"), _("Inventarisasi kebutuhan dan potensi"),
        _("Menunggu Kepala Desa mengajukan prioritas ke BPD."), "A1", "persiapan",
    ),
    "awaiting_priority_musyawarah": Label(
        _("Menunggu Musyawarah Desa"), _("Prioritas menunggu Musyawarah Desa"),
        _("Menunggu Ketua BPD menyelenggarakan Musyawarah Desa prioritas."), "A2", "persiapan",
    ),
    "priority_agreed": Label(
        _("Prioritas disepakati warga"), _("Prioritas disepakati, belum masuk RKP"),
        _("Menunggu Sekretaris Desa mencatat baris RPJM dan RKP Desa."), "A3", "persiapan",
    ),
    "preparing_terms": Label(
        _("Menyiapkan penawaran"), _("Penyiapan Kerangka Acuan Kerja"),
        _("Menunggu Kepala Desa melengkapi dan menerbitkan penawaran."), "A4", "persiapan",
    ),
    "call_open": Label(
        _("Penawaran terbuka bagi mitra"), _("Penawaran terbuka, usulan tersegel"),
        _("Menunggu usulan mitra sampai batas waktu."), "A5", "penawaran",
    ),
    "offers_received": Label(
        _("Penawaran ditutup"), _("Usulan diterima, menunggu pembukaan"),
        _("Menunggu tim seleksi membuka usulan dengan berita acara."), "A6", "penawaran",
    ),
    "call_failed": Label(
        _("Belum ada mitra yang memenuhi syarat"), _("Penawaran gagal"),
        _("Menunggu Kepala Desa membuka ulang, memperbaiki, atau membatalkan."), "PENAWARAN_GAGAL", "penawaran",
    ),
    "administrative_selection": Label(
        _("Memeriksa kelengkapan usulan"), _("Seleksi administrasi"),
        _("Menunggu tim seleksi memeriksa dokumen dan mitra melengkapi kekurangan."), "A7", "seleksi",
    ),
    "substantive_selection": Label(
        _("Menilai usulan"), _("Seleksi substansi"),
        _("Menunggu semua penilai menyelesaikan nilai dan alasannya."), "A8", "seleksi",
    ),
    "candidate_proposed": Label(
        _("Hasil sementara dan masa sanggah"), _("Calon mitra diusulkan, masa sanggah"),
        _("Menunggu masa sanggah selesai dan calon mitra menyatakan menerima."), "A9", "seleksi",
    ),
    "introduced": Label(
        _("Diperkenalkan lewat putaran"), _("Kedua pihak menerima perkenalan, usulan ditulis mitra"),
        _("Menunggu mitra menulis dan mengirim usulannya kepada desa."), "B1", "penawaran",
    ),
    "proposal_received": Label(
        _("Usulan mitra diterima"), _("Usulan prakarsa pihak ketiga masuk"),
        _("Menunggu Sekretaris Desa memeriksa kelengkapan usulan."), "B1", "penawaran",
    ),
    "initial_check": Label(
        _("Usulan diperiksa desa"), _("Pemeriksaan awal usulan"),
        _("Menunggu Kepala Desa menyatakan layak, mengembalikan, atau menolak usulan."), "B2", "penawaran",
    ),
    "returned_to_partner": Label(
        _("Dikembalikan untuk diperbaiki"), _("Menunggu perbaikan mitra"),
        _("Menunggu mitra memperbaiki usulannya."), "B2", "penawaran",
    ),
    "comparison": Label(
        _("Meminta usulan pembanding"), _("Perbandingan usulan"),
        _("Menunggu usulan pembanding sampai batas waktu, lalu pilihan Kepala Desa."), "B3", "seleksi",
    ),
    "awaiting_musyawarah": Label(
        _("Menunggu keputusan Musyawarah Desa"), _("Calon mitra menunggu Musyawarah Desa"),
        _("Menunggu Ketua BPD menyelenggarakan Musyawarah Desa kerja sama."), "A10/B4", "musyawarah",
    ),
    "rejected_by_musyawarah": Label(
        _("Ditolak Musyawarah Desa"), _("Ditolak Musyawarah Desa, menunggu langkah desa"),
        _("Menunggu desa memperbaiki penawaran, mengusulkan calon lain, atau membatalkan."), "DITOLAK_MUSDES", "musyawarah",
    ),
    "consent_given": Label(
        _("Disetujui Musyawarah Desa"), _("Menunggu jawaban tertulis desa"),
        _("Menunggu Kepala Desa mengirim jawaban tertulis kepada mitra."), "B5", "musyawarah",
    ),
    "awaiting_plan_line": Label(
        _("Dimasukkan ke rencana desa"), _("Menunggu baris RPJM dan RKP Desa"),
        _("Menunggu Sekretaris Desa mencatat baris RPJM dan RKP Desa."), "B6", "penyusunan",
    ),
    "drafting": Label(
        _("Menyusun perjanjian"), _("Penyusunan naskah bergiliran"),
        _("Menunggu pihak yang mendapat giliran menyusun naskah."), "A11", "penyusunan",
    ),
    "awaiting_permit": Label(
        _("Menunggu izin"), _("Menunggu izin tertulis Bupati atau Wali Kota"),
        _("Menunggu Bupati atau Wali Kota menjawab permohonan izin melalui camat."), "A12", "penyusunan",
    ),
    "ready_to_sign": Label(
        _("Siap ditandatangani"), _("Naskah terkunci, siap ditandatangani"),
        _("Menunggu penanda tangan pertama."), "A13", "penandatanganan",
    ),
    "partly_signed": Label(
        _("Sebagian sudah menandatangani"), _("Ditandatangani sebagian"),
        _("Menunggu penanda tangan yang belum menandatangani."), "A13", "penandatanganan",
    ),
    "signed": Label(
        _("Sudah ditandatangani"), _("Ditandatangani, menunggu pencatatan"),
        _("Menunggu Sekretaris Desa mencatat nomor dan mengirim salinan."), "A14", "penandatanganan",
    ),
    "existing_registered": Label(
        _("Tercatat, dokumen belum lengkap"), _("Perjanjian lama tercatat, dokumen menyusul"),
        _("Menunggu Kepala Desa menyatakan perjanjian lama berjalan."), "register_existing", "pelaksanaan",
    ),
    "needs_ratification": Label(
        _("Perlu disahkan Musyawarah Desa"), _("Perlu ratifikasi"),
        _("Menunggu Ketua BPD membawa perjanjian ke Musyawarah Desa."), "PERLU_RATIFIKASI", "musyawarah",
    ),
    "record_withdrawn": Label(
        _("Catatan ditarik desa"), _("Catatan perjanjian lama ditarik"), _NOBODY, "CATATAN_DITARIK", "berakhir",
    ),
    "running": Label(
        _("Berjalan"), _("Pelaksanaan"), _("Menunggu kewajiban berikut kedua pihak."), "A15", "pelaksanaan",
    ),
    "suspended": Label(
        _("Ditunda sementara"), _("Ditunda"),
        _("Menunggu para pihak melanjutkan kerja sama."), "DITUNDA", "pelaksanaan",
    ),
    "cancelled": Label(
        _("Dibatalkan sebelum ditandatangani"), _("Dibatalkan sebelum perjanjian"), _NOBODY, "DIBATALKAN", "berakhir",
    ),
    "rejected": Label(_("Tidak disetujui"), _("Ditolak dengan alasan"), _NOBODY, "DITOLAK", "berakhir"),
}  # fmt: skip

SHEET_LABELS = {
    "draft": _("Sedang disusun"),
    "tabled": _("Siap dimusyawarahkan"),
    "agreed": _("Disetujui Musyawarah Desa"),
    "superseded": _("Diganti atau tidak dipakai"),
}


# Opening ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class OpeningFacts:
    unit_kind: str
    coop_type: str
    field: str
    regencies: tuple[str, ...]


@rule(
    "PS-01",
    says=_("Kerja sama desa hanya untuk desa; kelurahan mengikuti kerja sama daerah."),
    remedy=_("Hubungi pemerintah kabupaten atau kota untuk jalur kerja sama daerah."),
    basis="UU 6/2014 ps 1, 91",
    status=Status.SOURCED,
)
def village_not_urban_ward(f: OpeningFacts) -> bool:
    return f.unit_kind in ("desa", "desa_adat")


@rule(
    "PS-02",
    says=_("Kerja sama harus berjenis antar-desa atau pihak ketiga dan berada dalam empat bidang."),
    remedy=_("Pilih jenis kerja sama dan satu dari empat bidang desa."),
    basis="Permendagri 96/2017 ps 1(11), 5",
    status=Status.SOURCED,
)
def field_and_kind_lawful(f: OpeningFacts) -> bool:
    return f.coop_type in (THIRD_PARTY, BETWEEN_VILLAGES) and f.field in FIELDS


@rule(
    "PS-04",
    says=_("Kerja sama lintas kabupaten dirujuk ke kerja sama daerah dan tidak ditandatangani di sini."),
    remedy=_("Gunakan surat rujukan kepada Bupati atau Wali Kota."),
    basis="Permendagri 96/2017 ps 2-3; PP 28/2018; Permendagri 22/2020",
    status=Status.SOURCED,
)
def not_cross_regency(f: OpeningFacts) -> bool:
    return f.coop_type != BETWEEN_VILLAGES or len(set(f.regencies)) == 1


# Preparing --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class NeedFacts:
    linked_needs: int
    linked_potentials: int


@rule(
    "PS-05",
    says=_("Kerja sama harus menjawab kebutuhan atau potensi desa yang tercatat."),
    remedy=_("Kaitkan sedikitnya satu kebutuhan atau potensi dari daftar desa."),
    basis="Permendagri 96/2017 ps 7, 14",
    status=Status.SOURCED,
)
def starts_from_a_need(f: NeedFacts) -> bool:
    return f.linked_needs + f.linked_potentials >= 1


@dataclass(frozen=True)
class PlanFacts:
    midterm_line: str
    annual_line: str
    change_document: str


@rule(
    "PS-06",
    says=_("Kegiatan harus tercantum dalam RPJM dan RKP Desa, atau perubahannya disahkan."),
    remedy=_("Catat baris RPJM dan RKP, atau dokumen Musrenbang khusus perubahan."),
    basis="Permendagri 96/2017 (rencana desa); Permendagri 114/2014",
    status=Status.SOURCED,
)
def in_the_village_plan(f: PlanFacts) -> bool:
    return (f.midterm_line != "" and f.annual_line != "") or f.change_document != ""


@dataclass(frozen=True)
class BudgetFacts:
    capacity_note: str
    village_share_rupiah: int
    budget_room_rupiah: int


@rule(
    "PS-07",
    says=_("Kemampuan APB Desa untuk kerja sama ini harus dicatat."),
    remedy=_("Isi catatan kemampuan APB Desa dan sumber dana pendamping."),
    basis="Permendagri 96/2017 ps 7",
    status=Status.SOURCED,
)
def village_budget_considered(f: BudgetFacts) -> bool:
    return f.capacity_note != "" and f.village_share_rupiah <= f.budget_room_rupiah


# What is touched --------------------------------------------------------------------------------------------------
# Whoever lives on what is touched is asked first (PADIATAPA).
TOUCHES = {
    "land": _("Tanah"),
    "forest": _("Hutan"),
    "adat": _("Wilayah atau hak adat"),
    "relocation": _("Pemindahan warga"),
    "natural_resources": _("Air dan sumber daya alam lain"),
}


@dataclass(frozen=True)
class TouchFacts:
    """What the village says is touched, beside what touches without anybody saying so.

    ``asking_forms``: how many of the chosen forms of cooperation always touch residents; ``land_assets``: how many pieces
    of the village's land the sheet puts to use. ``said``: whether it was said at all; ``needed``: as said before there
    were five items, or because one of them is ticked.
    """

    said: bool
    needed: bool
    touches: tuple[str, ...]
    reason: str
    asking_forms: int = 0
    land_assets: int = 0
    asked_before: bool = False  # PADIATAPA has begun
    tabled_before: bool = False  # a sheet of the case was put before the meeting at any time
    needed_before: bool = False
    touched_before: tuple[str, ...] = ()


@rule(
    "PS-16",
    says=_("Bentuk kerja sama atau tanah desa yang dipakai pasti menyentuh warga, sehingga harus dicentang."),
    remedy=_("Centang yang disentuh; warga terdampak ditanya lebih dahulu."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def what_touches_is_ticked(f: TouchFacts) -> bool:
    land = "land" in f.touches or (f.needed and not f.touches)
    return (f.needed or not f.asking_forms) and (land or not f.land_assets)


@rule(
    "PS-17",
    says=_("Yang disentuh kerja sama harus dinyatakan; bila tidak ada, alasannya ditulis."),
    remedy=_("Centang yang disentuh, atau tulis mengapa tidak ada yang disentuh."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def said_what_is_touched(f: TouchFacts) -> bool:
    return f.said and (f.needed or f.reason != "")


@rule(
    "PS-18",
    says=_("Yang sudah ditanyakan kepada warga tidak dapat dinyatakan tidak disentuh."),
    remedy=_("Biarkan centangnya; tunggu keputusan warga terdampak."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def what_was_asked_stays_ticked(f: TouchFacts) -> bool:
    return not f.asked_before or (f.needed and set(f.touched_before) <= set(f.touches))


@rule(
    "PS-19",
    says=_("Setelah lembar pokok dibawa ke Musyawarah, yang disentuh hanya dapat ditambah."),
    remedy=_("Biarkan centang yang lama; tambahkan yang belum tercentang."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def what_was_tabled_stays_ticked(f: TouchFacts) -> bool:
    kept = set(f.touched_before) <= set(f.touches) and (f.needed or not f.needed_before)
    return not f.tabled_before or kept


# Leaving ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LeavingFacts:
    reason: str


@rule(
    "PS-11",
    says=_("Pembatalan harus disertai alasan yang diumumkan kepada semua pihak."),
    remedy=_("Tulis alasan pembatalan; alasan tampil pada halaman kemitraan."),
    basis="product: every refusal carries a reason",
    status=Status.PRODUCT,
    switchable=True,
)
def leaving_has_reason(f: LeavingFacts) -> bool:
    return f.reason != ""


# The sheet --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SheetFacts:
    """``empty_topics`` of the nine; the sources of the money and its value; whether the sheet names a partner."""

    empty_topics: int
    partner_named: bool
    value_rupiah: int
    sources_rupiah: int
    starts_before_end: bool


@rule(
    "PS-12",
    says=_("Lembar pokok kerja sama harus mengisi sembilan pokok bahasan."),
    remedy=_("Isi pokok yang masih kosong pada lembar pokok."),
    basis="Permendesa 2/2015 ps 71-73; Permendesa 16/2019",
    status=Status.SOURCED,
)
def nine_topics_filled(f: SheetFacts) -> bool:
    return f.empty_topics == 0 and f.starts_before_end


@rule(
    "PS-13",
    says=_("Lembar pokok kerja sama harus menyebut calon mitranya."),
    remedy=_("Tetapkan calon mitra lebih dahulu."),
    basis="UU 6/2014 ps 93(2)",
    status=Status.SOURCED,
)
def sheet_names_partner(f: SheetFacts) -> bool:
    return f.partner_named


@rule(
    "PS-14",
    says=_("Jumlah semua sumber dana harus sama dengan nilai kerja sama."),
    remedy=_("Perbaiki nilai atau baris sumber dana pada lembar pokok."),
    basis="product: the sheet adds up",
    status=Status.PRODUCT,
)
def sources_add_up(f: SheetFacts) -> bool:
    return f.value_rupiah == f.sources_rupiah


@dataclass(frozen=True)
class SheetConsentFacts:
    """What the newest standing decision about the sheet says, beside the sheet's own hash."""

    minutes_binding: bool
    decision: str  # "agreed", "refused" or ""
    decided_hash: str
    sheet_hash: str


@rule(
    "PS-15",
    says=_("Musyawarah Desa harus menyetujui lembar pokok ini, dengan berita acara yang mengikat."),
    remedy=_("Bawa lembar pokok ini ke Musyawarah Desa, lalu tetapkan berita acaranya."),
    basis="UU 6/2014 ps 93(2); Permendagri 96/2017 ps 14-15",
    status=Status.SOURCED,
)
def musyawarah_agreed_to_this_sheet(f: SheetConsentFacts) -> bool:
    same = f.decided_hash != "" and f.decided_hash == f.sheet_hash
    return f.minutes_binding and f.decision == "agreed" and same


# One person, one part ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PartFacts:
    """``drafts``: wrote the terms of the call. Whoever did may sign, but not score by his own terms."""

    proposes_candidate: bool
    scores: bool
    signs: bool
    drafts: bool = False


@rule(
    "FD-04",
    says=_("Satu orang tidak boleh mengusulkan, menilai, dan menandatangani perkara yang sama."),
    remedy=_("Minta orang lain melakukan tindakan ini dengan penugasan tertulis."),
    basis="product; UU 6/2014 ps 26, 29, 51, 64",
    status=Status.PRODUCT,
)
def one_person_one_part(f: PartFacts) -> bool:
    return sum((f.proposes_candidate, f.scores, f.signs)) <= 1 and not (f.drafts and f.scores)


@dataclass(frozen=True)
class Parts:
    """The people who proposed the candidate, scored, signed and drafted the call so far, by their codes."""

    proposers: frozenset[str] = frozenset()
    scorers: frozenset[str] = frozenset()
    signers: frozenset[str] = frozenset()
    drafters: frozenset[str] = frozenset()

    def facts(self, person: str, act: str) -> PartFacts:
        """The parts of ``person`` once he also does ``act``: "propose", "score" or "sign"."""
        return PartFacts(
            proposes_candidate=act == "propose" or person in self.proposers,
            scores=act == "score" or person in self.scorers,
            signs=act == "sign" or person in self.signers,
            drafts=person in self.drafters,
        )


OPENING: tuple[Rule, ...] = (village_not_urban_ward, field_and_kind_lawful, not_cross_regency)
SUBMITTING_PRIORITIES: tuple[Rule, ...] = (starts_from_a_need,)
RECORDING_PRIORITY: tuple[Rule, ...] = (prioritised_by_musyawarah,)
LINKING_PLAN: tuple[Rule, ...] = (in_the_village_plan,)
LEAVING: tuple[Rule, ...] = (leaving_has_reason,)
SAYING_TOUCHES: tuple[Rule, ...] = (
    what_touches_is_ticked,
    said_what_is_touched,
    what_was_asked_stays_ticked,
    what_was_tabled_stays_ticked,
)
TABLING: tuple[Rule, ...] = (nine_topics_filled, sheet_names_partner, sources_add_up)
TOUCHES_SAID: tuple[Rule, ...] = (what_touches_is_ticked, said_what_is_touched)
AGREEING: tuple[Rule, ...] = (musyawarah_agreed_to_this_sheet,)
TAKING_A_PART: tuple[Rule, ...] = (one_person_one_part,)


def open_doors(state: str, route: str) -> frozenset[str]:
    """The doors that lead out of ``state`` on ``route``: cancelling is the village's, withdrawing the partner's.

    Where a round introduced them neither asked first, and either may leave.
    """
    doors = FLOW.open_doors(state)
    if state == INTRODUCED:
        return doors
    return doors - {"partnership.withdraw" if route == VILLAGE_INITIATIVE else "partnership.cancel"}
