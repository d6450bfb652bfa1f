"""The shape of what is typed about a change, a rest or a longer term."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.changing.rules import CAUSES
from bermitra.foundation.fields import DateField, TextField

DUES = [
    ("1", _("Tenggat mundur selama penundaan")),
    ("0", _("Tenggat tetap seperti semula")),
]


class Rest(forms.Form):
    cause = forms.ChoiceField(label=_("Sebab penundaan"), choices=[("", "—"), *CAUSES.items()])
    happened_on = DateField(label=_("Tanggal kejadian"))
    reason = TextField(label=_("Apa yang terjadi"), multiline=True, limit=1000)
    until = DateField(label=_("Hari terakhir penundaan"), help_text=_("Sehari setelahnya kerja sama berjalan lagi."))
    goes_on = TextField(
        label=_("Yang tetap dikerjakan"),
        help_text=_("Contoh: perawatan alat dan laporan. Kosongkan bila tidak ada."),
        multiline=True,
        limit=1000,
        required=False,
    )
    moves_dues = forms.TypedChoiceField(
        label=_("Tenggat kewajiban"), choices=DUES, coerce=lambda chosen: chosen == "1", initial="1"
    )


class GoOn(forms.Form):
    how = TextField(label=_("Catatan tentang kelanjutannya"), multiline=True, limit=1000, required=False)
