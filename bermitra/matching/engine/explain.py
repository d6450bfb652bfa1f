"""Why two fit, why not, and what would change it: parts of a score and of a refusal, each with the field it comes from.

The page puts them into words. Fields are those of ``features.VillageRow`` and ``OfferRow``, places those of the published
lists, points whole millionths of the score.
"""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np

from bermitra.matching.engine.features import Ints, Market, from_bits
from bermitra.matching.engine.score import Gate, Weights, least_shared, score_pairs, vision_table
from bermitra.matching.engine.shortlist import Shortlist, Tickets, drawn, ranks

MOST_REASONS = 6
LEAST_ABILITY = 25  # the lowest step at which an offer serves a sector
SECTOR, POTENTIAL, GOALS, REST = "sector", "potential", "goals", "rest"
VILLAGE, OFFER = "village", "offer"


class Reason(NamedTuple):
    """A part of a score. ``kind`` sector (``needs`` met by ``abilities``), potential (``potentials`` that the offer
    ``seeks``), goals (both sides'), or rest: what is too small to be named, in ``parts``. ``at``: place of the sector or
    potential, -1 for the others. ``fields`` and ``values``: the village's and the offer's. ``goals``: those both have."""

    kind: str
    at: int
    points: int
    fields: tuple[str, str] = ("", "")
    values: tuple[int, int] = (0, 0)
    goals: tuple[int, ...] = ()
    parts: tuple[Reason, ...] = ()


class Why(NamedTuple):
    """``gate`` 0 passes; a, b, h in millionths; at most six reasons, the weightiest first, that sum to h. Without
    reasons where the pair does not pass."""

    gate: Gate
    a: int
    b: int
    h: int
    reasons: tuple[Reason, ...]


class Change(NamedTuple):
    """What to change in one field so that a gate opens. ``at``: place in the field, -1 for the whole of it. ``areas``:
    ``after`` is the code to add; ``risks`` and ``goals``: the whole set before and after; others: the number."""

    side: str
    field: str
    at: int
    before: Any
    after: Any


class Place(NamedTuple):
    """Where the other side stands on a list of k: its rank from 1, and the score of the last place, -1 if there are fewer."""

    rank: int
    last: int


class WhyNot(NamedTuple):
    """The first gate that failed and how far it is from opening: one area or sector, so many risks, so many rupiah, so many
    millionths of vision. A pair that passes has a place on either list instead."""

    gate: Gate
    distance: int
    change: Change | None
    h: int
    on_village: Place | None
    on_offer: Place | None


class Unmatched(NamedTuple):
    """Villages i32[n] that no offer fits; the gate u8[n] that turned away most of the offers that reach them, 1 where none
    does; and how many each gate turned away i64[n,5]."""

    village: Ints
    gate: Ints
    turned_away: Ints


def why(market: Market, weights: Weights, v: int, o: int) -> Why:
    """The score of village row v and offer row o, taken apart.

    As h(ca, cb) = c·h(a, b), h is exactly a·∂h/∂a + b·∂h/∂b (Euler): the village's side brings h·b/(a+b), the partner's
    h·a/(a+b), so that the weaker side, which holds the pair back, counts for more. Each is split as its own sum is, and
    whole points go by largest remainder.
    """
    a, b, h, gate = (int(each[0]) for each in score_pairs(market, np.array([v]), np.array([o]), weights))
    if gate or not h:
        return Why(Gate(gate), a, b, h, ())
    goals = tuple(bit + 1 for bit in from_bits(market.vgoal[v] & market.ogoal[o]))
    own, other = (int(bits).bit_count() for bits in (market.vgoal[v], market.ogoal[o]))
    vision = int(vision_table()[len(goals), own, other])
    met = _products(SECTOR, ("needs", "abilities"), market.N[v], market.C[o])
    found = _products(POTENTIAL, ("potentials", "seeks"), market.P[v], market.I[o])
    mine, mine_goals = _side(met, int(market.need_sum[v]), vision, weights.village)
    theirs, theirs_goals = _side(found, int(market.seek_sum[o]), vision, weights.partner)
    whole, wholes = sum(mine) + mine_goals, sum(theirs) + theirs_goals
    parts = [*met, *found, Reason(GOALS, -1, 0, ("goals", "goals"), (own, other), goals)]
    shares = [b * each * wholes for each in mine] + [a * each * whole for each in theirs]
    points = _apportioned(h, [*shares, b * mine_goals * wholes + a * theirs_goals * whole])
    named = [part._replace(points=each) for part, each in zip(parts, points, strict=True) if each]
    named.sort(key=lambda part: -part.points)
    if len(named) > MOST_REASONS:
        rest = tuple(named[MOST_REASONS - 1 :])
        named[MOST_REASONS - 1 :] = [Reason(REST, -1, sum(part.points for part in rest), parts=rest)]
    return Why(Gate.PASSES, a, b, h, tuple(named))


