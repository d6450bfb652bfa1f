"""Whose turn it is. A duty is yours if it names you or your office, or if an office of yours may open its door there."""

from __future__ import annotations

from datetime import date
from functools import cache

from django.db.models import F, Q, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.accounts.permissions import authorise, table
from bermitra.foundation.codes import is_village
from bermitra.foundation.commands.act import By, Reach
from bermitra.foundation.commands.door import Knock
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.duties.models import OPEN, Duty

NOBODY = Q(pk__in=())
OWN_HOUSE = (Scope.VILLAGE, Scope.PARTY)  # colleagues of one house take over from one another; a whole regency does not


def duties_for(person: Person) -> QuerySet[Duty]:
    """The open duties of this person, the latest ones first, those without a day last."""
    return _in_order(Duty.objects.filter(yours(person)))


def waited_for(person: Person, today: date) -> QuerySet[Duty]:
    """Open duties of others that this person may know of.

    Of the own village or partner all of them; of a whole district or regency only what is overdue. Never what is due in a
    record that the office may not open.
    """
    seen = NOBODY
    for office in person.offices:
        told = ~Q(door__in=kept_from(office.role))
        if office.party:
            seen |= OPEN & Q(party=office.party) & told
        if serves_village(office):
            seen |= OPEN & Q(region_id=office.region_id) & told
        elif office.region_id and office.office.reach in (Scope.DISTRICT, Scope.REGENCY):
            seen |= OPEN & inside(office.region_id) & Q(due_on__lt=today) & told
    return _in_order(Duty.objects.filter(seen).exclude(yours(person)))


def overdue_duties(today: date, region: str = "") -> QuerySet[Duty]:
    """What is late in a place of any level, or everywhere; the latest first."""
    late = Duty.objects.filter(OPEN, due_on__lt=today)
    return _in_order(late.filter(inside(region)) if region else late)


def about_any(records: list[str]) -> Q:
    """Open duties about one of these records, or about something that belongs to one. OPEN in each part, as in ``yours``."""
    return OPEN & Q(about__in=records) | OPEN & Q(belongs_to__in=records)


def later_than(found: QuerySet[Duty], last: Duty) -> QuerySet[Duty]:
    """The rest of a list behind its last row that was shown (keyset: no row is counted or skipped over)."""
    if last.due_on is None:
        return found.filter(due_on=None, pk__gt=last.pk)
    behind = Q(due_on__gt=last.due_on) | Q(due_on=last.due_on, pk__gt=last.pk) | Q(due_on=None)
    return found.filter(behind)


def yours(person: Person) -> Q:
    """Open duties only. Flat, with OPEN in each part and not before them all: SQLite then finds an index for every part
    instead of reading the whole table (0.2 s at 200,000 open duties)."""
    mine = OPEN & Q(person=person.code)
    for office in person.offices:
        for theirs in (_named(office), *_may_open(office)):
            mine |= OPEN & theirs & Q(person="")
    return mine


def inside(region: str) -> Q:
    """In this place or below it, as a range of codes: ``33.04.19`` up to before ``33.04.19/``, the sign after the dot."""
    if is_village(region):
        return Q(region_id=region)
    return Q(region_id__gte=region, region_id__lt=f"{region}/")


def may_open(person: Person, door: str, reach: Reach) -> bool:
    """Whether the permission table lets this person through, leaving aside that the password may be asked for again."""
    try:
        authorise(Knock(door, By(person=person), reach))
    except StepUpNeeded:
        return True
    except NotAllowed:
        return False
    return True


def serves_village(office: Appointment) -> bool:
    """An office of the village's own house. Residents and scorers hold theirs for one purpose and see what is theirs."""
    return (
        bool(office.region_id)
        and is_village(office.region_id or "")
        and office.office.reach is Scope.VILLAGE
        and office.role not in (roles.RESIDENT.key, roles.GROUP_REP.key)
    )


def holders(role: str, region: str, party: str, today: date) -> QuerySet[Appointment]:
    """Who holds an office today: of a party, or in a place or the district or regency above it."""
    held = Appointment.objects.in_force(today).filter(role=role).select_related("person")
    if roles.BY_KEY[role].reach is Scope.PARTY:
        return held.filter(party=party) if party else held.none()
    return held.filter(region_id__in=[region[:length] for length in (2, 5, 8, 13)])


def _in_order(found: QuerySet[Duty]) -> QuerySet[Duty]:
    return found.select_related("region").order_by(F("due_on").asc(nulls_last=True), "pk")


def _named(office: Appointment) -> Q:
    """The duty names this office."""
    role = Q(role=office.role)
    if office.office.reach is Scope.PARTY:
        return role & Q(party=office.party) if office.party else NOBODY
    return role & inside(office.region_id) if office.region_id else NOBODY


def _may_open(office: Appointment) -> list[Q]:
    """The duty names another office of the same house, but this one may open its door as well."""
    doors = doors_of(office.role)
    found = []
    if office.party and doors[Scope.PARTY]:
        found.append(Q(party=office.party, door__in=doors[Scope.PARTY]))
    if office.region_id and doors[Scope.VILLAGE] and is_village(office.region_id):
        found.append(Q(region_id=office.region_id, door__in=doors[Scope.VILLAGE]))
    return found


@cache
def doors_of(role: str) -> dict[Scope, tuple[str, ...]]:
    """The acts that a role may carry out within its own house, by scope."""
    acts = [row for row in table().values() if "POST" in row.methods]
    return {scope: tuple(row.name for row in acts if row.scopes.get(role) is scope) for scope in OWN_HOUSE}


@cache
def kept_from(role: str) -> tuple[str, ...]:
    """The acts of which a role is not told that they are due: the page of their record is shut to it."""
    rows = table()
    return tuple(row.name for row in rows.values() if row.seen_on and rows[row.seen_on].scope_of(role) is None)
