"""Lists as workbooks: exactly the rows of the page they are offered on, all of its pages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext

Cell = str | float | int | None


def xlsx(name: str, sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    """A workbook whose codes are text, so that no zero is eaten, and in which no text is a formula."""
    held = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response when it has been sent
    options = {
        "constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(held, options) as book:
        page, bold = book.add_worksheet(sheet), book.add_format({"bold": True})
        page.freeze_panes(1, 0)
        page.set_column(0, len(columns) - 1, 20)
        page.write_row(0, 0, [gettext(each) for each in columns], bold)
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row)
    held.seek(0)
    return FileResponse(held, as_attachment=True, filename=f"{name}.xlsx")
