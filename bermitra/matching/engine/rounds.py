"""A round: both sides' lists in, introductions out. Villages ask, offers hold the best (deferred acceptance).

What it promises, and who proved it:

* *Stable.* No village and offer would both rather have each other (D. Gale and L. Shapley, American Mathematical Monthly 69,
  1962), also with reserves and caps, since the choice of :class:`Policy` has substitutes (J. Hatfield and P. Milgrom,
  "Matching with contracts", American Economic Review 95, 2005).
* *Best for villages* among all stable results, and the same whoever asks first (the same papers).
* *A village with one partner a round gains nothing by any other order than its true one* (L. Dubins and D. Freedman,
  American Mathematical Monthly 88, 1981; with such choices Hatfield and Milgrom 2005). With two or three partners a round
  this is not so (A. Roth, "The college admissions problem is not equivalent to the marriage problem", Journal of Economic
  Theory 36, 1985), nor is it for offers.

It does not promise the largest number of pairs, nor that every village of the reserve is better off by the reserve.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bermitra.foundation.text import _
from bermitra.matching.engine import kernels
from bermitra.matching.engine.acceptance import accept
from bermitra.matching.engine.features import BadInput, Ints, Market, Problem
from bermitra.matching.engine.lists import OWN, SCORE, Edges, Policy, from_lists, reserved_of
from bermitra.matching.engine.outcomes import Fate, Outcomes, State, outcomes
from bermitra.matching.engine.score import Weights, score_pairs
from bermitra.matching.engine.shortlist import Shortlist, Tickets

__all__ = [
    "Choice", "Edges", "Fate", "Outcomes", "Policy", "State", "build_edges", "deferred_acceptance", "from_lists", "outcomes",
    "reserved_of",
]  # fmt: skip

WORTH_IT = 200_000  # pairs from which "auto" loads numba: below, loading takes longer than the loop
COUNTED = 100_000  # pairs at a time
MOST_ORDERED = 2_000  # what one side may put in an order of its own


@dataclass(frozen=True)
class Choice:
    """What one side made of its computed list: ids that it puts ``first``, in this order, and those ``struck`` out. All
    others follow by score. Nobody has to ration places: who orders nothing is served by score."""

    first: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()


def build_edges(
    market: Market,
    shortlist: Shortlist,
    weights: Weights,
    tickets: Tickets,
    village_orders: Mapping[str, Choice] | None = None,
    offer_orders: Mapping[str, Choice] | None = None,
) -> Edges:
    """All pairs on either side's shortlist, in the order of each village, with the offers' keys.

    A village ranks by its own order, then by ``a``, an offer by its own order, then by ``b``; equal scores go by
    ``tickets``, the lower first (``shortlist.drawn`` makes them of the seed of the throw). Orders are by ids.

    Raises :class:`BadInput` with every id that an order names and that is not on its list, stands twice, or is both first
    and struck, and where two tickets are alike.
    """
    v, o = _pairs(market, shortlist)
    a, b, h, _gate = score_pairs(market, v, o, weights)
    v_late, o_late = (np.unique(each, return_inverse=True)[1] for each in tickets)
    there = set(zip(v.tolist(), o.tolist(), strict=True)) if village_orders or offer_orders else set()
    problems = [
        Problem("", "tickets", str(len(each)), _("Dua nomor undian sama."), _("Beri setiap peserta nomor sendiri."))
        for each in tickets
        if len(np.unique(each)) < len(each)
    ]
    own = _places(village_orders or {}, market.village_at, market.offer_at, there, problems)
    others = _places(
        offer_orders or {}, market.offer_at, market.village_at, {(right, left) for left, right in there}, problems
    )
    if problems:
        raise BadInput(problems)
    v_place, v_struck = _spread(own, v, o)
    o_place, o_struck = _spread(others, o, v)
    order = np.lexsort((o_late[o], -a, v_place, v))
    order = order[~(v_struck | o_struck)[order]]
    own_key = np.where(o_place < MOST_ORDERED, MOST_ORDERED - o_place, 0).astype(np.int64)
    key = (own_key << OWN) | (b.astype(np.int64) << SCORE) | (len(v_late) - v_late[v])
    many = len(market.villages)
    return Edges(
        ptr=np.concatenate([[0], np.cumsum(np.bincount(v[order], minlength=many))]).astype(np.int64),
        offer=o[order].astype(np.int32),
        key=key[order],
        a=a[order].astype(np.int32),
        b=b[order].astype(np.int32),
        h=h[order].astype(np.int32),
        struck=np.bincount(v[v_struck], minlength=many).astype(np.int32),
        refused=np.bincount(v[o_struck & ~v_struck], minlength=many).astype(np.int32),
    )


def _pairs(market: Market, shortlist: Shortlist) -> tuple[Ints, Ints]:
    """(v, o) i64 of every pair on one list or the other, once each, villages rising."""
    wide = np.int64(max(1, len(market.offers)))
    by_village = np.arange(len(market.villages), dtype=np.int64)[:, None] * wide + shortlist.v_offer
    by_offer = shortlist.o_village.astype(np.int64) * wide + np.arange(len(market.offers), dtype=np.int64)[:, None]
    codes = np.unique(np.concatenate([by_village[shortlist.v_offer >= 0], by_offer[shortlist.o_village >= 0]]))
    return codes // wide, codes % wide


_Places = dict[tuple[int, int], int]  # (whose, of whom): place in its own order, STRUCK if struck out
STRUCK = -1


def _places(
    orders: Mapping[str, Choice], mine: Mapping[str, int], theirs: Mapping[str, int], there: set[tuple[int, int]],
    problems: list[Problem],
) -> _Places:  # fmt: skip
    places: _Places = {}
    for id, choice in orders.items():
        if id not in mine:
            says = _("Pilihan ini bukan dari peserta putaran.")
            problems.append(Problem(id, "order", id, says, _("Hapus pilihan ini dari putaran.")))
            continue
        if len(choice.first) > MOST_ORDERED:
            says = _("Urutan sendiri paling banyak 2.000.")
            problems.append(Problem(id, "order", str(len(choice.first)), says, _("Urutkan yang terpenting saja.")))
        for name, ids in (("order", choice.first), ("struck", choice.struck)):
            for at, other in enumerate(ids):
                pair = (mine[id], theirs.get(other, -1))
                if pair not in there:
                    says = _("Pilihan ini di luar daftar yang dihitung.")
                    problems.append(Problem(id, name, other, says, _("Pilih hanya dari daftar itu.")))
                elif pair in places:
                    says = _("Pilihan ini disebut dua kali.")
                    problems.append(Problem(id, name, other, says, _("Urutkan atau coret satu kali saja.")))
                else:
                    places[pair] = at if name == "order" else STRUCK
    return places


def _spread(places: _Places, mine: Ints, theirs: Ints) -> tuple[Ints, Ints]:
    """Of each pair: its place in the order (``MOST_ORDERED`` if it has none) i32[E], and whether it is struck out."""
    if not places:
        return np.full(len(mine), MOST_ORDERED, np.int32), np.zeros(len(mine), bool)
    pairs = zip(mine.tolist(), theirs.tolist(), strict=True)
    place = np.fromiter((places.get(pair, MOST_ORDERED) for pair in pairs), np.int32, len(mine))
    return place, place == STRUCK


def deferred_acceptance(
    edges: Edges, policy: Policy, *, order: Sequence[int] | None = None, backend: str = "auto"
) -> Ints:
    """The result, bool[E]: which pairs are introduced to each other.

    ``order``: villages in the order in which they begin to ask; the answer does not depend on it. ``backend``: "numba",
    "numpy" (the same loop read by Python), or "auto", which takes numba where it is installed and worth it: the same bits.
    """
    villages, offers = len(edges.ptr) - 1, len(policy.places)
    asked = _asked(edges.offer, offers)  # no offer can hold more than ask it
    reserve_room, open_room = np.minimum(policy.reserve, asked), np.minimum(policy.places, asked)
    base = np.concatenate([[0], np.cumsum(reserve_room + open_room)]).astype(np.int64)
    held = np.zeros(base[-1], np.int32)
    in_reserve, in_open = np.zeros(offers, np.int64), np.zeros(offers, np.int64)
    waiting = np.arange(villages, dtype=np.int64) if order is None else np.array(order, np.int64)
    work = (
        edges.ptr, edges.offer, edges.key, policy.region, policy.eligible, policy.quota,
        policy.places, policy.reserve, policy.cap, base, base[:-1] + reserve_room, held, in_reserve, in_open,
        np.zeros(len(held), np.int64), np.zeros_like(held),
        edges.ptr[:-1].copy(), policy.quota.astype(np.int64), waiting[::-1].copy(), np.ones(villages, bool),
    )  # fmt: skip
    if kernels.wanted(backend) and (backend == "numba" or len(edges.offer) >= WORTH_IT):
        kernels.acceptance()(*work)
    else:
        lists = [each.tolist() for each in work]
        accept(*lists)
        held, in_reserve, in_open = (np.array(lists[at], np.int64) for at in (11, 12, 13))
    matched = np.zeros(len(edges.offer), bool)
    for start, many in ((base[:-1], in_reserve), (base[:-1] + reserve_room, in_open)):
        seats = np.repeat(start - (np.cumsum(many) - many), many) + np.arange(many.sum())
        matched[held[seats]] = True
    return matched


def _asked(offer: Ints, offers: int) -> Ints:
    """i64[O]: how many pairs each offer has. NumPy counts in a copy of eight bytes a pair: some of them at a time, so that it
    stays in the processor's cache."""
    asked = np.zeros(offers, np.int64)
    for start in range(0, len(offer), COUNTED):
        asked += np.bincount(offer[start : start + COUNTED], minlength=offers)
    return asked
