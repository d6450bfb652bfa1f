"""Stories as they are told: YAML read into plain values. What a file says wrongly shows itself when it is played."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from bermitra.foundation.calendar import moment, zone_of

HERE = Path(__file__).parent / "stories"
PARTNERSHIPS = ("bali", "musi_banyuasin", "pandanarum")
BETWEEN = "antar_desa"
GATES = "gates"
STORIES = (*PARTNERSHIPS, BETWEEN, GATES)  # in the order in which they are told


@dataclass(frozen=True)
class Expected:
    """How an act must end where it must not succeed: by these rules, or at the permission table."""

    rules: frozenset[str]
    permission: bool


@dataclass(frozen=True)
class StoryAct:
    """One act: who does what on which day. ``name`` is what later acts call the record that comes of it."""

    step: int
    act: str
    on: date
    who: str
    role: str
    data: dict[str, Any]
    name: str = ""
    at: time | None = None
    title: str = ""
    expected: Expected | None = None


@dataclass(frozen=True)
class Story:
    code: str
    title: str
    village: str
    places: tuple[tuple[str, str], ...]  # codes and names from the province down
    acts: tuple[StoryAct, ...] = field(repr=False)
    fingerprint: str = ""  # of the words it is told in

    def moment_of(self, act: StoryAct, nth_of_day: int) -> datetime:
        """When it is done: at the hour it names, else in the morning, one after the other."""
        minutes = 8 * 60 + 30 + 7 * nth_of_day
        hour = act.at or time(min(minutes // 60, 22), minutes % 60)
        return moment(act.on, hour, zone_of(self.village))


def read(code: str) -> Story:
    told = _yaml(f"{code}.yaml")
    place = told["village"]
    parts = (place["code"][:2], place["code"][:5], place["code"][:8], place["code"])
    names = (place["province"], place["regency"], place["district"], place["name"])
    return Story(
        code=code,
        title=told["title"],
        village=place["code"],
        places=tuple(zip(parts, names, strict=True)),
        acts=tuple(_act(each) for each in told["acts"]),
        fingerprint=sha256((HERE / f"{code}.yaml").read_bytes()).hexdigest(),
    )


def _act(told: dict[str, Any]) -> StoryAct:
    refused = told.get("refused")
    return StoryAct(
        step=told["step"],
        act=told["act"],
        on=told["date"],
        who=told.get("by", ""),
        role=told.get("as", ""),
        data=told.get("data") or {},
        name=told.get("key", ""),
        at=time.fromisoformat(told["time"]) if "time" in told else None,
        title=told.get("title", ""),
        expected=None if refused is None else Expected(frozenset(refused) - {"izin"}, "izin" in refused),
    )


@lru_cache(maxsize=1)
def people() -> dict[str, Any]:
    """The fixed cast: ``people`` with their offices, ``residents`` by village."""
    return _yaml("people.yaml")


def _yaml(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  safe both
    return told


# The C parser reads the same in a tenth of the time, where it was built.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
