"""The shape of what is typed about personal data. No sentence of these fields ever repeats what was typed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation import calendar
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.forms import find_region
from bermitra.foundation.codes import grouped, parse_code, parse_nik
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.fields import DateField, ParsedField, TextField, TickField, TimeField
from bermitra.foundation.personal.breaches import OF_A_PLACE, OF_A_ROLE, OF_CODES, Place, unknown_codes, zone_in
from bermitra.foundation.personal.models import DataBreach, DataConsent, NumberCase
from bermitra.foundation.text import BadInput, required
from bermitra.foundation.text import _ as marked

SHORTEST_ACCOUNT, LONGEST_ACCOUNT = 6, 20  # digits


def parse_account(text: str) -> str:
    """A bank account as digits; raises :class:`BadInput` ``account.form``, which does not repeat it."""
    digits = re.sub(r"[.\-–\s]", "", required(text))
    if not re.fullmatch(r"[0-9]+", digits) or not SHORTEST_ACCOUNT <= len(digits) <= LONGEST_ACCOUNT:
        raise BadInput(
            "account.form",
            marked("Nomor rekening hanya angka, {low} sampai {high} angka. Salin dari buku rekening."),
            low=SHORTEST_ACCOUNT,
            high=LONGEST_ACCOUNT,
        )
    return digits


class NumberField(ParsedField):
    """A number that is typed, checked and never written back into the page, not even where it was wrong."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return ""


class NikField(NumberField):
    def __init__(self, **kwargs: Any):
        super().__init__(parse=parse_nik, **kwargs)


class AccountField(NumberField):
    def __init__(self, **kwargs: Any):
        super().__init__(parse=parse_account, **kwargs)


class PictureField(SafeFileField):
    """A photograph, JPEG or PNG; it comes back drawn anew, without the place it was taken at."""

    widget = forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"})

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", _("JPEG atau PNG, paling besar 5 MB. Tempat dan waktu pemotretan dibuang."))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Safe | None:
        safe = super().clean(data, initial)
        if safe is not None and not safe.media_type.startswith("image/"):
            raise ValidationError(gettext("Unggah foto KTP, bukan PDF. Simpan sebagai JPEG atau PNG."), code="picture")
        return safe


AGREED = _("Saya setuju data ini dipakai untuk memastikan siapa yang menandatangani perjanjian.")


class KeepNik(forms.Form):
    nik = NikField(
        label=_("NIK"), help_text=_("16 angka pada KTP. Sesudah ini hanya empat angka terakhir yang tampil.")
    )
    agreed = TickField(label=AGREED, required=False)


class KeepIdentityScan(forms.Form):
    picture = PictureField(label=_("Foto KTP"))
    agreed = TickField(label=AGREED, required=False)


class Allow(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Yang Anda izinkan"), choices=DataConsent.Purpose.choices, widget=forms.RadioSelect
    )


class Look(forms.Form):
    reason = TextField(
        label=_("Untuk apa data ini dilihat"),
        help_text=_("Contoh: mencocokkan penanda tangan PKS 12/2026. Pemiliknya membaca alasan ini."),
        limit=200,
    )


class FindPerson(forms.Form):
    q = TextField(label=_("Nama"), required=False, limit=80)


class Erase(forms.Form):
    letter = TextField(
        label=_("Nomor surat permintaan"),
        help_text=_("Isi bila permintaan datang di atas kertas, bukan lewat Data saya."),
        required=False,
        limit=80,
    )
    told = TickField(
        label=_("Pemohon sudah saya beri tahu apa yang tetap disimpan, berapa lama, dan mengapa."), required=False
    )


class CloseCase(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Hasil pemeriksaan KTP"), choices=NumberCase.Outcome.choices, widget=forms.RadioSelect
    )


CODE = 10  # characters of a person's or a partner's code


def parse_codes(text: str) -> tuple[str, ...]:
    """Public codes, one a line or apart by commas. Raises :class:`BadInput` for the first that is none."""
    return tuple(dict.fromkeys(parse_code(each, CODE) for each in re.split(r"[,;\n]+", text) if each.strip()))


