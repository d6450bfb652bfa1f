"""Reading what bodies ask for: to be registered, and at whose counter."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import Region
from bermitra.registry.models import PartnerRequest

COUNTER_ROLES = frozenset({roles.DPMD_OFFICER.key, roles.AUDITOR.key})


def counters() -> QuerySet[Region]:
    """The regencies in which an officer looks at what is asked today."""
    officers = Appointment.objects.in_force(clock.today()).filter(role=roles.DPMD_OFFICER.key)
    return Region.objects.filter(level=2, code__in=officers.values("region")).order_by("name", "code")


def requests_visible_to(person: Person) -> QuerySet[PartnerRequest]:
    """Those sent to the regency in which this person looks after partners; the waiting ones first, the oldest of them."""
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.role in COUNTER_ROLES and office.region_id:
            wanted |= Q(regency=office.region_id)
    return PartnerRequest.objects.filter(wanted).select_related("regency", "seat", "village", "partner")
