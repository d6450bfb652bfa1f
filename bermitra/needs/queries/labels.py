"""Names of what the catalogues hold, in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from django.utils.translation import get_language

from bermitra.needs.catalogue import goals, interests, kinds, risks, sectors, strengths, themes, units


class Named(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def en(self) -> str: ...


def sector_label(code: str) -> str:
    """The name of a sector in the reader's language."""
    return _named(sectors().get(code), code)


def kind_label(code: str) -> str:
    """The name of a kind of potential in the reader's language."""
    return _named(kinds().get(code), code)


def unit_label(code: str) -> str:
    return _named(units().get(code), code)


def theme_label(code: str) -> str:
    """The name of a theme in the reader's language."""
    return _named(themes().get(code), code)


def interest_label(code: str) -> str:
    """What a partner may seek, in the reader's language."""
    return _named(interests().get(code), code)


def strength_label(step: int) -> str:
    """A step of the scale of potentials with its words: ``75 · Unggulan desa dengan catatan hasil``."""
    return f"{step} · {_named(strengths().get(step), '')}"


def risk_label(code: str) -> str:
    """The name of a risk in the reader's language."""
    return _named(risks().get(code), code)


def goal_label(number: int) -> str:
    """A goal of SDGs Desa with its number, in the reader's language: ``6 · Desa Layak Air Bersih dan Sanitasi``."""
    return f"{number} · {_named(goals().get(number), '')}"


def figure(number: Decimal) -> str:
    """``1.250,5``: the comma parts the decimals, the dot the thousands."""
    return f"{number.normalize():,f}".translate(str.maketrans(",.", ".,"))


def _named(entry: Named | None, code: str) -> str:
    if entry is None:
        return code
    return entry.en if english() else entry.id


def english() -> bool:
    return (get_language() or "id").startswith("en")
