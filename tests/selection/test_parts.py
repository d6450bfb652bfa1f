"""FD-04: the journal knows who drafted the terms of a call, and whoever did does not score by them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Refused
from bermitra.partnership.rules import one_person_one_part
from bermitra.selection import actions
from bermitra.selection.models import Proposal, Score
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


def test_who_proposed_does_not_score_in_a_further_round(people):
    call = makers.a_candidate(people)
    with clock.at(makers.AFTER + timedelta(days=3)):
        filed = actions.file_objection(by=people.by("warga"), call=call, text="Nilai lingkungan keliru.")
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
        actions.uphold_objection(by=people.by("bpd"), objection=filed, answer="Benar, berkas kedua belum dibaca.")
        actions.reopen_scoring(by=people.by("bpd"), call=call, reason="Sanggahan diterima.")
        actions.release_panelist(by=people.by("kades"), call=call, person=people.lksd, reason="Menjadi penilai.")
        actions.appoint_panel(by=people.by("kades"), call=call, person=people.lksd, seat="coop_unit", decree="06/2026")
        with pytest.raises(Refused) as refused:
            makers.scored(people, call, Proposal.objects.get(), who=("lksd",))
    assert refused.value.codes == ("FD-04",)
    assert not Score.objects.filter(panelist__person=people.lksd).exists()
