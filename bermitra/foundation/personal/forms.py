"""The shape of what is typed about personal data. No sentence of these fields ever repeats what was typed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import parse_nik
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.fields import ParsedField, TextField
from bermitra.foundation.personal.models import DataConsent, NumberCase
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
    agreed = forms.BooleanField(label=AGREED, required=False)


class KeepIdentityScan(forms.Form):
    picture = PictureField(label=_("Foto KTP"))
    agreed = forms.BooleanField(label=AGREED, required=False)


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
    told = forms.BooleanField(
        label=_("Pemohon sudah saya beri tahu apa yang tetap disimpan, berapa lama, dan mengapa."), required=False
    )


class CloseCase(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Hasil pemeriksaan KTP"), choices=NumberCase.Outcome.choices, widget=forms.RadioSelect
    )
