"""Why it came out so, for every village and offer, in the numbers that a sentence needs: "menunggu: batas nilai tawaran ini
0,61, nilai Anda 0,58". Computed from the lists and the result, for every pair and not only for the lucky ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from bermitra.matching.engine.features import Ints
from bermitra.matching.engine.lists import OWN, SCORE, Edges, Policy

_SCORES = 2**20 - 1  # the bits of a score within a key
_FREE = -1  # a seat that anybody on the list could have
_FAR = 2**30  # within i32, as the scores are: a larger number would wrap round to 0


class Fate(IntEnum):
    """What became of a pair."""

    INTRODUCED = 0
    UNASKED = 1  # the village got one that it would rather have
    BELOW = 2  # its score is below the cut-off
    LOT = 3  # its score is the cut-off, and its lot came later
    ORDERED = 4  # the partner put others first in an order of its own
    CAP = 5  # good enough, but its regency has all the open seats that it may have
    RESERVED = 6  # all seats went to villages of the reserve


class State(IntEnum):
    """How it went for a village."""

    MATCHED = 0
    WAITING = 1  # all offers on its list were full; ``pair`` is where it came closest
    CAP_FULL = 2  # as waiting, and only the cap of its regency stood in the way at ``pair``
    EXHAUSTED = 3  # as waiting, after it struck offers out or offers struck it out
    NO_OFFER = 4  # no offer passes the gates for it


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Pairs: ``fate`` u8[E]; ``cutoff`` i32[E] the least ``b`` that would have done, in millionths, -1 where none stood in
    the way. Villages: ``state`` u8[V]; ``pair`` i64[V] the pair to tell of, the best one it got or the closest that it
    missed, -1 without a list. Offers, i32[O]: seats ``in_reserve`` and ``in_open``; the lowest ``b`` let in by either,
    ``reserve_cutoff`` and ``open_cutoff``, -1 while such seats are free or there are none; ``idle`` reserve seats that no
    village of the reserve could fill, so that others may have them."""

    fate: Ints
    cutoff: Ints
    state: Ints
    pair: Ints
    in_reserve: Ints
    in_open: Ints
    reserve_cutoff: Ints
    open_cutoff: Ints
    idle: Ints


def outcomes(edges: Edges, policy: Policy, matched: Ints) -> Outcomes:
    """For a stable result ``matched`` bool[E]; of any other it tells what its cut-offs would have been."""
    village = edges.village
    seats = _Seats(edges, policy, matched, village)
    fate, bar = seats.judge(edges, policy, village)
    fate[matched] = Fate.INTRODUCED
    settled = _settled(edges, policy, matched, village)
    fate[settled] = Fate.UNASKED
    cutoff = _score(bar)
    cutoff[matched | settled | (fate == Fate.RESERVED)] = -1
    state, pair = _told(edges, matched, fate, cutoff)
    return Outcomes(
        fate, cutoff, state, pair,
        in_reserve=seats.in_reserve, in_open=seats.in_open,
        reserve_cutoff=_score(seats.reserve_bar), open_cutoff=_score(seats.open_bar),
        idle=(policy.reserve - seats.in_reserve).astype(np.int32),
    )  # fmt: skip


