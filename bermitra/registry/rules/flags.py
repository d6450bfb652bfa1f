"""Flags: raised, answered, decided by another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _
from bermitra.registry.rules.verifications import NOBODY


class FlagState(StrEnum):
    """What is raised against a partner: heard, looked at by two people, proven or not; each may be opened again."""

    RAISED = "raised"
    REPLIED = "replied"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"


FLAG_DECISIONS = (FlagState.CONFIRMED, FlagState.CLEARED)
FLAG_OPEN = (FlagState.RAISED, FlagState.REPLIED)
FLAG_FLOW = Flow(
    "risk_flag",
    [
        Move(Flow.start, FlagState.RAISED, "registry.raise_flag"),
        Move(FlagState.RAISED, FlagState.REPLIED, "registry.reply_flag"),
        *(Move(source, target, "registry.resolve_flag") for source in FLAG_OPEN for target in FLAG_DECISIONS),
        *(Move(source, FlagState.RAISED, "registry.reopen_flag") for source in FLAG_DECISIONS),
    ],
)
FLAG_LABELS: dict[str, Label] = {
    FlagState.RAISED: Label(_("Ditinjau"), _("Tanda risiko baru"), _("Menunggu mitra memakai hak jawab.")),
    FlagState.REPLIED: Label(_("Ditinjau"), _("Hak jawab diterima"), _("Menunggu dua pemeriksa memutuskan.")),
    FlagState.CONFIRMED: Label(_("Risiko terbukti"), _("Terbukti"), NOBODY),
    FlagState.CLEARED: Label(_("Tidak terbukti"), _("Tidak terbukti"), NOBODY),
}


@dataclass(frozen=True)
class FlagFacts:
    """``reviewers`` are people of one opinion in this round, the one who asks among them; two of whom one printed the
    access letter of the other these days are one."""

    reply_received: bool
    working_days_since_raised: int
    flag_reply_working_days: int
    reviewers: int


@rule(
    "RG-39",
    says=_("Tanda risiko dinilai setelah hak jawab mitra atau batas waktunya."),
    remedy=_("Tunggu jawaban mitra, atau sampai batas waktu menjawab lewat."),
    basis="product",
    status=Status.PRODUCT,
)
def flag_was_heard(f: FlagFacts) -> bool:
    return f.reply_received or f.working_days_since_raised > f.flag_reply_working_days


@rule(
    "RG-14",
    says=_("Tanda risiko diputus dua orang setelah hak jawab atau batas waktunya."),
    remedy=_("Tunggu hak jawab selesai, lalu minta pemeriksa kedua menyetujui."),
    basis="product",
    status=Status.PRODUCT,
)
def flags_have_had_reply(f: FlagFacts) -> bool:
    return flag_was_heard(f) and f.reviewers >= 2


@dataclass(frozen=True)
class ReviewerFacts:
    """Who gives an opinion on a flag."""

    raised_it: bool
    reviewed_already: bool


@rule(
    "RG-23",
    says=_("Pemasang tanda risiko tidak memutuskannya, dan setiap pemeriksa menilai satu kali."),
    remedy=_("Minta pemeriksa lain, dari dinas atau inspektorat, menilai tanda ini."),
    basis="product",
    status=Status.PRODUCT,
)
def raiser_does_not_decide(f: ReviewerFacts) -> bool:
    return not f.raised_it and not f.reviewed_already


REVIEWING_A_FLAG: tuple[Rule, ...] = (raiser_does_not_decide,)
GIVING_AN_OPINION: tuple[Rule, ...] = (flag_was_heard,)
RESOLVING_A_FLAG: tuple[Rule, ...] = (flags_have_had_reply,)
