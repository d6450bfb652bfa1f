"""The meeting in which dice or balls fall, as it is typed: of a round and of a draw."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.calendar import local_time, long_date, moment, tz
from bermitra.foundation.fields import DateField, TextField, TimeField


class Meeting(forms.Form):
    """``earliest``: before it the list would not have stood open long enough, were it published at once."""

    on = DateField(label=_("Hari pertemuan"))
    at = TimeField(label=_("Mulai pukul"))
    place = TextField(label=_("Tempat"), help_text=_("Contoh: Aula Dinas PMD, terbuka untuk umum"), limit=120)

    def __init__(self, *args: Any, earliest: datetime, zone: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.earliest, self.zone = earliest, zone

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        on, at = given.get("on"), given.get("at")
        if on and at and moment(on, at, self.zone) < self.earliest:
            first = self.earliest.astimezone(tz(self.zone)).date()
            said = {
                "at": f"{long_date(on)} {local_time(moment(on, at, self.zone), self.zone)}",
                "earliest": f"{long_date(first)} {local_time(self.earliest, self.zone)}",
            }
            self.add_error("on", gettext("%(at)s terlalu cepat. Pilih sesudah %(earliest)s.") % said)
        return given

    def moment(self) -> datetime:
        return moment(self.cleaned_data["on"], self.cleaned_data["at"], self.zone)
