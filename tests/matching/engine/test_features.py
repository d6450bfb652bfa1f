"""What goes in: everything that is wrong is said at once, and the order of typing changes nothing."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bermitra.matching.engine.features import MOST, BadInput, OfferRow, VillageRow, encode
from tests.matching.engine.markets import rows

VILLAGE = VillageRow("33.04.19.2001", "33.04", needs=(80,) + (0,) * 23, goals={1, 6}, ask=(10, 20), tier=0)
OFFER = OfferRow("T1", abilities=(75,) + (0,) * 23, areas={"33.04"}, goals={1}, budget=(5, 15))

WRONG = {
    "needs[0]": [
        (101,) + (0,) * 23,
        (-1,) + (0,) * 23,
        (math.nan,) + (0,) * 23,
        (math.inf,) + (0,) * 23,
        (True,) + (0,) * 23,
    ],
    "potentials[1]": [(0, 0.5) + (0,) * 14],
    "needs": [(0,) * 24, (10,) * 23],
    "goals": [{0}, {19}],
    "vetoes": [{32}, {-1}],
    "ask": [(-1, 5), (20, 10), (0, MOST + 1), (0, math.nan), (1,)],
    "regency": ["", "3304", "33.04.19", "00.00"],
    "tier": [5, -1, 1.0],
}
WRONG_OFFER = {
    "abilities[23]": [(0,) * 23 + (101,)],
    "abilities": [(0,) * 24, ()],
    "seeks[0]": [(150,) + (0,) * 15],
    "goals": [{19}],
    "risks": [{99}],
    "budget": [(9, 8), (-5, 5)],
    "areas": [set(), {"33"}],
    "places": [0, -2, 1.5, 2**31],
}


def problems_of(villages: list[VillageRow], offers: list[OfferRow], **more: object) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as refused:
        encode(villages, offers, **more)
    assert all(each.says and each.remedy for each in refused.value.problems)
    return [(each.row, each.field) for each in refused.value.problems]


@pytest.mark.parametrize(("field", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_field_of_a_village_is_named(field, value):
    row = replace(VILLAGE, **{field.split("[")[0]: value})
    assert problems_of([row], [OFFER]) == [(VILLAGE.id, field)]


@pytest.mark.parametrize(
    ("field", "value"), [(name, value) for name, values in WRONG_OFFER.items() for value in values]
)
def test_a_wrong_field_of_an_offer_is_named(field, value):
    row = replace(OFFER, **{field.split("[")[0]: value})
    assert problems_of([VILLAGE], [row]) == [(OFFER.id, field)]


def test_all_problems_of_all_rows_are_said_at_once():
    villages = [replace(VILLAGE, tier=9, ask=(2, 1)), replace(VILLAGE, id="33.04.19.2002", needs=(0,) * 24)]
    offers = [replace(OFFER, places=0), OFFER, OFFER]
    assert problems_of(villages, offers) == [
        ("T1", "id"), ("33.04.19.2001", "ask"), ("33.04.19.2001", "tier"), ("33.04.19.2002", "needs"), ("T1", "places"),
    ]  # fmt: skip


def test_a_regency_that_does_not_exist_is_unknown_where_all_are_given():
    known = {"33.05"}
    assert problems_of([VILLAGE], [OFFER], regencies=known) == [(VILLAGE.id, "regency"), ("T1", "areas")]
    assert encode([VILLAGE], [OFFER], regencies={"33.04"}).regencies == ("33.04",)


def test_sentences_are_short():
    with pytest.raises(BadInput) as refused:
        encode([replace(VILLAGE, tier=9, ask=(2, 1), goals={0}, vetoes={77})], [replace(OFFER, areas=(), places=0)])
    assert all(len(f"{each.says} {each.remedy}".split()) <= 18 for each in refused.value.problems)


def test_rows_stand_in_the_order_of_codes_with_their_own_values():
    second = replace(VILLAGE, id="33.04.19.2002", needs=(0, 40) + (0,) * 22, vetoes={0, 31}, goals={18}, tier=None)
    market = encode([second, VILLAGE], [replace(OFFER, id="T2", everywhere=True, areas={"51.08"}), OFFER])
    assert market.villages == (VILLAGE.id, second.id)
    assert market.N[:, :2].tolist() == [[80, 0], [0, 40]]
    assert market.veto.tolist() == [0, 2**31 + 1]
    assert market.vgoal.tolist() == [0b100001, 1 << 17]
    assert market.tier.tolist() == [0, 5]
    assert market.regencies == ("33.04", "51.08")
    assert market.cov_ptr.tolist() == [0, 1, 3]
    assert market.cov_idx.tolist() == [0, 0, 1]
    assert [each.tolist() for each in market.covering] == [[0, 2, 3], [0, 1, 1]]
    assert market.village_ptr.tolist() == [0, 2, 2]
    assert market.pairs.tolist() == [4, 0]
    assert market.village_at[second.id] == 1
    assert market.offer_at == {"T1": 0, "T2": 1}


def test_a_market_is_not_written_to():
    market = encode([VILLAGE], [OFFER])
    with pytest.raises(ValueError, match="read-only"):
        market.N[0, 0] = 1


def test_an_empty_side_is_a_market():
    assert encode([], [OFFER]).N.shape == (0, 24)
    assert encode([VILLAGE], []).covering[1].tolist() == []


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_sets_changes_nothing(drawn, lots: random.Random):
    villages, offers = drawn
    moved = [replace(row, goals=lots.sample(sorted(row.goals), len(row.goals))) for row in villages]
    others = [replace(row, areas=lots.sample(sorted(row.areas), len(row.areas)) * 2) for row in offers]
    lots.shuffle(moved)
    lots.shuffle(others)
    one, other = encode(villages, offers), encode(moved, others)
    assert one.sha256 == other.sha256
    assert all(np.array_equal(array, other.arrays()[name]) for name, array in one.arrays().items())


@given(rows, st.data())
def test_any_change_of_a_row_changes_the_hash(drawn, data):
    villages, offers = drawn
    at = data.draw(st.integers(0, len(villages) - 1))
    field, value = data.draw(
        st.sampled_from([("tier", 3), ("ask", (1, 2)), ("vetoes", {9}), ("goals", {17}), ("needs", (99,) * 24)])
    )
    changed = [*villages[:at], replace(villages[at], **{field: value}), *villages[at + 1 :]]
    assert (encode(changed, offers).sha256 == encode(villages, offers).sha256) == (
        getattr(villages[at], field) == value
    )
