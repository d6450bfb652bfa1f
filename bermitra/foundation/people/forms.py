"""The shape of what is typed about offices, powers and entries for a village; rules are asked by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.forms import GIVEN_BY_REGENCY, find_region, parse_username
from bermitra.foundation.accounts.models import Appointment, Mandate, Person
from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import REQUIRED, DateField, NameField, ParsedField, PhoneField, TextField, TickField
from bermitra.foundation.people.queries import ENTRUSTED
from bermitra.foundation.text import _ as marked

ORDER = marked("Tanggal akhir mendahului tanggal mulai. Periksa kedua tanggal.")


class Term(forms.Form):
    """From when to when; asked by every form that gives an office."""

    since = DateField(label=_("Mulai menjabat"))
    until = DateField(label=_("Berakhir"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", gettext(ORDER))
        return given


class Newcomer(forms.Form):
    """A person who may be known already: then the name must be that person's, so that no user name is hit by chance."""

    full_name = NameField(label=_("Nama lengkap"), help_text=_("Seperti pada surat, boleh dengan gelar."))
    username = ParsedField(
        label=_("Nama pengguna"),
        parse=parse_username,
        help_text=_("Sudah punya akun? Isi nama penggunanya. Contoh: sekdes.pandanarum"),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        known = Person.objects.filter(username=given.get("username", "")).first()
        if known is not None and "full_name" in given and known.full_name.casefold() != given["full_name"].casefold():
            self.add_error(
                "username",
                gettext("Nama pengguna %(name)s milik orang lain. Pilih yang lain, misalnya dengan nama desa.")
                % {"name": known.username},
            )
        return given


class Propose(Newcomer, Term):
    """Seven fields: who, which office, by which decree, how long; and whether it is a Pj."""

    role = forms.ChoiceField(label=_("Jabatan"))
    decree = TextField(label=_("Nomor surat keputusan"), help_text=_("Contoh: 141/25/2023"), limit=160)
    acting = TickField(
        label=_("Penjabat (Pj.)"), required=False, help_text=_("Centang bila hanya sampai ada pejabat tetap.")
    )
    field_order = ("full_name", "username", "role", "decree", "since", "until", "acting")

    def __init__(self, *args: Any, offered: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role, gettext(roles.BY_KEY[role].name)) for role in offered
        ]


class Further(Term):
    """One more office for a person who is known."""

    region = ParsedField(
        label=_("Kode wilayah"),
        parse=find_region,
        empty=None,
        help_text=_("Kode desa seperti 33.04.19.2001; untuk camat kode kecamatan; untuk dinas kode kabupaten."),
    )
    role = forms.ChoiceField(label=_("Jabatan"), choices=[(r.key, _(r.name)) for r in GIVEN_BY_REGENCY])
    decree = TextField(label=_("Nomor surat keputusan"), help_text=_("Contoh: 141/25/2023"), limit=160)
    acting = TickField(
        label=_("Penjabat (Pj.)"), required=False, help_text=_("Centang bila hanya sampai ada pejabat tetap.")
    )
    field_order = ("region", "role", "decree", "since", "until", "acting")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        region, role = given.get("region"), given.get("role")
        if region is not None and role and region.level != level_of(role):
            words = {2: gettext("kabupaten atau kota"), 3: gettext("kecamatan"), 4: gettext("desa")}
            self.add_error(
                "region",
                gettext("%(name)s bukan %(kind)s. Isi kode %(kind)s untuk jabatan ini.")
                % {"name": region.name, "kind": words[level_of(role)]},
            )
        return given


def level_of(role: str) -> int:
    """The level of the place in which an office is held: village 4, district 3, regency 2."""
    if role == roles.CAMAT.key:
        return 3
    return 4 if role.startswith(("village_", "bpd_")) or role == roles.FACILITATOR.key else 2


class Reason(forms.Form):
    reason = TextField(label=_("Alasan"), multiline=True, limit=500)


class Answer(forms.Form):
    answer = TextField(
        label=_("Apa yang diperbaiki, atau mengapa isian itu tetap"),
        help_text=_("Perbaiki dahulu isiannya di halamannya sendiri, lalu tulis di sini."),
        multiline=True,
        limit=500,
    )


