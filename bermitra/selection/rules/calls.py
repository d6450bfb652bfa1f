"""The life of a call, and what its opening asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _
from bermitra.selection.rules.nobody import NOBODY

CALL = Flow(
    "call",
    (
        Move("start", "draft", "selection.draft_call"),
        Move("draft", "open", "selection.open_call"),
        Move("open", "closed", "selection.close_call"),
        Move("open", "failed", "selection.close_call"),
        Move("closed", "checking", "selection.start_selection"),
        Move("checking", "scoring", "selection.complete_admin_check"),
        Move("checking", "failed", "selection.fail_call"),
        Move("scoring", "provisional", "selection.propose_candidate"),
        Move("scoring", "failed", "selection.fail_call"),
        Move("provisional", "scoring", "selection.reopen_scoring"),
        Move("provisional", "provisional", "selection.propose_next"),
        Move("provisional", "failed", "selection.fail_call"),
        Move("provisional", "awarded", "selection.record_consent"),
        Move("awarded", "provisional", "agreements.return_to_selection"),
        Move("failed", "open", "selection.reopen_call"),
        Move("failed", "draft", "selection.revise_terms"),
        Move("provisional", "draft", "selection.revise_terms"),
        Move("draft", "cancelled", "selection.cancel_call"),
        Move("open", "cancelled", "selection.cancel_call"),
        Move("closed", "cancelled", "selection.cancel_call"),
        Move("checking", "cancelled", "selection.cancel_call"),
        Move("scoring", "cancelled", "selection.cancel_call"),
    ),
)

CLOSED_OFF = frozenset(
    {"draft", "open", "closed", "failed", "cancelled"}
)  # states of a call in which no proposal is read

READ_IN = frozenset({"checking", "scoring", "provisional", "awarded"})

CALL_LABELS = {
    "draft": Label(_("Disiapkan"), _("Draf penawaran"), _("Menunggu Kepala Desa menerbitkan penawaran.")),
    "open": Label(_("Terbuka"), _("Terbuka, usulan tersegel"), _("Menunggu usulan mitra sampai batas waktu.")),
    "closed": Label(_("Ditutup"), _("Ditutup, menunggu pembukaan"), _("Menunggu tim seleksi membuka usulan.")),
    "checking": Label(_("Kelengkapan diperiksa"), _("Seleksi administrasi"), _("Menunggu pemeriksaan kelengkapan.")),
    "scoring": Label(_("Dinilai"), _("Penilaian"), _("Menunggu nilai semua penilai.")),
    "provisional": Label(
        _("Hasil sementara"), _("Hasil sementara, masa sanggah"), _("Menunggu masa sanggah berakhir.")
    ),
    "awarded": Label(_("Mitra terpilih"), _("Mitra ditetapkan"), NOBODY),
    "failed": Label(_("Gagal"), _("Gagal, menunggu langkah desa"), _("Menunggu Kepala Desa memilih langkah berikut.")),
    "cancelled": Label(_("Dibatalkan"), _("Dibatalkan dengan alasan"), NOBODY),
}

NOTICE_BOARD = "notice_board"

CHANNELS = {
    NOTICE_BOARD: _("Papan pengumuman desa"),
    "public_page": _("Halaman publik Bermitra"),
    "village_site": _("Laman desa atau kabupaten"),
    "district": _("Kantor kecamatan"),
    "messages": _("Pesan berantai warga"),
    "radio": _("Radio atau pengeras suara"),
    "letters": _("Surat kepada calon mitra"),
}


@dataclass(frozen=True)
class CallFacts:
    empty_sections: int
    benefit_rows: int
    cost_rows: int
    rows_without_figure: int
    spatial_plan_ok: bool
    environment_ok: bool
    terms_attached: bool
    channels: tuple[str, ...]
    weights: tuple[int, ...]
    opens_on: date
    closes_on: date
    call_min_days: int


@rule(
    "SL-01",
    says=_("Kerangka Acuan Kerja harus lengkap sebelum penawaran terbit."),
    remedy=_("Isi bagian Kerangka Acuan Kerja yang masih kosong."),
    basis="Permendagri 96/2017 ps 14",
    status=Status.SOURCED,
)
def terms_complete(f: CallFacts) -> bool:
    return f.empty_sections == 0


@rule(
    "SL-02",
    says=_("Analisis manfaat dan biaya harus memakai angka yang terukur."),
    remedy=_("Isi tabel manfaat dan biaya dengan angka, satuan, dan sumber."),
    basis="Permendagri 96/2017 ps 14",
    status=Status.SOURCED,
)
def benefit_and_cost_measured(f: CallFacts) -> bool:
    return f.benefit_rows >= 1 and f.cost_rows >= 1 and f.rows_without_figure == 0


@rule(
    "SL-03",
    says=_("Kesesuaian tata ruang dan lingkungan harus diperiksa."),
    remedy=_("Catat hasil pemeriksaan tata ruang dan lingkungan beserta sumbernya."),
    basis="Permendagri 96/2017 ps 14; regency spatial plan",
    status=Status.SOURCED,
)
def space_and_environment_checked(f: CallFacts) -> bool:
    return f.spatial_plan_ok and f.environment_ok


@rule(
    "SL-04",
    says=_("Penawaran harus diumumkan terbuka dengan Kerangka Acuan Kerja terlampir."),
    remedy=_("Pilih papan pengumuman desa dan satu saluran lain."),
    basis="Permendagri 96/2017 ps 14",
    status=Status.SOURCED,
)
def announced_openly(f: CallFacts) -> bool:
    return f.terms_attached and len(f.channels) >= 2 and NOTICE_BOARD in f.channels


@rule(
    "SL-05",
    says=_("Bobot kriteria harus berjumlah tepat seratus."),
    remedy=_("Ubah bobot sampai jumlahnya seratus."),
    basis="product: strict selection",
    status=Status.PRODUCT,
    switchable=True,
)
def weights_sum_to_hundred(f: CallFacts) -> bool:
    return sum(f.weights) == 100


@rule(
    "SL-07",
    says=_("Masa pengumuman penawaran paling singkat {call_min_days} hari."),
    remedy=_("Mundurkan batas waktu penawaran."),
    basis="product; Permendagri 96/2017 ps 14 asks an announcement without a number",
    status=Status.PRODUCT,
    switchable=True,
)
def open_long_enough(f: CallFacts) -> bool:
    return (f.closes_on - f.opens_on).days >= f.call_min_days


@dataclass(frozen=True)
class FrozenFacts:
    criteria_hash_now: str
    criteria_hash_at_opening: str


@rule(
    "SL-06",
    says=_("Kriteria dan bobot tidak boleh berubah sejak penawaran dibuka."),
    remedy=_("Nyatakan penawaran gagal, perbaiki, lalu terbitkan ulang dengan masa pengumuman baru."),
    basis="product: frozen by hash",
    status=Status.PRODUCT,
)
def criteria_frozen(f: FrozenFacts) -> bool:
    return f.criteria_hash_now == f.criteria_hash_at_opening


OPENING_CALL: tuple[Rule, ...] = (
    terms_complete, benefit_and_cost_measured, space_and_environment_checked, announced_openly, weights_sum_to_hundred,
    open_long_enough,
)  # fmt: skip

FROZEN: tuple[Rule, ...] = (criteria_frozen,)
