"""Reading what was taken in from tables: whose loads one sees, and what a row of a table is compared with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.regions.models import Region, RegionAlias
from bermitra.registry.models import OnboardingLoad

# Offices that one person holds at a time.
SINGLE = frozenset(
    {roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key, roles.VILLAGE_TREASURER.key, roles.BPD_CHAIR.key}
)


def loads_visible_to(person: Person) -> QuerySet[OnboardingLoad]:
    """Loads of the district (camat) or regency that one is in office for, the newest first."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.region_id and office.role in (roles.DPMD_OFFICER.key, roles.CAMAT.key):
            wanted |= Q(region_id=office.region_id) | Q(region__code__startswith=f"{office.region_id}.")
    return OnboardingLoad.objects.filter(wanted).select_related("region").order_by("-loaded_at", "-pk")


def load_of_file(region: Region, file_hash: str) -> OnboardingLoad | None:
    return OnboardingLoad.objects.filter(region=region, file_hash=file_hash).first()


def letters_of(load: OnboardingLoad) -> list[AccessLetter]:
    """All letters of a load, by village and name: the order in which they lie on the officer's table."""
    found = AccessLetter.objects.filter(pk__in=load.letters.values("letter")).select_related("person__region")
    return list(found.order_by("person__region_id", "person__full_name", "pk"))


@dataclass(frozen=True)
class Known:
    """What the rows of a table are compared with, read at once for all of them."""

    regions: dict[str, Region]  # by code, of this place only or met in the table
    former: dict[str, Region]  # by the code that the area had before
    villages: tuple[Region, ...]  # of this place
    usernames: frozenset[str]
    phones: frozenset[str]
    held: dict[tuple[str, str], str]  # (village, office) -> who holds it today
    offices: frozenset[tuple[str, str, str]]  # village, office, name in small letters


def known(place: Region, codes: Collection[str], phones: Collection[str], today: date) -> Known:
    """Five statements, however long the table."""
    inside = Region.objects.filter(pk__startswith=f"{place.pk}.", active=True, level=4)
    met = Region.objects.filter(Q(pk__in=codes) | Q(pk__in=inside.values("pk")))
    aliases = RegionAlias.objects.filter(old_code__in=codes).select_related("region").order_by("until", "pk")
    regions = {each.pk: each for each in met}
    offices = Appointment.objects.in_force(today).filter(region_id__in=[c for c in regions if c.startswith(place.pk)])
    rows = list(offices.values_list("region_id", "role", "person__full_name"))
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
        held={(village, role): name for village, role, name in rows if role in SINGLE},
        offices=frozenset((village, role, name.casefold()) for village, role, name in rows),
    )
