"""The life of a need, and what it must say."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

NEED = Flow(
    "need",
    [
        Move("start", "draft", "needs.record"),
        Move("start", "draft", "needs.propose_from_index"),
        Move("start", "draft", "needs.import_needs"),
        Move("draft", "draft", "needs.revise"),
        Move("draft", "submitted", "needs.submit"),
        Move("draft", "withdrawn", "needs.withdraw"),
        Move("submitted", "withdrawn", "needs.withdraw"),
        Move("submitted", "merged", "needs.merge"),
        Move("merged", "submitted", "needs.split"),
        Move("submitted", "discussed", "needs.table"),
        Move("backlog", "discussed", "needs.table"),
        Move("discussed", "discussed", "needs.table"),
        Move("discussed", "priority", "needs.prioritise"),
        Move("discussed", "backlog", "needs.defer"),
        Move("priority", "backlog", "needs.defer"),
        Move("offered", "backlog", "needs.defer"),
        Move("priority", "offered", "needs.mark_offered"),
        Move("offered", "priority", "needs.release"),
        Move("priority", "met", "needs.confirm_met"),
        Move("offered", "met", "needs.confirm_met"),
        Move("met", "submitted", "needs.reopen"),
    ],
)
UNMET = ("submitted", "discussed", "priority", "offered", "backlog")  # submitted once, and still to be met
HEARD_IN = ("draft", *UNMET)  # states in which more may be said about a need
COUNTED_IN = ("draft", "backlog")  # a need that waits for years is counted again before it is discussed again
# What lies before a Musyawarah, or was decided by one, is not reckoned anew.
AIMED_IN = ("draft", "submitted", "backlog")
DEFERRED_IN = ("discussed", "priority", "offered")
VERIFIED_IN = UNMET
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
    "offered": Label(
        _("Ditawarkan kepada mitra"),
        _("Terkait kemitraan yang disiapkan atau berjalan"),
        _("Menunggu kemitraan terkait."),
        "prioritas_ditetapkan",
    ),
    "met": Label(_("Terpenuhi"), _("Terpenuhi"), _("Tidak ada yang ditunggu."), "prioritas_ditetapkan"),
    "merged": Label(_("Digabung"), _("Digabung dengan kebutuhan lain"), _("Tidak ada yang ditunggu."), "inventarisasi"),
    "withdrawn": Label(_("Ditarik"), _("Ditarik pengusul"), _("Tidak ada yang ditunggu."), "ditarik"),
}


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


@dataclass(frozen=True)
class PuttingOffFacts:
    """``decided``: a Musyawarah has made it a priority. ``chair``: the chair of the BPD puts it off."""

    decided: bool
    chair: bool


@rule(
    "ND-23",
    says=_("Kebutuhan yang sudah menjadi prioritas hanya ditunda oleh Ketua BPD."),
    remedy=_("Minta Ketua BPD menundanya."),
    basis="product: the BPD watches over what the Musyawarah decided",
    status=Status.PRODUCT,
)
def decided_need_deferred_by_chair(f: PuttingOffFacts) -> bool:
    return f.chair or not f.decided


PUTTING_OFF: tuple[Rule, ...] = (decided_need_deferred_by_chair,)

# What is said about a need ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MergingFacts:
    """How many voices of residents can be read before and after, of both needs together."""

    voices_before: int
    voices_after: int


@rule(
    "ND-04",
    says=_("Penggabungan kebutuhan harus menjaga semua pengusul dan dusunnya."),
    remedy=_("Gabungkan ke kebutuhan yang memuat semua pengusul."),
    basis="product: residents take part at every stage",
    status=Status.PRODUCT,
)
def merging_keeps_voices(f: MergingFacts) -> bool:
    return f.voices_after == f.voices_before


MERGING: tuple[Rule, ...] = (merging_keeps_voices,)


@dataclass(frozen=True)
class SplittingFacts:
    """``into``: the state of the need that it was merged into."""

    into: str


@rule(
    "ND-12",
    says=_("Kebutuhan hanya dipisah lagi sebelum gabungannya dibahas Musyawarah Desa."),
    remedy=_("Catat sebagai kebutuhan baru bila memang berbeda."),
    basis="product: a Musyawarah decided on the need as it was merged",
    status=Status.PRODUCT,
)
def merged_need_not_yet_discussed(f: SplittingFacts) -> bool:
    return f.into in ("submitted", "withdrawn")


SPLITTING: tuple[Rule, ...] = (merged_need_not_yet_discussed,)


@dataclass(frozen=True)
class VerifyingFacts:
    """By their codes: who looks at the figures, and who wrote or counted them."""

    verifier: str
    said_by: frozenset[str]


@rule(
    "ND-11",
    says=_("Angka kebutuhan harus diperiksa orang lain, bukan yang menulis atau menghitungnya."),
    remedy=_("Minta anggota BPD lain atau pendamping desa memeriksanya."),
    basis="product: separation of duties",
    status=Status.PRODUCT,
)
def figures_verified_by_another(f: VerifyingFacts) -> bool:
    return f.verifier not in f.said_by


@dataclass(frozen=True)
class SeenFiguresFacts:
    """``seen`` is the hash of the figures that the page showed, ``now`` that of those which stand there when the act is done."""

    seen: str
    now: str


@rule(
    "ND-22",
    says=_("Yang diperiksa harus sama dengan yang Anda baca."),
    remedy=_("Isinya sudah berubah: baca yang terbaru, lalu kirim lagi."),
    basis="product: a verification holds for what was read",
    status=Status.PRODUCT,
)
def verified_as_read(f: SeenFiguresFacts) -> bool:
    return f.now != "" and f.seen == f.now


VERIFYING: tuple[Rule, ...] = (figures_verified_by_another,)
AS_READ: tuple[Rule, ...] = (verified_as_read,)


@dataclass(frozen=True)
class ProposingFacts:
    """``low``: the newest published score of the village is one that speaks of a need. ``proposed``: a need says so
    already."""

    low: bool
    proposed: bool


@rule(
    "ND-13",
    says=_("Usulan dari indeks hanya untuk skor rendah yang belum menjadi kebutuhan."),
    remedy=_("Pilih skor lain, atau lengkapi kebutuhan yang sudah ada."),
    basis="product: a score proposes, the Musyawarah decides",
    status=Status.PRODUCT,
)
def low_score_without_a_need(f: ProposingFacts) -> bool:
    return f.low and not f.proposed


PROPOSING: tuple[Rule, ...] = (low_score_without_a_need,)
