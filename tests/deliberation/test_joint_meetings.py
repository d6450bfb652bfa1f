"""The Musyawarah antar-Desa: who may come, what is agreed, who signs, and what goes back to the villages."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bermitra.deliberation.inter_village import actions, letters
from bermitra.deliberation.inter_village.actions import Sent
from bermitra.deliberation.inter_village.queries import (
    answers,
    differences,
    hash_of,
    joint_decision_on,
    joint_minutes_data,
    sheet_seen,
)
from bermitra.deliberation.inter_village.rules import (
    JOINT_MEETING,
    MEETING_LABELS,
    CallingFacts,
    JointFacts,
    JointMinutesFacts,
    JointSheetFacts,
    SignedFacts,
    agreed_in_writing,
    answers_awaited,
    called_beforehand,
    delegates_complete,
    every_village_agrees,
    every_village_has_a_head,
    joint_minutes_dated_truly,
    joint_topics_answered,
    sheet_confirmed_by_its_village,
    signed_by_villages_still_bound,
    two_villages_still_take_part,
    two_villages_take_part,
)
from bermitra.deliberation.models import Delegate, JointMeeting, JointOffer, JointSignature, Meeting
from bermitra.deliberation.queries import texts_waiting
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from tests.deliberation import makers
from tests.deliberation.joint_makers import (
    ANSWER_BY,
    CALLED,
    HELD,
    SENT,
    THIRD,
    all_agreed,
    binding,
    called,
    decides,
    elsewhere,
    finalised,
    in_session,
    offered,
    says,
    signs,
    words_on,
    writes,
)
from tests.deliberation.makers import DAY, on
from tests.people import NEIGHBOUR, OURS

pytestmark = pytest.mark.django_db
CALL = CallingFacts(
    taking_part=2,
    offering=True,
    in_writing=1,
    awaited=0,
    today=date(2026, 3, 10),
    answer_by=date(2026, 3, 31),
    held_on=date(2026, 3, 20),
)
JOINT = JointFacts(
    villages_taking_part=4, offering=True, villages_with_full_delegation=4, topics_answered=6, voices_for=4, voices_against=0, dues_said=4,
    agreed=True,
)  # fmt: skip

MINUTES = JointMinutesFacts(
    numbered=True, heads_missing=0, held_on=date(2026, 3, 20), dated=date(2026, 3, 21), today=date(2026, 3, 22)
)


# Rules ---------------------------------------------------------------------------------------------------------------
def test_DB_51_two_villages_take_part():
    assert two_villages_take_part(CALL)
    assert not two_villages_take_part(replace(CALL, taking_part=1))
    assert not two_villages_take_part(replace(CALL, offering=False))


def test_DB_52_answers_awaited():
    assert answers_awaited(CALL)
    assert not answers_awaited(replace(CALL, awaited=1))
    assert answers_awaited(replace(CALL, awaited=1, today=date(2026, 4, 1)))


def test_DB_53_called_beforehand():
    assert called_beforehand(CALL)
    assert not called_beforehand(replace(CALL, held_on=CALL.today))


def test_DB_74_agreed_in_writing():
    assert agreed_in_writing(CALL)
    assert not agreed_in_writing(replace(CALL, in_writing=0))


def test_DB_25_delegates_complete():
    assert delegates_complete(JOINT)
    assert not delegates_complete(replace(JOINT, villages_with_full_delegation=3))


def test_DB_54_joint_topics_answered():
    assert joint_topics_answered(JOINT)
    assert not joint_topics_answered(replace(JOINT, topics_answered=5))
    assert not joint_topics_answered(replace(JOINT, dues_said=3))


def test_DB_55_every_village_agrees():
    assert every_village_agrees(JOINT)
    assert not every_village_agrees(replace(JOINT, voices_for=3))
    assert not every_village_agrees(replace(JOINT, voices_for=3, voices_against=1))
    assert every_village_agrees(replace(JOINT, voices_for=3, voices_against=1, agreed=False))


def test_DB_56_sheet_confirmed_by_its_village():
    assert sheet_confirmed_by_its_village(JointSheetFacts(by_another=True))
    assert not sheet_confirmed_by_its_village(JointSheetFacts(by_another=False))


def test_DB_59_two_villages_still_take_part():
    assert two_villages_still_take_part(JOINT)
    assert not two_villages_still_take_part(replace(JOINT, villages_taking_part=1))
    assert not two_villages_still_take_part(replace(JOINT, offering=False))


def test_DB_60_signed_by_villages_still_bound():
    assert signed_by_villages_still_bound(SignedFacts(signing=2, bound=2))
    assert not signed_by_villages_still_bound(SignedFacts(signing=2, bound=1))


def test_DB_61_every_village_has_a_head():
    assert every_village_has_a_head(MINUTES)
    assert not every_village_has_a_head(replace(MINUTES, heads_missing=1))


def test_DB_62_joint_minutes_dated_truly():
    assert joint_minutes_dated_truly(MINUTES)
    assert joint_minutes_dated_truly(replace(MINUTES, dated=MINUTES.held_on))
    assert not joint_minutes_dated_truly(replace(MINUTES, dated=date(2026, 3, 19)))
    assert not joint_minutes_dated_truly(replace(MINUTES, dated=date(2026, 3, 23)))


def test_every_state_of_a_joint_meeting_has_its_words():
    assert MEETING_LABELS.keys() == JOINT_MEETING.states


# Who comes -----------------------------------------------------------------------------------------------------------
def test_law_T2_every_village_needs_its_own_minutes_delegates_and_written_answer(people):
    beji, sinduaji = elsewhere(people), elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    with pytest.raises(Refused) as refused:
        called(people, offer)
    assert refused.value.codes == ("DB-51", "DB-52", "DB-74")
    for each in (people, beji):
        binding(each, decides(each, offer))
    with pytest.raises(Refused) as refused:
        called(people, offer)  # Beji's meeting has agreed; nobody has written
    assert refused.value.codes == ("DB-52", "DB-74")
    writes(beji, offer)
    binding(sinduaji, decides(sinduaji, offer, agreed=False))
    with pytest.raises(Refused) as refused:
        called(people, offer)  # a no is awaited in writing as well
    assert refused.value.codes == ("DB-52",)
    writes(sinduaji, offer, "decline")
    meeting = called(people, offer)
    assert list(meeting.seats.order_by("village_id").values_list("village_id", "named_in__minutes_number")) == [
        (OURS, "BA-2001"), (NEIGHBOUR, "BA-2002"),
    ]  # fmt: skip


def test_silence_is_no_consent_who_has_not_written_when_the_day_is_over_has_no_seat(people):
    beji, sinduaji = elsewhere(people), elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(people, beji, offer=offer)
    binding(sinduaji, decides(sinduaji, offer))  # its meeting agreed, its head is silent
    with clock.at(on(ANSWER_BY + timedelta(days=1))):
        meeting = actions.call_joint_meeting(
            by=people.by("kades"), offer=offer, number="01/MAD", held_on=ANSWER_BY + timedelta(days=9), starts=time(9),
            place="Pendopo",
        )  # fmt: skip
    assert sorted(meeting.seats.values_list("village_id", flat=True)) == [OURS, NEIGHBOUR]
    assert offer.places.get(village=THIRD).left_out_on == ANSWER_BY + timedelta(days=1)
    assert [each.state for each in answers(offer)] == ["agreed", "agreed", "silent"]
    assert texts_waiting([THIRD]).count() == 0


def test_a_village_that_agreed_without_delegates_has_no_seat(people):
    beji, sinduaji = elsewhere(people), elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(people, beji, offer=offer)
    all_agreed(sinduaji, offer=offer, send=())
    assert sorted(called(people, offer).seats.values_list("village_id", flat=True)) == [OURS, NEIGHBOUR]


@pytest.fixture
def two(people):
    """Our village, Beji, and the Musyawarah antar-Desa to which ours has called both."""
    beji = elsewhere(people)
    offer = offered(people)
    all_agreed(people, beji, offer=offer)
    return people, beji, called(people, offer)


def test_only_one_meeting_at_a_time_and_only_the_offering_village_calls(two):
    ours, beji, meeting = two
    with pytest.raises(NoSuchMove):
        called(ours, meeting.offer)
    with pytest.raises(NotAllowed):
        called(beji, meeting.offer)


def test_nothing_is_recorded_before_the_day(two):
    ours, _beji, meeting = two
    with pytest.raises(Refused) as refused, clock.at(on(CALLED)):
        actions.record_joint_attendance(by=ours.by("sekdes"), meeting=meeting, chair="A", minute_taker="B", present=[])
    assert refused.value.codes == ("DB-33",)


def test_a_missing_delegate_stops_the_decision_until_the_village_names_another_in_its_own_meeting(two):
    ours, beji, meeting = two
    meeting = in_session(ours, meeting, absent=["Tarmi"])
    with pytest.raises(Refused) as refused:
        finalised(ours, meeting)
    assert refused.value.codes == ("DB-25",)
    for people in (ours, beji):
        place = meeting.offer.places.get(village=people.village)
        with clock.at(on(CALLED)):
            actions.renew_delegation(by=people.by("bpd"), place=place)
        assert [each.village_id for each in texts_waiting([people.village])] == [people.village]
    others = (*SENT[:2], Sent("Ngatini", "P", "youth"), SENT[3])
    for people in (ours, beji):
        held = makers.an_invited_meeting(people, DAY + makers.timedelta(days=12), code=meeting.offer.code,
                                         text_hash=meeting.offer.text_hash)  # fmt: skip
        held = makers.decided(people, makers.opened(people, held))
        actions.name_delegates(by=people.by("bpd"), meeting=held, offer=meeting.offer, people=others)
        Meeting.objects.filter(pk=held.pk).update(state="binding", minutes_number=f"BB-{people.village}")
    here = list(Delegate.objects.filter(meeting__minutes_number__startswith="BB-").values_list("code", flat=True))
    with clock.at(on(HELD)):
        meeting = actions.record_joint_attendance(
            by=ours.by("sekdes"), meeting=meeting, chair="Sutrisno Hadi", minute_taker="Wulan", present=here
        )
    assert finalised(ours, meeting).state == "signing"


def test_where_one_of_two_decisions_was_annulled_nobody_is_left_to_agree_with(two):
    ours, beji, meeting = two
    meeting = in_session(ours, meeting)
    Meeting.objects.filter(village=beji.village).update(state="annulled")
    with pytest.raises(Refused) as refused:
        finalised(ours, meeting)
    assert refused.value.codes == ("DB-59",)


def test_a_village_whose_own_decision_was_annulled_takes_no_part_and_does_not_sign(people):
    beji, sinduaji = elsewhere(people), elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(people, beji, sinduaji, offer=offer)
    meeting = in_session(people, called(people, offer))
    Meeting.objects.filter(village=THIRD).update(state="annulled")
    meeting = finalised(people, meeting)
    assert [each["village"] for each in joint_minutes_data(meeting)["villages"]] == [OURS, NEIGHBOUR]
    with pytest.raises(NoSuchMove):
        signs(sinduaji, meeting)
    for each in (people, beji):
        meeting = signs(each, meeting)
    assert meeting.state == "signed"
    assert joint_decision_on(offer.code).villages == (OURS, NEIGHBOUR)


def test_villages_that_agree_without_the_one_that_offers_are_not_called(people):
    beji, sinduaji = elsewhere(people), elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(beji, sinduaji, offer=offer)
    Meeting.objects.filter(pk=decides(people, offer, agreed=False).pk).update(state="binding")
    with pytest.raises(Refused) as refused:
        called(people, offer)
    assert refused.value.codes == ("DB-51",)


def test_what_came_to_nothing_is_cancelled_at_any_time_before_all_signed_and_its_papers_hold_no_more(two):
    ours, beji, meeting = two
    meeting = in_session(ours, meeting)
    with clock.at(on(HELD, 5)):
        meeting = actions.decide_jointly(by=ours.by("bpd"), meeting=meeting, result="agreed")
        finalise_with_paper(ours, meeting, letters.minutes_paper(with_day(meeting), key="kunci"))
    signs(ours, meeting)
    meeting = actions.cancel_joint_meeting(by=ours.by("kades"), meeting=meeting, why="Beji mundur.")
    assert meeting.state == "cancelled"
    assert Paper.objects.get(kind="joint_minutes").withdrawal.why == "Beji mundur."
    with pytest.raises(NoSuchMove):
        signs(beji, meeting)
    assert called(ours, meeting.offer).state == "invited"


def test_minutes_lead_back_into_the_session_where_the_voices_are_put_right(two):
    ours, _beji, meeting = two
    meeting = in_session(ours, meeting)
    with clock.at(on(HELD, 5)):
        meeting = actions.decide_jointly(by=ours.by("bpd"), meeting=meeting, result="agreed")
        meeting = actions.return_joint_minutes(by=ours.by("bpd"), meeting=meeting, why="Suara Beji salah dicatat.")
        assert (meeting.state, meeting.result, meeting.decided_at) == ("in_session", "", None)
        meeting = says(ours, meeting, NEIGHBOUR, agrees=False)
    assert finalised(ours, meeting, "refused", "Iuran terlalu tinggi.").result == "refused"


def test_nothing_is_agreed_at_the_last_signature_by_a_village_that_is_bound_no_more(two):
    ours, beji, meeting = two
    meeting = signs(ours, finalised(ours, in_session(ours, meeting)))
    Meeting.objects.filter(village=OURS).update(state="annulled")
    with pytest.raises(Refused) as refused:
        signs(beji, meeting)
    assert refused.value.codes == ("DB-60",)
    assert JointMeeting.objects.get().state == "signing"
    Meeting.objects.filter(village=OURS).update(state="binding")
    assert signs(beji, meeting).state == "signed"
    Meeting.objects.filter(village=NEIGHBOUR).update(state="annulled")
    assert joint_decision_on(meeting.offer.code) is None


def with_day(meeting, dated=HELD, number="BA-MAD/01"):
    return actions.with_minutes(meeting, number=number, dated=dated, ends=time(13, 30), discussion="")


def finalise_with_paper(people, meeting, paper=None, dated=HELD):
    return actions.finalise_joint_minutes(
        by=people.by("bpd"), meeting=meeting, number="BA-MAD/01", dated=dated, ends=time(13, 30), paper=paper
    )


def test_the_minutes_are_dated_between_the_meeting_and_today_and_every_village_has_a_head(two):
    ours, _beji, meeting = two
    meeting = in_session(ours, meeting)
    with clock.at(on(HELD, 5)):
        meeting = actions.decide_jointly(by=ours.by("bpd"), meeting=meeting, result="agreed")
        for dated in (HELD - timedelta(days=1), HELD + timedelta(days=1)):
            with pytest.raises(Refused) as refused:
                finalise_with_paper(ours, meeting, dated=dated)
            assert refused.value.codes == ("DB-62",)
        Appointment.objects.filter(person__username="kades.2002").update(until=HELD - timedelta(days=2))
        with pytest.raises(Refused) as refused:
            finalise_with_paper(ours, meeting)
    assert refused.value.codes == ("DB-61",)


def test_the_paper_says_exactly_what_is_signed(two):
    ours, _beji, meeting = two
    meeting = in_session(ours, meeting)
    with clock.at(on(HELD, 5)):
        meeting = actions.decide_jointly(by=ours.by("bpd"), meeting=meeting, result="agreed")
        paper = letters.minutes_paper(with_day(meeting), key="kunci")
        other = letters.minutes_paper(with_day(meeting, number="BA-MAD/99"), key="lain")
        with pytest.raises(NoSuchMove):
            finalise_with_paper(ours, meeting, other)
        meeting = finalise_with_paper(ours, meeting, paper)
    assert hash_of(paper.source["data"]) == meeting.minutes_hash
    assert {each["head"] for each in paper.source["data"]["villages"]} == {"Sutrisno Hadi"}


def test_an_offer_is_not_withdrawn_while_its_meeting_is_called(two):
    ours, _beji, meeting = two
    with pytest.raises(NoSuchMove):
        actions.withdraw_joint_offer(by=ours.by("kades"), offer=meeting.offer, why="Batal.")
    actions.cancel_joint_meeting(by=ours.by("kades"), meeting=meeting, why="Banjir.")
    assert actions.withdraw_joint_offer(by=ours.by("kades"), offer=meeting.offer, why="Batal.").state == "withdrawn"


# What is agreed ------------------------------------------------------------------------------------------------------
def test_one_village_against_and_nothing_is_agreed(two):
    ours, _beji, meeting = two
    in_session(ours, meeting)
    with clock.at(on(HELD)):
        meeting = says(ours, meeting, NEIGHBOUR, agrees=False)
    with pytest.raises(Refused) as refused:
        finalised(ours, meeting)
    assert refused.value.codes == ("DB-55",)
    meeting = finalised(ours, meeting, "refused", "Iuran terlalu tinggi.")
    for people in two[:2]:
        meeting = signs(people, meeting)
    offer = JointOffer.objects.get()
    assert (offer.state, offer.ended_why) == ("refused", "Iuran terlalu tinggi.")
    assert joint_decision_on(offer.code) is None


def test_the_same_text_agreed_and_signed_by_every_head_is_the_joint_decision(two):
    ours, beji, meeting = two
    meeting = finalised(ours, in_session(ours, meeting))
    assert signs(ours, meeting).state == "signing"
    assert joint_decision_on(meeting.offer.code) is None
    assert signs(beji, meeting).state == "signed"
    offer = JointOffer.objects.get()
    said = joint_decision_on(offer.code)
    assert offer.state == "agreed"
    assert (said.text_hash, said.villages, said.minutes_number) == (
        offer.text_hash, (OURS, NEIGHBOUR), "BA-MAD/01/III/2026",
    )  # fmt: skip


def test_a_changed_text_goes_back_to_every_village_and_counts_only_once_they_agree_again(two):
    ours, beji, meeting = two
    before = meeting.offer.text_hash
    meeting = in_session(ours, meeting)
    with clock.at(on(HELD)):
        actions.word_joint_text(by=ours.by("sekdes"), meeting=meeting, contents={"term": "Tiga tahun."})
    meeting = JointMeeting.objects.get(pk=meeting.pk)
    assert differences(meeting) == [("term", "Lima tahun.", "Tiga tahun.")]
    meeting = finalised(ours, meeting)
    for people in (ours, beji):
        meeting = signs(people, meeting)
    offer = JointOffer.objects.get()
    assert (offer.state, offer.edition, offer.contents["term"]) == ("sent", 2, "Tiga tahun.")
    assert offer.text_hash != before
    assert {each.text_hash for each in texts_waiting([OURS, NEIGHBOUR])} == {offer.text_hash}
    assert [each.state for each in answers(offer)] == ["waiting", "waiting"]
    assert joint_decision_on(offer.code) is None


# Signing -------------------------------------------------------------------------------------------------------------
def test_a_head_signs_what_he_read_for_his_own_village_and_once(two):
    ours, beji, meeting = two
    meeting = finalised(ours, in_session(ours, meeting))
    seat = meeting.seats.get(village=OURS)
    with pytest.raises(Refused) as refused:
        actions.sign_joint_minutes(by=ours.by("kades"), seat=seat, seen="0" * 64)
    assert refused.value.codes == ("DB-31",)
    with pytest.raises(NotAllowed):
        actions.sign_joint_minutes(by=beji.by("kades"), seat=seat, seen=meeting.minutes_hash)
    signs(ours, meeting)
    with pytest.raises(NoSuchMove):
        signs(ours, meeting)


def test_returned_minutes_are_signed_anew(two):
    ours, beji, meeting = two
    meeting = signs(ours, finalised(ours, in_session(ours, meeting)))
    with clock.at(on(HELD, 7)):
        meeting = actions.return_joint_minutes(by=ours.by("bpd"), meeting=meeting, why="Iuran salah tulis.")
        meeting = actions.finalise_joint_minutes(
            by=ours.by("bpd"), meeting=meeting, number="BA-MAD/02", dated=HELD, ends=time(14)
        )
    assert signs(beji, meeting).state == "signing"
    assert signs(ours, meeting).state == "signed"


def test_a_signed_sheet_counts_for_each_village_once_its_own_people_have_read_it(two):
    ours, beji, meeting = two
    meeting = finalised(ours, in_session(ours, meeting))
    with pytest.raises(NoSuchMove):
        actions.confirm_joint_sheet(by=beji.by("bpd"), seat=meeting.seats.get(village=NEIGHBOUR), seen="")
    scan = files.put(b"%PDF-1.7 lembar", media_type="application/pdf", name="lembar.pdf")
    meeting = actions.record_joint_sheet(by=ours.by("sekdes"), meeting=meeting, sheet=scan)
    assert meeting.state == "signing"
    own, theirs = meeting.seats.get(village=OURS), meeting.seats.get(village=NEIGHBOUR)
    with pytest.raises(Refused) as refused:
        actions.confirm_joint_sheet(by=ours.by("sekdes"), seat=own, seen=sheet_seen(meeting))
    assert refused.value.codes == ("DB-56",)
    with pytest.raises(NotAllowed):
        actions.confirm_joint_sheet(by=ours.by("bpd"), seat=theirs, seen=sheet_seen(meeting))
    with pytest.raises(Refused) as refused:
        actions.confirm_joint_sheet(by=beji.by("bpd"), seat=theirs, seen="lain")
    assert refused.value.codes == ("DB-31",)
    actions.confirm_joint_sheet(by=beji.by("bpd"), seat=theirs, seen=sheet_seen(meeting))
    assert JointMeeting.objects.get().state == "signing"  # ours has neither signed nor confirmed
    on_paper = JointSignature.objects.get()
    assert (on_paper.seat_id, on_paper.name, on_paper.sheet.sha256) == (theirs.pk, "Sutrisno Hadi", scan.sha256)
    with pytest.raises(NoSuchMove):
        actions.confirm_joint_sheet(by=beji.by("bpd"), seat=theirs, seen=sheet_seen(meeting))
    actions.confirm_joint_sheet(by=ours.by("bpd"), seat=own, seen=sheet_seen(meeting))
    assert JointMeeting.objects.get().state == "signed"


UP = """
import django
django.setup()
from bermitra.deliberation.models import JointMeeting, JointOffer
from bermitra.foundation.journal.models import Event
from tests.deliberation import joint_makers as made
from tests.people import NEIGHBOUR, People
ours = People()
"""
TO_SIGN = """
beji = made.elsewhere(ours)
offer = made.offered(ours)
made.all_agreed(ours, beji, offer=offer)
print(made.finalised(ours, made.in_session(ours, made.called(ours, offer))).state)
"""
SIGN = """
import sys
made.signs(made.Elsewhere({}, NEIGHBOUR) if sys.argv[1] == "beji" else ours, JointMeeting.objects.get())
print("signed")
"""
COUNT = """
print(JointMeeting.objects.get().state, JointOffer.objects.get().state,
      Event.objects.filter(verb="joint_meeting.signed").count(), Event.objects.filter(verb="joint_minutes.signed").count())
