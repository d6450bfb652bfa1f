"""Workbooks as a clerk hands them over: every cell as typed, a number where a number is given, as a spreadsheet keeps it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter

from bermitra.foundation.regions.tables import open_table
from bermitra.foundation.regions.workbooks import Column

Row = Mapping[str, Any]


def xlsx(columns: Iterable[Column], rows: Iterable[Row]) -> bytes:
    """The first row names the columns; a row that lacks one leaves its cell empty."""
    names = [each.name for each in columns]
    held = io.BytesIO()
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        sheet, days = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, names)
        for number, row in enumerate(rows, 1):
            for name, value in row.items():
                if hasattr(value, "year"):
                    sheet.write_datetime(number, names.index(name), value, days)
                else:
                    sheet.write(number, names.index(name), value)
    return held.getvalue()


def cells(content: bytes) -> list[list[str]]:
    """All rows of the first sheet of a workbook, its header first."""
    table = open_table("kembali.xlsx", content)
    return [list(table.header), *table.rows]
