"""The shape of what is typed about needs, priorities and potentials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.forms import CountField, LongField
from bermitra.deliberation.models import Meeting
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.fields import ParsedField, TextField
from bermitra.foundation.text import BadInput, required, shown
from bermitra.foundation.text import _ as marked
from bermitra.needs.catalogue import kinds, sectors, units
from bermitra.needs.models import Need
from bermitra.needs.queries import kind_label, sector_label, unit_label

SEVERITY = [
    (1, _("1 · Mengganggu sesekali")),
    (2, _("2 · Mengganggu sering")),
    (3, _("3 · Menghambat penghidupan")),
    (4, _("4 · Merugikan banyak keluarga")),
    (5, _("5 · Membahayakan keselamatan")),
]


def sector_choices() -> list[tuple[str, str]]:
    return [(code, sector_label(code)) for code in sectors()]


def kind_choices() -> list[tuple[str, str]]:
    return [(code, kind_label(code)) for code in kinds()]


class NeedForm(forms.Form):
    title = TextField(
        label=_("Kebutuhan dalam satu kalimat"), help_text=_("Contoh: Tegalan longsor setiap musim hujan")
    )
    text = LongField(label=_("Uraian"), help_text=_("Boleh dengan kata-kata warga sendiri."), required=False)
    sector = forms.ChoiceField(label=_("Bidang kebutuhan"), choices=sector_choices)
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


class Why(forms.Form):
    why = TextField(label=_("Alasan"), limit=300)


def parse_year(typed: str) -> int:
    text = required(typed)
    if not re.fullmatch(r"20[0-9]{2}", text):
        raise BadInput(
            "year.form", marked("Tahun {value} belum jelas. Tulis empat angka, misalnya 2027."), value=shown(typed)
        )
    return int(text)


class YearField(ParsedField):
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})

    def __init__(self, **kwargs: Any):
        super().__init__(parse=parse_year, empty=None, **kwargs)


class Defer(forms.Form):
    why = TextField(label=_("Alasan"), limit=300)
    next_year = YearField(label=_("Dibahas lagi pada tahun"))


class Sure(forms.Form):
    """Nothing to type: one button says it."""


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


# Potentials ----------------------------------------------------------------------------------------------------------


def parse_measure(typed: str) -> tuple[Decimal, str]:
    """A quantity with its unit, ``41 ha`` or ``1,5 ton``; the decimal sign is the comma, the dot groups thousands."""
    text = required(typed)
    read = re.fullmatch(
        r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,([0-9]{1,3}))?(\s+[^\W\d_].{0,39}|[^\W\d_]\D{0,39})", text
    )
    if read is None:
        raise BadInput(
            "measure.form",
            marked("Ukuran {value} belum jelas. Tulis jumlah dan satuan, misalnya 1,5 ha."),
            value=shown(typed),
        )
    whole, part, unit = read.groups()
    number = Decimal(f"{whole.replace('.', '')}.{part or 0}")
    if not number:
        raise BadInput("measure.zero", marked("Ukuran {value} nol. Tulis jumlah yang ada."), value=shown(typed))
    named = {word.casefold(): unit.code for unit in units().values() for word in (unit.code, unit.id, unit.en)}
    return number, named.get(unit.strip().casefold(), unit.strip())


def show_measure(quantity: Decimal | None, unit: str) -> str:
    """``1,5 ha`` as it was typed."""
    if quantity is None:
        return ""
    number = f"{quantity.normalize():,f}".translate(str.maketrans(",.", ".,"))
    return f"{number} {unit_label(unit)}"


class PotentialForm(forms.Form):
    title = TextField(label=_("Potensi"), help_text=_("Contoh: Kapulaga di bawah sengon"))
    kind = forms.ChoiceField(label=_("Jenis"), choices=kind_choices)
    measure = ParsedField(
        label=_("Ukuran"), help_text=_("Contoh: 58 ha atau 1,5 ton"), parse=parse_measure, empty=None, required=False
    )
    season = TextField(label=_("Musim atau waktu tersedia"), limit=120, required=False)
    owner = TextField(label=_("Pemilik atau pengelola"), limit=120, required=False)
    limit = TextField(label=_("Batas yang dijaga demi lingkungan"), limit=300, required=False)
    culture_note = TextField(label=_("Catatan budaya dan adat"), limit=300, required=False)

    def given(self) -> dict[str, Any]:
        """The arguments of the acts, with quantity and unit apart."""
        given = dict(self.cleaned_data)
        quantity, unit = given.pop("measure") or (None, "")
        return {**given, "quantity": quantity and str(quantity), "unit": unit}
