"""The book of criteria, levels, weight profiles and vision statements, read once; and the arithmetic of a choice.

Pure Python. Exact fractions throughout: two proposals are equal only where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from pathlib import Path
from typing import Any

import yaml

HIGHEST = 4  # levels run from 0 to 4
APART = 2  # levels from the median of the others: an outlier

Said = dict[str, str]  # language to words


@dataclass(frozen=True)
class Criterion:
    code: str
    name: Said
    asks: Said
    guide: Mapping[int, Said]
    weight: int
    floor_percent: int | None  # of its points; None: the call's own floor
    cap_by_vision: Mapping[int, int]  # vision agreement below which no higher level than this is given


@dataclass(frozen=True)
class Statement:
    code: str
    text: Said
    core: bool


@lru_cache(maxsize=1)
def _book() -> dict[str, Any]:
    book: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "criteria.yaml").read_text(encoding="utf-8"))
    return book


@lru_cache(maxsize=1)
def criteria() -> dict[str, Criterion]:
    """The seven criteria by code, in the order of the book."""
    return {
        row["code"]: Criterion(
            code=row["code"],
            name=row["name"],
            asks=row["asks"],
            guide=row["guide"],
            weight=row["weight"],
            floor_percent=row.get("floor_percent"),
            cap_by_vision=row.get("cap_by_vision", {}),
        )
        for row in _book()["criteria"]
    }


@lru_cache(maxsize=1)
def statements() -> dict[str, Statement]:
    """The vision statements by code, in the order of the book."""
    return {row["code"]: Statement(row["code"], row["text"], row["core"]) for row in _book()["vision"]["statements"]}


def levels() -> dict[int, Said]:
    return dict(_book()["levels"])


def weights_for(forms: Iterable[str]) -> dict[str, int]:
    """The default weights for a partnership of these forms: the profile of the first form that has one."""
    profiles = _book()["profiles"]
    for form in forms:
        for each in profiles:
            if form in each["forms"]:
                return dict(each["weights"])
    return dict(profiles[0]["weights"])


def vision_agreement(village: Iterable[str], partner: Iterable[str]) -> int:
    """Shared statements over the geometric mean of both sides' ticks, in whole hundredths, rounded down."""
    ours, theirs = set(village), set(partner)
    if not ours or not theirs:
        return 0
    both = len(ours & theirs)
    return isqrt(10_000 * both * both // (len(ours) * len(theirs)))


def core_missing(village: Iterable[str], partner: Iterable[str]) -> int:
    """Core statements that either side left unticked."""
    both = set(village) & set(partner)
    return sum(1 for each in statements().values() if each.core and each.code not in both)


def highest_level(code: str, agreement: int) -> int:
    """The highest level of this criterion at so much vision agreement; all levels where it is not bounded."""
    caps = criteria()[code].cap_by_vision
    return min((level for below, level in caps.items() if agreement < below), default=HIGHEST)


def outliers(levels: list[int]) -> list[bool]:
    """Of each level, whether it lies :data:`APART` or more from the median of the others. One alone has no others."""
    return [
        len(levels) > 1 and abs(level - _median(levels[:n] + levels[n + 1 :])) >= APART
        for n, level in enumerate(levels)
    ]


def _median(levels: Sequence[int]) -> Fraction:
    ordered, half = sorted(levels), len(levels) // 2
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)


@dataclass(frozen=True)
class Visions:
    """What both sides stand by, laid side by side: codes of statements in the order of the book."""

    shared: tuple[str, ...]
    village_only: tuple[str, ...]
    partner_only: tuple[str, ...]
    core_missing: tuple[str, ...]
    agreement: int


def compare_visions(village: Iterable[str], partner: Iterable[str]) -> Visions:
    ours, theirs = set(village), set(partner)
    book = statements()
    return Visions(
        shared=tuple(code for code in book if code in ours & theirs),
        village_only=tuple(code for code in book if code in ours - theirs),
        partner_only=tuple(code for code in book if code in theirs - ours),
        core_missing=tuple(code for code, each in book.items() if each.core and code not in ours & theirs),
        agreement=vision_agreement(ours, theirs),
    )


@dataclass(frozen=True)
class Outcome:
    """What the scores of one proposal come to. ``points`` by criterion; ``below_floor`` names criteria."""

    points: Mapping[str, Fraction]
    total: Fraction
    below_floor: tuple[str, ...]
    spread: int  # the widest difference of two scorers on one criterion


def outcome(weights: Mapping[str, int], scores: Mapping[str, Sequence[int]], floor_percent: int) -> Outcome:
    """``scores`` holds the levels of all scorers by criterion; each criterion of ``weights`` has as many."""
    points = {
        code: Fraction(weight * sum(scores[code]), HIGHEST * len(scores[code])) for code, weight in weights.items()
    }
    book = criteria()
    below = tuple(
        code
        for code, weight in weights.items()
        if points[code] * 100 < weight * (book[code].floor_percent or floor_percent)
    )
    spread = max(max(scores[code]) - min(scores[code]) for code in weights)
    return Outcome(points, sum(points.values(), Fraction(0)), below, spread)
