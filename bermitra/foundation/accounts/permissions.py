"""The one permission table: every package's ``access.py`` joined. What is not in it is shut."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.apps import apps

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.rules import ENTRY, OWN_VOICE, EntryFacts, assistance_never_decides
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.commands.door import Knock
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.commands.permits import EVERYONE, SIGNED_IN, Row, Scope

JOINED = "joined"  # the role of an act that is carried out as a part of another
STEP_UP_SECONDS = 300


@lru_cache(maxsize=1)
def table() -> dict[str, Row]:
    """All rows by name; raises ValueError where two packages claim one name."""
    joined: dict[str, Row] = {}
    for config in apps.get_app_configs():
        for row in getattr(config, "access", ()):
            if row.name in joined:
                raise ValueError(f"{row.name} stands in the permission table twice")
            joined[row.name] = row
    return {name: _with_helpers(row) for name, row in joined.items()}


def _with_helpers(row: Row) -> Row:
    """Whoever enters for a village under its mandate may open what its operator may open, unless FD-06 shuts it.

    The one place in which this is decided: rows name the operator, and never the helper beside him.
    """
    kind = EntryFacts(kind=OWN_VOICE.get(row.name, ENTRY))
    opens = row.scopes.get(roles.VILLAGE_OPERATOR.key) is Scope.VILLAGE and assistance_never_decides(kind)
    if not opens or roles.ASSISTING_OFFICER.key in row.scopes:
        return row
    return replace(row, scopes=MappingProxyType({**row.scopes, roles.ASSISTING_OFFICER.key: Scope.VILLAGE}))


def authorise(knock: Knock, among: Container[str] = ()) -> str:
    """The role in which the knock is let in; raises NotAllowed or StepUpNeeded. Named by ``COMMAND_AUTHORISER``.

    Whoever holds several offices that open the door acts in the oldest, or in the first one ``among`` those named.
    """
    row = table().get(knock.door)
    if row is None:
        raise NotAllowed(knock.door, knock.by.code)
    if knock.within:
        if knock.within in row.within:
            return JOINED
        raise NotAllowed(knock.door, knock.within)
    found = _roles_for(row, knock)
    if not found:
        raise NotAllowed(knock.door, knock.by.code, knock.reach)
    role = next((each for each in found if each in among), found[0])
    if row.step_up and knock.by.person is not None and not _confirmed(knock):
        raise StepUpNeeded(knock.door)
    return role


def _roles_for(row: Row, knock: Knock) -> list[str]:
    """Every role of whoever knocks that opens the door: offices, the oldest first, then that of anybody signed in."""
    person: Any = knock.by.person
    if person is None:
        role = roles.SYSTEM.key if knock.by.system else roles.PUBLIC.key
        return [role] if row.scope_of(role) is Scope.ANY else []
    found = []
    for office in person.offices:
        scope = row.scope_of(office.role)
        if scope is not None and fits(scope, knock.reach, office.region_id or "", office.party, person.code):
            found.append(str(office.role))
    scope = row.scopes.get(SIGNED_IN) or row.scopes.get(EVERYONE)
    if scope is not None and fits(scope, knock.reach, "", "", person.code):
        found.append(SIGNED_IN)
    return found


def fits(scope: Scope, reach: Reach, region: str, party: str, person: str) -> bool:
    """Does an office in ``region`` or of ``party``, held by ``person``, reach the record?"""
    match scope:
        case Scope.ANY:
            return True
        case Scope.OWN:
            return bool(person) and reach.person == person
        case Scope.VILLAGE:
            return bool(reach.village) and reach.village == region
        case Scope.DISTRICT:
            return bool(reach.district) and reach.district == region
        case Scope.REGENCY:
            return bool(reach.regency) and reach.regency == region
        case Scope.PARTY:
            return bool(party) and party in reach.parties
        case Scope.ASSIGNED:
            return bool(person) and person in reach.assigned


def _confirmed(knock: Knock) -> bool:
    at = knock.by.confirmed_at
    return at is not None and (clock.real_now() - at).total_seconds() <= STEP_UP_SECONDS


def may_see(row: Row, person: Any) -> bool:
    """May this person (None: the public) open the page at all? Which records it shows, ``visible_to`` decides."""
    if person is None:
        return row.scope_of(roles.PUBLIC.key) is not None
    if row.scopes.get(SIGNED_IN) or row.scopes.get(EVERYONE):
        return True
    return any(row.scope_of(office.role) is not None for office in person.offices)
