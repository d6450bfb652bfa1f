"""What the regency types of a decree, and the partner's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.villages.rules import ANSWERS, INSTRUMENTS, KINDS
from bermitra.foundation.accounts.forms import find_region
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import DateField, ParsedField, TextField
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case


def _choices(words: dict[str, str]) -> list[tuple[str, Any]]:
    return [(code, _(word)) for code, word in words.items()]


class Change(forms.Form):
    """One receiver for all, and another one where a row says so."""

    seen = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Perubahan desa"), choices=_choices(KINDS))
    instrument = forms.ChoiceField(label=_("Dasar"), choices=_choices(INSTRUMENTS))
    number = TextField(label=_("Nomor"), help_text=_("Contoh: Perda Nomor 4 Tahun 2027"), limit=80)
    dated = DateField(label=_("Tanggal ditetapkan"))
    holds_from = DateField(label=_("Mulai berlaku"))
    file = SafeFileField(label=_("Berkas keputusan"))
    receiver = ParsedField(
        label=_("Kode wilayah penerima semua perjanjian"), parse=find_region, help_text=_("Contoh: 33.04.06.2005")
    )

    def __init__(self, cases: Sequence[Case], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.cases = cases
        if not cases:
            del self.fields["receiver"]
        for case in cases if len(cases) > 1 else ():
            self.fields[f"receiver_{case.code}"] = ParsedField(
                label=case.title,
                parse=find_region,
                required=False,
                empty=None,
                help_text=_("Isi hanya bila penerimanya lain."),
            )

    def receivers(self) -> dict[str, Region]:
        given = self.cleaned_data
        return {each.code: given.get(f"receiver_{each.code}") or given["receiver"] for each in self.cases}


class Answer(forms.Form):
    kind = forms.ChoiceField(label=_("Tanggapan"), choices=_choices(ANSWERS))
    text = TextField(label=_("Penjelasan"), multiline=True, limit=1000)
