"""The table in which a district or regency lists the officers of its villages: each row read, or told what to mend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.enrolling import Newcomer, newcomer_facts
from bermitra.foundation.accounts.forms import parse_username
from bermitra.foundation.accounts.rules import CONFIRMING
from bermitra.foundation.calendar import long_date, parse_date
from bermitra.foundation.codes import parse_phone, parse_region_code
from bermitra.foundation.fields import TickField
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.names import distance
from bermitra.foundation.regions.workbooks import Column, HeldTable, Sheet, TableField, Typed, Wrong
from bermitra.foundation.rules import examine, unmet
from bermitra.foundation.text import BadInput, clean, clean_name, name_key, required, shown
from bermitra.foundation.text import _ as marked
from bermitra.registry.queries.onboarding import Known, Office, Term, known
from bermitra.registry.rules import SINGLE, VILLAGE_OFFICES

SALT = "registry.onboard_villages"
# How each office is written in a table, and how a user name of it begins.
OFFICES: dict[str, tuple[str, tuple[str, ...]]] = {
    roles.VILLAGE_HEAD.key: (
        "kades",
        ("kepala desa", "kades", "pj kepala desa", "pj. kepala desa", "penjabat kepala desa"),
    ),
    roles.VILLAGE_SECRETARY.key: ("sekdes", ("sekretaris desa", "sekdes")),
    roles.VILLAGE_TREASURER.key: ("bendahara", ("bendahara desa", "bendahara", "kaur keuangan")),
    roles.VILLAGE_OFFICIAL.key: ("perangkat", ("perangkat desa", "kasi", "kaur", "kepala dusun", "kadus")),
    roles.VILLAGE_OPERATOR.key: ("operator", ("operator desa", "operator")),
    roles.BPD_CHAIR.key: ("bpd", ("ketua bpd",)),
    roles.BPD_MEMBER.key: ("anggota.bpd", ("anggota bpd",)),
}
_OFFICE_OF = {words: key for key, (_begins, spellings) in OFFICES.items() for words in spellings}
CODE, VILLAGE, NAME, USERNAME = "Kode desa", "Nama desa", "Nama petugas", "Nama pengguna"
OFFICE, TITLE, DECREE, DECREE_ON = "Jabatan", "Sebutan jabatan", "Nomor SK", "Tanggal SK"
SINCE, UNTIL, PHONE = "Mulai", "Sampai", "Telepon"
COLUMNS = (
    Column(CODE, "33.04.19.2001", True, marked("Kode Kemendagri. Format sel: Teks.")),
    Column(VILLAGE, "Pandanarum", False, marked("Untuk mencocokkan kode dengan nama.")),
    Column(NAME, "Wulan Pratiwi, S.IP.", True, marked("Seperti pada surat keputusan, boleh dengan gelar.")),
    Column(USERNAME, "sekdes.pandanarum", False, marked("Dibuatkan bila kosong. Tidak bisa diganti.")),
    Column(OFFICE, "Sekretaris Desa", True, marked("Pilih dari daftar.")),
    Column(TITLE, "Carik", False, marked("Sebutan setempat, bila lain.")),
    Column(DECREE, "141/25/2023", True, marked("Nomor surat keputusan pengangkatan.")),
    Column(DECREE_ON, "02/01/2023", False, marked("Tanggal/bulan/tahun.")),
    Column(SINCE, "02/01/2023", True, marked("Tanggal/bulan/tahun.")),
    Column(UNTIL, "31/12/2028", True, marked("Tanggal/bulan/tahun; hari terakhir menjabat.")),
    Column(PHONE, "0812-3456-7890", False, marked("Nomor milik orang itu sendiri. Format sel: Teks.")),
)
CHOICES = {OFFICE: [roles.BY_KEY[key].name for key in VILLAGE_OFFICES]}
EARLIEST, LATEST = date(1945, 8, 17), date(2100, 12, 31)
NEAREST = 3


class Upload(forms.Form):
    table = TableField(label=_("Tabel petugas desa"), columns=COLUMNS)


class Held(HeldTable):
    """The table that was read, back from the page that showed it; ``skip``: the officer leaves its wrong rows out."""

    salt = SALT
    skip = TickField(label=_("Lewati baris yang salah dan daftarkan yang lain."), required=False)


@dataclass
class Read:
    """A table after reading: whom it takes in, and what is to be mended."""

    newcomers: list[Newcomer] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)  # what was understood otherwise than typed, by row

    @property
    def villages(self) -> int:
        return len({each.region.pk for each in self.newcomers})


def read(sheet: Sheet, place: Region, today: date) -> Read:
    """Every row by itself, then against the rows before it and against what is there already."""
    rows = [Typed(number, cells) for number, cells in sheet.rows]
    codes = {code for row in rows if (code := row.try_(CODE, parse_region_code))}
    phones = {phone for row in rows if row.cells.get(PHONE, "").strip() and (phone := row.try_(PHONE, parse_phone))}
    typed = {
        name for row in rows if row.cells.get(USERNAME, "").strip() and (name := row.try_(USERNAME, parse_username))
    }
    reader = _Reader(place, today, known(place, codes, phones, today), typed)
    for row in rows:
        reader.take(row)
    return reader.read


def _day(typed: str) -> date:
    return parse_date(typed, earliest=EARLIEST, latest=LATEST)


def parse_office(typed: str) -> str:
    """The key of an office as people write it. Raises :class:`BadInput` ``office.unknown``."""
    words = required(typed, limit=60).casefold()
    if words not in _OFFICE_OF:
        raise BadInput(
            "office.unknown",
            marked("Jabatan {value} tidak dikenal. Pilih dari daftar pada formulir."),
            value=shown(typed),
        )
    return _OFFICE_OF[words]


class _Reader:
    def __init__(self, place: Region, today: date, held: Known, typed: set[str]):
        self.place, self.today, self.known, self.read = place, today, held, Read()
        self.typed = typed  # user names that some row asks for: none of them is made up for another
        self.longest = standing(place.pk).numbers["office_term_years"]
        self.usernames: dict[str, int] = {}  # taken by a row before
        self.phones: dict[str, int] = {}
        self.offices: dict[Office, list[tuple[Term, int]]] = {}  # of one holder, with its row
        self.same: dict[tuple[str, str, str], int] = {}

    def take(self, row: Typed) -> None:
        given = {
            "full_name": row.get(NAME, lambda typed: clean_name(typed, limit=120), ""),
            "role": row.get(OFFICE, parse_office, ""),
            "title": row.get(TITLE, lambda typed: clean(typed, limit=120), "", optional=True),
            "decree": row.get(DECREE, lambda typed: required(typed, limit=160), ""),
            "decree_on": row.get(DECREE_ON, _day, optional=True),
            "since": row.get(SINCE, _day),
            "until": row.get(UNTIL, _day),
            "phone": row.get(PHONE, parse_phone, "", optional=True),
            "username": row.get(USERNAME, parse_username, "", optional=True),
            "acting": row.cells.get(OFFICE, "").strip().casefold().startswith(("pj", "penjabat")),
        }
        village = self._village(row)
        self._term(row, given)
        if village is not None and given["role"]:
            self._office(row, village, given)
        self._phone(row, given["phone"])
        self._username(row, village, given)
        if row.wrong.found:
            self.read.wrong.append(row.wrong)
        elif village is not None:
            self.read.newcomers.append(Newcomer(region=village, **given))

    def _village(self, row: Typed) -> Region | None:
        code = row.get(CODE, parse_region_code)
        if code is None:
            return None
        village = self.known.regions.get(code)
        if village is None or not village.active:
            village = self._by_former_code(row, code)
        if village is None:
            row.bad(CODE, self._unknown(row, code))
        elif village.level != 4:
            row.bad(CODE, gettext("%(name)s bukan desa. Isi kode desa, 10 angka.") % {"name": village.name})
        elif village.kind == Region.Kind.KELURAHAN:
            row.bad(
                CODE,
                gettext("%(name)s kelurahan, bukan desa: ikut kerja sama daerah. Hapus baris ini.")
                % {"name": village.name},
            )
        elif not village.pk.startswith(f"{self.place.pk}."):
            row.bad(
                CODE,
                gettext("Desa %(name)s di luar %(place)s. Hapus baris ini.")
                % {"name": village.name, "place": self.place.name},
            )
        elif (typed := row.cells.get(VILLAGE, "").strip()) and name_key(typed) != village.name_key:
            row.bad(
                VILLAGE,
                gettext("%(code)s adalah Desa %(name)s. Perbaiki kode atau nama.")
                % {"code": village.pk, "name": village.name},
            )
        else:
            return village
        return None

    def _by_former_code(self, row: Typed, code: str) -> Region | None:
        """The village that had this code before a decree; what it became is shown."""
        village = self.known.former.get(code)
        if village is not None:
            words = gettext("Kode lama %(old)s dibaca sebagai %(new)s, %(name)s.")
            self.read.notes.append((row.wrong.row, words % {"old": code, "new": village.pk, "name": village.name}))
        return village

    def _unknown(self, row: Typed, code: str) -> str:
        """Names the nearest villages of this place, where the row gives a name to be near to."""
        key = name_key(row.cells.get(VILLAGE, ""))
        ranked = sorted(self.known.villages, key=lambda each: (distance(key, each.name_key, 6), each.pk))
        known = "; ".join(f"{each.pk} {each.name}" for each in ranked[:NEAREST]) if key else ""
        if known:
            return gettext("Kode %(code)s tidak ada. Terdekat: %(near)s.") % {"code": code, "near": known}
        return gettext("Kode %(code)s tidak ada dalam daftar wilayah. Cari kodenya di halaman Cari.") % {"code": code}

    def _term(self, row: Typed, given: dict[str, Any]) -> None:
        since, until = given["since"], given["until"]
        if since is None or until is None:
            return
        if until < since:
            row.bad(UNTIL, gettext("Tanggal akhir mendahului tanggal mulai. Periksa kedua tanggal."))
        elif until < self.today:
            row.bad(
                UNTIL,
                gettext("Masa jabatan berakhir %(day)s. Isi jabatan yang masih berlaku.") % {"day": long_date(until)},
            )
        elif given["role"] and given["decree"]:
            facts = newcomer_facts(given["role"], given["decree"], since, until, self.longest)
            for finding in unmet(examine(CONFIRMING, facts)):
                row.bad(UNTIL, gettext(finding.rule.says))

    def _office(self, row: Typed, village: Region, given: dict[str, Any]) -> None:
        name, role = given["full_name"], given["role"]
        who = (village.pk, role, name.casefold())
        if who in self.same:
            row.bad(NAME, gettext("Sama dengan baris %(row)s. Hapus salah satunya.") % {"row": self.same[who]})
        elif who in self.known.offices:
            row.bad(
                NAME, gettext("%(name)s sudah terdaftar dalam jabatan ini. Hapus baris ini.") % {"name": shown(name)}
            )
        elif role in SINGLE and given["since"] and given["until"]:
            self._one_holder(row, (village.pk, role), Term(given["since"], given["until"]))
        self.same.setdefault(who, row.wrong.row)

    def _one_holder(self, row: Typed, office: Office, term: Term) -> None:
        """One after the other is well; two on one day are not (RG-36)."""
        rows = self.offices.setdefault(office, [])
        above = next((number for each, number in rows if each.meets(term, self.today)), None)
        other = next((each for each in self.known.held.get(office, ()) if each.meets(term, self.today)), None)
        if above is not None:
            row.bad(OFFICE, gettext("Jabatan ini sudah diisi baris %(row)s. Pilih satu orang.") % {"row": above})
        elif other is not None and other.proposed:
            words = gettext("Jabatan ini diusulkan untuk %(name)s di tabel lain. Tunggu keputusan dinas.")
            row.bad(OFFICE, words % {"name": shown(other.holder)})
        elif other is not None:
            words = gettext("Jabatan ini dipegang %(name)s. Akhiri jabatan lamanya dahulu.")
            row.bad(OFFICE, words % {"name": shown(other.holder)})
        rows.append((term, row.wrong.row))

    def _phone(self, row: Typed, phone: str) -> None:
        if not phone:
            return
        if phone in self.phones:
            row.bad(
                PHONE,
                gettext("Nomor ini sudah ada di baris %(row)s. Isi nomor orang itu sendiri.")
                % {"row": self.phones[phone]},
            )
        elif phone in self.known.phones:
            row.bad(PHONE, gettext("Nomor ini sudah dipakai akun lain. Isi nomor lain, atau kosongkan."))
        self.phones.setdefault(phone, row.wrong.row)

    def _username(self, row: Typed, village: Region | None, given: dict[str, Any]) -> None:
        name = given["username"]
        if name:
            if name in self.usernames:
                row.bad(
                    USERNAME,
                    gettext("Nama pengguna sudah ada di baris %(row)s. Tambahkan nama desa.")
                    % {"row": self.usernames[name]},
                )
            elif name in self.known.usernames:
                row.bad(
                    USERNAME, gettext("Nama pengguna %(name)s sudah dipakai. Tambahkan nama desa.") % {"name": name}
                )
            self.usernames.setdefault(name, row.wrong.row)
        elif village is not None and given["role"] and not row.wrong.found:
            taken = (self.known.usernames, self.usernames, self.typed)
            free = (each for each in _made(given["role"], village) if not any(each in names for names in taken))
            given["username"] = next(free)
            self.usernames[given["username"]] = row.wrong.row


def _made(role: str, village: Region) -> Iterator[str]:
    """User names to try: ``sekdes.pandanarum``, with the last digits of the code, then counted on."""
    plain = unicodedata.normalize("NFKD", village.name).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]", "", plain) or village.pk.replace(".", "")
    begins = f"{OFFICES[role][0]}.{name}"[:30]
    yield begins
    yield f"{begins}.{village.pk[-4:]}"
    count = 2
    while True:
        yield f"{begins}.{count}"
        count += 1
