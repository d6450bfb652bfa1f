"""A helper enters for a village under its head's mandate: what that opens, what it leaves behind, how the village answers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bermitra.deliberation.consent import actions as consents
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Assistance, AssistedEntry, EntryContest, Person
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.accounts.rules import OWN_VOICE
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.door import doors
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.people import actions
from bermitra.foundation.people.queries import assistances_visible_to, helpers_for, mandate_in_force, months_begun
from bermitra.foundation.people.words import ENTRIES
from bermitra.foundation.rules import Refused
from bermitra.needs import actions as needs
from tests.foundation.people.makers import (
    PartyOf,
    a_facilitator,
    a_person,
    a_scan,
    an_asked_assistance,
    an_assistance,
    holding,
)
from tests.needs.makers import NEED
from tests.people import FOREIGN, NEIGHBOUR, OURS, place

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
HELPER = roles.ASSISTING_OFFICER.key


@pytest.fixture(autouse=True)
def _in_march():
    with clock.at(NOW):
        yield


def enter(people, who: str = "pendamping", village: str = OURS):
    return needs.record(by=people.by(who), village=place(village), **NEED)


# What it opens ----------------------------------------------------------------------------------------------------------
def test_a_helper_opens_what_the_operator_opens_but_for_what_stands_in_the_villages_own_voice():
    operator = {name for name, row in table().items() if row.scopes.get("village_operator") is Scope.VILLAGE}
    helper = {name for name, row in table().items() if row.scopes.get(HELPER) is Scope.VILLAGE}
    assert operator - helper == OWN_VOICE.keys()
    assert not helper - operator


def test_FD_06_assistance_never_decides(people):
    """No door of deciding, voting, scoring, signing or confirming opens, whatever the mandate says."""
    an_assistance(people)
    helper = people.pendamping.__class__.objects.get(username="pendamping")
    for door in (
        "needs.prioritise", "deliberation.finalise_minutes", "deliberation.make_binding", "selection.open_call",
        "selection.score", "agreements.sign", "agreements.finalise", "delivery.confirm_entry",
        "monitoring.approve_value", "monitoring.submit_report", "partnership.say_consent",
    ):  # fmt: skip
        assert door in doors, door
        assert not may_open(helper, door, place(OURS).reach()), door


def test_every_entry_that_a_mandate_opens_has_words_for_the_village():
    opened = {name for name in doors if table()[name].scopes.get(HELPER) is Scope.VILLAGE}
    assert opened <= ENTRIES.keys()
    assert ENTRIES.keys() <= doors.keys() | table().keys()


# The mandate ------------------------------------------------------------------------------------------------------------
def test_nothing_opens_before_the_head_has_given_the_mandate(people):
    asked = an_asked_assistance(people)
    with pytest.raises(NotAllowed):
        enter(people)
    duty = Duty.objects.get(OPEN, door="accounts.grant_assistance")
    assert (duty.role, duty.region_id, duty.url_code) == ("village_head", OURS, asked.code)
    with pytest.raises(NotAllowed):
        actions.grant_assistance(by=people.by("sekdes"), assistance=asked, number="1", until=asked.until)
    actions.grant_assistance(by=people.by("kades"), assistance=asked, number="140/12/2026", until=asked.until)
    assert enter(people).village_id == OURS
    with pytest.raises(NotAllowed):
        enter(people, village=NEIGHBOUR)


def test_FD_05_assistance_mandated(people):
    asked = an_asked_assistance(people, until=date(2028, 3, 1))
    for number, until in (("", date(2026, 9, 30)), ("1", date(2028, 3, 1)), ("1", date(2026, 3, 1))):
        with pytest.raises(Refused) as refused:
            actions.record_assistance_mandate(
                by=people.by("camat"), assistance=asked, number=number, since=date(2026, 1, 1), until=until,
                file=a_scan(),
            )  # fmt: skip
        assert refused.value.codes == ("FD-05",)


def test_a_mandate_signed_on_paper_is_laid_down_by_another_than_the_helper(people):
    """FD-27: the camat helps, so the camat does not record his own mandate."""
    asked = an_asked_assistance(people, helper=people.camat)
    given = {"number": "140/3/2026", "since": NOW.date(), "until": date(2026, 9, 30), "file": a_scan()}
    with pytest.raises(Refused) as refused:
        actions.record_assistance_mandate(by=people.by("camat"), assistance=asked, **given)
    assert refused.value.codes == ("FD-27",)
    with pytest.raises(Refused) as refused:
        actions.record_assistance_mandate(by=people.by("sekdes"), assistance=asked, **given)  # who asked for the help
    assert refused.value.codes == ("FD-27",)
    actions.record_assistance_mandate(by=people.by("dinas"), assistance=asked, **given)
    assert mandate_in_force(people.camat, OURS) == asked


def test_FD_18_mandate_ends_with_the_head(people):
    asked = an_asked_assistance(people)
    office = people.kades.appointments.get()
    Appointment.objects.filter(pk=office.pk).update(until=date(2026, 6, 30))
    given = {"number": "140/3/2026", "since": NOW.date(), "file": a_scan()}
    for until in (date(2026, 7, 1), asked.until):
        with pytest.raises(Refused) as refused:
            actions.grant_assistance(by=people.by("kades"), assistance=asked, number="1", until=until)
        assert refused.value.codes == ("FD-18",)
        with pytest.raises(Refused) as refused:
            actions.record_assistance_mandate(by=people.by("camat"), assistance=asked, until=until, **given)
        assert refused.value.codes == ("FD-18",)
    Appointment.objects.filter(pk=office.pk).update(state="ended")
    with pytest.raises(Refused) as refused:
        actions.record_assistance_mandate(by=people.by("camat"), assistance=asked, until=date(2026, 6, 30), **given)
    assert refused.value.codes == ("FD-18",)
    holding(a_person(people, "pj", "Sri Mulyono"), roles.VILLAGE_HEAD, acting=True, until=date(2026, 6, 30))
    actions.record_assistance_mandate(by=people.by("camat"), assistance=asked, until=date(2026, 6, 30), **given)
    assert Assistance.objects.get().state == "active"


def test_head_secretary_and_council_are_told_of_a_grant(people):
    mandate = an_assistance(people)
    told = Notice.objects.filter(about=f"assistance:{mandate.code}", region_id=OURS)
    assert sorted(told.values_list("role", flat=True)) == ["bpd_chair", "village_head", "village_secretary"]
    assert told[0].sentence.startswith("Sari Kusuma boleh mengisi atas nama Pandanarum (mandat 140/12/2026).")


def test_FD_27_helper_stands_outside(people):
    assert {each.person for each in helpers_for(place(OURS))} == {people.camat, people.dinas}
    with pytest.raises(Refused) as refused:
        an_asked_assistance(people, helper=people.bendahara)
    assert refused.value.codes == ("FD-27",)


def test_a_mandate_ends_by_itself_on_its_last_day(people):
    an_assistance(people, until=date(2026, 3, 31))
    with clock.at(NOW + timedelta(days=30)):
        with pytest.raises(NotAllowed):
            enter(people)
        assert actions.end_due_assistances(clock.today()) == 1
        assert Assistance.objects.get().state == "ended"
        assert Appointment.objects.get(role=HELPER).state == "ended"
        assert actions.end_due_assistances(clock.today()) == 0


def test_ending_the_helpers_office_ends_the_mandate(people):
    held = an_assistance(people)
    actions.end_appointment(by=people.by("kades"), appointment=held.appointment)
    held.refresh_from_db()
    assert (held.state, held.ended_at) == ("ended", NOW)
    assert mandate_in_force(Person.objects.get(username="pendamping"), OURS) is None


def test_a_mandate_ends_with_the_office_of_the_head_who_gave_it_and_both_sides_are_told(people):
    held, asked = an_assistance(people), an_asked_assistance(people, a_facilitator(people, "pendamping.dua"))
    actions.end_appointment(by=people.by("camat"), appointment=people.kades.appointments.get())
    held.refresh_from_db()
    asked.refresh_from_db()
    assert (held.state, held.appointment.state, asked.state) == ("ended", "ended", "requested")
    with pytest.raises(NotAllowed):
        enter(people)
    told = Notice.objects.filter(about=f"assistance:{held.code}", says__contains="bersama jabatan Kepala Desa")
    assert {each.person or each.role for each in told} == {held.helper.code, "village_secretary"}
    assert Event.objects.filter(verb="assistance.ended").count() == 1


def test_what_another_head_in_office_granted_outlives_the_one_who_leaves(people):
    holding(a_person(people, "pj", "Wagiman"), roles.VILLAGE_HEAD, proposed_by="system")
    asked = an_asked_assistance(people)
    held = actions.grant_assistance(by=people.by("pj"), assistance=asked, number="140/13/2026", until=date(2026, 9, 30))
    actions.end_appointment(by=people.by("camat"), appointment=people.kades.appointments.get())
    held.refresh_from_db()
    assert held.state == "active"


def test_months_are_counted_as_begun():
    assert months_begun(date(2026, 1, 1), date(2026, 12, 31)) == 12
    assert months_begun(date(2026, 1, 1), date(2027, 1, 1)) == 13


# What an entry leaves ---------------------------------------------------------------------------------------------------
def test_an_entry_names_its_mandate_and_the_village_is_told(people):
    mandate = an_assistance(people)
    need = enter(people)
    line = json.loads(Event.objects.get(verb="need.recorded").body)
    assert (line["role"], line["facts"]["mandate"]) == (HELPER, mandate.code)
    entry = AssistedEntry.objects.get()
    assert (entry.door, entry.about, entry.assistance) == ("needs.record", f"need:{need.code}", mandate)
    told = Notice.objects.filter(act=entry.act, role__in=("village_head", "village_secretary"), url_code=mandate.code)
    assert sorted(each.role for each in told) == ["village_head", "village_secretary"]
    assert told[0].sentence == "Atas nama desa, Sari Kusuma mencatat: kebutuhan desa (mandat 140/12/2026)."


def test_what_the_operator_enters_himself_is_nobodys_mandate(people):
    an_assistance(people)
    enter(people, "operator")
    assert not AssistedEntry.objects.exists()


def test_a_helper_reads_the_village_it_enters_for_and_no_other(people):
    an_assistance(people)
    enter(people)
    helper = Person.objects.get(username="pendamping")
    assert may_open(helper, "needs.submit", place(OURS).reach())
    assert not may_open(helper, "needs.submit", place(FOREIGN).reach())
    assert [each.village_id for each in assistances_visible_to(helper)] == [OURS]
    assert not assistances_visible_to(people.kades_asing).exists()


def test_the_facilitators_own_acts_stay_in_his_own_name(people):
    an_assistance(people)
    consents.begin_consent(
        by=people.by("bpd"), village=place(OURS), about="ABCDEFGHJK", title="Penjualan buah", group="Pekebun",
        language="bahasa Jawa", informed_on=date(2026, 1, 5),
    )  # fmt: skip
    assert not AssistedEntry.objects.exists()


def test_whoever_came_over_to_a_partner_after_the_grant_enters_no_more(people):
    an_assistance(people)
    assert enter(people)
    office = holding(people.pendamping, roles.PARTNER_REP, party=PartyOf().code)
    with pytest.raises(Refused) as refused:
        enter(people)
    assert refused.value.codes == ("FD-27",)
    assert AssistedEntry.objects.count() == 1
    Appointment.objects.filter(pk=office.pk).update(state="ended")
    assert enter(people)


# How the village answers ------------------------------------------------------------------------------------------------
def an_entry(people) -> AssistedEntry:
    an_assistance(people)
    enter(people)
    return AssistedEntry.objects.select_related("assistance__helper", "assistance__village").get()


def test_the_village_contests_an_entry_and_the_helper_answers(people):
    entry = an_entry(people)
    contest = actions.contest_entry(by=people.by("bpd"), entry=entry, reason="Jumlah rumah tangga keliru.")
    assert Assistance.objects.get().state == "contested"
    duty = Duty.objects.get(OPEN, door="accounts.correct_entry")
    assert (duty.person, duty.due_on) == (people.pendamping.code, date(2026, 3, 16))
    actions.correct_entry(by=people.by("pendamping"), contest=contest, answer="Sudah diperbaiki menjadi 21.")
    assert Assistance.objects.get().state == "active"
    assert not Duty.objects.filter(OPEN, door="accounts.correct_entry").exists()
    with pytest.raises(NoSuchMove):
        actions.correct_entry(by=people.by("sekdes"), contest=contest, answer="Lagi.")


def test_an_entry_is_contested_once_at_a_time_and_by_its_own_village(people):
    entry = an_entry(people)
    with pytest.raises(NotAllowed):
        actions.contest_entry(by=people.by("kades.asing"), entry=entry, reason="Bukan desa saya.")
    actions.contest_entry(by=people.by("kades"), entry=entry, reason="Keliru.")
    with pytest.raises(NoSuchMove):
        actions.contest_entry(
            by=people.by("kades"), entry=AssistedEntry.objects.get(pk=entry.pk), reason="Sekali lagi."
        )


def test_FD_28_contested_in_time(people):
    entry = an_entry(people)
    with clock.at(NOW + timedelta(days=14)):
        assert actions.contest_entry(by=people.by("kades"), entry=entry, reason="Pada hari terakhir.")
    EntryContest.objects.all().delete()
    with clock.at(NOW + timedelta(days=15)), pytest.raises(Refused) as refused:
        actions.contest_entry(by=people.by("kades"), entry=entry, reason="Terlambat.")
    assert refused.value.codes == ("FD-28",)


def test_when_the_help_ends_the_secretary_answers_what_is_still_contested(people):
    entry = an_entry(people)
    actions.contest_entry(by=people.by("kades"), entry=entry, reason="Keliru.")
    actions.end_assistance(
        by=people.by("kades"),
        assistance=Assistance.objects.select_related("helper").get(),
        reason="Desa mengisi sendiri.",
    )
    duty = Duty.objects.get(OPEN, door="accounts.correct_entry")
    assert (duty.person, duty.role) == ("", "village_secretary")
    with pytest.raises(NotAllowed):
        enter(people)


def test_a_second_helper_holds_a_mandate_of_his_own(people):
    first = an_assistance(people)
    second = an_assistance(people, helper=a_facilitator(people, "pendamping.dua", NEIGHBOUR))
    enter(people, "pendamping.dua")
    assert AssistedEntry.objects.get().assistance == second != first
