"""The shape of what is typed about an offer; rules are asked by the actions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.forms import LongField, Read
from bermitra.foundation.accounts.forms import find_region
from bermitra.foundation.commands import clock
from bermitra.foundation.fields import REQUIRED, DateField, ParsedField, RupiahField, TextField
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.register import key_of
from bermitra.foundation.text import BadInput, required, shown, undotted
from bermitra.foundation.text import _ as marked
from bermitra.needs.catalogue import interests
from bermitra.needs.forms import Numbers, Several, choose_sector, goal_choices, risk_choices
from bermitra.needs.models import Offer, OfferAbility
from bermitra.needs.offers.queries import form_choices
from bermitra.needs.offers.rules import LEVELS
from bermitra.needs.queries.labels import interest_label, sector_label

MOST_AREAS, MOST_PLACES, MOST_MONTHS = 100, 10_000, 120
SOMEWHERE, EVERYWHERE = "sebagian", "semua"
_KINDS = {"provinsi": "province", "prov": "province", "kabupaten": "regency", "kab": "regency", "kota": "city"}


def interest_choices() -> list[tuple[str, str]]:
    return [(code, interest_label(code)) for code in interests()]


def parse_areas(typed: str) -> list[Region]:
    """Provinces, regencies and cities by name or code, parted by commas or lines, each once. Raises :class:`BadInput`
    ``area.unknown``, ``area.twice``, ``area.level``, ``area.many`` and those of ``find_region``."""
    found = {each.pk: each for each in (_area(part) for part in re.split(r"[,;\n]+", typed) if part.strip())}
    if len(found) > MOST_AREAS:
        raise BadInput("area.many", marked("Paling banyak {n} wilayah. Tulis provinsinya saja."), n=MOST_AREAS)
    return list(found.values())


def _area(typed: str) -> Region:
    value = shown(typed)
    if any(letter.isdigit() for letter in typed):
        region = find_region(typed)
        if region.level > 2:
            raise BadInput(
                "area.level", marked("{value} bukan provinsi, kabupaten, atau kota. Tulis wilayah itu."), value=value
            )
        return region
    found = _named(required(typed))
    if not found:
        raise BadInput(
            "area.unknown", marked("Wilayah {value} tidak ada. Tulis provinsi, kabupaten, atau kota."), value=value
        )
    if len(found) > 1:
        raise BadInput("area.twice", marked("{value} ada dua. Tulis Kabupaten atau Kota di depannya."), value=value)
    return found[0]


def _named(name: str) -> list[Region]:
    """``Kota Bogor`` is the city; ``Kota Baru`` is no city of Baru, but Kotabaru."""
    areas = Region.objects.filter(level__in=(1, 2), active=True)
    word, _blank, rest = name.replace(".", " ").partition(" ")
    kind = _KINDS.get(word.casefold(), "")
    named_so = list(areas.filter(kind=kind, name_key=key_of(rest.strip()))) if kind and rest.strip() else []
    return named_so or list(areas.filter(name_key=key_of(name)))


def _whole(typed: str, most: int) -> int:
    text = undotted(required(typed, limit=20))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise BadInput(
            "whole.form", marked("“{value}” bukan bilangan antara 1 dan {most}. Tulis angka saja."),
            value=shown(typed), most=f"{most:,}".replace(",", "."),
        )  # fmt: skip
    return int(text)


class WholeField(ParsedField):
    """A whole number from one to ``most``."""

    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})

    def __init__(self, *, most: int, **kwargs: Any):
        super().__init__(parse=lambda typed: _whole(typed, most), empty=None, **kwargs)


class YesOrNo(forms.TypedChoiceField):
    """A question that nobody answers by passing it over."""

    widget = forms.RadioSelect

    def __init__(self, *, yes: Any, no: Any, **kwargs: Any):
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(choices=[("tidak", no), ("ya", yes)], coerce=lambda said: said == "ya", **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "ya", False: "tidak"}.get(value, value)


# The parts of an offer --------------------------------------------------------------------------------------------------


class OfferForm(forms.Form):
    title = TextField(label=_("Tawaran dalam satu kalimat"), help_text=_("Contoh: Pipa dan pelatihan air bersih desa"))
    brings = LongField(label=_("Yang dibawa ke desa"), help_text=_("Barang, uang, tenaga, atau ilmu; tulis jumlahnya."))
    forms = Several(label=_("Bentuk kerja sama"), choices=form_choices)


class AbilityForm(forms.Form):
    sector = forms.ChoiceField(
        label=_("Bidang kebutuhan desa"),
        choices=choose_sector,
        error_messages={"required": _("Bidang kebutuhan belum dipilih. Pilih satu bidang.")},
    )
    level = forms.TypedChoiceField(
        label=_("Seberapa mampu"), coerce=int, widget=forms.RadioSelect, error_messages={"required": REQUIRED}
    )
    what = TextField(label=_("Buktinya"), help_text=_("Contoh: 12 desa teraliri sejak 2021 di Banjarnegara"), limit=300)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level, gettext(words)) for level, words in LEVELS.items()]  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    seeks = Several(label=_("Yang diminta kembali"), choices=interest_choices)
    conditions = LongField(label=_("Syarat bagi desa"), help_text=_("Yang harus ada lebih dahulu."), required=False)
    gifts_to_persons = YesOrNo(
        label=_("Adakah uang atau hadiah untuk pribadi atau pejabat desa?"), yes=_("Ada"), no=_("Tidak ada")
    )


class PlaceForm(forms.Form):
    reach = forms.ChoiceField(
        label=_("Berlaku di mana"),
        choices=[(SOMEWHERE, _("Wilayah tertentu")), (EVERYWHERE, _("Seluruh Indonesia"))],
        widget=forms.RadioSelect,
        error_messages={"required": REQUIRED},
    )
    areas = ParsedField(
        label=_("Provinsi, kabupaten, atau kota"),
        help_text=_("Nama atau kode, pisahkan dengan koma. Contoh: Banjarnegara, Bali"),
        parse=parse_areas,
        empty=[],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    places = WholeField(label=_("Untuk berapa desa lagi"), most=MOST_PLACES)

    @classmethod
    def held_by(cls, offer: Offer) -> dict[str, Any]:
        """What the form shows of an offer that was read with its parts."""
        reach = EVERYWHERE if offer.everywhere else SOMEWHERE if offer.places else None
        areas = ", ".join(each.region.name for each in offer.areas.all())
        return {"reach": reach, "areas": areas, "places": offer.places or ""}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("reach") == SOMEWHERE and not given.get("areas") and "areas" not in self.errors:
            self.add_error("areas", ValidationError(gettext("Tulis paling sedikit satu wilayah."), code="required"))
        return given

    def given(self) -> dict[str, Any]:
        """The arguments of the act."""
        given = dict(self.cleaned_data)
        return {"everywhere": given.pop("reach") == EVERYWHERE, **given}


class LastDay(DateField):
    """A day that still lies ahead."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day < clock.today():
            says = gettext("Tanggal %(day)s sudah lewat. Isi tanggal yang masih di depan.") % {
                "day": date_format(day, "j F Y")
            }
            raise ValidationError(says, code="day.past")
        return day


