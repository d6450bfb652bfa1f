"""The catalogue of norms that ships with the product, read once: defaults, units, ranges, bases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bermitra.foundation.calendar import parse_date
from bermitra.foundation.rules import Status
from bermitra.foundation.text import BadInput, _

WORD = "word"
DATE = "date"
MONTH_DAY = "month-day"
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Norm:
    """One number (or local word). ``range`` holds the lowest and highest value allowed, or is empty."""

    name: str
    stage: str
    says: str
    default: Any
    unit: str
    range: tuple[Any, ...]
    level: str
    basis: str
    status: Status

    def read(self, value: Any) -> Any:
        """``value`` as this norm's kind: a fraction for ``2/3``, a day (None where it is empty), an integer, a word, or a
        text as it stands."""
        if self.unit == DATE:
            return date.fromisoformat(value) if value else None
        if self.unit == "fraction":
            return Fraction(str(value))
        return value

    def accept(self, text: str) -> Any:
        """What was typed, in the form it is stored; raises :class:`BadInput` outside the range."""
        typed = text.strip()
        if self.unit == DATE:
            return parse_date(typed, earliest=FIRST_DAY, latest=LAST_DAY).isoformat() if typed else ""
        if self.unit == MONTH_DAY:
            return self._day_of_the_year(typed)
        if self.unit == WORD or (not isinstance(self.default, int) and self.unit != "fraction"):
            return typed
        try:
            number = Fraction(typed.replace(",", "."))
        except (ValueError, ZeroDivisionError) as error:
            raise BadInput(
                "norm.form",
                _("“{value}” bukan angka. Contoh: {example}."),
                value=typed[:20],
                example=self.default,
            ) from error
        low, high = (Fraction(str(each)) for each in self.range) if self.range else (number, number)
        if not low <= number <= high:
            raise self._outside(typed)
        if self.unit != "fraction" and number.denominator != 1:
            raise BadInput("norm.whole", _("“{value}” bukan bilangan bulat. Isi tanpa pecahan."), value=typed[:20])
        return str(number) if self.unit == "fraction" else int(number)

    def _day_of_the_year(self, typed: str) -> str:
        try:
            day = f"{date.fromisoformat(f'2000-{typed}'):%m-%d}"
        except ValueError as error:
            raise BadInput(
                "norm.day",
                _("“{value}” bukan bulan dan hari. Contoh: {example}."),
                value=typed[:20],
                example=self.default,
            ) from error
        if not self.range[0] <= day <= self.range[1]:
            raise self._outside(typed)
        return day

    def _outside(self, typed: str) -> BadInput:
        return BadInput(
            "norm.range",
            _("{value} di luar batas. Isi antara {low} dan {high}."),
            value=typed[:20],
            low=self.range[0],
            high=self.range[1],
        )


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Norm]:
    """All norms by name."""
    entries = yaml.safe_load((Path(__file__).parent / "norms.yaml").read_text(encoding="utf-8"))
    return {
        e["name"]: Norm(
            e["name"],
            e["stage"],
            e["says"],
            e["default"],
            e["unit"],
            tuple(e.get("range", ())),
            e["level"],
            e["basis"],
            Status(e["status"]),
        )
        for e in entries
    }
