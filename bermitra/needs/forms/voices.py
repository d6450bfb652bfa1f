"""The shape of what is typed about voices, and of bringing needs together."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.forms import CountField, LongField
from bermitra.foundation.commands import clock
from bermitra.foundation.fields import DateField, TextField, say
from bermitra.foundation.text import BadInput
from bermitra.foundation.text import _ as marked
from bermitra.needs.forms.figures import group_choices
from bermitra.needs.models import Need
from bermitra.needs.table import read_needs
from bermitra.registry.forms.village_tables import TableFile
from bermitra.registry.tables.reading import Reading


def speaking_choices() -> list[tuple[str, str]]:
    return [("", gettext("Seluruh dusun")), *group_choices()]


class VoiceForm(forms.Form):
    hamlet = TextField(label=_("Dusun"), limit=60)
    group = forms.ChoiceField(label=_("Yang bersuara"), choices=speaking_choices, required=False)
    people = CountField(label=_("Jumlah orang"), help_text=_("Jumlah saja, tanpa nama."))
    heard_on = DateField(label=_("Tanggal"))
    text = LongField(label=_("Yang mereka katakan"), help_text=_("Jangan menulis nama orang."))

    def clean_people(self) -> int:
        people: int = self.cleaned_data["people"]
        if people < 1:
            says = gettext("Jumlah orang 0. Catat suara dari sedikitnya satu orang.")
            raise ValidationError(says, code="voice.nobody")
        return people

    def clean_heard_on(self) -> Any:
        day = self.cleaned_data["heard_on"]
        if day and day > clock.today():
            raise ValidationError(gettext("Tanggal itu belum tiba. Isi hari rembuknya."), code="voice.future")
        return day


class Merge(forms.Form):
    into = forms.ChoiceField(label=_("Gabungkan ke"), widget=forms.RadioSelect)
    why = TextField(label=_("Alasan"), limit=300)

    def __init__(self, *args: Any, needs: Iterable[Need], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [(each.code, f"{each.title} · {each.hamlet}") for each in needs]  # type: ignore[attr-defined]


class LoadNeeds(forms.Form):
    """A table of requests; ``found`` is what was read, and ``None`` where the file cannot be read at all."""

    table = TableFile(label=_("Tabel kebutuhan"))
    found: Reading | None = None
    file_hash = ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("table"):
            self.file_hash = sha256(given["table"][1]).hexdigest()
            try:
                self.found = read_needs(*given["table"])
            except BadInput as bad:
                self.add_error("table", ValidationError(say(bad), code=bad.code))
            else:
                self._look()
        return given

    def _look(self) -> None:
        if self.found is not None and self.found.wrong:
            bad = BadInput(
                "table.wrong",
                marked("{count} sel perlu diperbaiki. Lihat daftarnya di bawah."),
                count=len(self.found.wrong),
            )
            self.add_error("table", ValidationError(say(bad), code=bad.code))
