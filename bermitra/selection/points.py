"""Points as people read them: two decimals everywhere, and those of the criteria add up to the total that stands with them.

Pure Python. What is decided rests on the exact fractions; nothing here is compared with a bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

HUNDREDTHS = 100


def points(exact: str | Fraction) -> str:
    """``81,67`` of the exact fraction 245/3, rounded half up."""
    return _written(_rounded(Fraction(exact)))


def points_of(exact: Mapping[str, str]) -> dict[str, str]:
    """The points of each criterion, rounded so that a reader who adds them up comes to the total as it is written.

    Largest remainder: each is its exact value cut or raised to hundredths; of equal remainders the earlier one is raised.
    """
    shares = {code: Fraction(text) * HUNDREDTHS for code, text in exact.items()}
    cut = {code: int(share) for code, share in shares.items()}
    left = _rounded(sum(map(Fraction, exact.values()), Fraction(0))) - sum(cut.values())
    raised = sorted(shares, key=lambda code: cut[code] - shares[code])[:left]
    return {code: _written(cut[code] + (code in raised)) for code in shares}


def points_short(exact: str, bound: int) -> str:
    """How much a total lacks of its bound, as the difference of what is written; empty where nothing is lacking."""
    lacking = bound * HUNDREDTHS - _rounded(Fraction(exact))
    return _written(lacking) if Fraction(exact) < bound and lacking > 0 else ""


def _rounded(exact: Fraction) -> int:
    """In hundredths, half up."""
    return int(exact * HUNDREDTHS + Fraction(1, 2))


def _written(hundredths: int) -> str:
    return f"{hundredths // HUNDREDTHS},{hundredths % HUNDREDTHS:02}"
