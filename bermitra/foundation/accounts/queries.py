"""Reading people and their offices."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.accounts.rules import OfficeFacts
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing

OFFICES_WITH_TERMS = frozenset({roles.VILLAGE_HEAD.key, roles.BPD_CHAIR.key, roles.BPD_MEMBER.key})


def people_visible_to(person: Person) -> QuerySet[Person]:
    """Oneself, and for a regency's officer everybody who lives or holds an office in the regency."""
    wanted = Q(pk=person.pk)
    for office in person.offices:
        if office.role in (roles.DPMD_OFFICER.key, roles.REGENT_OFFICE.key, roles.AUDITOR.key) and office.region_id:
            held = Appointment.objects.filter(person=OuterRef("pk"), region__code__startswith=office.region_id)
            wanted |= Q(region__code__startswith=office.region_id) | Q(Exists(held))
    return Person.objects.filter(wanted)


def by_name_or_phone(text: str) -> Person | None:
    """The person with this user name or telephone number (in +62 form)."""
    return Person.objects.filter(Q(username=text) | (Q(phone=text) & ~Q(phone=""))).first()


def newest_letter(person: Person) -> AccessLetter | None:
    return AccessLetter.objects.filter(person=person).order_by("-issued_at", "-pk").first()


def letters_told_to(person: Person) -> QuerySet[AccessLetter]:
    """Letters issued in the last thirty days for other officers of the villages in which ``person`` holds an office."""
    villages = [o.region_id for o in person.offices if o.region_id and o.region is not None and o.region.level == 4]
    return (
        AccessLetter.objects.filter(person__region_id__in=villages, issued_at__gte=clock.now() - AccessLetter.TOLD_FOR)
        .exclude(person=person)
        .select_related("person")
        .order_by("-issued_at")
    )


def whole_years(since: date, until: date) -> int:
    """Years begun between two days, both counted: 1 January 2020 to 31 December 2027 are eight."""
    years = until.year - since.year
    return years + (1 if (until.month, until.day) >= (since.month, since.day) else 0)


def office_facts(appointment: Appointment) -> OfficeFacts:
    termed = appointment.role in OFFICES_WITH_TERMS
    return OfficeFacts(
        decree=appointment.decree,
        term_years=whole_years(appointment.since, appointment.until) if termed else 0,
        longest_term_years=standing(appointment.region_id or "").numbers["office_term_years"],
    )
