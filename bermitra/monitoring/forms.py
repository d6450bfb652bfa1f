"""The shape of what is typed about indicators and reports; rules are asked by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.forms import LongField
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import DateField, ParsedField, RupiahField, TextField
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, required, shown
from bermitra.foundation.text import _ as marked
from bermitra.monitoring.contents import chapters_of
from bermitra.monitoring.indicators import (
    DIRECTIONS,
    FAMILIES,
    OWNERS,
    SCALES,
    index_items,
    parse_amount,
    show_amount,
)
from bermitra.monitoring.models import Indicator, Report
from bermitra.monitoring.register import FIELDS


class Sure(forms.Form):
    """Nothing to type: one button says it."""


class SubField(forms.Form):
    sub_field = TextField(
        label=_("Sub-bidang"), help_text=_("Seperti dalam daftar kabupaten. Contoh: Pertanian lereng"), limit=80
    )


# Indicators -----------------------------------------------------------------------------------------------------------


def _said(choices: dict[Any, str]) -> list[tuple[Any, str]]:
    return [(code, gettext(words)) for code, words in choices.items()]


class IndicatorForm(forms.Form):
    title = TextField(label=_("Yang diukur"), help_text=_("Contoh: Hasil cabai di petak petani peserta"), limit=160)
    family = forms.ChoiceField(label=_("Rumpun"), choices=lambda: _said(FAMILIES))
    unit = TextField(label=_("Satuan"), help_text=_("Contoh: ton/ha, persen, orang"), limit=40)
    scale = forms.TypedChoiceField(label=_("Ketelitian"), choices=lambda: _said(SCALES), coerce=int, initial=0)
    direction = forms.ChoiceField(label=_("Arah"), choices=lambda: _said(DIRECTIONS))
    method = TextField(label=_("Cara mengukur"), help_text=_("Contoh: timbang 25 petak"), limit=200)
    data_owner = forms.ChoiceField(label=_("Pemilik data"), choices=lambda: _said(OWNERS))


class AmountField(ParsedField):
    """An amount in the unit of one indicator, as ``int`` in its smallest part."""

    widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal"})

    scale = 0

    def __init__(self, **kwargs: Any):
        super().__init__(parse=lambda typed: parse_amount(typed, 0), empty=None, **kwargs)

    def of(self, indicator: Indicator) -> None:
        """Ask in this indicator's unit and decimals; called on the field of a form that is being made."""
        self.scale = indicator.scale
        self.parse = lambda typed: parse_amount(typed, indicator.scale)
        self.help_text = gettext("Dalam %(unit)s") % {"unit": indicator.unit}

    def prepare_value(self, value: Any) -> Any:
        return show_amount(value, self.scale) if isinstance(value, int) else value


def parse_index_item(typed: str) -> str:
    """An indicator of IDM or Indeks Desa: ``S34``, ``IX25``."""
    code = required(typed).upper().replace(" ", "")
    if code not in index_items():
        raise BadInput(
            "index.unknown",
            marked("Indikator {value} tidak dikenal. Tulis misalnya S34, E09, atau IX25."),
            value=shown(typed),
        )
    return code


