"""Is a round's result stable? Asked of the lists and the result alone, by NumPy, in one pass.

This module shares no line with ``rounds``, which made the result: it does not propose, it only looks. A result is sound if

* no village has more partners and no offer more villages than allowed, and open seats keep the cap per regency;
* nobody has a pair that is not on the lists (the result is a choice among the listed pairs, so it cannot be told);
* no pair *blocks*: a village that would rather have an offer, and an offer that by its published rule would take it in,
  for a free seat or in place of one that comes later.

An offer's rule (reserve first, then open seats) needs no search to be asked about one more village: the reserve holds its
best villages of the eligible tiers, so one lowest key per offer, and per regency where a cap is reached, says all. This is
stability after D. Gale and L. Shapley, "College admissions and the stability of marriage", American Mathematical Monthly 69,
1962, with the block choice of S. D. Kominers and T. Sönmez, "Matching with slot-specific priorities", Theoretical Economics
11, 2016.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

MOST_EXAMPLES = 5
NEVER = np.iinfo(np.int64).max  # no key comes before it
ALWAYS = -1  # every key comes before it


class Lists(Protocol):
    """``ptr`` i64[V+1]: village v's pairs are ``ptr[v]:ptr[v+1]``, best first; ``offer`` i32[E]; ``key`` i64[E] ≥ 0, how the
    offer ranks the village, higher first, no two alike in one offer."""

    @property
    def ptr(self) -> Any: ...
    @property
    def offer(self) -> Any: ...
    @property
    def key(self) -> Any: ...


class Seats(Protocol):
    """``places``, ``reserve``, ``cap`` i32[O] (``cap``: open seats per regency); ``eligible`` bool[V] for the reserve,
    ``region`` i32[V] from 0, ``quota`` i32[V] partners that a village may have."""

    @property
    def places(self) -> Any: ...
    @property
    def reserve(self) -> Any: ...
    @property
    def cap(self) -> Any: ...
    @property
    def eligible(self) -> Any: ...
    @property
    def region(self) -> Any: ...
    @property
    def quota(self) -> Any: ...


class Blocking(NamedTuple):
    """A village and an offer that would both rather have each other; ``by_reserve``: a reserve seat is its right."""

    village: int
    offer: int
    by_reserve: bool


@dataclass(frozen=True)
class Report:
    """Counts of what is wrong; all are 0 in a sound result. ``reserve``: of the ``blocking`` pairs those with a right to a
    reserve seat. ``examples``: at most five blocking pairs, lowest village first. ``pairs``: how many there are in all."""

    over_village: int
    over_offer: int
    cap: int
    blocking: int
    reserve: int
    examples: tuple[Blocking, ...]
    pairs: int

    @property
    def sound(self) -> bool:
        return not (self.over_village or self.over_offer or self.cap or self.blocking)


def verify(edges: Lists, policy: Seats, matched: np.ndarray) -> Report:
    """Check ``matched`` bool[E]. Raises ValueError where it does not have the length of the lists."""
    if matched.shape != edges.offer.shape:
        raise ValueError(f"{matched.shape} results for {edges.offer.shape} pairs")
    villages, offers = len(edges.ptr) - 1, len(policy.places)
    pair = np.flatnonzero(matched)
    village = np.searchsorted(edges.ptr, pair, side="right") - 1
    offer, key = edges.offer[pair], edges.key[pair]
    partners, held = np.bincount(village, minlength=villages), np.bincount(offer, minlength=offers)

    reserved = _on_reserve(offer, key, policy.eligible[village], policy.reserve)
    in_reserve = np.bincount(offer[reserved], minlength=offers)
    seats_left = policy.places - in_reserve
    reserve_bar = _bar(offer[reserved], key[reserved], in_reserve >= policy.reserve, policy.reserve)
    opened = ~reserved
    open_bar = _bar(offer[opened], key[opened], (held - in_reserve) >= seats_left, seats_left)
    caps = _Caps(offer[opened], policy.region[village[opened]], key[opened], policy)

    wish, by = _wishes(edges.ptr, matched, pair, village, partners, policy.quota)
    wanted, wished_key = edges.offer[wish], edges.key[wish]
    by_reserve = (wished_key > reserve_bar[wanted]) & policy.eligible[by]
    blocks = by_reserve | (wished_key > caps.raise_bar(open_bar[wanted], wanted, policy.region[by]))
    found = np.flatnonzero(blocks)
    examples = [Blocking(int(by[i]), int(wanted[i]), bool(by_reserve[i])) for i in found[:MOST_EXAMPLES]]
    return Report(
        over_village=int(np.count_nonzero(partners > policy.quota)),
        over_offer=int(np.count_nonzero(held > policy.places)),
        cap=caps.broken,
        blocking=len(found),
        reserve=int(np.count_nonzero(by_reserve)),
        examples=tuple(examples),
        pairs=len(pair),
    )


def _on_reserve(offer: np.ndarray, key: np.ndarray, eligible: np.ndarray, reserve: np.ndarray) -> np.ndarray:
    """Which pairs sit on a reserve seat, bool: of each offer its best eligible ones, as many as it reserves."""
    some = np.flatnonzero(eligible & (reserve[offer] > 0))
    best_first = some[np.lexsort((-key[some], offer[some]))]
    of = offer[best_first]
    place = np.arange(len(of)) - np.searchsorted(of, of, side="left")
    seated = np.zeros(len(offer), bool)
    seated[best_first[place < reserve[of]]] = True
    return seated


def _bar(offer: np.ndarray, key: np.ndarray, full: np.ndarray, seats: np.ndarray) -> np.ndarray:
    """What a key must exceed to get in, i64[O]: the lowest that is in where all is taken, anything where a seat is free."""
    lowest = np.full(len(seats), NEVER)
    np.minimum.at(lowest, offer, key)
    return np.where(seats <= 0, NEVER, np.where(full, lowest, ALWAYS))


class _Caps:
    """Open seats by offer and regency. Where the cap is reached only a neighbour of the same regency can be replaced."""

    def __init__(self, offer: np.ndarray, region: np.ndarray, key: np.ndarray, policy: Seats):
        self.broken, self.reached = 0, np.zeros(0, np.int64)
        self.regions = int(policy.region.max(initial=0)) + 1
        self.any = bool(np.any(policy.cap < policy.places))
        if not self.any:
            return
        group, of, many = np.unique(self._code(offer, region), return_inverse=True, return_counts=True)
        cap = policy.cap[group // self.regions]
        self.broken = int(np.count_nonzero(many > cap))
        lowest = np.full(len(group), NEVER)
        np.minimum.at(lowest, of, key)
        self.reached, self.bar = group[many >= cap], lowest[many >= cap]

    def _code(self, offer: np.ndarray, region: np.ndarray) -> np.ndarray:
        return offer.astype(np.int64) * self.regions + region

    def raise_bar(self, bar: np.ndarray, offer: np.ndarray, region: np.ndarray) -> np.ndarray:
        if not len(self.reached):
            return bar
        code = self._code(offer, region)
        place = np.minimum(np.searchsorted(self.reached, code), len(self.reached) - 1)
        return np.where(self.reached[place] == code, self.bar[place], bar)


def _wishes(
    ptr: np.ndarray, matched: np.ndarray, pair: np.ndarray, village: np.ndarray, partners: np.ndarray, quota: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (and whose) that a village would rather have: all it lacks, or those before the last that it has."""
    last = ptr[:-1].copy()
    last[village] = pair  # pairs go up, so that the last of each village stays
    until = np.where(partners < quota, ptr[1:], last)
    many = until - ptr[:-1]
    by = np.repeat(np.arange(len(many), dtype=np.int32), many)
    wish = np.arange(len(by)) + np.repeat(ptr[:-1] - (np.cumsum(many) - many), many)
    lacking = ~matched[wish]
    return wish[lacking], by[lacking]
