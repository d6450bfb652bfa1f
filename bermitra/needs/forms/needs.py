"""The shape of what is typed about a need."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.forms import CountField, LongField
from bermitra.foundation.fields import ParsedField, TextField
from bermitra.foundation.text import BadInput, required, shown
from bermitra.foundation.text import _ as marked
from bermitra.needs.catalogue import sectors
from bermitra.needs.forms.common import YearField
from bermitra.needs.queries import NeedFilters, sector_label
from bermitra.needs.rules import LABELS

SEVERITY = [
    (1, _("1 · Mengganggu sesekali")),
    (2, _("2 · Mengganggu sering")),
    (3, _("3 · Menghambat penghidupan")),
    (4, _("4 · Merugikan banyak keluarga")),
    (5, _("5 · Membahayakan keselamatan")),
]


def sector_choices() -> list[tuple[str, str]]:
    return [(code, sector_label(code)) for code in sectors()]


def choose_sector() -> list[tuple[str, str]]:
    """The choice of a form: nothing is chosen until somebody does."""
    return [("", gettext("Pilih bidang")), *sector_choices()]


class NeedForm(forms.Form):
    title = TextField(
        label=_("Kebutuhan dalam satu kalimat"), help_text=_("Contoh: Tegalan longsor setiap musim hujan")
    )
    text = LongField(label=_("Uraian"), help_text=_("Boleh dengan kata-kata warga sendiri."), required=False)
    sector = forms.ChoiceField(
        label=_("Bidang kebutuhan"),
        choices=choose_sector,
        error_messages={"required": _("Bidang kebutuhan belum dipilih. Pilih satu bidang.")},
    )
    severity = forms.TypedChoiceField(label=_("Seberapa berat"), choices=SEVERITY, coerce=int, widget=forms.RadioSelect)
    hamlet = TextField(label=_("Dusun"), limit=60, required=False)
    location = TextField(label=_("Tempat lebih rinci"), limit=120, required=False)
    source = TextField(
        label=_("Sumber data"), help_text=_("Contoh: rembuk dusun 14 Januari 2027"), limit=200, required=False
    )


def parse_indicator(typed: str) -> str:
    """An indicator of the village index 2024: ``S34``, ``E09``, ``L03``."""
    code = required(typed).upper().replace(" ", "")
    known = {each for sector in sectors().values() for each in sector.idm}
    if code not in known:
        raise BadInput(
            "idm.unknown",
            marked("Indikator {value} tidak dikenal. Tulis misalnya S34, E09, atau L03."),
            value=shown(typed),
        )
    return code


class Beneficiaries(forms.Form):
    male = CountField(label=_("Laki-laki"))
    female = CountField(label=_("Perempuan"))
    households = CountField(label=_("Rumah tangga"))
    poor_households = CountField(label=_("Rumah tangga miskin"), help_text=_("Jumlah saja, tanpa nama."))
    idm_indicator = ParsedField(label=_("Indikator Indeks Desa Membangun 2024"), parse=parse_indicator, required=False)


class Defer(forms.Form):
    why = TextField(label=_("Alasan"), limit=300)
    next_year = YearField(label=_("Dibahas lagi pada tahun"))


class Met(forms.Form):
    why = TextField(label=_("Apa yang memenuhinya"), help_text=_("Contoh: sumur bor RT 03 selesai Mei 2027"), limit=300)


def state_choices() -> list[tuple[str, str]]:
    return [("", gettext("Semua keadaan")), *((state, gettext(label.staff)) for state, label in LABELS.items())]


class FilterNeeds(forms.Form):
    """Which needs are wanted: in the address, never sent."""

    bidang = forms.ChoiceField(label=_("Bidang kebutuhan"), required=False)
    keadaan = forms.ChoiceField(label=_("Keadaan"), choices=state_choices, required=False)
    dusun = forms.ChoiceField(label=_("Dusun"), required=False)

    def __init__(self, *args: Any, hamlets: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["bidang"].choices = [("", gettext("Semua bidang")), *sector_choices()]  # type: ignore[attr-defined]
        named = [(each, each) for each in hamlets]
        if named:
            self.fields["dusun"].choices = [("", gettext("Semua dusun")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["dusun"]

    def filters(self) -> NeedFilters:
        """What is asked; what does not fit is passed over, and said on the page."""
        asked = self.cleaned_data if self.is_valid() else {}
        return NeedFilters(asked.get("bidang", ""), asked.get("keadaan", ""), asked.get("dusun", ""))
