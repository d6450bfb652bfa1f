"""Reading villages: who sees which, and the facts that rules are asked about."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.regions.models import Region
from bermitra.registry.models import (
    PlanLine,
    UmbrellaRegulation,
    VillageAsset,
    VillageProfile,
)
from bermitra.registry.rules import VillageFacts

OF_REGENCY = frozenset({roles.DPMD_OFFICER.key, roles.REGENT_OFFICE.key, roles.AUDITOR.key})

NOT_IN_THE_VILLAGE_OFFICE = frozenset({roles.RESIDENT.key, roles.GROUP_REP.key})


def villages_visible_to(person: Person) -> QuerySet[Region]:
    """Villages on whose working pages this person may look: those of the offices held, of the district, of the regency."""
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.region_id and not office.party and office.role not in NOT_IN_THE_VILLAGE_OFFICE:
            wanted |= Q(code__startswith=office.region_id)
    return Region.objects.filter(wanted, level=4, active=True).exclude(kind=Region.Kind.KELURAHAN)


def village_profile(village: Region) -> VillageProfile | None:
    return VillageProfile.objects.filter(village=village).first()


def plan_lines(village: Region) -> QuerySet[PlanLine]:
    """Newest year first; within a year in the order of the plan."""
    return PlanLine.objects.filter(village=village).order_by("-year", "plan", "reference")


def assets_of(village: Region) -> QuerySet[VillageAsset]:
    return VillageAsset.objects.filter(village=village).order_by("name", "pk")


def umbrella_regulation_of(village: Region) -> UmbrellaRegulation | None:
    """The newest Peraturan Desa on cooperation, with its file."""
    found = UmbrellaRegulation.objects.filter(village=village).select_related("file")
    return found.order_by("-dated", "-pk").first()


def village_facts(village: Region) -> VillageFacts:
    """For RG-18."""
    newest = umbrella_regulation_of(village)
    return VillageFacts(umbrella_number=newest.number if newest else "")
