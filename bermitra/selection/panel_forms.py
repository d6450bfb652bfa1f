"""The shape of what a panel types beside its scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import DateField, TextField
from bermitra.partnership.forms import ChoiceOfOne, LinesField
from bermitra.partnership.queries import said
from bermitra.selection import criteria
from bermitra.selection.rules import VISITS


class SiteVisit(forms.Form):
    """What was seen at a partner's, or said by it, between the opening and today."""

    kind = ChoiceOfOne(label=_("Jenis"), radio=True)
    place = TextField(label=_("Tempat"), limit=200)
    present = LinesField(
        label=_("Yang hadir"), help_text=_("Satu nama setiap baris. Nama tidak ditampilkan kepada umum.")
    )
    found = TextField(
        label=_("Yang ditemukan"),
        help_text=_("Terbaca oleh semua penilai dan pada perbandingan."),
        multiline=True,
        limit=4000,
    )
    file = SafeFileField(label=_("Foto atau berkas"), required=False)

    field_order = ("kind", "day", "place", "present", "found", "file")

    def __init__(self, *args: Any, earliest: date, latest: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, gettext(label)) for code, label in VISITS.items()]  # type: ignore[attr-defined]
        self.fields["day"] = DateField(label=_("Tanggal"), earliest=earliest, latest=latest)
        self.order_fields(self.field_order)


class Moderation(forms.Form):
    """What was said of each criterion of one proposal whose levels lie apart; the proposal goes along unseen."""

    proposal = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, points: Mapping[str, str], **kwargs: Any):
        """``points``: by code of a criterion, how its levels lie."""
        super().__init__(*args, **kwargs)
        for code, lie in points.items():
            self.fields[code] = TextField(
                label=said(criteria.criteria()[code].name), help_text=lie, multiline=True, limit=2000
            )

    def notes(self) -> dict[str, dict[str, str]]:
        given = dict(self.cleaned_data)
        return {given.pop("proposal"): given}
