"""How the work box is narrowed: what is in the address, and nothing that is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Narrow(forms.Form):
    """A value that is not among the choices narrows nothing: an old link still opens the box."""

    waktu = forms.ChoiceField(
        label=_("Tenggat"),
        required=False,
        choices=[("", _("Semua pekerjaan")), ("terlambat", _("Sudah terlambat")), ("pekan", _("Tujuh hari ke depan"))],
    )
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)

    def __init__(self, *args: Any, places: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        if len(places) < 2:
            del self.fields["wilayah"]
        else:
            self.fields["wilayah"].choices = [("", _("Semua wilayah")), *places.items()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
