"""The shape of what is typed about draws; rules are asked by the actions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts.forms import find_region
from bermitra.foundation.calendar import long_date
from bermitra.foundation.codes import parse_region_code, regency_of
from bermitra.foundation.fields import NOTHING_READ, REQUIRED, DateField, NameField, ParsedField, TextField, say
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.workbooks import Column, Sheet, TableField, Typed, Wrong
from bermitra.foundation.text import BadInput, required, shown, undotted
from bermitra.foundation.text import _ as marked
from bermitra.matching.draws.lists import STATUS_NAMES
from bermitra.matching.draws.lots import parse_thrown
from bermitra.matching.draws.rules import ATTRIBUTES, LEFT_OUT, SILENCE
from bermitra.matching.models import Draw

MOST_SEATS, MOST_MONTHS = 10_000, 120
LISTED, LEFT = "daftar", "tidak"  # of villages: on the list or not


def parse_seats(typed: str) -> int:
    """A whole number of places from one up. Raises :class:`BadInput` ``seats.form``."""
    return _whole(typed, 1, MOST_SEATS)


def parse_months(typed: str) -> int:
    return _whole(typed, 0, MOST_MONTHS)


def _whole(typed: str, low: int, high: int) -> int:
    text = undotted(required(typed))
    if not any(each.isdigit() for each in text):
        raise BadInput("number.words", marked("“{value}” bukan angka. Tulis angka, misalnya 4."), value=shown(typed))
    if not (text.isascii() and text.isdigit() and len(text) < 9 and low <= int(text) <= high):
        raise BadInput(
            "number.bounds",
            marked("“{value}” di luar batas. Tulis angka bulat antara {low} dan {high}."),
            value=shown(typed),
            low=number_format(low, 0, use_l10n=True, force_grouping=True),
            high=number_format(high, 0, use_l10n=True, force_grouping=True),
        )
    return int(text)


def parse_regency(typed: str) -> Region:
    """A regency or city by its code. Raises :class:`BadInput` as ``find_region`` does, or ``regency.level``."""
    region = find_region(typed)
    if region.level != 2:
        raise BadInput(
            "regency.level", marked("{value} bukan kode kabupaten atau kota, misalnya 33.04."), value=region.pk
        )
    return region


class Programme(forms.Form):
    """What is drawn for. A partner says where as well."""

    programme = TextField(
        label=_("Nama program"), help_text=_("Contoh: Pelatihan pengelola air bersih 2026"), limit=160
    )
    what = TextField(
        label=_("Yang didapat satu desa"),
        help_text=_("Contoh: dua peserta, lima hari, biaya ditanggung."),
        limit=500,
        multiline=True,
    )
    seats = ParsedField(
        label=_("Banyak tempat"),
        help_text=_("Satu tempat untuk satu desa."),
        parse=parse_seats,
        empty=None,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )


class PartnersProgramme(Programme):
    regency = ParsedField(
        label=_("Kode kabupaten atau kota"),
        help_text=_("Desanya yang diundi. Contoh: 33.04"),
        parse=parse_regency,
        empty=None,
    )


class DrawRule(forms.Form):
    """Who is on the list, and by what places are shared out."""

    entry = forms.ChoiceField(
        label=_("Yang diundi"),
        choices=Draw.Entry.choices,
        widget=forms.RadioSelect,
        error_messages={"required": REQUIRED},
    )
    statuses = forms.MultipleChoiceField(
        label=_("Hanya desa berstatus"),
        help_text=_("Tanpa pilihan: semua status."),
        choices=[(each, each) for each in STATUS_NAMES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    districts = forms.MultipleChoiceField(
        label=_("Hanya desa di kecamatan"),
        help_text=_("Tanpa pilihan: semua kecamatan."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    rest_months = ParsedField(
        label=_("Jeda bagi desa yang pernah mendapat tempat program ini, dalam bulan"),
        help_text=_("Isi 0 bila tanpa jeda."),
        parse=parse_months,
        empty=None,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    quotas = forms.MultipleChoiceField(
        label=_("Bagi rata menurut"),
        help_text=_("Paling banyak dua kuota: dengan tiga, peluang yang sama tidak lagi pasti."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, districts: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["districts"].choices = list(districts.items())  # type: ignore[attr-defined]
        words = [(code, gettext(said).capitalize()) for code, said in ATTRIBUTES.items()]
        self.fields["quotas"].choices = words  # type: ignore[attr-defined]


class Asking(forms.Form):
    """Until when villages answer, and what it means when one doesn't; the organiser says both beforehand."""

    until = DateField(label=_("Hari terakhir menjawab"))
    silence = forms.ChoiceField(
        label=_("Bila desa tidak menjawab"),
        choices=list(SILENCE.items()),
        widget=forms.RadioSelect,
        error_messages={"required": REQUIRED},
    )

    def __init__(self, *args: Any, today: date, meeting: date | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today, self.meeting = today, meeting
        self.fields["silence"].choices = [(code, gettext(said)) for code, said in SILENCE.items()]  # type: ignore[attr-defined]

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise ValidationError(
                gettext("%(day)s terlalu dekat. Pilih hari sesudah hari ini.") % {"day": long_date(until)}
            )
        if self.meeting and until >= self.meeting:
            said = {"day": long_date(until), "meeting": long_date(self.meeting)}
            raise ValidationError(gettext("%(day)s tidak sebelum pertemuan. Pilih hari sebelum %(meeting)s.") % said)
        return until


class Answer(forms.Form):
    """Whether the own village takes part."""

    takes_part = forms.ChoiceField(
        label=_("Desa Anda ikut undian ini?"),
        choices=[("ya", _("Ya, desa kami ikut")), ("tidak", _("Tidak, desa kami tidak ikut"))],
        widget=forms.RadioSelect,
        error_messages={"required": REQUIRED},
    )

    def clean_takes_part(self) -> bool:
        return bool(self.cleaned_data["takes_part"] == "ya")


class Seen(forms.Form):
    """Nothing to type; the hash of the list that was read travels along."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, error_messages={"required": NOTHING_READ})


class Throw(forms.Form):
    means = forms.ChoiceField(
        label=_("Alat undian"),
        choices=[("dadu", _("Dadu")), ("bola bernomor", _("Bola bernomor")), ("kartu angka", _("Kartu angka"))],
        error_messages={"required": REQUIRED},
    )
    thrown = ParsedField(
        label=_("Angka yang keluar, berurutan"),
        help_text=_("Paling sedikit 16 angka. Contoh: 3152 6641 2354 1126"),
        parse=parse_thrown,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    witness_one = NameField(label=_("Nama saksi pertama"))
    witness_one_office = TextField(label=_("Jabatan saksi pertama"), help_text=_("Contoh: Camat Pandanarum"), limit=120)
    witness_two = NameField(label=_("Nama saksi kedua"))
    witness_two_office = TextField(label=_("Jabatan saksi kedua"), limit=120)


class WhyVoid(forms.Form):
    reason = TextField(label=_("Alasan"), help_text=_("Terbaca oleh semua orang di halaman undian."), limit=300)


# Those that applied ------------------------------------------------------------------------------------------------------

COLUMNS = (
    Column("kode", "33.04.19.2001", True, marked("Kode desa, 10 angka."), others=("kode desa", "kode wilayah")),
    Column("desa", "Pandanarum", False, marked("Nama desa, agar mudah diperiksa."), others=("nama desa", "nama")),
)


def read_village(typed: str, known: Mapping[str, str], regency: str) -> str:
    """The code of a village of the regency, on the list or left out. Raises :class:`BadInput`."""
    code = parse_region_code(typed)
    if len(code) == 13 and regency_of(code) != regency:
        raise BadInput("village.elsewhere", marked("Desa {value} di luar kabupaten ini. Hapus barisnya."), value=code)
    if code not in known:
        raise BadInput("village.unknown", marked("{value} bukan kode desa kabupaten ini. Periksa kodenya."), value=code)
    return code


class Applications(forms.Form):
    """The villages that applied, a code a line; what stands there is the whole list."""

    villages = forms.CharField(
        label=_("Kode desa yang mendaftar, satu baris satu desa"),
        help_text=_("Contoh: 33.04.19.2001"),
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
    )

    def __init__(self, *args: Any, known: Mapping[str, str], regency: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known, self.regency = known, regency

    def clean_villages(self) -> list[str]:
        found, wrong = list[str](), list[str]()
        lines = [each for each in re.split(r"[\n,;]+", self.cleaned_data["villages"]) if each.strip()]
        for number, line in enumerate(lines, 1):
            try:
                found.append(read_village(line.strip(), self.known, self.regency))
            except BadInput as bad:
                wrong.append(gettext("Baris %(n)s: %(says)s") % {"n": number, "says": say(bad)})
        if wrong:
            raise ValidationError(wrong[:10])
        return list(dict.fromkeys(found))


class ApplicationsTable(forms.Form):
    table = TableField(label=_("Tabel desa yang mendaftar"), columns=COLUMNS)


def read_table(sheet: Sheet, known: Mapping[str, str], regency: str) -> tuple[list[str], list[Wrong]]:
    """Codes of the villages that applied, and the rows that are to be mended."""
    codes, wrong = list[str](), list[Wrong]()
    for number, cells in sheet.rows:
        row = Typed(number, cells)
        code = row.get("kode", lambda typed: read_village(typed, known, regency), "")
        if code in codes:
            row.bad("kode", gettext("Desa ini tertulis dua kali. Hapus satu baris."))
        if row.wrong.found:
            wrong.append(row.wrong)
        else:
            codes.append(code)
    return codes, wrong


# What an address asks for ------------------------------------------------------------------------------------------------


class FindVillage(forms.Form):
    """Villages of a draw by name or code, and whether they are on the list. What is no choice narrows nothing."""

    cari = TextField(label=_("Nama atau kode desa"), limit=60, required=False)
    daftar = forms.ChoiceField(label=_("Keadaan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices: Iterable[tuple[str, str]] = [
            ("", gettext("Semua desa")),
            (LISTED, gettext("Dalam daftar")),
            (LEFT, gettext("Tidak masuk daftar")),
            *((code, gettext(said)) for code, said in LEFT_OUT.items()),
        ]
        self.fields["daftar"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def address(self, **more: str) -> str:
        asked = {**self.chosen(), **{name: value for name, value in more.items() if value}}
        return f"?{urlencode(asked)}" if asked else ""
