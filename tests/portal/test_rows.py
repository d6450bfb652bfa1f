"""Lists as columns, and queries whose SQL is worked out once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import OuterRef

from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import Region
from bermitra.portal import calls, partnership_rows, rivals, villages
from bermitra.portal.rows import Rows, Worked, day, first, inner, instant
from tests.people import FOREIGN, OURS

pytestmark = pytest.mark.django_db


def build(code):
    below = Region.objects.filter(parent=OuterRef("pk")).order_by("-code")
    return Region.objects.filter(pk=code).annotate(below=Rows(below, code="code", above="parent__name"))


def test_rows_come_in_their_order_with_the_record(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        place = build("33.04.19").get()
        assert [row["code"] for row in place.below] == ["33.04.19.2002", OURS]
        assert place.below[0]["above"] == "Pandanarum"
    assert not build(OURS).get().below


def test_a_query_is_worked_out_once_and_answers_every_code(people, django_assert_num_queries):
    built = []

    def counted(code):
        built.append(code)
        return build(code)

    worked = Worked(counted)
    for code, name in ((OURS, "Pandanarum"), (FOREIGN, "Bestala"), ("33.04", "Kabupaten Banjarnegara")):
        with django_assert_num_queries(1):
            assert worked.first(code).name == name
    assert worked.first("99.99") is None
    assert worked.first("' OR 1=1 --") is None
    assert built == [Worked.PLACE]


WORKED = {
    f"{module.__name__}.{name}": worked
    for module in (calls, partnership_rows, rivals, villages)
    for name, worked in vars(module).items()
    if isinstance(worked, Worked)
}


@pytest.mark.parametrize("name", sorted(WORKED))
def test_what_is_worked_out_once_holds_no_moment(name):
    """A server runs for weeks: a statement with the day of its first visitor in it would tell old news to all others."""

    def worked_out_at(moment):
        with clock.at(moment):
            return WORKED[name].build(Worked.PLACE).query.get_compiler(connection=connection).as_sql()

    assert worked_out_at(datetime(2026, 3, 2, tzinfo=UTC)) == worked_out_at(datetime(2027, 8, 9, 12, tzinfo=UTC))


def test_every_page_of_this_kind_is_among_them():
    assert len(WORKED) == 5


def test_many_threads_ask_it_at_once_and_each_gets_its_own(real_transactions, people):
    worked = Worked(build)

    def ask(number):
        code = (OURS, FOREIGN)[number % 2]
        try:
            return worked.first(code).code == code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(ask, range(40)))


def test_what_comes_as_text_is_read():
    assert day("2026-03-02").isoformat() == "2026-03-02"
    assert instant("2026-03-02 02:00:00").isoformat() == instant("2026-03-02T02:00:00+00:00").isoformat()
    assert day(None) is instant("") is first(None) is first([]) is None
    assert inner('{"a": 1}') == inner({"a": 1}) == {"a": 1}
