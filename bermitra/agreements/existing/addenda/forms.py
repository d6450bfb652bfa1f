"""The shape of what is typed about an addendum to an agreement from before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.changing.forms import LockAddendum
from bermitra.agreements.changing.rules import TOUCHES
from bermitra.agreements.existing.addenda.actions import Terms
from bermitra.agreements.existing.addenda.rules import ASSET_FORMS
from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.forms import CountField, has_come
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.fields import DateField, RupiahField, TextField, TickField


class TermsForm(forms.Form):
    """Why, what it touches, and what the record shall say from then on."""

    reason = TextField(label=_("Alasan perubahan"), multiline=True, limit=1000)
    touches = forms.MultipleChoiceField(
        label=_("Yang disentuh perubahan ini"),
        help_text=_("Hak dan kewajiban selalu tersentuh, sehingga Musyawarah Desa selalu memutuskan."),
        choices=[(key, name) for key, name in TOUCHES.items() if key != "rights"],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ends_on = DateField(
        label=_("Tanggal berakhir yang baru"), help_text=_("Kosongkan bila tidak berubah."), required=False
    )
    value = RupiahField(
        label=_("Nilai yang baru"), help_text=_("Kosongkan bila tidak berubah; 0 bila tanpa uang."), allow_zero=True,
        required=False,
    )  # fmt: skip
    asset_form = forms.ChoiceField(
        label=_("Pemakaian aset desa dalam perjanjian ini"), choices=list(ASSET_FORMS.items()), required=False
    )
    permit_number = TextField(
        label=_("Nomor izin Bupati atau Wali Kota"),
        help_text=_("Untuk pemanfaatan dan bangun guna aset desa."),
        limit=80,
        required=False,
    )
    evaluated_on = DateField(label=_("Tanggal evaluasi"), help_text=_("Untuk perpanjangan."), required=False)
    evaluation = TextField(label=_("Hasil evaluasi"), multiline=True, limit=2000, required=False)

    def __init__(self, earlier: EarlierAgreement, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.earlier = earlier

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        ends, held = given.get("ends_on"), self.earlier.ends_on
        if ends and ends == held:
            says = gettext("Perjanjian sudah tercatat berakhir %(day)s. Isi tanggal lain, atau kosongkan.")
            self.add_error("ends_on", says % {"day": long_date(ends)})
        elif ends and ends <= max(clock.today(), self.earlier.starts_on):
            says = gettext("%(day)s sudah lewat atau hari ini. Isi tanggal sesudahnya.")
            self.add_error("ends_on", says % {"day": long_date(ends)})
        elif ends and (held is None or ends > held):
            for name in ("evaluated_on", "evaluation"):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, gettext("Perpanjangan memerlukan evaluasi. Isi tanggal dan hasilnya."))
        if (value := given.get("value")) is not None and value == self.earlier.value:
            self.add_error("value", gettext("Nilai ini sudah tercatat. Isi nilai lain, atau kosongkan."))
        return given

    def clean_evaluated_on(self) -> Any:
        day = self.cleaned_data["evaluated_on"]
        return has_come(day) if day else None

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class ChangeForm(forms.Form):
    """One change, quoted from the scan."""

    article = TextField(label=_("Pasal dan ayat"), help_text=_("Contoh: Pasal 4 ayat (2)"), limit=80)
    page = CountField(label=_("Halaman pindaian"))
    before = TextField(
        label=_("Semula"),
        help_text=_("Ketik persis seperti tertulis pada pindaian. Untuk isi baru, kutip ayat sebelumnya."),
        multiline=True,
        limit=4000,
    )
    after = TextField(
        label=_("Menjadi"), help_text=_("Kosongkan bila dihapus."), multiline=True, limit=4000, required=False
    )

    def __init__(self, pages: int, *args: Any, drops: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.pages = pages
        if drops:
            self.fields["drop"] = TickField(label=_("Buang perubahan ini dari adendum"), required=False)

    def clean_page(self) -> int:
        page: int = self.cleaned_data["page"]
        if not 1 <= page <= self.pages:
            says = gettext("Pindaian perjanjian berisi %(pages)s halaman, bukan %(page)s. Perbaiki halamannya.")
            raise forms.ValidationError(says % {"pages": self.pages, "page": page})
        return page

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("before") and given["before"] == given.get("after"):
            self.add_error("after", gettext("Isi “menjadi” sama dengan “semula”. Tulis bunyi yang baru."))
        return given

    def change(self) -> dict[str, Any] | None:
        """What is kept; nothing where it is thrown out."""
        if self.cleaned_data.get("drop"):
            return None
        return {name: self.cleaned_data[name] for name in ("article", "page", "before", "after")}


class LockEarlierAddendum(LockAddendum):
    """Who signs for a partner without an account is typed."""

    partner_signer = TextField(label=_("Nama penanda tangan dari mitra"), limit=120)
    partner_office = TextField(label=_("Jabatannya"), help_text=_("Contoh: Ketua Koperasi Kopi Serayu"), limit=120)
    partner_mandate = TextField(
        label=_("Dasar kewenangannya"), help_text=_("Contoh: Akta Pendirian Nomor 12 Tahun 2019"), limit=160
    )

    def __init__(self, *args: Any, typed: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("reason", *(() if typed else ("partner_signer", "partner_office", "partner_mandate"))):
            del self.fields[name]
