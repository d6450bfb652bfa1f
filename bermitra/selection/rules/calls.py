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
        Move("open", "open", "selection.extend_call"),
        Move("open", "draft", "selection.withdraw_call"),
        Move("open", "closed", "selection.close_call"),
        Move("open", "failed", "selection.close_call"),
        Move("draft", "provisional", "selection.appoint_directly"),
        Move("failed", "provisional", "selection.appoint_directly"),
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
        Move("provisional", "cancelled", "selection.cancel_call"),
        Move("failed", "cancelled", "selection.cancel_call"),
    ),
)

# States of a call in which no proposal is read.
CLOSED_OFF = frozenset({"draft", "open", "closed", "failed", "cancelled"})

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

EXTENDED, WITHDRAWN, REOPENED, REVISED, CANCELLED = "extended", "withdrawn", "reopened", "revised", "cancelled"

# What may become of an announced call, as everybody reads it.
CHANGES = {
    EXTENDED: _("Batas waktu diperpanjang"),
    WITHDRAWN: _("Ditarik untuk diperbaiki"),
    REOPENED: _("Dibuka ulang"),
    REVISED: _("Diperbaiki dan disiapkan lagi"),
    CANCELLED: _("Dibatalkan"),
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
    least_weight: int  # of the criteria of the book; nothing where one is left out
    criterion_weight_min: int
    greatest_weight: int
    one_criterion_weight_at_most: int
    threshold_total: int
    threshold_each: int
    score_threshold: int  # of the regency, as the next
    criterion_min_percent: int


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
    basis="Permendagri 96/2017 ps 14; rencana tata ruang kabupaten",
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
    "SL-54",
    says=_("Tiap kriteria berbobot sedikitnya {criterion_weight_min}; batas lolos tidak di bawah ketentuan kabupaten."),
    remedy=_("Naikkan bobot kriteria yang terlalu kecil atau batas lolos yang terlalu rendah."),
    basis="product: no criteria made to measure",
    status=Status.PRODUCT,
    switchable=True,
)
def nothing_weighed_away(f: CallFacts) -> bool:
    weighed = f.least_weight >= f.criterion_weight_min
    return weighed and f.threshold_total >= f.score_threshold and f.threshold_each >= f.criterion_min_percent


@rule(
    "SL-62",
    says=_("Bobot satu kriteria paling banyak {one_criterion_weight_at_most}."),
    remedy=_("Kurangi bobot kriteria yang terlalu besar dan bagikan ke kriteria lain."),
    basis="product: no choice by one criterion alone",
    status=Status.PRODUCT,
    switchable=True,
)
def no_criterion_decides_alone(f: CallFacts) -> bool:
    return f.greatest_weight <= f.one_criterion_weight_at_most


@rule(
    "SL-07",
    says=_("Masa pengumuman penawaran paling singkat {call_min_days} hari."),
    remedy=_("Mundurkan batas waktu penawaran."),
    basis="product; Permendagri 96/2017 ps 14 tanpa angka",
    status=Status.PRODUCT,
    switchable=True,
)
def open_long_enough(f: CallFacts) -> bool:
    return (f.closes_on - f.opens_on).days >= f.call_min_days


@dataclass(frozen=True)
class AssetPlanFacts:
    """``permit_planned``: also where no chosen form wants a written permit."""

    uses_asset: bool
    asset_in_inventory: bool
    permit_planned: bool
    touches_land_or_custom: bool
    consent_begun: bool


@rule(
    "SL-08",
    says=_("Aset desa yang dipakai harus ada di inventaris, dengan rencana izin dan PADIATAPA."),
    remedy=_("Sebutkan aset dan rencana izinnya, dan mulai PADIATAPA bila menyentuh lahan."),
    basis="Permendagri 1/2016 ps 6, 11",
    status=Status.SOURCED,
)
def asset_and_consent_prepared(f: AssetPlanFacts) -> bool:
    asset = not f.uses_asset or (f.asset_in_inventory and f.permit_planned)
    return asset and (not f.touches_land_or_custom or f.consent_begun)


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


