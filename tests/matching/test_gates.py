"""The five gates as rules: each opens and shuts by itself, and all five agree with the engine on thousands of random pairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bermitra.matching.engine.features import GOALS, POTENTIALS, RISKS, SECTORS, OfferRow, VillageRow, encode
from bermitra.matching.engine.score import Weights, score_pairs
from bermitra.matching.shortlists import rules
from bermitra.matching.shortlists.pairs import facts_of
from bermitra.matching.shortlists.rules import ASKING, GATES, AskingFacts, PairFacts

FITS = PairFacts(
    covers=True, shared_sectors=2, vetoes_touched=0, ask_low=50_000_000, ask_high=90_000_000, budget_low=40_000_000,
    budget_high=60_000_000, goals_village=3, goals_offer=3, goals_shared=2, vision_percent=66, vision_min_percent=20,
)  # fmt: skip


def test_five_gates_in_the_order_of_the_engine():
    assert [each.code for each in GATES] == ["MT-01", "MT-02", "MT-03", "MT-04", "MT-05"]
    assert all(each(FITS) for each in GATES)
    assert not any(each.switchable for each in GATES)


def test_MT_01_serves_this_area():
    assert not rules.serves_this_area(replace(FITS, covers=False))


def test_MT_02_shares_a_sector():
    assert rules.shares_a_sector(replace(FITS, shared_sectors=1))
    assert not rules.shares_a_sector(replace(FITS, shared_sectors=0))


def test_MT_03_no_veto_touched():
    assert not rules.no_veto_touched(replace(FITS, vetoes_touched=1))


@pytest.mark.parametrize(
    ("budget", "meets"),
    [
        ((0, 50_000_000), True),
        ((0, 49_999_999), False),
        ((90_000_000, 95_000_000), True),
        ((90_000_001, 95_000_000), False),
        ((60_000_000, 70_000_000), True),
    ],
)
def test_MT_04_budgets_meet(budget, meets):
    low, high = budget
    assert bool(rules.budgets_meet(replace(FITS, budget_low=low, budget_high=high))) is meets


@pytest.mark.parametrize(
    ("own", "other", "shared", "least", "alike"),
    [
        (4, 9, 3, 50, True),  # 3 / 6 is one half exactly
        (4, 9, 3, 51, False),
        (5, 5, 1, 20, True),
        (5, 6, 1, 20, False),
        (0, 6, 0, 1, False),
        (0, 6, 0, 0, True),
        (2, 3, 0, 0, True),
    ],
)
def test_MT_05_vision_alike(own, other, shared, least, alike):
    facts = replace(FITS, goals_village=own, goals_offer=other, goals_shared=shared, vision_min_percent=least)
    assert bool(rules.vision_alike(facts)) is alike


def test_MT_15_one_at_a_time():
    assert all(each(AskingFacts(waiting=False, offers=1)) for each in ASKING)
    assert not rules.one_at_a_time(AskingFacts(waiting=True, offers=1))


def test_MT_16_something_is_offered():
    assert not rules.something_is_offered(AskingFacts(waiting=False, offers=0))


@pytest.mark.parametrize("least", [0, 20, 50, 100])
def test_the_first_unmet_rule_of_a_pair_is_the_gate_at_which_the_engine_stops(least):
    dice = np.random.default_rng(20260301 + least)
    held, weights = encode(*_market(dice)), Weights(vision=least)
    v, o = (each.reshape(-1) for each in np.mgrid[0 : len(held.villages), 0 : len(held.offers)])
    gates = score_pairs(held, v, o, weights).gate.tolist()
    for row, (village, offer) in enumerate(zip(v.tolist(), o.tolist(), strict=True)):
        facts = facts_of(held, weights, village, offer)
        first = next((number for number, each in enumerate(GATES, 1) if not each(facts)), 0)
        assert first == gates[row], facts
    assert {1, 2, 3, 4} < set(gates)  # every kind was met


def _market(dice: np.random.Generator) -> tuple[list[VillageRow], list[OfferRow]]:
    def some(most: int, low: int, high: int) -> frozenset[int]:
        return frozenset(dice.integers(low, high, size=dice.integers(0, most)).tolist())

    def levels(width: int, share: float) -> list[int]:
        found = dice.integers(1, 101, width) * (dice.random(width) < share)
        found[dice.integers(width)] = 20
        return found.tolist()

    def interval() -> tuple[int, int]:
        low, more = dice.integers(0, 100, 2).tolist()
        return low, low + more

    villages = [
        VillageRow(
            f"33.0{1 + n % 3}.01.2{n:03d}", f"33.0{1 + n % 3}", levels(SECTORS, 0.1), levels(POTENTIALS, 0.3),
            some(6, 1, GOALS + 1), some(3, 0, RISKS), interval(),
        )
        for n in range(40)
    ]  # fmt: skip
    offers = [
        OfferRow(
            f"T{n}", levels(SECTORS, 0.1), levels(POTENTIALS, 0.3), some(6, 1, GOALS + 1), some(3, 0, RISKS), interval(),
            areas=[f"33.0{1 + n % 3}"], everywhere=n % 4 == 0,
        )
        for n in range(40)
    ]  # fmt: skip
    return villages, offers
