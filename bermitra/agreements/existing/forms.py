"""The shape of what is typed about an earlier agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.existing.models import EMPTY, EarlierAgreement, ProposedAgreement
from bermitra.agreements.existing.queries import candidates, here_since, like_cases
from bermitra.agreements.existing.sheets import READ_COLUMNS, SALT, parse_people
from bermitra.foundation.accounts.forms import find_region
from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import DateField, NameField, ParsedField, RupiahField, TextField, TickField
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.workbooks import HeldTable, TableField
from bermitra.foundation.text import BadInput
from bermitra.foundation.text import _ as marked
from bermitra.partnership.rules import BETWEEN_VILLAGES, FIELDS, THIRD_PARTY
from bermitra.registry.forms import kind_choices
from bermitra.registry.models import Partner

KINDS = [
    (THIRD_PARTY, _("Dengan pihak ketiga (KDPK)")),
    (BETWEEN_VILLAGES, _("Antar-desa (KAD)")),
]
NEW = "baru"
NOT_THE_TWO = _("Tulis hanya desa selain desa Anda dan desa mitra.")
MOST_VILLAGES = 30  # beside the two
OF_VILLAGES = ("decree", "decree_file", "further_villages")  # asked of an agreement between villages only
VILLAGE_KIND = "village"


class Upload(forms.Form):
    table = TableField(label=_("Daftar perjanjian yang berjalan"), columns=READ_COLUMNS)


class Held(HeldTable):
    """The list that was read, back from the page that showed it."""

    salt = SALT
    skip = TickField(label=_("Lewati baris yang salah dan kirim yang lain."), required=False)


def parse_villages(typed: str) -> list[str]:
    """Codes of villages, parted by commas or lines, each once. Raises :class:`BadInput` as ``find_region`` does, or
    ``village.level``, ``village.many``."""
    found = list(dict.fromkeys(_village_code(each) for each in re.split(r"[,;\n]+", typed) if each.strip()))
    if len(found) > MOST_VILLAGES:
        raise BadInput("village.many", marked("Paling banyak {n} desa lain. Hapus sebagian."), n=MOST_VILLAGES)
    return found


def _village_code(typed: str) -> str:
    region = find_region(typed)
    if region.level != 4 or region.kind == Region.Kind.KELURAHAN:
        raise BadInput("village.level", marked("{value} bukan kode desa. Isi kode desa, 10 angka."), value=region.pk)
    return region.pk


def _further_villages() -> ParsedField:
    return ParsedField(
        label=_("Kode desa lain yang ikut"),
        help_text=_("Hanya bila lebih dari dua desa. Pisahkan dengan koma."),
        parse=parse_villages,
        empty=[],
        required=False,
    )


class Record(forms.Form):
    """Six questions; which partner it is, or of what kind a new one, is asked once its name was looked up."""

    coop_type = forms.ChoiceField(label=_("Jenis kerja sama"), choices=KINDS, widget=forms.RadioSelect)
    partner_name = NameField(label=_("Nama mitra"), help_text=_("Nama lembaga seperti pada perjanjian."), limit=160)
    field = forms.ChoiceField(label=_("Bidang"), choices=[(code, _(name)) for code, name in FIELDS.items()])
    scope = TextField(label=_("Ruang lingkup"), help_text=_("Yang dikerjakan bersama."), multiline=True, limit=1000)
    starts_on = DateField(label=_("Mulai berlaku"))
    ends_on = DateField(label=_("Berakhir"), help_text=_("Kosongkan bila belum diketahui."), required=False)

    def __init__(self, village: Region, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.village = village
        if (since := here_since(village)) is not None:
            self.fields["starts_on"].help_text = gettext("Sebelum %(day)s, hari desa ini terdaftar di sini.") % {
                "day": long_date(since)
            }
        name = self.data.get("partner_name", "") if self.is_bound else ""
        self.found: list[Partner] = candidates(name) if name.strip() else []
        self.like: list[Any] = []
        if self.is_bound and self.found:
            self._ask_which()
        if self.is_bound and name.strip() and (not self.found or self.data.get("partner") == NEW):
            self._ask_kind()
        if self.is_bound:
            self._ask_difference()

    def _ask_which(self) -> None:
        ways = [(each.code, each.name) for each in self.found]
        self.fields["partner"] = forms.ChoiceField(
            label=_("Mitra yang mana?"),
            choices=[*ways, (NEW, _("Bukan salah satunya; daftarkan sebagai mitra baru"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("Nama ini mirip mitra terdaftar. Pilih mitranya, atau nyatakan baru.")},
        )

    def _ask_kind(self) -> None:
        if self.data.get("coop_type") == BETWEEN_VILLAGES:
            self.fields["other_village"] = ParsedField(
                label=_("Kode desa mitra"), parse=find_region, empty=None, help_text=_("Contoh: 33.04.19.2002")
            )
            self.fields["further_villages"] = _further_villages()
            return
        kinds = [each for each in kind_choices() if each[0] != VILLAGE_KIND]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Jenis lembaga mitra"),
            choices=[("", _("Pilih satu")), *kinds],
            help_text=_("Mitra ini didaftarkan tanpa uji tuntas; uji tuntasnya menyusul."),
            error_messages={"required": _("Mitra belum terdaftar. Pilih jenis lembaganya.")},
        )

    def _ask_difference(self) -> None:
        chosen = next((each for each in self.found if each.code == self.data.get("partner")), None)
        self.like = like_cases(self.village, chosen, self.data.get("field", ""))
        if self.like:
            self.fields["difference"] = TextField(
                label=_("Apa bedanya dengan kerja sama yang sudah tercatat?"),
                limit=300,
                error_messages={"required": _("Kerja sama serupa sudah tercatat. Tulis bedanya, atau batalkan.")},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", gettext("Tanggal berakhir harus setelah tanggal mulai. Perbaiki salah satunya."))
        other: Region | None = given.get("other_village")
        if other is not None and (other.level != 4 or other.pk == self.village.pk):
            self.add_error("other_village", gettext("Isi kode desa lain, 10 angka."))
        if {self.village.pk, other.pk if other else ""} & set(given.get("further_villages", ())):
            self.add_error("further_villages", NOT_THE_TWO)
        return given

    def chosen(self) -> Partner | None:
        """The registered partner that was pointed at."""
        code = self.cleaned_data.get("partner", NEW)
        return next((each for each in self.found if each.code == code), None)


def day_of(values: Mapping[str, Any], name: str) -> date | None:
    """A day of the list, which keeps them as text."""
    return date.fromisoformat(values[name]) if name in values else None


def initial_of(proposal: ProposedAgreement) -> dict[str, Any]:
    """What the regency's list says, as the village's form begins with it."""
    days = {name: day_of(proposal.values, name) for name in ("starts_on", "ends_on")}
    return {"partner_name": proposal.partner_name, **proposal.values, **days}


def known_of(proposal: ProposedAgreement | None) -> dict[str, Any]:
    """The columns beyond the form that the list knows."""
    if proposal is None:
        return {}
    values = proposal.values
    plain = ("sub_field", "number", "decree", "value", "beneficiaries")
    known: dict[str, Any] = {name: values[name] for name in plain if name in values}
    return known | {"made_on": day_of(values, "made_on")}


class CompleteText(forms.Form):
    number = TextField(label=_("Nomor perjanjian"), limit=80, required=False)
    made_on = DateField(label=_("Tanggal perjanjian"), required=False)
    text_file = SafeFileField(label=_("Berkas perjanjian"), required=False)
    decree = TextField(label=_("Nomor SK Badan Kerja Sama Desa"), limit=80, required=False)
    decree_file = SafeFileField(label=_("Berkas SK Badan Kerja Sama Desa"), required=False)


class CompleteContent(forms.Form):
    two: frozenset[str] = frozenset()  # the village and its partner, by code

    scope = TextField(label=_("Ruang lingkup"), multiline=True, limit=1000, required=False)
    sub_field = TextField(label=_("Sub-bidang"), help_text=_("Contoh: Pertanian"), limit=120, required=False)
    further_villages = _further_villages()
    starts_on = DateField(label=_("Mulai berlaku"), required=False)
    ends_on = DateField(label=_("Berakhir"), required=False)
    value = RupiahField(label=_("Nilai kerja sama"), help_text=_("0 bila tanpa uang."), allow_zero=True, required=False)
    beneficiaries = ParsedField(
        label=_("Jumlah penerima manfaat"), help_text=_("Dalam jiwa."), parse=parse_people, empty=None, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", gettext("Tanggal berakhir harus setelah tanggal mulai. Perbaiki salah satunya."))
        if self.two & set(given.get("further_villages", ())):
            self.add_error("further_villages", NOT_THE_TWO)
        return given


class CompleteMinutes(forms.Form):
    minutes_number = TextField(
        label=_("Nomor berita acara"),
        help_text=_("Berita acara Musyawarah Desa yang menyetujui perjanjian ini, sebelum perjanjian dibuat."),
        limit=80,
        required=False,
    )
    minutes_on = DateField(label=_("Tanggal musyawarah"), required=False)
    minutes_file = SafeFileField(label=_("Berkas berita acara dan daftar hadir"), required=False)


COMPLETE: Mapping[str, type[forms.Form]] = {
    "naskah": CompleteText,
    "isi": CompleteContent,
    "musyawarah": CompleteMinutes,
}


def complete_form(part: str, earlier: EarlierAgreement, **bound: Any) -> forms.Form:
    """The questions of one part. While the record is open they show what stands; later only what is empty is asked."""
    running = earlier.case.state == "running"
    form = COMPLETE[part](**bound)
    if isinstance(form, CompleteContent):
        partner = earlier.case.partner
        form.two = frozenset({earlier.case.village_id, partner.village_id or "" if partner else ""})
    for name in list(form.fields):
        held = getattr(earlier, name)
        apart = name in OF_VILLAGES and earlier.case.coop_type != BETWEEN_VILLAGES
        if apart or (running and held not in EMPTY):
            del form.fields[name]
        elif name == "further_villages":
            form.initial[name] = ", ".join(held)
        elif not name.endswith("_file"):
            form.initial[name] = held
    if not running:
        form.fields["reason"] = TextField(label=_("Alasan bila isi yang sudah ada diganti"), limit=300, required=False)
    return form


class Sure(forms.Form):
    """Nothing to fill in: the page says what happens, the button does it."""


class Because(forms.Form):
    reason = TextField(label=_("Alasan"), multiline=True, limit=500)
