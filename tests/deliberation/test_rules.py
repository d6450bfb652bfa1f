"""Each rule of the Musyawarah with an example that passes and one that fails."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from hashlib import sha256

import pytest

from bermitra.deliberation.consent.rules import (
    CONSENT,
    CONSENT_LABELS,
    ConsentFacts,
    InformingFacts,
    affected_group_decides,
    begun_by_the_village_of_the_case,
    consent_day_has_come,
    consent_steps_in_order,
    each_step_has_its_own_minutes,
    more_than_one_recorded_the_round,
)
from bermitra.deliberation.rules import (
    LABELS,
    MUSYAWARAH,
    BindingFacts,
    ClearingFacts,
    DecidingFacts,
    ExplainedFacts,
    FailingFacts,
    InvitingFacts,
    MinutesFacts,
    OpeningFacts,
    PlanningFacts,
    SecondSessionFacts,
    SeenFacts,
    SignerFacts,
    SignFacts,
    attendance_complete,
    cleared_by_another,
    community_elements_invited,
    convened_by_bpd,
    decided_as_read,
    decision_counts_add_up,
    drawn,
    drawn_residents_countersign,
    interested_step_back,
    invited_in_time,
    meeting_not_in_future,
    minutes_in_time,
    minutes_numbered,
    minutes_signed,
    names_read_by_second_person,
    nine_topics_answered,
    objection_window_over,
    objections_answered,
    partner_does_not_decide,
    quorum_met,
    quorum_really_failed,
    required_elements_present,
    resident_signer_was_drawn,
    resident_signer_was_there,
    result_as_counted,
    same_as_was_read,
    second_session_in_time,
    secret_only_about_a_person,
    session_day_has_come,
    sheet_recorded_by_another,
    signs_explained,
    signs_of,
    something_to_decide,
    sudden_meeting_says_why,
    votes_counted_by_two,
    wait_not_too_long,
)
from bermitra.foundation.commands.door import doors
from bermitra.foundation.rules import Status

REQUIRED = frozenset({"women", "poor", "hamlets", "affected"})
INVITING = InvitingFacts("bpd_chair", REQUIRED | {"farmers", "religion"}, REQUIRED, 1)
OPENING = OpeningFacts(
    convened_by="bpd_chair", signed_in=40, invited=60, session=1, quorum=Fraction(2, 3), today=date(2026, 5, 4),
    session_on=date(2026, 5, 4), waited_hours=Fraction(2), wait_hours=3,
)  # fmt: skip
DECIDING = DecidingFacts(
    signed_in=41, invited=60, session=1, quorum=Fraction(2, 3), agreed=True, mode="vote", present=41, approving=0,
    in_favour=25, against=10, abstaining=6, consensus_share=Fraction(2, 3), vote_majority=Fraction(1, 2),
    held_on=date(2026, 5, 4), recorded_on=date(2026, 5, 5), opened=True, about_person=False, ballot="hands",
    secret=False, invalid=0, voters=41, counters=("paijo", "tarmi"), may_count=frozenset({"paijo", "tarmi", "karso"}),
    of_partner=0, sharing=0, chair_tied=False, cleared_himself=False, text_read="a" * 64, text_now="a" * 64,
)  # fmt: skip
MINUTES = MinutesFacts(
    present_elements=REQUIRED | {"farmers"}, required_elements=REQUIRED, required_count=4, absence_reason="",
    rows_complete=41, rows_total=41, meeting_kind="cooperation", topics_answered=9, numbered=True,
    working_days_since_meeting=5, working_days_allowed=7,
)  # fmt: skip
ALL_FOUR = frozenset({"chair", "minute_taker", "village_head", "resident"})
BINDING = BindingFacts(ALL_FOUR, 2, 2, 4, 3)
CONSENT_FACTS = ConsentFacts(date(2026, 2, 16), date(2026, 2, 17), 3, 2, True, 20, 14, 34, True, "affected_group")


def test_DB_01_convened_by_bpd():
    assert convened_by_bpd(INVITING)
    assert not convened_by_bpd(replace(INVITING, convened_by="village_head"))


def test_DB_02_invited_in_time():
    week = replace(INVITING, notice=7, notice_wanted=7)
    assert invited_in_time(week)
    assert not invited_in_time(replace(week, notice=6))
    assert invited_in_time(replace(week, notice=1, notice_wanted=1))
    assert not invited_in_time(replace(week, notice=-1, notice_wanted=0))  # an invitation after the session


def test_DB_44_sudden_meeting_says_why():
    assert sudden_meeting_says_why(PlanningFacts("planned", ""))
    assert sudden_meeting_says_why(PlanningFacts("sudden", "Tanggul jebol."))
    assert not sudden_meeting_says_why(PlanningFacts("sudden", ""))


AT_ONE = datetime(2026, 5, 4, 13, 0, tzinfo=UTC)
NO_SIGN = SignFacts(
    first_decided=AT_ONE, ends=datetime(2026, 5, 4, 12, 10, tzinfo=UTC), invited=60, present=41, women=18, poor=5, adults=2140,
    file_used_elsewhere=False, working_days=7, working_days_allowed=7,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "figures"),
    [
        (
            {"first_decided": datetime(2026, 5, 4, 12, 9, tzinfo=UTC)},
            "before_end",
            {"decided": "12.09", "ends": "12.10"},
        ),
        ({"present": 61}, "more_than_invited", {"present": 61, "invited": 60}),
        ({"adults": 40}, "more_than_adults", {"present": 41, "adults": 40}),
        ({"file_used_elsewhere": True}, "file_used_twice", {}),
        ({"women": 0}, "no_women", {"present": 41}),
        ({"poor": 0}, "no_poor", {"present": 41}),
        ({"working_days": 8}, "entered_late", {"days": 8, "allowed": 7}),
    ],
)
def test_each_sign_stands_for_one_thing_and_tells_its_figures(change, code, figures):
    assert signs_of(NO_SIGN) == ()
    (sign,) = signs_of(replace(NO_SIGN, **change))
    assert (sign.code, sign.figures) == (code, figures)
    assert sign.says.format(**sign.figures).endswith(".")


def test_what_is_not_known_is_no_sign():
    assert signs_of(replace(NO_SIGN, ends=None, adults=None)) == ()


def test_DB_22_signs_explained_only_warns():
    assert signs_explained(ExplainedFacts(frozenset(), frozenset()))
    assert signs_explained(ExplainedFacts(frozenset({"no_women"}), frozenset({"no_women", "no_poor"})))
    assert not signs_explained(ExplainedFacts(frozenset({"no_women", "no_poor"}), frozenset({"no_poor"})))
    assert not signs_explained.blocks


def test_DB_03_community_elements_invited():
    assert community_elements_invited(INVITING)
    five_others = frozenset({"farmers", "religion", "women", "youth", "traders"})
    assert not community_elements_invited(replace(INVITING, invited_elements=five_others))
    assert not community_elements_invited(replace(INVITING, invited_elements=REQUIRED))


def test_DB_04_quorum_met_at_exactly_two_thirds():
    assert quorum_met(OPENING)
    assert not quorum_met(replace(OPENING, signed_in=39))
    assert quorum_met(replace(OPENING, signed_in=3, session=2))
    assert not quorum_met(replace(OPENING, signed_in=0, invited=0))


@pytest.mark.parametrize(("invited", "needed"), [(58, 39), (30, 20), (31, 21), (104, 70)])
def test_DB_04_counts_whole_people(invited, needed):
    assert quorum_met(replace(OPENING, invited=invited, signed_in=needed))
    assert not quorum_met(replace(OPENING, invited=invited, signed_in=needed - 1))


def test_DB_05_wait_not_too_long():
    assert wait_not_too_long(replace(OPENING, waited_hours=Fraction(3)))
    assert not wait_not_too_long(replace(OPENING, waited_hours=Fraction(181, 60)))


def test_DB_32_quorum_really_failed():
    facts = FailingFacts(39, 60, Fraction(2, 3), date(2026, 5, 4), date(2026, 5, 4))
    assert quorum_really_failed(facts)
    assert not quorum_really_failed(replace(facts, signed_in=40))


def test_DB_33_session_day_has_come():
    assert session_day_has_come(OPENING)
    assert not session_day_has_come(replace(OPENING, today=date(2026, 5, 3)))


def test_DB_06_second_session_in_time():
    today = date(2026, 5, 7)
    facts = SecondSessionFacts(
        convened_by="bpd_chair", first_on=date(2026, 5, 4), second_on=today, first_attempt_recorded=True, days=3,
        today=today, session_on=today,
    )  # fmt: skip
    assert second_session_in_time(facts)
    assert not second_session_in_time(replace(facts, second_on=date(2026, 5, 9)))
    assert not second_session_in_time(replace(facts, second_on=date(2026, 5, 3)))
    assert not second_session_in_time(replace(facts, second_on=facts.first_on))  # a walk round the quorum
    assert not second_session_in_time(replace(facts, first_attempt_recorded=False))


def test_DB_07_required_elements_present():
    assert required_elements_present(MINUTES)
    without = replace(MINUTES, present_elements=frozenset({"farmers", "women"}))
    assert not required_elements_present(without)
    assert required_elements_present(replace(without, absence_reason="Banjir di Dusun Wetan, sudah diundang ulang."))


def test_DB_08_attendance_complete():
    assert attendance_complete(MINUTES)
    assert not attendance_complete(replace(MINUTES, rows_complete=38))
    assert not attendance_complete(replace(MINUTES, rows_complete=0, rows_total=0))


def test_DB_09_nine_topics_answered():
    assert nine_topics_answered(MINUTES)
    assert not nine_topics_answered(replace(MINUTES, topics_answered=8))
    assert nine_topics_answered(replace(MINUTES, meeting_kind="other", topics_answered=0))


def test_DB_10_decision_counts_add_up_in_a_vote():
    assert decision_counts_add_up(DECIDING)
    assert not decision_counts_add_up(replace(DECIDING, in_favour=18, against=17))
    assert not decision_counts_add_up(replace(DECIDING, in_favour=36, against=10))  # more votes than people
    assert not decision_counts_add_up(replace(DECIDING, in_favour=12, against=12, abstaining=0, present=24))
    assert decision_counts_add_up(replace(DECIDING, agreed=False, in_favour=18, against=17))
    assert not decision_counts_add_up(replace(DECIDING, agreed=False))
    assert not decision_counts_add_up(replace(DECIDING, in_favour=0, against=0, abstaining=0, agreed=False))


def test_DB_10_decision_counts_add_up_in_a_consensus():
    by_consensus = replace(DECIDING, mode="consensus", approving=28)
    assert decision_counts_add_up(by_consensus)
    assert not decision_counts_add_up(replace(by_consensus, approving=27))
    assert not decision_counts_add_up(replace(by_consensus, approving=42))
    assert not decision_counts_add_up(replace(by_consensus, approving=0, present=0))


@pytest.mark.parametrize(
    ("about_person", "ballot", "secret", "held"),
    [
        (True, "paper", True, True),
        (True, "hands", False, False),
        (True, "hands", True, False),
        (True, "paper", False, False),
        (False, "hands", False, True),
        (False, "paper", False, True),
        (False, "paper", True, False),
    ],
)
def test_DB_11_secret_only_about_a_person(about_person, ballot, secret, held):
    facts = replace(DECIDING, about_person=about_person, ballot=ballot, secret=secret)
    assert secret_only_about_a_person(facts) is held
    assert secret_only_about_a_person(replace(facts, mode="consensus"))


def test_DB_12_votes_counted_by_two():
    assert votes_counted_by_two(DECIDING)
    assert votes_counted_by_two(replace(DECIDING, abstaining=4, invalid=2))
    assert not votes_counted_by_two(replace(DECIDING, voters=40))
    assert not votes_counted_by_two(replace(DECIDING, invalid=1))
    assert not votes_counted_by_two(replace(DECIDING, present=40))
    assert not votes_counted_by_two(replace(DECIDING, ballot=""))
    assert votes_counted_by_two(replace(DECIDING, mode="consensus", ballot="", voters=0, counters=()))


@pytest.mark.parametrize(
    "counters", [(), ("paijo",), ("paijo", "paijo"), ("paijo", "darsini"), ("paijo", "tarmi", "karso")]
)
def test_DB_12_asks_for_two_different_people_who_may_count(counters):
    assert not votes_counted_by_two(replace(DECIDING, counters=counters))


def test_DB_13_partner_does_not_decide():
    assert partner_does_not_decide(DECIDING)
    assert not partner_does_not_decide(replace(DECIDING, of_partner=1))


def test_DB_14_interested_step_back():
    assert interested_step_back(DECIDING)
    assert not interested_step_back(replace(DECIDING, sharing=1))
    assert not interested_step_back(replace(DECIDING, chair_tied=True))


def test_DB_39_cleared_by_another():
    assert cleared_by_another(ClearingFacts(cleared_himself=False))
    assert not cleared_by_another(ClearingFacts(cleared_himself=True))


def test_DB_15_minutes_signed():
    assert minutes_signed(BINDING)
    assert not minutes_signed(replace(BINDING, signed_by=frozenset({"chair", "village_head"})))


def test_DB_17_objections_answered():
    assert objections_answered(BINDING)
    assert not objections_answered(replace(BINDING, answered=1))


def test_DB_29_sheet_recorded_by_another():
    held = replace(BINDING, sheet_recorded_by=frozenset({"AAAA"}), binding_by="BBBB")
    assert sheet_recorded_by_another(held)
    assert not sheet_recorded_by_another(replace(held, binding_by="AAAA"))


def test_DB_30_names_read_by_second_person():
    written = frozenset({("chair", "darsini"), ("resident", "paijo")})
    assert names_read_by_second_person(BINDING)
    assert names_read_by_second_person(replace(BINDING, names_recorded=written, names_read=written))
    assert not names_read_by_second_person(replace(BINDING, names_recorded=written))
    other = frozenset({("chair", "darsini"), ("resident", "paimin")})
    assert not names_read_by_second_person(replace(BINDING, names_recorded=written, names_read=other))


def test_DB_31_same_as_was_read():
    assert same_as_was_read(SeenFacts("a" * 64, "a" * 64))
    assert not same_as_was_read(SeenFacts("b" * 64, "a" * 64))
    assert not same_as_was_read(SeenFacts("", ""))


def test_DB_16_drawn_residents_countersign():
    drawn = frozenset({"tarmi", "karso"})
    assert drawn_residents_countersign(BINDING)  # minutes from before lots were drawn
    assert drawn_residents_countersign(replace(BINDING, drawn=drawn, residents_signed=drawn))
    assert not drawn_residents_countersign(
        replace(BINDING, drawn=drawn, residents_signed=frozenset({"tarmi", "paijo"}))
    )


def test_DB_40_resident_signer_was_drawn():
    assert resident_signer_was_drawn(SignerFacts("resident", True, drawn=True))
    assert resident_signer_was_drawn(SignerFacts("village_head", False, drawn=False))
    assert not resident_signer_was_drawn(SignerFacts("resident", True, drawn=False))


CODES = ("A7K3M9QXD2", "BBBBBBBBBB", "CX2Y4Z6W8V", "D111111111", "E9E9E9E9E9")


def test_the_lot_falls_where_anybody_who_counts_again_finds_it():
    counted = sorted(CODES, key=lambda code: sha256(f"MMMM222222|1|{code}".encode()).hexdigest())
    assert drawn("MMMM222222", 1, CODES, 2) == tuple(counted[:2])
    assert drawn("MMMM222222", 1, reversed(CODES), 2) == tuple(counted[:2])
    assert drawn("MMMM222222", 1, CODES, 9) == tuple(counted)
    assert drawn("MMMM222222", 1, (), 2) == ()
    assert {drawn("MMMM222222", edition, CODES, 2) for edition in range(1, 9)} > {tuple(counted[:2])}


def test_DB_18_objection_window_over():
    assert objection_window_over(BINDING)
    assert objection_window_over(replace(BINDING, working_days_since_publication=3))
    assert not objection_window_over(replace(BINDING, working_days_since_publication=1))


def test_DB_19_minutes_in_time_only_warns():
    assert minutes_in_time(MINUTES)
    assert not minutes_in_time(replace(MINUTES, working_days_since_meeting=12))
    assert not minutes_in_time.blocks


def test_DB_20_meeting_not_in_future():
    assert meeting_not_in_future(DECIDING)
    assert not meeting_not_in_future(replace(DECIDING, held_on=date(2026, 5, 9)))
    assert not meeting_not_in_future(replace(DECIDING, opened=False))


def test_DB_34_consent_day_has_come():
    assert consent_day_has_come(replace(CONSENT_FACTS, recorded_on=CONSENT_FACTS.held_on))
    assert not consent_day_has_come(replace(CONSENT_FACTS, held_on=date(2026, 2, 18)))


def test_DB_35_each_step_has_its_own_minutes():
    assert each_step_has_its_own_minutes(CONSENT_FACTS)
    assert not each_step_has_its_own_minutes(replace(CONSENT_FACTS, scan_used_before=True))


def test_DB_57_begun_by_the_village_of_the_case():
    good = InformingFacts(date(2026, 1, 5), date(2026, 1, 5), village="33.04.19.2001", case_village="33.04.19.2001")
    assert begun_by_the_village_of_the_case(good)
    assert begun_by_the_village_of_the_case(replace(good, case_village=""))  # no case: the code is of something else
    assert not begun_by_the_village_of_the_case(replace(good, case_village="33.04.19.2002"))


def test_DB_58_more_than_one_recorded_the_round():
    assert more_than_one_recorded_the_round(CONSENT_FACTS)
    assert not more_than_one_recorded_the_round(replace(CONSENT_FACTS, recorded_all_before=True))


def test_DB_23_consent_steps_in_order():
    assert consent_steps_in_order(CONSENT_FACTS)
    assert not consent_steps_in_order(replace(CONSENT_FACTS, days_since_information=4))
    assert not consent_steps_in_order(replace(CONSENT_FACTS, step=5))
    assert not consent_steps_in_order(replace(CONSENT_FACTS, minutes_attached=False))


def test_DB_24_affected_group_decides():
    assert affected_group_decides(CONSENT_FACTS)
    assert not affected_group_decides(replace(CONSENT_FACTS, given_by="village_head"))
    assert not affected_group_decides(replace(CONSENT_FACTS, affected_present=0))
    assert not affected_group_decides(replace(CONSENT_FACTS, local_language_minutes=False))


def test_DB_26_minutes_numbered():
    assert minutes_numbered(MINUTES)
    assert not minutes_numbered(replace(MINUTES, numbered=False))


def test_DB_27_something_to_decide():
    assert something_to_decide(INVITING)
    assert not something_to_decide(replace(INVITING, subjects=0))


def test_DB_28_resident_signer_was_there():
    assert resident_signer_was_there(SignerFacts("resident", True))
    assert resident_signer_was_there(SignerFacts("village_head", False))
    assert not resident_signer_was_there(SignerFacts("resident", False))


def test_every_state_has_its_words_and_every_move_its_door():
    assert MUSYAWARAH.states == LABELS.keys()
    assert CONSENT.states == CONSENT_LABELS.keys()
    assert (MUSYAWARAH.doors | CONSENT.doors) <= doors.keys()


@pytest.mark.parametrize(
    "change",
    [
        {"in_favour": 1, "against": 8, "abstaining": 0, "voters": 9},
        {"agreed": False, "in_favour": 9, "against": 0, "abstaining": 0, "voters": 9},
        {"mode": "consensus", "approving": 42},
        {"mode": "consensus", "approving": 0},
        {"in_favour": 30, "against": 10, "abstaining": 6, "voters": 46},
    ],
)
def test_DB_70_no_reason_turns_the_count_round(change):
    assert result_as_counted(DECIDING)
    assert result_as_counted(replace(DECIDING, agreed=False, in_favour=20, against=15))
    assert not result_as_counted(replace(DECIDING, **change))
    assert result_as_counted.status is Status.PRODUCT


def test_DB_71_the_text_of_the_decision_is_the_one_that_was_read():
    assert decided_as_read(DECIDING)
    assert not decided_as_read(replace(DECIDING, text_now="b" * 64))
    assert not decided_as_read(replace(DECIDING, text_read="", text_now=""))
