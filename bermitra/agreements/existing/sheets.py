"""The regency's list of running agreements as a table: the columns it has already, each row read or told what to mend.

What is empty is not known and stays so; nothing is guessed. A day is read day, month, year, and shown back in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from bermitra.agreements.existing.actions import Proposal
from bermitra.foundation.calendar import parse_date
from bermitra.foundation.codes import parse_region_code
from bermitra.foundation.money import parse_rupiah
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.names import distance
from bermitra.foundation.regions.workbooks import Column, Sheet, Typed, Wrong
from bermitra.foundation.text import BadInput, clean, clean_name, name_key, required, shown
from bermitra.foundation.text import _ as marked
from bermitra.partnership.rules import BETWEEN_VILLAGES, FIELDS, THIRD_PARTY

SALT = "agreements.propose_existing"
CODE, DISTRICT, VILLAGE, YEAR, KIND, PARTNER = "Kode desa", "Kecamatan", "Desa", "Tahun", "Jenis", "Mitra"
FIELD, SUB_FIELD, SCOPE, NUMBER, MADE_ON = (
    "Bidang", "Sub-bidang", "Ruang lingkup", "Nomor perjanjian", "Tanggal perjanjian",
)  # fmt: skip
DECREE, SINCE, UNTIL, VALUE, PEOPLE = "SK BKD", "Mulai", "Selesai", "Nilai Rp", "Penerima manfaat"
STATUS, WHOLE = "Status", "Dokumen lengkap"
DAY = marked("Tanggal/bulan/tahun.")
COLUMNS = (
    Column("No", "1"),
    Column(CODE, "33.04.19.2001", False, marked("Kode Kemendagri, bila ada. Format sel: Teks."), ("kode wilayah",)),
    Column(
        DISTRICT, "Pandanarum", False, marked("Perlu bila nama desa ada di lebih dari satu kecamatan."),
        ("nama kecamatan", "kec"),
    ),
    Column(VILLAGE, "Pandanarum", True, marked("Nama desa seperti dalam daftar wilayah."), ("nama desa",)),
    Column(YEAR, "2024", others=("tahun kerja sama",)),
    Column(
        KIND, "KDPK", True, marked("KAD antar-desa, KDPK dengan pihak ketiga."), ("jenis kerja sama", "jenis (KAD/KDPK)")
    ),
    Column(
        PARTNER, "PT Tirta Serayu Lestari", True, marked("Nama lembaga, bukan nama orang."),
        ("nama mitra", "mitra kerja sama"),
    ),
    Column(FIELD, "Pemberdayaan masyarakat desa", False, marked("Pilih dari daftar."), ("bidang kerja sama",)),
    Column(SUB_FIELD, "Pertanian", others=("subbidang",)),
    Column(
        SCOPE, "Pendampingan kelompok tani kopi", False, marked("Yang dikerjakan bersama."),
        ("lingkup", "ruang lingkup kerja sama"),
    ),
    Column(NUMBER, "003/PKS/2024", others=("nomor perjanjian/Permakades", "nomor Permakades", "nomor PKS")),
    Column(MADE_ON, "01/02/2024", False, DAY, ("tanggal perjanjian/Permakades", "tanggal Permakades", "tanggal PKS")),
    Column(
        DECREE, "", False, marked("Nomor SK Badan Kerja Sama Desa, untuk KAD."),
        ("nomor SK BKD", "SK Badan Kerja Sama Desa"),
    ),
    Column(SINCE, "01/02/2024", False, DAY, ("tanggal mulai", "mulai berlaku")),
    Column(UNTIL, "31/01/2027", False, DAY, ("tanggal selesai", "tanggal berakhir", "berakhir")),
    Column(VALUE, "150000000", False, marked("Rupiah bulat; 0 bila tanpa uang."), ("nilai", "nilai kerja sama")),
    Column(
        PEOPLE, "120", False, marked("Jumlah jiwa."),
        ("penerima manfaat (jiwa)", "jumlah penerima manfaat", "jumlah pemanfaat (jiwa)"),
    ),
    Column(STATUS, "Berjalan", others=("status kerja sama", "pelaksanaan")),
    Column(
        WHOLE, "belum", False, marked("ya atau belum."), ("dokumen lengkap (ya/belum)", "kelengkapan dokumen")
    ),
)  # fmt: skip
# In many lists number and day of an agreement stand in one column.
NUMBER_AND_DAY = "Nomor dan tanggal perjanjian"
READ_COLUMNS = (
    *COLUMNS,
    Column(NUMBER_AND_DAY, others=("nomor dan tanggal perjanjian/Permakades", "nomor dan tanggal")),
)
CHOICES = {KIND: ["KDPK", "KAD"], FIELD: list(FIELDS.values()), WHOLE: ["ya", "belum"]}
_KINDS = {
    "kdpk": THIRD_PARTY, "pihak ketiga": THIRD_PARTY, "dengan pihak ketiga": THIRD_PARTY, "kad": BETWEEN_VILLAGES,
    "antar desa": BETWEEN_VILLAGES, "antardesa": BETWEEN_VILLAGES,
}  # fmt: skip
_BEFORE_DAY = re.compile(r"\s*[,;]\s*(?:(?:tanggal|tgl)\b\.?)?\s*|\s+(?:tanggal|tgl)\b\.?\s*", re.IGNORECASE)
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
NEAREST = 3


@dataclass
class Read:
    proposals: list[Proposal] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def villages(self) -> int:
        return len({each.village.pk for each in self.proposals})


def read(sheet: Sheet, region: Region) -> Read:
    """Two statements, however long the list."""
    inside = Region.objects.filter(pk__startswith=f"{region.pk}.", active=True, level=4)
    villages = list(inside.exclude(kind=Region.Kind.KELURAHAN).select_related("parent"))
    found = Read()
    seen: dict[tuple[str, str, str], int] = {}
    for number, cells in sheet.rows:
        row = Typed(number, cells)
        village = _village(row, villages, region)
        partner = row.get(PARTNER, lambda typed: clean_name(typed, limit=160), "")
        values = _values(row)
        if village is not None and partner:
            _once(row, seen, (village.pk, partner.casefold(), str(values.get("scope", ""))))
        if row.wrong.found:
            found.wrong.append(row.wrong)
        elif village is not None:
            found.proposals.append(Proposal(number, village, partner, values))
    return found


def _values(row: Typed) -> dict[str, Any]:
    """What is known, by column of the record; days as ISO text. ``year``, ``status`` and ``whole`` are only shown."""

    def known(column: str, parse: Callable[[str], Any], empty: Any = None) -> Any:
        return row.get(column, parse, empty, optional=True)

    first, last = known(SINCE, _day), known(UNTIL, _day)
    if first is not None and last is not None and last <= first:
        row.bad(UNTIL, gettext("Tanggal selesai harus setelah tanggal mulai. Perbaiki salah satunya."))
    number, made_on = known(NUMBER_AND_DAY, parse_number_and_day, ("", None))
    read = {
        "coop_type": row.get(KIND, parse_kind),
        "field": known(FIELD, parse_field),
        "sub_field": known(SUB_FIELD, lambda typed: clean(typed, limit=120)),
        "scope": known(SCOPE, lambda typed: clean(typed, multiline=True, limit=1000)),
        "number": known(NUMBER, lambda typed: clean(typed, limit=80)) or number,
        "made_on": known(MADE_ON, _day) or made_on,
        "decree": known(DECREE, lambda typed: clean(typed, limit=80)),
        "starts_on": first,
        "ends_on": last,
        "value": known(VALUE, lambda typed: parse_rupiah(typed, allow_zero=True)),
        "beneficiaries": known(PEOPLE, parse_people),
        "year": known(YEAR, lambda typed: clean(typed, limit=10)),
        "status": known(STATUS, lambda typed: clean(typed, limit=60)),
        "whole": known(WHOLE, lambda typed: clean(typed, limit=20)),
    }
    plain = {name: each.isoformat() if isinstance(each, date) else each for name, each in read.items()}
    return {name: each for name, each in plain.items() if each not in (None, "")}


def _day(typed: str) -> date:
    return parse_date(typed, earliest=EARLIEST, latest=LATEST)


def parse_kind(typed: str) -> str:
    """Raises :class:`BadInput` ``agreement.kind``."""
    words = re.sub(r"[\s_-]+", " ", required(typed, limit=40).casefold())
    if words not in _KINDS:
        raise BadInput(
            "agreement.kind", marked("Jenis {value} tidak dikenal. Tulis KAD atau KDPK."), value=shown(typed)
        )
    return _KINDS[words]


def parse_number_and_day(typed: str) -> tuple[str, date | None]:
    """``003/PKS/2024, 1 Februari 2024`` or ``003/PKS/2024 tanggal 01/02/2024``; a number alone has no day.

    Raises :class:`BadInput` as ``parse_date`` does, where what stands behind the comma is no day.
    """
    number, *day = _BEFORE_DAY.split(clean(typed, limit=160), maxsplit=1)
    return clean(number, limit=80), _day(day[0]) if day and day[0] else None


def parse_field(typed: str) -> str:
    """One of the four fields, by any word that only one of them has. Raises :class:`BadInput` ``agreement.field``."""
    words = required(typed, limit=80).casefold()
    found = [code for code, name in FIELDS.items() if words in name.casefold() or words == code]
    if len(found) != 1:
        raise BadInput(
            "agreement.field",
            marked("Bidang {value} tidak dikenal. Pilih satu dari empat bidang pada formulir."),
            value=shown(typed),
        )
    return found[0]


def parse_people(typed: str) -> int:
    """A count of people, with or without ``jiwa`` behind it. Raises :class:`BadInput` ``people.form``."""
    words = re.sub(r"\s*(?:jiwa|orang)$", "", required(typed, limit=40).casefold())
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+", words):  # a dot parts thousands
        words = words.replace(".", "")
    if not re.fullmatch(r"[0-9]{1,8}", words):
        raise BadInput(
            "people.form", marked("{value} bukan jumlah jiwa. Tulis angka, misalnya 120."), value=shown(typed)
        )
    return int(words)


def _village(row: Typed, villages: list[Region], region: Region) -> Region | None:
    """By code where there is one, else by name and district; a name is never guessed."""
    if row.cells.get(CODE, "").strip():
        code = row.get(CODE, parse_region_code)
        named = next((each for each in villages if each.pk == code), None)
        if code is not None and named is None:
            row.bad(
                CODE,
                gettext("%(code)s bukan desa di %(place)s. Periksa kodenya.") % {"code": code, "place": region.name},
            )
        return named
    typed = row.cells.get(VILLAGE, "")
    key = name_key(typed)
    if not key:
        row.bad(VILLAGE, gettext("Nama desa masih kosong. Tulis nama desanya."))
        return None
    found = [each for each in villages if each.name_key == key]
    if district := name_key(
        re.sub(r"^\W*kec(?:amatan)?\b[\s.]*", "", row.cells.get(DISTRICT, ""), flags=re.IGNORECASE)
    ):
        found = [each for each in found if each.parent is not None and each.parent.name_key == district]
    if len(found) == 1:
        return found[0]
    if found:
        places = ", ".join(sorted(each.parent.name for each in found if each.parent))
        row.bad(
            DISTRICT,
            gettext("Ada beberapa Desa %(name)s: %(places)s. Isi kecamatannya.")
            % {"name": shown(typed), "places": places},
        )
        return None
    near = sorted(villages, key=lambda each: (distance(key, each.name_key, 6), each.pk))[:NEAREST]
    names = "; ".join(f"{each.name}, {each.parent.name}" for each in near if each.parent)
    row.bad(
        VILLAGE, gettext("Tidak ada Desa %(name)s di sini. Terdekat: %(near)s.") % {"name": shown(typed), "near": names}
    )
    return None


def _once(row: Typed, seen: dict[tuple[str, str, str], int], key: tuple[str, str, str]) -> None:
    if key in seen:
        row.bad(PARTNER, gettext("Sama dengan baris %(row)s. Hapus salah satunya.") % {"row": seen[key]})
    seen.setdefault(key, row.wrong.row)
