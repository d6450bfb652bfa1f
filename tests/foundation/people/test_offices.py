"""Offices are proposed by one, confirmed by another, contested by the house, and end by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, OfficeContest, Person
from bermitra.foundation.accounts.queries import offices_of
from bermitra.foundation.accounts.separation import PAIRS, between
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.door import doors
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.people import actions
from bermitra.foundation.people.queries import clashes, holder_facts, offices_ending
from bermitra.foundation.people.rules import another_person_confirms, confirmed_by_whoever_gives_it
from bermitra.foundation.rules import Refused
from tests.foundation.people.makers import TERM, PartyOf, a_person, holding
from tests.people import FOREIGN, OURS, place

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_march():
    with clock.at(NOW):
        yield


def proposed(people, who: str = "sekdes", **more) -> Appointment:
    given = {
        "region": place(OURS), "full_name": "Rina Wulandari", "username": "rina", "role": "village_operator",
        "decree": "140/7/2026", **TERM, **more,
    }  # fmt: skip
    return actions.propose_office(by=people.by(who), **given)


def test_a_proposed_office_opens_nothing_until_the_head_has_confirmed_it(people):
    office = proposed(people)
    assert Person.objects.get(username="rina").offices == ()
    duty = Duty.objects.get(OPEN, door="accounts.confirm_appointment")
    assert (duty.role, duty.region_id, duty.url_code) == ("village_head", OURS, str(office.pk))
    actions.confirm_appointment(by=people.by("kades"), appointment=office)
    assert [each.role for each in Person.objects.get(username="rina").offices] == ["village_operator"]
    assert not Duty.objects.filter(OPEN, about=f"appointment:{office.pk}").exists()


def test_a_known_person_is_proposed_under_the_same_account(people):
    office = proposed(people, full_name="Slamet Riyadi", username="kadus", role="village_treasurer")
    assert office.person == people.kadus


def test_FD_20_another_person_confirms(people):
    """The camat who proposes does not confirm, nor does the one who is to hold the office."""
    by_camat = proposed(people, "camat")
    with pytest.raises(Refused) as refused:
        actions.confirm_appointment(by=people.by("camat"), appointment=by_camat)
    assert refused.value.codes == ("FD-20",)
    own = proposed(people, full_name="Sutrisno Hadi", username="kades", role="village_official")
    with pytest.raises(Refused) as refused:
        actions.confirm_appointment(by=people.by("kades"), appointment=own)
    assert refused.value.codes == (another_person_confirms.code,)


def test_FD_21_confirmed_by_whoever_gives_it(people):
    """The head of a village does not confirm its council, which watches him."""
    council = proposed(people, "bpd", role="bpd_member")
    with pytest.raises(Refused) as refused:
        actions.confirm_appointment(by=people.by("kades"), appointment=council)
    assert refused.value.codes == (confirmed_by_whoever_gives_it.code,)
    actions.confirm_appointment(by=people.by("camat"), appointment=council)
    assert Appointment.objects.get(pk=council.pk).state == "confirmed"


def test_FD_22_terms_within_limit_warns_and_is_journalled(people):
    someone = a_person(people, "lama", "Karto Wiryo")
    for since, until in ((date(2008, 1, 1), date(2013, 12, 31)), (date(2014, 1, 1), date(2019, 12, 31))):
        holding(someone, roles.VILLAGE_HEAD, since=since, until=until)
    third = actions.propose_office(
        by=people.by("camat"), region=place(OURS), full_name="Karto Wiryo", username="lama", role="village_head",
        decree="141/1/2026", **TERM,
    )  # fmt: skip
    assert holder_facts(third).terms == 3
    actions.confirm_appointment(by=people.by("dinas"), appointment=third)
    assert '"passed":["FD-22"]' in Event.objects.get(verb="appointment.confirmed").body.replace(" ", "")


def test_an_acting_head_counts_no_term(people):
    someone = a_person(people, "pj", "Sri Mulyono")
    office = holding(someone, roles.VILLAGE_HEAD, acting=True)
    assert holder_facts(office).terms == 0
    assert office.called == "Penjabat Kepala Desa"


def test_FD_23_offices_kept_apart_warns(people):
    office = proposed(people, "camat", full_name="Slamet Riyadi", username="kadus", role="bpd_member")
    assert holder_facts(office).apart == ("village_official",)
    assert "Hukum memisahkan kedua jabatan ini." in clashes(people.kadus, "bpd_member", OURS, office.pk)[0].says
    actions.confirm_appointment(by=people.by("dinas"), appointment=office)
    assert '"passed":["FD-23"]' in Event.objects.get(verb="appointment.confirmed").body.replace(" ", "")


def test_two_offices_that_open_both_sides_of_a_forbidden_pair_are_told_of():
    """The head signs, a councillor scores: one person may not do both in one case."""
    assert "selection.score" in {each.first for each in between("village_head", "bpd_member")}
    assert between("village_secretary", "village_secretary") == ()


def test_every_door_of_the_table_of_separation_is_a_door():
    assert {door for each in PAIRS for door in (each.first, each.second)} <= doors.keys()


def test_a_contested_office_counts_until_it_was_looked_into(people):
    office = people.kadus.appointments.get()
    actions.contest_appointment(by=people.by("bpd"), appointment=office, reason="Surat keputusan sudah dicabut.")
    assert [each.state for each in Person.objects.get(username="kadus").offices] == ["contested"]
    assert OfficeContest.objects.get().role == "bpd_chair"
    assert Notice.objects.filter(person=people.kadus.code).exists()
    actions.confirm_appointment(by=people.by("camat"), appointment=Appointment.objects.get(pk=office.pk))
    assert Appointment.objects.get(pk=office.pk).state == "confirmed"


def test_FD_24_reason_given(people):
    with pytest.raises(Refused) as refused:
        actions.contest_appointment(by=people.by("bpd"), appointment=people.kadus.appointments.get(), reason="  ")
    assert refused.value.codes == ("FD-24",)


def test_an_ended_office_is_not_ended_again_and_a_stranger_ends_none(people):
    office = people.kadus.appointments.get()
    with pytest.raises(NotAllowed):
        actions.end_appointment(by=people.by("kades.asing"), appointment=office)
    actions.end_appointment(by=people.by("kades"), appointment=office)
    with pytest.raises(NoSuchMove):
        actions.end_appointment(by=people.by("kades"), appointment=office)


def test_offices_of_a_village_stand_in_order_with_those_who_held_them_before(people):
    former = holding(
        a_person(people, "mantan", "Wagiman"), roles.VILLAGE_HEAD, since=date(2014, 1, 1), until=date(2021, 12, 31)
    )
    holding(a_person(people, "calon", "Calon"), roles.VILLAGE_SECRETARY, state="proposed")
    held = offices_of(place(OURS), NOW.date())
    now = [each.appointment.role for each in held if each.now]
    assert now[:4] == ["village_head", "village_secretary", "village_treasurer", "village_official"]
    assert {each.appointment.role for each in held if each.council} == {"bpd_chair", "bpd_member"}
    assert [each.appointment for each in held if not each.now] == [former]
    assert all(each.now for each in offices_of(OURS, NOW.date(), past=False))
    assert [each.appointment.role for each in offices_of(FOREIGN, NOW.date())] == ["village_head", "village_secretary"]


def test_thirty_days_before_its_end_an_office_is_reminded_of_once(people):
    office = people.kades.appointments.get()
    Appointment.objects.filter(pk=office.pk).update(until=NOW.date() + timedelta(days=30))
    assert actions.remind_of_endings(NOW.date() - timedelta(days=1)) == 0
    assert actions.remind_of_endings(NOW.date()) == 1
    duty = Duty.objects.get(OPEN, door="accounts.hand_over")
    assert (duty.role, duty.due_on) == ("village_head", NOW.date() + timedelta(days=30))
    assert Notice.objects.get(role="dpmd_officer").url_code == OURS
    assert not offices_ending(NOW.date(), date(2030, 1, 1)).filter(pk=office.pk).exists()
    assert actions.remind_of_endings(NOW.date()) == 0


def test_a_partner_brings_in_its_own_people_without_the_regency(people):
    party = PartyOf()
    for username, role in (("wakil", roles.PARTNER_REP), ("direktur", roles.PARTNER_SIGNATORY)):
        holding(a_person(people, username, username.title()), role, party=party.code)
    office = actions.propose_colleague(
        by=people.by("wakil"), party=party, region=place(OURS), full_name="Dewi Anggraini", username="dewi",
        role="partner_rep", mandate="ST/4/2026", **TERM,
    )  # fmt: skip
    duty = Duty.objects.get(OPEN, door="accounts.confirm_appointment")
    assert (duty.party, duty.role, duty.region_id) == (party.code, "partner_signatory", None)
    actions.confirm_appointment(by=people.by("direktur"), appointment=office)
    assert [each.party for each in Person.objects.get(username="dewi").offices] == [party.code]
    assert Notice.objects.get(role="dpmd_officer").url_name == "page.person"


def test_the_counter_gives_a_known_person_a_further_office_in_one_act(people):
    office = actions.enrol_further(
        by=people.by("dinas"), person=people.kadus, region=place(OURS), role="village_treasurer", decree="141/8/2026",
        **TERM,
    )  # fmt: skip
    assert office.state == "confirmed"
    assert {line.act for line in Event.objects.all()} == {Event.objects.latest("seq").act}


def test_the_clock_reminds_and_no_person_does(people):
    with pytest.raises(NotAllowed):
        actions.remind_of_ending(by=people.by("dinas"), appointment=people.kades.appointments.get())
    actions.remind_of_ending(by=By.the_system(), appointment=people.kades.appointments.get())
