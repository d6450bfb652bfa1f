"""What a need and a potential must say, and who sets priorities."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

# Lives ---------------------------------------------------------------------------------------------------------------

NEED = Flow(
    "need",
    [
        Move("start", "draft", "needs.record"),
        Move("draft", "draft", "needs.revise"),
        Move("draft", "submitted", "needs.submit"),
        Move("draft", "withdrawn", "needs.withdraw"),
        Move("submitted", "withdrawn", "needs.withdraw"),
        Move("submitted", "discussed", "needs.table"),
        Move("backlog", "discussed", "needs.table"),
        Move("discussed", "discussed", "needs.table"),
        Move("discussed", "priority", "needs.prioritise"),
        Move("discussed", "backlog", "needs.defer"),
        Move("priority", "backlog", "needs.defer"),
    ],
)

LABELS: dict[str, Label] = {
    "draft": Label(_("Draf"), _("Draf kebutuhan"), _("Menunggu pencatat melengkapi kebutuhan."), "inventarisasi"),
    "submitted": Label(
        _("Diajukan"), _("Diajukan, menunggu pembahasan"), _("Menunggu masuk acara musyawarah."), "inventarisasi"
    ),
    "discussed": Label(
        _("Dibahas Musyawarah Desa"),
        _("Ada dalam acara Musyawarah Desa"),
        _("Menunggu keputusan Musyawarah Desa."),
        "skala_prioritas",
    ),
    "priority": Label(
        _("Menjadi prioritas"),
        _("Prioritas, siap ditawarkan"),
        _("Menunggu Kepala Desa menawarkannya kepada mitra."),
        "prioritas_ditetapkan",
    ),
    "backlog": Label(
        _("Ditunda ke tahun berikut"), _("Tertunda, dibahas lagi"), _("Menunggu pembahasan berikutnya."), "ditunda"
    ),
    "withdrawn": Label(_("Ditarik"), _("Ditarik pengusul"), _("Tidak ada yang ditunggu."), "ditarik"),
}

POTENTIAL = Flow(
    "potential",
    [
        Move("start", "draft", "needs.record_potential"),
        Move("draft", "published", "needs.publish_potential"),
        Move("draft", "archived", "needs.archive_potential"),
        Move("published", "archived", "needs.archive_potential"),
        Move("draft", "draft", "needs.revise_potential"),
        Move("archived", "draft", "needs.revise_potential"),
        Move("published", "draft", "needs.revise_potential"),
    ],
)

POTENTIAL_LABELS: dict[str, Label] = {
    "draft": Label(_("Draf"), _("Draf potensi"), _("Menunggu pencatat melengkapi lembar potensi."), "inventarisasi"),
    "published": Label(_("Tersedia"), _("Lembar potensi terbit"), _("Menunggu mitra yang berminat."), "inventarisasi"),
    "archived": Label(_("Tidak ditawarkan lagi"), _("Diarsipkan"), _("Tidak ada yang ditunggu."), "inventarisasi"),
}

LIST = Flow(
    "priority_list",
    [
        Move("start", "draft", "needs.draft_priorities"),
        Move("draft", "tabled", "needs.table"),
        Move("tabled", "tabled", "needs.table"),
        Move("tabled", "set", "needs.prioritise"),
    ],
)

# Needs ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NeedFacts:
    description: str
    hamlet: str
    beneficiaries: int
    source: str


@rule(
    "ND-01",
    says=_("Kebutuhan harus memuat uraian, lokasi, penerima manfaat, dan sumber data."),
    remedy=_("Lengkapi uraian, dusun, perkiraan penerima manfaat, dan sumbernya."),
    basis="Permendagri 96/2017 ps 14 (inventarisasi)",
    status=Status.SOURCED,
)
def need_is_described(f: NeedFacts) -> bool:
    return f.description != "" and f.hamlet != "" and f.beneficiaries >= 1 and f.source != ""


SUBMITTING: tuple[Rule, ...] = (need_is_described,)


@dataclass(frozen=True)
class PriorityFacts:
    """``decision`` is what a Musyawarah decided on this very list, ``""`` while there is none; ``same_text``: the rows are
    those that lay before it."""

    minutes_binding: bool
    decision: str
    on_agenda: bool
    same_text: bool


@rule(
    "ND-02",
    says=_("Prioritas harus ditetapkan Musyawarah Desa yang sudah mengikat."),
    remedy=_("Bawa kebutuhan ini ke Musyawarah Desa dan tetapkan berita acaranya."),
    basis="Permendagri 96/2017 ps 13–14; UU 6/2014 ps 54",
    status=Status.SOURCED,
)
def prioritised_by_musyawarah(f: PriorityFacts) -> bool:
    return f.minutes_binding and f.decision == "agreed" and f.on_agenda


@rule(
    "ND-08",
    says=_("Urutan prioritas harus sama dengan yang diputuskan Musyawarah Desa."),
    remedy=_("Kembalikan urutannya, atau bawa urutan baru ke Musyawarah Desa."),
    basis="product",
    status=Status.PRODUCT,
)
def same_list_as_decided(f: PriorityFacts) -> bool:
    return f.same_text


PRIORITISING: tuple[Rule, ...] = (prioritised_by_musyawarah, same_list_as_decided)


@dataclass(frozen=True)
class TablingFacts:
    """``ranks`` in their order; ``ready``: every need is submitted, deferred, or already before the Musyawarah."""

    ranks: tuple[int, ...]
    ready: bool


@rule(
    "ND-09",
    says=_("Daftar prioritas harus berisi kebutuhan yang sudah diajukan, berurut mulai nomor satu."),
    remedy=_("Masukkan kebutuhan yang diajukan dan periksa nomor urutnya."),
    basis="product",
    status=Status.PRODUCT,
)
def list_can_be_read(f: TablingFacts) -> bool:
    return f.ready and f.ranks == tuple(range(1, len(f.ranks) + 1)) and len(f.ranks) > 0


TABLING: tuple[Rule, ...] = (list_can_be_read,)


@dataclass(frozen=True)
class DeferringFacts:
    reason: str
    next_year: int
    this_year: int


@rule(
    "ND-03",
    says=_("Penundaan kebutuhan harus beralasan dan masuk daftar tahun berikut."),
    remedy=_("Tulis alasan dan tahun pembahasan berikutnya."),
    basis="product",
    status=Status.PRODUCT,
)
def deferral_has_reason(f: DeferringFacts) -> bool:
    return f.reason != "" and f.next_year > f.this_year


DEFERRING: tuple[Rule, ...] = (deferral_has_reason,)

# Potentials ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PotentialFacts:
    measured: bool
    season: str
    owner: str
    environment_note: str
    culture_note: str


@rule(
    "ND-07",
    says=_("Lembar potensi harus memuat ukuran, musim, pemilik, dan keterangan lingkungan serta budaya."),
    remedy=_("Lengkapi ukuran, musim, pemilik, serta catatan lingkungan dan budaya."),
    basis="Permendagri 96/2017 ps 14 (informasi dan data)",
    status=Status.SOURCED,
)
def potential_sheet_measured(f: PotentialFacts) -> bool:
    return f.measured and "" not in (f.season, f.owner, f.environment_note, f.culture_note)


PUBLISHING: tuple[Rule, ...] = (potential_sheet_measured,)
