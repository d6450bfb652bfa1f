"""The shape of what is typed about people; rules are asked by the actions."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.accounts.queries import by_name_or_phone
from bermitra.foundation.accounts.sign_in import as_name_or_phone
from bermitra.foundation.codes import parse_code, parse_region_code
from bermitra.foundation.fields import DateField, NameField, ParsedField, TextField
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, required
from bermitra.foundation.text import _ as marked

GIVEN_BY_REGENCY = (
    roles.VILLAGE_HEAD,
    roles.VILLAGE_SECRETARY,
    roles.VILLAGE_TREASURER,
    roles.VILLAGE_OFFICIAL,
    roles.VILLAGE_OPERATOR,
    roles.BPD_CHAIR,
    roles.BPD_MEMBER,
    roles.CAMAT,
    roles.DPMD_OFFICER,
    roles.LEGAL_REVIEWER,
    roles.AUDITOR,
    roles.FACILITATOR,
)
OF_A_VILLAGE = frozenset(r.key for r in GIVEN_BY_REGENCY if r.key.startswith(("village_", "bpd_")))


def plain(field: forms.Field, label: Any) -> None:
    """Our words above the field, and no grey words inside it."""
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):  # type: ignore[misc]
    """User name or telephone number, and password."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        plain(self.fields["login"], _("Nama pengguna atau nomor telepon"))
        self.fields["login"].help_text = _("Contoh: sekdes.pandanarum atau 0812-3456-7890")
        plain(self.fields["password"], _("Kata sandi"))


class AskPassword(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        plain(self.fields["password"], _("Kata sandi"))


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        plain(self.fields["oldpassword"], _("Kata sandi sekarang"))
        plain(self.fields["password1"], _("Kata sandi baru"))
        plain(self.fields["password2"], _("Kata sandi baru sekali lagi"))


class AskCode(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], _("Kode enam angka, atau kode cadangan"))


class AskCodeAgain(MfaReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], _("Kode enam angka, atau kode cadangan"))


class PairPhone(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], _("Enam angka dari aplikasi"))


def parse_username(text: str) -> str:
    """Lower-case letters, digits, dots and hyphens; three to forty of them."""
    name = required(text).lower()
    if not re.fullmatch(r"[a-z][a-z0-9.\-]{2,39}", name):
        raise BadInput(
            "username.form",
            marked("“{value}” belum bisa dipakai. Tulis huruf kecil, angka, atau titik, seperti sekdes.pandanarum."),
            value=name[:40],
        )
    return name


def find_region(text: str) -> Region:
    """The active region with this code; kelurahan and whole provinces hold no offices here."""
    code = parse_region_code(text)
    region = Region.objects.filter(pk=code, active=True).first()
    if region is None:
        raise BadInput(
            "code.unknown",
            marked("Kode {value} tidak ada dalam daftar wilayah. Cari kodenya di halaman Cari."),
            value=code,
        )
    return region


class UseLetter(forms.Form):
    login = TextField(label=_("Nama pengguna"), help_text=_("Tertulis pada surat akses."), limit=60)
    code = ParsedField(
        label=_("Kode pada surat"),
        help_text=_("Contoh: 7K3M-9QXD-2AHB. Huruf besar atau kecil boleh."),
        parse=lambda typed: parse_code(typed, AccessLetter.LENGTH),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=_("Paling sedikit 12 huruf atau angka. Tiga kata yang mudah diingat sudah cukup."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Tulis sekali lagi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def person(self) -> Person | None:
        return by_name_or_phone(as_name_or_phone(self.cleaned_data["login"]))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        password, again = given.get("password"), given.get("again")
        if password and again and password != again:
            self.add_error("again", gettext("Kedua kata sandi berbeda. Tulis yang sama dua kali."))
        if password:
            try:
                validate_password(password, self.person() if given.get("login") else None)
            except ValidationError as weak:
                self.add_error("password", weak)
        return given


class Enrol(forms.Form):
    """At most seven fields: who, where, which office, by which decree, how long."""

    full_name = NameField(label=_("Nama lengkap"), help_text=_("Seperti pada surat keputusan, boleh dengan gelar."))
    username = ParsedField(
        label=_("Nama pengguna"), parse=parse_username, help_text=_("Contoh: sekdes.pandanarum. Tidak bisa diganti.")
    )
    region = ParsedField(
        label=_("Kode wilayah"),
        parse=find_region,
        empty=None,
        help_text=_("Kode desa seperti 33.04.19.2001; untuk camat kode kecamatan; untuk dinas kode kabupaten."),
    )
    role = forms.ChoiceField(label=_("Jabatan"), choices=[(r.key, _(r.name)) for r in GIVEN_BY_REGENCY])
    decree = TextField(label=_("Nomor surat keputusan"), help_text=_("Contoh: 141/25/2023"), limit=160)
    since = DateField(label=_("Mulai menjabat"))
    until = DateField(label=_("Berakhir"))

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if Person.objects.filter(username=name).exists():
            raise ValidationError(
                gettext("Nama pengguna %(name)s sudah dipakai. Tambahkan nama desa.") % {"name": name}, code="taken"
            )
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until, region, role = (given.get(k) for k in ("since", "until", "region", "role"))
        if since and until and until < since:
            self.add_error("until", gettext("Tanggal akhir mendahului tanggal mulai. Periksa kedua tanggal."))
        if region is not None and role:
            wanted = 4 if role in OF_A_VILLAGE or role == "facilitator" else 3 if role == "camat" else 2
            if region.level != wanted:
                words = {2: gettext("kabupaten atau kota"), 3: gettext("kecamatan"), 4: gettext("desa")}
                self.add_error(
                    "region",
                    gettext("%(name)s bukan %(kind)s. Isi kode %(kind)s untuk jabatan ini.")
                    % {"name": region.name, "kind": words[wanted]},
                )
        return given


class NewLetter(forms.Form):
    reason = forms.ChoiceField(
        label=_("Sebab surat baru"), choices=AccessLetter.Reason.choices, widget=forms.RadioSelect
    )


class MakeToken(forms.Form):
    name = TextField(label=_("Nama kunci"), help_text=_("Untuk program apa. Contoh: aplikasi kas desa"), limit=80)
    until = DateField(
        label=_("Hari terakhir"),
        help_text=_("Paling lama satu tahun. Kunci juga berakhir bersama jabatan dan kata sandi Anda."),
    )


class Find(forms.Form):
    q = TextField(label=_("Nama atau nama pengguna"), required=False, limit=80)
