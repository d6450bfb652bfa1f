"""Offices are given and ended, letters open accounts once."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import make_password

from bermitra.foundation.accounts import actions
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.accounts.queries import letters_told_to, people_visible_to, whole_years
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.people import actions as offices
from bermitra.foundation.rules import Refused
from tests.foundation.people.makers import an_officer
from tests.people import OURS, place

pytestmark = pytest.mark.django_db
TERM = {"since": date(2024, 1, 1), "until": date(2031, 12, 31)}
NEW = {"full_name": "Siti Aminah", "username": "siti", "role": "village_secretary", "decree": "141/2/2024", **TERM}


def knock(key: str = "k") -> By:
    return By(key=key)


def use(letter: AccessLetter, code: str | None = None, key: str = "k") -> Person:
    words = Secret(make_password("kunci baru dari surat"))
    return actions.use_letter(
        by=knock(key), person=letter.person, code=Secret(code or letter.secret()), password_hash=words
    )


def test_enrolling_is_one_act_of_four_lines(people):
    letter = offices.enrol(by=people.by("dinas"), region=place(OURS), **NEW)
    lines = list(Event.objects.order_by("seq"))
    assert [line.verb for line in lines] == [
        "person.registered",
        "appointment.proposed",
        "appointment.confirmed",
        "access.letter_issued",
    ]
    assert len({line.act for line in lines}) == 1
    assert letter.person.offices[0].role == "village_secretary"


def test_an_office_that_is_too_long_undoes_the_whole_enrolment(people):
    too_long = {**NEW, "role": "village_head", "until": date(2035, 12, 31)}
    with pytest.raises(Refused) as refused:
        offices.enrol(by=people.by("dinas"), region=place(OURS), **too_long)
    assert refused.value.codes == ("FD-01",)
    assert not Person.objects.filter(username="siti").exists()
    assert not Event.objects.exists()
    assert not DoneAct.objects.exists()


@pytest.mark.parametrize("who", ["kades", "sekdes", "camat", "bupati", "dinas.asing", "kades.asing", "warga"])
def test_only_the_regencys_own_officer_enrols(people, who):
    with pytest.raises(NotAllowed):
        offices.enrol(by=people.by(who), region=place(OURS), **NEW)


def test_enrolling_asks_for_the_password_again(people):
    stale = By(person=people.dinas, key="k", confirmed_at=clock.real_now() - timedelta(minutes=6))
    with pytest.raises(StepUpNeeded):
        offices.enrol(by=stale, region=place(OURS), **NEW)


def test_an_office_counts_from_its_first_to_its_last_day(people):
    office = Appointment.objects.get(person=people.kades)
    assert people.kades.offices == (office,)
    Appointment.objects.filter(pk=office.pk).update(until=date(2024, 1, 1))
    assert Person.objects.get(pk=people.kades.pk).offices == ()


def test_an_ended_office_cannot_be_ended_again(people):
    office = Appointment.objects.get(person=people.sekdes)
    offices.end_appointment(by=people.by("dinas"), appointment=office)
    with pytest.raises(NoSuchMove):
        offices.end_appointment(by=people.by("dinas"), appointment=office)


def test_a_letter_opens_the_account_once(people):
    letter = actions.issue_letter(by=people.by("dinas"), person=people.sekdes, reason="password")
    assert use(letter).check_password("kunci baru dari surat")
    with pytest.raises(Refused) as refused:
        use(letter, key="again")
    assert refused.value.codes == ("FD-14",)


@pytest.mark.parametrize("spoil", ["wrong code", "expired", "replaced", "unknown person"])
def test_a_bad_letter_opens_nothing(people, spoil):
    letter = actions.issue_letter(by=people.by("dinas"), person=people.sekdes, reason="password")
    before = Person.objects.get(pk=letter.person_id).password
    code = letter.secret()
    if spoil == "wrong code":
        code = "0" * 12
    if spoil == "expired":
        AccessLetter.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    if spoil == "replaced":
        actions.issue_letter(by=people.by("dinas"), person=people.sekdes, reason="phone")
    if spoil == "unknown person":
        letter.person = people.kades
    with pytest.raises(Refused):
        use(letter, code)
    assert Person.objects.get(pk=letter.person_id).password == before or spoil == "unknown person"


def test_no_code_and_no_password_is_written_anywhere(people):
    letter = actions.issue_letter(by=people.by("dinas"), person=people.sekdes, reason="password")
    use(letter)
    kept = " ".join(Event.objects.values_list("body", flat=True)) + str(list(DoneAct.objects.values()))
    kept += str(list(AccessLetter.objects.values()))
    assert letter.secret() not in kept
    assert "argon2" not in kept


def test_the_village_is_told_of_a_letter_and_its_holder_is_not(people):
    actions.issue_letter(by=people.by("dinas"), person=people.sekdes, reason="password")
    assert [each.person.username for each in letters_told_to(people.kades)] == ["sekdes"]
    assert not letters_told_to(people.sekdes)
    assert not letters_told_to(people.kades_asing)


def test_the_officers_of_a_regency_are_told_of_a_letter_for_one_of_them(people):
    actions.issue_letter(by=people.by("dinas"), person=people.inspektorat, reason="password")
    second = an_officer(people)
    actions.issue_letter(by=people.by("dinas"), person=second, reason="password")
    third = an_officer(people, "dinas.tiga")
    assert {each.person.username for each in letters_told_to(third)} == {"inspektorat", "dinas.dua"}
    assert not letters_told_to(people.dinas_asing)
    with clock.at(clock.now() + timedelta(days=31)):
        assert not letters_told_to(third)


def test_a_regencys_officer_sees_the_people_of_the_regency_only(people):
    seen = set(people_visible_to(people.dinas).values_list("username", flat=True))
    assert {"kades", "warga", "camat", "dinas"} <= seen
    assert not seen & {"kades.asing", "dinas.asing", "pengelola"}
    assert set(people_visible_to(people.kades).values_list("username", flat=True)) == {"kades"}


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        (date(2020, 1, 1), date(2027, 12, 31), 8),
        (date(2019, 12, 16), date(2027, 12, 15), 8),
        (date(2019, 12, 16), date(2027, 12, 16), 9),
        (date(2024, 1, 1), date(2024, 1, 1), 1),
    ],
)
def test_years_begun(since, until, years):
    assert whole_years(since, until) == years
