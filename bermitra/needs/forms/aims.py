"""The shape of what is typed about aims and vetoes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import TextField
from bermitra.needs.catalogue import risks
from bermitra.needs.forms.common import Numbers, Several
from bermitra.needs.forms.figures import goal_choices
from bermitra.needs.queries import risk_label


def risk_choices() -> list[tuple[str, str]]:
    return [(code, risk_label(code)) for code in risks()]


class Aims(forms.Form):
    goals = Numbers(label=_("Tujuan SDGs Desa yang dikejar"), choices=goal_choices, required=False)
    vetoes = Several(
        label=_("Pantangan: yang tidak diterima desa"),
        help_text=_("Pantangan berlaku seketika. Mencabutnya hanya lewat Musyawarah Desa."),
        choices=risk_choices,
        required=False,
    )


class Lift(forms.Form):
    veto = forms.ChoiceField(label=_("Pantangan"), widget=forms.RadioSelect)
    why = TextField(label=_("Alasan"), help_text=_("Dibacakan dalam musyawarah."), limit=300)

    def __init__(self, *args: Any, vetoes: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["veto"].choices = [(code, risk_label(code)) for code in vetoes]  # type: ignore[attr-defined]
