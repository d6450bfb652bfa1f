"""What a visitor may ask for; everything stays in the address, so that a page can be sent on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import ParsedField
from bermitra.foundation.regions.queries import LONGEST
from bermitra.foundation.text import required


class Find(forms.Form):
    """One line: a name, a code, or a name and its place."""

    q = ParsedField(
        label=_("Cari desa, kecamatan, atau kabupaten"),
        help_text=_("Contoh: Pandanarum, Banjarnegara atau 33.04.19.2001"),
        parse=lambda typed: required(typed, limit=LONGEST),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
