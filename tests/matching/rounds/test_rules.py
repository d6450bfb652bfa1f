"""The rules of a round, asked alone: every one refuses what it is for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bermitra.foundation.commands.door import doors
from bermitra.matching.models import Round
from bermitra.matching.rounds import actions, lives
from bermitra.matching.rounds import rules as r
from bermitra.matching.rounds.choices import in_order, outside
from bermitra.matching.rounds.policy import Policy

DAY, LATER = date(2026, 3, 2), date(2026, 3, 3)
POSSIBLE = r.PolicyFacts(60, 60, 20, 20, 4, 30, (0, 1), 1, 14, 14, 14, 14)


def test_MT_20_policy_possible():
    assert r.policy_possible(POSSIBLE)
    assert r.policy_possible(replace(POSSIBLE, reserve_percent=0, tiers=()))
    wrong = (
        {"village_weight": 101}, {"partner_weight": -1}, {"vision_min": 101}, {"size": 0}, {"floor_slots": 20},
        {"tiers": ()}, {"reserve_percent": 0}, {"tiers": (0, 5)}, {"tiers": (1, 1)}, {"partners_per_village": 4},
        {"invite_days": 13}, {"prefer_days": 13},
    )  # fmt: skip
    assert [each for each in wrong if r.policy_possible(replace(POSSIBLE, **each))] == []


def test_MT_06_all_eligible_invited():
    assert r.all_eligible_invited(r.OpeningFacts(invited=6, left_out=0, offers=1))
    assert not r.all_eligible_invited(r.OpeningFacts(invited=5, left_out=1, offers=1))
    assert not r.all_eligible_invited(r.OpeningFacts(invited=0, left_out=0, offers=1))


def test_MT_21_an_offer_to_match():
    assert not r.an_offer_to_match(r.OpeningFacts(invited=6, left_out=0, offers=0))


def test_MT_07_policy_frozen():
    assert r.policy_frozen(r.RunningFacts("a", "a", 5, 5))
    assert not r.policy_frozen(r.RunningFacts("a", "b", 5, 5))
    assert not r.policy_frozen(r.RunningFacts("", "", 5, 5))


def test_MT_08_enough_offers_only_warns():
    assert r.enough_offers(r.RunningFacts("a", "a", 5, 5))
    assert not r.enough_offers(r.RunningFacts("a", "a", 4, 5))
    assert not r.enough_offers.blocks


def test_MT_22_answered_in_time():
    assert r.answered_in_time(r.WindowFacts(DAY, DAY))
    assert not r.answered_in_time(r.WindowFacts(LATER, DAY))
    assert not r.answered_in_time(r.WindowFacts(DAY, None))


def test_MT_23_nobody_cut_short():
    assert r.nobody_cut_short(r.WindowFacts(DAY, DAY, waiting=0))
    assert r.nobody_cut_short(r.WindowFacts(LATER, DAY, waiting=3))
    assert not r.nobody_cut_short(r.WindowFacts(DAY, DAY, waiting=1))


def test_MT_24_chosen_from_the_list():
    assert r.chosen_from_the_list(r.ChoiceFacts(lists_ready=True, outside=0))
    assert not r.chosen_from_the_list(r.ChoiceFacts(lists_ready=False, outside=0))
    assert not r.chosen_from_the_list(r.ChoiceFacts(lists_ready=True, outside=1))


def test_MT_25_thrown_after_the_list():
    good = r.SeedFacts("f" * 64, (4, 2, 6, 1, 3, 5, 5, 2), ("Karsono", "Haryanto"), thrown_before=False)
    assert r.thrown_after_the_list(good)
    wrong = (
        {"list_hash": ""}, {"thrown": (4, 2, 6)}, {"thrown": (1,) * 61}, {"thrown": (1000,) * 8}, {"thrown": (0,) * 20},
        {"witnesses": ("Karsono",)}, {"witnesses": ("Karsono", " karsono ")}, {"witnesses": ("Karsono", "")},
        {"thrown_before": True}, {"typed_by": "KARSONO"},
    )  # fmt: skip
    assert [each for each in wrong if r.thrown_after_the_list(replace(good, **each))] == []


def test_the_most_that_may_be_thrown_is_what_a_round_can_keep():
    most = " ".join(["999"] * r.MOST_THROWN)
    assert len(most) <= Round._meta.get_field("thrown").max_length < len(f"{most} 999")


def test_MT_38_list_stood_open():
    facts = r.SeedFacts("f" * 64, (), (), thrown_before=False, hours_open=23, draw_commit_hours=24)
    assert not r.list_stood_open(facts)
    assert r.list_stood_open(replace(facts, hours_open=24))


MEETING = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
ANNOUNCED = r.MeetingFacts(now=MEETING - timedelta(days=3), meeting_at=MEETING, place="Pendopo", earliest=MEETING)


def test_MT_40_throw_is_announced():
    assert r.throw_is_announced(ANNOUNCED)
    wrong = ({"meeting_at": None}, {"place": " "}, {"now": MEETING})
    assert [each for each in wrong if r.throw_is_announced(replace(ANNOUNCED, **each))] == []


def test_MT_41_thrown_where_announced():
    assert r.thrown_where_announced(replace(ANNOUNCED, now=MEETING))
    wrong = ({}, {"meeting_at": None, "now": MEETING}, {"place": "", "now": MEETING})
    assert [each for each in wrong if r.thrown_where_announced(replace(ANNOUNCED, **each))] == []


def test_MT_42_announced_in_time():
    assert r.announced_in_time(ANNOUNCED)
    wrong = ({"earliest": MEETING + timedelta(minutes=1)}, {"thrown": True}, {"meeting_at": None})
    assert [each for each in wrong if r.announced_in_time(replace(ANNOUNCED, **each))] == []


def test_MT_37_voided_above_after_the_throw():
    assert r.voided_above_after_the_throw(r.VoidFacts(thrown=False, by_regent=False))
    assert r.voided_above_after_the_throw(r.VoidFacts(thrown=True, by_regent=True))
    assert not r.voided_above_after_the_throw(r.VoidFacts(thrown=True, by_regent=False))


def test_MT_26_computed_in_turn():
    assert r.computed_in_turn(r.TurnFacts(running=False, there=True))
    assert not r.computed_in_turn(r.TurnFacts(running=True, there=True))
    assert not r.computed_in_turn(r.TurnFacts(running=False, there=False))


def test_MT_09_verifier_agrees():
    assert r.verifier_agrees(r.PublishingFacts(agrees=True, unexplained=0))
    assert not r.verifier_agrees(r.PublishingFacts(agrees=False, unexplained=0))


def test_MT_10_everyone_gets_a_reason():
    assert r.everyone_gets_a_reason(r.PublishingFacts(agrees=True, unexplained=0))
    assert not r.everyone_gets_a_reason(r.PublishingFacts(agrees=True, unexplained=1))


def test_MT_27_objections_settled():
    over = r.ObjectionsFacts(LATER, DAY, open=0, upheld=0)
    assert r.objections_settled(over)
    wrong = ({"today": DAY}, {"open": 1}, {"upheld": 1}, {"objections_until": None})
    assert [each for each in wrong if r.objections_settled(replace(over, **each))] == []


def test_MT_28_rerun_is_deserved():
    deserved = r.ObjectionsFacts(DAY, DAY, open=0, upheld=1, changed="Biaya kebutuhan diperbaiki.")
    assert r.rerun_is_deserved(deserved)
    assert [
        each
        for each in ({"upheld": 0}, {"open": 1}, {"changed": " "})
        if r.rerun_is_deserved(replace(deserved, **each))
    ] == []


def test_MT_29_reason_is_given():
    assert r.reason_is_given(r.ReasonFacts("Salah wilayah."))
    assert not r.reason_is_given(r.ReasonFacts("  "))


def test_every_move_has_its_door():
    flows = (lives.ROUND, lives.INTRODUCTION, lives.OBJECTION, lives.RUN)
    assert actions.draft_round.door == "matching.draft_round"
    assert {door for flow in flows for door in flow.doors} <= doors.keys()


def test_every_state_has_its_words():
    for flow, labels in (
        (lives.ROUND, lives.ROUND_LABELS), (lives.INTRODUCTION, lives.INTRODUCTION_LABELS),
        (lives.OBJECTION, lives.OBJECTION_LABELS), (lives.RUN, lives.RUN_LABELS),
    ):  # fmt: skip
        assert labels.keys() == flow.states


def test_sentences_are_short_and_codes_stand_once():
    groups = (
        r.POLICY, r.OPENING, r.IN_TIME, r.CLOSING, r.CHOOSING, r.THROWING, r.RUNNING, r.IN_TURN, r.PUBLISHING, r.ANSWERING,
        r.RERUNNING, r.REASONED, r.VOIDING, r.AS_READ,
    )  # fmt: skip
    rules = [each for group in groups for each in group]
    codes = [each.code for each in rules]
    assert sorted(codes) == [f"MT-{n:02}" for n in (*range(6, 11), *range(20, 30), 35, 37, 38)]
    assert [each.code for each in rules if len(each.says.split()) > 18 or len(each.remedy.split()) > 18] == []


def test_whatever_may_not_stand_in_an_order_is_named():
    assert outside(["a", "b", "c"], ["c", "a"], ["b"]) == []
    assert outside(["a", "b"], ["x", "a", "a"], ["a", "y"]) == ["x", "a", "a", "y"]


def test_an_order_comes_first_and_the_rest_follows_as_computed():
    assert in_order(["a", "b", "c", "d"], ["c"], ["a"]) == ["c", "b", "d"]


def test_the_hash_of_a_policy_is_over_everything_in_it():
    policy = Policy(60, 60, 20, 70, 20, 4, 30, (0, 1), 1, 5)
    assert Policy.read(policy.written()) == policy
    others = [replace(policy, village_weight=61), replace(policy, tiers=(0,)), replace(policy, min_offers=4)]
    assert len({policy.hash, *(each.hash for each in others)}) == 4
