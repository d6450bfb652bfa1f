"""Values as agreements write them: 14 (empat belas), 3 (tiga) tahun, Rp… (… rupiah), items with their ends."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from bermitra.agreements import book
from bermitra.foundation.calendar import add_months, add_years, long_date
from bermitra.foundation.money import in_words, rupiah
from bermitra.foundation.text import number_in_words

BLANK = "…………"


def blank_value(slot: book.Slot, value: Any) -> str:
    """A filled blank as agreements write it: 14 (empat belas), 30% (tiga puluh persen), Rp… (… rupiah)."""
    if value in (None, ""):
        return BLANK
    match slot.unit:
        case "count":
            return f"{value} ({number_in_words(int(value))})"
        case "percent":
            return f"{value}% ({number_in_words(int(value))} persen)"
        case "money":
            return money(int(value))
        case "date":
            return long_date(date.fromisoformat(str(value)))
    return str(value)


def money(amount: int) -> str:
    return f"{rupiah(amount)} ({in_words(amount)})"


def named(said: str, amount: int) -> re.Match[str] | None:
    """Where a row says its amount itself, in words too or not; a larger one that begins with the same digits is another."""
    digits = re.escape(rupiah(amount)).replace("\u00a0", r"\.?\s*")
    return re.search(rf"{digits}(?:,(?:-|00))?(?![.,]?\d)(?:\s*\({in_words(amount)}\))?", said, re.IGNORECASE)


def length(first: date, last: date) -> str:
    """A term in words: whole years or months where it is so, else days."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if months and add_months(first, months) == after:
        return counted(months // 12, "tahun") if months % 12 == 0 else counted(months, "bulan")
    return counted((after - first).days, "hari")


def counted(number: int, unit: str) -> str:
    return f"{number} ({number_in_words(number)}) {unit}"


def years_begun(first: date, last: date) -> int:
    """Years begun between two days, both counted: 1 January 2027 to 31 December 2029 are three."""
    years = 1
    while add_years(first, years) <= last:
        years += 1
    return years


def day(written: str) -> date | None:
    """A day as contents keep it."""
    return date.fromisoformat(written) if written else None


def ended(sentence: str) -> str:
    sentence = " ".join(sentence.split())
    return sentence if not sentence or sentence.endswith((".", "!", "?")) else f"{sentence}."


def continued(said: str) -> str:
    """What goes on with a sentence: a small first letter, unless a name or an abbreviation begins it (Kepala Desa, KKN)."""
    first, _blank, then = said.partition(" ")
    a_name = (then[:1].isupper() and not then.startswith("Rp")) or not first[1:].islower()
    return said if a_name else said[:1].lower() + said[1:]


def listed(items: list[str]) -> list[str]:
    """Items as letters end: a semicolon each, ``dan`` behind the last but one, a full stop."""
    bare = [item.strip().rstrip(" .;") for item in items]
    ends = [";"] * max(len(bare) - 2, 0) + ["; dan"] * (len(bare) > 1) + ["."]
    return [f"{item}{end}" for item, end in zip(bare, ends, strict=False)]
