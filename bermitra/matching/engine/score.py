"""Five gates, and the score of a pair in whole millionths.

For a village with needs N and potentials P, an offer with abilities C that seeks I, and both sides' goals:

    vision = round(10^6 · |Gv ∩ Go| / √(|Gv| |Go|))                     0 where one side names no goal
    a = round((village · 10^4 · ΣNC / ΣN + (100 - village) · vision) / 100)     the village's side
    b = round((partner · 10^4 · ΣPI / ΣI + (100 - partner) · vision) / 100)     the partner's; = vision where nothing is sought
    h = round(2ab / (a + b))                                             0 where both are 0

``village`` and ``partner`` are the weights in percent; halves are rounded up. The harmonic mean never exceeds twice the
smaller side, so that a great gain of one side cannot buy a poor fit of the other (reciprocal recommenders, Pizzato and
others; Palomares and others 2021). vision, a and b are rounded once each, so that anybody computes h from what is printed.

Why the same bits everywhere: ΣNC and ΣPI are at most 240,000 and exact in float32 (below 2^24) in any order. The vision of
every (shared, own, other) number of goals comes from a table made with integer square roots: round(x) =
(isqrt(⌊4·10^12 s² / n⌋) + 1) // 2 for x = 10^6·s/√n. The other three roundings are ⌊p/q⌋ of whole numbers with p below
2^53: the quotient of IEEE arithmetic is off by less than p/q · 2^-53 < 1/q, and cannot cross a whole number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from math import isqrt
from typing import NamedTuple

import numpy as np

from bermitra.foundation.text import _
from bermitra.matching.engine.features import GOALS, BadInput, Ints, Market, Problem

ONE = 1_000_000  # a score of one


class Gate(IntEnum):
    """The first that a pair fails, in this order: rules MT-01 to MT-05."""

    PASSES = 0
    AREA = 1
    SECTOR = 2
    VETO = 3
    BUDGET = 4
    VISION = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """Whole percents: how much of each side's score is fit of needs, or of what is sought, the rest being vision; and the
    least vision that passes. Raises :class:`BadInput`."""

    village: int = 60
    partner: int = 60
    vision: int = 20

    def __post_init__(self) -> None:
        says, remedy = _("Bobot harus bilangan bulat 0 sampai 100."), _("Perbaiki bobotnya lalu hitung lagi.")
        given = {name: getattr(self, name) for name in ("village", "partner", "vision")}
        wrong = {name: value for name, value in given.items() if type(value) is not int or not 0 <= value <= 100}
        if wrong:
            raise BadInput(Problem("weights", name, str(value), says, remedy) for name, value in wrong.items())


class Scores(NamedTuple):
    """Of n pairs: a, b, h i64[n] in millionths, computed whether or not the pair passes; gate u8[n], 0 = passes."""

    a: Ints
    b: Ints
    h: Ints
    gate: Ints


def score_pairs(market: Market, v: Ints, o: Ints, weights: Weights) -> Scores:
    """The scores of pairs (v[i], o[i]), rows of the market; i32[n] or i64[n] each. Raises IndexError out of range."""
    v, o = np.asarray(v, np.int64).reshape(-1), np.asarray(o, np.int64).reshape(-1)
    met = np.einsum("ij,ij->i", market.N[v], market.C[o], dtype=np.int64)
    found = np.einsum("ij,ij->i", market.P[v], market.I[o], dtype=np.int64)
    return scored(market, v, o, met, found, covers(market, v, o), weights)


def scored(market: Market, v: Ints, o: Ints, met: Ints, found: Ints, covered: Ints, weights: Weights) -> Scores:
    """:func:`score_pairs` where the sums ``met`` = ΣNC and ``found`` = ΣPI, and who covers whom, are known."""
    shared = np.bitwise_count(market.vgoal[v] & market.ogoal[o])
    own, other = np.bitwise_count(market.vgoal[v]), np.bitwise_count(market.ogoal[o])
    vision = vision_table()[shared, own, other]
    a = side(met, market.need_sum[v], vision, weights.village)
    b = side(found, market.seek_sum[o], vision, weights.partner)
    fails = {
        Gate.AREA: ~covered,
        Gate.SECTOR: met == 0,
        Gate.VETO: (market.veto[v] & market.flags[o]) != 0,
        Gate.BUDGET: (market.ask[v, 0] > market.budget[o, 1]) | (market.budget[o, 0] > market.ask[v, 1]),
        Gate.VISION: shared < least_shared(weights.vision)[own, other],
    }
    gate = np.zeros(len(v), np.uint8)
    for number, failed in reversed(fails.items()):
        gate[failed] = number
    return Scores(a, b, harmonic(a, b), gate)


def covers(market: Market, v: Ints, o: Ints) -> Ints:
    """bool[n]: whether offer o[i] reaches the regency of village v[i]."""
    wanted = o * np.int64(len(market.regencies)) + market.reg[v]
    covered: Ints = market.reached[np.searchsorted(market.reached, wanted)] == wanted
    return covered


def side(met: Ints, whole: Ints, vision: Ints, weight: int) -> Ints:
    """One side's score, i64: its share ``met / (100 · whole)`` and the vision, weighed; vision alone where whole is 0."""
    weighed = weight * 10_000 * met.astype(np.int64) + (100 - weight) * vision.astype(np.int64) * whole
    by = 100 * whole
    return np.where(whole > 0, (weighed + by // 2) // np.maximum(by, 1), vision)


def harmonic(a: Ints, b: Ints) -> Ints:
    """i64: 2ab / (a + b) rounded, 0 where both are 0."""
    total = a + b
    return (4 * a * b + total) // np.maximum(2 * total, 1)


@cache
def vision_table() -> Ints:
    """i32[19,19,19]: the vision in millionths of so many shared, own and other goals."""
    table = np.zeros((GOALS + 1,) * 3, np.int32)
    for own in range(1, GOALS + 1):
        for other in range(1, GOALS + 1):
            for shared in range(1, min(own, other) + 1):
                table[shared, own, other] = (isqrt(4 * ONE**2 * shared**2 // (own * other)) + 1) // 2
    table.flags.writeable = False
    return table


@cache
def least_shared(percent: int) -> Ints:
    """u8[19,19]: how many of own and other goals must be shared, exactly: 100²·s² ≥ percent² · own · other; 255 where
    no number is enough, as one side names none."""
    table = np.full((GOALS + 1, GOALS + 1), 255 if percent else 0, np.uint8)
    for own in range(1, GOALS + 1):
        for other in range(1, GOALS + 1):
            enough = (s for s in range(GOALS + 1) if 10_000 * s * s >= percent * percent * own * other)
            table[own, other] = next(enough, 255)
    table.flags.writeable = False
    return table
