"""Several records of one case: their duties are closed one by one, and all with the case."""

import pytest
from django.db import connection

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.duties.queries import about_any
from tests.people import OURS

pytestmark = pytest.mark.django_db


def an_act() -> Act:
    return Act(by=By.the_system(), door="test.it", role="system", now=clock.now(), code="0123456789")


@pytest.fixture
def two_questions(people) -> Act:
    act = an_act()
    for code in ("1", "10"):  # the name of one begins with that of the other
        open_duty(
            act, door="selection.answer_question", about=f"question:{code}", belongs_to="case:A", code=code,
            says="Jawab.", region=OURS,
        )  # fmt: skip
    open_duty(act, door="selection.answer_question", about="case:A", code="A", says="Jawab.", region=OURS)
    return act


def left() -> list[str]:
    return sorted(Duty.objects.filter(closed_at=None).values_list("about", flat=True))


def test_one_record_is_done_and_its_neighbours_still_wait(two_questions):
    assert close_duties(two_questions, about="question:1") == 1
    assert left() == ["case:A", "question:10"]


def test_the_end_of_the_case_is_the_end_of_all(two_questions):
    assert close_duties(two_questions, about="case:A") == 3
    assert left() == []


def test_another_door_of_the_case_stays(two_questions):
    assert close_duties(two_questions, about="case:A", door="selection.open_call") == 0
    assert len(left()) == 3


def test_no_index_is_missing_for_the_duties_of_a_record(db):
    """SQLite says the plan it would take; PostgreSQL reads a small table whole, so there the index need only be there."""
    if connection.vendor == "sqlite":
        plan = Duty.objects.filter(about_any(["case:A"])).explain()
        assert "SCAN duties_duty" not in plan
        assert "duty_by_record_around" in plan
    else:
        with connection.cursor() as cursor:
            assert "duty_by_record_around" in connection.introspection.get_constraints(cursor, Duty._meta.db_table)
