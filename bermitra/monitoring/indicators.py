"""What indicators there are, and the arithmetic of a measurement: whole numbers in the smallest unit, never floats.

Pure Python, no Django. An amount of scale 1 is kept in tenths: 112,4 ha is 1124. ``progress`` counts from the baseline to the
target in tenths of a percent; an index change is only ever an estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bermitra.foundation.money import parse_quantity
from bermitra.foundation.text import _

DATA = Path(__file__).parent / "data"

WELFARE, PARTICIPATION, SERVICE = "welfare", "participation", "service"
FAMILIES = {
    WELFARE: _("Kesejahteraan keluarga"),
    PARTICIPATION: _("Partisipasi warga"),
    SERVICE: _("Layanan publik"),
    "environment": _("Lingkungan"),
    "culture": _("Budaya"),
    "self_reliance": _("Kemandirian"),
}
REQUIRED_FAMILIES = (WELFARE, PARTICIPATION, SERVICE)

UP, DOWN, HOLD = "up", "down", "hold"
DIRECTIONS = {UP: _("Naik lebih baik"), DOWN: _("Turun lebih baik"), HOLD: _("Tidak boleh berkurang")}
OWNERS = {
    "village_secretary": _("Sekretaris Desa"),
    "village_treasurer": _("Kaur Keuangan"),
    "village_coop_unit": _("Lembaga kerja sama desa"),
    "bpd": _("BPD"),
    "partner": _("Mitra"),
    "facilitator": _("Pendamping"),
    "residents_sample": _("Warga terundi"),
}
SCALES = {0: _("Bilangan bulat"), 1: _("Satu angka di belakang koma"), 2: _("Dua angka di belakang koma")}

FEWEST_PEOPLE = 5  # a smaller count of persons could name somebody
_PEOPLE = frozenset(
    {"orang", "jiwa", "anak", "balita", "petani", "peserta", "warga", "perempuan", "ibu", "lansia", "siswa"}
)


@dataclass(frozen=True)
class Known:
    """An indicator that an agreement can choose. ``scale`` counts decimals, ``goals`` are numbers of SDGs Desa."""

    code: str
    id: str
    en: str
    unit: str
    unit_en: str
    scale: int
    direction: str
    family: str
    owner: str
    source: str
    source_en: str
    method: str
    method_en: str
    people: bool
    goals: tuple[int, ...]


@dataclass(frozen=True)
class IndexItem:
    """One indicator of an official index of villages."""

    scheme: str
    code: str
    dimension: str
    id: str
    en: str


@dataclass(frozen=True)
class Goal:
    number: int
    id: str
    en: str


@dataclass(frozen=True)
class Scheme:
    code: str
    id: str
    en: str
    first: int
    last: int | None
    basis: str


@lru_cache(maxsize=1)
def known() -> dict[str, Known]:
    return {e["code"]: Known(**{**e, "goals": tuple(e["goals"])}) for e in _read()["product"]}


@lru_cache(maxsize=1)
def index_items() -> dict[str, IndexItem]:
    """The 50 indicators of IDM and the 48 of Indeks Desa by code."""
    return {e["code"]: IndexItem(**e) for e in _read()["index"]}


@lru_cache(maxsize=1)
def goals() -> dict[int, Goal]:
    return {e["number"]: Goal(**e) for e in _read()["goals"]}


@lru_cache(maxsize=1)
def schemes() -> dict[str, Scheme]:
    return {e["code"]: Scheme(**e) for e in _read()["schemes"]}


def scheme_version() -> str:
    """By which list a value was measured; stands on every value."""
    return f"Bermitra {_read()['version']}"


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return yaml.safe_load((DATA / "indicators.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


# Amounts --------------------------------------------------------------------------------------------------------------


def parse_amount(typed: str, scale: int) -> int:
    """The amount in its smallest unit. Raises :class:`BadInput` ``quantity.…``, also for more decimals than ``scale``."""
    return to_amount(parse_quantity(typed, places=scale), scale)


def to_amount(number: Decimal, scale: int) -> int:
    return int(number.scaleb(scale))


def show_amount(amount: int, scale: int) -> str:
    """``112,4`` or ``1.250``, as Indonesians write it."""
    whole, rest = divmod(abs(amount), 10**scale)
    sign = "−" if amount < 0 else ""
    decimals = f",{rest:0{scale}d}" if scale else ""
    return f"{sign}{whole:,}".replace(",", ".") + decimals


def counts_people(unit: str) -> bool:
    return bool(_PEOPLE & set(unit.casefold().replace("/", " ").split()))


def hidden(amount: int, scale: int, *, people: bool) -> bool:
    """Whether the public must not see it: a count of so few persons that somebody could be recognised."""
    return people and 0 < amount < FEWEST_PEOPLE * 10**scale


# What a measurement says ----------------------------------------------------------------------------------------------


def met(direction: str, target: int, amount: int) -> bool:
    return amount <= target if direction == DOWN else amount >= target


def progress(baseline: int, target: int, amount: int) -> int | None:
    """How much of the way from baseline to target is done, in tenths of a percent, halves up; None where there is no way."""
    way = target - baseline
    if not way:
        return None
    done = Fraction(amount - baseline, way) * 1000
    return int((done + Fraction(1, 2)) // 1)


def index_effect(code: str, points: int) -> Fraction | None:
    """What the IDM would rise by if the target is reached: an estimate, and never more than that."""
    item = index_items().get(code)
    if item is None or item.scheme != "idm":
        return None
    return points * Fraction(_read()["marginal"][item.dimension])
