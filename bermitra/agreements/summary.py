"""The agreement in plain words: who owes what, until when, for how much, what follows when it is not done. Pure Python.

It says what the rows of the text say and nothing else; where there are more rows than a page holds, it says how many and in
which article they stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bermitra.agreements import text
from bermitra.foundation.calendar import long_date
from bermitra.foundation.money import rupiah
from bermitra.partnership import sheet

MOST, LEAST = 8, 1  # rows of one list
LONGEST = 170  # letters of one row
WHO = {"one": "Desa", "two": "Mitra"}


@dataclass(frozen=True)
class Listed:
    """A list of the summary with the article where all of it stands."""

    title: str
    rows: tuple[str, ...]
    article: str

    def left_out(self, number: int) -> str:
        """What stands below the first ``number`` rows; empty where these are all."""
        if len(self.rows) <= number:
            return ""
        where = f", lihat {self.article}" if self.article else ""
        return f"dan {len(self.rows) - number} lainnya{where}."


@dataclass(frozen=True)
class Summary:
    term: str
    money: str
    lists: tuple[Listed, ...]


def summed_up(topics: sheet.Topics, clauses: text.Clauses, numbers: Mapping[str, str]) -> Summary:
    """From the topics of a text and its articles as they read; ``numbers``: by which each is quoted, "7" or "7A"."""
    days, money = sheet.term(topics), topics["money"]
    places = {clause["code"]: f"Pasal {numbers[clause['code']]}" for clause in clauses}
    others = topics["others"]
    lists = [
        Listed(f"{WHO[party]} wajib", tuple(_duty(row) for row in _rows(topics, "duty", party)), places.get(code, ""))
        for party, code in (("one", "kewajiban_kesatu"), ("two", "kewajiban_kedua"))
    ]
    lists += [
        Listed(f"{WHO[party]} berhak", tuple(_short(row["text"]) for row in _rows(topics, "right", party)), places.get(code, ""))
        for party, code in (("one", "hak_kesatu"), ("two", "hak_kedua"))
    ]  # fmt: skip
    lists.append(Listed("Yang tidak boleh", tuple(map(_short, others["limits"])), places.get("batasan", "")))
    lists.append(Listed("Bila dilanggar", tuple(map(_sanction, others["sanctions"])), places.get("sanksi", "")))
    value = int(money["value"])
    sources = "; ".join(f"{row['from']} {rupiah(int(row['amount']))}" for row in money["sources"] if row["amount"])
    return Summary(
        term=f"{long_date(days[0])} sampai {long_date(days[1])}, {text.length(*days)}" if days else text.BLANK,
        money=_short(f"{rupiah(value)}. Asalnya: {sources}" if sources else rupiah(value), 300)
        if value
        else "Kerja sama ini tidak memakai uang.",
        lists=tuple(each for each in lists if each.rows),
    )


def _rows(topics: sheet.Topics, kind: str, party: str) -> list[dict[str, Any]]:
    return [row for row in topics["duties"] if (row["kind"], row["party"]) == (kind, party)]


def _duty(row: dict[str, Any]) -> str:
    due = text.day(row["due"])
    by_when = f", paling lambat {long_date(due)}" if due else f", {row['period']}" if row["period"] else ""
    whole = " seluruhnya" if row["period"] else ""
    amount = int(row["amount"] or 0)
    worth = f", senilai{whole} {rupiah(amount)}" if amount and (whole or not text.named(row["text"], amount)) else ""
    return _short(row["text"].rstrip(" .;"), LONGEST - len(by_when) - len(worth), end="") + f"{by_when}{worth}."


def _sanction(row: dict[str, Any]) -> str:
    return f"{_short(row['breach'], LONGEST // 2, end='')}: {_short(row['sanction'], LONGEST // 2)}"


def _short(said: str, longest: int = LONGEST, end: str = ".") -> str:
    """One row, cut behind a word where it is too long."""
    said = re.sub(r"[ \t\r\n]+", " ", said).strip(" ").rstrip(" .;")  # what keeps Rp and its number together stays
    if len(said) <= longest:
        return f"{said}{end}"
    cut = said[: longest - 2]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut} …"