class FundForm(forms.Form):
    budget_low = RupiahField(label=_("Anggaran per desa, paling sedikit"), allow_zero=True)
    budget_high = RupiahField(label=_("Anggaran per desa, paling banyak"), allow_zero=True)
    term_months = WholeField(label=_("Lama kerja sama (bulan)"), most=MOST_MONTHS)
    valid_until = LastDay(label=_("Tawaran berlaku sampai"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        low, high = given.get("budget_low"), given.get("budget_high")
        if low is not None and high is not None and low > high:
            says = gettext("Anggaran paling banyak lebih kecil daripada paling sedikit. Tukar angkanya.")
            self.add_error("budget_high", ValidationError(says, code="budget.order"))
        return given


class AimForm(forms.Form):
    goals = Numbers(label=_("Tujuan SDGs Desa yang didukung"), choices=goal_choices)
    vision = LongField(label=_("Mengapa lembaga Anda melakukannya"), required=False)
    risks = Several(
        label=_("Yang ikut terbawa ke desa"),
        help_text=_("Centang semua yang mungkin terjadi; desa boleh menolaknya."),
        choices=risk_choices,
        required=False,
    )


class Renew(forms.Form):
    valid_until = LastDay(label=_("Berlaku lagi sampai"))


class VerifyAbility(Read):
    ability = forms.ChoiceField(label=_("Kemampuan"), widget=forms.RadioSelect, error_messages={"required": REQUIRED})
    proven = YesOrNo(label=_("Hasil pemeriksaan"), yes=_("Terbukti"), no=_("Belum terbukti"))
    reason = TextField(
        label=_("Alasan"), help_text=_("Bukti yang Anda lihat. Semua orang dapat membacanya."), limit=300
    )

    def __init__(self, *args: Any, abilities: Iterable[OfferAbility], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["ability"].choices = [(each.sector, ability_words(each)) for each in abilities]  # type: ignore[attr-defined]


def ability_words(ability: OfferAbility) -> str:
    return f"{sector_label(ability.sector)} · {ability.level} · {ability.what}"
