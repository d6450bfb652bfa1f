"""Whose turn it is: by name, by office, by what the permission table lets a colleague do."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.duties.queries import duties_for, later_than, may_open, overdue_duties, waited_for
from tests.foundation.duties.makers import TODAY, a_duty
from tests.people import FOREIGN, NEIGHBOUR, OURS

pytestmark = pytest.mark.django_db
PARTNER = "P4RTN3R000"
NO_ROW = "agreements.no_such_door"  # a door that the permission table opens to nobody


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def office(person: Person, role: str, **where) -> Person:
    Appointment.objects.create(
        person=person,
        role=role,
        decree="1/2026",
        since=date(2020, 1, 1),
        until=date(2099, 12, 31),
        state=Appointment.State.CONFIRMED,
        state_at=timezone.now(),
        **where,
    )
    return fresh(person)


def newcomer(name: str) -> Person:
    person = Person(username=name, full_name=name, created_at=timezone.now())
    person.set_unusable_password()
    person.save()
    return person


def mine(person):
    return [each.code for each in duties_for(fresh(person))]


def others(person):
    return [each.code for each in waited_for(fresh(person), TODAY)]


def test_an_office_sees_its_own_duty_and_the_house_sees_that_it_waits(people):
    duty = a_duty(door=NO_ROW, region=OURS, role="bpd_chair")
    assert mine(people.bpd) == [duty.code]
    assert others(people.bpd) == []
    assert (mine(people.kades), others(people.kades)) == ([], [duty.code])


def test_another_village_sees_nothing(people):
    a_duty(region=OURS, role="village_head")
    for stranger in (people.kades_asing, people.sekdes_asing, people.dinas_asing):
        assert (mine(stranger), others(stranger)) == ([], [])


def test_a_colleague_who_may_open_the_door_has_the_duty_too(people):
    duty = a_duty(door="messages.confirm_sent", region=OURS, role="village_secretary")
    assert mine(people.operator) == [duty.code]
    assert mine(people.warga) == []


def test_a_duty_of_one_person_is_not_a_colleagues(people):
    duty = a_duty(region=OURS, person=people.kadus.code, role="village_official")
    assert mine(people.kadus) == [duty.code]
    assert (mine(people.operator), others(people.operator)) == ([], [duty.code])


def test_the_camat_has_the_duties_of_the_villages_of_the_district(people):
    ours = a_duty(door=NO_ROW, region=OURS, role="camat")
    beji = a_duty(door=NO_ROW, region=NEIGHBOUR, role="camat")
    a_duty(door=NO_ROW, region=FOREIGN, role="camat")
    assert mine(people.camat) == [ours.code, beji.code]


def test_a_regency_sees_only_what_is_overdue_in_its_villages(people):
    late = a_duty(door=NO_ROW, region=OURS, role="village_head", due_on=TODAY - timedelta(days=1))
    a_duty(door=NO_ROW, region=OURS, role="village_head", due_on=TODAY)
    assert (mine(people.dinas), others(people.dinas)) == ([], [late.code])


def test_a_resident_does_not_look_over_the_village_offices_shoulder(people):
    a_duty(door=NO_ROW, region=OURS, role="village_head")
    assert others(people.warga) == []


def test_a_partners_duty_is_the_partners_and_its_village_sees_that_it_waits(people):
    rep = office(newcomer("mitra"), "partner_rep", party=PARTNER)
    signs = office(newcomer("direktur"), "partner_signatory", party=PARTNER)
    rival = office(newcomer("pesaing"), "partner_rep", party="R1VA100000")
    duty = a_duty(door=NO_ROW, region=OURS, party=PARTNER, role="partner_rep")
    assert (mine(rep), others(rep)) == ([duty.code], [])
    assert (mine(signs), others(signs)) == ([], [duty.code])
    assert (mine(rival), others(rival)) == ([], [])
    assert others(people.sekdes) == [duty.code]


def test_an_office_that_has_ended_owes_nothing(people):
    a_duty(door=NO_ROW, region=OURS, role="village_head")
    Appointment.objects.filter(person=people.kades).update(until=date(2023, 1, 1))
    assert mine(people.kades) == []


def test_the_latest_first_then_by_day_then_those_without_a_day(people):
    undated, soon, late = (a_duty(role="village_head", due_on=d) for d in (None, TODAY, TODAY - timedelta(days=9)))
    assert mine(people.kades) == [late.code, soon.code, undated.code]


def test_paging_by_key_shows_every_duty_once(people):
    days = [None, TODAY, TODAY, TODAY, None, TODAY + timedelta(days=3), None]
    made = {a_duty(role="village_head", due_on=day).code for day in days}
    found, shown, last = duties_for(fresh(people.kades)), [], None
    while page := list((later_than(found, last) if last else found)[:2]):
        shown += [each.code for each in page]
        last = page[-1]
    assert len(shown) == len(days)
    assert set(shown) == made


def test_overdue_by_place_of_any_level(people):
    late = [a_duty(region=where, role="village_head", due_on=date(2026, 1, 1)).code for where in (OURS, FOREIGN)]
    assert [d.code for d in overdue_duties(TODAY)] == late
    for region in ("33", "33.04", "33.04.19", OURS):
        assert [d.code for d in overdue_duties(TODAY, region)] == late[:1]
    assert not overdue_duties(TODAY, NEIGHBOUR).exists()
    assert not overdue_duties(date(2026, 1, 1)).exists()


def test_may_open_answers_without_asking_for_the_password(people):
    duty = a_duty(region=OURS)
    assert may_open(fresh(people.sekdes), "messages.confirm_sent", duty.reach())
    assert may_open(fresh(people.sekdes), "accounts.propose_office", duty.reach())  # asks for the password again
    assert not may_open(fresh(people.sekdes_asing), "messages.confirm_sent", duty.reach())
    assert not may_open(fresh(people.sekdes), NO_ROW, duty.reach())


@pytest.mark.parametrize(
    ("door", "told", "not_told"),
    [
        ("registry.reply_flag", ("kades", "bpd", "lksd"), ("sekdes", "operator", "kadus", "anggota_bpd", "camat")),
        ("registry.submit_verification", ("lksd",), ("kades", "sekdes", "operator", "camat", "bupati")),
        ("registry.explain_conflict", ("kades", "lksd", "camat"), ("sekdes", "operator", "kadus")),
    ],
)
def test_who_may_not_open_the_record_is_not_told_that_somebody_is_awaited_there(door, told, not_told, people):
    duty = a_duty(door=door, region=OURS, party=PARTNER, role="partner_rep", due_on=TODAY - timedelta(days=1))
    for name in told:
        assert others(getattr(people, name)) == [duty.code], name
    for name in not_told:
        assert others(getattr(people, name)) == [], name


def test_a_second_office_that_may_open_the_record_is_told(people):
    duty = a_duty(door="registry.reply_flag", region=OURS, party=PARTNER, role="partner_rep")
    assert others(office(people.sekdes, "village_coop_unit", region_id=OURS)) == [duty.code]
