"""The shape of what is typed about a need's cost, goals and groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.elements import COMMUNITY
from bermitra.deliberation.queries import element_name
from bermitra.foundation.fields import RupiahField
from bermitra.foundation.money import rupiah
from bermitra.needs.catalogue import goals, themes
from bermitra.needs.forms.common import Numbers, Several
from bermitra.needs.queries import goal_label, theme_label


class Cost(forms.Form):
    """Both or neither: nobody has reckoned what has one end only."""

    cost_low = RupiahField(
        label=_("Biaya terendah"), help_text=_("Untuk langkah terkecil yang sudah berguna."), required=False
    )
    cost_high = RupiahField(label=_("Biaya seluruhnya"), help_text=_("Untuk memenuhi semuanya."), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        low, high = given.get("cost_low"), given.get("cost_high")
        if self.errors:
            return given
        if (low is None) != (high is None):
            empty = "cost_low" if low is None else "cost_high"
            says = gettext("Isi kedua biaya, atau kosongkan keduanya.")
            self.add_error(empty, ValidationError(says, code="cost.half"))
        elif low is not None and high is not None and low > high:
            says = gettext("%(high)s kurang dari biaya terendah %(low)s. Tukar keduanya.")
            values = {"high": rupiah(high), "low": rupiah(low)}
            self.add_error("cost_high", ValidationError(says % values, code="cost.order"))
        return given


def goal_choices() -> list[tuple[int, str]]:
    return [(number, goal_label(number)) for number in goals()]


def group_choices() -> list[tuple[str, str]]:
    return [(code, element_name(code)) for code in sorted(COMMUNITY, key=element_name)]


def theme_choices() -> list[tuple[str, str]]:
    return [("", gettext("Belum dipilih")), *((code, theme_label(code)) for code in themes())]


class Aimed(forms.Form):
    theme = forms.ChoiceField(label=_("Tema"), choices=theme_choices, required=False)
    goals = Numbers(label=_("Tujuan SDGs Desa"), choices=goal_choices, required=False)
    groups = Several(label=_("Kelompok warga yang paling terdampak"), choices=group_choices, required=False)