@dataclass(frozen=True)
class TickedAnewFacts:
    """``seen_since``: both sides' ticks were public in an opening after the village last saved its own."""

    seen_since: bool


@rule(
    "SL-61",
    says=_("Visi desa yang sudah terbuka harus dicentang lagi sebelum penawaran diumumkan ulang."),
    remedy=_("Perbaiki penawaran, lalu periksa dan simpan lagi pernyataan visi desa."),
    basis="product: neither side ticks by the other's answers",
    status=Status.PRODUCT,
)
def vision_ticked_anew(f: TickedAnewFacts) -> bool:
    return not f.seen_since


@dataclass(frozen=True)
class OpenToAllFacts:
    """An answer, or a longer time: is it on the page of the call, and does it come while all may still use it?"""

    public_to_all: bool
    before_deadline: bool


@rule(
    "SL-36",
    says=_("Jawaban dan perpanjangan harus berlaku dan tampak sama bagi semua mitra."),
    remedy=_("Tulis jawaban atau alasannya sebelum batas waktu; keduanya tampil pada halaman penawaran."),
    basis="product: no early information",
    status=Status.PRODUCT,
    switchable=True,
)
def answers_for_all(f: OpenToAllFacts) -> bool:
    return f.public_to_all and f.before_deadline


@dataclass(frozen=True)
class LongerFacts:
    """``seconds_longer``: from the deadline that stands to the new one, rounded down."""

    seconds_longer: int


@rule(
    "SL-49",
    says=_("Batas waktu yang baru harus lebih lambat daripada yang sudah diumumkan."),
    remedy=_("Pilih hari atau jam yang lebih lambat."),
    basis="product: nobody loses time that was promised",
    status=Status.PRODUCT,
)
def deadline_only_moves_later(f: LongerFacts) -> bool:
    return f.seconds_longer > 0


@dataclass(frozen=True)
class ExtensionFacts:
    """``extensions``: since the call was opened, without the one that is asked."""

    extensions: int
    call_extensions_max: int


@rule(
    "SL-57",
    says=_("Batas waktu satu penawaran diperpanjang paling banyak {call_extensions_max} kali."),
    remedy=_("Biarkan penawaran ditutup, lalu buka ulang bila tidak ada usulan."),
    basis="product: nobody prolongs a call until the wanted proposal is there",
    status=Status.PRODUCT,
)
def extended_a_few_times(f: ExtensionFacts) -> bool:
    return f.extensions < f.call_extensions_max


@dataclass(frozen=True)
class GivingUpFacts:
    """``result_stands``: a partner is the candidate, may be the next one, or its levels are known and being given anew;
    or an objection to the result waits."""

    result_stands: bool


@rule(
    "SL-55",
    says=_("Hasil seleksi yang sudah ada tidak dibatalkan Kepala Desa sendiri."),
    remedy=_("Tunggu Musyawarah Desa memutuskan, atau sampai tidak ada lagi calon dan sanggahan."),
    basis="product: the meeting decides on a result",
    status=Status.PRODUCT,
)
def no_result_stands(f: GivingUpFacts) -> bool:
    return not f.result_stands


OPENING_CALL: tuple[Rule, ...] = (
    terms_complete, benefit_and_cost_measured, space_and_environment_checked, announced_openly, weights_sum_to_hundred,
    nothing_weighed_away, no_criterion_decides_alone, open_long_enough,
)  # fmt: skip

FROZEN: tuple[Rule, ...] = (criteria_frozen,)

TICKED_ANEW: tuple[Rule, ...] = (vision_ticked_anew,)

ASSETS_PREPARED: tuple[Rule, ...] = (asset_and_consent_prepared,)

ANSWERING_ALL: tuple[Rule, ...] = (answers_for_all,)

LONGER: tuple[Rule, ...] = (deadline_only_moves_later,)

A_FEW_TIMES: tuple[Rule, ...] = (extended_a_few_times,)

GIVING_UP: tuple[Rule, ...] = (no_result_stands,)
