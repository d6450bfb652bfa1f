"""Fields that several forms ask for."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import REQUIRED, ParsedField, TextField
from bermitra.foundation.text import BadInput, required, shown
from bermitra.foundation.text import _ as marked


class Why(forms.Form):
    why = TextField(label=_("Alasan"), limit=300)


def parse_year(typed: str) -> int:
    text = required(typed)
    if not re.fullmatch(r"20[0-9]{2}", text):
        raise BadInput(
            "year.form", marked("Tahun {value} belum jelas. Tulis empat angka, misalnya 2027."), value=shown(typed)
        )
    return int(text)


class YearField(ParsedField):
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})

    def __init__(self, **kwargs: Any):
        super().__init__(parse=parse_year, empty=None, **kwargs)


class Several(forms.MultipleChoiceField):
    """Some of many, each with its tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(**kwargs)


class Numbers(forms.TypedMultipleChoiceField):
    """As above, where the codes are numbers."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(coerce=int, **kwargs)


class Sure(forms.Form):
    """Nothing to type: one button says it."""
