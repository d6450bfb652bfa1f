"""A need is offered while a partnership that answers it is on its way, and a priority again when that comes to nothing."""

from datetime import timedelta

import pytest

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.journal.models import Event
from bermitra.needs.models import Need
from bermitra.selection import actions
from bermitra.selection.models import Call
from tests.selection import makers

pytestmark = pytest.mark.django_db


def states() -> set[str]:
    return set(Need.objects.values_list("state", flat=True))


def a_call_for_priorities(people) -> Call:
    """A draft of a call; a Musyawarah has put first what its case answers."""
    call = makers.a_call(people)
    Need.objects.update(state="priority")
    return call


def opened(people, call: Call) -> Call:
    with clock.at(makers.OPENED):
        return actions.open_call(by=people.by("kades"), call=call)


def test_an_open_call_ties_the_needs_of_its_case_and_one_that_nobody_answered_releases_them(people):
    call = opened(people, a_call_for_priorities(people))
    assert states() == {"offered"}
    with clock.at(makers.DEADLINE + timedelta(hours=1)):
        actions.close_call(by=By.the_system(), call=Call.objects.get(pk=call.pk))
    assert states() == {"priority"}
    told = Event.objects.filter(verb__in=("need.offered", "need.released")).order_by("seq")
    assert [each.verb for each in told] == ["need.offered", "need.released"]


def test_a_call_that_is_cancelled_releases_them(people):
    call = opened(people, a_call_for_priorities(people))
    with clock.at(makers.OPENED + timedelta(days=1)):
        actions.cancel_call(by=people.by("kades"), call=call, reason="Anggaran berubah.")
    assert states() == {"priority"}


def test_a_need_that_no_musyawarah_put_first_is_not_offered_by_it(people):
    makers.an_open_call(people)
    assert states() == {"submitted"}