class PassOn(forms.Form):
    """To whom an office passes; offered is whoever holds it today."""

    successor = forms.ModelChoiceField(
        label=_("Diserahkan kepada"),
        queryset=Appointment.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": REQUIRED},
    )
    note = TextField(
        label=_("Catatan serah terima"),
        help_text=_("Misalnya berkas kertas, kunci, atau hal yang harus segera ditangani."),
        multiline=True,
        limit=1000,
        required=False,
    )

    def __init__(self, *args: Any, offered: list[Appointment], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.queryset = Appointment.objects.filter(pk__in=[each.pk for each in offered]).select_related("person")
        field.label_from_instance = lambda each: f"{each.person.full_name}, {each.called}, {long_date(each.since)}"


class Empower(Newcomer, Term):
    """A letter of power: who gives it, to whom, for what, until when, and the letter itself."""

    giver = forms.ModelChoiceField(label=_("Pemberi kuasa"), queryset=Appointment.objects.none(), empty_label=None)
    role = forms.ChoiceField(label=_("Jabatan yang dikuasakan"))
    purpose = forms.ChoiceField(label=_("Untuk apa"), choices=Mandate.Purpose.choices)
    scope = TextField(label=_("Isi kuasa"), help_text=_("Seperti tertulis pada surat."), multiline=True, limit=300)
    number = TextField(label=_("Nomor surat kuasa"), limit=120)
    dated = DateField(label=_("Tanggal surat"))
    file = SafeFileField(label=_("Pindaian surat kuasa"))
    field_order = (
        "giver", "full_name", "username", "role", "purpose", "scope", "number", "dated", "since", "until", "file",
    )  # fmt: skip

    def __init__(self, *args: Any, givers: list[Appointment], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["since"].label, self.fields["until"].label = _("Mulai berlaku"), _("Berakhir")
        field: Any = self.fields["giver"]
        field.queryset = Appointment.objects.filter(pk__in=[each.pk for each in givers]).select_related("person")
        field.label_from_instance = lambda each: f"{each.person.full_name}, {each.called}"
        entrusted = dict.fromkeys(role for each in givers for role in ENTRUSTED[each.role])
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role, gettext(roles.BY_KEY[role].name)) for role in entrusted
        ]


class Contact(forms.Form):
    phone = PhoneField(label=_("Nomor telepon"), help_text=_("Contoh: 0812-3456-7890"), required=False)
    email = forms.EmailField(label=_("Surel"), required=False, max_length=254)

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        others = Person.objects.exclude(pk=self.person.pk)
        for name, words in (
            ("phone", gettext("Nomor ini sudah dipakai akun lain. Pakai nomor Anda sendiri.")),
            ("email", gettext("Surel ini sudah dipakai akun lain. Pakai surel Anda sendiri.")),
        ):
            if given.get(name) and others.filter(**{name: given[name]}).exists():
                self.add_error(name, words)
        if not self.errors and all(given[name] == getattr(self.person, name) for name in ("phone", "email")):
            raise ValidationError(gettext("Tidak ada yang berubah. Isi nomor atau surel yang baru."), code="same")
        return given


class AskForHelp(forms.Form):
    helper = forms.ModelChoiceField(
        label=_("Petugas pembantu"),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": REQUIRED},
    )
    purpose = TextField(
        label=_("Untuk mengisi apa"), help_text=_("Contoh: kebutuhan desa dan kehadiran musyawarah."), limit=300
    )
    until = DateField(label=_("Sampai kapan"))

    def __init__(self, *args: Any, offered: list[Appointment], **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = {each.person_id: each for each in offered}
        field: Any = self.fields["helper"]
        field.queryset = Person.objects.filter(pk__in=held).order_by("full_name")
        field.label_from_instance = lambda each: f"{each.full_name}, {held[each.pk].called}"


class Grant(forms.Form):
    number = TextField(label=_("Nomor surat mandat"), limit=120)
    until = DateField(label=_("Berlaku sampai"))


class GrantOnPaper(Grant):
    since = DateField(label=_("Mulai berlaku"))
    file = SafeFileField(label=_("Pindaian surat bertanda tangan"))
    field_order = ("number", "since", "until", "file")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", gettext(ORDER))
        return given
