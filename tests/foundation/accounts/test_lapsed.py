"""Whose office is out of its term reads which it was and until when (FD-02); whoever never held it reads nothing of that."""

from datetime import date, timedelta

import pytest

from bermitra.foundation.accounts.lapsed import behind_the_door
from bermitra.foundation.accounts.models import Appointment, Token
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.registry import actions as registry
from tests.people import FOREIGN, OURS, place
from tests.programs import Program, a_key
from tests.registry.test_pages import at, signed_in, words

pytestmark = pytest.mark.django_db


def lapse(person, *, since: date = date(2020, 1, 1), days_ago: int = 1) -> date:
    last = clock.today() - timedelta(days=days_ago)
    person.appointments.update(since=since, until=last)
    return last


def test_the_page_of_a_shut_door_tells_office_term_and_decree(people):
    last, client = lapse(people.sekdes), signed_in(people.sekdes)
    answer = client.get(at("registry.record_asset", OURS))
    page = words(answer)
    assert answer.status_code == 403
    assert f"1 Januari 2020 sampai {long_date(last)}" in page
    assert "Sekretaris Desa, Pandanarum" in page and "141/1/2022" in page and "FD-02" in page


def test_an_office_that_has_not_begun_is_told_alike(people):
    begins = clock.today() + timedelta(days=1)
    people.sekdes.appointments.update(since=begins)
    page = words(signed_in(people.sekdes).get(at("registry.record_asset", OURS)))
    assert f"{long_date(begins)} sampai 31 Desember 2029" in page


@pytest.mark.parametrize("who", ["warga", "operator"])
def test_whoever_never_held_the_office_reads_nothing_of_terms(people, who):
    answer = signed_in(people.held[who]).get(at("agreements.sign", "KOSONG0000"))
    assert answer.status_code == 403
    assert "FD-02" not in words(answer) and "Masa jabatan" not in words(answer)


def test_an_office_that_was_ended_or_never_confirmed_is_none_out_of_its_term(people):
    lapse(people.sekdes)
    for state in (Appointment.State.ENDED, Appointment.State.PROPOSED):
        people.sekdes.appointments.update(state=state)
        assert "FD-02" not in words(signed_in(people.sekdes).get(at("registry.record_asset", OURS)))


def test_an_act_is_told_of_an_office_that_reached_its_record_and_of_no_other(people):
    """Now secretary elsewhere: the table opens the page, and the act refuses for this village."""
    held = people.sekdes.appointments.get()
    lapse(people.sekdes)
    Appointment.objects.create(
        person=people.sekdes, role=held.role, region_id=FOREIGN, decree="9/2026", since=clock.today(),
        until=date(2030, 1, 1), state=Appointment.State.CONFIRMED, state_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(NotAllowed) as shut:
        registry.record_asset(
            by=people.by("sekdes"), village=place(OURS), name="Gudang", kind="other", quantity=1, unit="unit"
        )
    person = people.by("sekdes").person
    found = behind_the_door(person, shut.value.door, shut.value.reach)
    assert found is not None and found.office.pk == held.pk
    assert behind_the_door(person, shut.value.door, Reach(region="33.04.19.2002")) is None
    assert behind_the_door(person, shut.value.door) is None  # an office of today opens its page


def test_a_programs_key_tells_the_office_and_a_key_that_was_taken_back_tells_nothing(people):
    program, path = Program(a_key("sekdes")), at("registry.record_asset", OURS)
    lapse(people.sekdes)
    told = program.read(path)
    assert told.status_code == 401
    assert "Sekretaris Desa, Pandanarum" in told.json()["says"]
    token = Token.objects.get()
    token.withdrawn_at = clock.now()
    token.save()
    assert "Pandanarum" not in program.read(path).json()["says"]
    assert "Pandanarum" not in Program("bmt_lain").read(path).json()["says"]


def test_a_program_that_acts_in_another_office_is_told_at_the_door(people):
    Appointment.objects.create(
        person=people.sekdes, role="resident", region_id=OURS, decree="KTP", since=date(2020, 1, 1),
        until=date(2099, 1, 1), state=Appointment.State.CONFIRMED, state_at=clock.now(),
    )  # fmt: skip
    program = Program(a_key("sekdes"))
    people.sekdes.appointments.filter(role="village_secretary").update(until=clock.today() - timedelta(days=1))
    answer = program.send(at("registry.record_asset", OURS), {})
    assert answer.status_code == 403
    assert "Sekretaris Desa, Pandanarum" in answer.json()["says"]
