"""The one door: exactly once, all or nothing, nested acts as one."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import OperationalError

from bermitra.foundation.accounts import actions, permissions
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands import door as door_module
from bermitra.foundation.commands.act import Act, By
from bermitra.foundation.commands.asked import Secret, fingerprint
from bermitra.foundation.commands.door import command, doors
from bermitra.foundation.commands.errors import KeyMissing, KeyUsedOtherwise, NotAllowed
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.commands.permits import Scope, act
from bermitra.foundation.journal.models import Event
from bermitra.foundation.people import actions as offices
from tests.people import OURS, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_door(monkeypatch):
    """Hang a door that only this test has."""
    rows = dict(permissions.table())
    monkeypatch.setattr(permissions, "table", lambda: rows)
    made = []

    def hang(name, within=()):
        rows[name] = act(name, system=Scope.ANY, within=within)
        made.append(name)
        return command(name)

    yield hang
    for name in made:
        doors.pop(name, None)


def letter(people, key="k1", reason="password") -> AccessLetter:
    return actions.issue_letter(by=people.by("dinas", key), person=people.sekdes, reason=reason)


def test_a_repeated_request_has_one_effect_and_one_answer(people):
    first = letter(people)
    assert letter(people) == first
    assert (AccessLetter.objects.count(), Event.objects.count(), DoneAct.objects.count()) == (1, 1, 1)


def test_the_same_key_with_other_content_is_refused(people):
    letter(people)
    with pytest.raises(KeyUsedOtherwise):
        letter(people, reason="phone")
    with pytest.raises(KeyUsedOtherwise):
        offices.end_appointment(by=people.by("dinas", "k1"), appointment=Appointment.objects.first())


def test_the_same_key_of_another_person_is_another_key(people):
    letter(people)
    other = actions.issue_letter(by=people.by("dinas.asing", "k1"), person=people.kades_asing, reason="phone")
    assert other.person == people.kades_asing


def test_no_key_no_act(people):
    with pytest.raises(KeyMissing):
        actions.issue_letter(by=By(person=people.dinas), person=people.sekdes, reason="phone")


def test_a_refused_knock_changes_nothing(people):
    with pytest.raises(NotAllowed):
        actions.issue_letter(by=people.by("kades"), person=people.sekdes, reason="phone")
    assert not AccessLetter.objects.exists()
    assert not DoneAct.objects.exists()
    assert not Event.objects.exists()


def test_a_door_without_a_row_stays_shut(people, new_door, monkeypatch):
    @new_door("test.shut")
    def shut(act: Act) -> None:
        act.log("never", people.kades)

    monkeypatch.setattr(permissions, "table", dict)
    with pytest.raises(NotAllowed):
        shut(by=By.the_system())


def test_an_act_that_leaves_no_line_is_an_error_and_undone(people, new_door):
    @new_door("test.silent")
    def silent(act: Act) -> None:
        Person.objects.filter(pk=people.kades.pk).update(full_name="Lain")

    with pytest.raises(RuntimeError, match="no line"):
        silent(by=By.the_system())
    assert Person.objects.get(pk=people.kades.pk).full_name == "Sutrisno Hadi"


def test_an_inner_act_joins_the_outer_one(people, new_door):
    @new_door("test.inner", within=("test.outer",))
    def inner(act: Act, *, word: str) -> None:
        act.log(f"inner.{word}", people.kades)

    @new_door("test.outer")
    def outer(act: Act) -> None:
        act.log("outer.began", people.kades)
        inner(by=act, word="one")
        inner(by=act, word="two")

    outer(by=By.the_system("k"))
    outer(by=By.the_system("k"))
    lines = list(Event.objects.order_by("seq"))
    assert [line.verb for line in lines] == ["outer.began", "inner.one", "inner.two"]
    assert {(line.act, line.door) for line in lines} == {(lines[0].act, "test.outer")}
    assert DoneAct.objects.count() == 1


def test_an_inner_refusal_undoes_everything(people, new_door):
    @new_door("test.fails", within=("test.tries",))
    def fails(act: Act) -> None:
        raise NotAllowed("test.fails", "nobody")

    @new_door("test.tries")
    def tries(act: Act) -> None:
        act.log("tried", people.kades)
        Person.objects.filter(pk=people.kades.pk).update(full_name="Lain")
        fails(by=act)

    with pytest.raises(NotAllowed):
        tries(by=By.the_system("k"))
    assert Person.objects.get(pk=people.kades.pk).full_name == "Sutrisno Hadi"
    assert not DoneAct.objects.exists()


def test_an_inner_door_opens_only_within_the_acts_it_names(people, new_door):
    @new_door("test.stranger")
    def stranger(act: Act) -> None:
        act.log("came in", people.kades)
        actions.issue_letter(by=act, person=people.sekdes, reason="phone")

    with pytest.raises(NotAllowed):
        stranger(by=By.the_system())


def test_what_comes_after_the_commit_cannot_undo_it(people, new_door, caplog):
    called = []

    @new_door("test.after")
    def after(act: Act) -> None:
        act.log("done", people.kades)
        act.after(lambda: called.append(Event.objects.count()))
        act.after(lambda: 1 / 0)

    after(by=By.the_system())
    assert called == [1]
    assert Event.objects.count() == 1
    assert "after test.after" in caplog.text


def test_a_locked_database_is_tried_again(people, monkeypatch):
    real, failures = door_module._carry_out, [OperationalError("database is locked")] * 2

    def stumbling(*args):
        if failures:
            raise failures.pop()
        return real(*args)

    monkeypatch.setattr(door_module, "_carry_out", stumbling)
    assert letter(people).reason == "password"


def test_what_is_tried_again_counts_from_the_moment_it_came(people, monkeypatch):
    """Else a proposal that came in time would be late because the database was busy."""
    real, came = door_module._carry_out, datetime(2026, 3, 23, 7, 59, 59, tzinfo=UTC)
    failures = [OperationalError("database is locked")]
    with ExitStack() as clocks:

        def stumbling(*args):
            if failures:
                clocks.enter_context(clock.at(came + timedelta(minutes=1)))
                raise failures.pop()
            return real(*args)

        monkeypatch.setattr(door_module, "_carry_out", stumbling)
        clocks.enter_context(clock.at(came))
        letter(people)
    assert DoneAct.objects.get().at == came


def test_a_database_that_stays_locked_is_told(people, monkeypatch):
    def locked(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(door_module, "_carry_out", locked)
    with pytest.raises(OperationalError):
        letter(people)


@dataclass(frozen=True)
class Thing:
    size: int
    word: str


def test_the_fingerprint_counts_all_that_was_asked_but_secrets(people):
    one = {"a": 1, "day": date(2024, 1, 1), "who": people.kades, "share": Fraction(2, 3), "thing": Thing(1, "x")}
    assert fingerprint("d", one) == fingerprint("d", dict(reversed(one.items())))
    assert fingerprint("d", one) != fingerprint("e", one)
    assert fingerprint("d", one) != fingerprint("d", one | {"thing": Thing(2, "x")})
    assert fingerprint("d", {"s": Secret("a")}) == fingerprint("d", {"s": Secret("b")})
    assert "kunci" not in repr(Secret("kunci"))
    with pytest.raises(TypeError):
        fingerprint("d", {"f": 1.5})


def test_the_house_knows_its_places(people):
    assert place(OURS).reach().village == OURS
    assert place(OURS).reach().regency == "33.04"
    assert place("33.04").reach().village == ""
