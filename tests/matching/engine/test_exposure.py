"""Places kept for villages that no list shows."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bermitra.matching.engine.exposure import measure, with_floor
from bermitra.matching.engine.features import BadInput, OfferRow, VillageRow, encode
from bermitra.matching.engine.score import Weights, score_pairs
from bermitra.matching.engine.shortlist import shortlist
from tests.matching.engine.markets import random_rows, rows, weights

CROWDED = encode(*random_rows(21, 400, 30))


def fits(market, weight):
    """bool[V,O]"""
    shape = len(market.villages), len(market.offers)
    return (score_pairs(market, *(each.ravel() for each in np.indices(shape)), weight).gate == 0).reshape(shape)


def check(market, weight, k, slots):
    before = shortlist(market, weight, k)
    after = with_floor(market, before, weight, slots)
    able = fits(market, weight)
    assert np.array_equal(after.v_offer, before.v_offer)
    kept_of: dict[int, list[int]] = {}
    for o, row in enumerate(after.o_village):
        there = row[row >= 0].tolist()
        assert len(set(there)) == len(there)
        assert row.tolist() == there + [-1] * (k - len(there))
        assert len(there) == (before.o_village[o] >= 0).sum()
        assert all(able[v, o] for v in there)
        assert (
            after.o_score[o][: len(there)].tolist() == score_pairs(market, there, [o] * len(there), weight).h.tolist()
        )
        kept_of[o] = row[after.floor[o]].tolist()
        assert len(kept_of[o]) <= slots
        merit = [v for v, floor in zip(row.tolist(), after.floor[o], strict=True) if v >= 0 and not floor]
        assert merit == [v for v in before.o_village[o].tolist() if v in merit]
        assert merit[: k - slots] == [v for v in before.o_village[o].tolist()[: k - slots] if v >= 0]
    on_floor = [v for row in kept_of.values() for v in row]
    assert len(set(on_floor)) == len(on_floor)
    shown = set(after.o_village[after.o_village >= 0].tolist())
    needy = np.lexsort((-before.v_rank.astype(np.int64), -market.need_sum, market.tier))
    place = {int(v): at for at, v in enumerate(needy)}
    for v in np.flatnonzero(able.any(axis=1)):
        if int(v) not in shown:
            for o in np.flatnonzero(able[v]):
                assert len(kept_of[o]) == slots
                assert all(place[each] < place[int(v)] for each in kept_of[o])
    return before, after


@given(rows, weights, st.integers(1, 4), st.integers(0, 3))
def test_who_is_still_unseen_finds_only_needier_ones_in_kept_places(drawn, weight, k, slots):
    check(encode(*drawn), weight, k, min(slots, k))


def test_in_a_crowded_market_fewer_are_never_shown():
    before, after = check(CROWDED, Weights(), 10, 3)
    one, other = measure(CROWDED, before), measure(CROWDED, after)
    assert other.never < one.never
    assert other.gini < one.gini
    assert one.eligible.tolist() == other.eligible.tolist()


def test_the_poorest_come_first():
    offer = OfferRow("T1", (80,) + (0,) * 23, goals={1}, everywhere=True)
    villages = [
        VillageRow(f"33.04.01.{2000 + n}", "33.04", (80,) + (n,) * 23, goals={1}, tier=tier)
        for n, tier in enumerate([4, 4, 3, 2, 1, 0, None])
    ]
    market = encode(villages, [offer])
    lists = with_floor(market, shortlist(market, Weights(), 3), Weights(), 1)
    assert lists.o_village.tolist() == [[0, 1, 5]]
    assert lists.floor.tolist() == [[False, False, True]]


def test_with_room_for_all_nobody_is_unseen_and_nothing_moves():
    market = encode(*random_rows(22, 15, 30))
    lists = shortlist(market, Weights(), 20)
    after = with_floor(market, lists, Weights(), 4)
    assert measure(market, after).never == 0
    assert np.array_equal(after.o_village, lists.o_village)
    assert not after.floor.any()


@pytest.mark.parametrize("slots", [-1, 11])
def test_more_kept_places_than_places_are_refused(slots):
    with pytest.raises(BadInput) as refused:
        with_floor(CROWDED, shortlist(CROWDED, Weights(), 10), Weights(), slots)
    assert [each.field for each in refused.value.problems] == ["slots"]


def gini(shown: list[int]) -> int:
    """From its definition: half the mean difference of all pairs over the mean, in whole millionths."""
    if not sum(shown):
        return 0
    differences = sum(abs(one - other) for one in shown for other in shown)
    return int(Fraction(1_000_000 * differences, 2 * len(shown) * sum(shown)))


def test_measures_are_those_of_the_definition():
    lists = shortlist(CROWDED, Weights(), 10)
    found = measure(CROWDED, lists)
    able = fits(CROWDED, Weights()).any(axis=1)
    shown = [int((lists.o_village == v).sum()) for v in range(400)]
    counted = [shown[v] for v in range(400) if able[v]]
    assert found.shown.tolist() == shown
    assert found.eligible.tolist() == able.tolist()
    assert found.never == counted.count(0)
    assert found.never_share == 1_000_000 * counted.count(0) // len(counted)
    assert found.gini == gini(counted)
    for tier in range(5):
        of_tier = [shown[v] for v in range(400) if able[v] and CROWDED.tier[v] == tier]
        assert found.tier_gini[tier] == gini(of_tier)
        assert found.tier_never[tier] == 1_000_000 * of_tier.count(0) // len(of_tier)
    assert (found.tier_gini[5], found.tier_never[5]) == (-1, -1)
    for r in range(len(CROWDED.regencies)):
        assert found.regency_gini[r] == gini([shown[v] for v in range(400) if able[v] and CROWDED.reg[v] == r])
