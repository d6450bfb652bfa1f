"""Many people taken in at once: persons, confirmed offices and first letters, with one line of the journal an office."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.accounts.queries import OFFICES_WITH_TERMS, whole_years
from bermitra.foundation.accounts.rules import CONFIRMING, OfficeFacts
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region


@dataclass(frozen=True)
class Newcomer:
    """Who, in which office of which place, by which decree, how long."""

    region: Region
    full_name: str
    username: str
    role: str
    decree: str
    since: date
    until: date
    decree_on: date | None = None
    phone: str = ""
    title: str = ""
    acting: bool = False  # a Pj.


def newcomer_facts(role: str, decree: str, since: date, until: date, longest: int) -> OfficeFacts:
    """For FD-01, before there is an appointment; ``longest``: years of a term in this regency."""
    return OfficeFacts(decree, whole_years(since, until) if role in OFFICES_WITH_TERMS else 0, longest)


@command("accounts.enrol_many", on="region")
def enrol_many(act: Act, *, region: Region, newcomers: Sequence[Newcomer], example: bool = False) -> list[AccessLetter]:
    """What ``accounts.enrol`` does, for many: four statements instead of eight for each person (FD-01 is asked of each)."""
    longest = standing(region.pk).numbers["office_term_years"]
    for each in newcomers:
        act.require(CONFIRMING, newcomer_facts(each.role, each.decree, each.since, each.until, longest))
    people = [_person(act, each, example) for each in newcomers]
    Person.objects.bulk_create(people)
    offices = [_office(act, person, each) for person, each in zip(people, newcomers, strict=True)]
    Appointment.objects.bulk_create(offices)
    letters = [_letter(act, person) for person in people]
    AccessLetter.objects.bulk_create(letters)
    for office in offices:
        act.log("appointment.confirmed", office, person=office.person.code, role=office.role)
    return letters


def _person(act: Act, newcomer: Newcomer, example: bool) -> Person:
    person = Person(
        region=newcomer.region,
        full_name=newcomer.full_name,
        username=newcomer.username,
        phone=newcomer.phone,
        example=example,
        created_at=act.now,
    )
    person.set_unusable_password()
    return person


def _office(act: Act, person: Person, newcomer: Newcomer) -> Appointment:
    return Appointment(
        person=person,
        role=newcomer.role,
        title=newcomer.title,
        region=newcomer.region,
        decree=newcomer.decree,
        decree_on=newcomer.decree_on,
        since=newcomer.since,
        until=newcomer.until,
        acting=newcomer.acting,
        proposed_by=act.by.code,
        state=Appointment.State.CONFIRMED,
        state_at=act.now,
    )


def _letter(act: Act, person: Person) -> AccessLetter:
    return AccessLetter(
        person=person,
        reason=AccessLetter.Reason.FIRST,
        nonce=secrets.token_hex(16),
        issued_at=act.now,
        issued_by=act.by.code,
        expires_at=act.now + timedelta(days=AccessLetter.DAYS),
    )
