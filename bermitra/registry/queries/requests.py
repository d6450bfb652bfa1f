"""Reading what bodies ask for: to be registered, and at whose counter."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.registry.models import PartnerRequest
from bermitra.registry.rules import WaitingFacts, waited_long_enough

COUNTER_ROLES = frozenset({roles.DPMD_OFFICER.key, roles.AUDITOR.key})


def counters() -> QuerySet[Region]:
    """The regencies in which an officer looks at what is asked today."""
    officers = Appointment.objects.in_force(clock.today()).filter(role=roles.DPMD_OFFICER.key)
    return Region.objects.filter(level=2, code__in=officers.values("region")).order_by("name", "code")


def waiting_facts(request: PartnerRequest, day: date) -> WaitingFacts:
    """For RG-40."""
    return _waited(request, day, wait_days(request.regency_id))


def wait_days(regency: str) -> int:
    days: int = standing(regency).numbers["registration_wait_days"]
    return days


def waited_too_long(day: date) -> list[PartnerRequest]:
    """The requests that lapse on this day (RG-40), the oldest first; what the norm is, is asked once a regency."""
    waiting = list(PartnerRequest.objects.filter(state=PartnerRequest.State.WAITING).order_by("sent_at", "pk"))
    days = {code: wait_days(code) for code in {each.regency_id for each in waiting}}
    return [each for each in waiting if waited_long_enough(_waited(each, day, days[each.regency_id]))]


def _waited(request: PartnerRequest, day: date, days: int) -> WaitingFacts:
    return WaitingFacts((day - localdate(request.sent_at)).days, days)


def last_day_of(request: PartnerRequest) -> date:
    """The last day on which a waiting request is looked at; afterwards it lapses."""
    return localdate(request.sent_at) + timedelta(days=wait_days(request.regency_id))


def requests_visible_to(person: Person) -> QuerySet[PartnerRequest]:
    """Those sent to the regency in which this person looks after partners; the waiting ones first, the oldest of them."""
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.role in COUNTER_ROLES and office.region_id:
            wanted |= Q(regency=office.region_id)
    return PartnerRequest.objects.filter(wanted).select_related("regency", "seat", "village", "partner")
