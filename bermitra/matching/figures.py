"""A score as people read it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format


def decimal(millionths: int, places: int = 2) -> str:
    """0,61 of 610.000 millionths, in the reader's way of writing numbers; half rounded up."""
    unit = 10 ** (6 - places)
    return number_format(Decimal((millionths + unit // 2) // unit).scaleb(-places), places)
