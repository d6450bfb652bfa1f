"""The catalogue of norms that ships with the product, read once: defaults, units, ranges, bases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext

from bermitra.foundation.calendar import long_date, parse_date
from bermitra.foundation.money import parse_rupiah, rupiah
from bermitra.foundation.rules import Status
from bermitra.foundation.text import BadInput, _, clean_name

WORD = "word"
DATE = "date"
MONTH_DAY = "month-day"
FRACTION = "fraction"
RUPIAH = "rupiah"
LONGEST_WORD = 60
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:[.,/][0-9]{1,15})?")  # no 1e99999999: to write it out takes minutes
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
REGENCY = "regency"  # the level of what a regency sets itself
# Of each two the first is never past the second: a first day and a last one, reminders in their order.
ORDERED = (
    ("election_from", "election_until"),
    ("village_answer_reminder_days", "village_answer_days"),
    ("last_reminder_days", "renewal_musyawarah_days"),
    ("renewal_musyawarah_days", "renewal_reminder_days"),
)
UNITS = {
    "days": _("{n} hari"), "working_days": _("{n} hari kerja"), "months": _("{n} bulan"), "years": _("{n} tahun"),
    "hours": _("{n} jam"), "minutes": _("{n} menit"), "percent": _("{n} persen"), "points": _("{n} poin"),
    "people": _("{n} orang"), "offers": _("{n} tawaran"), "times": _("{n} kali"), "entries": _("{n} baris"),
    "characters": _("{n} huruf"), "terms": _("{n} masa jabatan"), "megabytes": _("{n} MB"), "digits": _("{n} angka"),
    "reports": _("{n} laporan"), "elements": _("{n} unsur"), "sectors": _("{n} bidang"), "partners": _("{n} mitra"),
    "levels": _("{n} tingkat"), "copies": _("{n} rangkap"), "seasons": _("{n} musim"), "families": _("{n} keluarga"),
    "month-day": _("bulan-tanggal {n}"),
}  # fmt: skip


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
        if self.unit == FRACTION:
            return Fraction(str(value))
        return value

    def said(self, value: Any) -> str:
        """A value as it is stored, in words: 3 hari kerja, Rp50.000.000, 2/3; a dash where none is set."""
        if value in ("", None):
            return "–"
        if self.unit == DATE:
            return long_date(date.fromisoformat(value))
        if self.unit == RUPIAH:
            return rupiah(int(value))
        if self.unit in UNITS:
            return gettext(UNITS[self.unit]).format(n=value)
        return str(value)

    @property
    def bounds(self) -> str:
        """The lowest and the highest value that a regency may choose, in words; empty where nothing bounds it."""
        if not self.range:
            return ""
        low, high = (self.said(each) for each in self.range)
        return gettext("Antara {low} dan {high}.").format(low=low, high=high)

    def accept(self, text: str) -> Any:
        """What was typed, in the form it is stored; raises :class:`BadInput` outside the range."""
        typed = text.strip()
        if self.unit == DATE:
            return parse_date(typed, earliest=FIRST_DAY, latest=LAST_DAY).isoformat() if typed else ""
        if self.unit == MONTH_DAY:
            return self._day_of_the_year(typed)
        if self.unit == RUPIAH:
            amount = parse_rupiah(typed, allow_zero=True)
            self._keep_within(Fraction(amount), typed)
            return amount
        if self.unit == WORD or (not isinstance(self.default, int) and self.unit != FRACTION):
            return clean_name(typed, limit=LONGEST_WORD)
        try:
            number = Fraction(typed.replace(",", ".") if _NUMBER.fullmatch(typed) else "")
        except (ValueError, ZeroDivisionError) as error:
            raise BadInput(
                "norm.form",
                _("“{value}” bukan angka. Contoh: {example}."),
                value=typed[:20],
                example=self.default,
            ) from error
        self._keep_within(number, typed)
        if self.unit != FRACTION and number.denominator != 1:
            raise BadInput("norm.whole", _("“{value}” bukan bilangan bulat. Isi tanpa pecahan."), value=typed[:20])
        return str(number) if self.unit == FRACTION else int(number)

    def _keep_within(self, number: Fraction, typed: str) -> None:
        low, high = (Fraction(str(each)) for each in self.range) if self.range else (number, number)
        if not low <= number <= high:
            raise self._outside(typed)

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
            low=self.said(self.range[0]),
            high=self.said(self.range[1]),
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
