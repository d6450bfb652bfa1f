"""Entries for a village under its head's mandate: asked for, granted, contested, corrected, ended."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import localdate

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Assistance, AssistedEntry, EntryContest, Person
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.queries import (
    assistance_facts,
    contest_facts,
    giver_facts,
    helper_facts,
    recorder_facts,
)
from bermitra.foundation.people.rules import (
    ASKING_FOR_HELP,
    ASSISTANCE,
    CONTESTING,
    CONTESTING_AN_ENTRY,
    GRANTING,
    MANDATING,
    ReasonFacts,
)
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _

State = Assistance.State


@command("accounts.request_assistance", on="village")
def request_assistance(act: Act, *, village: Region, helper: Person, purpose: str, until: date) -> Assistance:
    """Ask that somebody enter for the village; nothing opens before the head has given the mandate."""
    act.require(ASKING_FOR_HELP, helper_facts(helper, village.pk))
    asked = Assistance.objects.create(
        village=village,
        helper=helper,
        purpose=purpose,
        until=until,
        requested_at=act.now,
        requested_by=act.by.code,
    )
    days = standing(village.pk).numbers["appointment_check_working_days"]
    open_duty(
        act,
        door="accounts.grant_assistance",
        about=about_of(asked),
        code=asked.code,
        says=_("Putuskan mandat bantuan pengisian untuk {name}."),
        role=roles.VILLAGE_HEAD.key,
        region=village.pk,
        due_on=WorkingDays().add(clock.today(), days),
        name=helper.full_name,
    )
    act.log("assistance.requested", asked, helper=helper.code)
    return asked


@command("accounts.grant_assistance", on="assistance")
def grant_assistance(act: Act, *, assistance: Assistance, number: str, until: date) -> Assistance:
    """The head gives the mandate with his own account."""
    return _granted(act, assistance, number, clock.today(), until)


@command("accounts.record_assistance_mandate", on="assistance")
def record_assistance_mandate(
    act: Act, *, assistance: Assistance, number: str, since: date, until: date, file: Content
) -> Assistance:
    """The head signed the printed letter; neither the helper nor whoever asked for him lays its scan down (FD-27)."""
    act.require(ASKING_FOR_HELP, recorder_facts(assistance, act.by.code))
    kept = keep_file(by=act, content=file)
    Assistance.objects.filter(pk=assistance.pk).update(file=kept)
    assistance.file = kept
    return _granted(act, assistance, number, since, until)


def _granted(act: Act, assistance: Assistance, number: str, since: date, until: date) -> Assistance:
    facts = assistance_facts(assistance, since, until, signed=number.strip() != "")
    act.require(GRANTING, facts)
    head = act.by.code if act.role == roles.VILLAGE_HEAD.key else ""
    act.require(MANDATING, giver_facts(assistance.village_id, until, head))
    act.require(ASKING_FOR_HELP, helper_facts(assistance.helper, assistance.village_id))
    office = Appointment.objects.create(
        person=assistance.helper,
        role=roles.ASSISTING_OFFICER.key,
        region_id=assistance.village_id,
        decree=number,
        since=since,
        until=until,
        proposed_by=assistance.requested_by,
        state=Appointment.State.CONFIRMED,
        state_at=act.now,
    )
    move_on(
        act, ASSISTANCE, assistance, State.ACTIVE, number=number, since=since, until=until, granted_at=act.now,
        granted_by=act.by.code, appointment=office,
    )  # fmt: skip
    close_duties(act, about=about_of(assistance))
    tell(
        act,
        says=_("Anda boleh mengisi atas nama {village} sesuai mandat {number}."),
        params={"village": assistance.village.name, "number": number},
        about=about_of(assistance),
        url_name="page.assistance",
        code=assistance.code,
        person=assistance.helper.code,
    )
    for role in (roles.VILLAGE_HEAD, roles.VILLAGE_SECRETARY, roles.BPD_CHAIR):
        tell(
            act,
            says=_("{name} boleh mengisi atas nama {village} (mandat {number}). Bila janggal, beri tahu Kepala Desa."),
            params={"name": assistance.helper.full_name, "village": assistance.village.name, "number": number},
            about=about_of(assistance),
            url_name="page.assistance",
            code=assistance.code,
            role=role.key,
            region=assistance.village_id,
        )
    act.log("assistance.granted", assistance, helper=assistance.helper.code, on_paper=assistance.file_id is not None)
    return assistance


@command("accounts.contest_entry", on="entry")
def contest_entry(act: Act, *, entry: AssistedEntry, reason: str) -> EntryContest:
    """The village says that an entry in its name is wrong; whoever made it answers within the same number of days."""
    assistance = entry.assistance
    held = standing(assistance.village_id)
    act.require(CONTESTING, ReasonFacts(reason=reason))
    act.require(CONTESTING_AN_ENTRY, contest_facts(entry), held)
    if EntryContest.objects.filter(entry=entry, answered_at=None).exists():
        raise NoSuchMove(ASSISTANCE.name, assistance.state, act.door)
    due_on = localdate(act.now) + timedelta(days=held.numbers["value_check_days"])
    contest = EntryContest.objects.create(
        entry=entry, reason=reason, by=act.by.code, role=act.role, at=act.now, due_on=due_on
    )
    if assistance.state != State.ENDED:
        move_on(act, ASSISTANCE, assistance, State.CONTESTED)
    ended = assistance.state == State.ENDED
    open_duty(
        act,
        door="accounts.correct_entry",
        about=about_of(contest),
        code=str(contest.pk),
        says=_("Perbaiki isian atas nama {village} yang digugat desa."),
        role=roles.VILLAGE_SECRETARY.key if ended else "",
        region=assistance.village_id,
        person="" if ended else assistance.helper.code,
        due_on=due_on,
        village=assistance.village.name,
    )
    act.log("assistance.entry_contested", entry, mandate=assistance.code, act=entry.act)
    return contest


@command("accounts.correct_entry", on="contest")
def correct_entry(act: Act, *, contest: EntryContest, answer: str) -> EntryContest:
    """Say what was done about it: the entry was put right by an act of its own, or stands, and why."""
    assistance = contest.entry.assistance
    act.require(CONTESTING, ReasonFacts(reason=answer))
    answered = EntryContest.objects.filter(pk=contest.pk, answered_at=None).update(
        answer=answer, answered_at=act.now, answered_by=act.by.code
    )
    if not answered:
        raise NoSuchMove(ASSISTANCE.name, assistance.state, act.door)
    close_duties(act, about=about_of(contest))
    still = EntryContest.objects.filter(entry__assistance=assistance, answered_at=None).exists()
    if assistance.state == State.CONTESTED and not still:
        move_on(act, ASSISTANCE, assistance, State.ACTIVE)
    for role in (roles.VILLAGE_HEAD, roles.VILLAGE_SECRETARY):
        tell(
            act,
            says=_("Gugatan atas isian bantuan dijawab: lihat halaman Isian atas nama desa."),
            about=about_of(contest.entry),
            url_name="page.assistance",
            code=assistance.code,
            role=role.key,
            region=assistance.village_id,
        )
    act.log("assistance.entry_corrected", contest.entry, mandate=assistance.code)
    return EntryContest.objects.get(pk=contest.pk)


@command("accounts.end_assistance", on="assistance")
def end_assistance(act: Act, *, assistance: Assistance, reason: str) -> Assistance:
    """No more entries from now on; what was entered stays, and may still be contested in its days."""
    act.require(CONTESTING, ReasonFacts(reason=reason))
    move_on(act, ASSISTANCE, assistance, State.ENDED, ended_at=act.now, ended_by=act.by.code, ended_why=reason)
    Appointment.objects.filter(assistance=assistance, state__in=Appointment.HOLDING).update(
        state=Appointment.State.ENDED, state_at=act.now
    )
    close_duties(act, about=about_of(assistance))
    for each in EntryContest.objects.filter(entry__assistance=assistance, answered_at=None):
        close_duties(act, about=about_of(each))
        open_duty(
            act,
            door="accounts.correct_entry",
            about=about_of(each),
            code=str(each.pk),
            says=_("Perbaiki isian atas nama {village} yang digugat desa."),
            role=roles.VILLAGE_SECRETARY.key,
            region=assistance.village_id,
            due_on=each.due_on,
            village=assistance.village.name,
        )
    act.log("assistance.ended", assistance, helper=assistance.helper.code)
    return assistance


def end_due_assistances(today: date) -> int:
    """For ``bermitra daily``: mandates whose last day has passed."""
    over = Assistance.objects.filter(state__in=Assistance.GRANTED, until__lt=today).select_related("village", "helper")
    for each in over:
        end_assistance(by=By.the_system(f"assistance:{each.code}"), assistance=each, reason="Masa mandat berakhir.")
    return len(over)
