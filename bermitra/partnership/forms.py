"""The shape of what is typed about a case and its sheet; rules are asked by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import REQUIRED, DateField, ParsedField, RupiahField, TextField, TickField
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, clean, shown
from bermitra.foundation.text import _ as marked
from bermitra.needs.models import Need, Potential
from bermitra.partnership import book, sheet
from bermitra.partnership.queries import apbdes_label, channel_label, form_label
from bermitra.partnership.rules import FIELDS, THIRD_PARTY, TOUCHES
from bermitra.registry.models import PlanLine, VillageAsset

Pairs = Iterable[tuple[str, Any]]
YES_NO = (("yes", _("Ya")), ("no", _("Tidak")))


def parse_lines(text: str) -> list[str]:
    """One entry per line; empty lines are nothing."""
    lines = [clean(each, limit=500) for each in clean(text, multiline=True).split("\n")]
    return [each for each in lines if each]


class LinesField(ParsedField):
    """Several short entries, one on each line."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("help_text", _("Satu baris untuk setiap hal."))
        super().__init__(parse=parse_lines, empty=[], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


def parse_count(most: int) -> Any:
    def parse(text: str) -> int:
        typed = clean(text)
        if not typed.isascii() or not typed.isdigit() or len(typed) > 6 or int(typed) > most:
            raise BadInput(
                "count.form", marked("“{value}” bukan angka yang sesuai. Tulis angka 0 sampai {most}."),
                value=shown(typed), most=most,
            )  # fmt: skip
        return int(typed)

    return parse


class CountField(ParsedField):
    """A whole number from nought to ``most``."""

    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})

    def __init__(self, *, most: int = 999_999, **kwargs: Any):
        super().__init__(parse=parse_count(most), empty=None, **kwargs)


class ChoiceOfOne(forms.ChoiceField):
    def __init__(self, *, radio: bool = False, **kwargs: Any):
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        if radio:
            kwargs["widget"] = forms.RadioSelect
        super().__init__(**kwargs)


class ChoiceOfMany(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any):
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)


def form_choices() -> list[tuple[str, str]]:
    return [(code, form_label(code)) for code, each in book.forms().items() if each.coop_type == THIRD_PARTY]


def field_choices() -> list[tuple[str, str]]:
    return [("", gettext("Pilih satu")), *((code, gettext(label)) for code, label in FIELDS.items())]


# The case -----------------------------------------------------------------------------------------------------------
class Describe(forms.Form):
    title = TextField(label=_("Judul kemitraan"), help_text=_("Contoh: Budidaya cabai di lereng dan akses pasar."))
    field = ChoiceOfOne(label=_("Bidang"))
    goals = TextField(label=_("Tujuan"), multiline=True, limit=2000)
    forms = ChoiceOfMany(label=_("Bentuk kerja sama"), help_text=_("Boleh lebih dari satu."))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = field_choices  # type: ignore[attr-defined]
        self.fields["forms"].choices = form_choices  # type: ignore[attr-defined]


