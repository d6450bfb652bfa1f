"""Nobody unseen: places on offers' lists that are kept for villages which no list would show, and how evenly all are shown.

After FairRec (G. Patro and others, "FairRec: Two-Sided Fairness for Personalized Recommendations in Two-Sided Platforms", The
Web Conference 2020), without its bound: there every village may be shown to every offer, here only where all gates pass.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bermitra.foundation.text import _
from bermitra.matching.engine.features import NO_TIER, BadInput, Ints, Market, Problem
from bermitra.matching.engine.score import Weights, score_pairs
from bermitra.matching.engine.shortlist import Shortlist


def with_floor(market: Market, shortlist: Shortlist, weights: Weights, slots: int = 4) -> Shortlist:
    """The shortlist with the last ``slots`` places of each offer's list kept for villages on no list; ``floor`` marks them.

    Such villages choose one after the other, the poorest tier first, then the greatest need, then the ticket: each takes
    the offer that fits it best among those with a kept place left. As all offers rank them alike, this is the one stable
    matching: a village that is still on no list finds every kept place of every offer that fits it taken by a needier one.
    Kept places that nobody needs go back to who had them. Villages' own lists do not change.

    Raises :class:`BadInput` for ``slots`` above k.
    """
    if not 0 <= slots <= shortlist.k:
        says, remedy = _("Tempat cadangan tidak boleh melebihi panjang daftar."), _("Kurangi tempat cadangan.")
        raise BadInput([Problem("shortlist", "slots", str(slots), says, remedy)])
    merit = shortlist.k - slots
    kept = shortlist.o_village[:, :merit]
    taken: dict[int, list[int]] = {}
    for v in _unseen(market, shortlist, kept):
        for o in _wishes(market, shortlist, weights, v):
            if len(taken.get(o, ())) < slots:
                taken.setdefault(o, []).append(v)
                break
    return _rewritten(market, shortlist, weights, taken)


@dataclass(frozen=True, eq=False)
class Exposure:
    """How often villages with at least one offer are shown on offers' lists.

    ``shown`` i32[V] times; ``eligible`` bool[V]; ``never`` how many of those stand on no list; shares and Gini in
    millionths (0 all alike): ``never_share``, ``gini``, and both per tier (6, the last without one) and per regency,
    i64, -1 where none is eligible.
    """

    shown: Ints
    eligible: Ints
    never: int
    never_share: int
    gini: int
    tier_never: Ints
    tier_gini: Ints
    regency_never: Ints
    regency_gini: Ints


def measure(market: Market, shortlist: Shortlist) -> Exposure:
    """Counted on the offers' lists, with their floor if they have one."""
    listed = shortlist.o_village[shortlist.o_village >= 0]
    shown = np.bincount(listed, minlength=len(market.villages)).astype(np.int32)
    eligible = shortlist.v_offer[:, 0] >= 0
    tiers = _by_group(shown, eligible, market.tier, NO_TIER + 1)
    regencies = _by_group(shown, eligible, market.reg, len(market.regencies))
    never = int((shown[eligible] == 0).sum())
    share, gini = _share_and_gini(shown[eligible])
    return Exposure(shown, eligible, never, share, gini, *tiers, *regencies)


def _unseen(market: Market, shortlist: Shortlist, kept: Ints) -> list[int]:
    """Villages that some offer fits and no kept place shows, the neediest first."""
    seen = np.zeros(len(market.villages), bool)
    seen[kept[kept >= 0]] = True
    rows = np.flatnonzero(~seen & (shortlist.v_offer[:, 0] >= 0))
    ticket = -shortlist.v_rank[rows].astype(np.int64)
    found: list[int] = rows[np.lexsort((ticket, -market.need_sum[rows], market.tier[rows]))].tolist()
    return found


def _wishes(market: Market, shortlist: Shortlist, weights: Weights, v: int) -> list[int]:
    """Every offer that fits, best first: its own list, and what lies behind it where that is full."""
    own: list[int] = [o for o in shortlist.v_offer[v].tolist() if o >= 0]
    if len(own) < shortlist.k:
        return own
    offers = market.reaching(market.reg[v])
    scores = score_pairs(market, np.full(len(offers), v), offers, weights)
    order = np.lexsort((-shortlist.o_rank[offers].astype(np.int64), -scores.h))
    found: list[int] = offers[order[scores.gate[order] == 0]].tolist()
    return found


def _rewritten(market: Market, shortlist: Shortlist, weights: Weights, taken: dict[int, list[int]]) -> Shortlist:
    o_village, o_score, floor = (each.copy() for each in (shortlist.o_village, shortlist.o_score, shortlist.floor))
    for o, villages in taken.items():
        there = o_village[o][~np.isin(o_village[o], villages) & (o_village[o] >= 0)]
        merit = there[: shortlist.k - len(villages)]
        scores = score_pairs(market, np.array(villages), np.full(len(villages), o), weights).h
        best = np.lexsort((-shortlist.v_rank[villages].astype(np.int64), -scores))
        row = np.concatenate([merit, np.array(villages)[best]])
        held = dict(zip(shortlist.o_village[o].tolist(), shortlist.o_score[o].tolist(), strict=True))
        o_village[o], o_score[o], floor[o] = -1, -1, False
        o_village[o, : len(row)] = row
        o_score[o, : len(row)] = [held[v] for v in merit.tolist()] + scores[best].tolist()
        floor[o, len(merit) : len(row)] = True
    return replace(shortlist, o_village=o_village, o_score=o_score, floor=floor)


def _by_group(shown: Ints, eligible: Ints, group: Ints, groups: int) -> tuple[Ints, Ints]:
    found = np.full((groups, 2), -1, np.int64)
    for each in np.unique(group[eligible]):
        found[each] = _share_and_gini(shown[eligible & (group == each)])
    return found[:, 0], found[:, 1]


def _share_and_gini(shown: Ints) -> tuple[int, int]:
    """In millionths, rounded down: the share that is 0, and Gini's (2·Σ i·x_i) / (n·Σx) - (n + 1) / n of rising x."""
    many, total = len(shown), int(shown.sum(dtype=np.int64))
    if not many:
        return -1, -1
    rising = np.sort(shown).astype(np.int64)
    weighed = 2 * int((rising * np.arange(1, many + 1)).sum()) - (many + 1) * total
    return 1_000_000 * int((shown == 0).sum()) // many, 1_000_000 * weighed // (many * total) if total else 0
