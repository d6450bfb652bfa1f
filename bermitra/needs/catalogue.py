"""Sectors of needs and kinds of potentials, read once from the files that ship with the product."""

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


@lru_cache(maxsize=1)
def sectors() -> dict[str, Sector]:
    return {e["code"]: Sector(**_frozen(e)) for e in _read("sectors.yaml")["sectors"]}


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    return {e["code"]: Kind(**_frozen(e)) for e in _read("potentials.yaml")["kinds"]}


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    return {e["code"]: Unit(**e) for e in _read("potentials.yaml")["units"]}


def _read(name: str) -> dict[str, list[dict[str, Any]]]:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in entry.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(each) for each in value) if isinstance(value, list) else value
