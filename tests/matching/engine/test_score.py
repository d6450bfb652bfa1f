"""Gates and scores against their definition in fractions."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import isqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bermitra.matching.engine.features import BadInput, encode
from bermitra.matching.engine.score import Gate, Weights, least_shared, score_pairs, vision_table
from bermitra.matching.engine.shortlist import shortlist
from tests.matching.engine.markets import FEW, random_rows, rows, scores_of, weights


def all_pairs(villages, offers, weight):
    market = encode(villages, offers)
    v, o = (each.ravel() for each in np.indices((len(villages), len(offers))))
    return market, score_pairs(market, v, o, weight)


@given(rows, weights)
def test_scores_and_gates_are_those_of_the_definition(drawn, weight):
    villages, offers = drawn
    market, scores = all_pairs(villages, offers, weight)
    one = {row.id: row for row in villages}
    other = {row.id: row for row in offers}
    wanted = [scores_of(one[v], other[o], weight) for v, o in product(market.villages, market.offers)]
    assert list(zip(*(each.tolist() for each in scores), strict=True)) == wanted


def test_larger_markets_too():
    villages, offers = random_rows(1, 30, 40)
    gates = set()
    for weight in (Weights(), Weights(70, 70, 30), Weights(100, 0, 0), Weights(0, 100, 100)):
        market, scores = all_pairs(villages, offers, weight)
        one = {row.id: row for row in villages}
        other = {row.id: row for row in offers}
        wanted = [scores_of(one[v], other[o], weight) for v, o in product(market.villages, market.offers)]
        assert list(zip(*(each.tolist() for each in scores), strict=True)) == wanted
        gates |= {each[3] for each in wanted}
    assert gates == set(range(6))


@given(rows, weights)
def test_a_score_lies_between_nought_and_one_and_near_the_weaker_side(drawn, weight):
    _market, (a, b, h, _gate) = all_pairs(*drawn, weight)
    for each in (a, b, h):
        assert ((each >= 0) & (each <= 1_000_000)).all()
    weaker = np.minimum(a, b)
    assert ((weaker <= h) & (h <= 2 * weaker)).all()


@given(rows, weights, st.data())
def test_more_ability_where_it_is_needed_never_lowers_a_score(drawn, weight, data):
    villages, offers = drawn
    at, sector = data.draw(st.integers(0, len(offers) - 1)), data.draw(st.integers(0, FEW - 1))
    more = list(offers[at].abilities)
    more[sector] = data.draw(st.integers(more[sector], 100))
    before = all_pairs(villages, offers, weight)[1]
    after = all_pairs(villages, [*offers[:at], replace(offers[at], abilities=more), *offers[at + 1 :]], weight)[1]
    assert (after.a >= before.a).all()
    assert (after.h >= before.h).all()


@given(rows, weights, st.data())
def test_more_potential_never_lowers_a_score(drawn, weight, data):
    villages, offers = drawn
    at, kind = data.draw(st.integers(0, len(villages) - 1)), data.draw(st.integers(0, FEW - 1))
    more = list(villages[at].potentials)
    more[kind] = data.draw(st.integers(more[kind], 100))
    before = all_pairs(villages, offers, weight)[1]
    after = all_pairs([*villages[:at], replace(villages[at], potentials=more), *villages[at + 1 :]], offers, weight)[1]
    assert (after.b >= before.b).all()
    assert (after.h >= before.h).all()


@given(rows, weights, st.integers(0, 100))
def test_a_stricter_vision_only_takes_away(drawn, weight, other):
    loose, strict = sorted((weight.vision, other))
    before = all_pairs(*drawn, replace(weight, vision=loose))[1]
    after = all_pairs(*drawn, replace(weight, vision=strict))[1]
    assert not ((after.gate == 0) & (before.gate != 0)).any()
    assert (after.h == before.h).all()


def test_the_table_of_visions_is_rounded_once():
    table = vision_table()
    for shared, own, other in product(range(19), repeat=3):
        if 0 < shared <= min(own, other):
            # (2x - 1)² / 4 <= 10^12 s² / n < (2x + 1)² / 4 for the rounded x
            x, exact = int(table[shared, own, other]), 4 * 10**12 * shared**2
            assert (2 * x - 1) ** 2 * own * other <= exact < (2 * x + 1) ** 2 * own * other
        else:
            assert table[shared, own, other] == 0
    assert table[3, 9, 4] == 500_000
    assert table[18, 18, 18] == 1_000_000


@pytest.mark.parametrize("percent", [0, 1, 20, 50, 71, 99, 100])
def test_the_least_number_of_shared_goals(percent):
    table = least_shared(percent)
    for own, other in product(range(1, 19), repeat=2):
        # the least s with s >= percent/100 · √(own · other)
        root = isqrt(max(0, percent**2 * own * other - 1)) if percent else -100
        assert table[own, other] == -(-(root + 1) // 100) if percent else table[own, other] == 0
    assert (table[0] == (255 if percent else 0)).all()


@pytest.mark.parametrize("wrong", [-1, 101, 0.5, True, float("nan"), "60"])
def test_weights_are_whole_percents(wrong):
    with pytest.raises(BadInput) as refused:
        Weights(wrong, wrong, 20)
    assert [each.field for each in refused.value.problems] == ["village", "partner"]


def test_no_pair_is_scored_out_of_range():
    villages, offers = random_rows(2, 3, 3)
    with pytest.raises(IndexError):
        score_pairs(encode(villages, offers), [3], [0], Weights())


@given(rows, weights)
def test_lists_hold_what_passes_and_nothing_else(drawn, weight):
    market, scores = all_pairs(*drawn, weight)
    lists = shortlist(market, weight, k=5)
    passes = (scores.gate == Gate.PASSES).reshape(len(market.villages), len(market.offers))
    assert (lists.v_offer >= 0).sum() == passes.sum()
    assert [sorted(each[each >= 0].tolist()) for each in lists.v_offer] == [
        np.flatnonzero(each).tolist() for each in passes
    ]
