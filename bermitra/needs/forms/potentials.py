"""The shape of what is typed about a potential."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import REQUIRED, ParsedField, PointField, RupiahField, TextField
from bermitra.foundation.text import BadInput, required, shown
from bermitra.foundation.text import _ as marked
from bermitra.needs.catalogue import kinds, strengths, units
from bermitra.needs.queries import kind_label, strength_label, unit_label
from bermitra.needs.queries.labels import figure


def kind_choices() -> list[tuple[str, str]]:
    return [(code, kind_label(code)) for code in kinds()]


def choose_kind() -> list[tuple[str, str]]:
    return [("", gettext("Pilih jenis")), *kind_choices()]


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
    return f"{figure(quantity)} {unit_label(unit)}"


def strength_choices() -> list[tuple[int, str]]:
    return [(step, strength_label(step)) for step in strengths()]


class PotentialForm(forms.Form):
    title = TextField(label=_("Potensi"), help_text=_("Contoh: Kapulaga di bawah sengon"))
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=choose_kind,
        error_messages={"required": _("Jenis potensi belum dipilih. Pilih satu jenis.")},
    )
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


class Rate(forms.Form):
    strength = forms.TypedChoiceField(
        label=_("Seberapa kuat potensi ini"),
        help_text=_("Pilih yang dapat ditunjukkan buktinya."),
        choices=strength_choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": REQUIRED},
    )


class Locate(forms.Form):
    place = TextField(label=_("Tempatnya"), help_text=_("Contoh: blok Sawangan, dusun Wetan"), limit=120)
    point = PointField(label=_("Titik pada peta"), required=False)


class CostOrBenefit(forms.Form):
    """A row of either table; ``amount`` is left empty where nobody has reckoned it."""

    side = forms.ChoiceField(
        label=_("Baris ini"),
        choices=[("costs", _("Biaya")), ("benefits", _("Manfaat"))],
        widget=forms.RadioSelect,
        error_messages={"required": REQUIRED},
    )
    what = TextField(label=_("Untuk apa"), help_text=_("Contoh: bibit 58 ha, atau tambahan hasil petani"), limit=200)
    amount = RupiahField(label=_("Nilai setahun"), required=False)