class _Seats:
    """Who sits where, and the key that would have to be beaten for each kind of seat."""

    def __init__(self, edges: Edges, policy: Policy, matched: Ints, village: Ints):
        offers = len(policy.places)
        pair = np.flatnonzero(matched)
        pair = pair[np.lexsort((-edges.key[pair], edges.offer[pair]))]
        offer, key, owner = edges.offer[pair], edges.key[pair], village[pair]
        may = policy.eligible[owner]
        before = np.cumsum(may) - may  # eligible ones before it in the whole list, less those of earlier offers
        first = np.searchsorted(offer, np.arange(offers))
        nth = before - np.append(before, 0)[first][offer] if len(pair) else before
        on_reserve = may & (nth < policy.reserve[offer])
        self.in_reserve = np.bincount(offer[on_reserve], minlength=offers).astype(np.int32)
        self.in_open = np.bincount(offer[~on_reserve], minlength=offers).astype(np.int32)
        self.reserve_bar = self._lowest(offer, key, on_reserve, self.in_reserve >= policy.reserve)
        self.open_seats = policy.places - self.in_reserve
        self.open_bar = self._lowest(offer, key, ~on_reserve, self.in_open >= self.open_seats)
        self.regions = int(policy.region.max(initial=0)) + 1
        home = offer.astype(np.int64) * self.regions + policy.region[owner]
        self.homes, last, many = np.unique(home[~on_reserve][::-1], return_index=True, return_counts=True)
        self.home_bar = key[~on_reserve][::-1][last]  # keys fall within an offer: the last one is the lowest
        self.home_full = many >= policy.cap[self.homes // self.regions]

    @staticmethod
    def _lowest(offer: Ints, key: Ints, these: Ints, full: Ints) -> Ints:
        bar = np.full(len(full), _FREE, np.int64)
        bar[offer[these]] = key[these]  # keys fall within an offer: the last one stays
        return np.where(full, bar, _FREE)

    def judge(self, edges: Edges, policy: Policy, village: Ints) -> tuple[Ints, Ints]:
        """(fate, bar) of every pair, as if it had been asked and refused."""
        offer = edges.offer
        bar, capped = self.open_bar[offer], np.zeros(len(offer), bool)
        if len(self.homes):
            home = offer.astype(np.int64) * self.regions + policy.region[village]
            at = np.minimum(np.searchsorted(self.homes, home), len(self.homes) - 1)
            stopped = (self.homes[at] == home) & self.home_full[at]
            capped = stopped & (edges.key > bar)
            bar = np.where(stopped, self.home_bar[at], bar)
        none_open = self.open_seats[offer] <= 0
        may = policy.eligible[village] & (policy.reserve[offer] > 0)
        easier = may & (none_open | (self.reserve_bar[offer] < bar))
        bar = np.where(easier, self.reserve_bar[offer], bar)
        score, own = (bar >> SCORE) & _SCORES, bar >> OWN
        fate = np.select(
            [none_open & ~may, capped & ~easier, own > edges.key >> OWN, score == edges.b],
            [np.uint8(Fate.RESERVED), np.uint8(Fate.CAP), np.uint8(Fate.ORDERED), np.uint8(Fate.LOT)],
            np.uint8(Fate.BELOW),
        )
        return fate, bar


def _settled(edges: Edges, policy: Policy, matched: Ints, village: Ints) -> Ints:
    """Pairs that their village had no need to ask for: it has all its partners, and every one stands before."""
    many = np.bincount(village[matched], minlength=len(policy.quota))
    last = np.full(len(policy.quota), -1, np.int64)
    last[village[matched]] = np.flatnonzero(matched)
    behind = np.arange(len(village)) > last[village]
    return behind & (many >= policy.quota)[village]


def _told(edges: Edges, matched: Ints, fate: Ints, cutoff: Ints) -> tuple[Ints, Ints]:
    """Per village: its state and the pair to tell of."""
    villages, village = len(edges.ptr) - 1, edges.village
    short = np.select(
        [matched, fate == Fate.CAP, fate == Fate.LOT, fate == Fate.BELOW], [-2, -1, 0, cutoff - edges.b], _FAR
    )
    order = np.lexsort((np.arange(len(village)), short, village))
    pair = np.full(villages, -1, np.int64)
    some = np.flatnonzero(np.diff(edges.ptr))
    pair[some] = order[edges.ptr[some]]
    state = np.full(villages, State.WAITING, np.uint8)
    touched = edges.struck + edges.refused > 0
    state[touched] = State.EXHAUSTED
    state[(np.diff(edges.ptr) == 0) & ~touched] = State.NO_OFFER
    state[some[fate[pair[some]] == Fate.CAP]] = State.CAP_FULL
    state[some[matched[pair[some]]]] = State.MATCHED
    return state, pair


def _score(bar: Ints) -> Ints:
    return np.where(bar >= 0, bar >> SCORE & _SCORES, -1).astype(np.int32)
