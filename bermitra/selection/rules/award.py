"""The candidate, the days for objections, and the meeting's decision."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class VisionFacts:
    vision_agreement: int
    core_missing: int
    vision_agreement_minimum: int


@dataclass(frozen=True)
class ResultFacts:
    total: Fraction
    criteria_below_floor: int
    score_threshold: int


@dataclass(frozen=True)
class CandidateFacts(VisionFacts, ResultFacts):
    """``blocking_flags``: those of the partner that the book of due diligence lets stop everything."""

    blocking_flags: tuple[str, ...]


@rule(
    "SL-20",
    says=_("Calon mitra harus mencapai nilai akhir {score_threshold} dan batas setiap kriteria."),
    remedy=_("Usulkan calon lain, atau nyatakan penawaran gagal dengan alasan."),
    basis="product: strict selection",
    status=Status.PRODUCT,
    switchable=True,
)
def threshold_reached(f: ResultFacts) -> bool:
    return f.total >= f.score_threshold and f.criteria_below_floor == 0


@rule(
    "SL-19",
    says=_("Calon mitra tidak boleh memiliki tanda bahaya yang menghentikan seleksi."),
    remedy=_("Selesaikan pemeriksaan tanda bahaya lewat hak jawab dan dua pemeriksa."),
    basis="product: red flags stop regardless of score",
    status=Status.PRODUCT,
)
def no_stopping_flag(f: CandidateFacts) -> bool:
    return not f.blocking_flags


@rule(
    "SL-37",
    says=_("Visi kedua pihak harus cukup sama, dan pernyataan inti dicentang keduanya."),
    remedy=_("Bandingkan pernyataan tujuan, bahas perbedaannya, lalu perbarui sebelum batas waktu."),
    basis="product: strict selection for the same goals and vision",
    status=Status.PRODUCT,
    switchable=True,
)
def goals_and_vision_shared(f: VisionFacts) -> bool:
    return f.vision_agreement >= f.vision_agreement_minimum and f.core_missing == 0


@dataclass(frozen=True)
class PublishedFacts:
    days_published: int
    ranking_publication_days: int


@rule(
    "SL-21",
    says=_("Peringkat, nilai, dan alasan harus diumumkan sedikitnya {ranking_publication_days} hari."),
    remedy=_("Umumkan peringkat dan tunggu masa pengumuman selesai."),
    basis="product: open selection",
    status=Status.PRODUCT,
    switchable=True,
)
def ranking_published(f: PublishedFacts) -> bool:
    return f.days_published >= f.ranking_publication_days


@dataclass(frozen=True)
class FeedbackFacts:
    feedback_sent: int
    not_proposed: int


@rule(
    "SL-24",
    says=_("Setiap mitra yang tidak diusulkan harus menerima alasan dan lembar nilainya."),
    remedy=_("Kirim alasan kepada mitra yang belum menerimanya."),
    basis="product: reasoned feedback",
    status=Status.PRODUCT,
    switchable=True,
)
def losers_get_feedback(f: FeedbackFacts) -> bool:
    return f.feedback_sent >= f.not_proposed


@dataclass(frozen=True)
class ForwardFacts:
    """``open_objections``: those without an answer, and those that were upheld and led to no further round yet."""

    working_days_published: int
    open_objections: int
    objection_working_days: int
    candidate_accepted: bool


@rule(
    "SL-22",
    says=_(
        "Masa sanggah {objection_working_days} hari kerja harus selesai dan semua sanggahan dijawab dan ditindaklanjuti."
    ),
    remedy=_("Jawab sanggahan, nilai ulang bila diterima, dan tunggu masa sanggah berakhir."),
    basis="product: objection window",
    status=Status.PRODUCT,
    switchable=True,
)
def objections_closed(f: ForwardFacts) -> bool:
    return f.working_days_published >= f.objection_working_days and f.open_objections == 0


@rule(
    "SL-23",
    says=_("Calon mitra harus menyatakan menerima pencalonan."),
    remedy=_("Calon mitra menerima pencalonan pada halaman usulannya."),
    basis="product: both sides decide",
    status=Status.PRODUCT,
    switchable=True,
)
def candidate_accepts(f: ForwardFacts) -> bool:
    return f.candidate_accepted


@dataclass(frozen=True)
class ConsentFacts:
    """``candidate_named``: the text that was decided on is the tabled sheet, and the sheet names this candidate."""

    minutes_binding: bool
    decision: str
    candidate_named: bool


@rule(
    "SL-32",
    says=_("Musyawarah Desa harus menyetujui calon mitra ini, dengan berita acara yang mengikat."),
    remedy=_("Tetapkan berita acara yang menyebut calon mitra dan keputusan setuju."),
    basis="UU 6/2014 ps 93(2); Permendagri 96/2017 ps 14-15",
    status=Status.SOURCED,
)
def musyawarah_chose_this_candidate(f: ConsentFacts) -> bool:
    return f.minutes_binding and f.decision == "agreed" and f.candidate_named


@rule(
    "SL-38",
    says=_("Penolakan hanya dicatat dari keputusan Musyawarah Desa yang sudah mengikat."),
    remedy=_("Tetapkan berita acara yang memuat penolakan."),
    basis="UU 6/2014 ps 93(2)",
    status=Status.SOURCED,
)
def musyawarah_refused(f: ConsentFacts) -> bool:
    return f.minutes_binding and f.decision == "refused"


@dataclass(frozen=True)
class FailingFacts:
    """``candidate_stands``: somebody is a candidate now; ``next_may_stand``: the next in rank meets what a candidate must;
    ``scored_again``: levels of this opening were revealed once, and those who were judged by them are judged anew."""

    candidate_stands: bool
    next_may_stand: bool
    scored_again: bool


@rule(
    "SL-52",
    says=_("Penawaran tidak boleh dinyatakan gagal selama masih ada usulan yang dapat dicalonkan."),
    remedy=_("Tunggu jawaban calon mitra, atau usulkan peringkat berikutnya."),
    basis="product: a good result is not thrown away",
    status=Status.PRODUCT,
)
def nobody_left_to_propose(f: FailingFacts) -> bool:
    return not (f.candidate_stands or f.next_may_stand or f.scored_again)


RANKING: tuple[Rule, ...] = (threshold_reached,)

PROPOSING: tuple[Rule, ...] = (threshold_reached, no_stopping_flag, goals_and_vision_shared)

PUBLISHED: tuple[Rule, ...] = (ranking_published,)

INFORMED: tuple[Rule, ...] = (losers_get_feedback,)

FORWARDING: tuple[Rule, ...] = (objections_closed, candidate_accepts)

CONSENTING: tuple[Rule, ...] = (musyawarah_chose_this_candidate,)

REFUSING: tuple[Rule, ...] = (musyawarah_refused,)

FAILING: tuple[Rule, ...] = (nobody_left_to_propose,)
