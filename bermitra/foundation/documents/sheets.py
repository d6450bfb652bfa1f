"""Lists as files: exactly the rows of the page they are offered on, all of its pages."""

from __future__ import annotations

import csv as tables
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext

from bermitra.foundation.text import inert

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


def csv(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """UTF-8 with a byte order mark and semicolons, as a spreadsheet in Indonesia opens it."""
    response = StreamingHttpResponse(_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A few hundred lines at a time: a chunk a line would cost more than the line."""
    out = io.StringIO()
    write = tables.writer(out, delimiter=";", lineterminator="\r\n")
    write.writerow([gettext(each) for each in columns])
    start = "\ufeff"
    for number, row in enumerate(rows, 1):
        write.writerow([_plain(cell) for cell in row])
        if number % 500 == 0:
            yield start + out.getvalue()
            start = ""
            out.seek(0)
            out.truncate()
    yield start + out.getvalue()


def _plain(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula stays a text."""
    return inert(cell) if isinstance(cell, str) else cell
