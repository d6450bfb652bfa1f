"""Verbs: register a person, give and end an office, issue and use an access letter."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Protocol

from django.utils.crypto import constant_time_compare

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.accounts.queries import office_facts
from bermitra.foundation.accounts.rules import CONFIRMING, USING_A_LETTER, LetterFacts
from bermitra.foundation.commands.act import Act, Reachable
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.regions.models import Region


class Party(Reachable, Protocol):
    """A partner, as far as this package knows of any."""

    @property
    def code(self) -> str: ...


@command("accounts.register_person", on="region")
def register_person(
    act: Act, *, region: Region, full_name: str, username: str, phone: str = "", email: str = "", example: bool = False
) -> Person:
    """A person known to the system; without a password until a letter is used."""
    person = Person(
        region=region,
        full_name=full_name,
        username=username,
        phone=phone,
        email=email,
        example=example,
        created_at=act.now,
    )
    person.set_unusable_password()
    person.save()
    act.log("person.registered", person, region=region.pk)
    return person


@command("accounts.appoint", on="region")
def appoint(
    act: Act,
    *,
    person: Person,
    role: str,
    region: Region,
    decree: str,
    since: date,
    until: date,
    decree_on: date | None = None,
    title: str = "",
    party: str = "",
) -> Appointment:
    """Propose an office; it counts once it is confirmed."""
    appointment = Appointment.objects.create(
        person=person,
        role=role,
        title=title,
        region=region,
        party=party,
        decree=decree,
        decree_on=decree_on,
        since=since,
        until=until,
        state_at=act.now,
    )
    act.log("appointment.proposed", appointment, person=person.code, role=role)
    return appointment


@command("accounts.appoint_for_party", on="party")
def appoint_for_party(
    act: Act, *, party: Party, person: Person, role: str, mandate: str, since: date, until: date, title: str = ""
) -> Appointment:
    """Propose an office of a partner, by the mandate the partner gave; it holds in no place of its own."""
    if roles.BY_KEY[role].reach is not Scope.PARTY:
        raise ValueError(f"{role} is no office of a party")
    appointment = Appointment.objects.create(
        person=person,
        role=role,
        title=title,
        party=party.code,
        decree=mandate,
        since=since,
        until=until,
        state_at=act.now,
    )
    act.log("appointment.proposed", appointment, person=person.code, role=role)
    return appointment


@command("accounts.confirm_appointment", on="appointment")
def confirm_appointment(act: Act, *, appointment: Appointment) -> Appointment:
    """Confirm a proposed office after its decree was checked (FD-01)."""
    act.require(CONFIRMING, office_facts(appointment))
    _move(act, appointment, Appointment.State.PROPOSED, Appointment.State.CONFIRMED, "appointment.confirmed")
    return appointment


@command("accounts.end_appointment", on="appointment")
def end_appointment(act: Act, *, appointment: Appointment) -> Appointment:
    """End an office before its last day; what was done in it stays."""
    _move(act, appointment, Appointment.State.CONFIRMED, Appointment.State.ENDED, "appointment.ended")
    return appointment


def _move(act: Act, appointment: Appointment, source: str, target: str, verb: str) -> None:
    moved = Appointment.objects.filter(pk=appointment.pk, state=source).update(state=target, state_at=act.now)
    if not moved:
        raise NoSuchMove("appointment", appointment.state, act.door)
    appointment.state, appointment.state_at = target, act.now
    act.log(verb, appointment, person=appointment.person.code, role=appointment.role)


@command("accounts.issue_letter", on="person")
def issue_letter(act: Act, *, person: Person, reason: str) -> AccessLetter:
    """A new letter; every older one that was not used stops counting."""
    AccessLetter.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=act.now)
    letter = AccessLetter.objects.create(
        person=person,
        reason=reason,
        nonce=secrets.token_hex(16),
        issued_at=act.now,
        issued_by=act.by.code,
        expires_at=act.now + timedelta(days=AccessLetter.DAYS),
    )
    act.log("access.letter_issued", letter, person=person.code, reason=reason)
    return letter


@command("accounts.enrol", on="region")
def enrol(
    act: Act,
    *,
    region: Region,
    full_name: str,
    username: str,
    role: str,
    decree: str,
    since: date,
    until: date,
    decree_on: date | None = None,
    phone: str = "",
    title: str = "",
    example: bool = False,
) -> AccessLetter:
    """One act for the officer at the counter: person, confirmed office, first letter."""
    person = register_person(
        by=act, region=region, full_name=full_name, username=username, phone=phone, example=example
    )
    office = appoint(
        by=act,
        person=person,
        role=role,
        region=region,
        decree=decree,
        decree_on=decree_on,
        since=since,
        until=until,
        title=title,
    )
    confirm_appointment(by=act, appointment=office)
    return issue_letter(by=act, person=person, reason=AccessLetter.Reason.FIRST)


@command("accounts.use_letter")
def use_letter(act: Act, *, person: Person | None, code: Secret, password_hash: Secret) -> Person:
    """Set the password with the code on the paper. A wrong name and a wrong code are told alike."""
    letters = AccessLetter.objects.filter(person=person, used_at=None, withdrawn_at=None) if person else []
    letter = next((each for each in letters if each.is_good(act.now)), None)
    matches = letter is not None and constant_time_compare(letter.secret(), code.value)
    act.require(USING_A_LETTER, LetterFacts(good_letter=letter is not None, code_matches=matches))
    if letter is None or person is None:  # FD-14 has just refused this; the type checker does not know
        raise TypeError("a letter that was found good")
    spent = AccessLetter.objects.filter(pk=letter.pk, used_at=None, withdrawn_at=None).update(used_at=act.now)
    act.require(USING_A_LETTER, LetterFacts(good_letter=bool(spent), code_matches=matches))
    person.password = password_hash.value
    person.save(update_fields=["password"])
    act.log("access.letter_used", letter, person=person.code)
    return person
