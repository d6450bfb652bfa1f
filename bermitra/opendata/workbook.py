"""A workbook of many sheets, written row by row: codes are text, so that no zero is eaten, and no text is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

import xlsxwriter

from bermitra.foundation.documents.sheets import Cell

OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
WIDEST, NARROWEST = 48, 9  # letters of a column
LONGEST = 32_767  # letters of a cell, as the format has it


@dataclass(frozen=True)
class Page:
    """One sheet: its name (at most 31 letters), the heads of its columns, and its rows as they come."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def fill(held: IO[bytes], pages: Iterable[Page]) -> dict[str, int]:
    """Write the sheets one after the other, row by row; says how many rows each has."""
    counts: dict[str, int] = {}
    with xlsxwriter.Workbook(held, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        for page in pages:
            sheet = book.add_worksheet(page.name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(page.columns):
                sheet.set_column(place, place, min(max(len(column) + 4, NARROWEST), WIDEST))
            sheet.write_row(0, 0, page.columns, bold)
            counts[page.name] = 0
            for number, row in enumerate(page.rows, 1):
                sheet.write_row(number, 0, [_cell(each) for each in row])
                counts[page.name] = number
    return counts


def _cell(cell: Cell) -> Cell:
    return cell[:LONGEST] if isinstance(cell, str) else cell
