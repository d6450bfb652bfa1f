"""How a round came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bermitra.foundation.rules import examine, unmet
from bermitra.selection import criteria
from bermitra.selection.models import Call, Proposal, Ranking, Score
from bermitra.selection.queries.calls import standing_for, weights
from bermitra.selection.queries.contents import newest_versions
from bermitra.selection.queries.panel import scorers
from bermitra.selection.rules import RANKING, ResultFacts


@dataclass(frozen=True)
class Judgement:
    """How one proposal came out of a round."""

    proposal: Proposal
    outcome: criteria.Outcome
    vision_agreement: int
    core_missing: int
    passes: bool


def judgements(call: Call, proposals: Sequence[Proposal]) -> list[Judgement]:
    """All proposals in their order: those that pass (SL-20) first; by total, need_fit, public_benefit, then the earlier sealed.

    Scores of people who are not (or no longer) scorers don't count.
    """
    weighed, versions, held = weights(call), newest_versions(proposals), standing_for(call)
    counted = [each.pk for each in scorers(call)]
    levels: dict[int, dict[str, list[int]]] = {each.pk: {code: [] for code in weighed} for each in proposals}
    of = {version.pk: key for key, version in versions.items()}
    found = Score.objects.filter(version__in=versions.values(), round=call.round, panelist__in=counted)
    for version, criterion, level in found.values_list("version", "criterion", "level"):
        levels[of[version]][criterion].append(level)
    made = []
    for each in proposals:
        outcome = criteria.outcome(weighed, levels[each.pk], call.threshold_each)
        ticks = versions[each.pk].content.get("vision_ticks", [])
        agreement = criteria.vision_agreement(call.vision_ticks, ticks)
        missing = criteria.core_missing(call.vision_ticks, ticks)
        result = ResultFacts(outcome.total, len(outcome.below_floor), call.threshold_total)
        passes = not unmet(examine(RANKING, result, held))
        made.append(Judgement(each, outcome, agreement, missing, passes))
    return sorted(
        made,
        key=lambda j: (
            not j.passes,
            -j.outcome.total,
            -j.outcome.points["need_fit"],
            -j.outcome.points["public_benefit"],
            j.proposal.sealed_at,
            j.proposal.pk,
        ),
    )


def ranking(call: Call) -> list[Ranking]:
    """The result of the running round, best first; what fell below a bound comes last. Empty before it was revealed."""
    found = Ranking.objects.filter(call=call, round=call.round).select_related("proposal__partner")
    return sorted(found, key=lambda line: (line.place is None, line.place or 0, -Fraction(line.total), line.pk))


def reasons_of(call: Call) -> dict[tuple[int, str], list[tuple[int, str]]]:
    """Levels and reasons of the running round by proposal and criterion, without the scorers' names; once revealed."""
    found: dict[tuple[int, str], list[tuple[int, str]]] = {}
    if call.revealed_at is not None:
        given = Score.objects.filter(version__proposal__call=call, round=call.round).order_by("panelist", "pk")
        for proposal, criterion, level, reason in given.values_list(
            "version__proposal", "criterion", "level", "reason"
        ):
            found.setdefault((proposal, criterion), []).append((level, reason))
    return found


def public_ranking(call: Call) -> list[Ranking]:
    """The published provisional result; nothing before its day."""
    return ranking(call) if call.published_on and call.state in ("provisional", "awarded") else []


def candidate(call: Call) -> Proposal | None:
    """The proposal that is a candidate, or was chosen."""
    found = Proposal.objects.filter(call=call, state__in=("proposed", "accepted", "chosen"))
    return found.select_related("partner", "call__case__village").first()


def next_in_rank(call: Call) -> Ranking | None:
    """The best line whose proposal still stands and was not a candidate."""
    return next((line for line in ranking(call) if line.place and line.proposal.state == "ranked"), None)
