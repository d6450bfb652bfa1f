"""The fixed cast: who there is, which offices they hold, and how each becomes known to the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bermitra.deliberation.actions import Who
from bermitra.site.demo.story import people

FOR_LIFE = date(2029, 12, 31)  # the last day written where a decree names none


@dataclass(frozen=True)
class Office:
    role: str
    title: str
    since: date | None  # None: from the day on which the person becomes known
    until: date
    decree: str


@dataclass(frozen=True)
class Somebody:
    code: str
    name: str
    username: str
    region: str  # where the office is held; "" for people of a partner
    organisation: str
    offices: tuple[Office, ...]


@lru_cache(maxsize=1)
def cast() -> dict[str, Somebody]:
    return {told["id"]: _somebody(told) for told in people()["people"]}


def username_of(who: str) -> str:
    return cast()[who].username


def name_of(who: str) -> str:
    """The name of anybody in the cast, a resident without an account as well."""
    return cast()[who].name if who in cast() else residents()[who]["name"]


@lru_cache(maxsize=1)
def residents() -> dict[str, dict[str, Any]]:
    """Residents by code, those who have an account as well."""
    known = [told for told in people()["people"] if told.get("resident")]
    return {told["id"]: told for told in sorted([*people()["residents"], *known], key=lambda told: str(told["id"]))}


def invitees(village: str) -> list[Who]:
    """The standing list of a village: its officials and its residents."""
    found = [told for told in (*people()["people"], *people()["residents"]) if told.get("invited") == village]
    return [
        Who(told["name"], told["sex"], told["hamlet"], tuple(told["elements"]), bool(told.get("poor")))
        for told in found
    ]


def _somebody(told: dict[str, Any]) -> Somebody:
    offices = tuple(
        Office(each["role"], each.get("title", ""), each.get("from"), each.get("to") or FOR_LIFE, each["decree"])
        for each in told["offices"]
    )
    return Somebody(
        told["id"], told["name"], told["username"], told.get("region", ""), told.get("organisation", ""), offices
    )
