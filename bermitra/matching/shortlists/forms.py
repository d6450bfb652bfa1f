"""Shapes of input of the lists: what is looked for, and the plain yes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import TextField


class Sure(forms.Form):
    """Nothing to type: one button says it."""


class FindVillage(forms.Form):
    """One line: the name or the code of a village."""

    q = TextField(label=_("Nama atau kode desa"), help_text=_("Contoh: Pandanarum atau 33.04.19.2001"), limit=120)


class FindOffer(forms.Form):
    """Words of an offer, or of its partner."""

    q = TextField(label=_("Kata dalam judul tawaran atau nama mitra"), limit=80, required=False)
