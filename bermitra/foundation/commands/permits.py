"""The shape of a row of the permission table. Each package keeps its rows in its own ``access.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Scope(StrEnum):
    """How far a role reaches through a door."""

    ANY = "any"
    OWN = "own"  # the record is about this very person
    VILLAGE = "village"
    DISTRICT = "district"
    REGENCY = "regency"
    PARTY = "party"
    ASSIGNED = "assigned"  # the person was put in charge of this record


ANY, OWN, VILLAGE, DISTRICT, REGENCY, PARTY, ASSIGNED = Scope
EVERYONE = "everyone"
SIGNED_IN = "signed_in"  # anybody with an account, whatever their office


@dataclass(frozen=True)
class Row:
    """One door or page. What is not named is shut.

    ``name`` is a URL name and, for an act, the name of its command. ``within`` lists the doors whose act may open this
    one as a part of itself. ``step_up``: the password must have been asked for in the last minutes. ``private``: what is
    typed there may lie nowhere else, so it is typed again where the password had to be asked for in between. ``seen_on``: the
    page of its record, where that is not for the whole house: who may not open it is not told either that the act is due,
    or that it was carried out.
    """

    name: str
    methods: frozenset[str]
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    step_up: bool = False
    within: tuple[str, ...] = ()
    private: bool = False
    seen_on: str = ""

    def scope_of(self, role: str) -> Scope | None:
        return self.scopes.get(role) or self.scopes.get(EVERYONE)


def page(name: str, *, step_up: bool = False, **scopes: Scope) -> Row:
    """A page that is only read."""
    return Row(name, frozenset({"GET", "HEAD"}), MappingProxyType(scopes), step_up)


def act(
    name: str,
    *,
    step_up: bool = False,
    within: tuple[str, ...] = (),
    private: bool = False,
    seen_on: str = "",
    **scopes: Scope,
) -> Row:
    """A command and the page with its form."""
    return Row(name, frozenset({"GET", "HEAD", "POST"}), MappingProxyType(scopes), step_up, within, private, seen_on)
