"""What becomes of an announced call: longer, taken back, announced anew, given up; and which clock decides."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.models import RuleSwitch
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case
from bermitra.selection import actions
from bermitra.selection.dealings import dealings
from bermitra.selection.models import Call, CallChange, Proposal, ProposalVersion, Reading
from bermitra.selection.queries import call_of, content_for_partner, proposals_visible_to
from tests.partnership.makers import a_partner
from tests.people import OURS, place
from tests.selection.makers import (
    AFTER,
    DEADLINE,
    OPENED,
    TICKS,
    a_call,
    a_candidate,
    a_closed_call,
    a_direct_candidate,
    a_sealed_proposal,
    an_open_call,
    announced_after_repair,
    content,
)
from tests.selection.test_pages import shown, signed_in

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
DURING = OPENED + timedelta(days=5)
LATER = DEADLINE + timedelta(days=7)
REASON = "Jalan ke dusun terputus; semua calon mitra diberi waktu melihat lokasi."


def extended(people, call, deadline=LATER, reason=REASON, at=DURING):
    with clock.at(at):
        return actions.extend_call(by=people.by("kades"), call=call, deadline=deadline, reason=reason)


def withdrawn(people, call, reason="Luas petak contoh keliru.", at=DURING):
    with clock.at(at):
        return actions.withdraw_call(by=people.by("kades"), call=call, reason=reason)


def announced_anew(people, call, at=DURING + timedelta(days=1)):
    with clock.at(at):
        actions.plan_announcement(
            by=people.by("sekdes"),
            call=call,
            deadline=at + timedelta(days=21),
            channels=["notice_board", "public_page"],
        )
        return actions.open_call(by=people.by("kades"), call=call)


# Longer -----------------------------------------------------------------------------------------------------------------
def test_an_extension_moves_the_deadline_for_all_and_stands_as_a_change_for_everybody(people):
    call = extended(people, an_open_call(people))
    call.refresh_from_db()
    change = CallChange.objects.get()
    assert (call.state, call.deadline, call.case.state) == ("open", LATER, "call_open")
    assert (change.kind, change.reason) == ("extended", REASON)
    assert (change.deadline_before, change.deadline_after, change.at) == (DEADLINE, LATER, DURING)
    assert change.by == people.kades.code


def test_what_was_sealed_stays_sealed_and_may_be_sent_anew_until_the_new_deadline(people):
    call = an_open_call(people)
    own = a_sealed_proposal(people, call)
    extended(people, call)
    own.refresh_from_db()
    assert own.state == "sealed"
    with clock.at(LATER - SECOND):
        assert actions.close_due_calls() == 0
        assert actions.submit_proposal(by=people.by("mitra"), proposal=own).number == 2
    with clock.at(LATER + SECOND):
        assert actions.close_due_calls() == 1


def test_SL_36_an_extension_wants_a_reason_and_comes_before_the_old_deadline(people):
    call = an_open_call(people)
    with pytest.raises(Refused) as refused:
        extended(people, call, reason="")
    assert refused.value.codes == ("SL-36", "SL-39")
    with pytest.raises(Refused) as refused:
        extended(people, call, at=DEADLINE)
    assert refused.value.codes == ("SL-36",)
    assert not CallChange.objects.exists()
    assert Call.objects.get().deadline == DEADLINE


def test_nobody_extends_after_the_deadline_though_the_regency_does_not_ask_for_it(people):
    call = an_open_call(people)
    RuleSwitch.objects.create(
        regency=place("33.04"), rule="SL-36", kind=RuleSwitch.Kind.OFF, basis="Perbup", set_at=OPENED,
        effective_from=OPENED.date(),
    )  # fmt: skip
    with pytest.raises(NoSuchMove):
        extended(people, call, at=DEADLINE + SECOND)
    with pytest.raises(Refused) as refused:
        extended(people, call, reason="")
    assert refused.value.codes == ("SL-39",)


def test_SL_57_a_call_is_extended_twice_and_anew_after_it_was_taken_back(people):
    call = an_open_call(people)
    for days in (1, 2):
        extended(people, call, DEADLINE + timedelta(days=days))
    with pytest.raises(Refused) as refused:
        extended(people, call, DEADLINE + timedelta(days=3))
    assert refused.value.codes == ("SL-57",)
    announced_anew(people, withdrawn(people, call))
    again = DURING + timedelta(days=3)
    assert extended(people, call, again + timedelta(days=30), at=again).state == "open"


def test_how_many_proposals_are_sealed_is_shown_only_once_the_call_is_closed(people):
    call = an_open_call(people)
    a_sealed_proposal(people, call)
    with clock.at(DURING):
        assert "1 usulan tersegel" not in shown(signed_in(people, "kades"), "page.selection", call.case.code)[1]
    with clock.at(AFTER):
        actions.close_due_calls()
        assert "1 usulan tersegel" in shown(signed_in(people, "kades"), "page.selection", call.case.code)[1]


def test_what_a_colleague_wrote_after_the_page_was_read_is_sealed_too(people):
    call, partner = an_open_call(people), a_partner(people)
    with clock.at(DURING):
        own = actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content=content())
        stale = Proposal.objects.select_related("call__case__village", "partner").get(pk=own.pk)
        newer = {"offer": "Untuk seratus keluarga, bukan lima puluh."}
        actions.draft_proposal(by=people.by("mitra.direktur"), partner=partner, call=call, content=newer)
        sent = actions.submit_proposal(by=people.by("mitra"), proposal=stale)
    assert sent.content["offer"] == newer["offer"]


@pytest.mark.parametrize("deadline", [DEADLINE, DEADLINE - timedelta(hours=2)])
def test_SL_49_a_deadline_only_moves_later(people, deadline):
    with pytest.raises(Refused) as refused:
        extended(people, an_open_call(people), deadline=deadline)
    assert refused.value.codes == ("SL-49",)


def test_SL_07_an_extended_call_is_counted_from_its_opening(people):
    """Moved by one hour on the last day: the days before count, so it is long enough."""
    call = extended(people, an_open_call(people), DEADLINE + timedelta(hours=1), at=DEADLINE - timedelta(hours=3))
    assert call.deadline == DEADLINE + timedelta(hours=1)


@pytest.mark.parametrize("make", [a_call, a_closed_call, a_candidate])
def test_only_an_open_call_is_extended_or_withdrawn(people, make):
    call = make(people)
    state = call.state
    for act in (extended, withdrawn):
        with pytest.raises(NoSuchMove):
            act(people, call, at=AFTER + timedelta(days=2))
    assert Call.objects.get().state == state
    assert not CallChange.objects.exists()


@pytest.mark.parametrize("who", ["sekdes", "bpd", "lksd", "camat", "kades.asing", "mitra"])
def test_nobody_but_the_head_of_the_village_extends_or_withdraws(people, who):
    call = an_open_call(people)
    a_partner(people, username="mitra")
    with clock.at(DURING):
        with pytest.raises(NotAllowed):
            actions.extend_call(by=people.by(who), call=call, deadline=LATER, reason=REASON)
        with pytest.raises(NotAllowed):
            actions.withdraw_call(by=people.by(who), call=call, reason=REASON)
    assert Call.objects.get().deadline == DEADLINE


def test_those_with_drafts_or_sealed_proposals_and_those_who_asked_are_told_each_once(people):
    call = an_open_call(people)
    sealed, draft = a_partner(people, username="mitra"), a_partner(people, name="Mitra Draf", username="draf")
    asker, gone = a_partner(people, name="Penanya", username="penanya"), a_partner(people, name="P", username="pergi")
    a_sealed_proposal(people, call, sealed, "mitra")
    left = a_sealed_proposal(people, call, gone, "pergi")
    with clock.at(OPENED + timedelta(days=4)):
        left.refresh_from_db()
        actions.withdraw_proposal(by=people.by("pergi"), proposal=left)
        actions.draft_proposal(by=people.by("draf"), partner=draft, call=call, content=content())
        for who in ("penanya", "mitra"):
            actions.ask_question(by=people.by(who), call=call, text="Boleh bergabung dua badan?")
    Notice.objects.all().delete()
    extended(people, call)
    told = Notice.objects.filter(url_name="page.call", url_code=call.code)
    assert {each.party for each in told if each.party} == {sealed.code, draft.code}
    assert {each.person for each in told if each.person} == {people.held["penanya"].code}
    assert told.count() == 3
    assert asker.code not in {each.party for each in told}


# Taken back -------------------------------------------------------------------------------------------------------------
def test_a_withdrawn_call_is_a_draft_and_sealed_proposals_are_their_partners_drafts_with_all_they_said(people):
    call = an_open_call(people)
    own = a_sealed_proposal(people, call, offer="Tiga dosen tinggal di dusun.")
    version = ProposalVersion.objects.get()
    call = withdrawn(people, call)
    own.refresh_from_db()
    assert (call.state, call.deadline, call.frozen_hash, call.opened_at) == ("draft", None, "", None)
    assert Case.objects.get().state == "preparing_terms"
    assert (own.state, own.sealed_at) == ("draft", None)
    assert content_for_partner(own)["offer"] == "Tiga dosen tinggal di dusun."
    assert ProposalVersion.objects.get() == version
    change = CallChange.objects.get()
    assert (change.kind, change.deadline_before, change.deadline_after) == ("withdrawn", DEADLINE, None)
    assert Duty.objects.filter(door="selection.draft_call", closed_at=None).exists()


def test_what_was_sealed_before_a_withdrawal_is_read_by_nobody_not_even_after_the_next_opening(people):
    call = an_open_call(people)
    a_sealed_proposal(people, call, a_partner(people, name="Satu", username="satu"), "satu")
    second = a_sealed_proposal(people, call, a_partner(people, name="Dua", username="dua"), "dua")
    withdrawn(people, call)
    for who in ("kades", "sekdes", "bpd", "lksd", "guru"):
        assert not proposals_visible_to(people.by(who).person).exists()
    call = announced_anew(people, call)
    with clock.at(DURING + timedelta(days=3)):
        second.refresh_from_db()
        assert actions.submit_proposal(by=people.by("dua"), proposal=second).number == 2
    with clock.at(DURING + timedelta(days=30)):
        actions.close_due_calls()
        call = call_of(Case.objects.get())
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-2", witnesses=["A", "B"])
    assert list(Proposal.objects.order_by("pk").values_list("state", flat=True)) == ["late", "opened"]
    assert list(proposals_visible_to(people.by("lksd").person)) == [second]
    assert not Reading.objects.exists()


def test_a_withdrawn_call_is_announced_anew_for_its_full_time_with_another_hash(people):
    call = an_open_call(people)
    before = call.frozen_hash
    call = withdrawn(people, call)
    actions.write_kak(by=people.by("sekdes"), call=call, sections={"contribution": "Petak contoh 2 ha."})
    with clock.at(DURING), pytest.raises(Refused) as refused:
        actions.plan_announcement(
            by=people.by("sekdes"),
            call=call,
            deadline=DEADLINE - timedelta(days=5),
            channels=["notice_board", "district"],
        )
        actions.open_call(by=people.by("kades"), call=call)
    assert refused.value.codes == ("SL-07",)
    call = announced_anew(people, call)
    assert call.state == "open"
    assert call.frozen_hash not in ("", before)


def test_a_question_that_waits_over_a_withdrawal_waits_again_once_it_is_announced_anew(people):
    call = an_open_call(people)
    waits = Duty.objects.filter(door="selection.answer_question", closed_at=None)
    with clock.at(DURING):
        actions.ask_question(by=By(key=uuid4().hex), call=call, text="Boleh bergabung dua badan?")
    call = withdrawn(people, call)
    assert not waits.exists()
    announced_anew(people, call)
    assert waits.count() == 1


def test_SL_39_a_withdrawal_wants_a_reason_and_comes_before_the_deadline(people):
    call = an_open_call(people)
    with pytest.raises(Refused) as refused:
        withdrawn(people, call, reason="")
    assert refused.value.codes == ("SL-39",)
    with pytest.raises(NoSuchMove):
        withdrawn(people, call, at=DEADLINE + SECOND)
    assert Call.objects.get().state == "open"


@pytest.mark.parametrize("taken_back", [False, True], ids=["open", "taken back"])
def test_a_draft_of_a_call_that_is_given_up_ends_as_not_chosen_and_its_partner_is_told_why(people, taken_back):
    call = an_open_call(people)
    sealed, draft = a_partner(people, username="mitra"), a_partner(people, name="Mitra Draf", username="draf")
    a_sealed_proposal(people, call, sealed, "mitra")
    with clock.at(DURING):
        own = actions.draft_proposal(by=people.by("draf"), partner=draft, call=call, content=content())
        if taken_back:
            withdrawn(people, call)
        Notice.objects.all().delete()
        actions.cancel_call(by=people.by("kades"), call=call, reason="Anggaran dialihkan.")
    for each in Proposal.objects.all():
        assert (each.state, each.out_because) == ("not_chosen", "Anggaran dialihkan.")
    told = Notice.objects.filter(url_name="page.call", url_code=call.code)
    assert {each.party for each in told} == {sealed.code, draft.code}
    assert "Anggaran dialihkan." in shown(signed_in(people, "draf"), "page.proposal", own.code)[1]
    public = Client().get(reverse("page.call", args=[call.code])).content.decode()
    assert "Mitra Draf" not in public
    assert (draft.pk, OURS) not in dealings(Q(pk=draft.pk), OURS, sealed=False)


def test_every_change_is_kept_the_oldest_first(people):
    call = an_open_call(people)
    extended(people, call)
    with clock.at(LATER + SECOND):
        actions.close_due_calls()
        call = call_of(Case.objects.get())
        actions.reopen_call(by=people.by("kades"), call=call, deadline=LATER + timedelta(days=30))
        withdrawn(people, call, at=LATER + timedelta(days=1))
        actions.cancel_call(by=people.by("kades"), call=call, reason="Anggaran dialihkan.")
    kinds = list(CallChange.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["extended", "reopened", "withdrawn", "cancelled"]
    verbs = list(Event.objects.filter(about=f"call:{call.code}").order_by("seq").values_list("verb", flat=True))
    assert verbs[-5:] == ["call.extended", "call.closed", "call.reopened", "call.withdrawn", "call.cancelled"]


def test_a_failed_call_that_is_revised_says_why_it_failed_and_begins_without_that_reason(people):
    call = a_closed_call(people)
    with clock.at(AFTER):
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-2", witnesses=["A", "B"])
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        actions.fail_call(by=people.by("lksd"), call=call, reason="Tidak ada yang mencapai batas nilai.")
        call = actions.revise_terms(by=people.by("sekdes"), case=Case.objects.get())
    change = CallChange.objects.get()
    assert (change.kind, change.reason) == ("revised", "Tidak ada yang mencapai batas nilai.")
    assert call.ended_why == ""


# Visions that were public ---------------------------------------------------------------------------------------------
def failed_after_the_opening(people):
    """Its proposals were opened with minutes, so that everybody read what both sides stand by."""
    call = a_closed_call(people)
    with clock.at(AFTER):
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-2", witnesses=["A", "B"])
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        actions.fail_call(by=people.by("lksd"), call=call, reason="Tidak ada yang mencapai batas nilai.")
    return call


def test_SL_61_a_call_whose_visions_were_public_is_not_announced_again_as_it_is(people):
    call = failed_after_the_opening(people)
    with clock.at(AFTER), pytest.raises(Refused) as refused:
        actions.reopen_call(by=people.by("kades"), call=call, deadline=AFTER + timedelta(days=20))
    assert refused.value.codes == ("SL-61",)
    assert Call.objects.get().state == "failed"
    asked = Duty.objects.get(closed_at=None, about=f"case:{call.case.code}")
    assert (asked.door, asked.role) == ("selection.revise_terms", "village_head")
    page = shown(signed_in(people, "kades"), "selection.reopen_call", call.case.code)[1]
    assert "Visi desa yang sudah terbuka harus dicentang lagi" in page


def test_SL_61_the_village_saves_its_vision_again_before_it_announces_anew(people):
    failed_after_the_opening(people)
    with clock.at(AFTER + timedelta(days=1)):
        call = actions.revise_terms(by=people.by("sekdes"), case=Case.objects.get())
        ends = AFTER + timedelta(days=30)
        given = {"deadline": ends, "channels": ["notice_board", "public_page"]}
        actions.plan_announcement(by=people.by("sekdes"), call=call, **given)
        with pytest.raises(Refused) as refused:
            actions.open_call(by=people.by("kades"), call=call)
        assert refused.value.codes == ("SL-61",)
        actions.tick_vision(by=people.by("kades"), call=call, ticks=TICKS)  # the same: confirmed
        assert actions.open_call(by=people.by("kades"), call=call).state == "open"


def test_SL_61_nobody_saw_the_visions_of_a_call_that_nobody_answered(people):
    call = an_open_call(people)
    with clock.at(AFTER):
        actions.close_due_calls()
        call = call_of(Case.objects.get())
        actions.reopen_call(by=people.by("kades"), call=call, deadline=AFTER + timedelta(days=20))
    assert call.state == "open"


def test_SL_61_who_was_appointed_directly_and_accepted_has_seen_the_vision_as_well(people):
    call = a_direct_candidate(people)
    with clock.at(OPENED + timedelta(days=1)):
        actions.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(), ticks=TICKS)
        actions.fail_call(by=people.by("lksd"), call=call, reason="Warga berkeberatan.")
        with pytest.raises(Refused) as refused:
            actions.reopen_call(by=people.by("kades"), call=call, deadline=OPENED + timedelta(days=40))
    assert refused.value.codes == ("SL-61",)
    assert Duty.objects.filter(door="selection.revise_terms", closed_at=None).count() == 1


def test_what_a_partner_stood_by_in_an_earlier_opening_is_not_taken_over_into_its_next_proposal(people):
    failed_after_the_opening(people)
    partner = Proposal.objects.get().partner
    with clock.at(AFTER + timedelta(days=1)):
        call = announced_after_repair(people, AFTER + timedelta(days=30))
        said = content()
        del said["vision_ticks"]
        own = actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content=said)
        assert content_for_partner(own).get("vision_ticks") is None
        with pytest.raises(Refused) as refused:
            actions.submit_proposal(by=people.by("mitra"), proposal=own)
    assert refused.value.codes == ("SL-42",)


# Answers for all --------------------------------------------------------------------------------------------------------
def test_SL_36_an_answer_comes_before_the_deadline(people):
    call = an_open_call(people)
    with clock.at(DURING):
        question = actions.ask_question(by=By(key=uuid4().hex), call=call, text="Boleh bergabung dua badan?")
    with clock.at(DEADLINE), pytest.raises(Refused) as refused:
        actions.answer_question(by=people.by("sekdes"), question=question, text="Boleh.")
    assert refused.value.codes == ("SL-36",)
    with clock.at(DEADLINE - SECOND):
        actions.answer_question(by=people.by("sekdes"), question=question, text="Boleh.")
    assert question.answer.text == "Boleh."


def test_nothing_is_asked_once_the_deadline_has_passed(people):
    call = an_open_call(people)
    with clock.at(DEADLINE + SECOND), pytest.raises(NoSuchMove):
        actions.ask_question(by=By(key=uuid4().hex), call=call, text="Masih boleh?")


# The clock --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("off", "taken"),
    [(-SECOND, True), (timedelta(), True), (timedelta(seconds=0.4), False), (SECOND, False)],
    ids=["a second before", "at the deadline", "0.4 s late", "a second late"],
)
def test_SL_13_the_servers_clock_decides_to_the_instant_whatever_the_client_says(people, off, taken):
    call, partner = an_open_call(people), a_partner(people)
    with clock.at(DURING):
        own = actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content=content())
    client = signed_in(people, "mitra")
    lies = {"Date": "Mon, 02 Mar 2026 02:00:00 GMT", "X-Client-Time": "2026-03-02T02:00:00Z"}
    with clock.at(DEADLINE + off):
        sent = client.post(reverse("selection.submit_proposal", args=[own.code]), {"_key": uuid4().hex}, headers=lies)
    assert sent.status_code == (302 if taken else 409)
    own.refresh_from_db()
    assert own.state == ("sealed" if taken else "draft")
    assert ProposalVersion.objects.count() == (1 if taken else 0)


class Slow(BytesIO):
    """A request whose body is in only when the clock shows another moment than when it began."""

    def __init__(self, body: bytes, whole_at: datetime, during: ExitStack):
        super().__init__(body)
        self.whole_at, self.during = whole_at, during

    def read(self, size: int = -1) -> bytes:
        self.during.enter_context(clock.at(self.whole_at))
        return super().read(size)


@pytest.mark.parametrize(("off", "taken"), [(-SECOND, True), (timedelta(seconds=0.4), False)])
def test_SL_13_what_began_before_the_deadline_counts_from_when_the_whole_of_it_was_in(people, off, taken):
    call, partner = an_open_call(people), a_partner(people)
    with clock.at(DURING):
        own = actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content=content())
    client = signed_in(people, "mitra")
    body = f"_key={uuid4().hex}&isi={'x' * 5000}".encode()
    with ExitStack() as during:
        during.enter_context(clock.at(DEADLINE - timedelta(seconds=30)))
        sent = client.generic(
            "POST", reverse("selection.submit_proposal", args=[own.code]), b"",
            CONTENT_TYPE="application/x-www-form-urlencoded", CONTENT_LENGTH=str(len(body)),
            **{"wsgi.input": Slow(body, DEADLINE + off, during)},
        )  # fmt: skip
    assert sent.status_code == (302 if taken else 409)
    own.refresh_from_db()
    assert own.state == ("sealed" if taken else "draft")
