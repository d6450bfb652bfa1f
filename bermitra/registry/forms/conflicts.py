"""The shape of explaining something shared, and of looking at the explanation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import TextField
from bermitra.registry.forms.common import Choice


class ExplainConflict(forms.Form):
    text = TextField(
        label=_("Penjelasan"),
        help_text=_("Tulis hubungan itu, atau mengapa ini orang lain. Bila data keliru, perbaiki datanya."),
        multiline=True,
        limit=500,
    )


class ReviewConflict(forms.Form):
    """Three answers: another person of this name, a tie that may stand, a tie that may not."""

    OTHER, TIE, REFUSED = "other", "tie", "refused"
    finding = Choice(
        label=_("Setelah ditinjau"),
        choices=(
            (OTHER, _("Bukan hubungan: orang lain, atau data keliru")),
            (TIE, _("Ada hubungan, sudah dinyatakan, dan dapat diterima")),
            (REFUSED, _("Ada hubungan yang tidak dapat diterima")),
        ),
    )
    reason = TextField(label=_("Alasan"), multiline=True, limit=500)

    def asked(self) -> dict[str, object]:
        """What the act is asked with."""
        finding = self.cleaned_data["finding"]
        return {
            "acceptable": finding != self.REFUSED,
            "tie": finding != self.OTHER,
            "reason": self.cleaned_data["reason"],
        }
