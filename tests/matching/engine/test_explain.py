"""Reasons sum to the score, and what is said to open a gate opens it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bermitra.matching.engine.explain import (
    GOALS,
    MOST_REASONS,
    REST,
    SECTOR,
    Change,
    least_change,
    unmatched,
    why,
    why_not,
)
from bermitra.matching.engine.features import OfferRow, VillageRow, encode
from bermitra.matching.engine.score import Gate, Weights, score_pairs
from bermitra.matching.engine.shortlist import shortlist
from tests.matching.engine.markets import FEW, random_rows, rows, scores_of, weights

LARGE = encode(*random_rows(11, 40, 60))


def pairs_of(market):
    return product(range(len(market.villages)), range(len(market.offers)))


def all_reasons(found):
    return [part for reason in found.reasons for part in (reason.parts or [reason])]


@given(rows, weights)
def test_reasons_sum_to_the_score_and_are_at_most_six(drawn, weight):
    market = encode(*drawn)
    for v, o in pairs_of(market):
        found = why(market, weight, v, o)
        a, b, h, gate = (int(each[0]) for each in score_pairs(market, [v], [o], weight))
        assert (found.a, found.b, found.h, found.gate) == (a, b, h, gate)
        assert len(found.reasons) <= MOST_REASONS
        assert sum(each.points for each in found.reasons) == (0 if gate else h)
        assert all(each.points > 0 for each in all_reasons(found))


def test_of_many_reasons_the_small_ones_stand_together():
    village = VillageRow("33.04.01.2001", "33.04", needs=tuple(range(10, 34)), potentials=(40,) * 16, goals={1, 2, 3})
    offer = OfferRow("T1", abilities=(50,) * 24, seeks=(100,) * 16, goals={2, 3, 9}, everywhere=True)
    found = why(encode([village], [offer]), Weights(), 0, 0)
    assert len(found.reasons) == 6
    rest = found.reasons[-1]
    assert rest.kind == REST
    assert rest.points == sum(part.points for part in rest.parts)
    assert len(all_reasons(found)) == 24 + 16 + 1
    named = [each.points for each in found.reasons[:-1]]
    assert named == sorted(named, reverse=True)
    assert min(named) >= max(part.points for part in rest.parts)
    assert found.reasons[0].kind == GOALS
    assert found.reasons[0].goals == (2, 3)


def test_each_reason_names_what_it_comes_from():
    pairs = [(v, o) for v, o in pairs_of(LARGE) if not score_pairs(LARGE, [v], [o], Weights()).gate[0]]
    assert len(pairs) > 100
    for v, o in pairs:
        for each in all_reasons(why(LARGE, Weights(), v, o)):
            if each.kind == GOALS:
                assert each.goals == tuple(
                    g + 1 for g in range(18) if LARGE.vgoal[v] & LARGE.ogoal[o] & np.uint32(1 << g)
                )
            else:
                mine, theirs = (LARGE.N, LARGE.C) if each.kind == SECTOR else (LARGE.P, LARGE.I)
                assert each.fields == (("needs", "abilities") if each.kind == SECTOR else ("potentials", "seeks"))
                assert each.values == (mine[v, each.at], theirs[o, each.at])


def test_points_are_near_what_each_summand_brings():
    """0.3 of a's 0.566667 comes from water; as both sides are alike, half of it is its part of the whole."""
    village = VillageRow("33.04.01.2001", "33.04", (80, 40) + (0,) * 22, (50,) + (0,) * 15, goals={1, 2, 6})
    offer = OfferRow("T1", (75,) + (0,) * 23, (100,) + (0,) * 15, goals={1, 6, 9}, everywhere=True)
    found = why(encode([village], [offer]), Weights(), 0, 0)
    assert (found.a, found.b, found.h) == (566_667, 566_667, 566_667)
    assert [each.points for each in found.reasons] == [266_667, 150_000, 150_000]


