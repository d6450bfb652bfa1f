"""The facts that a kind of partner is asked for, as form fields made from the book."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import parse_region_code
from bermitra.foundation.fields import DateField, ParsedField, RupiahField, TextField
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, clean
from bermitra.foundation.text import _ as marked
from bermitra.registry.due_diligence.book import FieldType, Kind, ProfileField
from bermitra.registry.forms.common import parse_whole, parse_year
from bermitra.registry.queries.words import said

MOST_VILLAGES = 100


def parse_villages(text: str) -> dict[str, str]:
    """Villages by their codes, one a line or between commas, with the names that the register has for them today."""
    typed = [each for each in re.split(r"[\n,;]+", clean(text, multiline=True)) if each.strip()]
    if len(typed) > MOST_VILLAGES:
        raise BadInput("villages.many", marked("Lebih dari {most} desa. Tulis yang terdekat saja."), most=MOST_VILLAGES)
    codes = list(dict.fromkeys(parse_region_code(each) for each in typed))
    known = dict(Region.objects.filter(code__in=codes, level=4, active=True).values_list("code", "name"))
    for code in codes:
        if code not in known:
            raise BadInput(
                "villages.unknown",
                marked("{value} bukan desa yang terdaftar. Cari kodenya di halaman Cari."),
                value=code,
            )
    return {code: known[code] for code in codes}


class ProfileOfKind(forms.Form):
    """Every field may stay empty: what is not known is shown as not known."""

    def __init__(self, *args: Any, kind: Kind, held: Mapping[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.asked = kind.profile
        for each in kind.profile:
            self.fields[each.code] = _field(each, held.get(each.code))

    def profile(self) -> dict[str, Any]:
        """As it is kept: whole numbers, texts, days as 2026-11-27; nothing where nothing was said."""
        given = {each.code: self.cleaned_data[each.code] for each in self.asked}
        kept = {code: value.isoformat() if isinstance(value, date) else value for code, value in given.items()}
        return {code: value for code, value in kept.items() if value not in (None, "", [], {})}


def _field(asked: ProfileField, held: Any) -> forms.Field:
    given: dict[str, Any] = {"label": said(asked.name), "required": False, "initial": held}
    options = [(code, said(words)) for code, words in asked.options]
    match asked.type:
        case FieldType.RUPIAH:
            return RupiahField(allow_zero=True, **given)
        case FieldType.WHOLE:
            return ParsedField(parse=parse_whole, empty=None, **given)
        case FieldType.YEAR:
            return ParsedField(parse=parse_year, empty=None, **given)
        case FieldType.TEXT:
            return TextField(limit=80, **given)
        case FieldType.DATE:
            return DateField(**{**given, "initial": date.fromisoformat(held) if held else None})
        case FieldType.CHOICE:
            return forms.ChoiceField(choices=[("", "–"), *options], **given)
        case FieldType.CHOICES:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **given)
        case FieldType.VILLAGES:
            return ParsedField(
                parse=parse_villages, empty=None, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Kode desa, satu setiap baris. Contoh: 33.04.19.2001"),
                **{**given, "initial": "\n".join(held or ())},
            )  # fmt: skip
