"""What is typed about PADIATAPA."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.consent.rules import CONSENT_LABELS, CONSENT_STEPS
from bermitra.deliberation.forms import CountField, LongField
from bermitra.foundation.codes import parse_code
from bermitra.foundation.commands import clock
from bermitra.foundation.fields import DateField, ParsedField, TextField, TickField


class BeginConsent(forms.Form):
    about = ParsedField(
        label=_("Kode kemitraan"),
        help_text=_("Sepuluh huruf dan angka, tertera pada halaman kemitraan."),
        parse=lambda typed: parse_code(typed, 10),
    )
    title = TextField(label=_("Tentang apa"))
    group = TextField(label=_("Kelompok terdampak"), limit=120)
    language = TextField(label=_("Bahasa yang dipahami"), limit=60)
    informed_on = DateField(label=_("Informasi diserahkan pada"))


def not_ahead(form: forms.Form, name: str) -> None:
    day = form.cleaned_data.get(name)
    if day and day > clock.today():
        form.add_error(name, gettext("Tanggal itu belum tiba. Catat setelah pertemuannya selesai."))


class ConsentStepForm(forms.Form):
    number = forms.TypedChoiceField(
        label=_("Tahap"),
        coerce=int,
        choices=[(n, _(CONSENT_LABELS[s].staff)) for n, s in enumerate(CONSENT_STEPS[:-1], 1)],
    )
    held_on = DateField(label=_("Hari pertemuan"))
    minutes_number = TextField(label=_("Nomor berita acara"), limit=60)
    minutes = LongField(label=_("Isi pertemuan"), help_text=_("Yang dijelaskan, ditanyakan, dan diputuskan warga."))
    male = CountField(label=_("Laki-laki yang hadir"))
    female = CountField(label=_("Perempuan yang hadir"))
    local_language = TickField(label=_("Dijelaskan dalam bahasa setempat"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        not_ahead(self, "held_on")
        return given


class GiveConsent(ConsentStepForm):
    given_by = forms.ChoiceField(
        label=_("Yang memberi persetujuan"),
        choices=[
            ("affected_group", _("Kelompok terdampak sendiri")),
            ("village", _("Pemerintah Desa atau BPD")),
            ("others", _("Pihak lain")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["number"]
