"""Whoever was not proposed gets its sheet with reasons, by itself; and a candidate who stays silent is out."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.models import Notice
from bermitra.partnership.models import Case
from bermitra.selection import actions
from bermitra.selection.models import Call, Feedback, Proposal
from bermitra.selection.queries import feedback_facts
from tests.people import People
from tests.selection.makers import AFTER, REASON, a_candidate, a_checking_call, a_scoring_call, scored
from tests.selection.test_pages import shown, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_every_loser_has_its_sheet_when_the_candidate_is_proposed(people):
    a_candidate(people, "mitra", "saingan", "ketiga")
    losers = Proposal.objects.filter(state="ranked").order_by("pk")
    assert [each.proposal for each in Feedback.objects.order_by("pk")] == list(losers)
    data = Feedback.objects.get(proposal=losers[0]).data
    assert (data["kind"], data["place"], data["of"], data["total"]) == ("ranked", 2, 3, "75")
    assert data["levels"]["finance"] == [[3, REASON]] * 3
    assert set(data["weights"]) == set(data["points"])
    for who in ("Sumiati", "Rumini", people.guru.code):
        assert who not in str(data)
    told = Notice.objects.filter(url_name="page.feedback")
    assert {each.party for each in told} == {each.partner.code for each in losers}


def test_who_was_out_by_the_check_gets_its_reason(people):
    call = a_checking_call(people, "mitra", "saingan")
    second = Proposal.objects.order_by("pk")[1]
    with clock.at(AFTER):
        actions.disqualify(by=people.by("lksd"), proposal=second, reason="Akta pendirian bukan milik pengusul.")
        actions.complete_admin_check(by=people.by("lksd"), call=call)
        for who in ("lksd", "guru", "kwt", "anggota.bpd"):
            actions.declare_interest(by=people.by(who), call=call, interest=False)
        scored(people, call, Proposal.objects.get(state="admissible"))
        actions.reveal_scores(by=people.by("lksd"), call=call)
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
        page = shown(signed_in(people, "saingan"), "page.feedback", second.code)[1]
    assert Feedback.objects.get().data == {"kind": "disqualified", "reason": "Akta pendirian bukan milik pengusul."}
    assert "Akta pendirian bukan milik pengusul." in page
    assert "Nilai akhir" not in page


def test_the_sheet_is_read_by_its_partner_and_the_house_and_nobody_else(people):
    call = a_candidate(people, "mitra", "saingan")
    code = Feedback.objects.get().proposal.code
    with clock.at(AFTER + 3 * DAY):
        page = shown(signed_in(people, "saingan"), "page.feedback", code)[1]
        assert "2 dari 2 usulan yang dinilai" in page
        assert "75,00 dari 100, paling rendah 65" in page
        assert REASON in page
        assert f"/panggilan/{call.code}/sanggahan/" in page
        assert "Lembar nilai" in shown(signed_in(people, "saingan"), "page.proposal", code)[1]
        assert shown(signed_in(people, "sekdes"), "page.feedback", code)[0] == 200
        assert shown(signed_in(people, "mitra"), "page.feedback", code)[0] == 404
        assert shown(signed_in(people, "kades.asing"), "page.feedback", code)[0] == 404
        own = Proposal.objects.get(state="proposed").code
        assert shown(signed_in(people, "mitra"), "page.feedback", own)[0] == 404
    with clock.at(AFTER + 30 * DAY):
        page = shown(signed_in(people, "saingan"), "page.feedback", code)[1]
        assert f"/panggilan/{call.code}/sanggahan/" not in page


def test_the_sheet_opens_with_few_statements(people, django_assert_max_num_queries):
    a_candidate(people, "mitra", "saingan")
    rival, code = signed_in(people, "saingan"), Feedback.objects.get().proposal.code
    with clock.at(AFTER + 3 * DAY):
        rival.get("/kerja/")
        with django_assert_max_num_queries(12):
            assert shown(rival, "page.feedback", code)[0] == 200


def test_a_further_round_brings_a_further_sheet_and_the_next_candidate_does_not(people):
    call = a_candidate(people, "mitra", "saingan", "ketiga")
    with clock.at(AFTER + 3 * DAY):
        own = Proposal.objects.get(state="proposed")
        actions.decline_candidacy(by=people.by("mitra"), proposal=own, reason="Dekan berganti.")
        chosen = actions.propose_next(by=people.by("lksd"), call=call, minutes_number="BA-4")
        assert set(Feedback.objects.values_list("proposal", "round")) == {
            (each.pk, 1) for each in Proposal.objects.all()
        }  # who stepped back has its sheet by now, too
        said = actions.file_objection(by=people.by("warga"), call=call, text="Nilai lingkungan keliru.")
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
        actions.uphold_objection(by=people.by("bpd"), objection=said, answer="Benar, satu kriteria tertukar.")
        actions.reopen_scoring(by=people.by("bpd"), call=call, reason="Sanggahan diterima.")
        for level, each in zip((3, 2), Proposal.objects.filter(state="admissible").order_by("pk"), strict=True):
            scored(people, call, each, level=level)
        actions.reveal_scores(by=people.by("lksd"), call=call)
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-5")
    assert list(Feedback.objects.filter(round=2).values_list("proposal__partner__name", flat=True)) == [
        "Mitra Contoh 3"
    ]
    assert chosen.feedback.count() == 1


def test_a_call_that_fails_after_its_levels_were_revealed_tells_everybody_why(people):
    call = a_scoring_call(people, "mitra", "saingan")
    with clock.at(AFTER + DAY):
        for each in Proposal.objects.order_by("pk"):
            scored(people, call, each, level=2)
        actions.reveal_scores(by=people.by("lksd"), call=call)
        actions.fail_call(by=people.by("lksd"), call=call, reason="Tidak ada yang mencapai batas nilai.")
    assert [each.data["place"] for each in Feedback.objects.all()] == [None, None]
    assert set(Feedback.objects.values_list("words", flat=True)) == {"Tidak ada yang mencapai batas nilai."}


def test_what_was_proposed_before_there_were_sheets_is_sent_by_hand(people):
    call = a_candidate(people, "mitra", "saingan")
    late = Proposal.objects.create(
        call=call, partner=Proposal.objects.get(state="ranked").partner, state="disqualified", out_because="NPWP tidak ada.",
        sealed_at=call.opened_at + DAY, created_at=AFTER, created_by="x",
    )  # fmt: skip
    assert feedback_facts(call).feedback_sent == 1
    with clock.at(AFTER + 3 * DAY):
        for who in ("kades", "sekdes", "mitra", "dinas", "warga"):
            with pytest.raises(NotAllowed):
                actions.send_feedback(by=people.by(who), call=call)
        actions.send_feedback(by=people.by("bpd"), call=call, words="Terima kasih sudah ikut.")
        with pytest.raises(NoSuchMove):
            actions.send_feedback(by=people.by("bpd"), call=call)
    assert late.feedback.get().words == "Terima kasih sudah ikut."
    assert feedback_facts(call).feedback_sent == feedback_facts(call).not_proposed == 2


def test_nothing_is_sent_before_the_levels_are_revealed(people):
    call = a_scoring_call(people)
    with pytest.raises(NoSuchMove):
        actions.send_feedback(by=people.by("bpd"), call=call)
    assert not Feedback.objects.exists()


# A candidate who stays silent ----------------------------------------------------------------------------------------------
def silent(people: People) -> Proposal:
    a_candidate(people, "mitra", "saingan")
    return Proposal.objects.get(state="proposed")


def test_a_silent_candidate_is_out_after_its_last_day_and_the_panel_goes_on(people):
    own = silent(people)
    last = AFTER + 9 * DAY  # proposed two days after the opening, seven days to answer
    with clock.at(last):
        assert own.answer_due == clock.today()
        assert actions.lapse_due_candidates() == 0
        with pytest.raises(NoSuchMove):
            actions.lapse_candidate(by=By.the_system(), proposal=own)
    with clock.at(last + DAY):
        call_command("daily", stdout=(said := StringIO()))
        assert "1 pencalonan gugur." in said.getvalue()
        own.refresh_from_db()
        assert (own.state, Case.objects.get().partner) == ("lapsed", None)
        assert "sampai hari terakhirnya" in shown(signed_in(people, "mitra"), "page.proposal", own.code)[1]
        with pytest.raises(NoSuchMove):
            actions.accept_candidacy(by=people.by("mitra"), proposal=own)
        asked = Duty.objects.filter(closed_at=None, door="selection.propose_next")
        assert asked.get().person == people.lksd.code
        assert not Duty.objects.filter(closed_at=None, door="selection.accept_candidacy").exists()
        call = Call.objects.select_related("case__village", "case__partner").get()
        chosen = actions.propose_next(by=people.by("lksd"), call=call, minutes_number="BA-4")
    assert chosen.partner.name == "Mitra Contoh 2"
    assert Notice.objects.filter(url_code=own.code, says__contains="tidak dilanjutkan").exists()


def test_who_answered_in_time_does_not_lapse(people):
    own = silent(people)
    with clock.at(AFTER + 3 * DAY):
        actions.accept_candidacy(by=people.by("mitra"), proposal=own)
    with clock.at(AFTER + 60 * DAY):
        assert actions.lapse_due_candidates() == 0
    assert Proposal.objects.get(pk=own.pk).state == "accepted"


@pytest.mark.parametrize("who", ["kades", "bpd", "lksd", "mitra", "dinas", "bupati"])
def test_only_the_clock_lets_a_candidacy_lapse(people, who):
    own = silent(people)
    with clock.at(AFTER + 60 * DAY), pytest.raises(NotAllowed):
        actions.lapse_candidate(by=people.by(who), proposal=own)


# The door to an objection -------------------------------------------------------------------------------------------------
def test_SL_56_the_sheet_leads_to_an_objection_as_long_as_one_may_be_filed_and_says_why_not(people):
    call = a_candidate(people, "mitra", "saingan")
    own = Proposal.objects.get(state="ranked")
    client, door = signed_in(people, "saingan"), reverse("selection.file_objection", args=[call.code])
    with clock.at(AFTER + 3 * DAY):
        assert door in shown(client, "page.feedback", own.code)[1]
        actions.file_objection(by=people.by("saingan"), call=call, text="Nilai keliru.", partner=own.partner)
        page = shown(client, "page.feedback", own.code)[1]
    assert door not in page and "SL-56" in page
    assert "tidak sedang berjalan" not in page
    with clock.at(AFTER + 60 * DAY):
        assert door not in shown(client, "page.feedback", own.code)[1]
