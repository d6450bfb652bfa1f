"""The rule by which an offer chooses, asked of the loop itself: villages that name one offer and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bermitra.matching.engine.features import BadInput, OfferRow, VillageRow, encode
from bermitra.matching.engine.lists import NO_CAP, Policy, from_lists, reserved_of
from tests.matching.engine.small_rounds import Small

CANDIDATES = range(6)
SUBSETS = [frozenset(each) for many in range(7) for each in combinations(CANDIDATES, many)]


@st.composite
def one_offer(draw) -> Small:
    places = draw(st.integers(1, 4))
    return Small(
        wishes=((),) * 6, ranks=(tuple(draw(st.permutations(CANDIDATES))),), places=(places,),
        reserve=(draw(st.integers(0, places)),), cap=(draw(st.sampled_from((1, 2, NO_CAP))),),
        eligible=tuple(draw(st.booleans()) for _v in CANDIDATES),
        region=tuple(draw(st.integers(0, 1)) for _v in CANDIDATES),
    )  # fmt: skip


def chosen(offer: Small, asking: frozenset[int]) -> frozenset[int]:
    return frozenset(replace(offer, wishes=tuple((0,) if v in asking else () for v in CANDIDATES)).solve()[0])


@settings(max_examples=60, deadline=None)
@given(one_offer())
def test_it_is_the_rule_of_the_page_has_substitutes_demands_by_law_and_forgets_the_path(offer):
    """On every set of six candidates. *Substitutes*: who is chosen among many is chosen among fewer. *Law of aggregate
    demand*: of more candidates no fewer are chosen. *Path independence*: who was rejected once need not be asked again."""
    rule = {asking: chosen(offer, asking) for asking in SUBSETS}
    for asking, taken in rule.items():
        assert taken == offer.choose(0, set(asking))
        for newcomer in set(CANDIDATES) - asking:
            larger = rule[asking | {newcomer}]
            assert larger & asking <= taken
            assert len(larger) >= len(taken)
            assert larger == rule[taken | {newcomer}]


X, Y, Z = 0, 1, 2  # x and z may have the reserve; x and y are of one regency


def counts_all_seats(asking: set[int]) -> set[int]:
    """Two places, one of them reserved, and a cap of one per regency that counts reserve seats too: the offer would rather
    have z than y than x."""
    region, taken = {X: "a", Y: "a", Z: "b"}, set()
    for these, most in (((Z, X), 1), ((Z, Y, X), 2)):
        for v in these:
            home = any(region[u] == region[v] for u in taken)
            if v in asking and v not in taken and len(taken) < most and not home:
                taken.add(v)
    return taken


def test_a_cap_over_all_seats_lets_a_newcomer_make_room_for_who_was_rejected():
    assert counts_all_seats({X, Y}) == {X}
    assert counts_all_seats({X, Y, Z}) == {Y, Z}


def market(places: int = 4):
    needs = (50,) + (0,) * 23
    villages = [VillageRow("33.05.01.2001", "33.05", needs, tier=1), VillageRow("33.05.01.2002", "33.05", needs)]
    return encode(villages, [OfferRow("T1", needs, everywhere=True, places=places)])


def fields(**given: object) -> set[str]:
    with pytest.raises(BadInput) as found:
        Policy.of(market(), **given)
    for each in found.value.problems:
        assert each.says
        assert each.remedy
        assert len(f"{each.says} {each.remedy}".split()) <= 18
    return {each.field for each in found.value.problems}


def test_such_a_cap_is_refused_and_one_over_open_seats_is_not():
    assert fields(cap=1, cap_counts="all") == {"cap_counts"}
    assert Policy.of(market(), cap=1).cap.tolist() == [1]


def test_everything_wrong_with_a_policy_is_said_at_once():
    wrong = {"reserve": 130, "tiers": (0, 0, 7), "cap": 0, "village_quota": 4}
    assert fields(**wrong) == {"reserve", "tiers", "cap", "village_quota"}
    assert fields(reserve=[5]) == {"reserve"}
    assert fields(reserve=[-1]) == {"reserve"}
    assert fields(reserve=[1, 1]) == {"reserve"}
    assert fields(village_quota=0) == {"village_quota"}


def test_a_policy_of_a_market():
    policy = Policy.of(market(), reserve=30, tiers=(0, 1))
    assert policy.reserve.tolist() == [1]
    assert policy.eligible.tolist() == [True, False]
    assert policy.cap.tolist() == [NO_CAP]
    assert policy.quota.tolist() == [1, 1]


def test_a_single_place_is_never_reserved_and_halves_go_up():
    assert reserved_of(market(1).q, 100).tolist() == [0]
    assert [reserved_of(market(many).q, 30).tolist()[0] for many in (2, 3, 4, 5, 10, 15)] == [1, 1, 1, 2, 3, 5]


@pytest.mark.parametrize(
    ("wishes", "ranks", "wrong"),
    [
        (((0, 0),), ((0,),), ("wishes", "0")),
        (((1,),), ((0,),), ("wishes", "1")),
        (((-1,),), ((0,),), ("wishes", "-1")),
        (((0,),), ((0, 0),), ("ranks", "0")),
        (((0,),), ((3,),), ("ranks", "3")),
    ],
)
def test_a_list_with_a_pair_twice_or_of_nobody_is_refused(wishes, ranks, wrong):
    with pytest.raises(BadInput) as found:
        from_lists(wishes, ranks)
    assert [(each.field, each.value) for each in found.value.problems] == [wrong]
