"""What several rooms of the registry type: years, places, shares, a choice of few, a reason."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation import money
from bermitra.foundation.accounts.forms import find_region
from bermitra.foundation.codes import parse_code
from bermitra.foundation.fields import (
    REQUIRED,
    TextField,
)
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, required, shown, undotted
from bermitra.foundation.text import _ as marked
from bermitra.registry.models import (
    Partner,
)


def parse_year(text: str) -> int:
    typed = required(text, limit=10)
    if not (typed.isascii() and typed.isdigit() and 1990 <= int(typed) <= 2100):
        raise BadInput("year.form", marked("“{value}” bukan tahun. Tulis empat angka, misalnya 2026."), value=typed)
    return int(typed)


def parse_past_year(text: str) -> int:
    """A year in which something may have been acquired: land may be older than the state."""
    typed = required(text, limit=10)
    if not (typed.isascii() and typed.isdigit() and 1900 <= int(typed) <= 2100):
        raise BadInput("year.form", marked("“{value}” bukan tahun. Tulis empat angka, misalnya 2026."), value=typed)
    return int(typed)


def parse_postcode(text: str) -> str:
    typed = required(text, limit=20).replace(" ", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) == 5):
        raise BadInput(
            "postcode.form", marked("“{value}” bukan kode pos. Tulis lima angka, misalnya 53457."), value=typed
        )
    return typed


def parse_office_phone(text: str) -> str:
    """A number as an office writes it, with its area code: it is printed and not dialled by us."""
    typed = required(text, limit=40)
    digits = [each for each in typed if each.isdigit()]
    if not (typed.isascii() and set(typed) <= set("0123456789 ()+-./") and 6 <= len(digits) <= 15):
        raise BadInput(
            "phone.office",
            marked("“{value}” bukan nomor telepon. Tulis seperti (0286) 555 0188."),
            value=typed,
        )
    return typed


def parse_years(text: str) -> list[int]:
    """``2026, 2027`` in their order, each once."""
    return sorted({parse_year(each) for each in required(text).replace(";", ",").split(",") if each.strip()})


def parse_place(text: str) -> Region:
    """A regency, or a desa in it."""
    region = find_region(text)
    if region.level not in (2, 4) or region.kind == Region.Kind.KELURAHAN:
        raise BadInput(
            "place.kind",
            marked("{name} bukan kabupaten, kota, atau desa. Isi kode salah satunya."),
            name=region.name,
        )
    return region


def parse_share(text: str) -> int:
    """A percentage with at most two decimals, in hundredths of a percent."""
    share = money.parse_quantity(text.strip().removesuffix("%"))
    if share > 100:
        raise BadInput("share.large", marked("Bagian {value}% lebih dari 100%. Periksa angkanya."), value=share)
    return int(share * 100)


def parse_measure(text: str) -> Fraction:
    measure = Fraction(money.parse_quantity(text))
    if not 0 < measure < 10**12:
        raise BadInput(
            "measure.range", marked("Jumlah {value} tidak mungkin. Isi lebih dari 0."), value=text.strip()[:20]
        )
    return measure


def parse_people(text: str) -> int:
    """How many people: ``2.140`` with or without the dot."""
    typed = undotted(required(text, limit=20))
    if not typed.isascii() or not typed.isdigit() or not 0 < int(typed) < 10**6:
        raise BadInput(
            "people.form", marked("“{value}” bukan jumlah orang. Tulis angka saja, misalnya 2.140."), value=shown(text)
        )
    return int(typed)


def parse_partner(text: str) -> Partner:
    code = parse_code(text, 10)
    partner = Partner.objects.filter(code=code).first()
    if partner is None:
        raise BadInput(
            "partner.unknown",
            marked("Kode mitra {value} tidak terdaftar. Periksa kode pada halaman mitra."),
            value=code,
        )
    return partner


def parse_whole(text: str) -> int:
    typed = required(text, limit=20).removesuffix("%").strip()
    if not (typed.isascii() and typed.isdigit()):
        raise BadInput("number.form", marked("“{value}” bukan bilangan bulat. Tulis angka saja."), value=typed)
    return int(typed)


def parse_percent(text: str) -> int:
    percent = parse_whole(text)
    if percent > 100:
        raise BadInput("percent.large", marked("{value}% lebih dari 100%. Isi antara 0 dan 100."), value=percent)
    return percent


class Choice(forms.ChoiceField):
    """One of few, as radio buttons."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.RadioSelect)
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(**kwargs)


class Reason(forms.Form):
    """One sentence that goes with an act."""

    reason = TextField(label=_("Alasan"), multiline=True, limit=300)
