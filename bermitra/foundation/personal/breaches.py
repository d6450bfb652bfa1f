"""Whose data got out, who works on it, and how much of the law's time is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bermitra.foundation import calendar
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.accounts.queries import DROPPED
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.personal.models import DataBreach, ErasureRequest
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.personal.rules import BreachFacts
from bermitra.foundation.regions.models import Region

IN_CHARGE = (roles.VILLAGE_SECRETARY.key, roles.DPMD_OFFICER.key)
REGENCY = 5  # characters of a regency's code
SHORTEST_CONTENT = 15  # letters: less is no sentence
OF_A_PLACE, OF_A_ROLE, OF_CODES = DataBreach.Whom.PLACE, DataBreach.Whom.ROLE, DataBreach.Whom.CODES


@dataclass(frozen=True)
class Place:
    """Where it happened; without a region the whole instance."""

    region: Region | None = None

    def reach(self) -> Reach:
        return Reach(region=self.region.pk if self.region is not None else "")


def places_of(person: Person) -> list[Place]:
    """The places of which a person may record a breach, the widest first."""
    held = person.offices
    whole = [Place()] if any(each.role == roles.INSTANCE_ADMIN.key for each in held) else []
    near = {each.region.pk: each.region for each in held if each.role in IN_CHARGE and each.region is not None}
    return [*whole, *(Place(near[code]) for code in sorted(near))]


def people_of(place: Place, whom: str, role: str = "", codes: Iterable[str] = ()) -> QuerySet[Person]:
    """Those who live or hold an office there; of one office, all who ever held it; or the named ones among them.

    A code may be a person's or a partner's, which stands for those who act for it. Whoever was erased is no longer known, and
    whoever was only proposed and turned down never was of the place.
    """
    start = place.region.pk if place.region is not None else ""
    offices = Appointment.objects.filter(person=OuterRef("pk"))
    erased = ErasureRequest.objects.filter(person=OuterRef("pk"), done_at__isnull=False)
    there = Person.objects.exclude(Exists(erased)).exclude(DROPPED)
    if start:
        near = offices.filter(region__code__startswith=start)
        there = there.filter(Q(region__code__startswith=start) | Exists(near))
    if whom == OF_A_ROLE:
        held = offices.filter(role=role)
        return there.filter(Exists(held.filter(Q(region__code__startswith=start) | Q(region=None)) if start else held))
    if whom == OF_CODES:
        wanted = sorted(set(codes))
        return there.filter(Q(code__in=wanted) | Exists(offices.filter(party__in=wanted).exclude(party="")))
    return there


def unknown_codes(place: Place, codes: Iterable[str]) -> list[str]:
    """Codes that stand for nobody in this place."""
    typed = list(codes)
    there = people_of(place, OF_CODES, codes=typed)
    parties = Appointment.objects.filter(person__in=there, party__in=typed).values_list("party", flat=True)
    known = {*there.values_list("code", flat=True), *parties}
    return [each for each in typed if each not in known]


def breaches_visible_to(person: Person) -> QuerySet[DataBreach]:
    """Of the places of which the person may record one, the newest first."""
    places = places_of(person)
    if any(each.region is None for each in places):
        return _listed(DataBreach.objects.all())
    seen = Q(pk__in=())
    for each in places:
        seen |= Q(region__code__startswith=each.reach().region)
    return _listed(DataBreach.objects.filter(seen))


def _listed(found: QuerySet[DataBreach]) -> QuerySet[DataBreach]:
    return found.select_related("region").annotate(people=Count("affected")).order_by("-recorded_at", "-pk")


def told_to(person: Person) -> QuerySet[DataBreach]:
    """What a person was told of its own data."""
    return DataBreach.objects.filter(affected__person=person, told_at__isnull=False).order_by("-told_at", "-pk")


@dataclass(frozen=True)
class Announced:
    """A breach as everybody reads of it: what was typed, without the numbers by which a person is found."""

    region: Region | None
    told_at: datetime | None
    leaked: str
    happened: str
    measures: str


def announced(most: int) -> list[Announced]:
    """What the public was told of, the newest first."""
    found = DataBreach.objects.filter(public=True, told_at__isnull=False).select_related("region")
    return [
        Announced(each.region, each.told_at, openly(each.leaked), openly(each.happened), openly(each.measures))
        for each in found.order_by("-told_at", "-pk")[:most]
    ]


@dataclass(frozen=True)
class LocalMoment:
    """A moment as a clock at the place shows it."""

    day: date
    hour: str


@dataclass(frozen=True)
class Clock:
    """Whole hours of the law's time: left, or over. What was told has used ``taken`` of them."""

    hours: int
    found: LocalMoment
    due: LocalMoment
    taken: int | None
    left: int

    @property
    def late(self) -> bool:
        return self.left < 0

    @property
    def over(self) -> int:
        return -self.left


def clock_of(breach: DataBreach, now: datetime) -> Clock:
    return _clock(breach, now, notice_hours(breach.region_id or ""))


def clocks_of(breaches: Iterable[DataBreach], now: datetime) -> list[tuple[DataBreach, Clock]]:
    """Each with its clock; the hours are asked once a regency, however many there are."""
    found = list(breaches)
    hours = {regency: notice_hours(regency) for regency in {_regency(each) for each in found}}
    return [(each, _clock(each, now, hours[_regency(each)])) for each in found]


def _regency(breach: DataBreach) -> str:
    return (breach.region_id or "")[:REGENCY]


def _clock(breach: DataBreach, now: datetime, hours: int) -> Clock:
    taken = hours_between(breach.found_at, breach.told_at or now)
    due_at = breach.found_at + timedelta(hours=hours)
    zone = zone_in(breach.region)
    return Clock(hours, _at(breach.found_at, zone), _at(due_at, zone), taken if breach.told_at else None, hours - taken)


def zone_in(region: Region | None) -> calendar.Zone:
    """Of the place; of the whole instance that of the capital."""
    return calendar.zone_of(region.pk) if region is not None else calendar.Zone.WIB


def _at(moment: datetime, zone: calendar.Zone) -> LocalMoment:
    return LocalMoment(moment.astimezone(calendar.tz(zone)).date(), calendar.local_time(moment, zone))


def notice_hours(region: str) -> int:
    """Hours of the law, or fewer where the regency of this place has set it so."""
    hours: int = standing(region).numbers["data_breach_notice_hours"]
    return hours


def hours_between(start: datetime, end: datetime) -> int:
    """Hours begun: a minute after the seventy-second is the seventy-third."""
    return -((start - end) // timedelta(hours=1))


def breach_facts(
    breach: DataBreach, now: datetime, *, leaked: str, happened: str, measures: str, authority_letter: str
) -> BreachFacts:
    return BreachFacts(
        hours_since_found=hours_between(breach.found_at, now),
        data_breach_notice_hours=notice_hours(breach.region_id or ""),
        content_complete=all(len(each.strip()) >= SHORTEST_CONTENT for each in (leaked, happened, measures)),
        authority_told=bool(authority_letter.strip()),
    )
