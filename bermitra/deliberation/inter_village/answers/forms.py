"""The shape of a written answer as it is typed; rules are asked by the actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.forms import LongField
from bermitra.deliberation.models import JointAnswer
from bermitra.foundation.fields import DateField, TextField


class Written(forms.Form):
    kind = forms.ChoiceField(label=_("Jawaban"), choices=JointAnswer.Kind.choices, widget=forms.RadioSelect)
    number = TextField(label=_("Nomor surat jawaban"), help_text=_("Contoh: 140/044/CL/2026"), limit=60)
    notes = LongField(
        label=_("Catatan atau alasan"),
        help_text=_(
            "Catatan: syarat dalam berita acara. Alasan: bila tidak setuju. Kosongkan bila setuju tanpa syarat."
        ),
        required=False,
    )


class AskedAgain(forms.Form):
    letter_number = TextField(label=_("Nomor surat penawaran"), help_text=_("Contoh: 140/088/LG/2026"), limit=60)
    answer_by = DateField(label=_("Batas jawaban yang baru"))
