"""An uploaded table as rows of values: every cell that cannot be taken is told by row, column, value and what to do.

Takes what real tables look like: a title above the header, a header in two lines, a line of column numbers, a name that
stands only in the first row of its group, and a sum at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bermitra.foundation.documents.uploads import read_workbook, unpacked_size
from bermitra.foundation.regions.tables import open_table
from bermitra.foundation.text import BadInput, _, clean, shown

MOST_ROWS = 1_000
LARGEST, LARGEST_UNPACKED = 1_000_000, 20_000_000  # bytes of an uploaded table
HEADER_WITHIN = 15  # rows from the top in which the header is looked for
NUMBERING = {"no", "nomor", "nr", "urut"}  # words of columns that only count the rows
SUMS = ("jumlah", "total", "sub total", "subtotal", "sub jumlah", "jumlah total", "grand total")
BROKEN = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")

Values = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Column:
    """A column by the name it gets in our own tables and the names that it has elsewhere, as ``_key`` writes them."""

    name: str
    heading: str
    others: tuple[str, ...] = ()
    needed: bool = False
    carried: bool = False  # an empty cell says the same as the one above

    @property
    def keys(self) -> tuple[str, ...]:
        return (_key(self.heading), *self.others)


@dataclass(frozen=True)
class Wrong:
    """One cell that was not taken. ``row`` counts as the spreadsheet does."""

    row: int
    column: str
    value: str
    says: str
    values: dict[str, object]


@dataclass
class Reading:
    """What a table holds: rows with their numbers, what was wrong, the rows that are no rows (sums, numbers), and the columns
    that nobody knows, each with the heading that it may mean."""

    rows: list[tuple[int, Values]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    passed_by: list[int] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)

    @property
    def values(self) -> list[Values]:
        return [values for _number, values in self.rows]


class Cells:
    """The cells of one row by the name of their column; what cannot be read is noted, and the rest read on."""

    def __init__(self, number: int, held: dict[str, str], headings: dict[str, str], wrong: list[Wrong]):
        self.number, self._held, self._headings, self._wrong = number, held, headings, wrong

    def has(self, name: str) -> bool:
        """Whether the table has this column, be the cell empty or not."""
        return name in self._held

    def text(self, name: str) -> str:
        return self._held.get(name, "")

    def take(self, name: str, parse: Callable[[str], T], empty: T, *, needed: bool = False) -> T:
        """What ``parse`` makes of the cell; ``empty`` for an empty one, and after an error was noted."""
        typed = self.text(name)
        try:
            if BROKEN.fullmatch(typed.strip()):
                raise BadInput("cell.formula", _("Rumus di sel ini galat. Tulis nilainya."))
            if clean(typed, multiline=True):
                return parse(typed)
            if needed:
                raise BadInput("cell.empty", _("Sel ini kosong. Isi, atau hapus barisnya."))
            return empty
        except BadInput as bad:
            self.refuse(name, bad)
            return empty

    def needed(self, name: str, parse: Callable[[str], T], empty: T) -> T:
        """As :meth:`take`, but an empty cell is noted too, one of unseen marks as well."""
        return self.take(name, parse, empty, needed=True)

    def refuse(self, name: str, bad: BadInput) -> None:
        heading = self._headings.get(name, name)
        self._wrong.append(Wrong(self.number, heading, shown(self.text(name)), bad.message, dict(bad.values)))


def read_rows(
    name: str, content: bytes, columns: Sequence[Column], row_of: Callable[[Cells], Values], filled: str
) -> Reading:
    """Every row below the header. A row whose ``filled`` column is empty and that begins with a word for a sum is passed by.

    Raises :class:`BadInput` ``table.large``, ``table.columns``, ``table.long``, ``table.empty`` and those of
    ``open_table`` and ``read_workbook``.
    """
    lines = _lines(name, content)
    at, places = _header(lines, columns)
    headings = {each.name: each.heading for each in columns}
    carried = [each.name for each in columns if each.carried]
    found, last = Reading(unknown=_unknown(lines[at - 1], places, columns)), dict.fromkeys(carried, "")
    for number, cells in enumerate(lines[at:], at + 1):
        held = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        if not any(held.values()):
            continue
        if _is_a_sum(cells, held[filled]) or _counts_columns(cells):
            found.passed_by.append(number)
            continue
        for name in carried:
            last[name] = held[name] = held.get(name) or last[name]
        if len(found.rows) == MOST_ROWS:
            raise BadInput(
                "table.long", _("Tabel lebih dari {most} baris. Bagi menjadi beberapa berkas."), most=MOST_ROWS
            )
        found.rows.append((number, row_of(Cells(number, held, headings, found.wrong))))
    if not found.rows:
        raise BadInput("table.empty", _("Tabel ini belum berisi baris. Isi mulai di bawah baris judul kolom."))
    return found


def words(limit: int) -> Callable[[str], str]:
    """Parses one line of at most so many letters."""
    return lambda typed: clean(typed, limit=limit)


def twice(found: Reading, name: str, key: Callable[[Values], Any], column: str) -> None:
    """Note every row whose ``key`` an earlier row has as well; keys that are empty are not compared."""
    first: dict[Any, int] = {}
    for number, values in found.rows:
        said = key(values)
        if not said:
            continue
        if said in first:
            row = first[said]
            found.wrong.append(
                Wrong(number, column, shown(str(values[name])), _("Sudah ada di baris {row}. Hapus salah satunya."), {"row": row})
            )  # fmt: skip
        first.setdefault(said, number)


def _lines(name: str, content: bytes) -> list[list[str]]:
    if len(content) > LARGEST or content[:2] == b"\x1f\x8b" or unpacked_size(content) > LARGEST_UNPACKED:
        raise BadInput("table.large", _("Berkas {file} terlalu besar. Unggah tabel paling besar 1 MB."), file=name)
    if content[:4] == b"PK\x03\x04":
        return [[_cell(cell) for cell in row] for row in read_workbook(content, name)]
    table = open_table(name, content, uploaded=True)
    before: list[list[str]] = [[] for _line in range(table.first - 2)]
    return [*before, list(table.header), *table.rows]


def _cell(cell: str | float) -> str:
    """A number as an Indonesian writes it: whole ones without a point, others with a comma."""
    if isinstance(cell, str):
        return cell
    if cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return repr(cell).replace(".", ",")


def _header(lines: Sequence[Sequence[str]], columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """Where the rows begin, and where each column stands. A header of two lines is read as one."""
    best: dict[str, int] = {}
    for at in range(min(HEADER_WITHIN, len(lines))):
        below = lines[at + 1] if at + 1 < len(lines) else ()
        one, two = _places(lines[at], (), columns), _places(lines[at], below, columns)
        places, begin = (two, at + 2) if len(two) > len(one) > 1 else (one, at + 1)
        if all(each.name in places for each in columns if each.needed):
            return begin, places
        best = max(best, places, key=len)
    missing = next(each.heading for each in columns if each.needed and each.name not in best)
    raise BadInput(
        "table.columns", _("Kolom {column} tidak ada. Pakai judul kolom seperti pada contoh tabel."), column=missing
    )


def _places(upper: Sequence[str], lower: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    wide = max(len(upper), len(lower))
    above, under = ([_key(cell) for cell in line] + [""] * (wide - len(line)) for line in (upper, lower))
    keys = [below or over for over, below in zip(above, under, strict=True)]
    return {each.name: keys.index(key) for each in columns for key in each.keys if key in keys}


def _unknown(header: Sequence[str], places: dict[str, int], columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Headings that no column took, counting columns aside, and the free column that has one of their words."""
    free = [each for each in columns if each.name not in places]
    told = [(cell, set(_key(cell).split())) for place, cell in enumerate(header) if place not in places.values()]
    return [
        (shown(cell), next((each.heading for each in free if said & set(_key(each.heading).split())), ""))
        for cell, said in told
        if said and not said & NUMBERING
    ]


def _key(heading: str) -> str:
    """A heading as it is compared: ``Nama_Kegiatan`` and ``NAMA KEGIATAN *`` are one."""
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


def _is_a_sum(cells: Iterable[str], filled: str) -> bool:
    words = [_key(cell) for cell in (filled, *cells) if cell.strip()]
    return bool(words) and any(word in SUMS for word in words[:2])


def _counts_columns(cells: Sequence[str]) -> bool:
    """The line "1 2 3 4 …" under a header."""
    said = [cell.strip() for cell in cells if cell.strip()]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]
