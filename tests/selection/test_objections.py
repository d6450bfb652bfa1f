"""Objections: every word is kept, others answer, once more on appeal, and nothing is awarded meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case, TermSheet
from bermitra.selection import actions
from bermitra.selection.models import Call, InterestDeclaration, Objection, ObjectionStep, Proposal
from bermitra.selection.queries import answered_late
from tests.partnership.makers import a_tabled_sheet, agreed_by_meeting, an_office
from tests.people import People, place
from tests.refusals import codes
from tests.selection.makers import AFTER, OPENED, a_candidate, an_awarded_case, scored
from tests.selection.test_pages import send, shown, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PUBLISHED = AFTER + 2 * DAY  # a Thursday


def filed_by(people: People, call: Call, who: str = "warga", text: str = "Nilai lingkungan keliru.") -> Objection:
    partner = Proposal.objects.get(state="ranked").partner if who == "saingan" else None
    return actions.file_objection(by=people.by(who), call=call, text=text, partner=partner)


def kinds(filed: Objection) -> list[str]:
    return list(filed.steps.values_list("kind", flat=True))


def refused_codes(act, **given) -> tuple[str, ...]:
    before = ObjectionStep.objects.count()
    found = codes(act, **given)
    assert ObjectionStep.objects.count() == before
    return found


def more_days_to_appeal_from(day: datetime) -> None:
    """The regency gives ten working days from then on, so that what lies before the meeting may still be contradicted."""
    RegencyNorm.objects.create(
        regency=place("33.04"), name="objection_appeal_working_days", value=10, basis="Perbup", set_at=AFTER,
        effective_from=day.date(),
    )  # fmt: skip


def another_resident(people: People) -> str:
    an_office(people, "pak.rt", "Karjo", roles.RESIDENT)
    return "pak.rt"


# The story of a partner that lost ---------------------------------------------------------------------------------------
def test_the_objection_of_a_losing_partner_stops_the_award_until_it_is_answered(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(PUBLISHED + DAY):
        filed = filed_by(people, call, "saingan", "Mengapa pengalaman kami dinilai tiga?")
        actions.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(state="proposed"))
    with clock.at(AFTER + 20 * DAY):
        with pytest.raises(Refused) as refused:
            actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        assert refused.value.codes == ("SL-22",)
        actions.dismiss_objection(by=people.by("lksd"), objection=filed, answer="Dua rujukan tidak dapat dihubungi.")
    with clock.at(AFTER + 27 * DAY):
        case = actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        a_tabled_sheet(people, case)
    more_days_to_appeal_from(AFTER + 28 * DAY)
    with clock.at(AFTER + 28 * DAY):
        actions.appeal_objection(by=people.by("saingan"), objection=filed, reason="Nomor rujukan salah dicatat.")
        agreed_by_meeting(TermSheet.objects.get(state="tabled"))
        with pytest.raises(Refused) as refused:
            actions.record_consent(by=people.by("bpd"), case=Case.objects.select_related("village", "partner").get())
        assert refused.value.codes == ("SL-22",)
        assert Call.objects.get().state == "provisional"
        with pytest.raises(Refused) as refused:
            actions.dismiss_objection(by=people.by("lksd"), objection=filed, answer="Sama seperti kemarin.")
        assert refused.value.codes == ("SL-45",)
        actions.dismiss_objection(
            by=people.by("bpd"), objection=filed, answer="Rujukan kami hubungi lagi; nilainya sama."
        )
        actions.record_consent(by=people.by("bpd"), case=Case.objects.select_related("village", "partner").get())
    assert Call.objects.get().state == "awarded"
    assert kinds(filed) == ["filed", "dismissed", "appealed", "dismissed"]
    assert filed.steps.first().words == "Mengapa pengalaman kami dinilai tiga?"
    assert filed.steps.filter(kind="dismissed").last().words == "Rujukan kami hubungi lagi; nilainya sama."


def test_an_objection_that_was_right_stops_the_award_until_all_is_scored_again(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(PUBLISHED + DAY):
        filed = filed_by(people, call)
        actions.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(state="proposed"))
        actions.uphold_objection(by=people.by("bpd"), objection=filed, answer="Benar, berkas kedua belum dibaca.")
    with clock.at(AFTER + 20 * DAY):
        with pytest.raises(Refused) as refused:
            actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        assert refused.value.codes == ("SL-22",)
        actions.reopen_scoring(by=people.by("bpd"), call=call, reason="Sanggahan diterima.")
        for each in Proposal.objects.filter(call=call).order_by("pk"):
            scored(people, call, each, level=3)
        actions.reveal_scores(by=people.by("kwt"), call=call)
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-4")
        actions.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(state="proposed"))
    with clock.at(AFTER + 40 * DAY):
        assert actions.forward_to_musyawarah(by=people.by("bpd"), call=call).state == "awaiting_musyawarah"


def test_an_appeal_that_was_right_brings_it_back_from_the_meeting_and_nothing_else_does(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(PUBLISHED + DAY):
        actions.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(state="proposed"))
        filed = filed_by(people, call, "saingan")
    with clock.at(AFTER + 20 * DAY):
        actions.dismiss_objection(by=people.by("lksd"), objection=filed, answer="Sudah benar.")
    more_days_to_appeal_from(AFTER + 28 * DAY)
    with clock.at(AFTER + 27 * DAY):
        case = actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        a_tabled_sheet(people, case)
        with pytest.raises(NoSuchMove):
            actions.reopen_scoring(by=people.by("lksd"), call=call, reason="Kami berubah pikiran.")
    with clock.at(AFTER + 28 * DAY):
        actions.appeal_objection(by=people.by("saingan"), objection=filed, reason="Berkas kedua belum dibaca.")
        actions.uphold_objection(by=people.by("bpd"), objection=filed, answer="Benar, belum dibaca.")
        actions.reopen_scoring(by=people.by("bpd"), call=call, reason="Sanggah banding diterima.")
    assert (Case.objects.get().state, Case.objects.get().partner) == ("substantive_selection", None)
    assert TermSheet.objects.get().state == "superseded"
    assert set(Proposal.objects.values_list("state", flat=True)) == {"admissible"}


# Who answers -----------------------------------------------------------------------------------------------------------
def test_SL_45_a_scorer_may_say_it_is_right_but_not_reject_it(people):
    call = a_candidate(people)
    with clock.at(PUBLISHED + DAY):
        filed = filed_by(people, call)
        given = {"by": people.by("guru"), "objection": filed, "answer": "Nilai saya sudah benar."}
        assert refused_codes(actions.dismiss_objection, **given) == ("SL-45",)
        upheld = actions.uphold_objection(by=people.by("guru"), objection=filed, answer="Saya keliru membaca.")
    assert upheld.state == "upheld"


def test_SL_45_nobody_answers_his_own_objection(people):
    call = a_candidate(people)
    with clock.at(PUBLISHED + DAY):
        filed = actions.file_objection(by=people.by("guru"), call=call, text="Nilai kawan saya terlalu tinggi.")
        for act in (actions.uphold_objection, actions.dismiss_objection):
            assert refused_codes(act, by=people.by("guru"), objection=filed, answer="Benar.") == ("SL-45",)


def test_SL_12_who_has_an_interest_answers_nothing(people):
    call = a_candidate(people)
    with clock.at(PUBLISHED + DAY):
        filed = filed_by(people, call)
        InterestDeclaration.objects.create(call=call, person=people.bpd, interest=True, what="Ipar", at=clock.now())
        given = {"by": people.by("bpd"), "objection": filed, "answer": "Tidak."}
        assert refused_codes(actions.dismiss_objection, **given) == ("SL-12",)
        with pytest.raises(NotAllowed):
            actions.dismiss_objection(by=people.by("kades"), objection=filed, answer="Tidak.")


def test_SL_45_who_scored_a_former_round_does_not_reject_an_objection_to_it_later(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(PUBLISHED + DAY):
        filed = filed_by(people, call)
        Call.objects.filter(pk=call.pk).update(round=2)
        filed = Objection.objects.select_related("call__case__village").get(pk=filed.pk)
        given = {"by": people.by("guru"), "objection": filed, "answer": "Nilai saya sudah benar."}
        assert refused_codes(actions.dismiss_objection, **given) == ("SL-45",)


def test_SL_11_the_chair_answers_once_she_has_said_that_she_has_no_interest(people):
    call = a_candidate(people)
    an_office(people, "ketua.baru", "Sarmini", roles.BPD_CHAIR)
    given = {"call": call, "person": people.ketua_baru, "interest": False}
    InterestDeclaration.objects.create(**given, at=OPENED + DAY)  # before anybody knew whose proposals there are
    with clock.at(PUBLISHED + DAY):
        filed = filed_by(people, call)
        chair = signed_in(people, "ketua.baru")
        for act in (actions.dismiss_objection, actions.uphold_objection):
            assert refused_codes(act, by=people.by("ketua.baru"), objection=filed, answer="Tetap.") == ("SL-11",)
        assert (
            reverse("selection.declare_interest", args=[call.case.code])
            in shown(chair, "page.selection", call.case.code)[1]
        )
        send(chair, "selection.declare_interest", call.case.code, interest="no", what="")
        actions.dismiss_objection(by=people.by("ketua.baru"), objection=filed, answer="Tetap.")


def test_an_appeal_waits_for_the_other_of_the_two_who_may_answer(people):
    call = a_candidate(people)
    with clock.at(PUBLISHED + DAY):
        other = another_resident(people)
        by_lead, by_chair = filed_by(people, call), filed_by(people, call, other, "Keliru juga.")
        actions.dismiss_objection(by=people.by("lksd"), objection=by_lead, answer="Sudah benar.")
        actions.dismiss_objection(by=people.by("bpd"), objection=by_chair, answer="Sudah benar.")
        for who, each in (("warga", by_lead), (other, by_chair)):
            actions.appeal_objection(by=people.by(who), objection=each, reason="Belum dijawab.")
    waiting = Duty.objects.filter(closed_at=None, door="selection.dismiss_objection")
    assert waiting.get(url_code=by_lead.code).role == "bpd_chair"
    assert waiting.get(url_code=by_chair.code).person == people.lksd.code


# When, and how many ----------------------------------------------------------------------------------------------------
def test_SL_56_nobody_objects_after_the_last_day(people):
    call = a_candidate(people)
    last = WorkingDays().add(PUBLISHED.date(), 5)
    with clock.at(_noon(last + DAY)):
        given = {"by": people.by("warga"), "call": call, "text": "Nilai lingkungan keliru."}
        assert refused_codes(actions.file_objection, **given) == ("SL-56",)
    with clock.at(_noon(last)):
        assert filed_by(people, call).state == "filed"


def test_SL_56_one_unanswered_objection_for_each_resident_and_each_partner(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(PUBLISHED + DAY):
        first = filed_by(people, call)
        filed_by(people, call, "saingan")
        for who in ("warga", "saingan", "saingan.direktur"):
            partner = None if who == "warga" else Proposal.objects.get(state="ranked").partner
            given = {"by": people.by(who), "call": call, "text": "Keliru lagi.", "partner": partner}
            assert refused_codes(actions.file_objection, **given) == ("SL-56",)
        filed_by(people, call, another_resident(people))
        actions.dismiss_objection(by=people.by("lksd"), objection=first, answer="Sudah benar.")
        assert filed_by(people, call, text="Hal lain.").state == "filed"


def test_a_rejected_objection_holds_the_result_until_nobody_may_contradict_the_answer(people):
    call = a_candidate(people)
    with clock.at(PUBLISHED + DAY):
        filed = filed_by(people, call)
        actions.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(state="proposed"))
    answered = (AFTER + 30 * DAY).date()  # a Thursday
    with clock.at(_noon(answered)):
        actions.dismiss_objection(by=people.by("lksd"), objection=filed, answer="Sudah benar.")
    for days in (0, 1, 3):
        with clock.at(_noon(WorkingDays().add(answered, days))):
            assert refused_codes(actions.forward_to_musyawarah, by=people.by("bpd"), call=call) == ("SL-22",)
    with clock.at(_noon(WorkingDays().add(answered, 4))):
        assert actions.forward_to_musyawarah(by=people.by("bpd"), call=call).state == "awaiting_musyawarah"


# What the one who objected may do ----------------------------------------------------------------------------------------
def test_an_objection_is_withdrawn_by_its_own_side_and_stays_to_be_read(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(PUBLISHED + DAY):
        ours, theirs = filed_by(people, call), filed_by(people, call, "saingan")
        for who, each in (("saingan", ours), ("warga", theirs), ("mitra", theirs), ("bpd", ours), ("kades", ours)):
            with pytest.raises(NotAllowed):
                actions.withdraw_objection(by=people.by(who), objection=each)
        actions.withdraw_objection(by=people.by("warga"), objection=ours, reason="Sudah dijelaskan lisan.")
        actions.withdraw_objection(by=people.by("saingan.direktur"), objection=theirs)
        assert [each.state for each in Objection.objects.order_by("pk")] == ["withdrawn", "withdrawn"]
        assert kinds(ours) == ["filed", "withdrawn"]
        assert not Duty.objects.filter(closed_at=None, door="selection.dismiss_objection").exists()
        with pytest.raises(NoSuchMove):
            actions.withdraw_objection(by=people.by("warga"), objection=ours)


def test_SL_46_one_appeal_and_only_in_its_days(people):
    call = a_candidate(people)
    with clock.at(PUBLISHED + DAY):  # a Friday
        other = another_resident(people)
        first, second = filed_by(people, call), filed_by(people, call, other, "Lagi.")
        for each in (first, second):
            actions.dismiss_objection(by=people.by("lksd"), objection=each, answer="Sudah benar.")
    answered = (PUBLISHED + DAY).date()
    with clock.at(_noon(WorkingDays().add(answered, 3))):
        actions.appeal_objection(by=people.by("warga"), objection=first, reason="Belum memuaskan.")
        actions.dismiss_objection(by=people.by("bpd"), objection=first, answer="Tetap.")
        given = {"by": people.by("warga"), "objection": first, "reason": "Sekali lagi."}
        assert refused_codes(actions.appeal_objection, **given) == ("SL-46",)
        assert refused_codes(actions.appeal_objection, by=people.by(other), objection=second, reason="") == ("SL-39",)
    with clock.at(_noon(WorkingDays().add(answered, 4))):
        given = {"by": people.by(other), "objection": second, "reason": "Terlambat."}
        assert refused_codes(actions.appeal_objection, **given) == ("SL-46",)


def _noon(day) -> datetime:
    return AFTER.replace(year=day.year, month=day.month, day=day.day)


def test_after_the_award_nobody_appeals(people):
    an_awarded_case(people)
    call = Call.objects.select_related("case__village").get()
    held = Objection.objects.create(
        call=call, text="Keliru.", state="dismissed", answer="Tidak.", filed_at=clock.now(), by=people.warga.code,
        answered_at=AFTER + 40 * DAY, answered_by="x",
    )  # fmt: skip
    with clock.at(AFTER + 40 * DAY), pytest.raises(NoSuchMove):
        actions.appeal_objection(by=people.by("warga"), objection=held, reason="Masih keliru.")


def test_the_one_who_objected_is_told_the_answer(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(PUBLISHED + DAY):
        ours, theirs = filed_by(people, call), filed_by(people, call, "saingan")
        for each in (ours, theirs):
            actions.dismiss_objection(by=people.by("lksd"), objection=each, answer="Sudah benar.")
    told = Notice.objects.filter(url_name="page.objection")
    assert told.get(url_code=ours.code).person == people.warga.code
    assert told.get(url_code=theirs.code).party == theirs.partner.code


# Answers and their days --------------------------------------------------------------------------------------------------
def test_an_answer_is_due_in_working_days_and_a_late_one_stays_late_for_everybody(people):
    call = a_candidate(people)
    with clock.at(PUBLISHED + DAY):
        filed = filed_by(people, call, text="Ipar saya, Karsono, tidak ditanya.")
    due = WorkingDays().add((PUBLISHED + DAY).date(), 5)
    assert (
        Duty.objects.get(closed_at=None, door="selection.dismiss_objection").due_on == due == filed.steps.get().due_on
    )
    with clock.at(_noon(WorkingDays().add(due, 2))):
        assert "Belum dijawab, sudah lewat 2 hari kerja." in shown(Client(), "page.call", call.code)[1]
        actions.dismiss_objection(by=people.by("lksd"), objection=filed, answer="Hubungi 0812-3456-7890 di kantor.")
    with clock.at(_noon(WorkingDays().add(due, 9))):
        page = shown(Client(), "page.call", call.code)[1]
    assert "Dijawab terlambat 2 hari kerja." in page
    assert "Hubungi [nomor disembunyikan] di kantor." in page
    assert "Karsono" not in page  # what was objected, and by whom, is not the public's
    assert "Warga, " in page


def test_days_of_an_answer_are_counted_by_each_word_that_wanted_one():
    at = AFTER
    late = [
        ("filed", at, at.date()),
        ("dismissed", at + 2 * DAY, None),
        ("appealed", at + 3 * DAY, (at + 4 * DAY).date()),
    ]
    assert [each.days_late for each in answered_late(late, (at + 3 * DAY).date())] == [2, 0]
    gone = [("filed", at, at.date()), ("withdrawn", at + 2 * DAY, None)]
    assert answered_late(gone, (at + 30 * DAY).date()) == []
    old = [("filed", at, None), ("dismissed", at + 30 * DAY, None)]
    assert answered_late(old, at.date()) == []


# Pages -------------------------------------------------------------------------------------------------------------------
def test_objecting_withdrawing_and_appealing_on_pages(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(PUBLISHED + DAY):
        rival = signed_in(people, "saingan")
        asked = shown(rival, "selection.file_objection", call.code)[1]
        assert "Sanggahan atas hasil ini diterima sampai 2 April 2026." in asked
        sent = send(rival, "selection.file_objection", call.code, text="Mengapa nomor dua?")
        first = Objection.objects.get()
        assert sent["Location"].endswith(f"/sanggahan/{first.code}/")
        page = shown(rival, "page.objection", first.code)[1]
        assert "Mengapa nomor dua?" in page
        assert "penarikan" in page
        assert "banding" not in page
        for who in ("warga", "mitra"):  # another's objection is not there
            assert shown(signed_in(people, who), "page.objection", first.code)[0] == 404
        lead = signed_in(people, "lksd")
        answering = shown(lead, "selection.dismiss_objection", first.code)[1]
        assert "tanpa nama penyanggah" in answering and "(boleh kosong)" not in answering
        assert send(lead, "selection.dismiss_objection", first.code, answer="").status_code == 409
        assert (
            send(lead, "selection.dismiss_objection", first.code, answer="Nilai Anda lebih rendah.").status_code == 302
        )
        page = shown(rival, "page.objection", first.code)[1]
        assert "Nilai Anda lebih rendah." in page
        appealing = shown(rival, "selection.appeal_objection", first.code)[1]
        assert "Orang lain yang menjawabnya. Sanggah banding hanya satu kali." in appealing
        assert "Anda boleh mengajukan sanggah banding" in page and "Tidak ada yang ditunggu" not in page
        assert send(rival, "selection.appeal_objection", first.code, reason="Rujukan salah dicatat.").status_code == 302
        answering = shown(lead, "selection.dismiss_objection", first.code)[1]
        assert "Rujukan salah dicatat." in answering
        assert "SL-45" in send(lead, "selection.dismiss_objection", first.code, answer="Tetap.").content.decode()
        room = shown(signed_in(people, "bpd"), "page.selection", call.case.code)[1]
        assert "Rujukan salah dicatat." in room
        assert f"/sanggahan/{first.code}/penerimaan/" in room
        assert send(rival, "selection.withdraw_objection", first.code, reason="").status_code == 302
    assert Objection.objects.get().state == "withdrawn"


def test_an_objection_from_before_words_were_kept_is_read_all_the_same(people):
    call = a_candidate(people)
    held = Objection.objects.create(
        call=call, text="Lama.", state="dismissed", answer="Sudah benar.", filed_at=PUBLISHED, by=people.warga.code,
        answered_at=PUBLISHED + DAY, answered_by="x",
    )  # fmt: skip
    with clock.at(PUBLISHED + 2 * DAY):
        page = shown(signed_in(people, "warga"), "page.objection", held.code)[1]
    assert "Lama." in page
    assert "Sudah benar." in page
