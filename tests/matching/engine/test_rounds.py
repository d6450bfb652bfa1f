"""Deferred acceptance: stable, best for villages, the same whoever asks first and whatever computes it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bermitra.matching.engine.lists import NO_CAP
from bermitra.matching.engine.rounds import deferred_acceptance
from tests.matching.engine.small_rounds import Small, small_rounds

NOBODY = 99


def ranks_of(market: Small, held: list[set[int]]) -> list[int]:
    """Of each village the place of its one partner in its list, behind everything where it has none."""
    return [(*market.partners(held, v), NOBODY)[0] for v in range(len(market.wishes))]


@settings(deadline=None)
@given(small_rounds())
def test_no_village_and_offer_would_both_rather_have_each_other(market):
    held = market.solve()
    assert market.possible(held)
    assert market.complaints(held) == []


@settings(deadline=None)
@given(small_rounds(), st.randoms())
def test_the_result_does_not_depend_on_who_asks_first(market, lots):
    order = list(range(len(market.wishes)))
    lots.shuffle(order)
    assert market.solve(order=order) == market.solve()


@settings(deadline=None)
@given(small_rounds())
def test_the_compiled_loop_gives_the_same_bits(market):
    edges, policy = market.edges(), market.policy()
    one, other = (deferred_acceptance(edges, policy, backend=each) for each in ("numpy", "numba"))
    assert one.tobytes() == other.tobytes()


@settings(deadline=None)
@given(small_rounds(most_villages=5, most_offers=3, quotas=(1,)))
def test_no_stable_result_is_better_for_any_village(market):
    mine = ranks_of(market, market.solve())
    others = [ranks_of(market, held) for held in market.all_stable()]
    assert mine in others
    assert all(best <= each for other in others for best, each in zip(mine, other, strict=True))


@settings(deadline=None)
@given(small_rounds(), st.data())
def test_names_do_not_matter(market, data):
    villages = data.draw(st.permutations(range(len(market.wishes))))
    offers = data.draw(st.permutations(range(len(market.places))))
    held, again = market.solve(), market.relabelled(villages, offers).solve()
    assert [{villages[v] for v in held[o]} for o in np.argsort(offers)] == again


@settings(deadline=None)
@given(small_rounds(quotas=(1,)), st.data())
def test_one_more_seat_hurts_no_village(market, data):
    o = data.draw(st.integers(0, len(market.places) - 1))
    more = replace(market, places=tuple(each + (at == o) for at, each in enumerate(market.places)))
    before, after = ranks_of(market, market.solve()), ranks_of(more, more.solve())
    assert all(new <= old for old, new in zip(before, after, strict=True))


@settings(deadline=None)
@given(small_rounds(most_villages=5, quotas=(1,)), st.data())
def test_with_one_partner_no_other_order_gets_a_village_more(market, data):
    v = data.draw(st.integers(0, len(market.wishes) - 1))
    true = market.wishes[v]
    assume(true)
    honest = ranks_of(market, market.solve())[v]
    for many in range(len(true) + 1):
        for said in permutations(true, many):
            lying = replace(market, wishes=(*market.wishes[:v], said, *market.wishes[v + 1 :]))
            got = [true.index(o) for o, held in enumerate(lying.solve()) if v in held]
            assert min([*got, NOBODY]) >= honest


def test_with_two_partners_another_order_may_get_a_village_more():
    """The limit that decision 6 names: why a village has one partner a round unless a regency says otherwise."""
    market = Small(
        wishes=((1, 2, 0), (0, 2, 1), (0, 1, 2)),
        ranks=((0, 2, 1), (2, 0, 1), (2, 0, 1)),
        places=(1, 1, 1), reserve=(0, 0, 0), cap=(NO_CAP,) * 3, eligible=(False,) * 3, region=(0, 0, 0), quota=2,
    )  # fmt: skip
    assert market.partners(market.solve(), 0) == [2]
    lying = replace(market, wishes=((2,), *market.wishes[1:]))
    assert market.partners(lying.solve(), 0) == [1]


def test_an_unfilled_reserve_goes_to_the_others():
    market = Small(
        wishes=((0,), (0,), (0,)), ranks=((0, 1, 2),), places=(2,), reserve=(2,), cap=(NO_CAP,),
        eligible=(False, False, True), region=(0, 0, 0),
    )  # fmt: skip
    assert market.solve() == [{0, 2}]
    assert replace(market, eligible=(False, False, False)).solve() == [{0, 1}]


def test_a_reserve_is_a_floor_and_not_a_ceiling():
    market = Small(
        wishes=((0,), (0,), (0,)), ranks=((1, 2, 0),), places=(2,), reserve=(1,), cap=(NO_CAP,),
        eligible=(False, True, True), region=(0, 0, 0),
    )  # fmt: skip
    assert market.solve() == [{1, 2}]


def test_the_cap_counts_open_seats_only():
    market = Small(
        wishes=((0,), (0,), (0,), (0,)), ranks=((0, 1, 2, 3),), places=(3,), reserve=(1,), cap=(1,),
        eligible=(True, True, False, False), region=(0, 0, 0, 1),
    )  # fmt: skip
    assert market.solve() == [{0, 1, 3}]


def test_more_seats_than_anybody_asks_for():
    market = Small(
        wishes=((0,), ()), ranks=((0, 1),), places=(10**6,), reserve=(10**6,), cap=(NO_CAP,), eligible=(False, True),
        region=(0, 0),
    )  # fmt: skip
    assert market.solve() == [{0}]
    assert market.solve(backend="numba") == [{0}]


def test_nobody_on_either_side():
    nothing = Small((), (), (), (), (), (), ())
    assert nothing.solve() == []
    assert deferred_acceptance(nothing.edges(), nothing.policy(), backend="numba").tolist() == []


def test_another_backend_is_refused():
    market = Small(((0,),), ((0,),), (1,), (0,), (NO_CAP,), (False,), (0,))
    with pytest.raises(ValueError, match="cuda"):
        market.solve(backend="cuda")
