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
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

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
UNITS = {  # Indonesian has one form, English two
    "days": ngettext_lazy("{n} hari", "{n} hari", "n"),
    "working_days": ngettext_lazy("{n} hari kerja", "{n} hari kerja", "n"),
    "months": ngettext_lazy("{n} bulan", "{n} bulan", "n"),
    "years": ngettext_lazy("{n} tahun", "{n} tahun", "n"),
    "hours": ngettext_lazy("{n} jam", "{n} jam", "n"),
    "minutes": ngettext_lazy("{n} menit", "{n} menit", "n"),
    "percent": gettext_lazy("{n} persen"),
    "points": ngettext_lazy("{n} poin", "{n} poin", "n"),
    "people": ngettext_lazy("{n} orang", "{n} orang", "n"),
    "offers": ngettext_lazy("{n} tawaran", "{n} tawaran", "n"),
    "times": ngettext_lazy("{n} kali", "{n} kali", "n"),
    "entries": ngettext_lazy("{n} baris", "{n} baris", "n"),
    "characters": ngettext_lazy("{n} huruf", "{n} huruf", "n"),
    "terms": ngettext_lazy("{n} masa jabatan", "{n} masa jabatan", "n"),
    "megabytes": gettext_lazy("{n} MB"),
    "digits": ngettext_lazy("{n} angka", "{n} angka", "n"),
    "reports": ngettext_lazy("{n} laporan", "{n} laporan", "n"),
    "elements": ngettext_lazy("{n} unsur", "{n} unsur", "n"),
    "sectors": ngettext_lazy("{n} bidang", "{n} bidang", "n"),
    "partners": ngettext_lazy("{n} mitra", "{n} mitra", "n"),
    "levels": ngettext_lazy("{n} tingkat", "{n} tingkat", "n"),
    "copies": ngettext_lazy("{n} rangkap", "{n} rangkap", "n"),
    "seasons": ngettext_lazy("{n} musim", "{n} musim", "n"),
    "families": ngettext_lazy("{n} keluarga", "{n} keluarga", "n"),
    "month-day": gettext_lazy("bulan-tanggal {n}"),
}


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
            return UNITS[self.unit].format(n=value)
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
