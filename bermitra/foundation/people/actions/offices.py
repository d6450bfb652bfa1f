"""Verbs of offices: propose, confirm, contest, end; and the counter of the regency, which does all of it by one decree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NotRequired, Protocol, TypedDict, Unpack

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.actions import issue_letter, register_person
from bermitra.foundation.accounts.actions.letters import withdraw_letters
from bermitra.foundation.accounts.models import AccessLetter, Appointment, OfficeContest, Person
from bermitra.foundation.accounts.queries import office_facts
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import SYSTEM, Act, By, Reachable, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.actions.resting import end_what_rests_on
from bermitra.foundation.people.queries import (
    act_as,
    ending,
    ending_facts,
    giving,
    giving_facts,
    holder_facts,
    known_facts,
    offices_ending,
    proposers_of,
)
from bermitra.foundation.people.rules import (
    APPOINTMENT,
    CONFIRMING,
    CONTESTING,
    HOLDING,
    KNOWN,
    PROPOSING,
    ProposalFacts,
    ReasonFacts,
)
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _

LONGEST_NOTICE = 180  # the widest range of the norm


class Party(Reachable, Protocol):
    """A partner, as far as this package knows of any."""

    @property
    def code(self) -> str: ...


class Given(TypedDict):
    """An office as its decree gives it. ``acting``: a Pj., until there is a new holder."""

    role: str
    decree: str
    since: date
    until: date
    decree_on: NotRequired[date | None]
    title: NotRequired[str]
    acting: NotRequired[bool]


class Giver(TypedDict):
    """Whom a duty or a notice names."""

    role: str
    region: str
    party: str


# Proposing ------------------------------------------------------------------------------------------------------------
@command("accounts.appoint", on="region")
def appoint(act: Act, *, person: Person, region: Region, **office: Unpack[Given]) -> Appointment:
    """Propose an office; it counts once somebody else has looked at the decree."""
    appointment = Appointment.objects.create(
        person=person, region=region, proposed_by=act.by.code, state_at=act.now, **office
    )
    wait_for_confirmation(act, appointment)
    act.log("appointment.proposed", appointment, person=person.code, role=appointment.role)
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
    act: Act, *, region: Region, full_name: str, username: str, phone: str = "", **office: Unpack[Given]
) -> Appointment:
    """The house itself proposes somebody: a person already known by this user name, or one who becomes known now.

    Who was known must be of this village (FD-49) and is told, with the page by which the office is declined, before and
    after it is confirmed (FD-29).
    """
    act_as(act, proposers_of(office["role"]))
    act.require(PROPOSING, ProposalFacts(office["role"], act.role))
    known = Person.objects.filter(username=username).first()
    act.require(KNOWN, known_facts(region, known))
    person = known or register_person(by=act, region=region, full_name=full_name, username=username, phone=phone)
    appointment: Appointment = appoint(by=act, person=person, region=region, **office)
    if known is not None and known.code != act.by.code:
        tell(
            act,
            says=_("Anda diusulkan menjabat {office} di {place}. Bila tidak bersedia, tolak usulan ini."),
            params={"office": appointment.called, "place": region.name},
            about=about_of(appointment),
            url_name="accounts.end_appointment",
            code=str(appointment.pk),
            person=known.code,
        )
    return appointment


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

    Of an office over the regency the proposer must not hold the key (FD-48): letters made before it counted open nothing.
    A limit of terms (FD-22) and offices that law keeps apart (FD-23) warn; what was passed over stands in the journal.
    """
    act_as(act, appointment.office.given_by)
    act.require(CONFIRMING, office_facts(appointment))
    act.require(giving(appointment), giving_facts(appointment, act.by.code, act.role), standing(_place(appointment)))
    passed = act.require(HOLDING, holder_facts(appointment), standing(_place(appointment)))
    move(act, appointment, Appointment.State.CONFIRMED)
    close_duties(act, about=about_of(appointment))
    if appointment.role in roles.WIDE:
        withdraw_letters(act, appointment.person)
    if (appointment.party or appointment.role in roles.WIDE) and not appointment.person.has_usable_password():
        _ask_for_letter(act, appointment)
    act.log("appointment.confirmed", appointment, person=appointment.person.code, role=appointment.role, passed=passed)
    return appointment


@command("accounts.contest_appointment", on="appointment")
def contest_appointment(act: Act, *, appointment: Appointment, reason: str) -> OfficeContest:
    """Say that an office is not rightly held. It counts on until those who give it have looked into it."""
    act.require(CONTESTING, ReasonFacts(reason=reason))
    move(act, appointment, Appointment.State.CONTESTED)
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
    """End an office before its last day, or turn down one that was proposed; what was done in it stays.

    By whoever gives the office, or by its holder, who resigns (FD-29). Holder and giver are told of what another did;
    of the end of an office over the regency its officers are told in any case, and the last of them stays (FD-50).
    """
    act_as(act, appointment.office.given_by)
    act.require(ending(appointment), ending_facts(appointment, act.by.code, act.role))
    turned_down = appointment.state == Appointment.State.PROPOSED
    move(act, appointment, Appointment.State.ENDED)
    close_duties(act, about=about_of(appointment))
    _tell_of_the_end(act, appointment, turned_down)
    if not turned_down:
        end_what_rests_on(act, appointment)
    act.log("appointment.ended", appointment, person=appointment.person.code, role=appointment.role)
    return appointment


