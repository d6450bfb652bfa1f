"""The table in which a hamlet's meeting writes down what it asks for: a row for each request, with who said it and how many.

Rows of one title and sector are one need; each row that says how many people is a voice. Read here, and written again in the same
columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bermitra.deliberation.elements import elements
from bermitra.foundation.text import BadInput, _, required, shown, undotted
from bermitra.needs.catalogue import sectors
from bermitra.needs.models import Need, Voice
from bermitra.registry.tables.plan_lines import day
from bermitra.registry.tables.reading import Cells, Column, Reading, Values, read_rows, words

COLUMNS = (
    Column("title", "kebutuhan", ("usulan", "judul", "kebutuhan warga", "masalah", "usulan kegiatan"), needed=True),
    Column("sector", "bidang", ("bidang kebutuhan", "sektor"), needed=True),
    Column("severity", "berat", ("seberapa berat", "berat 1 5", "tingkat"), needed=True),
    Column("text", "uraian", ("keterangan", "penjelasan")),
    Column("hamlet", "dusun", ("rw", "lingkungan"), carried=True),
    Column("location", "tempat", ("lokasi",)),
    Column("male", "laki_laki", ("l", "pria")),
    Column("female", "perempuan", ("p", "wanita")),
    Column("households", "rumah_tangga", ("kk", "keluarga", "jumlah kk")),
    Column("poor_households", "rumah_tangga_miskin", ("kk miskin", "keluarga miskin")),
    Column("source", "sumber_data", ("sumber",), carried=True),
    Column("people", "jumlah_orang", ("jumlah peserta", "peserta", "banyaknya orang")),
    Column("group", "kelompok", ("unsur", "kelompok warga")),
    Column("heard_on", "tanggal", ("tanggal rembuk", "hari"), carried=True),
    Column("said", "kata_warga", ("suara", "suara warga")),
)
CHOICES = {"berat": ("1", "2", "3", "4", "5")}  # the names of sectors and groups are too long for a list in a cell
# An example and a sentence for the sheet that explains the empty table, by column.
GUIDE: dict[str, tuple[str, str]] = {
    "title": ("Tegalan longsor setiap musim hujan", _("Judul yang sama menjadi satu kebutuhan.")),
    "sector": ("Bencana dan perubahan iklim", _("Nama bidang, atau kata warga: air bersih, jalan desa, longsor.")),
    "severity": ("4", _("1 mengganggu sesekali, 5 membahayakan keselamatan.")),
    "text": ("Tanah miring, setiap hujan besar hilang satu meter.", ""),
    "hamlet": ("Wetan", _("Sel kosong mengikuti baris di atasnya.")),
    "location": ("RT 03", ""),
    "male": ("141", _("Jumlah saja, tanpa nama.")),
    "female": ("133", _("Jumlah saja, tanpa nama.")),
    "households": ("129", ""),
    "poor_households": ("34", ""),
    "source": ("rembuk dusun 14 Januari 2027", _("Sel kosong mengikuti baris di atasnya.")),
    "people": ("41", _("Berapa orang yang menyuarakannya. Kosong berarti bukan catatan suara.")),
    "group": ("Kelompok tani", _("Unsur masyarakat seperti pada daftar undangan; kosong berarti seluruh dusun.")),
    "heard_on": ("14/01/2027", _("Tanggal rembuk. Sel kosong mengikuti baris di atasnya.")),
    "said": ("Kami takut rumah ikut hanyut.", _("Kata warga sendiri; kosong berarti sama dengan uraian.")),
}


def read_needs(name: str, content: bytes) -> Reading:
    """Rows of values, as :func:`bermitra.needs.actions.import_needs` takes them. Raises what ``read_rows`` raises."""
    return read_rows(name, content, COLUMNS, _row, "title")


def known_by(title: str, sector: str) -> str:
    """Two requests are one need where sector and words are the same, capitals and signs aside."""
    return f"{sector}:{re.sub(r'[^a-z0-9]+', ' ', title.casefold()).strip()}"


def _row(cell: Cells) -> Values:
    row: Values = {
        "title": cell.needed("title", lambda typed: required(typed, limit=200), ""),
        "sector": cell.needed("sector", _sector, ""),
        "severity": cell.needed("severity", _severity, 1),
        "text": cell.take("text", words(5000), ""),
        "hamlet": cell.take("hamlet", words(60), ""),
        "location": cell.take("location", words(120), ""),
        "source": cell.take("source", words(200), ""),
        "people": cell.take("people", _count, 0),
        "group": cell.take("group", _group, ""),
        "heard_on": cell.take("heard_on", day, None),
        "said": cell.take("said", words(5000), ""),
        **{name: cell.take(name, _count, 0) for name in ("male", "female", "households", "poor_households")},
    }
    if row["people"]:
        cell.needed("hamlet", words(60), "")
        cell.needed("heard_on", day, None)
    return row


def _sector(typed: str) -> str:
    """By its name in either language, its code, a word of residents that only one sector has, or a part of one name."""
    key = required(typed).casefold()
    named = [code for code, each in sectors().items() if key in (code, each.id.casefold(), each.en.casefold())]
    said = [code for code, each in sectors().items() if key in {word.casefold() for word in each.words}]
    part = [code for code, each in sectors().items() if key in each.id.casefold()]
    for found in (named, said, part):
        if len(found) == 1:
            return found[0]
    raise BadInput(
        "cell.sector", _("Bidang “{value}” tidak dikenal. Tulis seperti pada halaman Catat kebutuhan."),
        value=shown(typed),
    )  # fmt: skip


def _severity(typed: str) -> int:
    text = typed.strip()
    if text in ("1", "2", "3", "4", "5"):
        return int(text)
    raise BadInput("cell.severity", _("Berat “{value}” bukan 1 sampai 5. Tulis satu angka."), value=shown(typed))


def _count(typed: str) -> int:
    text = undotted(required(typed))
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return int(text)
    raise BadInput("count.form", _("“{value}” bukan jumlah orang. Tulis angka saja, misalnya 41."), value=shown(typed))


def _group(typed: str) -> str:
    key = required(typed).casefold()
    for code, element in elements().items():
        if not element.office and key in (code, element.id.casefold(), element.en.casefold()):
            return code
    raise BadInput(
        "cell.group", _("Kelompok “{value}” tidak dikenal. Tulis seperti pada daftar undangan."), value=shown(typed)
    )


def written(need: Need, voices: Sequence[Voice]) -> list[list[str | int | None]]:
    """A need as rows of the table, one for each voice; read again, they are the same need and voices."""
    cells: dict[str, Any] = {column.name: getattr(need, column.name, "") for column in COLUMNS}
    cells["sector"] = sectors()[need.sector].id if need.sector in sectors() else need.sector
    rows = []
    for voice in voices or (None,):
        said = {} if voice is None else _said(voice)
        rows.append([({**cells, **said})[column.name] for column in COLUMNS])
    return rows


def _said(voice: Voice) -> dict[str, str | int]:
    element = elements().get(voice.group)
    return {
        "hamlet": voice.hamlet,
        "people": voice.people,
        "group": element.id if element else "",
        "heard_on": f"{voice.heard_on:%d/%m/%Y}",
        "said": voice.text,
    }
