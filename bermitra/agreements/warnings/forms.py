"""The shape of what is typed about a warning."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.forms import CountField, has_come
from bermitra.agreements.warnings.queries import Choice
from bermitra.agreements.warnings.rules import ANSWERS, Told
from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import DateField, NameField, TextField, TickField

MOST_DAYS = 365


class Breach(forms.Form):
    """What happened, what must be done, and by when."""

    facts = TextField(
        label=_("Apa yang terjadi"),
        help_text=_("Tulis kejadiannya, bukan penilaian. Contoh: bibit yang dijanjikan belum diterima."),
        multiline=True,
        limit=3000,
    )
    happened_on = DateField(label=_("Kapan terjadi atau diketahui"))
    wanted = TextField(label=_("Yang harus dilakukan pihak lain"), multiline=True, limit=2000)
    days = CountField(
        label=_("Waktu perbaikan (hari)"),
        help_text=_("Dihitung sejak surat dikirim, atau sejak diterima bila perjanjian menyebutnya."),
    )
    panel_minutes = TextField(
        label=_("Nomor berita acara panel"),
        help_text=_("Diisi bila pihak lain membantah dan panel sudah memutus."),
        limit=80,
        required=False,
    )
    panel_on = DateField(label=_("Tanggal berita acara panel"), required=False)

    def clean_happened_on(self) -> date:
        return has_come(self.cleaned_data["happened_on"])

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if not 1 <= days <= MOST_DAYS:
            says = _("Waktu perbaikan {days} hari tidak mungkin. Tulis 1 sampai {most} hari.")
            raise forms.ValidationError(says.format(days=days, most=MOST_DAYS))
        return days

    def told(self) -> Told:
        return Told(**{each.name: self.cleaned_data[each.name] for each in fields(Told)})


class FirstBreach(Breach):
    """The same, with the choice of what it is about."""

    field_order = ("points",)
    points = forms.MultipleChoiceField(
        label=_("Kewajiban yang terlambat atau batasan yang dilanggar"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu kewajiban atau batasan.")},
    )

    def __init__(self, found: list[Choice], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = [(each.key, _said(each)) for each in found]  # type: ignore[attr-defined]


def _said(each: Choice) -> str:
    if each.late_since is None:
        return str(_("Batasan: {text}")).format(text=each.text)
    return str(_("{text} (tenggat {day})")).format(text=each.text, day=long_date(each.late_since))


class Sending(forms.Form):
    """Exactly the letter that was read."""

    seen = forms.CharField(widget=forms.HiddenInput)
    number = TextField(label=_("Nomor surat"), help_text=_("Contoh: 005/SP/2027"), limit=60)
    read = TickField(
        label=_("Saya sudah membaca isi surat ini dan mengirimnya atas nama pihak saya."),
        error_messages={"required": _("Baca isi surat ini, lalu centang pernyataannya.")},
    )


class Handed(forms.Form):
    """Day and receiver of the printed letter."""

    handed_on = DateField(label=_("Tanggal surat diterima"))
    handed_to = NameField(label=_("Nama penerima surat"), help_text=_("Orang yang menandatangani tanda terima."))
    file = SafeFileField(label=_("Foto tanda terima"), required=False)

    def clean_handed_on(self) -> date:
        return has_come(self.cleaned_data["handed_on"])


class Reply(forms.Form):
    kind = forms.ChoiceField(label=_("Sikap Anda"), choices=[*ANSWERS.items()], widget=forms.RadioSelect)
    text = TextField(label=_("Jawaban"), multiline=True, limit=3000)
    file = SafeFileField(label=_("Berkas bukti"), required=False)


class Cured(forms.Form):
    text = TextField(label=_("Apa yang sudah diperbaiki, dan kapan"), multiline=True, limit=3000)
    file = SafeFileField(label=_("Berkas bukti"), required=False)


class Accepting(forms.Form):
    text = TextField(label=_("Catatan"), multiline=True, limit=1000, required=False)
