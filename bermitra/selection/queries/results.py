"""How a round came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.crypto import salted_hmac

from bermitra.foundation.rules import examine, unmet
from bermitra.selection import criteria
from bermitra.selection.models import Call, Candidacy, Proposal, Ranking, Score
from bermitra.selection.queries.calls import standing_for, weights
from bermitra.selection.queries.contents import newest_versions
from bermitra.selection.rules import CANDIDATES, RANKING, ResultFacts


@dataclass(frozen=True)
class Judgement:
    """How one proposal came out of a round."""

    proposal: Proposal
    outcome: criteria.Outcome
    vision_agreement: int
    core_missing: int
    passes: bool


def judgements(call: Call, proposals: Sequence[Proposal], counted: Sequence[int]) -> list[Judgement]:
    """All proposals in their order: those that pass (SL-20) first; by total, need_fit, public_benefit, then the earlier sealed.

    ``counted``: keys of the seats whose levels count (:func:`scorers`). What others gave stays, and counts no more.
    """
    weighed, versions, held = weights(call), newest_versions(proposals), standing_for(call)
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
            -j.outcome.points.get("need_fit", Fraction(0)),  # a call of old may have left one out
            -j.outcome.points.get("public_benefit", Fraction(0)),
            j.proposal.sealed_at,
            j.proposal.pk,
        ),
    )


def ranking(call: Call, of_round: int | None = None) -> list[Ranking]:
    """The result of the running round (or of a former one), best first; what fell below a bound comes last. Empty before it
    was revealed."""
    found = Ranking.objects.filter(call=call, round=call.round if of_round is None else of_round)
    found = found.select_related("proposal__partner")
    return sorted(found, key=lambda line: (line.place is None, line.place or 0, -Fraction(line.total), line.pk))


def reasons_of(call: Call, lines: Sequence[Ranking] | None = None) -> dict[tuple[int, str], list[tuple[int, str]]]:
    """Levels and reasons by proposal and criterion, without the scorers' names; of ``lines`` (of one round), else of the
    running round. A line of a ranking is there only once the levels were revealed.

    Those that counted, in an order that names nobody and is the same for all proposals (:func:`shuffled`).
    """
    found: dict[tuple[int, str], list[tuple[int, str]]] = {}
    lines = ranking(call) if lines is None else lines
    if not lines:
        return found
    counted = set(lines[0].counted)
    judged = [each.proposal_id for each in lines]
    given = Score.objects.filter(version__proposal__in=judged, round=lines[0].round)
    rows = list(given.values_list("version__proposal", "criterion", "panelist", "level", "reason"))
    place = {seat: n for n, seat in enumerate(shuffled(call, {row[2] for row in rows}))}
    for proposal, criterion, seat, level, reason in sorted(rows, key=lambda row: place[row[2]]):
        if not counted or seat in counted:
            found.setdefault((proposal, criterion), []).append((level, reason))
    return found


def shuffled(call: Call, seats: Iterable[int]) -> list[int]:
    """Seats in an order that stays the same for this call, and that nobody can work out from who sits where."""
    return sorted(seats, key=lambda seat: salted_hmac("selection.scorers", f"{call.code}:{seat}").hexdigest())


def public_ranking(call: Call) -> list[Ranking]:
    """The published provisional result; nothing before its day."""
    return ranking(call) if call.published_on and call.state in ("provisional", "awarded") else []


def candidate(call: Call) -> Proposal | None:
    """The proposal that is a candidate, or was chosen."""
    found = Proposal.objects.filter(call=call, state__in=CANDIDATES)
    return found.select_related("partner", "call__case__village").first()


def beside_the_chosen(call: Call) -> list[Proposal]:
    """Those with a place in the running round that were never a candidate of it, once another was chosen; best first."""
    if call.revealed_at is None:
        return []
    stood = Candidacy.objects.filter(proposal__call=call, at__gte=call.revealed_at).values_list("proposal", flat=True)
    before = set(stood)
    lines = [line for line in ranking(call) if line.place and line.proposal_id not in before]
    return [line.proposal for line in lines if line.proposal.state == "not_chosen"]


def next_in_rank(call: Call) -> Ranking | None:
    """The best line whose proposal still stands and was not a candidate."""
    return next((line for line in ranking(call) if line.place and line.proposal.state == "ranked"), None)
