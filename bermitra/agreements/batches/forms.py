"""What is chosen for a batch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import TextField

Choices = list[tuple[str, str]]


class Opening(forms.Form):
    title = TextField(label=_("Nama naskah serentak"), help_text=_("Contoh: Pendampingan petani 2027"), limit=200)
    cases = forms.MultipleChoiceField(
        label=_("Desa"), widget=forms.CheckboxSelectMultiple, help_text=_("Setiap desa tetap memutuskan sendiri.")
    )

    def __init__(self, found: Choices, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = found  # type: ignore[attr-defined]
        self.initial["cases"] = [code for code, _name in found]


class Offering(forms.Form):
    agreements = forms.MultipleChoiceField(
        label=_("Usulkan kepada"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hanya naskah yang sedang di tangan Anda dan berbeda. Pasal yang diubah desa tidak disentuh."),
    )
    reason = TextField(label=_("Alasan perubahan"), limit=500)

    def __init__(self, found: Choices, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["agreements"].choices = found  # type: ignore[attr-defined]
        self.initial["agreements"] = [code for code, _name in found]
