"""Lists of villages as files: exactly the rows of the page they are offered on, all of its pages."""

from __future__ import annotations

import csv as tables
import io
import tempfile
from collections.abc import Iterable, Iterator

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from bermitra.foundation.regions.models import Region
from bermitra.portal.villages import Row, all_rows, score

COLUMNS = (
    "Kode", "Nama", "Jenis", "Kecamatan", "Kabupaten/Kota", "Provinsi", "Tahun indeks", "IKS", "IKE", "IKL", "IDM", "Status",
)  # fmt: skip


def csv(place: Region | None) -> StreamingHttpResponse:
    """UTF-8 with a byte order mark and semicolons, as a spreadsheet in Indonesia opens it."""
    response = StreamingHttpResponse(_lines(all_rows(place)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(place)}.csv"'
    return response


def xlsx(place: Region | None) -> FileResponse:
    """A workbook whose codes are text, so that no zero is eaten."""
    held = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response when it has been sent
    with xlsxwriter.Workbook(held, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet, bold = book.add_worksheet("Desa"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 5, 20)
        sheet.write_row(0, 0, COLUMNS, bold)
        for number, row in enumerate(all_rows(place), 1):
            sheet.write_row(number, 0, _cells(row, as_numbers=True))
    held.seek(0)
    return FileResponse(held, as_attachment=True, filename=f"{_name(place)}.xlsx")


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """A few hundred lines at a time: a chunk a line would cost more than the line."""
    out = io.StringIO()
    write = tables.writer(out, delimiter=";", lineterminator="\r\n")
    write.writerow(COLUMNS)
    start = "\ufeff"
    for number, row in enumerate(rows, 1):
        write.writerow(_cells(row, as_numbers=False))
        if number % 500 == 0:
            yield start + out.getvalue()
            start = ""
            out.seek(0)
            out.truncate()
    yield start + out.getvalue()


def _cells(row: Row, *, as_numbers: bool) -> list[str | float | int | None]:
    above = {each.level: each.name for each in row.path}
    cells: list[str | float | int | None] = [
        row.village.code, row.village.name, row.village.get_kind_display(), above.get(3), above.get(2), above.get(1),
    ]  # fmt: skip
    index = row.index
    if index is None:
        return [*cells, *[None] * 6]
    parts = (index.iks, index.ike, index.ikl, index.idm)
    figures = [None if each is None else each / 10_000 for each in parts] if as_numbers else [score(p) for p in parts]
    return [*cells, index.year, *figures, index.status_published]


def _name(place: Region | None) -> str:
    return f"desa-{place.code if place else 'indonesia'}-{timezone.localdate():%Y%m%d}"
