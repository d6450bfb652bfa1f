"""The shape of what is typed about notices."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.messages.models import Told


class PassedOn(forms.Form):
    how = forms.ChoiceField(
        label=_("Bagaimana Anda menyampaikannya?"),
        choices=[(each.value, each.label) for each in (Told.How.WA, Told.How.SPOKEN)],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Cara menyampaikan belum dipilih. Pilih salah satu."),
            "invalid_choice": _("Cara menyampaikan ini tidak dikenal. Pilih salah satu."),
        },
    )
