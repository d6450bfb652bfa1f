"""Opening and closing inside an act: once, with the newer day, and undone with the act."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.door import command, doors
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.journal.models import Event
from tests.foundation.duties.makers import a_duty, an_act
from tests.people import OURS

pytestmark = pytest.mark.django_db
CASE = "case:7K3M9QXD2A"


def test_a_duty_keeps_who_what_where_and_the_act_that_opened_it(people):
    act = an_act()
    open_duty(
        act,
        door="deliberation.plan",
        about=CASE,
        code="7K3M9QXD2A",
        region=OURS,
        role="bpd_chair",
        due_on=date(2026, 12, 1),
        says="Rencanakan musyawarah tentang {title}.",
        title="Air bersih {Gintung}",
    )
    duty = Duty.objects.get()
    assert duty.sentence == "Rencanakan musyawarah tentang Air bersih {Gintung}."
    assert (duty.opened_by_act, duty.opened_at, duty.closed_at) == (act.code, act.now, None)
    assert not Event.objects.exists()


def test_the_same_duty_opened_twice_stays_one_with_the_newer_day(people):
    a_duty(about=CASE, role="bpd_chair", due_on=date(2026, 12, 1))
    a_duty(about=CASE, role="bpd_chair", due_on=date(2026, 12, 8), says="Segera.")
    assert Duty.objects.values_list("due_on", "says").get() == (date(2026, 12, 8), "Segera.")


def test_the_same_duty_of_a_person_without_a_place_stays_one(people):
    a_duty(about=CASE, person=people.kades.code)
    a_duty(about=CASE, person=people.kades.code)
    assert Duty.objects.count() == 1


def test_the_database_itself_refuses_a_second_open_row(people):
    duty = a_duty(about=CASE, role="bpd_chair")
    with pytest.raises(IntegrityError), transaction.atomic():
        duty.pk, duty.code = None, "0123456789"
        duty.save(force_insert=True)


def test_two_offices_may_owe_the_same(people):
    a_duty(about=CASE, role="bpd_chair")
    open_duty(
        an_act(), door="messages.confirm_sent", about=CASE, code="X", says="Ya.", region=OURS, role="village_head"
    )
    assert Duty.objects.count() == 2


def test_closing_names_the_act_and_lets_the_duty_be_opened_again(people):
    first = a_duty(about=CASE)
    act = an_act()
    assert close_duties(act, about=CASE, door="messages.confirm_sent") == 1
    first.refresh_from_db()
    assert (first.closed_at, first.closed_by_act) == (act.now, act.code)
    assert a_duty(about=CASE).pk != first.pk


def test_closing_without_a_door_closes_all_of_the_record_and_nothing_else(people):
    a_duty(about=CASE)
    a_duty(about=CASE, door="deliberation.plan")
    other = a_duty()
    assert close_duties(an_act(), about=CASE) == 2
    assert Duty.objects.get(closed_at=None) == other


def test_an_unknown_role_and_a_gap_in_the_sentence_are_told_at_once(people):
    with pytest.raises(ValueError, match="no role"):
        a_duty(role="kades")
    with pytest.raises(KeyError):
        a_duty(says="Rencanakan {title}.")


def test_a_duty_for_nobody_is_refused(people):
    with pytest.raises(ValueError, match="waits for somebody"):
        open_duty(an_act(), door="x.y", about=CASE, code="X", says="Ya.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(door="x.y", about=CASE, says="Ya.", opened_at=an_act().now, opened_by_act="A")


def test_an_act_that_fails_leaves_no_duty(people, monkeypatch):
    """The rows of ``api`` belong to the act's transaction."""

    @command("accounts.enrol.test")
    def fails(act):
        open_duty(act, door="x.y", about=CASE, code="X", says="Ya.", region=OURS)
        raise RuntimeError("later in the same act")

    monkeypatch.setattr("bermitra.foundation.commands.door._authorise", lambda: lambda knock: "system")
    try:
        with pytest.raises(RuntimeError, match="later in the same act"):
            fails(by=By.the_system())
    finally:
        doors.pop("accounts.enrol.test")
    assert not Duty.objects.exists()
