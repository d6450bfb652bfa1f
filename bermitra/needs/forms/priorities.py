"""The shape of what is typed about priorities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.forms import CountField
from bermitra.deliberation.models import Meeting
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.fields import TextField
from bermitra.needs.forms.common import YearField
from bermitra.needs.models import Need


class ListForm(forms.Form):
    title = TextField(label=_("Judul daftar"), help_text=_("Contoh: Prioritas kebutuhan pertanian 2027"))
    year = YearField(label=_("Tahun"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = clock.today().year


class Place(forms.Form):
    need = forms.ChoiceField(label=_("Kebutuhan"))
    rank = CountField(label=_("Nomor urut"), help_text=_("Kosongkan untuk menaruhnya paling bawah."), required=False)
    reason = TextField(label=_("Alasan urutannya"), limit=300)

    def __init__(self, *args: Any, needs: Iterable[Need], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [(each.code, f"{each.title} · {each.hamlet}") for each in needs]  # type: ignore[attr-defined]


class Table(forms.Form):
    meeting = forms.ChoiceField(label=_("Musyawarah"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [(m.code, f"{m.topic}, {long_date(m.held_on)}") for m in meetings]  # type: ignore[attr-defined]
