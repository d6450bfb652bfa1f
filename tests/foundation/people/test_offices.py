"""Offices are proposed by one, confirmed by another, contested by the house, and end by themselves."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.hashers import make_password

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.actions import issue_letter, use_letter
from bermitra.foundation.accounts.models import AccessLetter, Appointment, OfficeContest, Person
from bermitra.foundation.accounts.queries import offices_of
from bermitra.foundation.accounts.separation import PAIRS, between
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.asked import Secret
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
from tests.foundation.people.makers import TERM, PartyOf, a_person, an_officer, holding
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


def test_FD_29_ended_by_whoever_gives_it(people):
    """The head neither ends the office that watches him nor turns down his own successor."""
    watching = people.bpd.appointments.get()
    successor = proposed(
        people, "camat", full_name="Joko Susilo", username="joko", role="village_head", decree="141/2/2026"
    )
    for office in (watching, successor):
        with pytest.raises(Refused) as refused:
            actions.end_appointment(by=people.by("kades"), appointment=office)
        assert refused.value.codes == ("FD-29",)
    with pytest.raises(NotAllowed):
        actions.end_appointment(by=people.by("sekdes"), appointment=people.kadus.appointments.get())
    actions.end_appointment(by=people.by("camat"), appointment=watching)
    actions.end_appointment(by=people.by("dinas"), appointment=successor)
    assert {Appointment.objects.get(pk=each.pk).state for each in (watching, successor)} == {"ended"}


def test_holder_and_giver_are_told_of_an_end_that_another_made(people):
    office = people.kadus.appointments.get()
    actions.end_appointment(by=people.by("dinas"), appointment=office)
    told = {each.person or each.role: each for each in Notice.objects.filter(about=f"appointment:{office.pk}")}
    assert told.keys() == {people.kadus.code, "village_head"}
    assert told[people.kadus.code].sentence.startswith("Jabatan Anda sebagai Kaur atau Kasi Desa diakhiri.")
    assert (told["village_head"].region_id, told["village_head"].url_code) == (OURS, str(office.pk))


def test_a_holder_resigns_and_the_one_who_gave_the_office_is_told(people):
    office = people.anggota_bpd.appointments.get()
    actions.end_appointment(by=people.by("anggota.bpd"), appointment=office)
    assert Appointment.objects.get(pk=office.pk).state == "ended"
    (notice,) = Notice.objects.filter(about=f"appointment:{office.pk}")
    assert (notice.role, notice.sentence) == (
        "camat", "Karsono mengundurkan diri sebagai Anggota BPD. Siapkan pengganti atau penjabat.",
    )  # fmt: skip


def test_FD_19_proposed_by_its_own_side(people):
    for who, role in (("sekdes", "bpd_member"), ("bpd", "village_secretary"), ("dinas", "auditor")):
        with pytest.raises(Refused) as refused:
            proposed(people, who, role=role)
        assert refused.value.codes == ("FD-19",), (who, role)
    assert not Person.objects.filter(username="rina").exists()


def also_in_office(person: Person, role: roles.Role, where: str = OURS) -> None:
    """Held before the office that the cast gives: of two that open a door the older is named first."""
    holding(person, role, where, since=date(2021, 1, 1))


def test_an_older_office_beside_it_takes_nothing_from_the_one_that_gives_and_proposes(people):
    """FD-19, FD-21 and FD-29: an officer of the regency who was Pj. of a village first acts as the officer he is."""
    also_in_office(people.dinas, roles.VILLAGE_HEAD)
    member = proposed(people, "bpd", role="bpd_member")
    actions.confirm_appointment(by=people.by("dinas"), appointment=member)
    actions.end_appointment(by=people.by("dinas"), appointment=people.bpd.appointments.get())
    also_in_office(people.camat, roles.VILLAGE_SECRETARY)
    assert proposed(people, "camat", full_name="Darto", username="darto", role="village_head").state == "proposed"
    done = {each.verb: json.loads(each.body)["role"] for each in Event.objects.exclude(verb="person.registered")}
    assert done == {
        "appointment.proposed": "camat", "appointment.confirmed": "dpmd_officer", "appointment.ended": "dpmd_officer",
    }  # fmt: skip


def test_the_role_stays_that_of_a_house_where_the_rules_ask_for_no_other(people):
    also_in_office(people.dinas, roles.VILLAGE_HEAD)
    actions.confirm_appointment(by=people.by("dinas"), appointment=proposed(people))
    assert json.loads(Event.objects.get(verb="appointment.confirmed").body)["role"] == "village_head"


@pytest.mark.parametrize("who", ["sekdes", "bpd", "camat"])
def test_FD_49_known_person_stays_in_the_village(people, who):
    """An account of a partner, or of another village, is tied to this one by a decree at the counter and not by asking."""
    wakil = a_person(people, "wakil", "Sari Dewi")
    holding(wakil, roles.PARTNER_REP, "", party="MTRABCDEFG")
    for known in (wakil, people.kades_asing):
        given = {"full_name": known.full_name, "username": known.username, "role": "resident"}
        with pytest.raises(Refused) as refused:
            proposed(people, who, **{**given, "role": "village_official" if who == "camat" else "resident"})
        assert refused.value.codes == ("FD-49",)
    assert not Appointment.objects.filter(state="proposed").exists()
    given = {"region": place(OURS), "role": "village_official", "decree": "141/8/2026", **TERM}
    assert actions.enrol_further(by=people.by("dinas"), person=wakil, **given).state == "confirmed"


def test_who_was_proposed_in_vain_is_proposed_again_under_the_same_account(people):
    actions.end_appointment(by=people.by("kades"), appointment=proposed(people, decree="140/70/2026"))
    assert proposed(people).person.appointments.count() == 2


# Offices over the whole regency ------------------------------------------------------------------------------------
OFFICER = {
    "full_name": "Joko Susilo", "username": "joko", "role": "dpmd_officer", "decree": "800/3/2026", **TERM,
}  # fmt: skip


@pytest.mark.parametrize("role", ["dpmd_officer", "auditor", "regent_office"])
def test_one_officer_alone_makes_no_second_one(people, role):
    """RG-14 asks for two people: the second one is looked at by another, and has no letter before."""
    office = actions.enrol(by=people.by("dinas"), region=place("33.04"), **{**OFFICER, "role": role})
    assert (office.state, AccessLetter.objects.count()) == ("proposed", 0)
    assert Person.objects.get(username="joko").offices == ()
    duty = Duty.objects.get(OPEN, door="accounts.confirm_appointment")
    assert (duty.role, duty.region_id) == ("dpmd_officer", "33.04")
    with pytest.raises(Refused) as refused:
        actions.confirm_appointment(by=people.by("dinas"), appointment=office)
    assert refused.value.codes == ("FD-20",)
    with pytest.raises(NotAllowed):
        actions.confirm_appointment(by=people.by("dinas.asing"), appointment=office)
    an_officer(people)
    actions.confirm_appointment(by=people.by("dinas.dua"), appointment=office)
    assert [each.role for each in Person.objects.get(username="joko").offices] == [role]


def test_a_known_person_becomes_an_officer_by_two_as_well(people):
    office = actions.enrol_further(
        by=people.by("dinas"), person=people.kadus, region=place("33.04"), role="auditor", decree="700/1/2026", **TERM
    )
    assert office.state == "proposed"
    with pytest.raises(Refused):
        actions.confirm_appointment(by=people.by("dinas"), appointment=office)


def test_FD_39_letter_by_another_than_the_proposer(people):
    """Whoever holds the first code is the person: so it is not the one who proposed him, before or after the look."""
    office, second = actions.enrol(by=people.by("dinas"), region=place("33.04"), **OFFICER), an_officer(people)
    with pytest.raises(Refused) as refused:
        issue_letter(by=people.by("dinas"), person=office.person, reason="first")
    assert refused.value.codes == ("FD-39",)
    actions.confirm_appointment(by=people.by(second.username), appointment=office)
    assert Notice.objects.get(url_name="page.person").url_code == office.person.code
    with pytest.raises(Refused):
        issue_letter(by=people.by("dinas"), person=office.person, reason="first")
    assert issue_letter(by=people.by(second.username), person=office.person, reason="first").person == office.person


@pytest.mark.parametrize(("printer", "other"), [("dinas", "dinas.dua"), ("dinas.dua", "dinas")])
def test_FD_20_and_FD_39_who_printed_a_colleagues_letter_is_no_second_person_for_thirty_days(people, printer, other):
    second = an_officer(people)
    issue_letter(by=people.by(printer), person=Person.objects.get(username=other), reason="password")
    office = actions.enrol(by=people.by("dinas"), region=place("33.04"), **OFFICER)
    with pytest.raises(Refused) as refused:
        actions.confirm_appointment(by=people.by(second.username), appointment=office)
    assert refused.value.codes == ("FD-20",)
    with pytest.raises(Refused) as refused:
        issue_letter(by=people.by(second.username), person=office.person, reason="first")
    assert refused.value.codes == ("FD-39",)
    with clock.at(NOW + timedelta(days=31)):
        actions.confirm_appointment(by=people.by(second.username), appointment=office)
        assert issue_letter(by=people.by(second.username), person=office.person, reason="first")


def spent(letter: AccessLetter) -> AccessLetter:
    """The letter was used: the password is known to whoever had its code."""
    words = Secret(make_password("kunci baru dari surat"))
    use_letter(by=By(key=letter.code), person=letter.person, code=Secret(letter.secret()), password_hash=words)
    return letter


@pytest.mark.parametrize("order", ["used first", "used while it waits"])
def test_FD_48_proposer_does_not_hold_the_key(people, order):
    """A puppet of the village is taken in, his letter used by his maker, and he is then proposed for the regency."""
    second = an_officer(people)
    puppet = actions.enrol(
        by=people.by("dinas"), region=place(OURS), **{**OFFICER, "role": "village_operator"}
    ).person  # fmt: skip
    letter = AccessLetter.objects.get(person=puppet)
    if order == "used first":
        spent(letter)
    given = {"region": place("33.04"), "role": "dpmd_officer", "decree": "800/4/2026", **TERM}
    office = actions.enrol_further(by=people.by("dinas"), person=puppet, **given)
    if order == "used while it waits":
        spent(letter)
    with pytest.raises(Refused) as refused:
        actions.confirm_appointment(by=people.by(second.username), appointment=office)
    assert refused.value.codes == ("FD-48",)
    with clock.at(NOW + timedelta(hours=1)):
        spent(issue_letter(by=people.by(second.username), person=puppet, reason="password"))
        actions.confirm_appointment(by=people.by(second.username), appointment=office)
    assert office.state == "confirmed"


def test_a_letter_from_before_an_office_over_the_regency_opens_nothing_once_it_counts(people):
    second = an_officer(people)
    letter = issue_letter(by=people.by("dinas"), person=people.kadus, reason="password")
    given = {"region": place("33.04"), "role": "auditor", "decree": "700/1/2026", **TERM}
    office = actions.enrol_further(by=people.by("dinas"), person=people.kadus, **given)
    actions.confirm_appointment(by=people.by(second.username), appointment=office)
    with pytest.raises(Refused) as refused:
        spent(letter)
    assert refused.value.codes == ("FD-14",)


def test_letters_of_a_village_stay_good_when_an_office_of_the_village_is_confirmed(people):
    letter = issue_letter(by=people.by("dinas"), person=people.kadus, reason="password")
    office = proposed(people, full_name="Slamet Riyadi", username="kadus", role="village_treasurer")
    actions.confirm_appointment(by=people.by("kades"), appointment=office)
    assert spent(letter).person == people.kadus


def test_one_hand_counts_for_offices_over_the_regency_alone(people):
    issue_letter(by=people.by("dinas"), person=people.kades, reason="password")
    office = proposed(people, "dinas")
    actions.confirm_appointment(by=people.by("kades"), appointment=office)
    assert office.state == "confirmed"


def test_FD_50_regency_keeps_an_officer(people):
    office = people.dinas.appointments.get()
    with pytest.raises(Refused) as refused:
        actions.end_appointment(by=people.by("dinas"), appointment=office)
    assert refused.value.codes == ("FD-50",)
    joko = actions.enrol(by=people.by("dinas"), region=place("33.04"), **OFFICER)
    with pytest.raises(Refused):
        actions.end_appointment(by=people.by("dinas"), appointment=office)  # who is only proposed is no officer yet
    an_officer(people)
    actions.end_appointment(by=people.by("dinas"), appointment=joko)
    actions.end_appointment(by=people.by("dinas"), appointment=office)
    assert {each.state for each in Appointment.objects.filter(pk__in=(joko.pk, office.pk))} == {"ended"}


def test_the_officers_are_told_where_one_of_them_resigns_or_is_ended(people):
    an_officer(people)
    third = an_officer(people, "dinas.tiga")
    for who, office in (("dinas", people.dinas.appointments.get()), ("dinas.dua", third.appointments.get())):
        actions.end_appointment(by=people.by(who), appointment=office)
    told = Notice.objects.filter(role="dpmd_officer", region="33.04").order_by("pk")
    assert [each.sentence for each in told] == [
        "Ratna Dewi mengundurkan diri sebagai Petugas Dinas PMD. Siapkan pengganti atau penjabat.",
        "Jabatan Petugas Dinas PMD (Nur Hidayati) diakhiri seorang petugas dinas. Semua petugas dinas diberi tahu.",
    ]


def test_the_system_gives_the_first_officers_at_once(people):
    office = actions.enrol(by=By.the_system(), region=place("33.04"), **OFFICER)
    assert office.state == "confirmed"
    letter = AccessLetter.objects.get(person=office.person)
    assert letter.reason == "first"
    assert issue_letter(by=people.by("dinas"), person=office.person, reason="password").person == letter.person


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


def test_an_office_that_was_turned_down_was_held_by_nobody_and_one_that_was_ended_was(people):
    turned_down, ended = (
        proposed(people, role="village_official", username=name, full_name=name.title()) for name in ("calon", "mantan")
    )
    actions.confirm_appointment(by=people.by("kades"), appointment=ended)
    for office in (turned_down, ended):
        actions.end_appointment(by=people.by("kades"), appointment=office)
    assert [each.appointment for each in offices_of(OURS, NOW.date()) if not each.now] == [ended]


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
