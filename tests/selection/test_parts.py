"""FD-04: the journal knows who drafted the terms of a call, and whoever did does not score by them."""

from __future__ import annotations

import pytest

from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.partnership.rules import one_person_one_part
from bermitra.selection.queries import DRAFTING, parts
from tests.selection import makers

pytestmark = pytest.mark.django_db


def test_who_drafted_the_call_may_sign_but_not_score(people):
    with clock.at(makers.OPENED):
        call = makers.an_open_call(people)
    drafters = set(Event.objects.filter(door__in=DRAFTING).values_list("actor", flat=True))
    assert drafters
    found = parts(call.case)
    assert found.drafters == drafters
    drafter = drafters.pop()
    assert not one_person_one_part(found.facts(drafter, "score"))
    assert one_person_one_part(found.facts(drafter, "sign"))
    assert one_person_one_part(found.facts(people.bpd.code, "sign"))
