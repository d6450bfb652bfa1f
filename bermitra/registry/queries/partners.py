"""Reading partners: who sees which."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from bermitra.foundation.accounts.models import Person
from bermitra.registry.models import (
    Partner,
    Verification,
)
from bermitra.registry.queries.villages import NOT_IN_THE_VILLAGE_OFFICE, OF_REGENCY


def partners_visible_to(person: Person) -> QuerySet[Partner]:
    """Partners whose file this person may open.

    Its own people; offices of the village or regency that registered it or looks at its due diligence.
    """
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.party:
            wanted |= Q(code=office.party)
        elif office.region_id and (office.role in OF_REGENCY or _of_a_village_office(office.role, office.region_id)):
            looked_at = Verification.objects.filter(partner=OuterRef("pk"), region__code__startswith=office.region_id)
            wanted |= Q(registered_in__code__startswith=office.region_id) | Q(Exists(looked_at))
    return Partner.objects.filter(wanted)


def _of_a_village_office(role: str, region: str) -> bool:
    return len(region) == 13 and role not in NOT_IN_THE_VILLAGE_OFFICE


def public_partners() -> QuerySet[Partner]:
    """All partners: the register of legal bodies is public, their people and files are not."""
    return Partner.objects.select_related("seat").order_by("name", "code")