"""


def test_two_villages_signing_at_once_make_exactly_one_state_move(house):
    assert house.run(house.start(UP + TO_SIGN)) == ["signing"]
    assert house.run(house.start(UP + SIGN, "ours"), house.start(UP + SIGN, "beji")) == ["signed", "signed"]
    assert house.run(house.start(UP + COUNT)) == ["signed agreed 1 2"]


# Papers --------------------------------------------------------------------------------------------------------------
def test_the_minutes_list_every_delegate_every_voice_and_what_changed(two):
    ours, _beji, meeting = two
    meeting = in_session(ours, meeting)
    with clock.at(on(HELD)):
        meeting = actions.word_joint_text(by=ours.by("sekdes"), meeting=meeting, contents={"term": "Tiga tahun."})
    meeting = finalised(ours, meeting)
    said = words_on(letters.minutes_paper(meeting, key="kunci"))
    for word in ("MENYEPAKATI", "Desa Beji", "60.000.000", "Semula", "Tiga tahun.", "BA-2002", "Dibahas, pokok 6."):
        assert word.casefold() in said.casefold(), word
    assert said.count("Tarmi") == 2
    data = joint_minutes_data(meeting)
    assert data["changed"] == {"term": "Tiga tahun."}
    assert [len(each["delegates"]) for each in data["villages"]] == [4, 4]


def test_the_invitation_names_the_delegates_of_each_village(two):
    ours, _beji, meeting = two
    paper = letters.invitation_paper(
        meeting.offer, key="kunci", number="01/MAD", dated=CALLED, held_on=HELD, starts=time(9), place="Pendopo"
    )
    said = words_on(paper)
    assert said.count("Tarmi") == 2
    assert "satu suara" in said
