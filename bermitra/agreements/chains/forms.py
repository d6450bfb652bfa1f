"""Where a text stands, as it is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.chains.rules import AGREEMENT, LEVELS
from bermitra.foundation.fields import TextField


class Placing(forms.Form):
    level = forms.ChoiceField(
        label=_("Tingkat naskah"),
        choices=[(code, _(name)) for code, name in LEVELS.items()],
        initial=AGREEMENT,
        widget=forms.RadioSelect,
        help_text=_("Nota Kesepahaman tidak memuat uang, aset, atau kewajiban berharga."),
    )
    under = forms.ChoiceField(
        label=_("Dibuat berdasarkan"), help_text=_("Pilih naskah induk bila ada."), required=False, choices=[]
    )
    reason = TextField(label=_("Alasan perubahan"), limit=500)

    def __init__(self, parents: list[tuple[str, str]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["under"].choices = [("", _("Berdiri sendiri")), *parents]  # type: ignore[attr-defined]