def why_not(
    market: Market, weights: Weights, v: int, o: int, k: int = 20, tickets: Tickets | None = None
) -> WhyNot:  # fmt: skip
    """What keeps village row v and offer row o apart; for a pair that passes, its places on both lists of ``k``."""
    _a, _b, h, gate = (int(each[0]) for each in score_pairs(market, np.array([v]), np.array([o]), weights))
    if gate:
        change = least_change(market, weights, v, o)
        return WhyNot(Gate(gate), _distance(market, weights, v, o, gate), change, h, None, None)
    offers = market.reaching(market.reg[v])
    reached = market.cov_idx[market.cov_ptr[o] : market.cov_ptr[o + 1]]
    villages = np.flatnonzero(np.isin(market.reg, reached))
    village_rank, offer_rank = ranks(tickets or drawn(market))
    on_village = score_pairs(market, np.full(len(offers), v), offers, weights)
    on_offer = score_pairs(market, villages, np.full(len(villages), o), weights)
    return WhyNot(
        Gate.PASSES,
        0,
        None,
        h,
        _place(on_village.h, on_village.gate, offer_rank[offers], offers == o, k),
        _place(on_offer.h, on_offer.gate, village_rank[villages], villages == v, k),
    )


def least_change(market: Market, weights: Weights, v: int, o: int) -> Change | None:
    """The smallest change of one field by which the first gate that failed opens.

    The partner's field where both sides could move: a veto is lifted only by a Musyawarah, and a need is not made smaller to
    please. Goals move on the side that has fewer to change. None for a pair that passes, and where neither side names a goal.
    """
    gate = int(score_pairs(market, np.array([v]), np.array([o]), weights).gate[0])
    if gate == Gate.AREA:
        return Change(OFFER, "areas", -1, None, market.regencies[market.reg[v]])
    if gate == Gate.SECTOR:
        return Change(OFFER, "abilities", int(market.N[v].argmax()), 0, LEAST_ABILITY)
    if gate == Gate.VETO:
        left = market.flags[o] & ~market.veto[v]
        return Change(OFFER, "risks", -1, tuple(from_bits(market.flags[o])), tuple(from_bits(left)))
    if gate == Gate.BUDGET:
        (ask_low, ask_high), (low, high) = market.ask[v].tolist(), market.budget[o].tolist()
        return (
            Change(OFFER, "budget", 1, high, ask_low) if ask_low > high else Change(OFFER, "budget", 0, low, ask_high)
        )
    return _alike(market, weights, v, o) if gate == Gate.VISION else None


