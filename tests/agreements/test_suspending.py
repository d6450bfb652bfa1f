"""An agreement rests: asked for and agreed to by both, bounded, and its days move as both agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bermitra.agreements.changing import actions, rules
from bermitra.agreements.changing.rules import SuspensionFacts
from bermitra.agreements.models import Agreement, Suspension
from bermitra.delivery import following
from bermitra.delivery import queries as delivery_queries
from bermitra.delivery.models import Due
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from tests.delivery.makers import an_adopted_plan, an_agreement
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = datetime(2026, 3, 10, 3, tzinfo=UTC)
FLOOD = date(2026, 3, 2)
FACTS = SuspensionFacts(
    "force_majeure", FLOOD, date(2026, 3, 10), 14, date(2026, 6, 30), date(2026, 9, 10), 2, date.max
)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


@pytest.mark.parametrize(
    "change",
    [
        {"cause": "malas"},
        {"happened_on": date(2026, 2, 20)},
        {"happened_on": date(2026, 3, 11)},
        {"until": date(2026, 9, 11)},
        {"until": date(2026, 3, 10)},
        {"frozen": 0},
    ],
)
def test_AG_36_suspension_bounded(change):
    assert rules.suspension_bounded(FACTS)
    assert not rules.suspension_bounded(replace(FACTS, **change))


@pytest.mark.parametrize("latest", [date(2026, 6, 29), date(2025, 1, 1)])
def test_AG_77_rests_bounded_in_all(latest):
    assert rules.rests_bounded_in_all(FACTS)
    assert not rules.rests_bounded_in_all(replace(FACTS, latest_in_all=latest))


@pytest.mark.parametrize(
    ("ready", "caused_by", "goes_on"),
    [
        ({"one", "two"}, "", True), ({"one", "two"}, "two", True), ({"one"}, "two", True), ({"two"}, "one", True),
        ({"two"}, "two", False), ({"one"}, "", False), ({"two"}, "", False), (set(), "two", False),
    ],
)  # fmt: skip
def test_AG_78_goes_on_by_who_did_not_cause(ready, caused_by, goes_on):
    assert rules.goes_on_by_who_did_not_cause(rules.GoingOnFacts(frozenset(ready), caused_by)) is goes_on


def asked_for(people: People, agreement: Agreement, who: str = "mitra.direktur", **other: object) -> Suspension:
    given = {
        "cause": "force_majeure", "happened_on": FLOOD, "reason": "Lereng longsor.", "until": date(2026, 6, 30),
        "moves_dues": True, **other,
    }  # fmt: skip
    with clock.at(ASKED):
        return actions.propose_suspension(by=people.by(who), agreement=agreement, **given)


def resting(people: People, agreement: Agreement, **other: object) -> Suspension:
    suspension = asked_for(people, agreement, **other)
    with clock.at(ASKED):
        return actions.suspend(by=people.by("kades"), suspension=suspension)


def test_one_side_asks_and_the_other_agrees(people):
    agreement = an_agreement(people)
    suspension = asked_for(people, agreement)
    assert Agreement.objects.get().state == "in_force"
    with pytest.raises(NoSuchMove), clock.at(ASKED):  # who asked does not answer himself
        actions.suspend(by=people.by("mitra.direktur"), suspension=suspension)
    with clock.at(ASKED):
        actions.suspend(by=people.by("kades"), suspension=suspension)
    agreement = Agreement.objects.get()
    assert agreement.state == "suspended" and agreement.case.state == "suspended"
    assert [row["text"] for row in suspension.frozen] == ["menyediakan petak contoh", "mendampingi petani"]
    waiting = Duty.objects.filter(closed_at=None, door="agreements.resume")
    assert {each.role for each in waiting} == {"village_head", "partner_signatory"}
    assert {each.due_on for each in waiting} == {date(2026, 6, 30)}


def test_too_long_and_too_late_is_refused_and_nothing_is_written(people):
    agreement = an_agreement(people)
    with pytest.raises(Refused, match="AG-36"):
        asked_for(people, agreement, until=date(2026, 12, 31))
    with pytest.raises(Refused, match="AG-36"):
        asked_for(people, agreement, happened_on=date(2026, 1, 2))
    assert not Suspension.objects.exists()


def test_only_one_is_asked_for_at_a_time(people):
    agreement = an_agreement(people)
    asked_for(people, agreement)
    with pytest.raises(NoSuchMove):
        asked_for(people, agreement, who="kades")


def test_a_refusal_leaves_it_running_and_says_why(people):
    suspension = asked_for(people, an_agreement(people))
    actions.refuse_suspension(by=people.by("kades"), suspension=suspension, reason="Kebun lain masih bisa dikerjakan.")
    assert Agreement.objects.get().state == "in_force"
    assert Suspension.objects.get().answer == "Kebun lain masih bisa dikerjakan."


def test_nothing_falls_due_while_it_rests_and_the_days_move_afterwards(people):
    agreement = an_adopted_plan(people, an_agreement(people)).agreement
    before = list(Due.objects.order_by("pk").values_list("due_on", flat=True))
    suspension = resting(people, agreement, caused_by="one")
    held = delivery_queries.promises_of(Agreement.objects.get(), date(2026, 12, 1))
    assert (held.late, held.frozen) == (0, held.total)
    with clock.at(ASKED + timedelta(days=30)):
        actions.resume(by=people.by("mitra.direktur"), suspension=Suspension.objects.get(pk=suspension.pk))
        moved = following.take_up_change(by=people.by("sekdes"), agreement=Agreement.objects.get())
    after = list(Due.objects.order_by("pk").values_list("due_on", flat=True))
    last = date(2028, 12, 31)
    assert after == [min(day + timedelta(days=30), last) for day in before]
    assert moved == sum(was != now for was, now in zip(before, after, strict=True))
    with pytest.raises(NoSuchMove):  # once
        following.take_up_change(by=people.by("sekdes"), agreement=Agreement.objects.get())


def test_days_stay_where_both_agreed_so(people):
    agreement = an_adopted_plan(people, an_agreement(people)).agreement
    before = list(Due.objects.order_by("pk").values_list("due_on", flat=True))
    suspension = resting(people, agreement, moves_dues=False, caused_by="two")
    with clock.at(ASKED + timedelta(days=30)):
        actions.resume(by=people.by("kades"), suspension=suspension)
        assert following.take_up_due_changes() == 1
    assert list(Due.objects.order_by("pk").values_list("due_on", flat=True)) == before


def test_it_goes_on_by_itself_after_the_last_day(people):
    resting(people, an_agreement(people))
    assert actions.resume_due(date(2026, 6, 30)) == 0
    with clock.at(datetime(2026, 7, 1, 3, tzinfo=UTC)):
        assert actions.resume_due(date(2026, 7, 1)) == 1
    assert Agreement.objects.get().state == "in_force"
    assert Suspension.objects.get().state == "over"


def test_exactly_one_of_two_who_end_a_rest_wins(people):
    suspension = resting(people, an_agreement(people), caused_by="two")
    first, second = Suspension.objects.get(), Suspension.objects.get()
    with clock.at(ASKED + timedelta(days=3)):
        actions.resume(by=people.by("kades"), suspension=first)
        with pytest.raises(NoSuchMove):
            actions.resume(by=By.the_system(), suspension=second)
    assert Suspension.objects.get(pk=suspension.pk).state == "over"


def test_a_rest_that_came_from_outside_ends_early_when_both_say_so(people):
    suspension = resting(people, an_agreement(people))
    with clock.at(ASKED + timedelta(days=3)):
        actions.resume(by=people.by("mitra.direktur"), suspension=suspension, how="Jalan terbuka.")
        assert Agreement.objects.get().state == "suspended"
        with pytest.raises(NoSuchMove):  # its word is there already
            actions.resume(by=people.by("mitra.direktur"), suspension=Suspension.objects.get())
        waiting = Duty.objects.filter(closed_at=None, door="agreements.resume")
        assert [each.role for each in waiting] == ["village_head"]
        actions.resume(by=people.by("kades"), suspension=Suspension.objects.get())
    held = Suspension.objects.get()
    assert (held.state, held.answer, Agreement.objects.get().state) == ("over", "Jalan terbuka.", "in_force")


def test_who_caused_a_rest_does_not_end_it_alone_and_want_of_money_is_the_partners(people):
    suspension = resting(people, an_agreement(people), cause="partner_finance", caused_by="one")
    assert suspension.caused_by == "two"
    with clock.at(ASKED + timedelta(days=3)):
        actions.resume(by=people.by("mitra.direktur"), suspension=suspension)
        assert Suspension.objects.get().state == "resting"
    assert actions.resume_due(date(2026, 7, 1)) == 1  # its last day passes all the same


def test_rests_one_after_the_other_reach_an_end_as_well(people):
    agreement = an_agreement(people)
    Suspension.objects.create(
        agreement=agreement, party="two", cause="audit", happened_on=date(2025, 3, 1), until=date(2025, 12, 20),
        state="over", began_on=date(2025, 3, 10), ended_on=date(2025, 12, 20), proposed_at=ASKED, proposed_by="X",
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        asked_for(people, agreement, until=date(2026, 6, 30))
    assert refused.value.codes == ("AG-77",)
    assert "12 bulan" in refused.value.findings[0].rule.says.format(**refused.value.findings[0].numbers)
    assert asked_for(people, agreement, until=date(2026, 5, 20)).state == "proposed"
