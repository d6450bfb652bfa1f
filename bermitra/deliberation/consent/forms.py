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
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import REQUIRED, DateField, ParsedField, TextField, TickField


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


class StepForm(forms.Form):
    """A meeting with the affected group, and the scan of its signed minutes."""

    held_on = DateField(label=_("Hari pertemuan"))
    minutes_number = TextField(label=_("Nomor berita acara"), limit=60)
    scan = SafeFileField(label=_("Pindaian berita acara bertanda tangan"))
    minutes = LongField(
        label=_("Isi pertemuan"), help_text=_("Yang dijelaskan, ditanyakan, dan diputuskan warga."), required=False
    )
    male = CountField(label=_("Laki-laki yang hadir"))
    female = CountField(label=_("Perempuan yang hadir"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        not_ahead(self, "held_on")
        return given


class ConsentStepForm(StepForm):
    """``number`` is the step that the page showed: a page left open does not record the step after it."""

    number = forms.TypedChoiceField(
        label=_("Tahap"),
        coerce=int,
        choices=[(n, _(CONSENT_LABELS[s].staff)) for n, s in enumerate(CONSENT_STEPS[:-1], 1)],
        widget=forms.HiddenInput,
    )
    local_language = TickField(label=_("Dijelaskan dalam bahasa setempat"), required=False)


class GiveConsent(StepForm):
    declared = forms.MultipleChoiceField(
        label=_("Pernyataan"),
        choices=[
            ("affected_group", _("Kelompok terdampak sendiri yang memutuskan")),
            ("local_language", _("Dijelaskan dalam bahasa setempat")),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": REQUIRED},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["minutes"].label = gettext("Syarat warga")
        self.fields["minutes"].help_text = gettext("Tertulis pada surat pernyataan, satu baris untuk setiap syarat.")

    def answers(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        declared = given.pop("declared")
        given["given_by"] = "affected_group" if "affected_group" in declared else ""
        return {**given, "local_language": "local_language" in declared}


class RefuseConsent(forms.Form):
    why = TextField(
        label=_("Alasan"), help_text=_("Akan terbaca pada halaman kemitraan dan PADIATAPA."), multiline=True, limit=300
    )
    scan = SafeFileField(label=_("Pindaian berita acara, bila ada"), required=False)
