"""Each rule with what it lets pass and what it refuses."""

from dataclasses import replace
from datetime import date

import pytest

from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Severity, Standing, Status, examine, passed_over, unmet
from bermitra.monitoring import rules as r

MEASURED = r.FrameworkFacts(families=3, oldest_baseline_months=3, incomplete=0, families_min=3, months_max=6)
CHECKED = r.ValueFacts(
    checked_by="bpd-02", measured_by="kaur-01", source="posyandu", method="hitung", scheme_version="2026"
)
WHOLE = r.ReportFacts(
    empty_chapters=0,
    stated=(45_000_000, 43_200_000),
    reported=(45_000_000, 43_200_000),
    ledger=(45_000_000, 43_200_000),
    recipients=frozenset({"bpd", "camat"}),
    submitted_on=date(2027, 1, 20),
    due_on=date(2027, 1, 31),
)


def test_MN_01_three_families_measured():
    rule = r.three_families_measured
    assert rule(MEASURED)
    assert not rule(replace(MEASURED, families=2))
    assert not rule(replace(MEASURED, oldest_baseline_months=7))
    assert not rule(replace(MEASURED, incomplete=1))


def test_MN_02_value_checked_by_other():
    rule = r.value_checked_by_other
    assert rule(CHECKED)
    assert not rule(replace(CHECKED, checked_by="kaur-01"))
    for missing in ("source", "method", "scheme_version"):
        assert not rule(replace(CHECKED, **{missing: ""}))


def test_MN_05_report_complete_and_true():
    rule = r.report_complete_and_true
    assert rule(WHOLE)
    assert not rule(replace(WHOLE, empty_chapters=1))
    assert not rule(replace(WHOLE, stated=None))
    assert not rule(replace(WHOLE, stated=(40_000_000, 43_200_000)))
    assert not rule(replace(WHOLE, reported=(40_000_000, 43_200_000)))
    assert not rule(replace(WHOLE, ledger=(45_000_000, 43_300_000)))


def test_MN_06_report_goes_the_lawful_way():
    rule = r.report_goes_the_lawful_way
    assert rule(WHOLE)
    assert rule(r.ForwardFacts(frozenset({"bpd", "camat"})))
    assert not rule(r.ForwardFacts(frozenset({"camat"})))
    assert not rule(r.ForwardFacts(frozenset({"bpd"})))


def test_MN_07_report_on_time():
    rule = r.report_on_time
    assert rule(WHOLE)
    assert not rule(replace(WHOLE, submitted_on=date(2027, 3, 5)))


def test_a_late_report_is_shown_and_still_goes():
    findings = examine(r.SENDING, replace(WHOLE, submitted_on=date(2027, 3, 5)))
    assert unmet(findings) == ()
    assert [each.code for each in passed_over(findings)] == ["MN-07"]


def test_a_regency_cannot_switch_the_rules_of_law_off():
    switched = Standing(switched_off=frozenset({"MN-01", "MN-02", "MN-05", "MN-06", "MN-07"}))
    assert [each.code for each in examine(r.SENDING, WHOLE, switched)] == ["MN-05", "MN-06"]
    assert examine(r.ADOPTING, MEASURED, switched) == ()


def test_law_is_sourced_and_only_lateness_warns():
    every = (*r.ADOPTING, *r.APPROVING, *r.SENDING)
    assert {each.code for each in every if each.status is Status.SOURCED} == {"MN-05", "MN-06"}
    assert {each.code for each in every if each.severity is Severity.WARN} == {"MN-07"}


@pytest.mark.parametrize(
    ("flow", "labels"),
    [(r.FRAMEWORK, r.FRAMEWORK_LABELS), (r.VALUE, r.VALUE_LABELS), (r.REPORT, r.REPORT_LABELS)],
)
def test_every_state_has_its_words(flow, labels):
    assert flow.states == labels.keys()
    for label in labels.values():
        assert label.public and label.staff and label.waiting and label.law_state


def test_nobody_but_the_bpd_stands_between_the_village_and_the_camat():
    with pytest.raises(NoSuchMove):
        r.REPORT.through("monitoring.forward_report", "submitted")
    assert r.REPORT.open_doors("received") == {"monitoring.forward_report"}
