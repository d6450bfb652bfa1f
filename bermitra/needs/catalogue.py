"""What needs, potentials and offers are sorted by, read once from the files that ship with the product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Sector:
    """``position`` is its place in every need vector and never changes. ``words``: what residents say and type."""

    code: str
    position: int
    id: str
    en: str
    about: str
    about_en: str
    unit: str
    fields: tuple[str, ...]
    activities: tuple[str, ...]
    idm: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of potential. ``serves`` are sectors that it can help, ``interests`` what partners may seek in it."""

    code: str
    position: int
    id: str
    en: str
    about: str
    about_en: str
    units: tuple[str, ...]
    serves: tuple[str, ...]
    interests: tuple[str, ...]
    cautions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Unit:
    code: str
    id: str
    en: str


@dataclass(frozen=True)
class Interest:
    """What a partner may seek in return. ``position`` is its place in every list of them and never changes."""

    code: str
    position: int
    id: str
    en: str


@dataclass(frozen=True)
class Strength:
    """A step of the scale on which a potential is weighed: 0, 25, 50, 75 or 100."""

    step: int
    id: str
    en: str


@dataclass(frozen=True)
class Theme:
    """One of the five groups in which villages sort what they do."""

    code: str
    id: str
    en: str


@dataclass(frozen=True)
class Goal:
    """A goal of SDGs Desa, known by its number (1 to 18)."""

    number: int
    id: str
    en: str


@dataclass(frozen=True)
class Risk:
    """What an offer may bring and a village may refuse. ``position`` is its place in every list and never changes."""

    code: str
    position: int
    id: str
    en: str
    why: str
    why_en: str


@lru_cache(maxsize=1)
def sectors() -> dict[str, Sector]:
    return {e["code"]: Sector(**_frozen(e)) for e in _read("sectors.yaml")["sectors"]}


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    return {e["code"]: Kind(**_frozen(e)) for e in _read("potentials.yaml")["kinds"]}


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    return {e["code"]: Unit(**e) for e in _read("potentials.yaml")["units"]}


@lru_cache(maxsize=1)
def interests() -> dict[str, Interest]:
    return {e["code"]: Interest(**e) for e in _read("potentials.yaml")["interests"]}


@lru_cache(maxsize=1)
def strengths() -> dict[int, Strength]:
    return {e["step"]: Strength(**e) for e in _read("potentials.yaml")["strengths"]}


@lru_cache(maxsize=1)
def themes() -> dict[str, Theme]:
    return {e["code"]: Theme(**e) for e in _read("sectors.yaml")["themes"]}


@lru_cache(maxsize=1)
def goals() -> dict[int, Goal]:
    return {e["number"]: Goal(**e) for e in _read("goals.yaml")["goals"]}


@lru_cache(maxsize=1)
def risks() -> dict[str, Risk]:
    return {e["code"]: Risk(**e) for e in _read("risks.yaml")["risks"]}


def _read(name: str) -> dict[str, list[dict[str, Any]]]:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in entry.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(each) for each in value) if isinstance(value, list) else value
