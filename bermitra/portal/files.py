"""Lists as files: exactly the rows of the page they are offered on, all of its pages."""

from __future__ import annotations

import csv as tables
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils.translation import gettext

from bermitra.foundation.documents.sheets import Cell, xlsx
from bermitra.foundation.text import inert

__all__ = ["csv", "xlsx"]


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
