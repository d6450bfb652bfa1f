"""Verbs of offices: propose, confirm, contest, end; and the counter of the regency, which does all of it by one decree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.actions import issue_letter, register_person
from bermitra.foundation.accounts.models import AccessLetter, Appointment, OfficeContest, Person
from bermitra.foundation.accounts.permissions import JOINED
from bermitra.foundation.accounts.queries import office_facts
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import SYSTEM, Act, By, Reachable, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.queries import holder_facts, offices_ending
from bermitra.foundation.people.rules import (
    APPOINTMENT,
    CONFIRMING,
    CONTESTING,
    GIVING,
    HOLDING,
    GivingFacts,
    ReasonFacts,
)
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _

LONGEST_NOTICE = 180  # the widest range of the norm


class Party(Reachable, Protocol):
    """A partner, as far as this package knows of any."""

    @property
    def code(self) -> str: ...


# Proposing ------------------------------------------------------------------------------------------------------------
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
    acting: bool = False,
) -> Appointment:
    """Propose an office; it counts once somebody else has looked at the decree. ``acting``: a Pj., until there is a new one."""
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
        acting=acting,
        proposed_by=act.by.code,
        state_at=act.now,
    )
    wait_for_confirmation(act, appointment)
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
        proposed_by=act.by.code,
        state_at=act.now,
    )
    wait_for_confirmation(act, appointment)
    act.log("appointment.proposed", appointment, person=person.code, role=role)
    return appointment


@command("accounts.propose_office", on="region")
def propose_office(
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
    acting: bool = False,
) -> Appointment:
    """The house itself proposes somebody: a person already known by this user name, or one who becomes known now."""
    person = Person.objects.filter(username=username).first() or register_person(
        by=act, region=region, full_name=full_name, username=username, phone=phone
    )
    return appoint(
        by=act, person=person, role=role, region=region, decree=decree, decree_on=decree_on, since=since, until=until,
        title=title, acting=acting,
    )  # fmt: skip


@command("accounts.propose_colleague", on="party")
def propose_colleague(
    act: Act,
    *,
    party: Party,
    region: Region,
    full_name: str,
    username: str,
    role: str,
    mandate: str,
    since: date,
    until: date,
    phone: str = "",
    title: str = "",
) -> Appointment:
    """A partner brings in one more of its people. Its own signatory confirms; the regency only prints the letter.

    The letter stays with the counter: whoever hands out the first code has looked the person in the eye.
    """
    person = register_person(by=act, region=region, full_name=full_name, username=username, phone=phone)
    return appoint_for_party(
        by=act, party=party, person=person, role=role, mandate=mandate, since=since, until=until, title=title
    )


# Deciding -------------------------------------------------------------------------------------------------------------
@command("accounts.confirm_appointment", on="appointment")
def confirm_appointment(act: Act, *, appointment: Appointment) -> Appointment:
    """Confirm an office after its decree was checked (FD-01), by another than who proposed it (FD-20, FD-21).

    A limit of terms (FD-22) and offices that law keeps apart (FD-23) warn; what was passed over stands in the journal.
    """
    act.require(CONFIRMING, office_facts(appointment))
    act.require(GIVING, _giving(act, appointment), standing(_place(appointment)))
    passed = act.require(HOLDING, holder_facts(appointment), standing(_place(appointment)))
    _move(act, appointment, Appointment.State.CONFIRMED)
    close_duties(act, about=about_of(appointment))
    if appointment.party and not appointment.person.has_usable_password():
        _ask_for_letter(act, appointment)
    act.log("appointment.confirmed", appointment, person=appointment.person.code, role=appointment.role, passed=passed)
    return appointment


@command("accounts.contest_appointment", on="appointment")
def contest_appointment(act: Act, *, appointment: Appointment, reason: str) -> OfficeContest:
    """Say that an office is not rightly held. It counts on until those who give it have looked into it."""
    act.require(CONTESTING, ReasonFacts(reason=reason))
    _move(act, appointment, Appointment.State.CONTESTED)
    contest = OfficeContest.objects.create(
        appointment=appointment, by=act.by.code, role=act.role, reason=reason, at=act.now
    )
    wait_for_confirmation(act, appointment)
    tell(
        act,
        says=_("Jabatan Anda sebagai {office} digugat. Pejabat berwenang memeriksanya."),
        params={"office": appointment.called},
        about=about_of(appointment),
        person=appointment.person.code,
    )
    act.log("appointment.contested", appointment, person=appointment.person.code, role=appointment.role)
    return contest


@command("accounts.end_appointment", on="appointment")
def end_appointment(act: Act, *, appointment: Appointment) -> Appointment:
    """End an office before its last day, or turn down one that was proposed; what was done in it stays."""
    _move(act, appointment, Appointment.State.ENDED)
    close_duties(act, about=about_of(appointment))
    act.log("appointment.ended", appointment, person=appointment.person.code, role=appointment.role)
    return appointment


def _move(act: Act, appointment: Appointment, target: str) -> None:
    APPOINTMENT.through(act.door, appointment.state, target)
    moved = Appointment.objects.filter(pk=appointment.pk, state=appointment.state).update(
        state=target, state_at=act.now
    )
    if not moved:
        raise NoSuchMove(APPOINTMENT.name, appointment.state, act.door)
    appointment.state, appointment.state_at = target, act.now


def _giving(act: Act, appointment: Appointment) -> GivingFacts:
    return GivingFacts(
        proposer=appointment.proposed_by,
        holder=appointment.person.code,
        confirmer=act.by.code,
        confirmer_role=act.role,
        given_by=appointment.office.given_by,
        counter=act.role == JOINED or act.by.code == SYSTEM,
    )


def _place(appointment: Appointment) -> str:
    return appointment.region_id or appointment.person.region_id or ""


def wait_for_confirmation(act: Act, appointment: Appointment) -> None:
    """The one nearest of those who give this office; any other of them may take it."""
    office, place = appointment.office, _place(appointment)
    days = standing(place).numbers["appointment_check_working_days"]
    region = "" if office.given_by[0] == roles.PARTNER_SIGNATORY.key else place
    open_duty(
        act,
        door="accounts.confirm_appointment",
        about=about_of(appointment),
        code=str(appointment.pk),
        says=_("Periksa surat keputusan {office}: {name}."),
        role=office.given_by[0],
        region=region,
        party=appointment.party,
        due_on=WorkingDays().add(clock.today(), days),
        office=appointment.title or office.name,
        name=appointment.person.full_name,
    )


def _ask_for_letter(act: Act, appointment: Appointment) -> None:
    tell(
        act,
        says=_("Cetak surat akses untuk {name}, yang sudah disahkan mitranya."),
        params={"name": appointment.person.full_name},
        about=about_of(appointment.person),
        url_name="page.person",
        code=appointment.person.code,
        role=roles.DPMD_OFFICER.key,
        region=_place(appointment),
    )


# The counter of the regency -------------------------------------------------------------------------------------------
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
    _by_decree(act, person, region, role, decree, since, until, decree_on, title)
    return issue_letter(by=act, person=person, reason=AccessLetter.Reason.FIRST)


@command("accounts.enrol_further", on="region")
def enrol_further(
    act: Act,
    *,
    person: Person,
    region: Region,
    role: str,
    decree: str,
    since: date,
    until: date,
    decree_on: date | None = None,
    title: str = "",
    acting: bool = False,
) -> Appointment:
    """The counter gives a known person one more office, by the decree that lies on the table."""
    return _by_decree(act, person, region, role, decree, since, until, decree_on, title, acting)


def _by_decree(
    act: Act,
    person: Person,
    region: Region,
    role: str,
    decree: str,
    since: date,
    until: date,
    decree_on: date | None,
    title: str,
    acting: bool = False,
) -> Appointment:
    office = appoint(
        by=act, person=person, role=role, region=region, decree=decree, decree_on=decree_on, since=since, until=until,
        title=title, acting=acting,
    )  # fmt: skip
    return confirm_appointment(by=act, appointment=office)


# The clock ------------------------------------------------------------------------------------------------------------
@command("accounts.remind_of_ending", on="appointment")
def remind_of_ending(act: Act, *, appointment: Appointment) -> Appointment:
    """An office ends by itself on its last day: until then its successor should be known and the hand-over prepared."""
    region = appointment.region_id or ""
    open_duty(
        act,
        door="accounts.hand_over",
        about=about_of(appointment),
        code=str(appointment.pk),
        says=_("Siapkan serah terima jabatan {office}: {name}."),
        role=appointment.role,
        region=region,
        due_on=appointment.until,
        office=appointment.title or appointment.office.name,
        name=appointment.person.full_name,
    )
    tell(
        act,
        says=_("Masa jabatan {office} ({name}) segera berakhir. Siapkan pengganti atau penjabat."),
        params={"office": appointment.title or appointment.office.name, "name": appointment.person.full_name},
        about=about_of(appointment),
        url_name="page.village_offices" if len(region) == len("00.00.00.0000") else "",
        code=region if len(region) == len("00.00.00.0000") else "",
        role=appointment.office.given_by[-1],
        region=region,
    )
    act.log("appointment.ending", appointment, person=appointment.person.code, role=appointment.role)
    return appointment


def remind_of_endings(today: date) -> int:
    """For ``bermitra daily``: offices that end within the regency's days of notice and were not reminded of yet."""
    soon = list(offices_ending(today, today + timedelta(days=LONGEST_NOTICE)))
    count = 0
    for each in soon:
        days = standing(each.region_id or "").numbers["office_end_notice_days"]
        if each.until <= today + timedelta(days=days):
            remind_of_ending(by=By.the_system(f"ending:{each.pk}:{each.until}"), appointment=each)
            count += 1
    return count
