"""Where levels lie apart, and what was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Min

from bermitra.foundation.rules import Standing
from bermitra.selection.models import Call, Moderation, ModerationPoint, Proposal, Ranking, Score, SiteVisit
from bermitra.selection.queries.calls import weights
from bermitra.selection.rules import AnotherRoundFacts, ModerationFacts

Point = tuple[int, str]  # key of a proposal, code of a criterion


def spreads(call: Call) -> dict[Point, int]:
    """How far the levels of the running round lie apart, where they do; nothing before they are revealed. Two statements."""
    line = Ranking.objects.filter(call=call, round=call.round).only("counted").first()
    if line is None:
        return {}
    given = Score.objects.filter(version__proposal__call=call, round=call.round)
    if line.counted:
        given = given.filter(panelist__in=line.counted)
    found = given.order_by().values_list("version__proposal", "criterion").annotate(Max("level"), Min("level"))
    return {(proposal, code): most - least for proposal, code, most, least in found if most > least}


def notes_of(call: Call, proposals: Sequence[int] | None = None, of_round: int | None = None) -> dict[Point, str]:
    """What was said in moderating the running round, or a former one; the newest word of each point. One statement."""
    found = ModerationPoint.objects.filter(
        moderation__call=call, moderation__round=call.round if of_round is None else of_round
    )
    if proposals is not None:
        found = found.filter(proposal__in=proposals)
    return {(proposal, code): note for proposal, code, note in found.order_by("pk").values_list(
        "proposal", "criterion", "note"
    )}  # fmt: skip


def wide_points(apart: dict[Point, int], held: Standing) -> frozenset[Point]:
    """The points that want a note (SL-18)."""
    return frozenset(point for point, spread in apart.items() if spread >= held.numbers["score_spread_levels"])


def noted_points(notes: dict[Point, str], held: Standing) -> frozenset[Point]:
    """The points whose note is long enough (SL-18)."""
    least = held.numbers["score_reason_characters"]
    return frozenset(point for point, note in notes.items() if len(note.strip()) >= least)


def moderation_facts(apart: dict[Point, int], notes: dict[Point, str], held: Standing) -> ModerationFacts:
    """For SL-18, of these points."""
    return ModerationFacts(
        widest_spread_levels=max(apart.values(), default=0),
        moderated=wide_points(apart, held) <= noted_points(notes, held),
        score_spread_levels=held.numbers["score_spread_levels"],
    )


def moderation_facts_of(call: Call, held: Standing) -> ModerationFacts:
    """For SL-18, of the running round; a third statement only where levels lie apart."""
    apart = spreads(call)
    return moderation_facts(apart, notes_of(call) if wide_points(apart, held) else {}, held)


def again_facts(call: Call, apart: dict[Point, int], held: Standing) -> AnotherRoundFacts:
    """For SL-44: rounds again since the call was opened."""
    again = Moderation.objects.filter(call=call, again=True)
    if call.opened_at is not None:
        again = again.filter(at__gte=call.opened_at)
    return AnotherRoundFacts(rounds_again=again.count(), wide=bool(wide_points(apart, held)))


@dataclass(frozen=True)
class Unmoderated:
    """A proposal some of whose points still want a note: which (in the order of the call), and how far they lie apart."""

    proposal: Proposal
    points: dict[str, int]
    others: int  # proposals that come after it


def next_to_moderate(call: Call, held: Standing, named: str = "") -> Unmoderated | None:
    """The proposal that is moderated next: the best in rank of those that want a note, or the one with the code ``named`` if it
    does."""
    apart = spreads(call)
    open_points = wide_points(apart, held) - noted_points(notes_of(call), held)
    lines = Ranking.objects.filter(call=call, round=call.round, proposal__in={key for key, _code in open_points})
    waiting = sorted(
        lines.select_related("proposal__partner"), key=lambda line: (line.place is None, line.place, line.pk)
    )
    first = next((line.proposal for line in waiting if named in ("", line.proposal.code)), None)
    if first is None:
        return None
    points = {code: apart[first.pk, code] for code in weights(call) if (first.pk, code) in open_points}
    return Unmoderated(first, points, len(waiting) - 1)


def rounds_revealed(call: Call) -> list[int]:
    """The rounds whose levels may be read, the newest first."""
    return sorted(set(Ranking.objects.filter(call=call).values_list("round", flat=True)), reverse=True)


def visits_of(proposals: Sequence[int]) -> dict[int, list[SiteVisit]]:
    """By key of a proposal, what the panel found outside the papers, the earliest day first. One statement."""
    found: dict[int, list[SiteVisit]] = {}
    for each in SiteVisit.objects.filter(proposal__in=proposals).select_related("file").order_by("day", "pk"):
        found.setdefault(each.proposal_id, []).append(each)
    return found