def test_the_side_that_lags_counts_for_more():
    village = VillageRow("33.04.01.2001", "33.04", (100,) + (0,) * 23, (25,) + (0,) * 15, goals={1})
    offer = OfferRow("T1", (100,) + (0,) * 23, (100,) + (0,) * 15, everywhere=True)
    found = why(encode([village], [offer]), Weights(100, 100, 0), 0, 0)
    assert (found.a, found.b, found.h) == (1_000_000, 250_000, 400_000)
    assert {each.kind: each.points for each in found.reasons} == {"potential": 320_000, "sector": 80_000}


# Why not --------------------------------------------------------------------------------------------------------------


def changed(villages: list[VillageRow], offers: list[OfferRow], v: str, o: str, change: Change):
    """The same rows after one field was changed as told."""

    def one(row):
        held = getattr(row, change.field)
        if change.field == "areas":
            return replace(row, areas={*held, change.after})
        if change.at < 0:
            assert tuple(sorted(held)) == change.before
            return replace(row, **{change.field: change.after})
        assert held[change.at] == change.before
        return replace(
            row, **{change.field: tuple(change.after if at == change.at else x for at, x in enumerate(held))}
        )

    if change.side == "village":
        return [one(row) if row.id == v else row for row in villages], offers
    return villages, [one(row) if row.id == o else row for row in offers]


def opens(villages, offers, v, o, weight, change) -> int:
    one = {row.id: row for row in villages}
    other = {row.id: row for row in offers}
    before = scores_of(one[v], other[o], weight)[3]
    villages, offers = changed(villages, offers, v, o, change)
    after = encode(villages, offers)  # a change is one that may be typed
    gate = int(score_pairs(after, [after.village_at[v]], [after.offer_at[o]], weight).gate[0])
    return gate == 0 or gate > before


def check_all(villages, offers, weight) -> set[int]:
    market, seen = encode(villages, offers), set()
    for v, o in pairs_of(market):
        found = why_not(market, weight, v, o, k=3)
        seen.add(int(found.gate))
        assert found.gate == score_pairs(market, [v], [o], weight).gate[0]
        if found.gate == Gate.PASSES:
            assert (found.change, found.distance) == (None, 0)
            continue
        assert found.distance > 0
        assert (found.on_village, found.on_offer) == (None, None)
        if found.change is None:
            assert found.gate == Gate.VISION
            assert not market.vgoal[v]
            assert not market.ogoal[o]
            continue
        assert opens(villages, offers, market.villages[v], market.offers[o], weight, found.change)
    return seen


@given(rows, weights)
def test_the_least_change_opens_the_gate_that_failed(drawn, weight):
    check_all(*drawn, weight)


def test_on_a_larger_market_every_gate_fails_and_opens():
    villages, offers = random_rows(12, 25, 25)
    assert check_all(villages, offers, Weights(60, 60, 40)) == {0, 1, 2, 3, 4, 5}


def test_no_smaller_change_of_an_amount_would_do():
    village = VillageRow("33.04.01.2001", "33.04", (80,) + (0,) * 23, goals={1}, ask=(100, 200))
    dear = OfferRow("T1", (80,) + (0,) * 23, goals={1}, budget=(10, 90), everywhere=True)
    rich = replace(dear, id="T2", budget=(250, 300))
    market = encode([village], [dear, rich])
    assert least_change(market, Weights(), 0, 0) == Change("offer", "budget", 1, 90, 100)
    assert least_change(market, Weights(), 0, 1) == Change("offer", "budget", 0, 250, 200)
    assert why_not(market, Weights(), 0, 0).distance == 10
    assert why_not(market, Weights(), 0, 1).distance == 50
    for short in (replace(dear, budget=(10, 99)), replace(rich, budget=(201, 300))):
        assert score_pairs(encode([village], [short]), [0], [0], Weights()).gate.tolist() == [Gate.BUDGET]