def _tell_of_the_end(act: Act, appointment: Appointment, turned_down: bool) -> None:
    own = act.by.code == appointment.person.code
    office, name, about = appointment.called, appointment.person.full_name, about_of(appointment)
    if not own:
        yours = (
            _("Usulan Anda menjabat {office} ditolak. Tanyakan alasannya kepada pejabat yang memeriksanya.")
            if turned_down
            else _("Jabatan Anda sebagai {office} diakhiri. Bila keliru, hubungi pejabat yang memberinya.")
        )
        tell(act, says=yours, params={"office": office}, about=about, person=appointment.person.code)
    giver = nearest_giver(appointment)
    wide = appointment.role in roles.WIDE and not turned_down
    if (wide or act.role != giver["role"]) and (
        giver["region"] or giver["party"]
    ):  # an office of no place has nobody above it
        theirs = _("Jabatan {office} ({name}) diakhiri oleh pejabat lain yang berwenang.")
        if wide and act.role == giver["role"]:
            theirs = _("Jabatan {office} ({name}) diakhiri seorang petugas dinas. Semua petugas dinas diberi tahu.")
        if own and turned_down:
            theirs = _("{name} menolak diusulkan sebagai {office}. Usulkan orang lain.")
        elif own:
            theirs = _("{name} mengundurkan diri sebagai {office}. Siapkan pengganti atau penjabat.")
        elif turned_down:
            theirs = _("Usulan {name} sebagai {office} ditolak oleh pejabat lain yang berwenang.")
        tell(
            act,
            says=theirs,
            params={"office": office, "name": name},
            about=about,
            url_name="page.appointment",
            code=str(appointment.pk),
            **giver,
        )


def move(act: Act, appointment: Appointment, target: str) -> None:
    """The one move of an office: from the state that was read, through this door, or not at all."""
    move_on(act, APPOINTMENT, appointment, target, state_at=act.now)


def _place(appointment: Appointment) -> str:
    return appointment.region_id or appointment.person.region_id or ""


def nearest_giver(appointment: Appointment) -> Giver:
    """The one nearest of those who give this office."""
    role = appointment.office.given_by[0]
    region = "" if role == roles.PARTNER_SIGNATORY.key else _place(appointment)
    return {"role": role, "region": region, "party": appointment.party}


def wait_for_confirmation(act: Act, appointment: Appointment) -> None:
    """The nearest of those who give this office looks at it; any other of them may take it."""
    days = standing(_place(appointment)).numbers["appointment_check_working_days"]
    open_duty(
        act,
        door="accounts.confirm_appointment",
        about=about_of(appointment),
        code=str(appointment.pk),
        says=_("Periksa surat keputusan {office}: {name}."),
        due_on=WorkingDays().add(clock.today(), days),
        office=appointment.title or appointment.office.name,
        name=appointment.person.full_name,
        **nearest_giver(appointment),
    )


def _ask_for_letter(act: Act, appointment: Appointment) -> None:
    tell(
        act,
        says=_("Cetak surat akses untuk {name}, yang jabatannya sudah disahkan."),
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
    phone: str = "",
    example: bool = False,
    **office: Unpack[Given],
) -> Appointment:
    """One act for the officer at the counter: person, confirmed office, first letter.

    An office that reaches over the regency stays proposed, and its letter unwritten, until another officer has looked at
    it: decisions of two people (RG-14) are to be of two.
    """
    person = register_person(
        by=act, region=region, full_name=full_name, username=username, phone=phone, example=example
    )
    given = _by_decree(act, person, region, office)
    if given.state == Appointment.State.CONFIRMED:
        issue_letter(by=act, person=person, reason=AccessLetter.Reason.FIRST)
    return given


@command("accounts.enrol_further", on="region")
def enrol_further(act: Act, *, person: Person, region: Region, **office: Unpack[Given]) -> Appointment:
    """The counter gives a known person one more office, by the decree that lies on the table."""
    return _by_decree(act, person, region, office)


def _by_decree(act: Act, person: Person, region: Region, office: Given) -> Appointment:
    """Confirmed at once, but for an office over the whole regency, which only the system gives by itself."""
    given: Appointment = appoint(by=act, person=person, region=region, **office)
    if given.role not in roles.WIDE or act.by.code == SYSTEM:
        confirm_appointment(by=act, appointment=given)
    return given


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
