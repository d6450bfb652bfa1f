"""Form fields that read what Indonesians type: each hands its text to a pure parser and says what was wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation import calendar, codes, money, place, text
from bermitra.foundation.spoken import Spoken
from bermitra.foundation.text import BadInput

NOTHING_READ = _("Sidik yang Anda baca (seen) belum terkirim. Buka lagi halaman ini, lalu kirim.")
REQUIRED = _("Isian ini belum diisi.")
NOT_LISTED = _("“%(value)s” tidak ada dalam daftar. Pilih yang tersedia sekarang.")


def say(bad: BadInput) -> str:
    """The sentence of a refused input in the reader's language."""
    return gettext(bad.message).format(**bad.values)


class _Numbers(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "…"  # a sentence with a gap still tells a clerk more than an error page


def filled(sentence: str, numbers: Mapping[str, object]) -> str:
    """A rule's sentence translated first and filled afterwards."""
    return gettext(sentence).format_map(_Numbers(numbers)) if sentence else ""


class ParsedField(forms.CharField):
    """A text field whose value is what ``parse`` makes of it; an empty optional field is ``empty``."""

    def __init__(self, *, parse: Callable[[str], Any], empty: Any = "", **kwargs: Any):
        self.parse, self.empty = parse, empty
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            typed = text.clean(value or "", multiline=True)
            return self.parse(value) if typed else self.empty
        except BadInput as bad:
            raise ValidationError(say(bad), code=bad.code) from bad

    def validate(self, value: Any) -> None:
        if self.required and value == self.empty:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The parser has said all there is to say."""


class Tick(forms.CheckboxInput):
    """A browser sends any text for a tick; a program says ``true``."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        if isinstance(data, Spoken):
            return data.tick(name)
        return bool(super().value_from_datadict(data, files, name))


class TickField(forms.BooleanField):
    widget = Tick


class TextField(ParsedField):
    """Plain text, cleaned; ``limit`` counts characters a reader sees. ``owed``: left empty it reaches the act, whose rule
    refuses it with its remedy; so no page calls it optional."""

    def __init__(self, *, limit: int = 200, multiline: bool = False, owed: bool = False, **kwargs: Any):
        self.longest, self.owed = limit, owed
        if owed:
            kwargs["required"] = False
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(parse=lambda typed: text.worded(typed, multiline=multiline, limit=limit), **kwargs)


class NameField(ParsedField):
    def __init__(self, *, limit: int = 120, **kwargs: Any):
        self.longest = limit
        super().__init__(parse=lambda typed: text.clean_name(typed, limit=limit), **kwargs)


class PhoneField(ParsedField):
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})

    def __init__(self, **kwargs: Any):
        super().__init__(parse=codes.parse_phone, **kwargs)


class PointField(ParsedField):
    """A point on the map as ``place.Point``; an empty optional field is ``None``."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", _("Salin dari peta. Contoh: 7,3645° LS, 109,6921° BT"))
        super().__init__(parse=place.parse_point, empty=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, place.Point) else value


class RupiahField(ParsedField):
    """Whole rupiah as ``int``; the page shows back what was understood."""

    rupiah = True
    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, *, allow_zero: bool = False, **kwargs: Any):
        super().__init__(parse=lambda typed: money.parse_rupiah(typed, allow_zero=allow_zero), empty=None, **kwargs)


class DateField(ParsedField):
    """A day between ``earliest`` and ``latest``, written 27 November 2026, 27/11/2026 or 2026-11-27."""

    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})

    def __init__(self, *, earliest: date = date(1945, 8, 17), latest: date = date(2100, 12, 31), **kwargs: Any):
        kwargs.setdefault("help_text", _("Contoh: 27 November 2026 atau 27/11/2026"))
        super().__init__(
            parse=lambda typed: calendar.parse_date(typed, earliest=earliest, latest=latest), empty=None, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return calendar.long_date(value) if isinstance(value, date) else value


class TimeField(ParsedField):
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", _("Contoh: 14.05"))
        super().__init__(parse=calendar.parse_time, empty=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H.%M") if isinstance(value, time) else value
