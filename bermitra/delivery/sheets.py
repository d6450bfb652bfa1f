"""Tables that go in and out as spreadsheets: the book of money, attendance, activities and applicants."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse

from bermitra.agreements.models import Agreement
from bermitra.deliberation.elements import COMMUNITY, elements
from bermitra.delivery import queries
from bermitra.delivery.handing.rules import CONDITIONS
from bermitra.delivery.models import SEXES, Presence, Training
from bermitra.delivery.rules import ENTRY_LABELS, THEMES
from bermitra.foundation import calendar, money
from bermitra.foundation.documents.uploads import unpacked_size
from bermitra.foundation.regions.tables import Table, open_table
from bermitra.foundation.text import BadInput, _, clean, clean_name, required, shown

MOST_ROWS = 500
LARGEST, LARGEST_UNPACKED = 500_000, 20_000_000  # bytes of an uploaded table
Row = dict[str, Any]


# Out -----------------------------------------------------------------------------------------------------------------


def _book(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """A workbook whose codes are text and whose rupiah are whole numbers."""
    held = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response when it has been sent
    options = {
        "constant_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        sheet, bold = book.add_worksheet("Data"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 18)
        sheet.write_row(0, 0, columns, bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    held.seek(0)
    return FileResponse(held, as_attachment=True, filename=f"{name}.xlsx")


def ledger(agreement: Agreement) -> FileResponse:
    """Every entry, also those that wait, were refused or taken back: the book is whole."""
    columns = (
        "Nomor", "Kode", "Tanggal", "Jenis", "Uraian", "Sumber", "Lewat", "Kegiatan", "Kode rekening", "Nomor bukti",
        "Rupiah", "Keadaan", "Mengoreksi nomor", "Alasan", "Dicatat oleh", "Disetujui oleh",
    )  # fmt: skip
    rows = (
        (
            each.number, each.code, each.on.isoformat(), str(each.get_kind_display()), each.text,
            each.line.source if each.line else "", queries.channel_label(each.channel),
            each.activity.title if each.activity else "", each.budget_code, each.receipt_number,
            -each.amount if each.counter_of_id else each.amount, ENTRY_LABELS[each.state].staff,
            each.counter_of.number if each.counter_of else "", each.reason, each.by_name,
            each.word.by_name if hasattr(each, "word") else "",
        )
        for each in queries.entries_of(agreement).order_by("number")
    )  # fmt: skip
    return _book(f"buku-uang-{agreement.code}", columns, rows)


def attendance(training: Training) -> FileResponse:
    """Participants against days; nothing about who is poor."""
    days = list(training.days.all())
    noted = Presence.objects.filter(day__training=training).values_list("applicant", "day", "present")
    here = {(applicant, day): present for applicant, day, present in noted}
    percents = queries.attendance_percent(training)
    columns = (
        "Kode",
        "Nama",
        "L/P",
        "Dusun",
        *(f"{day.on:%d-%m-%Y} ({day.hours} jam)" for day in days),
        "Persen hadir",
    )
    rows = (
        (
            each.code, each.name, each.sex, each.hamlet,
            *("hadir" if here.get((each.pk, day.pk)) else "tidak" for day in days), percents[each.pk],
        )
        for each in training.applicants.exclude(state__in=("waiting_list", "not_seated", "applied")).order_by("name")
    )  # fmt: skip
    return _book(f"daftar-hadir-{training.code}", columns, rows)


# In ------------------------------------------------------------------------------------------------------------------

APPLICANT_COLUMNS = ("nama", "l/p", "dusun", "unsur", "miskin")
ACTIVITY_COLUMNS = (
    "kegiatan", "tema", "hasil", "satuan", "target", "tempat", "mulai", "selesai", "pelaksana desa", "pelaksana mitra",
    "biaya", "kewajiban", "sumber dana", "pengelola nanti",
)  # fmt: skip


GOODS_COLUMNS = (
    "barang", "jumlah", "satuan", "nilai", "keadaan", "merek", "tempat", "bukti milik", "kode aset", "aset desa",
)  # fmt: skip


def _open(name: str, content: bytes) -> Table:
    """An uploaded table. Raises :class:`BadInput` ``table.large`` before anything is unpacked, and those of ``open_table``.

    The size that a workbook states only spares it the walk: what it really holds is met in a process of its own.
    """
    if len(content) > LARGEST or unpacked_size(content) > LARGEST_UNPACKED or content[:2] == b"\x1f\x8b":
        raise BadInput("table.large", _("Berkas {file} terlalu besar. Unggah tabel paling besar 500 kB."), file=name)
    return open_table(name, content, uploaded=True)


def read_applicants(name: str, content: bytes) -> list[Row]:
    """Rows of applicants. Raises :class:`BadInput` naming the first row that cannot be read."""
    table = _open(name, content)
    _wants(table, APPLICANT_COLUMNS[:3])
    return _rows(table, _applicant)


def read_activities(name: str, content: bytes, *, duties: Iterable[int], lines: Iterable[int]) -> list[Row]:
    """Rows of activities; ``duties`` and ``lines`` are the numbers that the agreement knows."""
    table = _open(name, content)
    _wants(table, ACTIVITY_COLUMNS[:11])
    known_duties, known_lines = frozenset(duties), frozenset(lines)
    return _rows(table, lambda cell: _activity(cell, known_duties, known_lines))


def read_goods(name: str, content: bytes, *, to_village: bool) -> list[Row]:
    """Rows of a handing over; only what goes ``to_village`` can become its asset."""
    table = _open(name, content)
    _wants(table, GOODS_COLUMNS[:5])
    return _rows(table, lambda cell: _goods(cell, to_village))


def _goods(cell: Mapping[str, str], to_village: bool) -> Row:
    for_village = cell.get("aset desa", "").strip().casefold() in ("ya", "y", "1", "x")
    if for_village and not to_village:
        raise BadInput(
            "cell.asset", _("Kolom aset desa: barang yang diserahkan desa tidak menjadi aset desa. Kosongkan.")
        )
    said = required(cell["keadaan"], limit=40).casefold()
    condition = next((code for code, words in CONDITIONS.items() if said == words.casefold()), "")
    return {
        "name": required(cell["barang"], limit=160),
        "quantity": measure(_of_a_spreadsheet(cell["jumlah"])),
        "unit": required(cell["satuan"], limit=20),
        "value": money.parse_rupiah(required(cell["nilai"], limit=40), allow_zero=True),
        "condition": _one_of(condition, CONDITIONS, "keadaan", ", ".join(CONDITIONS.values())),
        "make": clean(cell.get("merek", ""), limit=160),
        "place": clean(cell.get("tempat", ""), limit=120),
        "proof": clean(cell.get("bukti milik", ""), limit=120),
        "item_code": clean(cell.get("kode aset", ""), limit=40),
        "for_village": for_village,
    }


def measure(typed: str) -> Decimal:
    """How much of something, with at most two decimals. Raises :class:`BadInput` ``measure.range`` and those of money."""
    found = money.parse_quantity(typed)
    if not 0 < found < 10**12:
        raise BadInput("measure.range", _("Jumlah {value} tidak mungkin. Isi lebih dari 0."), value=shown(typed))
    return found


def _of_a_spreadsheet(typed: str) -> str:
    """A number cell writes 2.5 where people here write 2,5; three decimals stay what they are, for they may be thousands."""
    return typed.replace(".", ",") if re.fullmatch(r"[0-9]+\.[0-9]{1,2}", typed.strip()) else typed


def _applicant(cell: Mapping[str, str]) -> Row:
    return {
        "name": clean_name(cell["nama"], limit=120),
        "sex": _one_of(cell["l/p"].upper()[:1], SEXES, "l/p", "L atau P"),
        "hamlet": required(cell["dusun"], limit=60),
        "element": _element(cell.get("unsur", "")),
        "poor": cell.get("miskin", "").strip().casefold() in ("ya", "y", "1", "x", "miskin"),
    }


def _element(typed: str) -> str:
    wanted = clean(typed, limit=80).casefold()
    if not wanted:
        return ""
    for code, element in elements().items():
        if code in COMMUNITY and wanted in (code, element.id.casefold()):
            return code
    raise BadInput(
        "cell.element", _("Unsur {value} tidak dikenal. Kosongkan, atau tulis seperti di daftar."), value=typed[:40]
    )


def _activity(cell: Mapping[str, str], duties: frozenset[int], lines: frozenset[int]) -> Row:
    starts, ends = _day(cell["mulai"]), _day(cell["selesai"])
    if ends < starts:
        raise BadInput("cell.order", _("Tanggal selesai mendahului tanggal mulai. Perbaiki salah satunya."))
    return {
        "title": required(cell["kegiatan"], limit=200),
        "theme": _theme(cell["tema"]),
        "output": required(cell["hasil"], limit=200),
        "unit": required(cell["satuan"], limit=40),
        "target": whole(cell["target"]),
        "place": clean(cell["tempat"], limit=120),
        "starts": starts,
        "ends": ends,
        "lead_village": clean(cell["pelaksana desa"], limit=120),
        "lead_partner": clean(cell["pelaksana mitra"], limit=120),
        "cost": money.parse_rupiah(cell["biaya"], allow_zero=True) if cell["biaya"].strip() else 0,
        "obligations": _numbers(cell.get("kewajiban", ""), duties),
        "funding": _funding(cell.get("sumber dana", ""), lines),
        "owner_after_end": clean(cell.get("pengelola nanti", ""), limit=200),
        "lasting": bool(cell.get("pengelola nanti", "").strip()),
    }


def _theme(typed: str) -> str:
    wanted = required(typed, limit=80).casefold()
    for code, name in THEMES.items():
        if wanted in (code, name.casefold()) or name.casefold().startswith(wanted):
            return code
    raise BadInput(
        "cell.theme",
        _("Tema {value} tidak dikenal. Pilih: {themes}."),
        value=typed[:40],
        themes="; ".join(THEMES.values()),
    )


def whole(typed: str) -> int:
    """A whole number from one up. Raises :class:`BadInput` ``number.whole``."""
    figures = required(typed, limit=20)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", figures):  # a dot parts thousands; 1.5 is no whole number
        figures = figures.replace(".", "")
    if not (figures.isascii() and figures.isdigit()) or not 0 < int(figures) < 10**9:
        raise BadInput(
            "number.whole", _("“{value}” bukan bilangan bulat. Tulis angka saja, mulai dari 1."), value=typed[:20]
        )
    return int(figures)


def _day(typed: str) -> date:
    """A day as it is written, or as a spreadsheet gives it (with an hour behind)."""
    return calendar.parse_date(typed.split(" 00:00:00")[0], earliest=date(2000, 1, 1), latest=date(2100, 12, 31))


def _numbers(typed: str, known: frozenset[int]) -> list[int]:
    found = [whole(each) for each in typed.replace(";", ",").split(",") if each.strip()]
    if unknown := [each for each in found if each not in known]:
        raise BadInput("cell.duty", _("Tidak ada kewajiban nomor {number} dalam perjanjian ini."), number=unknown[0])
    return found


def _funding(typed: str, known: frozenset[int]) -> dict[int, int]:
    """``1: 5.000.000; 2: 250 ribu``: the number of the source and rupiah."""
    found: dict[int, int] = {}
    for part in filter(None, (each.strip() for each in typed.split(";"))):
        number, _colon, amount = part.partition(":")
        if whole(number) not in known:
            raise BadInput(
                "cell.source",
                _("Tidak ada sumber dana nomor {number} dalam perjanjian ini."),
                number=number.strip()[:9],
            )
        found[whole(number)] = money.parse_rupiah(amount)
    return found


def _one_of(typed: str, known: Mapping[str, Any], column: str, example: str) -> str:
    if typed not in known:
        raise BadInput("cell.choice", _("Kolom {column}: tulis {example}."), column=column, example=example)
    return typed


def _wants(table: Table, columns: Sequence[str]) -> None:
    if missing := [name for name in columns if name not in table.header]:
        raise BadInput(
            "table.columns", _("Kolom {column} tidak ada. Baris pertama harus memuat nama kolom."), column=missing[0]
        )


def _rows(table: Table, read: Callable[[Mapping[str, str]], Row]) -> list[Row]:
    found: list[Row] = []
    for number, cells in table.numbered():
        if not any(cell.strip() for cell in cells):
            continue
        if len(found) == MOST_ROWS:
            raise BadInput(
                "table.long", _("Tabel lebih dari {most} baris. Bagi menjadi beberapa berkas."), most=MOST_ROWS
            )
        try:
            found.append(read(dict(zip(table.header, [*cells, *[""] * len(table.header)], strict=False))))
        except BadInput as bad:
            raise BadInput("table.row", _("Baris {row}: {said}"), row=number, said=str(bad)) from bad
    if not found:
        raise BadInput("table.empty", _("Tabel ini belum berisi baris. Isi mulai dari baris kedua."))
    return found
