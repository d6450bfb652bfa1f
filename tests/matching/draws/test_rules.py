"""Each rule of a draw with an example that passes and one that fails, and who is left out for which reason."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bermitra.foundation.flow import NoSuchMove
from bermitra.matching.draws import rules as r

READY = r.CommittingFacts(
    entrants=40, seats=10, quotas=2, impossible=0, unaccounted=0, running=0, has_meeting=True, at_home=True
)  # fmt: skip
WAITED = r.WaitingFacts(list_hash="a" * 64, hash_now="a" * 64, hours_open=24, draw_commit_hours=24)
WATCHED = r.WitnessFacts("Haryanto", "Camat", "Yuni Astuti", "Inspektorat", "Ratna Dewi")
VILLAGE = r.VillageFacts(district="33.04.19", status="Tertinggal")


def test_MT_11_draw_committed_first():
    assert r.draw_committed_first(WAITED)
    assert not r.draw_committed_first(replace(WAITED, hours_open=23))
    assert not r.draw_committed_first(replace(WAITED, hash_now="b" * 64))
    assert not r.draw_committed_first(replace(WAITED, list_hash="", hash_now=""))


def test_MT_12_two_witnesses():
    assert r.two_witnesses(WATCHED)
    assert not r.two_witnesses(replace(WATCHED, two="HARYANTO"))
    assert not r.two_witnesses(replace(WATCHED, two="Ratna Dewi"))
    assert not r.two_witnesses(replace(WATCHED, two=" "))
    assert not r.two_witnesses(replace(WATCHED, two_office=""))


def test_MT_13_quotas_possible():
    assert r.quotas_possible(READY)
    assert not r.quotas_possible(replace(READY, quotas=3))
    assert not r.quotas_possible(replace(READY, impossible=1))
    assert "peluang yang sama" in r.quotas_possible.says


def test_MT_30_one_draw_at_a_time():
    assert r.one_draw_at_a_time(READY)
    assert not r.one_draw_at_a_time(replace(READY, running=1))


def test_MT_31_nobody_left_out_silently():
    assert r.nobody_left_out_silently(READY)
    assert not r.nobody_left_out_silently(replace(READY, unaccounted=1))


def test_MT_32_somebody_to_draw():
    assert r.somebody_to_draw(READY)
    assert not r.somebody_to_draw(replace(READY, entrants=0))


def test_MT_33_meeting_announced():
    assert r.meeting_announced(READY)
    assert not r.meeting_announced(replace(READY, has_meeting=False))
    assert r.meeting_announced(replace(READY, has_meeting=False, seats=40))  # nothing is thrown


def test_MT_34_thrown_in_the_meeting():
    nine = datetime(2026, 11, 6, 9)
    assert r.thrown_in_the_meeting(r.MeetingFacts(nine, nine))
    assert not r.thrown_in_the_meeting(r.MeetingFacts(nine - timedelta(minutes=1), nine))
    assert not r.thrown_in_the_meeting(r.MeetingFacts(nine, None))


def test_MT_39_offered_here():
    assert r.offered_here(READY)
    assert not r.offered_here(replace(READY, at_home=False))


def test_a_prepared_draw_may_be_worded_anew_and_a_published_one_not():
    assert r.DRAW_FLOW.through("matching.describe_draw", "prepared") == "prepared"
    with pytest.raises(NoSuchMove):
        r.DRAW_FLOW.through("matching.describe_draw", "committed")


@pytest.mark.parametrize(
    ("rule", "village", "reason"),
    [
        (r.ListRule(), VILLAGE, ""),
        (r.ListRule(), replace(VILLAGE, kelurahan=True), "kelurahan"),
        (r.ListRule(districts=("33.04.06",)), VILLAGE, "district"),
        (r.ListRule(statuses=("Maju",)), VILLAGE, "status"),
        (r.ListRule(statuses=("Tertinggal",)), VILLAGE, ""),
        (r.ListRule(rest_months=24), replace(VILLAGE, months_since=23), "served"),
        (r.ListRule(rest_months=24), replace(VILLAGE, months_since=24), ""),
        (r.ListRule(applied_only=True), VILLAGE, "not_applied"),
        (r.ListRule(applied_only=True), replace(VILLAGE, applied=True), ""),
        (r.ListRule(applied_only=True, statuses=("Maju",)), replace(VILLAGE, applied=True), "status"),
    ],
)
def test_a_village_is_left_out_for_the_first_reason_of_the_published_rule(rule, village, reason):
    assert rule.leaves_out(village) == reason


def test_a_result_is_never_voided_nor_drawn_again():
    assert not r.DRAW_FLOW.open_doors("drawn")
    with pytest.raises(NoSuchMove):
        r.DRAW_FLOW.through("matching.void_draw", "drawn")
