"""Reading what was taken in from tables: whose loads one sees, and what a row of a table is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.enrolling import Newcomer
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.regions.models import Region, RegionAlias
from bermitra.foundation.rules import Rule
from bermitra.registry.models import OnboardedOffice, OnboardingLoad
from bermitra.registry.rules import (
    CONFIRMING_LOAD,
    ONE_HOLDER,
    SINGLE,
    VILLAGE_OFFICES,
    LoadFacts,
    OnboardingFacts,
    TakenFacts,
)


def loads_visible_to(person: Person) -> QuerySet[OnboardingLoad]:
    """Loads of the district (camat) or regency that one is in office for, the newest first."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.region_id and office.role in (roles.DPMD_OFFICER.key, roles.CAMAT.key):
            wanted |= Q(region_id=office.region_id) | Q(region__code__startswith=f"{office.region_id}.")
    return OnboardingLoad.objects.filter(wanted).select_related("region", "decision").order_by("-loaded_at", "-pk")


def load_of_file(region: Region, file_hash: str) -> OnboardingLoad | None:
    """The load that stands in the way of taking this file in again: one that was turned down does not."""
    return loads_of_file(region, file_hash).exclude(decision__confirmed=False).first()


def loads_of_file(region: Region, file_hash: str) -> QuerySet[OnboardingLoad]:
    return OnboardingLoad.objects.filter(region=region, file_hash=file_hash)


def letters_of(load: OnboardingLoad) -> list[AccessLetter]:
    """All letters of a load, by village and name: the order in which they lie on the officer's table."""
    found = AccessLetter.objects.filter(pk__in=load.letters.values("letter")).select_related("person__region")
    return list(found.order_by("person__region_id", "person__full_name", "pk"))


def offices_of(load: OnboardingLoad) -> QuerySet[Appointment]:
    """What a camat's load proposes, by village and name; empty for a load of the regency's own officer."""
    found = Appointment.objects.filter(pk__in=load.offices.values("appointment")).select_related("person", "region")
    return found.order_by("region_id", "person__full_name", "pk")


# Facts ------------------------------------------------------------------------------------------------------------------
def onboarding_facts(region: Region, newcomers: Sequence[Newcomer]) -> OnboardingFacts:
    villages = {each.region.pk: each.region for each in newcomers}
    return OnboardingFacts(
        outside=sum(not code.startswith(f"{region.pk}.") for code in villages),
        no_villages=sum(each.level != 4 or each.kind == Region.Kind.KELURAHAN for each in villages.values()),
        other_offices=sum(each.role not in VILLAGE_OFFICES for each in newcomers),
    )


@dataclass(frozen=True)
class Term:
    """From its first to its last day; ``holder`` by name, ``proposed`` where the regency has not confirmed it yet."""

    since: date
    until: date
    holder: str = ""
    proposed: bool = False

    def meets(self, other: Term, today: date) -> bool:
        """Both on one day, today or later: what lies behind stops nobody."""
        return max(self.since, other.since, today) <= min(self.until, other.until)


Office = tuple[str, str]  # village, role


def terms_given(offices: Iterable[tuple[str, str, date, date]]) -> dict[Office, list[Term]]:
    """By office those of one holder: out of village, role, first and last day."""
    given: dict[Office, list[Term]] = defaultdict(list)
    for village, role, since, until in offices:
        if role in SINGLE:
            given[village, role].append(Term(since, until))
    return given


def terms_held(villages: Iterable[str], today: date, but: OnboardingLoad | None = None) -> dict[Office, list[Term]]:
    """Offices of one holder that are not over: held, or proposed by a load that waits, other than ``but``."""
    waiting = OnboardedOffice.objects.filter(appointment=OuterRef("pk"), load__decision=None)
    if but is not None:
        waiting = waiting.exclude(load=but)
    proposed = Q(Exists(waiting), state=Appointment.State.PROPOSED)
    rows = Appointment.objects.filter(
        Q(state__in=Appointment.HOLDING) | proposed, role__in=SINGLE, region_id__in=villages, until__gte=today
    )
    held: dict[Office, list[Term]] = defaultdict(list)
    for village, role, since, until, name, state in rows.order_by("since", "pk").values_list(
        "region_id", "role", "since", "until", "person__full_name", "state"
    ):
        held[str(village), role].append(Term(since, until, name, state == Appointment.State.PROPOSED))
    return held


def taken_facts(given: Mapping[Office, list[Term]], today: date, but: OnboardingLoad | None = None) -> TakenFacts:
    """Of offices that are to be given: how many terms meet one that stands already, or an earlier one of their table."""
    held = terms_held({village for village, _role in given}, today, but)
    taken = 0
    for office, terms in given.items():
        for at, term in enumerate(terms):
            taken += any(term.meets(each, today) for each in (*held.get(office, ()), *terms[:at]))
    return TakenFacts(taken)


def confirming_asked(load: OnboardingLoad, who: str, today: date) -> list[tuple[tuple[Rule, ...], Any]]:
    """What is asked of whoever confirms a camat's load, ``who`` by code: the rules with their facts."""
    waiting = offices_of(load).filter(state=Appointment.State.PROPOSED)
    given = terms_given(waiting.values_list("region_id", "role", "since", "until"))
    facts = LoadFacts(loader=load.loaded_by, decider=who)
    return [(CONFIRMING_LOAD, facts), (ONE_HOLDER, taken_facts(given, today, but=load))]


# What a table is compared with --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Known:
    """What the rows of a table are compared with, read at once for all of them."""

    regions: dict[str, Region]  # by code, of this place only or met in the table
    former: dict[str, Region]  # by the code that the area had before
    villages: tuple[Region, ...]  # of this place
    usernames: frozenset[str]
    phones: frozenset[str]
    held: dict[Office, list[Term]]  # of one holder: who has it, from today on
    offices: frozenset[tuple[str, str, str]]  # village, office, name in small letters; proposed ones too


def known(place: Region, codes: Collection[str], phones: Collection[str], today: date) -> Known:
    """Six statements, however long the table."""
    inside = Region.objects.filter(pk__startswith=f"{place.pk}.", active=True, level=4)
    met = Region.objects.filter(Q(pk__in=codes) | Q(pk__in=inside.values("pk")))
    aliases = RegionAlias.objects.filter(old_code__in=codes).select_related("region").order_by("until", "pk")
    regions = {each.pk: each for each in met}
    here = [code for code in regions if code.startswith(place.pk)]
    offices = Appointment.objects.filter(region_id__in=here, until__gte=today).exclude(state=Appointment.State.ENDED)
    rows = offices.values_list("region_id", "role", "person__full_name")
    return Known(
        regions=regions,
        former={each.old_code: each.region for each in aliases},
        villages=tuple(
            each
            for code, each in regions.items()
            if code.startswith(f"{place.pk}.") and each.level == 4 and each.kind != Region.Kind.KELURAHAN
        ),
        usernames=frozenset(Person.objects.values_list("username", flat=True)),
        phones=frozenset(Person.objects.filter(phone__in=phones).values_list("phone", flat=True)),
        held=terms_held(here, today),
        offices=frozenset((village, role, name.casefold()) for village, role, name in rows),
    )
