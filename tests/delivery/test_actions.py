"""A plan of both sides, promises that are shown and checked, a book that is never changed, and trainings without favourites."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from bermitra.agreements.models import Agreement, FundingLine
from bermitra.deliberation.consent import actions as consents
from bermitra.delivery import actions, draw, queries
from bermitra.delivery.models import Activity, Check, Due, Evidence, KeptTotal, LedgerEntry, LedgerLine
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case
from tests.deliberation.makers import a_given_consent, with_invitees
from tests.delivery import makers
from tests.delivery.makers import (
    a_plan,
    a_receipt,
    a_training,
    a_whole_plan,
    an_activity,
    an_adopted_plan,
    an_agreement,
    an_annex,
    announcement,
    line,
    money_in,
    resident,
)
from tests.partnership.makers import a_partner

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 1, 3, tzinfo=UTC)
SEED = {"seed": "3152664123541126", "means": "dadu", "witness_one": "Paijo", "witness_two": "Sarinem"}


@pytest.fixture(autouse=True)
def _in_march(people):
    with clock.at(MARCH):
        yield


def refused(call, *words, **given) -> tuple[str, ...]:
    """The codes an act is refused with, having changed nothing."""
    before = (Event.objects.count(), DoneAct.objects.count())
    with pytest.raises(Refused) as why:
        call(*words, **given)
    assert (Event.objects.count(), DoneAct.objects.count()) == before
    return why.value.codes


def again(entry: LedgerEntry) -> LedgerEntry:
    return LedgerEntry.objects.get(pk=entry.pk)


def waited_for(door: str) -> list[str]:
    return sorted(Duty.objects.filter(OPEN, door=door).values_list("role", flat=True))


# The plan ------------------------------------------------------------------------------------------------------------


def test_a_plan_begins_from_the_table_that_was_signed(people) -> None:
    agreement = an_agreement(people)
    an_annex(agreement)
    first, second = a_plan(people, agreement).activities.order_by("number")
    assert (first.title, first.target, first.unit, first.lead_village) == (
        "menyediakan petak contoh",
        2,
        "petak",
        "Pandanarum",
    )
    assert (first.starts, first.ends) == (date(2026, 1, 1), date(2026, 6, 30))  # kept inside the term
    assert [each.number for each in first.obligations.all()] == [1]
    assert (second.target, second.unit, second.output) == (1, "kali", "1,5 ha")
    assert second.lead_partner == agreement.partner.name


def test_there_is_one_plan_of_an_agreement(people) -> None:
    plan = a_plan(people)
    with pytest.raises(NoSuchMove):
        a_plan(people, plan.agreement)
    assert waited_for("delivery.adopt_plan") == ["partner_signatory", "village_head"]


def test_a_plan_counts_once_both_sides_adopted_the_same(people) -> None:
    plan = a_whole_plan(people)
    makers.adopted(people, "kades", plan)
    assert not Due.objects.exists()
    assert waited_for("delivery.adopt_plan") == ["partner_signatory"]
    made = makers.adopted(people, "mitra.direktur", plan)
    assert made.state == "adopted"
    days = list(queries.dues_of(plan.agreement).values_list("obligation__number", "due_on", "state"))
    assert days == [(1, date(2026, 6, 30), "open"), (2, date(2027, 1, 1), "open"), (2, date(2028, 1, 1), "open")]
    assert waited_for("delivery.submit_evidence") == [
        "partner_rep",
        "village_secretary",
    ]  # of each duty only the next day


def test_a_plan_that_changed_between_the_two_is_adopted_again(people) -> None:
    plan = a_whole_plan(people)
    makers.adopted(people, "kades", plan)
    first = plan.activities.first()
    actions.fund_activity(by=people.by("mitra"), activity=first, cost=25_000_000, funding={1: 25_000_000})
    makers.adopted(people, "mitra.direktur", plan)
    plan.refresh_from_db()
    assert plan.state == "draft"
    assert makers.adopted(people, "kades", plan).state == "adopted"


def test_one_side_adopts_the_same_plan_once(people) -> None:
    plan = a_whole_plan(people)
    makers.adopted(people, "kades", plan)
    with pytest.raises(NoSuchMove):
        makers.adopted(people, "kades", plan)


def test_a_plan_with_holes_is_not_adopted_and_all_holes_are_named(people) -> None:
    plan = a_plan(people)
    an_activity(people, plan, cost=5_000_000, funding={1: 4_000_000})
    Activity.objects.update(lasting=True, ends=date(2030, 1, 1))
    codes = refused(makers.adopted, people, "kades", plan)
    assert codes == ("DV-01", "DV-02", "DV-03", "DV-04", "DV-05", "DV-06")


def test_activities_that_wait_for_each_other_are_a_circle(people) -> None:
    plan = a_whole_plan(people)
    one, two = plan.activities.all()
    Activity.objects.filter(pk=one.pk).update(predecessor=two)
    Activity.objects.filter(pk=two.pk).update(predecessor=one)
    assert refused(makers.adopted, people, "kades", plan) == ("DV-04",)


def test_nothing_is_planned_before_the_agreement_is_in_force(people) -> None:
    agreement = an_agreement(people, state="locked")
    assert refused(actions.draft_plan, by=people.by("sekdes"), agreement=agreement) == ("DV-21",)


def test_an_adopted_plan_is_written_no_more(people) -> None:
    plan = an_adopted_plan(people)
    for call, given in (
        (actions.drop_activity, {"activity": plan.activities.first()}),
        (actions.record_plan_meeting, {"plan": plan, "on": date(2026, 2, 2), "at": "Balai", "men": 1, "women": 1}),
    ):
        with pytest.raises(NoSuchMove):
            call(by=people.by("sekdes"), **given)


def test_a_dropped_activity_leaves_nobody_waiting_for_it(people) -> None:
    plan = a_whole_plan(people)
    one, two = plan.activities.all()
    Activity.objects.filter(pk=two.pk).update(predecessor=one)
    actions.drop_activity(by=people.by("operator"), activity=one)
    left = plan.activities.get()
    assert (left.pk, left.predecessor) == (two.pk, None)


def test_who_adopts_and_who_does_not(people) -> None:
    plan = a_whole_plan(people)
    for name in ("sekdes", "operator", "dinas", "kades.asing", "mitra"):
        with pytest.raises(NotAllowed):
            makers.adopted(people, name, plan)
    with pytest.raises(StepUpNeeded):
        actions.adopt_plan(by=By(person=people.kades, key="k"), plan=plan, seen=queries.plan_hash(plan))


def test_a_plan_that_was_changed_since_it_was_read_is_not_adopted(people) -> None:
    plan = a_whole_plan(people)
    read = queries.plan_hash(plan)
    an_activity(people, plan, 1, title="Kegiatan tambahan")
    assert refused(actions.adopt_plan, by=people.by("kades"), plan=plan, seen=read) == ("DV-30",)
    assert not plan.adoptions.exists()


def test_progress_weighs_activities_by_their_cost_and_the_newest_note_counts(people) -> None:
    plan = an_adopted_plan(people)  # 30 and 50 million
    one, two = plan.activities.all()
    actions.record_progress(by=people.by("sekdes"), activity=one, percent=20, on=date(2026, 2, 1))
    actions.record_progress(by=people.by("mitra"), activity=one, percent=100, done=2, on=date(2026, 2, 20))
    actions.record_progress(by=people.by("mitra"), activity=two, percent=50, on=date(2026, 2, 20))
    found = queries.progress_of(plan.agreement)
    assert (found.percent, found.finished) == (68, 1)  # (30 × 100 + 50 × 50) / 80 = 68,75
    assert [each.percent for each in found.activities] == [100, 50]


# Promises ------------------------------------------------------------------------------------------------------------


def _due(plan, number: int) -> Due:
    return queries.dues_of(plan.agreement).filter(obligation__number=number)[0]


def test_a_promise_is_kept_when_the_other_side_says_so(people) -> None:
    plan = an_adopted_plan(people)
    due = _due(plan, 2)
    actions.submit_evidence(
        by=people.by("mitra"), due=due, text="336 jam, daftar hadir terlampir", file=a_receipt("hadir")
    )
    assert waited_for("delivery.verify_evidence") == ["village_secretary"]
    with pytest.raises(NotAllowed):
        actions.verify_evidence(by=people.by("kades"), due=due)
    actions.verify_evidence(by=people.by("anggota.bpd"), due=due)
    due.refresh_from_db()
    assert due.state == "met"
    assert Check.objects.get().house == "village"
    assert Duty.objects.filter(OPEN, door="delivery.submit_evidence", due_on=date(2028, 1, 1)).exists()  # the next one


def test_nobody_checks_his_own_evidence(people) -> None:
    plan = an_adopted_plan(people)
    due = _due(plan, 2)
    actions.submit_evidence(by=people.by("mitra"), due=due, text="Sudah")
    assert refused(actions.verify_evidence, by=people.by("mitra"), due=due) == ("DV-14",)


def test_nobody_shows_what_the_other_side_promised(people) -> None:
    plan = an_adopted_plan(people)
    assert refused(actions.submit_evidence, by=people.by("sekdes"), due=_due(plan, 2), text="Sudah") == ("DV-27",)
    assert refused(actions.submit_evidence, by=people.by("mitra"), due=_due(plan, 1), text="Sudah") == ("DV-27",)


def test_returned_evidence_may_be_handed_in_again(people) -> None:
    plan = an_adopted_plan(people)
    due = _due(plan, 1)
    actions.submit_evidence(by=people.by("operator"), due=due, text="Petak siap")
    actions.return_evidence(by=people.by("mitra"), due=due, text="Foto belum ada")
    due.refresh_from_db()
    assert due.state == "open"
    actions.submit_evidence(by=people.by("operator"), due=due, text="Petak siap, foto terlampir")
    actions.verify_evidence(by=people.by("mitra"), due=due)
    assert Evidence.objects.filter(due=due).count() == 2


def test_promises_are_counted_on_the_day_one_looks(people) -> None:
    plan = an_adopted_plan(people)
    actions.submit_evidence(by=people.by("mitra"), due=_due(plan, 2), text="Sudah")
    actions.verify_evidence(by=people.by("sekdes"), due=_due(plan, 2))
    now, later = (queries.promises_of(plan.agreement, day) for day in (date(2026, 3, 1), date(2026, 7, 1)))
    assert (now.total, now.kept, now.running, now.late) == (3, 1, 2, 0)
    assert (later.kept, later.running, later.late) == (1, 1, 1)
    Agreement.objects.update(state="locked")
    plan.agreement.refresh_from_db()
    held = queries.promises_of(plan.agreement, date(2026, 7, 1))
    assert (held.late, held.frozen) == (0, 2)


# Money ---------------------------------------------------------------------------------------------------------------


def _sums(agreement) -> tuple[int, int, int]:
    money = queries.money_of(agreement)
    return money.received, money.spent, money.shared


def test_small_money_is_posted_at_once_and_balances(people) -> None:
    agreement = an_agreement(people)
    entry = actions.post_entry(by=people.by("bendahara"), **money_in(agreement))
    assert entry.state == "posted"
    assert set(entry.lines.values_list("account", "debit", "credit")) == {
        ("kas:rkd", 5_000_000, 0),
        ("sumber:1", 0, 5_000_000),
    }
    assert _sums(agreement) == (5_000_000, 0, 0)


def test_large_money_waits_for_a_second_person_and_counts_only_then(people) -> None:
    agreement = an_agreement(people)
    assert refused(actions.post_entry, by=people.by("bendahara"), **money_in(agreement, 10_000_000)) == ("DV-11",)
    entry = actions.propose_entry(by=people.by("bendahara"), **money_in(agreement, 45_000_000))
    assert (entry.state, _sums(agreement)) == ("pending", (0, 0, 0))
    assert refused(actions.confirm_entry, by=people.by("bendahara"), entry=entry) == ("DV-23",)
    actions.confirm_entry(by=people.by("sekdes"), entry=entry)
    assert _sums(agreement) == (45_000_000, 0, 0)
    with pytest.raises(NoSuchMove):
        actions.confirm_entry(by=people.by("sekdes"), entry=LedgerEntry.objects.get())


def test_the_treasurer_confirms_what_the_clerk_typed(people) -> None:
    agreement = an_agreement(people)
    with pytest.raises(NotAllowed):
        actions.post_entry(by=people.by("operator"), **money_in(agreement))
    entry = actions.propose_entry(by=people.by("operator"), **money_in(agreement))
    actions.confirm_entry(by=people.by("bendahara"), entry=entry)
    assert _sums(agreement) == (5_000_000, 0, 0)


def test_the_regency_sets_what_is_large(people) -> None:
    agreement = an_agreement(people)
    RegencyNorm.objects.create(
        regency_id="33.04", name="large_entry_rupiah", value=1_000_000, basis="Perbup", effective_from=date(2026, 1, 1),
        set_at=clock.now(),
    )  # fmt: skip
    assert refused(actions.post_entry, by=people.by("bendahara"), **money_in(agreement)) == ("DV-11",)


def test_a_refused_entry_stays_crossed_out_and_its_receipt_is_free_again(people) -> None:
    agreement = an_agreement(people)
    entry = actions.propose_entry(by=people.by("operator"), **money_in(agreement))
    actions.refuse_entry(by=people.by("sekdes"), entry=entry, reason="Kuitansi tidak terbaca")
    assert (LedgerEntry.objects.get().state, _sums(agreement)) == ("refused", (0, 0, 0))
    assert Notice.objects.get().person == people.operator.code
    actions.post_entry(by=people.by("bendahara"), **money_in(agreement))


def test_a_receipt_counts_once_by_file_and_by_number(people) -> None:
    agreement = an_agreement(people)
    actions.post_entry(by=people.by("bendahara"), **money_in(agreement, receipt_number="KW-1"))
    assert refused(actions.post_entry, by=people.by("bendahara"), **money_in(agreement)) == ("DV-10",)
    again = money_in(agreement, receipt="salinan", receipt_number="kw-1")
    assert refused(actions.post_entry, by=people.by("bendahara"), **again) == ("DV-10",)
    assert refused(actions.post_entry, by=people.by("bendahara"), **{**money_in(agreement), "receipt": None}) == (
        "DV-10",
    )


def test_money_into_the_village_account_carries_a_budget_code(people) -> None:
    agreement = an_agreement(people)
    assert refused(actions.post_entry, by=people.by("bendahara"), **money_in(agreement, budget_code="9.9.9")) == (
        "DV-07",
    )


def test_each_side_writes_of_its_own_cash(people) -> None:
    agreement = an_agreement(people)
    partners = {"line": line(agreement, 2), "budget_code": ""}
    assert refused(actions.post_entry, by=people.by("mitra"), **money_in(agreement)) == ("DV-22",)
    assert refused(actions.post_entry, by=people.by("bendahara"), **money_in(agreement, **partners)) == ("DV-22",)
    actions.post_entry(by=people.by("mitra"), **money_in(agreement, **partners))
    assert LedgerLine.objects.filter(account="kas:mitra", debit=5_000_000).exists()


def test_spending_goods_and_shares_have_their_accounts(people) -> None:
    plan = an_adopted_plan(people)
    agreement, activity = plan.agreement, plan.activities.first()
    for number, given in enumerate(
        (
            {"kind": "receipt"},
            {"kind": "spending", "activity": activity, "budget_code": "", "amount": 2_000_000},
            {
                "kind": "in_kind",
                "activity": activity,
                "line": line(agreement, 3),
                "budget_code": "",
                "amount": 1_000_000,
            },
            {"kind": "share", "line": None, "amount": 700_000},
        )
    ):
        actions.post_entry(by=people.by("bendahara"), **money_in(agreement, receipt=f"bukti {number}", **given))
    use = f"guna:{activity.code}"
    pairs = [
        tuple(e.lines.order_by("-debit").values_list("account", flat=True))
        for e in LedgerEntry.objects.order_by("number")
    ]
    assert pairs == [("kas:rkd", "sumber:1"), (use, "kas:rkd"), (use, "sumber:3"), ("kas:rkd", "bagi:desa")]
    assert _sums(agreement) == (6_000_000, 3_000_000, 700_000)
    assert queries.spent_by_activity(agreement) == {activity.pk: 3_000_000}


def test_no_money_moves_while_those_whose_land_it_is_have_not_agreed(people) -> None:
    agreement = an_agreement(people)
    entry = actions.propose_entry(by=people.by("operator"), **money_in(agreement, receipt="lain"))
    Case.objects.update(consent_needed=True)
    assert refused(actions.post_entry, by=people.by("bendahara"), **money_in(agreement)) == ("AG-16",)
    assert refused(actions.confirm_entry, by=people.by("sekdes"), entry=entry) == ("AG-16",)


def test_law_AG16_no_money_before_those_touched_agreed_and_none_comes_in_after_they_took_it_back(people) -> None:
    plan = an_adopted_plan(people)
    agreement, activity = plan.agreement, plan.activities.first()
    Case.objects.update(consent_needed=True, touches=["land"])
    code = agreement.case.code

    def takes_in(of: str) -> tuple[str, ...]:
        return refused(actions.post_entry, by=people.by("bendahara"), **money_in(agreement, receipt=of))

    def spends(of: str) -> dict[str, Any]:
        return money_in(agreement, 1_000_000, of, kind="spending", activity=activity, budget_code="")

    assert takes_in("satu") == ("AG-16",)
    assert refused(actions.post_entry, by=people.by("bendahara"), **spends("satu")) == ("AG-16",)
    process = a_given_consent(people, code)
    actions.post_entry(by=people.by("bendahara"), **money_in(agreement, receipt="satu"))
    asked = actions.propose_entry(by=people.by("operator"), **money_in(agreement, receipt="dua"))
    consents.refuse_consent(by=people.by("warga"), process=process, why="Lebak ikut dibuka.")
    assert takes_in("tiga") == ("DV-33",)
    assert refused(actions.confirm_entry, by=people.by("sekdes"), entry=asked) == ("DV-33",)
    actions.post_entry(by=people.by("bendahara"), **spends("empat"))  # what was spent is not hidden
    a_given_consent(people, code, begun=date(2026, 7, 1))
    actions.confirm_entry(by=people.by("sekdes"), entry=asked)
    assert _sums(agreement) == (10_000_000, 1_000_000, 0)


def test_E17_money_before_the_change_of_the_budget_waits_and_is_not_spent(people) -> None:
    agreement = an_adopted_plan(people).agreement
    actions.post_entry(by=people.by("bendahara"), **money_in(agreement, 3_000_000, receipt="a"))
    early = actions.post_entry(
        by=people.by("bendahara"), **money_in(agreement, 4_000_000, receipt="b", before_budget=True)
    )
    assert (early.state, queries.held_by_source(agreement)) == ("held", {early.line_id: 4_000_000})
    assert waited_for("delivery.record_budget_change") == ["village_secretary"]
    activity = Activity.objects.get(plan__agreement=agreement, number=1)

    def spend(amount: int, receipt: str) -> LedgerEntry:
        given = money_in(agreement, amount, receipt=receipt, kind="spending", activity=activity, budget_code="")
        return actions.post_entry(by=people.by("bendahara"), **given)

    spend(2_000_000, "c")  # of what the budget holds
    assert refused(spend, 1_000_001, "d") == ("DV-53",)
    change = {"entry": again(early), "kind": "perkades", "number": "9 Tahun 2026", "dated": date(2026, 2, 20)}
    with pytest.raises(NotAllowed):
        actions.record_budget_change(by=people.by("mitra"), **change)
    actions.record_budget_change(by=people.by("sekdes"), **change)
    with pytest.raises(NoSuchMove):
        actions.record_budget_change(by=people.by("bendahara"), **change)
    assert again(early).state == "posted" and waited_for("delivery.record_budget_change") == []
    spend(5_000_000, "e")
    assert queries.money_of(agreement).received == queries.money_of(agreement).spent == 7_000_000


def test_E17_what_a_second_person_confirms_is_held_as_well_and_a_proposal_to_spend_it_is_not_confirmed(people) -> None:
    agreement = an_adopted_plan(people).agreement
    proposed = actions.propose_entry(by=people.by("operator"), **money_in(agreement, 30_000_000, before_budget=True))
    activity = Activity.objects.get(plan__agreement=agreement, number=1)
    spending = money_in(agreement, 20_000_000, receipt="b", kind="spending", activity=activity, budget_code="")
    wanted = actions.propose_entry(by=people.by("operator"), **spending)
    confirmed = actions.confirm_entry(by=people.by("sekdes"), entry=proposed)
    assert again(confirmed).state == "held"
    assert refused(actions.confirm_entry, by=people.by("sekdes"), entry=wanted) == ("DV-53",)
    back = actions.counter_entry(by=people.by("bendahara"), entry=again(confirmed), reason="Uangnya dikembalikan")
    actions.confirm_entry(by=people.by("sekdes"), entry=back)
    assert queries.held_by_source(agreement) == {} and waited_for("delivery.record_budget_change") == []


def test_an_error_is_taken_back_once_by_a_mirror_entry(people) -> None:
    agreement = an_agreement(people)
    entry = actions.post_entry(by=people.by("bendahara"), **money_in(agreement))
    assert refused(actions.counter_entry, by=people.by("mitra"), entry=entry, reason="Bukan kas kami") == ("DV-22",)
    assert refused(actions.counter_entry, by=people.by("bendahara"), entry=entry, reason="") == ("DV-09",)
    counter = actions.counter_entry(by=people.by("bendahara"), entry=entry, reason="Salah jumlah")
    assert _sums(agreement) == (0, 0, 0)
    assert LedgerEntry.objects.get(pk=entry.pk).state == "countered"
    for each in (entry, counter):
        assert refused(actions.counter_entry, by=people.by("bendahara"), entry=each, reason="Lagi") == ("DV-09",)
    actions.post_entry(by=people.by("bendahara"), **money_in(agreement, 4_000_000))  # the receipt is free again
    assert _sums(agreement) == (4_000_000, 0, 0)


def test_what_two_people_wrote_two_people_take_back(people) -> None:
    agreement = an_agreement(people)
    entry = actions.propose_entry(by=people.by("bendahara"), **money_in(agreement, 45_000_000))
    actions.confirm_entry(by=people.by("sekdes"), entry=entry)
    counter = actions.counter_entry(by=people.by("bendahara"), entry=entry, reason="Salah sumber")
    held = LedgerEntry.objects.get(pk=entry.pk)
    assert (counter.state, held.state, _sums(agreement)) == ("pending", "posted", (45_000_000, 0, 0))
    assert waited_for("delivery.confirm_entry") == ["village_secretary"]
    assert refused(actions.counter_entry, by=people.by("bendahara"), entry=entry, reason="Lagi") == ("DV-09",)
    assert "DV-10" in refused(actions.post_entry, by=people.by("bendahara"), **money_in(agreement))  # it still counts
    assert "DV-23" in refused(actions.confirm_entry, by=people.by("bendahara"), entry=counter)
    actions.confirm_entry(by=people.by("sekdes"), entry=counter)
    assert (LedgerEntry.objects.get(pk=entry.pk).state, _sums(agreement)) == ("countered", (0, 0, 0))
    assert queries.wrong_totals(agreement) == {}
    actions.post_entry(by=people.by("bendahara"), **money_in(agreement))


def test_a_correction_that_was_refused_may_be_proposed_again(people) -> None:
    agreement = an_agreement(people)
    entry = actions.propose_entry(by=people.by("bendahara"), **money_in(agreement, 45_000_000))
    actions.confirm_entry(by=people.by("sekdes"), entry=entry)
    first = actions.counter_entry(by=people.by("bendahara"), entry=entry, reason="Keliru")
    actions.refuse_entry(by=people.by("sekdes"), entry=first, reason="Catatannya benar.")
    assert (LedgerEntry.objects.get(pk=entry.pk).state, _sums(agreement)) == ("posted", (45_000_000, 0, 0))
    again = actions.counter_entry(by=people.by("bendahara"), entry=entry, reason="Salah sumber dana")
    actions.confirm_entry(by=people.by("sekdes"), entry=again)
    assert LedgerEntry.objects.get(pk=entry.pk).state == "countered"


def test_an_entry_that_is_large_by_now_is_not_taken_back_alone(people) -> None:
    agreement = an_agreement(people)
    entry = actions.post_entry(by=people.by("bendahara"), **money_in(agreement))
    RegencyNorm.objects.create(
        regency_id="33.04", name="large_entry_rupiah", value=1_000_000, basis="Perbup", effective_from=date(2026, 1, 1),
        set_at=clock.now(),
    )  # fmt: skip
    assert actions.counter_entry(by=people.by("bendahara"), entry=entry, reason="Salah").state == "pending"


def test_the_account_of_a_third_body_takes_two_people(people) -> None:
    agreement = an_agreement(people)
    FundingLine.objects.filter(agreement=agreement, number=2).update(channel="bumdes")
    through = money_in(agreement, line=line(agreement, 2), budget_code="")
    for who in ("bendahara", "mitra"):
        assert refused(actions.post_entry, by=people.by(who), **through) == ("DV-31",)
    entry = actions.propose_entry(by=people.by("mitra"), **through)
    actions.confirm_entry(by=people.by("sekdes"), entry=entry)
    assert LedgerLine.objects.filter(account="kas:bumdes", debit=5_000_000).exists()
    assert actions.counter_entry(by=people.by("bendahara"), entry=entry, reason="Salah").state == "pending"


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2029, 1, 1)])
def test_money_outside_the_term_is_booked_with_a_reason_only(people, day) -> None:
    agreement = an_agreement(people)
    assert refused(actions.post_entry, by=people.by("bendahara"), **money_in(agreement, on=day)) == ("DV-32",)
    entry = actions.post_entry(
        by=people.by("bendahara"), **money_in(agreement, on=day, reason="Pembayaran tahap akhir terlambat.")
    )
    assert entry.reason == "Pembayaran tahap akhir terlambat."


def test_an_entry_that_still_waits_is_not_countered(people) -> None:
    entry = actions.propose_entry(by=people.by("operator"), **money_in(an_agreement(people)))
    with pytest.raises(NoSuchMove):
        actions.counter_entry(by=people.by("bendahara"), entry=entry, reason="Salah")


def test_the_book_refuses_to_be_changed(people) -> None:
    entry = actions.post_entry(by=people.by("bendahara"), **money_in(an_agreement(people)))
    for rows in (LedgerEntry.objects.filter(pk=entry.pk), LedgerLine.objects.filter(entry=entry)):
        with pytest.raises(DatabaseError, match="tidak boleh diubah atau dihapus"), transaction.atomic():
            rows.update(agreement_id=0)
        with pytest.raises(DatabaseError, match="tidak boleh diubah atau dihapus"), transaction.atomic():
            rows._raw_delete(rows.db)  # the guard of the table, and not Django's own care for what points to it


def test_kept_totals_equal_the_lines_and_can_be_made_again(people) -> None:
    plan = an_adopted_plan(people)
    agreement, activity = plan.agreement, plan.activities.first()
    for number in range(6):
        kind = {"kind": "spending", "activity": activity, "budget_code": ""} if number % 2 else {}
        entry = actions.post_entry(
            by=people.by("bendahara"), **money_in(agreement, 1_000_000 + number, receipt=f"bukti {number}", **kind)
        )
    actions.counter_entry(by=people.by("bendahara"), entry=entry, reason="Salah")
    actions.post_entry(
        by=people.by("bendahara"), **money_in(agreement, 9, receipt="bagi", kind="share", line=None)
    )  # fmt: skip
    kept = {row.line_id: (row.received, row.spent) for row in KeptTotal.objects.filter(agreement=agreement)}
    assert kept == queries.totals_from_lines(agreement)
    said = io.StringIO()
    call_command("rebuild", stdout=said)
    assert "1 buku uang diperiksa, 0 dihitung ulang." in said.getvalue()
    KeptTotal.objects.filter(line__number=1).update(received=1, spent=2)
    KeptTotal.objects.filter(line=None).delete()
    call_command("rebuild", stdout=said)
    mended = said.getvalue().replace("\xa0", " ")
    assert "Dana Desa: diterima Rp 1 menjadi Rp 3.000.006, dipakai Rp 2 menjadi Rp 2.000.004." in mended
    assert "Bagi hasil: diterima Rp 0 menjadi Rp 9" in mended
    assert kept == {row.line_id: (row.received, row.spent) for row in KeptTotal.objects.filter(agreement=agreement)}


def test_debits_equal_credits_over_the_whole_book(people) -> None:
    agreement = an_agreement(people)
    for number in range(3):
        actions.post_entry(by=people.by("bendahara"), **money_in(agreement, 100 + number, receipt=f"{number}"))
    lines = LedgerLine.objects.filter(agreement=agreement)
    assert sum(each.debit - each.credit for each in lines) == 0


# Training ------------------------------------------------------------------------------------------------------------

CLOSED = datetime(2026, 3, 11, 3, tzinfo=UTC)


def _enrolling(people, seats: int = 2, names: int = 3, **other):
    training = a_training(people, an_agreement(people), seats)
    actions.announce_training(by=people.by("sekdes"), training=training, **announcement(**other))
    rows = [resident(f"Warga {chr(65 + number)}", "LP"[number % 2]) for number in range(names)]
    return actions.apply_for_training(by=people.by("kadus"), training=training, people=rows)


def _closed(people, **given):
    training = _enrolling(people, **given)
    with clock.at(CLOSED):
        return actions.close_enrolment(by=people.by("sekdes"), training=training)


def test_a_training_reaches_every_hamlet_or_is_not_announced(people) -> None:
    training = a_training(people, an_agreement(people))
    for wrong in ({"hamlets_of_village": 6}, {"closes_on": date(2026, 3, 6)}, {"criteria": ""}, {"quotas": None}):
        given = announcement(**wrong)
        assert refused(actions.announce_training, by=people.by("sekdes"), training=training, **given) == ("DV-16",)
    actions.announce_training(by=people.by("sekdes"), training=training, **announcement(closes_on=date(2026, 3, 7)))


def test_a_village_has_no_fewer_hamlets_than_its_own_list_of_invitees(people) -> None:
    """Krajan, Kulon, Wetan and Dhuwur: whoever types two hides two of them."""
    with_invitees(people)
    training = a_training(people, an_agreement(people))
    two = announcement(hamlets=announcement()["hamlets"][:2], hamlets_of_village=2)
    assert refused(actions.announce_training, by=people.by("sekdes"), training=training, **two) == ("DV-16",)
    actions.announce_training(by=people.by("sekdes"), training=training, **announcement())


def test_the_same_person_gets_one_lot(people) -> None:
    training = _enrolling(people)
    twice = {"training": training, "people": [resident("warga  a")]}
    assert refused(actions.apply_for_training, by=people.by("kadus"), **twice) == ("DV-24",)
    namesake = [resident("Warga A", different=True), resident("Warga A", hamlet="Dhuwur")]
    actions.apply_for_training(by=people.by("operator"), training=training, people=namesake)
    assert training.applicants.count() == 5


def test_one_row_that_is_refused_takes_the_whole_table_back(people) -> None:
    training = _enrolling(people)
    rows = [resident("Warga Baru"), resident("Warga A")]
    assert refused(actions.apply_for_training, by=people.by("kadus"), training=training, people=rows) == ("DV-24",)
    assert training.applicants.count() == 3


def test_enrolment_lasts_as_long_as_announced_and_no_longer(people) -> None:
    training = _enrolling(people)
    assert refused(actions.close_enrolment, by=people.by("sekdes"), training=training) == ("DV-26",)
    with clock.at(CLOSED):
        late = {"training": training, "people": [resident("Terlambat")]}
        assert refused(actions.apply_for_training, by=people.by("kadus"), **late) == ("DV-28",)
        actions.close_enrolment(by=By.the_system(), training=training)
    assert training.list_hash == draw.list_hash(queries.candidates(training))


def test_the_daily_round_closes_what_is_over(people) -> None:
    training = _enrolling(people)
    assert actions.close_due_enrolments() == 0
    with clock.at(CLOSED):
        assert (actions.close_due_enrolments(), actions.close_due_enrolments()) == (1, 0)
    training.refresh_from_db()
    assert training.state == "enrolment_closed"


def test_scarce_seats_are_drawn_before_two_witnesses(people) -> None:
    training = _closed(people, seats=2, names=5)
    assert refused(actions.allocate_seats, by=people.by("sekdes"), training=training) == ("DV-17",)
    for wrong in (
        {"witness_two": ""}, {"witness_two": " PAIJO "}, {"witness_two": "Wulan Pratiwi"}, {"seed": "3152"},
        {"seed": "tiga satu lima dua"},
    ):  # fmt: skip
        given = {**SEED, **wrong}
        assert refused(actions.allocate_seats, by=people.by("sekdes"), training=training, **given) == ("DV-17",)
    actions.allocate_seats(by=people.by("sekdes"), training=training, **SEED)
    seated = list(training.applicants.filter(state="seated").order_by("order").values_list("code", flat=True))
    assert seated == draw.order(SEED["seed"], queries.candidates(training))[:2]
    assert training.applicants.filter(state="waiting_list").count() == 3


def test_nobody_is_drawn_from_a_list_that_changed_after_it_was_published(people) -> None:
    training = _closed(people, seats=2, names=5)
    training.applicants.last().delete()
    assert refused(actions.allocate_seats, by=people.by("sekdes"), training=training, **SEED) == ("DV-17",)


def test_a_plain_draw_promises_no_quota(people) -> None:
    training = _closed(people, quotas=[{"group": "Perempuan", "seats": 1}])
    assert refused(actions.allocate_seats, by=people.by("sekdes"), training=training, **SEED) == ("DV-25",)


def test_where_there_is_room_everybody_is_in(people) -> None:
    training = _closed(people, seats=3, names=3)
    actions.allocate_seats(by=people.by("lksd"), training=training)
    assert set(training.applicants.values_list("state", flat=True)) == {"seated"}
    assert not hasattr(training, "draw")


def test_attendance_decides_who_took_part_and_who_gets_a_certificate(people) -> None:
    training = _closed(people, seats=2, names=3)
    actions.allocate_seats(by=people.by("sekdes"), training=training, **SEED)
    there, half = training.applicants.filter(state="seated").order_by("order")
    for day, present in ((date(2026, 3, 20), [there.code, half.code]), (date(2026, 3, 21), [there.code])):
        given = {"on": day, "hours": 8, "topic": "Pangkas", "present": present}
        actions.record_attendance(by=people.by("mitra"), training=training, **given)
    assert queries.attendance_percent(training)[half.pk] == 50
    actions.complete_training(by=people.by("sekdes"), training=training)
    states = dict(training.applicants.values_list("code", "state"))
    assert (states[there.code], states[half.code]) == ("attended", "not_completed")
    assert sorted(states.values()) == ["attended", "not_completed", "not_seated"]
    facts = queries.training_facts(training.agreement)
    assert (facts.completed, facts.applicants, facts.took_part, facts.hours) == (1, 3, 1, 16)


def test_a_day_left_out_counts_as_absent_and_a_day_entered_again_is_written_anew(people) -> None:
    training = _closed(people, seats=3, names=3)
    actions.allocate_seats(by=people.by("sekdes"), training=training)
    one = training.applicants.order_by("pk").first()
    given = {"on": date(2026, 3, 20), "hours": 8, "topic": "Pangkas"}
    actions.record_attendance(by=people.by("sekdes"), training=training, present=[], **given)
    actions.record_attendance(by=people.by("sekdes"), training=training, present=[one.code], **given)
    assert queries.attendance_percent(training)[one.pk] == 50  # 8 of 16 planned hours
    assert training.days.count() == 1


def test_names_of_residents_are_not_for_foreigners(people) -> None:
    training = _enrolling(people)
    assert not queries.trainings_visible_to(people.sekdes_asing).exists()
    with pytest.raises(NotAllowed):
        actions.apply_for_training(by=people.by("kades.asing"), training=training, people=[resident("Siapa")])


def test_a_partner_sees_only_its_own_agreements(people) -> None:
    plan = a_plan(people)
    a_partner(people, "Koperasi Lain", "lain")
    assert queries.plans_visible_to(people.mitra).get() == plan
    assert not queries.plans_visible_to(people.lain).exists()
