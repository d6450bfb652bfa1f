"""Each rule of the Musyawarah with an example that passes and one that fails."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

import bermitra.deliberation.consent.actions  # noqa: F401  (its doors)
from bermitra.deliberation.consent.rules import (
    CONSENT,
    CONSENT_LABELS,
    ConsentFacts,
    affected_group_decides,
    consent_day_has_come,
    consent_steps_in_order,
)
from bermitra.deliberation.rules import (
    LABELS,
    MUSYAWARAH,
    BindingFacts,
    DecidingFacts,
    FailingFacts,
    InvitingFacts,
    MinutesFacts,
    OpeningFacts,
    SecondSessionFacts,
    SeenFacts,
    SignerFacts,
    attendance_complete,
    community_elements_invited,
    convened_by_bpd,
    decision_counts_add_up,
    meeting_not_in_future,
    minutes_in_time,
    minutes_numbered,
    minutes_signed,
    names_read_by_second_person,
    nine_topics_answered,
    objection_window_over,
    objections_answered,
    quorum_met,
    quorum_really_failed,
    required_elements_present,
    resident_signer_was_there,
    same_as_was_read,
    second_session_in_time,
    session_day_has_come,
    sheet_recorded_by_another,
    something_to_decide,
    wait_not_too_long,
)
from bermitra.foundation.commands.door import doors

REQUIRED = frozenset({"women", "poor", "hamlets", "affected"})
INVITING = InvitingFacts("bpd_chair", REQUIRED | {"farmers", "religion"}, REQUIRED, 1)
OPENING = OpeningFacts(
    convened_by="bpd_chair", signed_in=40, invited=60, session=1, quorum=Fraction(2, 3), today=date(2026, 5, 4),
    session_on=date(2026, 5, 4), waited_hours=Fraction(2), wait_hours=3,
)  # fmt: skip
DECIDING = DecidingFacts(
    signed_in=41, invited=60, session=1, quorum=Fraction(2, 3), agreed=True, mode="vote", present=41, approving=0,
    in_favour=25, against=10, abstaining=6, consensus_share=Fraction(2, 3), vote_majority=Fraction(1, 2),
    held_on=date(2026, 5, 4), recorded_on=date(2026, 5, 5), opened=True,
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