@given(st.frozensets(st.integers(1, 6), max_size=4), st.frozensets(st.integers(1, 6), max_size=4), st.integers(1, 100))
def test_no_smaller_change_of_goals_would_do(own, other, percent):
    assume(own or other)
    village = VillageRow("33.04.01.2001", "33.04", (80,) + (0,) * 23, goals=own)
    offer = OfferRow("T1", (80,) + (0,) * 23, goals=other, everywhere=True)
    weight = Weights(60, 60, percent)
    change = least_change(encode([village], [offer]), weight, 0, 0)
    assume(change is not None)
    steps = len(set(change.before) ^ set(change.after))
    sides = {"village": own, "offer": other}
    for side, before in sides.items():
        for bits in range(64):
            after = frozenset(g for g in range(1, 7) if bits >> g - 1 & 1)
            if len(before ^ after) < steps:
                pair = {**sides, side: after}
                tried = scores_of(replace(village, goals=pair["village"]), replace(offer, goals=pair["offer"]), weight)
                assert tried[3] == Gate.VISION


def test_a_veto_is_never_asked_to_be_lifted():
    village = VillageRow("33.04.01.2001", "33.04", (80,) + (0,) * 23, goals={1}, vetoes={3, 31})
    offer = OfferRow("T1", (80,) + (0,) * 23, goals={1}, risks={2, 3, 31}, everywhere=True)
    found = why_not(encode([village], [offer]), Weights(), 0, 0)
    assert found.gate == Gate.VETO
    assert found.distance == 2
    assert found.change == Change("offer", "risks", -1, (2, 3, 31), (2,))


@given(rows, weights, st.integers(1, 4))
def test_a_pair_that_passes_has_its_place_on_both_lists(drawn, weight, k):
    market = encode(*drawn)
    whole, short = shortlist(market, weight, 50), shortlist(market, weight, k)
    for v, o in pairs_of(market):
        found = why_not(market, weight, v, o, k)
        if found.gate == Gate.PASSES:
            assert found.on_village.rank == whole.v_offer[v].tolist().index(o) + 1
            assert found.on_offer.rank == whole.o_village[o].tolist().index(v) + 1
            assert found.on_village.last == short.v_score[v, k - 1]
            assert found.on_offer.last == short.o_score[o, k - 1]
            assert (found.on_village.rank <= k) == (o in short.v_offer[v])


def test_villages_that_nothing_fits_are_named_with_the_gate_to_blame():
    villages, offers = random_rows(13, 40, 12)
    market, weight = encode(villages, offers), Weights(60, 60, 50)
    lists = shortlist(market, weight, 5)
    found = unmatched(market, weight, lists)
    gates = score_pairs(market, *(each.ravel() for each in np.indices((40, 12))), weight).gate.reshape(40, 12)
    assert found.village.tolist() == [v for v in range(40) if (gates[v] != 0).all()]
    assert len(found.village) > 5
    for v, gate, turned_away in zip(*(each.tolist() for each in found), strict=True):
        assert turned_away == [int((gates[v] == each).sum()) for each in range(1, 6)]
        within = turned_away[1:]
        assert gate == (within.index(max(within)) + 2 if any(within) else 1)


def test_a_village_that_no_offer_reaches_is_said_to_lie_outside():
    far = VillageRow("51.08.01.2001", "51.08", (80,) + (0,) * 23)
    market = encode([far], [OfferRow("T1", (80,) + (0,) * 23, areas={"33.04"})])
    found = unmatched(market, Weights(), shortlist(market, Weights()))
    assert found.gate.tolist() == [Gate.AREA]
    assert found.turned_away.tolist() == [[1, 0, 0, 0, 0]]


@pytest.mark.parametrize("sector", range(FEW))
def test_the_gravest_need_is_what_a_partner_is_asked_to_meet(sector):
    needs = [10] * FEW + [0] * (24 - FEW)
    needs[sector] = 60
    village = VillageRow("33.04.01.2001", "33.04", needs, goals={1})
    offer = OfferRow("T1", (0,) * 20 + (50,) * 4, goals={1}, everywhere=True)
    found = why_not(encode([village], [offer]), Weights(), 0, 0)
    assert (found.gate, found.change) == (Gate.SECTOR, Change("offer", "abilities", sector, 0, 25))
