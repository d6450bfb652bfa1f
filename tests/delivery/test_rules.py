"""Each rule of carrying an agreement out with what it lets pass and what it refuses; what falls due, and the fair draw."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from bermitra.delivery import draw, rules
from bermitra.delivery.rules import (
    AnnouncingFacts,
    ApplyingFacts,
    CertificateFacts,
    CheckFacts,
    ClosingFacts,
    ConfirmingFacts,
    CounterFacts,
    EntryFacts,
    PlanFacts,
    RunningFacts,
    SeatFacts,
    SecondFacts,
    SubmittingFacts,
    days_due,
    months_of,
    standing_of_due,
)
from bermitra.foundation.text import BadInput

PLAN = PlanFacts(
    activities_without_obligation=0, obligations_without_activity=0, cost_rupiah=350_000_000, funding_rupiah=350_000_000,
    first_start=date(2026, 6, 1), last_end=date(2027, 5, 31), term_start=date(2026, 5, 10), term_end=date(2028, 5, 9),
    cycles=0, assets_and_services_without_owner=0, residents_meeting_recorded=True, activities_without_both_owners=0,
)  # fmt: skip
ENTRY = EntryFacts(
    "village_account", "4.3.2", (45_000_000,), (40_000_000, 5_000_000), 0, True, own_box=True, third_box=False,
    two_people=False, on=date(2026, 3, 1), term_start=date(2026, 1, 1), term_end=date(2028, 12, 31),
)  # fmt: skip
TAKEN_BACK = CounterFacts(True, "salah nominal", False, own_box=True, third_box=False)
DRAWN = SeatFacts(300, 30, True, 0, seed_figures=16, witnesses=2)
OPEN = AnnouncingFacts(True, True, 6, 6, 10, 7, True)


@pytest.mark.parametrize(
    ("rule", "passes", "changes"),
    [
        (rules.no_activity_without_obligation, PLAN, {"activities_without_obligation": 1}),
        (rules.no_obligation_without_activity, PLAN, {"obligations_without_activity": 2}),
        (rules.cost_equals_funding, PLAN, {"funding_rupiah": 300_000_000}),
        (rules.dates_inside_term, PLAN, {"last_end": date(2028, 6, 30)}),
        (rules.dates_inside_term, PLAN, {"cycles": 2}),
        (rules.owner_after_the_end, PLAN, {"assets_and_services_without_owner": 1}),
        (rules.plan_made_with_residents, PLAN, {"residents_meeting_recorded": False}),
        (rules.plan_made_with_residents, PLAN, {"activities_without_both_owners": 1}),
        (rules.money_has_budget_code, ENTRY, {"budget_code": ""}),
        (rules.entry_balances, ENTRY, {"credits": (40_000_000,)}),
        (rules.entry_balances, ENTRY, {"debits": (), "credits": ()}),
        (rules.receipt_used_once, ENTRY, {"times_receipt_used": 1}),
        (rules.receipt_used_once, ENTRY, {"receipt_attached": False}),
        (rules.recorded_by_the_keeper, ENTRY, {"own_box": False}),
        (
            rules.large_entry_two_people,
            SecondFacts(45_000_000, 10_000_000, "kaur-01", "sekdes-01"),
            {"confirmed_by": "kaur-01"},
        ),
        (
            rules.large_entry_two_people,
            SecondFacts(9_999_999, 10_000_000, "kaur-01", ""),
            {"amount_rupiah": 10_000_000},
        ),
        (rules.confirmed_by_another, ConfirmingFacts("kaur-01", "sekdes-01"), {"confirmed_by": "kaur-01"}),
        (
            rules.corrected_by_counter_entry,
            TAKEN_BACK,
            {"already_countered": True},
        ),
        (rules.corrected_by_counter_entry, TAKEN_BACK, {"reason": ""}),
        (
            rules.corrected_by_counter_entry,
            TAKEN_BACK,
            {"points_to_original": False},
        ),
        (rules.checker_is_not_doer, CheckFacts("bpd-02", "mitra-01", "village", "M"), {"checker_party": "M"}),
        (rules.checker_is_not_doer, CheckFacts("bpd-02", "mitra-01", "village", "M"), {"checked_by": "mitra-01"}),
        (rules.shown_by_who_promised, SubmittingFacts("village", "village"), {"house": "M"}),
        (rules.open_enrolment, OPEN, {"hamlets_reached": 2}),
        (rules.open_enrolment, OPEN, {"days_open": 6}),
        (rules.open_enrolment, OPEN, {"criteria_published": False}),
        (rules.open_enrolment, OPEN, {"quotas_published": False}),
        (rules.open_enrolment, OPEN, {"hamlets_reached": 0, "hamlets": 0}),
        (rules.has_place_and_days, OPEN, {"has_place_and_days": False}),
        (rules.one_lot_per_person, ApplyingFacts(0, False, True), {"same_names": 1}),
        (rules.applied_in_time, ApplyingFacts(0, False, True), {"in_time": False}),
        (rules.scarce_seats_drawn, DRAWN, {"draw_published": False}),
        (rules.scarce_seats_drawn, DRAWN, {"seed_figures": 15}),
        (rules.scarce_seats_drawn, DRAWN, {"witnesses": 1}),
        (rules.plain_draw_keeps_no_quota, DRAWN, {"quotas": 1}),
        (
            rules.third_box_two_people,
            replace(ENTRY, own_box=False, third_box=True, two_people=True),
            {"two_people": False},
        ),
        (rules.recorded_by_the_keeper, ENTRY, {"own_box": False}),
        (rules.booked_inside_term, ENTRY, {"on": date(2029, 1, 1)}),
        (rules.booked_inside_term, replace(ENTRY, reason="terlambat", on=date(2029, 1, 1)), {"reason": ""}),
        (rules.adopted_as_read, rules.AdoptingFacts("a", "a"), {"now": "b"}),
        (rules.open_as_announced, ClosingFacts(date(2026, 3, 11), date(2026, 3, 10)), {"today": date(2026, 3, 10)}),
        (rules.certificate_earned, CertificateFacts(90, 80), {"attendance_percent": 60}),
        (rules.partnership_runs, RunningFacts("in_force"), {"agreement_state": "locked"}),
    ],
    ids=lambda value: value.code if hasattr(value, "code") else "",
)
def test_a_rule_lets_pass_and_refuses(rule, passes, changes) -> None:
    assert rule(passes)
    assert not rule(replace(passes, **changes))


def test_a_declared_namesake_gets_a_lot_of_his_own() -> None:
    assert rules.one_lot_per_person(ApplyingFacts(2, True, True))


def test_where_there_is_room_nobody_draws_and_quotas_do_no_harm() -> None:
    room = SeatFacts(30, 30, False, 2)
    assert all(rule(room) for rule in rules.ALLOCATING)


def test_goods_need_no_budget_code() -> None:
    assert rules.money_has_budget_code(replace(ENTRY, channel="barang", budget_code=""))


def test_codes_are_used_once() -> None:
    found = [each.code for each in vars(rules).values() if isinstance(each, rules.Rule)]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("setiap bulan", 1),
        ("per triwulan", 3),
        ("Setiap 6 bulan", 6),
        ("satu kali setahun", 12),
        ("dua kali setahun", 6),
        ("dua kali sebulan", None),
        ("setiap dua bulan", 2),
        ("2 bulan", 2),
        ("setiap 13 bulan", 13),
        ("setiap 16 bulan", 16),
        ("dua belas bulan sekali", 12),
        ("setiap dua tahun", 24),
        ("setengah tahun", 6),
        ("setengah bulan", None),
        ("0 bulan", None),
        ("bulanan", 1),
        ("triwulanan", 3),
        ("setiap panen", None),
        ("", None),
    ],
)
def test_a_period_is_read_as_it_is_written(written, months) -> None:
    assert months_of(written) == months


def test_a_promise_with_a_period_falls_due_at_the_end_of_each() -> None:
    term = (date(2026, 1, 1), date(2028, 12, 31))
    assert days_due(None, "setiap tahun", *term) == (date(2027, 1, 1), date(2028, 1, 1))
    assert days_due(date(2026, 12, 31), "setiap tahun", *term) == tuple(date(y, 12, 31) for y in (2026, 2027, 2028))
    assert days_due(date(2026, 1, 31), "tiap bulan", date(2026, 1, 1), date(2026, 4, 1))[1:] == (
        date(2026, 2, 28),
        date(2026, 3, 31),
    )
    assert days_due(None, "setiap tahun", date(2026, 1, 1), date(2026, 6, 30)) == (date(2026, 6, 30),)


def test_a_promise_without_a_period_has_one_day_inside_the_term() -> None:
    term = (date(2026, 1, 1), date(2028, 12, 31))
    assert days_due(date(2026, 6, 30), "", *term) == (date(2026, 6, 30),)
    assert days_due(None, "setiap panen", *term) == (date(2028, 12, 31),)
    assert days_due(date(2030, 1, 1), "", *term) == (date(2028, 12, 31),)


@pytest.mark.parametrize(
    ("state", "today", "frozen", "stands"),
    [
        ("open", date(2026, 5, 30), False, "not_due"),
        ("open", date(2026, 5, 31), False, "due"),
        ("open", date(2026, 6, 30), False, "due"),
        ("open", date(2026, 7, 1), False, "overdue"),
        ("open", date(2026, 7, 1), True, "frozen"),
        ("met", date(2026, 7, 1), True, "met"),
        ("evidence_submitted", date(2026, 7, 1), False, "evidence_submitted"),
    ],
)
def test_how_a_promise_stands_is_read_from_the_day(state, today, frozen, stands) -> None:
    assert standing_of_due(state, date(2026, 6, 30), today, frozen=frozen) == stands


def test_every_state_that_can_stand_has_its_words() -> None:
    assert set(rules.DUE_LABELS) == {"not_due", "due", "overdue", "frozen", "evidence_submitted", "met"}
    for flow, labels in (
        (rules.PLAN_FLOW, rules.PLAN_LABELS), (rules.ENTRY_FLOW, rules.ENTRY_LABELS),
        (rules.TRAINING_FLOW, rules.TRAINING_LABELS), (rules.PLACE_FLOW, rules.PLACE_LABELS),
    ):  # fmt: skip
        assert flow.states == set(labels)


# The draw ------------------------------------------------------------------------------------------------------------

CODES = ["7K3M9QXD2A", "0000000000", "ZZZZZZZZZZ"]
SEED = "3152664123541126"


def test_the_draw_is_repeated_with_nothing_but_sha256() -> None:
    by_hand = sorted(CODES, key=lambda code: sha256((SEED + code).encode()).hexdigest())
    assert draw.order(SEED, CODES) == by_hand
    assert draw.list_hash(CODES) == sha256(b"0000000000\n7K3M9QXD2A\nZZZZZZZZZZ\n").hexdigest()


def test_the_draw_does_not_depend_on_how_the_list_was_written() -> None:
    assert draw.order(SEED, reversed(CODES)) == draw.order(SEED, CODES)
    assert draw.list_hash(reversed(CODES)) == draw.list_hash(CODES)


def test_every_place_comes_about_as_often_as_any_other() -> None:
    codes = [f"{n:010d}" for n in range(5)]
    first = [draw.order(f"{seed:016d}", codes)[0] for seed in range(2000)]
    assert all(330 <= first.count(code) <= 470 for code in codes)


def test_a_seed_is_figures_and_long_enough() -> None:
    assert draw.parse_seed(" 3152 6641-2354 1126 ") == SEED
    for typed, code in (
        ("12", "seed.short"),
        ("3152664123541126x", "seed.form"),
        ("", "text.empty"),
        ("1" * 61, "seed.form"),
    ):
        with pytest.raises(BadInput) as bad:
            draw.parse_seed(typed)
        assert bad.value.code == code


def test_DV_33_nothing_taken_in_after_a_no() -> None:
    assert rules.nothing_taken_in_after_a_no(rules.TakingFacts(brings_money=True, consent_withdrawn=False))
    assert rules.nothing_taken_in_after_a_no(rules.TakingFacts(brings_money=False, consent_withdrawn=True))
    assert not rules.nothing_taken_in_after_a_no(rules.TakingFacts(brings_money=True, consent_withdrawn=True))


def test_DV_53_spent_as_budgeted() -> None:
    rule = rules.spent_as_budgeted
    assert rule(rules.BudgetFacts(amount=5, held=0, free=0)) and rule(rules.BudgetFacts(amount=5, held=9, free=5))
    assert not rule(rules.BudgetFacts(amount=5, held=9, free=4))
