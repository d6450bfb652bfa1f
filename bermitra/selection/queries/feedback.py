"""What a partner that was not proposed is told: its own sheet of the round, or why it was out before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from bermitra.selection import criteria
from bermitra.selection.models import Call, Feedback, Proposal, Ranking
from bermitra.selection.queries.calls import weights
from bermitra.selection.queries.results import ranking, reasons_of
from bermitra.selection.rules import CANDIDATES, FeedbackFacts

RANKED, DISQUALIFIED = "ranked", "disqualified"  # what a sheet tells of


def not_proposed(call: Call) -> QuerySet[Proposal]:
    """Those who took part in this opening, and are not the candidate: ranked in the running round, or out by the check.

    Who declined or let the candidacy lapse is among them once another is proposed: it has its sheet as any other.
    """
    ranked = Ranking.objects.filter(call=call, round=call.round).values("proposal")
    out = Q(state="disqualified", sealed_at__gte=call.opened_at) if call.opened_at else Q(pk=None)
    return Proposal.objects.filter(Q(pk__in=ranked) | out, call=call).exclude(state__in=CANDIDATES)


def without_feedback(call: Call) -> QuerySet[Proposal]:
    """Those of :func:`not_proposed` who have no sheet of the running round. Who is out by the check needs one only once."""
    told = Feedback.objects.filter(Q(round=call.round) | Q(proposal__state="disqualified"), proposal__call=call)
    return not_proposed(call).exclude(pk__in=told.values("proposal")).select_related("partner").order_by("pk")


def feedback_facts(call: Call) -> FeedbackFacts:
    """For SL-24; two statements."""
    everybody, waiting = not_proposed(call).count(), without_feedback(call).count()
    return FeedbackFacts(feedback_sent=everybody - waiting, not_proposed=everybody)


def sheets(call: Call, proposals: Sequence[Proposal]) -> dict[int, dict[str, Any]]:
    """By key of a proposal the sheet of the running round (``Feedback.data``); two statements for any number of them.

    ``kind`` is :data:`RANKED` with ``place`` (None below a bound) among ``of``, ``total`` and ``points`` as exact fractions
    in text, ``below`` (criteria under their floor), ``levels`` with reasons by criterion, ``agreement`` in percent and
    ``core_missing``; or :data:`DISQUALIFIED` with its ``reason``. No name of a scorer, none of another partner.
    """
    lines = ranking(call)
    mine = {line.proposal_id: line for line in lines}
    given = reasons_of(call, lines)
    weighed = weights(call)
    return {
        each.pk: _ranked(call, mine[each.pk], len(lines), weighed, given) if each.pk in mine else _out(each)
        for each in proposals
    }


def _out(proposal: Proposal) -> dict[str, Any]:
    return {"kind": DISQUALIFIED, "reason": proposal.out_because}


def _ranked(
    call: Call,
    line: Ranking,
    of: int,
    weighed: dict[str, int],
    given: dict[tuple[int, str], list[tuple[int, str]]],
) -> dict[str, Any]:
    return {
        "kind": RANKED,
        "place": line.place,
        "of": of,
        "total": line.total,
        "threshold_total": call.threshold_total,
        "threshold_each": call.threshold_each,
        "weights": weighed,
        "points": dict(line.points),
        "below": list(line.below_floor),
        "levels": {code: [[level, reason] for level, reason in given.get((line.proposal_id, code), ())] for code in weighed},
        "agreement": line.vision_agreement,
        "core_missing": line.core_missing,
    }  # fmt: skip


def feedback_of(proposal: Proposal) -> list[Feedback]:
    """The sheets of a proposal, the newest round first."""
    return list(Feedback.objects.filter(proposal=proposal).order_by("-round"))


def in_order(data: dict[str, Any]) -> list[str]:
    """The criteria of a sheet in the order of the book; one that left the book stays at the end."""
    known = [code for code in criteria.criteria() if code in data["points"]]
    return [*known, *(code for code in data["points"] if code not in known)]