def unmatched(market: Market, weights: Weights, lists: Shortlist) -> Unmatched:
    """Whom no offer fits, and which gate is to blame most."""
    villages = np.flatnonzero(lists.v_offer[:, 0] < 0).astype(np.int32)
    turned_away = np.zeros((len(villages), len(Gate) - 1), np.int64)
    for at, v in enumerate(villages):
        offers = market.reaching(market.reg[v])
        gates = score_pairs(market, np.full(len(offers), v), offers, weights).gate
        turned_away[at] = np.bincount(gates, minlength=len(Gate))[1:]
        turned_away[at, 0] = len(market.offers) - len(offers)
    within = turned_away[:, 1:]
    gate = np.where(within.any(axis=1), within.argmax(axis=1) + Gate.SECTOR, Gate.AREA).astype(np.uint8)
    return Unmatched(villages, gate, turned_away)


def _products(kind: str, fields: tuple[str, str], mine: Ints, theirs: Ints) -> list[Reason]:
    both = np.flatnonzero((mine > 0) & (theirs > 0))
    return [Reason(kind, int(at), 0, fields, (int(mine[at]), int(theirs[at]))) for at in both]


def _side(parts: list[Reason], whole: int, vision: int, weight: int) -> tuple[list[int], int]:
    """The summands of ``score.side`` over their common denominator: one for each part, and that of the vision."""
    if not whole:
        return [], vision
    return [weight * 10_000 * part.values[0] * part.values[1] for part in parts], (100 - weight) * vision * whole


def _apportioned(total: int, shares: list[int]) -> list[int]:
    """Whole numbers in proportion to ``shares`` that sum to ``total``: rounded down, what is left to the largest remainders."""
    whole = sum(shares)
    given = [total * share // whole for share in shares]
    behind = sorted(range(len(shares)), key=lambda at: -(total * shares[at] % whole))
    for at in behind[: total - sum(given)]:
        given[at] += 1
    return given


def _distance(market: Market, weights: Weights, v: int, o: int, gate: int) -> int:
    if gate == Gate.VETO:
        return int(market.veto[v] & market.flags[o]).bit_count()
    if gate == Gate.BUDGET:
        return int(max(market.ask[v, 0] - market.budget[o, 1], market.budget[o, 0] - market.ask[v, 1]))
    if gate == Gate.VISION:
        shared, own, other = (
            int(bits).bit_count() for bits in (market.vgoal[v] & market.ogoal[o], market.vgoal[v], market.ogoal[o])
        )
        return max(1, weights.vision * 10_000 - int(vision_table()[shared, own, other]))
    return 1


def _alike(market: Market, weights: Weights, v: int, o: int) -> Change | None:
    own, other = ({bit + 1 for bit in from_bits(bits)} for bits in (market.vgoal[v], market.ogoal[o]))
    found = [
        (len(before ^ after), side, before, after)
        for side, before, beside in ((OFFER, other, own), (VILLAGE, own, other))
        if (after := _nearer(before, beside, weights.vision)) is not None
    ]
    if not found:
        return None
    _steps, side, before, after = min(found, key=lambda each: each[0])
    return Change(side, "goals", -1, tuple(sorted(before)), tuple(sorted(after)))


def _nearer(mine: set[int], theirs: set[int], percent: int) -> set[int] | None:
    """My goals with the fewest added from theirs and taken off mine so that the gate opens, rather added than taken off."""
    enough, extra, alone = least_shared(percent), sorted(theirs - mine), sorted(mine - theirs)
    for off, on in sorted(product(range(len(alone) + 1), range(len(extra) + 1)), key=lambda each: (sum(each), each)):
        shared, size = len(mine & theirs) + on, len(mine) + on - off
        if shared >= enough[size, len(theirs)]:
            return mine - set(alone[:off]) | set(extra[:on])
    return None


def _place(h: Ints, gate: Ints, rank: Ints, own: Ints, k: int) -> Place:
    passes = gate == 0
    behind = passes & ((h > h[own]) | ((h == h[own]) & (rank > rank[own])))
    scores = np.sort(h[passes])[::-1]
    return Place(int(behind.sum()) + 1, int(scores[k - 1]) if len(scores) >= k else -1)