class OpenCase(Describe):
    """``villages`` are those of the person's offices; with one of them nothing is asked."""

    village = ChoiceOfOne(label=_("Desa"))

    def __init__(self, *args: Any, villages: dict[str, Region], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.villages = villages
        self.fields["village"].choices = [(code, each.name) for code, each in villages.items()]  # type: ignore[attr-defined]
        if len(villages) == 1:
            self.fields["village"].initial = next(iter(villages))
            self.fields["village"].widget = forms.HiddenInput()

    def clean_village(self) -> Region:
        return self.villages[self.cleaned_data["village"]]


class LinkNeeds(forms.Form):
    needs = ChoiceOfMany(label=_("Kebutuhan"), required=False)
    potentials = ChoiceOfMany(label=_("Potensi"), required=False)

    def __init__(self, *args: Any, needs: Iterable[Need], potentials: Iterable[Potential], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.need_of = {n.code: n for n in needs}
        self.potential_of = {p.code: p for p in potentials}
        self.fields["needs"].choices = [(code, n.title) for code, n in self.need_of.items()]  # type: ignore[attr-defined]
        self.fields["potentials"].choices = [(code, p.title) for code, p in self.potential_of.items()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        return {
            "needs": [self.need_of[code] for code in self.cleaned_data["needs"]],
            "potentials": [self.potential_of[code] for code in self.cleaned_data["potentials"]],
        }


class Budget(forms.Form):
    note = TextField(label=_("Kemampuan APB Desa"), multiline=True, limit=1000)
    share = RupiahField(label=_("Dana pendamping dari desa"), allow_zero=True)
    room = RupiahField(label=_("Ruang anggaran yang tersedia"), allow_zero=True)


class BenefitOrCost(forms.Form):
    side = ChoiceOfOne(
        label=_("Manfaat atau biaya"), choices=(("benefits", _("Manfaat")), ("costs", _("Biaya"))), radio=True
    )
    what = TextField(label=_("Uraian"))
    amount = RupiahField(label=_("Jumlah"), allow_zero=True, required=False)
    unit = TextField(
        label=_("Satuan atau ukuran"), help_text=_("Contoh: 4 ton cabai setahun"), limit=80, required=False
    )
    source = TextField(label=_("Sumber angka"), help_text=_("Contoh: catatan Gapoktan 2025"), limit=120, required=False)
    years = CountField(label=_("Dihitung untuk berapa tahun"), most=30)


class Place(forms.Form):
    spatial = TextField(label=_("Hasil pemeriksaan tata ruang"), multiline=True, limit=1000)
    spatial_ok = ChoiceOfOne(label=_("Sesuai tata ruang?"), choices=YES_NO, radio=True)
    environment = TextField(label=_("Hasil pemeriksaan lingkungan"), multiline=True, limit=1000)
    environment_ok = ChoiceOfOne(label=_("Aman bagi lingkungan?"), choices=YES_NO, radio=True)

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**given, **{name: given[name] == "yes" for name in ("spatial_ok", "environment_ok")}}


class AssetPlan(forms.Form):
    """Assets of the village's register that would be put to use, and the permit that goes with them."""

    assets = ChoiceOfMany(label=_("Aset desa yang dipakai"), required=False)
    permit = TextField(
        label=_("Rencana izin"),
        help_text=_("Siapa dimintai izin tertulis, lewat siapa, dan kapan. Kosongkan bila tidak perlu izin."),
        multiline=True,
        limit=500,
        required=False,
    )

    def __init__(self, *args: Any, assets: Iterable[VillageAsset], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.held = {each.code: each for each in assets}
        self.fields["assets"].choices = [(code, each.name) for code, each in self.held.items()]  # type: ignore[attr-defined]
        if not self.held:
            self.fields["assets"].help_text = gettext("Inventaris desa masih kosong.")

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"assets": [self.held[code] for code in given["assets"]], "permit": given["permit"]}


class Consent(forms.Form):
    """What is touched, a tick for each; the order is that of TOUCHES."""

    land = TickField(
        label=_("Tanah"), required=False, help_text=_("Tanah warga, tanah desa, atau tempat mencari nafkah di atasnya.")
    )
    forest = TickField(label=_("Hutan"), required=False, help_text=_("Hutan desa, hutan adat, atau kawasan hutan."))
    adat = TickField(
        label=_("Wilayah atau hak adat"), required=False, help_text=_("Tanah ulayat, tempat suci, atau aturan adat.")
    )
    relocation = TickField(
        label=_("Pemindahan warga"), required=False, help_text=_("Rumah, kebun, makam, atau usaha yang harus pindah.")
    )
    natural_resources = TickField(
        label=_("Air dan sumber daya alam lain"),
        required=False,
        help_text=_("Sungai, mata air, ikan, pasir, atau hasil alam lain."),
    )
    reason = TextField(
        label=_("Keterangan"),
        multiline=True,
        limit=1000,
        required=False,
        help_text=_("Bila tidak ada yang dicentang, tulis mengapa tidak ada yang disentuh."),
    )

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"touches": [each for each in TOUCHES if given[each]], "reason": given["reason"]}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "reason" in given and not given["reason"] and not any(given.get(each) for each in TOUCHES):
            self.add_error("reason", gettext("Keterangan masih kosong. Centang yang disentuh, atau tulis alasannya."))
        return given


class PlanLines(forms.Form):
    midterm = ChoiceOfOne(label=_("Baris RPJM Desa"), required=False)
    annual = ChoiceOfOne(label=_("Baris RKP Desa"), required=False)
    change = TextField(
        label=_("Dokumen perubahan"), required=False,
        help_text=_("Bila belum tercantum: nomor berita acara Musrenbang khusus."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Iterable[PlanLine], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lines = {each.code: each for each in lines}
        for name, plan in (("midterm", "rpjm"), ("annual", "rkp")):
            found = [
                (code, f"{e.year} · {e.reference} · {e.activity}") for code, e in self.lines.items() if e.plan == plan
            ]
            self.fields[name].choices = [("", gettext("Belum ada")), *found]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "midterm": self.lines.get(given["midterm"]),
            "annual": self.lines.get(given["annual"]),
            "change": given["change"],
        }


class Reason(forms.Form):
    reason = TextField(label=_("Alasan"), multiline=True, limit=1000, owed=True)


class Note(forms.Form):
    text = TextField(label=_("Catatan"), multiline=True, limit=2000)


class Sure(forms.Form):
    """Nothing to fill in: the button says it."""


# The sheet: a page for each topic or two ------------------------------------------------------------------------------
class Scope(forms.Form):
    title = TextField(label=_("Judul kerja sama"))
    field = ChoiceOfOne(label=_("Bidang"))
    forms = ChoiceOfMany(label=_("Bentuk kerja sama"))
    items = LinesField(label=_("Yang termasuk"))
    excluded = LinesField(label=_("Yang tidak termasuk"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = field_choices  # type: ignore[attr-defined]
        self.fields["forms"].choices = form_choices  # type: ignore[attr-defined]

    def topics(self, held: sheet.Topics) -> sheet.Topics:
        return {"scope": {name: self.cleaned_data[name] for name in ("field", "forms", "items", "excluded")}}


class Procedure(forms.Form):
    procedure = TextField(label=_("Tata cara pelaksanaan"), multiline=True, limit=4000)
    delegation = TextField(
        label=_("Delegasi atau tim bersama"),
        multiline=True,
        limit=2000,
        help_text=_("Tulis “tidak ada BKAD” bila tidak ada."),
    )
    changes = TextField(label=_("Perubahan, penundaan, dan pembatalan"), multiline=True, limit=4000)
    disputes = TextField(label=_("Penyelesaian perselisihan"), multiline=True, limit=4000)

    def topics(self, held: sheet.Topics) -> sheet.Topics:
        return {name: {"text": text} for name, text in self.cleaned_data.items()}


class Term(forms.Form):
    start = DateField(label=_("Mulai berlaku"))
    end = DateField(label=_("Berakhir"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if start and end and end <= start:
            self.add_error("end", gettext("Tanggal akhir mendahului tanggal mulai. Periksa kedua tanggal."))
        return given

    def topics(self, held: sheet.Topics) -> sheet.Topics:
        return {"term": {name: day.isoformat() for name, day in self.cleaned_data.items()}}


class Money(forms.Form):
    value = RupiahField(label=_("Nilai seluruhnya"), allow_zero=True, help_text=_("Isi 0 bila tanpa uang dan barang."))

    def topics(self, held: sheet.Topics) -> sheet.Topics:
        return {"money": {**held["money"], "value": self.cleaned_data["value"]}}


class Limits(forms.Form):
    limits = LinesField(label=_("Batasan"), help_text=_("Yang dilarang bagi kedua pihak, satu baris untuk setiap hal."))
    notes = TextField(label=_("Lain-lain"), multiline=True, limit=4000, required=False)

    def topics(self, held: sheet.Topics) -> sheet.Topics:
        return {"others": {**held["others"], **self.cleaned_data}}


# Rows of the sheet ----------------------------------------------------------------------------------------------------
class Duty(forms.Form):
    side = ChoiceOfOne(label=_("Siapa"), radio=True)
    text = TextField(
        label=_("Isinya"), help_text=_("Contoh: menyediakan petak contoh 1,5 ha"), multiline=True, limit=1000
    )
    due = DateField(label=_("Paling lambat"), required=False)
    period = TextField(label=_("Atau berulang"), help_text=_("Contoh: setiap tiga bulan"), limit=80, required=False)
    measure = TextField(label=_("Ukuran"), limit=160, required=False)
    evidence = TextField(label=_("Bukti"), limit=160, required=False)
    checker = TextField(label=_("Diperiksa oleh (jabatan)"), limit=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = [  # type: ignore[attr-defined]
            (f"{party} {kind}", f"{gettext(says)} {gettext(whose).lower()}")
            for party, whose in sheet.PARTIES.items()
            for kind, says in sheet.KINDS.items()
        ]

    def row(self) -> sheet.Topics:
        given = dict(self.cleaned_data)
        party, kind = given.pop("side").split(" ")
        due = given.pop("due")
        return {"party": party, "kind": kind, "due": due.isoformat() if due else "", **given}


class Source(forms.Form):
    giver = TextField(label=_("Dari siapa"), help_text=_("Contoh: Dana Desa, atau nama mitra"), limit=120)
    amount = RupiahField(label=_("Jumlah"))
    channel = ChoiceOfOne(label=_("Lewat"))
    apbdes_code = ChoiceOfOne(label=_("Kode APB Desa"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        first = ("", gettext("Pilih satu"))
        self.fields["channel"].choices = [first, *((code, channel_label(code)) for code in book.channels())]  # type: ignore[attr-defined]
        none = ("", gettext("Tidak masuk APB Desa"))
        self.fields["apbdes_code"].choices = [none, *((code, apbdes_label(code)) for code in book.apbdes())]  # type: ignore[attr-defined]

    def row(self) -> sheet.Topics:
        given = dict(self.cleaned_data)
        return {"from": given.pop("giver"), **given}


class Asset(forms.Form):
    asset = ChoiceOfOne(label=_("Aset desa"))
    form = ChoiceOfOne(label=_("Bentuk pemanfaatan"))
    years = CountField(label=_("Lamanya (tahun)"), most=50)

    def __init__(self, *args: Any, assets: Iterable[VillageAsset], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.assets = {each.code: each for each in assets}
        uses = [code for code, each in book.forms().items() if each.asset]
        first = ("", gettext("Pilih satu"))
        self.fields["asset"].choices = [first, *((code, each.name) for code, each in self.assets.items())]  # type: ignore[attr-defined]
        self.fields["form"].choices = [first, *((code, form_label(code)) for code in uses)]  # type: ignore[attr-defined]

    def row(self) -> sheet.Topics:
        return {**self.cleaned_data, "name": self.assets[self.cleaned_data["asset"]].name}


class Sanction(forms.Form):
    breach = TextField(label=_("Pelanggaran"), limit=300)
    sanction = TextField(label=_("Sanksinya"), limit=300)
    days = CountField(label=_("Hari untuk memperbaiki"), most=365)

    def row(self) -> sheet.Topics:
        return dict(self.cleaned_data)


def dropped(data: Any, length: int) -> int | None:
    """Which row is to be taken out, where one is; a number that is no row is none."""
    typed = str(data.get("drop", ""))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 and int(typed) < length else None
