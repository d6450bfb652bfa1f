"""Written answers between villages: on one's own binding minutes, in the words that were decided; silence is no answer."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from bermitra.deliberation import actions as meetings
from bermitra.deliberation.inter_village import actions
from bermitra.deliberation.inter_village import letters as offer_letters
from bermitra.deliberation.inter_village.actions import remind_of_joint_offers
from bermitra.deliberation.inter_village.answers import actions as answering
from bermitra.deliberation.inter_village.answers import letters
from bermitra.deliberation.inter_village.answers.queries import answer_of, state_of
from bermitra.deliberation.inter_village.answers.rules import (
    ANSWER_LABELS,
    ANSWERS,
    JOINT_ANSWER,
    ClosingFacts,
    TakingBackFacts,
    WrittenFacts,
    answer_as_decided,
    answer_from_own_musyawarah,
    closed_after_its_day,
    taken_back_by_another_meeting,
)
from bermitra.deliberation.inter_village.answers.turns import turn_of
from bermitra.deliberation.inter_village.answers.words import state_of as word_of
from bermitra.deliberation.inter_village.queries import answers, joint_minutes_data, notes_of
from bermitra.deliberation.inter_village.queries import offer_letters as letters_to
from bermitra.deliberation.models import JointAnswer, JointMeeting, JointOffer, JointPlace
from bermitra.deliberation.queries import texts_waiting
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from tests.deliberation import makers
from tests.deliberation.joint_makers import (
    ANSWER_BY,
    CALLED,
    HELD,
    OFFERED,
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
    signs,
    words_on,
    writes,
)
from tests.deliberation.makers import DAY, on
from tests.people import NEIGHBOUR, OURS

pytestmark = pytest.mark.django_db
DECIDED = WrittenFacts(binding=True, agreed=True, conditions=False, answer="agree", notes=False)
CONDITIONS = "Air dihitung dengan meter."
TAKING, WRITING = "deliberation.withdraw_joint_answer", "deliberation.answer_joint_offer"  # letters that the head owes


# Rules ---------------------------------------------------------------------------------------------------------------
def test_DB_72_answer_from_own_musyawarah():
    assert answer_from_own_musyawarah(DECIDED)
    assert not answer_from_own_musyawarah(replace(DECIDED, binding=False))


def test_DB_73_answer_as_decided():
    assert answer_as_decided(DECIDED)
    assert answer_as_decided(replace(DECIDED, answer=""))
    with_notes = replace(DECIDED, conditions=True, answer="agree_with_notes", notes=True)
    assert answer_as_decided(with_notes)
    refused = replace(DECIDED, agreed=False, answer="decline")
    assert answer_as_decided(refused)
    assert answer_as_decided(replace(refused, notes=True))
    for wrong in (
        replace(DECIDED, answer="decline"), replace(DECIDED, notes=True), replace(DECIDED, answer="agree_with_notes", notes=True),
        replace(with_notes, answer="agree", notes=False), replace(with_notes, notes=False), replace(refused, answer="agree"),
    ):  # fmt: skip
        assert not answer_as_decided(wrong), wrong


def test_DB_75_closed_after_its_day():
    facts = ClosingFacts(awaited=1, today=date(2026, 4, 2), answer_by=date(2026, 4, 1))
    assert closed_after_its_day(facts)
    assert not closed_after_its_day(replace(facts, today=facts.answer_by))
    assert not closed_after_its_day(replace(facts, awaited=0))


def test_DB_76_taken_back_by_another_meeting():
    facts = TakingBackFacts(decided_anew=True, begun=False)
    assert taken_back_by_another_meeting(facts)
    assert not taken_back_by_another_meeting(replace(facts, decided_anew=False))
    assert not taken_back_by_another_meeting(replace(facts, begun=True))


def test_every_state_of_an_answer_has_its_words_and_every_kind_is_a_state():
    assert ANSWER_LABELS.keys() == JOINT_ANSWER.states
    assert set(ANSWERS) == set(JointAnswer.Kind.values)


# Answering -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def asked(people):
    """Our offer, and Beji that is asked."""
    beji = elsewhere(people)
    return people, beji, offered(people)


def _place(offer, village=NEIGHBOUR) -> JointPlace:
    return JointPlace.objects.select_related("village", "offer").get(offer=offer, village=village)


def test_an_answer_needs_the_binding_decision_of_its_own_musyawarah(asked):
    ours, beji, offer = asked
    for state in ("nothing", "decided"):
        if state == "decided":
            decides(beji, offer)
        with pytest.raises(Refused) as refused:
            writes(beji, offer)
        assert "DB-72" in refused.value.codes, state
    binding(ours, decides(ours, offer))  # the minutes of another village are none of its own
    with pytest.raises(Refused):
        writes(beji, offer)
    assert not JointAnswer.objects.exists()


def test_an_answer_on_an_earlier_text_is_none_to_the_present_one(asked):
    _ours, beji, offer = asked
    binding(beji, decides(beji, offer))
    JointOffer.objects.filter(pk=offer.pk).update(text_hash="f" * 64)
    with pytest.raises(Refused) as refused:
        writes(beji, offer)
    assert "DB-72" in refused.value.codes


@pytest.mark.parametrize(
    ("agreed", "conditions", "kind", "notes"),
    [
        (True, "", "agree", ""),
        (True, CONDITIONS, "agree_with_notes", CONDITIONS),
        (False, "", "decline", ""),
        (False, "", "decline", "Belum cukup waktu membaca."),
    ],
)
def test_the_letter_says_what_was_decided_and_nothing_else(asked, agreed, conditions, kind, notes):
    _ours, beji, offer = asked
    meeting = binding(beji, decides(beji, offer, agreed=agreed, conditions=conditions))
    assert answer_of(_place(offer)).fitting_kind == kind
    for other in set(ANSWERS) - {kind}:
        with pytest.raises(Refused) as refused:
            writes(beji, offer, other, "" if other == "agree" else "Iuran dibayar desa lain.")
        assert refused.value.codes == ("DB-73",)
    answer = writes(beji, offer, kind, notes)
    assert (answer.kind, answer.notes, answer.number, answer.dated) == (kind, notes, "140/2002/2026", DAY)
    assert (answer.decision.subject.meeting_id, answer.text_hash) == (meeting.pk, offer.text_hash)
    said = answers(offer)[1]
    assert (said.written, said.in_writing, state_of(said)) == (answer, kind != "decline", kind)
    told = Notice.objects.get(says__contains="menjawab penawaran Anda")
    assert (told.region_id, told.params["village"]) == (OURS, "Beji")


def test_there_is_one_answer_and_only_its_own_head_gives_it_to_others(asked):
    ours, beji, offer = asked
    all_agreed(ours, beji, offer=offer)
    with pytest.raises(NoSuchMove):
        writes(beji, offer)
    first = JointAnswer.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        JointAnswer.objects.create(
            place=first.place, decision=first.decision, kind="agree", text_hash=first.text_hash, number="2", dated=DAY,
            answered_at=on(DAY), by="system",
        )  # fmt: skip
    place = _place(offer)
    for who in (ours.by("kades"), beji.by("bpd"), beji.by("sekdes")):
        with pytest.raises(NotAllowed):
            answering.answer_joint_offer(by=who, place=place, kind="agree", number="3")
    with pytest.raises(NoSuchMove):  # a village writes no letter to itself
        answering.answer_joint_offer(by=ours.by("kades"), place=_place(offer, OURS), kind="agree", number="4")


def test_nobody_answers_an_offer_that_was_withdrawn(asked):
    ours, beji, offer = asked
    binding(beji, decides(beji, offer))
    actions.withdraw_joint_offer(by=ours.by("kades"), offer=offer, why="Mata air mengecil.")
    with pytest.raises(NoSuchMove):
        writes(beji, offer)


def test_the_head_owes_the_letter_as_soon_as_the_decision_binds(asked):
    _ours, beji, offer = asked
    makers.bound(beji, makers.published(beji, makers.with_minutes(beji, decides(beji, offer))))
    duty = Duty.objects.get(OPEN, door="deliberation.answer_joint_offer")
    assert (duty.role, duty.region_id, duty.url_code, duty.due_on) == ("village_head", NEIGHBOUR, offer.code, ANSWER_BY)
    writes(beji, offer, at=on(CALLED))
    assert not Duty.objects.filter(OPEN, door="deliberation.answer_joint_offer").exists()


# The letter ----------------------------------------------------------------------------------------------------------
def _paper(offer, kind="agree", notes="", number="140/2002/2026", key="kunci"):
    return letters.answer_paper(answer_of(_place(offer)), key=key, kind=kind, number=number, notes=notes, dated=DAY)


def test_the_letter_names_offer_minutes_answer_notes_and_delegates(asked):
    _ours, beji, offer = asked
    binding(beji, decides(beji, offer, conditions=CONDITIONS))
    said = words_on(_paper(offer, "agree_with_notes", "Meter dipasang lebih dahulu."))
    for words in (
        "DESA BEJI", "140/2002/2026", "Yth. Kepala Desa Pandanarum", "140/061/PDN/2026", "10 Februari 2026",
        "Berita Acara Nomor BA-2002", "2 Maret 2026", "SETUJU DENGAN CATATAN", "Meter dipasang lebih dahulu.", CONDITIONS,
        "Tarmi", "Sutrisno Hadi",
    ):  # fmt: skip
        assert words in said, words


def test_a_letter_that_declines_says_why_and_sends_nobody(asked):
    _ours, beji, offer = asked
    binding(beji, decides(beji, offer, agreed=False))
    said = words_on(_paper(offer, "decline", "Belum cukup waktu membaca."))
    assert "TIDAK SETUJU" in said
    assert "Alasan: Belum cukup waktu membaca." in said
    assert "Utusan" not in said


def test_the_letter_that_is_issued_says_exactly_what_is_recorded(asked):
    _ours, beji, offer = asked
    binding(beji, decides(beji, offer))
    with pytest.raises(NoSuchMove):
        writes(beji, offer, paper=_paper(offer, number="140/999/2026", key="lain"))
    answer = writes(beji, offer, paper=_paper(offer))
    assert (answer.paper.kind, answer.paper.region) == ("joint_answer_letter", NEIGHBOUR)
    assert list(letters_to(offer.places.all())) == []  # it is no letter of the village that offers


def test_a_decision_that_is_annulled_takes_its_letter_with_it(asked):
    _ours, beji, offer = asked
    meeting = binding(beji, decides(beji, offer))
    writes(beji, offer, paper=_paper(offer))
    meetings.annul(by=beji.by("bpd"), meeting=meeting, why="Undangan tidak sah.")
    assert Paper.objects.get(kind="joint_answer_letter").withdrawal.why == "Undangan tidak sah."
    assert (answers(offer)[1].written, answers(offer)[1].state) == (None, "waiting")


# Taking it back ------------------------------------------------------------------------------------------------------
def _decides_again(people, offer, *, agreed=False, day=DAY + timedelta(days=12)):
    """Another Musyawarah of the village on the same text; binding."""
    with clock.at(on(day - timedelta(days=12))):
        actions.renew_delegation(by=people.by("bpd"), place=_place(offer, people.village))
    held = makers.an_invited_meeting(people, day, code=offer.code, title=offer.title, text_hash=offer.text_hash)
    held = makers.decided(people, makers.opened(people, held), "agreed" if agreed else "refused")
    if agreed:
        actions.name_delegates(by=people.by("bpd"), meeting=held, offer=offer, people=SENT)
    return binding(people, held)


def _takes_back(people, offer, why="Musyawarah Desa memutuskan lain."):
    with clock.at(on(HELD - timedelta(days=1))):
        return answering.withdraw_joint_answer(by=people.by("kades"), place=_place(offer, people.village), why=why)


def test_an_answer_is_taken_back_by_another_musyawarah_only(asked):
    ours, beji, offer = asked
    binding(ours, decides(ours, offer))
    binding(beji, decides(beji, offer))
    answer = writes(beji, offer, paper=_paper(offer))
    with pytest.raises(Refused) as refused:
        _takes_back(beji, offer)
    assert refused.value.codes == ("DB-76",)
    _decides_again(beji, offer)
    with pytest.raises(NotAllowed):
        answering.withdraw_joint_answer(by=ours.by("kades"), place=_place(offer), why="Bukan kami.")
    _takes_back(beji, offer)
    assert answer.paper.withdrawal.why == "Musyawarah Desa memutuskan lain."
    assert answers(offer)[1].written is None
    with pytest.raises(Refused) as refused:
        called(ours, offer)
    assert {"DB-51", "DB-74"} <= set(refused.value.codes)
    second = writes(beji, offer, "decline", at=on(HELD - timedelta(days=1)))
    assert (second.kind, JointAnswer.objects.count()) == ("decline", 2)
    with pytest.raises(NoSuchMove):  # it is said; a second no needs no third letter
        writes(beji, offer, "decline")


def _binds(people, offer, *, agreed: bool, day=DAY + timedelta(days=12)):
    """Another Musyawarah on the same text, made binding by its chair as any other."""
    with clock.at(on(day - timedelta(days=12))):
        actions.renew_delegation(by=people.by("bpd"), place=_place(offer, people.village))
    held = makers.an_invited_meeting(people, day, code=offer.code, title=offer.title, text_hash=offer.text_hash)
    held = makers.decided(people, makers.opened(people, held), "agreed" if agreed else "refused")
    if agreed:
        with clock.at(on(day, 6)):
            actions.name_delegates(by=people.by("bpd"), meeting=held, offer=offer, people=SENT)
    return makers.bound(people, makers.published(people, makers.with_minutes(people, held)))


def _owed(offer) -> list[tuple[str, str, str]]:
    found = Duty.objects.filter(OPEN, url_code=offer.code, door__in=(TAKING, WRITING))
    return list(found.values_list("door", "role", "region_id"))


def test_the_head_owes_to_take_back_a_letter_that_says_otherwise_than_the_newer_decision(asked):
    _ours, beji, offer = asked
    binding(beji, decides(beji, offer))
    writes(beji, offer)
    assert _owed(offer) == []
    _binds(beji, offer, agreed=False)
    assert _owed(offer) == [(TAKING, "village_head", NEIGHBOUR)]
    said = answers(offer)[1]
    assert said.outdated and not said.in_writing
    assert word_of(said) == ("Diputuskan lain, surat lama belum ditarik", "late")
    turn = turn_of(beji.by("kades").person, offer, said, DAY)
    assert turn["says"].startswith("Surat jawaban desa Anda tidak sesuai keputusan baru.") and turn["url"]
    _takes_back(beji, offer)
    assert _owed(offer) == [(WRITING, "village_head", NEIGHBOUR)]
    writes(beji, offer, "decline", at=on(HELD - timedelta(days=1)))
    assert _owed(offer) == [] and not answers(offer)[1].outdated


def test_a_newer_decision_that_says_the_same_leaves_the_letter_as_it_is(asked):
    _ours, beji, offer = asked
    binding(beji, decides(beji, offer))
    writes(beji, offer)
    _binds(beji, offer, agreed=True)
    assert _owed(offer) == [] and not answers(offer)[1].outdated


def test_a_newer_decision_that_is_annulled_leaves_nothing_to_take_back(asked):
    _ours, beji, offer = asked
    binding(beji, decides(beji, offer))
    writes(beji, offer)
    held = _binds(beji, offer, agreed=False)
    meetings.annul(by=beji.by("bpd"), meeting=held, why="Undangan tidak sah.")
    assert _owed(offer) == [] and not answers(offer)[1].outdated


def test_a_letter_that_falls_with_its_own_meeting_is_written_anew_from_the_newer_one(asked):
    _ours, beji, offer = asked
    first = binding(beji, decides(beji, offer))
    writes(beji, offer)
    _binds(beji, offer, agreed=False)
    meetings.annul(by=beji.by("bpd"), meeting=first, why="Undangan tidak sah.")
    assert _owed(offer) == [(WRITING, "village_head", NEIGHBOUR)]


def test_from_the_session_on_nobody_owes_to_take_a_letter_back(asked):
    ours, beji, offer = asked
    all_agreed(ours, beji, offer=offer)
    meeting = called(ours, offer)
    _binds(beji, offer, agreed=False)
    in_session(ours, meeting)
    assert _owed(offer) == []
    assert turn_of(beji.by("kades").person, JointOffer.objects.get(), answers(offer)[1], DAY) is None


def test_who_took_its_yes_back_before_the_session_has_no_voice_in_it(people):
    beji, sinduaji = elsewhere(people), elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(people, beji, sinduaji, offer=offer)
    meeting = called(people, offer)
    _decides_again(sinduaji, offer, agreed=True)
    _takes_back(sinduaji, offer)  # it agrees still, with other delegates, and has not written anew
    meeting = finalised(people, in_session(people, meeting))
    assert [each["village"] for each in joint_minutes_data(meeting)["villages"]] == [OURS, NEIGHBOUR]


def test_nothing_is_taken_back_once_the_joint_session_has_begun(asked):
    ours, beji, offer = asked
    all_agreed(ours, beji, offer=offer)
    meeting = called(ours, offer)
    _decides_again(beji, offer)
    in_session(ours, meeting)
    with pytest.raises(Refused) as refused:
        _takes_back(beji, offer)
    assert refused.value.codes == ("DB-76",)
    assert answers(offer)[1].written is not None


def test_a_text_worded_together_is_answered_anew(asked):
    ours, beji, offer = asked
    all_agreed(ours, beji, offer=offer)
    meeting = in_session(ours, called(ours, offer))
    with clock.at(on(HELD)):
        actions.word_joint_text(by=ours.by("sekdes"), meeting=meeting, contents={"term": "Tiga tahun."})
    meeting = finalised(ours, JointMeeting.objects.get(pk=meeting.pk))
    for each in (ours, beji):
        meeting = signs(each, meeting)
    offer = JointOffer.objects.get()
    assert [each.written for each in answers(offer)] == [None, None]
    assert JointAnswer.objects.get().text_hash != offer.text_hash
    day = HELD + timedelta(days=20)
    held = makers.an_invited_meeting(beji, day, code=offer.code, title=offer.title, text_hash=offer.text_hash)
    held = makers.decided(beji, makers.opened(beji, held))
    binding(beji, held)
    said = words_on(_paper(offer))
    assert "naskah yang diubah dalam Musyawarah antar-Desa tanggal 26 Maret 2026" in said
    assert writes(beji, offer, at=on(day, 8)).text_hash == offer.text_hash


# Silence -------------------------------------------------------------------------------------------------------------
def test_a_village_that_decided_and_did_not_write_is_reminded_through_its_head(asked):
    ours, beji, offer = asked
    binding(ours, decides(ours, offer))
    binding(beji, decides(beji, offer))
    for days, reminded in ((13, 0), (14, 1), (15, 0), (30, 1), (31, 0)):
        assert remind_of_joint_offers(OFFERED + timedelta(days=days)) == reminded, days
    told = Notice.objects.filter(says__contains="belum dijawabkan secara tertulis")
    assert list(told.values_list("role", "region_id")) == [("village_head", NEIGHBOUR)] * 2
    writes(beji, offer)
    JointPlace.objects.update(reminded=0)
    assert remind_of_joint_offers(OFFERED + timedelta(days=31)) == 0


def _closes(people, offer, after=1):
    with clock.at(on(ANSWER_BY + timedelta(days=after))):
        return answering.close_joint_answers(by=people.by("sekdes"), offer=offer)


def test_answers_are_closed_after_their_day_and_who_was_silent_is_left_out_for_everybody_to_see(people):
    beji, sinduaji = elsewhere(people), elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(people, beji, offer=offer)
    with pytest.raises(Refused) as refused:
        _closes(people, offer, after=0)
    assert refused.value.codes == ("DB-75",)
    with pytest.raises(NotAllowed):
        answering.close_joint_answers(by=beji.by("kades"), offer=offer)
    _closes(people, offer)
    assert [each.state for each in answers(offer)] == ["agreed", "agreed", "silent"]
    assert '"left_out": ["33.04.19.2003"]' in Event.objects.get(verb="joint_answers.closed").body.replace('":[', '": [')
    assert Notice.objects.filter(says__contains="Masa jawaban ditutup", region_id=THIRD).count() == 1
    assert not Notice.objects.filter(says__contains="Masa jawaban ditutup", region_id=NEIGHBOUR).exists()
    assert list(texts_waiting([THIRD])) == []
    with pytest.raises(Refused):  # nobody is left to be closed
        _closes(people, offer)
    binding(sinduaji, decides(sinduaji, offer))
    with pytest.raises(NoSuchMove):
        writes(sinduaji, offer, at=on(ANSWER_BY + timedelta(days=2)))
    assert remind_of_joint_offers(ANSWER_BY + timedelta(days=40)) == 0


def test_a_silent_village_is_asked_again_with_another_letter_and_another_day(people):
    beji, sinduaji = elsewhere(people), elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(people, beji, offer=offer)
    _closes(people, offer)
    again, by_then = ANSWER_BY + timedelta(days=3), ANSWER_BY + timedelta(days=33)

    def ask(village=THIRD, answer_by=by_then, **more):
        with clock.at(on(again)):
            return answering.ask_joint_village_again(
                by=people.by("kades"), offer=offer, village=village, letter_number="140/088/PDN/2026", answer_by=answer_by,
                **more,
            )  # fmt: skip

    with pytest.raises(NoSuchMove):
        ask(NEIGHBOUR)  # it has answered
    with pytest.raises(Refused) as refused:
        ask(answer_by=again + timedelta(days=13))
    assert refused.value.codes == ("DB-43",)
    place = _place(offer, THIRD)
    letter = offer_letters.again_letter(
        offer, place, key="kunci", number="140/088/PDN/2026", dated=again, answer_by=by_then
    )
    ask(letter=letter)
    said = words_on(letter)
    assert "140/088/PDN/2026" in said
    assert "4 Mei 2026" in said
    assert [each.village_id for each in texts_waiting([THIRD])] == [THIRD]
    with pytest.raises(Refused) as refused:
        called(people, offer)  # awaited once more, until the new day
    assert refused.value.codes == ("DB-52",)
    for days, reminded in ((13, 0), (14, 1), (30, 1), (31, 0)):
        assert remind_of_joint_offers(again + timedelta(days=days)) == reminded, days
    binding(sinduaji, decides(sinduaji, offer))
    paper = letters.answer_paper(
        answer_of(_place(offer, THIRD)), key="k", kind="agree", number="1", notes="", dated=again
    )
    assert "140/088/PDN/2026 tanggal 4 April 2026" in words_on(paper)
    writes(sinduaji, offer, at=on(again, 9))
    assert [each.takes_part for each in answers(offer)] == [True, True, True]


def test_nobody_is_asked_again_while_the_joint_meeting_is_called(people):
    beji = elsewhere(people)
    elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(people, beji, offer=offer)
    _closes(people, offer)
    called(people, offer)
    with pytest.raises(NoSuchMove):
        answering.ask_joint_village_again(
            by=people.by("kades"),
            offer=offer,
            village=THIRD,
            letter_number="2",
            answer_by=ANSWER_BY + timedelta(days=60),
        )


# Notes ---------------------------------------------------------------------------------------------------------------
def test_the_conditions_of_the_meeting_stand_first_and_the_words_of_the_head_beside_them(asked):
    _ours, beji, offer = asked
    binding(beji, decides(beji, offer, conditions=CONDITIONS))
    writes(beji, offer, "agree_with_notes", "Iuran dibayar desa lain.")
    said = answer_of(_place(offer))
    assert notes_of([said]) == [("Beji", CONDITIONS, "Iuran dibayar desa lain.")]
    paper = words_on(
        offer_letters.invitation_paper(
            offer, key="kunci", number="01/MAD", dated=CALLED, held_on=HELD, starts=time(9), place="Pendopo"
        )
    )
    assert f"Desa Beji: {CONDITIONS} Catatan Kepala Desa: Iuran dibayar desa lain." in paper
    assert said.in_writing
    assert not replace(
        said, decided=replace(said.decided, conditions="")
    ).in_writing  # another decision, another letter


def test_notes_stand_in_the_invitation_and_in_the_minutes_of_the_joint_meeting(asked):
    ours, beji, offer = asked
    binding(ours, decides(ours, offer))
    binding(beji, decides(beji, offer, conditions=CONDITIONS))
    writes(beji, offer, "agree_with_notes", CONDITIONS)
    invitation = offer_letters.invitation_paper(
        offer, key="kunci", number="01/MAD", dated=CALLED, held_on=HELD, starts=time(9), place="Pendopo"
    )
    said = words_on(invitation)
    assert said.index("dibahas lebih dahulu") < said.index(CONDITIONS) < said.index("Yang akan dibahas")
    meeting = finalised(ours, in_session(ours, called(ours, offer)))
    asked_for = {each["village"]: (each["answer"], each["asked"]) for each in joint_minutes_data(meeting)["villages"]}
    assert asked_for == {OURS: ("", ""), NEIGHBOUR: ("140/2002/2026", CONDITIONS)}
    said = words_on(offer_letters.minutes_paper(meeting, key="kunci"))
    assert f"Desa Beji: {CONDITIONS}" in said
    assert "Jawaban tertulis Nomor 140/2002/2026" in said
