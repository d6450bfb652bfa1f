"""Tables that an officer fills in and hands over: the empty form, its rows as typed, and back with what is to be mended.

Between the page that shows what was understood and the one that saves it, the rows travel in the officer's own form, signed
and packed: nothing of them is kept here before somebody has said yes.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import xlsxwriter
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import REQUIRED, say
from bermitra.foundation.regions.tables import open_table
from bermitra.foundation.text import BadInput, clean
from bermitra.foundation.text import _ as marked

MOST_ROWS = 2_000
LARGEST = 2_000_000  # bytes
GOOD_FOR = 3_600  # seconds between reading and saving


@dataclass(frozen=True)
class Column:
    """``name`` as it stands in the first row; ``example`` fills the empty form's first line. ``others``: how the column is
    called in tables that were made elsewhere. Capitals, signs and ``tgl`` for ``tanggal`` make no difference."""

    name: str
    example: str = ""
    required: bool = False
    says: str = ""  # for the second sheet of the empty form, marked
    others: tuple[str, ...] = ()

    @property
    def heads(self) -> list[str]:
        return [plain_head(each) for each in (self.name, *self.others)]


_SHORT = ((r"\btgl\b", "tanggal"), (r"\bno\b", "nomor"), (r"\bkerjasama\b", "kerja sama"), (r"&", " dan "))


def plain_head(typed: str) -> str:
    """A head as it is compared: ``Nomor & tgl perjanjian/PKS`` is ``nomor dan tanggal perjanjian pks``."""
    plain = typed.lower()
    for short, long in _SHORT:
        plain = re.sub(short, long, plain)
    return " ".join(re.sub(r"[^\w]+|_", " ", plain).split())


@dataclass(frozen=True)
class Sheet:
    """An uploaded table: its rows as typed, by the number a spreadsheet gives them, and the fingerprint of the file."""

    name: str
    sha256: str
    rows: tuple[tuple[int, dict[str, str]], ...]

    def packed(self, salt: str) -> str:
        return signing.dumps([self.name, self.sha256, self.rows], salt=salt, compress=True)

    @classmethod
    def unpacked(cls, text: str, salt: str) -> Sheet:
        """Raises ``signing.BadSignature`` for what was not packed here, or more than an hour ago."""
        name, digest, rows = signing.loads(text, salt=salt, max_age=GOOD_FOR)
        return cls(name, digest, tuple((number, cells) for number, cells in rows))


@dataclass
class Wrong:
    """What is to be mended in one row, by column."""

    row: int
    cells: dict[str, str]
    found: list[tuple[str, str]] = field(default_factory=list)

    @property
    def says(self) -> str:
        return " ".join(sentence for _column, sentence in self.found)


def read(name: str, content: bytes, columns: Sequence[Column]) -> Sheet:
    """The rows of an uploaded XLSX or CSV that are not empty; a column may stand anywhere, and others beside it.

    Raises :class:`BadInput` ``table.large``, ``table.columns``, ``table.long``, ``table.empty`` and those of ``open_table``.
    """
    if len(content) > LARGEST or content[:2] == b"\x1f\x8b":
        raise BadInput("table.large", marked("Berkas {file} terlalu besar. Unggah tabel paling besar 2 MB."), file=name)
    table = open_table(name, content, uploaded=True)
    header = [plain_head(each) for each in table.header]
    known = _heads_of(header, columns)
    if missing := [each.name for each in columns if each.required and each.name not in known.values()]:
        raise BadInput(
            "table.columns", marked("Kolom {column} tidak ada. Pakai formulir yang dapat diunduh."), column=missing[0]
        )
    rows: list[tuple[int, dict[str, str]]] = []
    for number, cells in table.numbered():
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) == MOST_ROWS:
            raise BadInput(
                "table.long", marked("Tabel lebih dari {most} baris. Bagi menjadi beberapa berkas."), most=MOST_ROWS
            )
        held = zip(header, cells, strict=False)
        rows.append((number, {known[head]: cell.removesuffix(" 00:00:00") for head, cell in held if head in known}))
    if not rows:
        raise BadInput("table.empty", marked("Tabel ini belum berisi baris. Isi mulai dari baris kedua."))
    return Sheet(name, sha256(content).hexdigest(), tuple(rows))


def _heads_of(header: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    """The name of the column for each head of the table that is known; its own name goes before what it is called elsewhere."""
    found: dict[str, str] = {}
    for column in columns:
        head = next((each for each in column.heads if each in header and each not in found), None)
        if head is not None:
            found[head] = column.name
    return found


class TableField(forms.FileField):
    """An uploaded table; its value is a :class:`Sheet`."""

    widget = forms.FileInput(attrs={"accept": ".xlsx,.csv"})

    def __init__(self, *, columns: Sequence[Column], **kwargs: Any):
        self.columns = columns
        kwargs.setdefault("help_text", _("Excel (.xlsx) atau CSV, paling besar 2 MB dan 2.000 baris."))
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Sheet:
        upload = super().clean(data, initial)
        try:
            return read(upload.name or "", upload.read(LARGEST + 1), self.columns)
        except BadInput as bad:
            raise ValidationError(say(bad), code=bad.code) from bad


class HeldTable(forms.Form):
    """The table that was read, back from the page that showed it. Its own form says the salt, and what leaving out means."""

    salt = ""
    held = forms.CharField(widget=forms.HiddenInput)

    def clean_held(self) -> Sheet:
        try:
            return Sheet.unpacked(self.cleaned_data["held"], self.salt)
        except signing.BadSignature:
            raise ValidationError(
                gettext("Pratinjau ini sudah lebih dari satu jam. Unggah tabelnya sekali lagi."), code="old"
            ) from None


class Typed:
    """One row as it was typed, and what was found wrong in it."""

    def __init__(self, number: int, cells: dict[str, str]):
        self.cells, self.wrong = cells, Wrong(number, cells)

    def try_(self, column: str, parse: Callable[[str], Any]) -> Any:
        """The value of a cell, ``None`` where it cannot be read; without a word."""
        try:
            return parse(self.cells.get(column, ""))
        except BadInput:
            return None

    def get(self, column: str, parse: Callable[[str], Any], empty: Any = None, *, optional: bool = False) -> Any:
        """The value of a cell, ``empty`` for an optional one that is; what cannot be read is noted with its remedy."""
        typed = self.cells.get(column, "")
        try:
            return empty if optional and not clean(typed, limit=10_000) else parse(typed)
        except BadInput as bad:
            self.bad(column, say(bad))
            return empty

    def bad(self, column: str, sentence: str) -> None:
        self.wrong.found.append((column, f"{column}: {sentence}"))


def empty_form(name: str, columns: Sequence[Column], choices: Mapping[str, Sequence[str]]) -> FileResponse:
    """The table to fill in: columns that keep what is typed as text, lists to choose from, and a sheet that explains."""
    held = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response when it has been sent
    with xlsxwriter.Workbook(held, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Isian")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 22, text)
        for place, column in enumerate(columns):
            sheet.write(0, place, column.name, bold)
            if column.name in choices:
                sheet.data_validation(
                    1, place, MOST_ROWS, place, {"validate": "list", "source": list(choices[column.name])}
                )
        guide = book.add_worksheet("Petunjuk")
        guide.set_column(0, 2, 40)
        guide.write_row(0, 0, [gettext("Kolom"), gettext("Cara mengisi"), gettext("Contoh")], bold)
        for row, column in enumerate(columns, 1):
            filled = gettext("Wajib.") if column.required else gettext("Boleh kosong.")
            says = f"{filled} {gettext(column.says)}" if column.says else filled
            guide.write_row(row, 0, [column.name, says, column.example])
    return _handed(held, name)


def to_mend(name: str, columns: Sequence[Column], wrong: Iterable[Wrong]) -> FileResponse:
    """The rows that were not taken, as typed, each with what to do; mended, they can be handed over again."""
    held = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response when it has been sent
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Perbaikan")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 22, text)
        sheet.set_column(len(columns), len(columns) + 1, 60)
        heads = [each.name for each in columns]
        sheet.write_row(0, 0, [*heads, gettext("baris semula"), gettext("yang perlu diperbaiki")], bold)
        for row, each in enumerate(wrong, 1):
            sheet.write_row(row, 0, [*(each.cells.get(head, "") for head in heads), each.row, each.says])
    return _handed(held, name)


def _handed(held: Any, name: str) -> FileResponse:
    held.seek(0)
    return FileResponse(held, as_attachment=True, filename=f"{name}.xlsx")
