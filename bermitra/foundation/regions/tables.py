"""Tables as people have them: CSV in the usual dialects, gzip, XLSX. Refused by a sentence where they cannot be read.

Pure Python, no Django.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bermitra.foundation.documents.uploads import read_workbook
from bermitra.foundation.text import BadInput, _, shown

BIGGEST = 200_000_000  # bytes after unpacking: thirty times the whole country
MOST_ROWS = 1_000_000  # rows of one table


@dataclass(frozen=True)
class Refused:
    """One row that was not taken, and why. ``row`` counts as a spreadsheet does: the header is row 1."""

    file: str
    row: int
    value: str
    reason: str


@dataclass(frozen=True)
class Table:
    """The header, lower case, and the rows behind it with the number of the first; every cell is text."""

    name: str
    header: tuple[str, ...]
    rows: Iterable[list[str]]
    first: int

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        return enumerate(self.rows, self.first)

    def column(self, *names: str) -> int | None:
        """Where the first of ``names`` stands, None where there is none of them."""
        return next((self.header.index(name) for name in names if name in self.header), None)


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises :class:`BadInput` ``file.missing``, ``file.empty``, ``file.large``."""
    try:
        if path.stat().st_size > BIGGEST:
            raise _too_large(path.name)
        content = path.read_bytes()
    except OSError:
        raise BadInput(
            "file.missing",
            _("Berkas {file} tidak dapat dibuka. Periksa nama dan tempatnya."),
            file=shown(str(path), 80),
        ) from None
    if not content:
        raise BadInput("file.empty", _("Berkas {file} kosong. Unduh ulang berkas itu."), file=path.name)
    return content


def open_table(name: str, content: bytes, *, uploaded: bool = False) -> Table:
    """Read a CSV (plain or gzip) or XLSX table; ``name`` is only for sentences, the content decides.

    ``uploaded``: it comes over the web, so a workbook is laid out in a process of its own and never in this one
    (``uploads.read_workbook``, whose refusals come on top); whoever runs the console may fill his own memory.

    Takes UTF-8 with or without mark, UTF-16 with mark, and commas, semicolons or tabs, with or without a ``sep=`` line.
    Raises :class:`BadInput` ``file.cut``, ``file.large``, ``file.kind``, ``file.encoding``, ``file.header``.
    """
    if content[:2] == b"\x1f\x8b":
        content = _unpacked(name, content)
    if content[:4] == b"PK\x03\x04":
        rows: Iterator[Any] = iter(read_workbook(content, name)) if uploaded else _laid_out(name, content)
        header = tuple(_cell(cell).strip().lower() for cell in next(rows, []))
        if not any(header):
            raise _no_rows(name)
        return Table(name, header, map(_texts, rows), 2)
    if content[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG") or content[:3] == b"\xff\xd8\xff":
        raise BadInput("file.kind", _("Berkas {file} bukan tabel. Pilih berkas CSV atau XLSX."), file=name)
    return _lines(name, _decoded(name, content))


def _unpacked(name: str, content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            content = packed.read(BIGGEST + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise BadInput(
            "file.cut", _("Berkas {file} terpotong atau rusak. Unduh ulang berkas itu."), file=name
        ) from None
    if len(content) > BIGGEST:
        raise _too_large(name)
    return content


def _decoded(name: str, content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        value = content[error.start : error.start + 1].hex().upper()
        raise BadInput(
            "file.encoding",
            _("Berkas {file} bukan UTF-8: bita {value} di baris {row}. Simpan ulang sebagai CSV UTF-8."),
            file=name,
            value=value,
            row=row,
        ) from None
    if "\0" in text:
        raise BadInput("file.kind", _("Berkas {file} bukan tabel. Pilih berkas CSV atau XLSX."), file=name)
    return text


def _lines(name: str, text: str) -> Table:
    start, first = 0, 2
    separator = ""
    if text[:4].lower() == "sep=":
        separator, start, first = text[4:5], text.find("\n") + 1, 3
    end = text.find("\n", start)
    head = text[start:] if end < 0 else text[start:end]
    if separator not in (",", ";", "\t"):
        separator = max(",;\t", key=head.count)
    source = io.StringIO(text, newline="")
    source.seek(start)
    rows = _csv_rows(name, csv.reader(source, delimiter=separator))
    header = tuple(cell.strip().lower() for cell in next(rows, []))
    if end < 0 or not any(header):
        raise _no_rows(name)
    return Table(name, header, rows, first)


def _csv_rows(name: str, rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The header comes through here too: a quote that is never closed makes one endless cell of it."""
    try:
        yield from rows
    except csv.Error:
        raise BadInput(
            "file.cut", _("Berkas {file} rusak di sekitar baris {row}. Unduh ulang berkas itu."), file=name,
            row=rows.line_num,  # type: ignore[attr-defined]
        ) from None  # fmt: skip


def _laid_out(name: str, content: bytes) -> Iterator[list[Any]]:
    import python_calamine  # 10 MB of memory that only a spreadsheet is worth

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
    except (python_calamine.CalamineError, IndexError, OSError):
        raise BadInput(
            "file.cut", _("Berkas {file} terpotong atau rusak. Unduh ulang berkas itu."), file=name
        ) from None
    if sheet.total_height > MOST_ROWS:
        raise _too_large(name)
    return iter(sheet.iter_rows())


_ONLY_TEXT = {str}


def _texts(row: list[Any]) -> list[str]:
    return row if set(map(type, row)) == _ONLY_TEXT else list(map(_cell, row))


def _cell(cell: Any) -> str:
    """A cell as its text; a whole number loses the ``.0`` that a spreadsheet's number type adds."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return str(cell)


def _no_rows(name: str) -> BadInput:
    return BadInput("file.header", _("Berkas {file} tidak berisi baris. Unduh ulang berkas itu."), file=name)


def _too_large(name: str) -> BadInput:
    return BadInput("file.large", _("Berkas {file} lebih besar dari 200 MB. Pilih berkas yang benar."), file=name)
