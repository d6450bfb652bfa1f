"""Delivery follows an addendum: new duties get their days, a longer term goes on, ended duties wait for nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bermitra.agreements.models import Agreement, Amendment, Obligation
from bermitra.delivery import following, queries
from bermitra.delivery.models import Due
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from tests.delivery.makers import ENDS, a_paper, an_adopted_plan, an_agreement

pytestmark = pytest.mark.django_db(transaction=True)
HELD = datetime(2026, 8, 1, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def an_addendum(agreement: Agreement) -> Amendment:
    return Amendment.objects.create(
        agreement=agreement, number=1, kind="amendment", party="two", state="in_force", reason="Bibit.", content={},
        clauses=[], numbers=[], text_hash="d" * 64, made_on=HELD.date(), paper=a_paper(), in_force_at=HELD,
        proposed_at=HELD, proposed_by="system",
    )  # fmt: skip


def test_new_duties_get_their_days_and_ended_ones_rest(people):
    agreement = an_adopted_plan(people, an_agreement(people)).agreement
    addendum = an_addendum(agreement)
    ended = Obligation.objects.get(agreement=agreement, number=1)
    was = Due.objects.get(obligation=ended)
    Obligation.objects.filter(pk=ended.pk).update(until=addendum)
    new = Obligation.objects.create(
        agreement=agreement, number=9, party="two", kind="duty", text="menyediakan bibit", since=addendum,
        due_on=date(2026, 11, 30),
    )  # fmt: skip
    assert Duty.objects.filter(closed_at=None, about=f"due:{was.code}").exists()
    with clock.at(HELD):
        assert following.take_up_change(by=people.by("sekdes"), agreement=agreement) == 1
    assert Due.objects.get(obligation=new).due_on == date(2026, 11, 30)
    assert not Duty.objects.filter(closed_at=None, about=f"due:{was.code}").exists()
    seen = Due.objects.select_related("obligation__agreement").get(pk=was.pk)
    assert seen.stands(date(2027, 1, 1)) == "frozen"
    held = queries.promises_of(agreement, date(2026, 9, 1))
    assert (held.frozen, held.late) == (1, 0)
    with pytest.raises(NoSuchMove), clock.at(HELD):
        following.take_up_change(by=people.by("sekdes"), agreement=agreement)


def test_what_is_due_every_year_goes_on_as_long_as_the_new_term(people):
    agreement = an_adopted_plan(people, an_agreement(people)).agreement
    yearly = Obligation.objects.get(agreement=agreement, number=2)
    before = Due.objects.filter(obligation=yearly).count()
    an_addendum(agreement)
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=date(ENDS.year + 2, 12, 31))
    with clock.at(HELD):
        assert following.take_up_due_changes() == 1
    assert Due.objects.filter(obligation=yearly).count() == before + 2
    assert Due.objects.filter(obligation__number=1).count() == 1  # once is once