class RecordBreach(forms.Form):
    """What got out, where, when it was found, and whose it was."""

    title = TextField(
        label=_("Apa yang terjadi"),
        help_text=_("Satu kalimat, tanpa nama orang. Contoh: laptop desa hilang."),
        limit=120,
    )
    day = DateField(label=_("Tanggal diketahui"))
    hour = TimeField(label=_("Pukul diketahui"))
    region = ParsedField(label=_("Kode wilayah"), parse=find_region, empty=None, required=False)
    whom = forms.ChoiceField(
        label=_("Data siapa yang bocor"), choices=DataBreach.Whom.choices, widget=forms.RadioSelect, initial=OF_A_PLACE
    )
    role = forms.ChoiceField(label=_("Jabatan"), required=False)
    codes = ParsedField(
        label=_("Kode orang atau mitra"),
        help_text=_("Satu kode pada satu baris. Kode mitra berarti semua orang yang mewakilinya."),
        parse=parse_codes,
        empty=(),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.places = places
        offered = [(each.key, gettext(each.name)) for each in roles.ALL if each.key not in roles.NOT_APPOINTED]
        self.fields["role"].choices = [("", gettext("Pilih jabatan")), *offered]  # type: ignore[attr-defined]
        widest = places[0].region
        if len(places) == 1 and widest is not None and widest.level == 4:
            del self.fields["region"]
        else:
            name = widest.name if widest is not None else gettext("seluruh sistem")
            self.fields["region"].help_text = gettext("Kosongkan bila menyangkut %(name)s.") % {"name": name}

    def clean_region(self) -> Any:
        region = self.cleaned_data["region"]
        allowed = [each.region.pk if each.region is not None else "" for each in self.places]
        if region is not None and not any(region.pk.startswith(each) for each in allowed):
            raise ValidationError(
                gettext("%(name)s di luar wilayah Anda. Isi kode di wilayah Anda, atau kosongkan.")
                % {"name": region.name},
                code="outside",
            )
        return region

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("whom") == OF_A_ROLE and not given.get("role"):
            self.add_error("role", gettext("Jabatan belum dipilih. Pilih jabatan yang datanya bocor."))
        if given.get("whom") == OF_CODES and "codes" in given:
            self._known(given["codes"])
        return given

    def _known(self, codes: tuple[str, ...]) -> None:
        unknown = unknown_codes(self.place(), codes)
        if not codes:
            self.add_error("codes", gettext("Kode belum ditulis. Kode orang ada pada halamannya."))
        elif unknown:
            self.add_error(
                "codes",
                gettext("Kode %(code)s tidak ada di wilayah ini. Periksa kodenya pada halaman orangnya.")
                % {"code": grouped(unknown[0])},
            )

    def place(self) -> Place:
        region = self.cleaned_data.get("region")
        return Place(region) if region is not None else self.places[0]

    def found_at(self) -> datetime:
        return calendar.moment(self.cleaned_data["day"], self.cleaned_data["hour"], zone_in(self.place().region))

    def whose(self) -> dict[str, Any]:
        """Only what belongs to the way that was chosen: a role left over from another try counts for nothing."""
        given = self.cleaned_data
        return {
            "whom": given["whom"],
            "role": given["role"] if given["whom"] == OF_A_ROLE else "",
            "codes": given["codes"] if given["whom"] == OF_CODES else (),
        }


class SetBreachAside(forms.Form):
    reason = TextField(
        label=_("Alasan"),
        help_text=_("Contoh: laptopnya ditemukan dan tidak pernah dibuka. Tanpa nama orang."),
        multiline=True,
        limit=300,
    )


class TellOfBreach(forms.Form):
    """The three contents that the law asks for, the letter to the authority, and whether everybody is to know."""

    leaked = TextField(
        label=_("Data apa yang bocor"),
        help_text=_("Contoh: nama, nomor telepon, dan foto KTP."),
        multiline=True,
        limit=500,
    )
    happened = TextField(label=_("Kapan dan bagaimana bocornya"), multiline=True, limit=1000)
    measures = TextField(
        label=_("Penanganan dan pemulihannya"),
        help_text=_("Termasuk apa yang sebaiknya dilakukan pemilik data."),
        multiline=True,
        limit=1000,
    )
    authority_letter = TextField(
        label=_("Nomor surat kepada lembaga pelindungan data pribadi"),
        help_text=_("Isi surat itu sama dengan pemberitahuan ini."),
        limit=80,
    )
    public = TickField(
        label=_("Umumkan juga kepada masyarakat"),
        help_text=_("Wajib bila mengganggu pelayanan publik atau berdampak serius pada kepentingan umum."),
        required=False,
    )
