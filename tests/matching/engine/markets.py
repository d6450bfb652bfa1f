"""Small markets that hypothesis draws, and the same score once more, straight from its definition."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import floor

import numpy as np
from hypothesis import strategies as st

from bermitra.matching.engine.features import POTENTIALS, SECTORS, OfferRow, VillageRow
from bermitra.matching.engine.score import Weights
from bermitra.matching.engine.shortlist import Tickets

REGENCIES = ("33.04", "33.05", "51.08")
STEPS = st.sampled_from((0, 0, 0, 20, 25, 49, 70, 75, 100))
FEW = 4  # sectors and interests that small markets use, so that they meet


def _vector(width: int, some: bool) -> st.SearchStrategy[tuple[int, ...]]:
    few = st.lists(STEPS, min_size=FEW, max_size=FEW).map(lambda values: tuple(values) + (0,) * (width - FEW))
    return few.filter(any) if some else few


def _amounts() -> st.SearchStrategy[tuple[int, int]]:
    one = st.integers(0, 12).map(lambda each: each * 10_000_000)
    return st.tuples(one, one).map(lambda pair: (min(pair), max(pair)))


goals = st.frozensets(st.integers(1, 7), max_size=5)
risks = st.frozensets(st.integers(0, 3), max_size=2)
village = st.builds(
    VillageRow, id=st.just(""), regency=st.sampled_from(REGENCIES), needs=_vector(SECTORS, True),
    potentials=_vector(POTENTIALS, False), goals=goals, vetoes=risks, ask=_amounts(),
    tier=st.sampled_from((None, 0, 1, 2, 3, 4)),
)  # fmt: skip
offer = st.builds(
    OfferRow, id=st.just(""), abilities=_vector(SECTORS, True), seeks=_vector(POTENTIALS, False), goals=goals, risks=risks,
    budget=_amounts(), areas=st.frozensets(st.sampled_from(REGENCIES), min_size=1), everywhere=st.booleans(),
    places=st.integers(1, 3),
)  # fmt: skip
weights = st.builds(
    Weights,
    village=st.integers(0, 100),
    partner=st.integers(0, 100),
    vision=st.sampled_from((0, 0, 10, 20, 34, 50, 100)),
)


def village_code(row: VillageRow, number: int) -> str:
    return f"{row.regency}.01.{2001 + number}"


rows = st.tuples(
    st.lists(village, min_size=1, max_size=8).map(
        lambda each: [replace(row, id=village_code(row, number)) for number, row in enumerate(each)]
    ),
    st.lists(offer, min_size=1, max_size=5).map(
        lambda each: [replace(row, id=f"T{number}") for number, row in enumerate(each)]
    ),
)


def random_rows(seed: int, many: int, offers: int) -> tuple[list[VillageRow], list[OfferRow]]:
    """A larger market out of one seed, in which about one covered pair in four passes."""
    lots = np.random.default_rng(seed)

    def vector(width: int, least: int, most: int) -> tuple[int, ...]:
        values = np.zeros(width, int)
        values[lots.choice(width, lots.integers(least, most + 1), replace=False)] = 1
        return tuple(int(each) for each in values * lots.integers(1, 101, width))

    def some(most: int, least: int, high: int) -> frozenset[int]:
        return frozenset(lots.integers(least, high, lots.integers(0, most)).tolist())

    def amounts(width: float) -> tuple[int, int]:
        low = int(lots.lognormal(17, 1))
        return low, int(low * lots.uniform(1, width))

    villages = [
        VillageRow(
            id=f"{(code := str(lots.choice(REGENCIES)))}.01.{2000 + at}", regency=code, needs=vector(24, 2, 8),
            potentials=vector(16, 1, 6), goals=some(9, 1, 19), vetoes=some(3, 0, 32), ask=amounts(20),
            tier=int(lots.integers(0, 5)),
        )
        for at in range(many)
    ]  # fmt: skip
    return villages, [
        OfferRow(
            id=f"T{at:05}", abilities=vector(24, 1, 5), seeks=vector(16, 0, 6), goals=some(9, 1, 19), risks=some(2, 0, 32),
            budget=amounts(60), areas=frozenset(lots.choice(REGENCIES, 2).tolist()), everywhere=bool(lots.random() < 0.2),
            places=int(lots.integers(1, 9)),
        )
        for at in range(offers)
    ]  # fmt: skip


def shuffled(lots: np.random.Generator, market_villages: int, market_offers: int) -> Tickets:
    return Tickets(*(lots.permutation(each).astype(np.uint32) for each in (market_villages, market_offers)))


# The definition, in fractions and decimals of fifty places ---------------------------------------------------------------


def half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


def vision_of(one: VillageRow, other: OfferRow) -> int:
    if not one.goals or not other.goals:
        return 0
    with localcontext() as context:
        context.prec = 50
        exact = 1_000_000 * len(one.goals & other.goals) / Decimal(len(one.goals) * len(other.goals)).sqrt()
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def scores_of(one: VillageRow, other: OfferRow, weights: Weights) -> tuple[int, int, int, int]:
    """a, b, h and the first gate that fails, as the docstring of ``score`` defines them."""
    vision = vision_of(one, other)
    met = sum(need * ability for need, ability in zip(one.needs, other.abilities, strict=True))
    found = sum(strength * sought for strength, sought in zip(one.potentials, other.seeks, strict=True))
    a = half_up((Fraction(weights.village * 10_000 * met, sum(one.needs)) + (100 - weights.village) * vision) / 100)
    b = vision
    if any(other.seeks):
        share = Fraction(weights.partner * 10_000 * found, sum(other.seeks))
        b = half_up((share + (100 - weights.partner) * vision) / 100)
    h = half_up(Fraction(2 * a * b, a + b)) if a + b else 0
    goals = len(one.goals) * len(other.goals)
    alike = Fraction(len(one.goals & other.goals) ** 2, goals) if goals else Fraction(0)
    opens = (
        other.everywhere or one.regency in other.areas,
        any(need and ability for need, ability in zip(one.needs, other.abilities, strict=True)),
        not set(one.vetoes) & set(other.risks),
        one.ask[0] <= other.budget[1] and other.budget[0] <= one.ask[1],
        alike >= Fraction(weights.vision, 100) ** 2,
    )
    return a, b, h, 0 if all(opens) else opens.index(False) + 1