class Baseline(forms.Form):
    baseline = AmountField(label=_("Nilai awal"))
    baseline_on = DateField(label=_("Tanggal pengukuran awal"))
    index_item = ParsedField(
        label=_("Indikator indeks desa yang terkait"),
        help_text=_("Contoh: S34. Kosongkan bila tidak ada."),
        parse=parse_index_item,
        required=False,
    )
    index_points = forms.TypedChoiceField(
        label=_("Harapan tambahan skor indeks"),
        help_text=_("Hanya perkiraan, bukan janji."),
        choices=[(number, str(number)) for number in range(6)],
        coerce=int,
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["baseline"].of(indicator)  # type: ignore[attr-defined]

    def clean_baseline_on(self) -> date:
        return _not_ahead(self.cleaned_data["baseline_on"])


def _not_ahead(day: date) -> date:
    if day > clock.today():
        raise ValidationError(
            gettext("Tanggal %(day)s belum tiba. Tulis tanggal pengukuran yang sudah terjadi.")
            % {"day": long_date(day)}
        )
    return day


class TargetForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Tahun"), coerce=int)
    amount = AmountField(label=_("Sasaran akhir tahun itu"))

    def __init__(self, *args: Any, indicator: Indicator, years: Iterable[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["amount"].of(indicator)  # type: ignore[attr-defined]


class ValueForm(forms.Form):
    amount = AmountField(label=_("Nilai"))
    measured_on = DateField(label=_("Tanggal pengukuran"))
    source = TextField(label=_("Sumber"), help_text=_("Contoh: buku panen Gapoktan"), limit=160)
    method = TextField(label=_("Cara mengukur"), limit=200)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.since = indicator.baseline_on
        self.fields["amount"].of(indicator)  # type: ignore[attr-defined]

    def clean_measured_on(self) -> date:
        day = _not_ahead(self.cleaned_data["measured_on"])
        if self.since and day < self.since:
            raise ValidationError(
                gettext("Tanggal %(day)s mendahului data awal %(since)s. Tulis tanggal sesudahnya.")
                % {"day": long_date(day), "since": long_date(self.since)}
            )
        return day


class NewValueForm(ValueForm):
    file = SafeFileField(label=_("Bukti pengukuran"), required=False)


class Why(forms.Form):
    why = TextField(label=_("Yang perlu diperbaiki"), limit=300)


# Reports --------------------------------------------------------------------------------------------------------------


class Year(forms.Form):
    year = forms.TypedChoiceField(label=_("Tahun laporan"), coerce=int)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class Period(forms.Form):
    starts_on = DateField(label=_("Sejak"))
    ends_on = DateField(label=_("Sampai"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        start, end = given.get("starts_on"), given.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", gettext("Tanggal akhir harus sesudah tanggal mulai. Perbaiki salah satunya."))
        return given


WORDS = {
    "general": LongField(
        label=_("Keadaan umum"), help_text=_("Bab I. Yang perlu diketahui pembaca tentang kerja sama desa."),
        required=False,
    ),
    "execution": LongField(label=_("Catatan pelaksanaan"), help_text=_("Bab III."), required=False),
    "results": LongField(label=_("Catatan hasil dan manfaat"), help_text=_("Bab V."), required=False),
    "participation": LongField(
        label=_("Catatan partisipasi warga"), help_text=_("Bab VI. Bila tidak ada musyawarah, tulis sebabnya."),
        required=False,
    ),
    "problems": LongField(
        label=_("Masalah dan penyelesaiannya"), help_text=_("Bab VII, wajib. Bila tidak ada, tulis: Tidak ada."), required=False
    ),
    "next": LongField(label=_("Rencana berikutnya"), help_text=_("Bab VIII, wajib."), required=False),
}  # fmt: skip


class Words(forms.Form):
    """What only the village can say, a field for each chapter of this kind of report. It is a draft until it is sent."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in chapters_of(kind):
            if name in WORDS:
                self.fields[name] = deepcopy(WORDS[name])


class Money(forms.Form):
    received = RupiahField(
        label=_("Diterima melalui Rekening Kas Desa"),
        help_text=_("Jumlah selama waktu laporan menurut buku kas umum desa, tanpa perjanjian terdahulu."),
        allow_zero=True,
    )
    spent = RupiahField(label=_("Dibelanjakan dari Rekening Kas Desa"), allow_zero=True)


class Send(forms.Form):
    number = TextField(label=_("Nomor surat"), help_text=_("Contoh: 140/018/2027"), limit=60)
    dated = DateField(label=_("Tanggal surat"))
    answer = LongField(label=_("Jawaban atas pertanyaan BPD"))

    def __init__(self, *args: Any, report: Report, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if report.state != "questioned":
            del self.fields["answer"]

    def clean_dated(self) -> date:
        return _not_ahead(self.cleaned_data["dated"])


class Question(forms.Form):
    question = LongField(label=_("Pertanyaan BPD"), help_text=_("Dijawab Kepala Desa secara tertulis."))


class Note(forms.Form):
    note = TextField(label=_("Catatan"), limit=300, required=False)


class RegisterFilter(forms.Form):
    """The filters of the register stand in the address, so that a list can be sent as a link."""

    tahun = forms.TypedChoiceField(label=_("Tahun"), coerce=int)
    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    bidang = forms.ChoiceField(label=_("Bidang"), required=False)

    def __init__(self, *args: Any, districts: Iterable[Region], this_year: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        years = range(this_year, this_year - 10, -1)
        self.fields["tahun"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        everywhere = [("", gettext("Semua kecamatan"))]
        self.fields["kecamatan"].choices = everywhere + [  # type: ignore[attr-defined]
            (each.pk, each.name) for each in districts
        ]
        self.fields["bidang"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Semua bidang")), *FIELDS.items()
        ]  # fmt: skip
