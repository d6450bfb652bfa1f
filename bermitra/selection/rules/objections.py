"""The life of an objection: filed, answered, and once more where the answer does not satisfy."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _
from bermitra.selection.rules.nobody import NOBODY

OBJECTION = Flow(
    "objection",
    (
        Move("start", "filed", "selection.file_objection"),
        Move("filed", "upheld", "selection.uphold_objection"),
        Move("filed", "dismissed", "selection.dismiss_objection"),
        Move("filed", "withdrawn", "selection.withdraw_objection"),
        Move("dismissed", "appealed", "selection.appeal_objection"),
        Move("appealed", "upheld", "selection.uphold_objection"),
        Move("appealed", "dismissed", "selection.dismiss_objection"),
        Move("appealed", "withdrawn", "selection.withdraw_objection"),
    ),
)

OBJECTION_LABELS = {
    "filed": Label(_("Diajukan"), _("Sanggahan masuk"), _("Menunggu tim seleksi menjawab sanggahan.")),
    "appealed": Label(_("Sanggah banding"), _("Sanggah banding"), _("Menunggu orang lain menjawab sanggah banding.")),
    "upheld": Label(_("Sanggahan diterima"), _("Sanggahan diterima"), NOBODY),
    "dismissed": Label(_("Tidak diterima"), _("Sanggahan ditolak dengan alasan"), NOBODY),
    "withdrawn": Label(_("Ditarik"), _("Sanggahan ditarik pengajunya"), NOBODY),
}

OPEN_OBJECTIONS = ("filed", "appealed")  # they wait for an answer, and nothing is awarded meanwhile

OBJECTION_STEPS = {
    "filed": _("Sanggahan diajukan"),
    "dismissed": _("Dijawab: hasil tetap"),
    "upheld": _("Dijawab: sanggahan diterima"),
    "appealed": _("Sanggah banding diajukan"),
    "withdrawn": _("Sanggahan ditarik"),
}


@dataclass(frozen=True)
class FilingFacts:
    """``own_unanswered``: what the same partner, or the same resident, has filed and nobody has answered."""

    window_over: bool
    own_unanswered: int
    objection_working_days: int


@rule(
    "SL-56",
    says=_("Sanggahan masuk dalam masa sanggah {objection_working_days} hari kerja, satu demi satu dari tiap pengaju."),
    remedy=_("Tunggu jawaban sanggahan sebelumnya, atau sampaikan keberatan kepada Musyawarah Desa."),
    basis="product: objection window",
    status=Status.PRODUCT,
)
def filed_in_time_and_one_by_one(f: FilingFacts) -> bool:
    return not f.window_over and f.own_unanswered == 0


@dataclass(frozen=True)
class AnswererFacts:
    """Who is about to answer. ``answered_before``: whether it was this person who gave the first answer; ``scored``:
    whether this very person has scored in any round of the call; ``appointed``: whether it was he who appointed
    the partner directly."""

    filed_it: bool
    answered_before: bool
    scored: bool
    dismisses: bool
    appointed: bool = False


@rule(
    "SL-45",
    says=_("Sanggahan dijawab orang yang tidak mengajukan, menilai, atau menunjuk, dan belum menolaknya."),
    remedy=_("Minta ketua tim seleksi atau Ketua BPD yang belum menjawabnya."),
    basis="product: nobody judges his own cause",
    status=Status.PRODUCT,
)
def answered_by_another(f: AnswererFacts) -> bool:
    if f.filed_it or f.answered_before:
        return False
    return not (f.dismisses and (f.scored or f.appointed))


@dataclass(frozen=True)
class AppealFacts:
    working_days_since_answer: int
    appeals_before: int
    objection_appeal_working_days: int


@rule(
    "SL-46",
    says=_(
        "Sanggah banding diajukan satu kali, paling lambat {objection_appeal_working_days} hari kerja setelah jawaban."
    ),
    remedy=_("Sampaikan keberatan berikutnya kepada Musyawarah Desa."),
    basis="product: one appeal, within its days",
    status=Status.PRODUCT,
)
def appealed_once_and_in_time(f: AppealFacts) -> bool:
    return f.appeals_before == 0 and f.working_days_since_answer <= f.objection_appeal_working_days


@dataclass(frozen=True)
class ReopeningFacts:
    """``upheld``: objections found right since the levels were revealed; ``counted_with_interest``: scorers whose levels
    count in this result, and of whom an interest is known by now."""

    upheld: int
    counted_with_interest: int


@rule(
    "SL-51",
    says=_("Penilaian diulang hanya setelah sanggahan diterima, atau bila seorang penilai ternyata berkepentingan."),
    remedy=_("Terima sanggahan yang benar dahulu, atau teruskan hasil ini."),
    basis="product: a result is not scored over until it pleases",
    status=Status.PRODUCT,
)
def scored_again_for_cause(f: ReopeningFacts) -> bool:
    return f.upheld > 0 or f.counted_with_interest > 0


FILING: tuple[Rule, ...] = (filed_in_time_and_one_by_one,)

ANSWERING_OBJECTION: tuple[Rule, ...] = (answered_by_another,)

APPEALING: tuple[Rule, ...] = (appealed_once_and_in_time,)

REOPENING: tuple[Rule, ...] = (scored_again_for_cause,)
