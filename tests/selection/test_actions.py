"""A call from its draft to the award, a partner's own offer to its answer; each refusal leaves nothing behind."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.actions import switch_rule
from bermitra.foundation.rules import Refused
from bermitra.partnership import actions as case_actions
from bermitra.partnership.actions import cancel as leave
from bermitra.partnership.models import Case, TermSheet
from bermitra.registry.actions import close_overdue_report, record_overdue_report
from bermitra.registry.models import VillageProfile
from bermitra.selection import actions
from bermitra.selection.criteria import statements
from bermitra.selection.life import return_to_selection
from bermitra.selection.models import (
    Call,
    CallChange,
    Candidacy,
    Feedback,
    Objection,
    Panelist,
    Proposal,
    ProposalVersion,
    Ranking,
    Reading,
    Score,
)
from bermitra.selection.queries import (
    beside_the_chosen,
    checks,
    opened,
    own_proposals,
    parts,
    proposals_visible_to,
    public_calls,
    public_ranking,
    ranking,
)
from bermitra.selection.queries.direct import failures_of
from bermitra.selection.rules import threshold_reached
from tests.partnership.makers import a_partner, a_tabled_sheet, agreed_by_meeting, an_office, decided, verify
from tests.people import OURS, place
from tests.selection.makers import (
    AFTER,
    DEADLINE,
    OFFERED,
    OPENED,
    REASON,
    TAKES_NOTHING,
    TICKS,
    a_call,
    a_candidate,
    a_checking_call,
    a_closed_call,
    a_forwarded_case,
    a_scoring_call,
    a_sealed_proposal,
    an_awarded_case,
    an_offer,
    an_open_call,
    announced_after_repair,
    content,
    scored,
)

pytestmark = pytest.mark.django_db
OTHER_TICKS = ["fair_return", "capital_market", "local_first", "residents_decide", "upkeep"]  # one of them is in TICKS


def unmet(case: Case, door: str) -> set[str]:
    case = Case.objects.select_related("village", "partner", "plan_line", "midterm_line").get(pk=case.pk)
    return {each.code for each in checks(case)[door] if not each.holds}


# Opening ------------------------------------------------------------------------------------------------------------
def test_a_complete_call_is_opened_and_its_criteria_are_frozen(people):
    call = an_open_call(people)
    assert call.state == "open"
    assert len(call.frozen_hash) == 64
    assert Case.objects.get().state == "call_open"
    assert list(public_calls(open_only=True)) == [call]
    assert sum(each.weight for each in call.criteria.all()) == 100


def weighed(people, call, **other):
    held = {each.code: each.weight for each in call.criteria.all()}
    actions.set_criteria(by=people.by("sekdes"), call=call, weights={**held, **other})


def passing_from(people, call, total, each):
    actions.plan_announcement(
        by=people.by("sekdes"), call=call, deadline=call.deadline, channels=call.channels, threshold_total=total,
        threshold_each=each,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda people, call: Case.objects.update(plan_line=None), "PS-06"),
        (lambda people, call: Case.objects.update(village_share=60_000_000), "PS-07"),
        (lambda people, call: Case.objects.get().case_needs.all().delete(), "PS-05"),
        (lambda people, call: actions.write_kak(by=people.by("sekdes"), call=call, sections={"risks": ""}), "SL-01"),
        (lambda people, call: Case.objects.update(costs=[{"what": "Rapat", "amount": None}]), "SL-02"),
        (lambda people, call: Case.objects.update(environment_ok=False), "SL-03"),
        (
            lambda people, call: actions.plan_announcement(
                by=people.by("sekdes"), call=call, deadline=DEADLINE, channels=["messages"]
            ),
            "SL-04",
        ),
        (lambda people, call: weighed(people, call, need_fit=20), "SL-05"),
        (lambda people, call: weighed(people, call, need_fit=0, finance=30), "SL-54"),
        (lambda people, call: weighed(people, call, continuity=4, finance=21), "SL-54"),
        (lambda people, call: passing_from(people, call, total=64, each=40), "SL-54"),
        (lambda people, call: passing_from(people, call, total=65, each=0), "SL-54"),
        (
            lambda people, call: actions.plan_announcement(
                by=people.by("sekdes"),
                call=call,
                deadline=OPENED + timedelta(days=10),
                channels=["notice_board", "public_page"],
            ),
            "SL-07",
        ),
        (lambda people, call: Panelist.objects.filter(seat="bpd").delete(), "SL-09"),
    ],
)  # fmt: skip
def test_an_incomplete_call_is_not_opened(people, spoil, code):
    with clock.at(OPENED):
        call = a_call(people)
        spoil(people, call)
        call = Call.objects.select_related("case__village").get()
        events = Event.objects.count()
        with pytest.raises(Refused) as refused:
            actions.open_call(by=people.by("kades"), call=call)
        assert refused.value.codes == (code,)
        assert (Call.objects.get().state, Case.objects.get().state) == ("draft", "preparing_terms")
        assert Event.objects.count() == events
        assert code in unmet(call.case, "selection.open_call")


def test_all_unmet_rules_are_told_at_once(people):
    with clock.at(OPENED):
        a_call(people)
        Case.objects.update(environment_ok=None, budget_note="")
        Panelist.objects.all().delete()
        with pytest.raises(Refused) as refused:
            actions.open_call(by=people.by("kades"), call=Call.objects.select_related("case__village").get())
    assert refused.value.codes == ("PS-07", "SL-03", "SL-09")


def test_a_village_without_umbrella_regulation_is_warned_only(people):
    with clock.at(OPENED):
        call = a_call(people)
        assert "RG-18" in unmet(call.case, "selection.open_call")
        actions.open_call(by=people.by("kades"), call=call)


def test_a_village_that_names_nobody_or_owes_reports_opens_no_call(people):
    with clock.at(OPENED):
        call = a_call(people)
        record_overdue_report(by=By.the_system(), village=place(OURS), year=2024, due_on=date(2025, 1, 31))
        assert "RG-17" in unmet(call.case, "selection.open_call")
        with pytest.raises(Refused) as refused:
            actions.open_call(by=people.by("kades"), call=call)
        assert refused.value.codes == ("RG-17",)
        close_overdue_report(by=By.the_system(), village=place(OURS), year=2024)
        VillageProfile.objects.update(contact_name="")
        with pytest.raises(Refused):
            actions.open_call(by=people.by("kades"), call=call)


@pytest.mark.parametrize(
    "who", ["sekdes", "operator", "bpd", "lksd", "dinas", "bupati", "camat", "kades.asing", "inspektorat"]
)
def test_only_the_head_of_this_village_announces(people, who):
    call = a_call(people)
    with pytest.raises(NotAllowed):
        actions.open_call(by=people.by(who), call=call)


def test_what_is_announced_is_not_written_on(people):
    call = an_open_call(people)
    with pytest.raises(NoSuchMove):
        actions.write_kak(by=people.by("sekdes"), call=call, sections={"risks": "Lain"})
    with pytest.raises(NoSuchMove):
        actions.set_criteria(by=people.by("sekdes"), call=call, weights={"need_fit": 100})


def test_SL_10_the_head_gets_no_seat(people):
    call = a_call(people)
    with pytest.raises(Refused) as refused:
        actions.appoint_panel(by=people.by("bpd"), call=call, person=people.kades, seat="other")
    assert refused.value.codes == ("SL-10",)


def test_a_question_is_answered_for_everybody(people):
    call = an_open_call(people)
    with clock.at(OPENED + timedelta(days=1)):
        asked = actions.ask_question(by=By(key="q"), call=call, text="Apakah uji tanah wajib?")
        actions.answer_question(by=people.by("lksd"), question=asked, text="Ya, enam puluh titik.")
    assert asked.answer.text.startswith("Ya")
    assert not Duty.objects.filter(door="selection.answer_question", closed_at=None).exists()


def waiting(door: str) -> set[str]:
    """The codes of the records that open duties of this door lead to."""
    return set(Duty.objects.filter(door=door, closed_at=None).values_list("url_code", flat=True))


def test_an_answer_closes_its_own_question_and_no_other(people):
    call = an_open_call(people)
    with clock.at(OPENED):
        first, second = (actions.ask_question(by=By(key=text), call=call, text=text) for text in ("Satu?", "Dua?"))
        assert waiting("selection.answer_question") == {first.code, second.code}
        actions.answer_question(by=people.by("lksd"), question=first, text="Ya.")
        assert waiting("selection.answer_question") == {second.code}
    with clock.at(AFTER):
        actions.close_due_calls()
    assert not waiting("selection.answer_question")


def test_completed_documents_of_one_partner_leave_the_other_asked(people):
    a_checking_call(people, "mitra", "saingan")
    first, second = Proposal.objects.order_by("pk")
    with clock.at(AFTER):
        for each in (first, second):
            actions.request_documents(by=people.by("lksd"), proposal=each, missing="NPWP")
        actions.complete_documents(by=people.by("mitra"), proposal=first, note="NPWP terlampir pada profil.")
    assert waiting("selection.complete_documents") == {second.code}
    with clock.at(AFTER + timedelta(days=30)):
        actions.disqualify(by=people.by("lksd"), proposal=second, reason="Tidak lengkap.")
    assert not waiting("selection.complete_documents")


def test_an_answered_objection_leaves_the_other_to_be_answered_also_under_the_next_candidate(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(AFTER + timedelta(days=3)):
        an_office(people, "pak.rt", "Karjo", roles.RESIDENT)
        first, second = (
            actions.file_objection(by=people.by(who), call=call, text="Keliru.") for who in ("warga", "pak.rt")
        )
        actions.dismiss_objection(by=people.by("lksd"), objection=first, answer="Nilai sudah diperiksa ulang.")
        assert waiting("selection.dismiss_objection") == {second.code}
        own = Proposal.objects.get(state="proposed")
        assert waiting("selection.accept_candidacy") == {own.code}
        actions.decline_candidacy(by=people.by("mitra"), proposal=own, reason="Dekan berganti.")
        assert not waiting("selection.accept_candidacy")
        chosen = actions.propose_next(by=people.by("lksd"), call=call, minutes_number="BA-4")
    assert waiting("selection.accept_candidacy") == {chosen.code}
    assert waiting("selection.dismiss_objection") == {second.code}


def test_a_replacement_is_asked_for_every_panelist_with_an_interest(people):
    call = a_checking_call(people)
    for who in ("guru", "kwt"):
        actions.declare_interest(by=people.by(who), call=call, interest=True, what="Ipar pengurus mitra ini.")
    asked = Duty.objects.filter(door="selection.appoint_panel", closed_at=None)
    assert asked.count() == 2
    actions.release_panelist(by=people.by("kades"), call=call, person=people.guru, reason="Berkepentingan.")
    assert asked.count() == 1


def seats_asked(door: str) -> set[str]:
    return set(
        Duty.objects.filter(closed_at=None, door=door, about__startswith="panel:").values_list("person", flat=True)
    )


@pytest.mark.parametrize("ending", ["cancel", "fail"])
def test_no_seat_is_asked_for_anything_once_the_call_is_over(people, ending):
    call = a_checking_call(people)
    panel = {people.held[who].code for who in ("lksd", "guru", "kwt", "anggota.bpd")}
    unsaid = panel - {people.lksd.code}  # whoever leads the check has said so before it
    assert seats_asked("selection.declare_interest") == unsaid
    with clock.at(AFTER):
        actions.declare_interest(by=people.by("guru"), call=call, interest=False)
        if ending != "fail":
            actions.complete_admin_check(by=people.by("lksd"), call=call)
            assert seats_asked("page.selection") == panel - {people.lksd.code}  # the lead does not score
        assert seats_asked("selection.declare_interest") == unsaid - {people.guru.code}  # asked before and after
        reason = "Anggaran dialihkan ke bencana di dusun."
        if ending == "cancel":
            actions.cancel_call(by=people.by("kades"), call=call, reason=reason)
        else:
            actions.fail_call(by=people.by("lksd"), call=call, reason=reason)
    assert seats_asked("selection.declare_interest") == seats_asked("page.selection") == set()


def test_what_waited_for_records_of_a_cancelled_case_waits_no_more(people):
    call = an_open_call(people)
    with clock.at(OPENED + timedelta(days=1)):
        actions.ask_question(by=By(key="tanya"), call=call, text="Kapan mulai?")
        assert waiting("selection.answer_question")
        actions.cancel_call(by=people.by("kades"), call=call, reason="Desa menata ulang rencana tahun ini.")
    assert not waiting("selection.answer_question")


# The seal -----------------------------------------------------------------------------------------------------------
def test_a_proposal_is_sealed_with_the_hash_of_its_content(people):
    call = an_open_call(people)
    own = a_sealed_proposal(people, call)
    sent = ProposalVersion.objects.get()
    own.refresh_from_db()
    assert (own.state, own.draft, len(sent.content_hash)) == ("sealed", {}, 64)
    with clock.at(OPENED + timedelta(days=5)):
        actions.draft_proposal(
            by=people.by("mitra"), partner=own.partner, call=call, content={"offer": "Lebih banyak."}
        )
        own.refresh_from_db()
        actions.submit_proposal(by=people.by("mitra"), proposal=own)
    versions = list(ProposalVersion.objects.order_by("number"))
    assert [v.number for v in versions] == [1, 2]
    assert versions[0].content == sent.content
    assert versions[1].content["wants"] == sent.content["wants"]
    assert versions[1].content_hash != sent.content_hash


@pytest.mark.parametrize(
    "who", ["kades", "sekdes", "bpd", "lksd", "anggota.bpd", "guru", "dinas", "bupati", "inspektorat", "saingan"]
)
def test_nobody_sees_a_proposal_before_it_is_opened(people, who):
    call = a_closed_call(people, "mitra", "saingan")
    own = Proposal.objects.order_by("pk").first()
    person = people.by(who).person
    assert own not in proposals_visible_to(person)
    assert own not in own_proposals(person)
    assert opened(own, person) is None
    with pytest.raises((NotAllowed, Refused, NoSuchMove)):
        actions.read_proposal(by=people.by(who), proposal=own)
    assert not Reading.objects.exists()
    assert call.state == "closed"


def test_the_partner_sees_its_own_and_never_its_rivals(people):
    call = a_checking_call(people, "mitra", "saingan")
    mine, theirs = Proposal.objects.filter(call=call).order_by("pk")
    person = people.by("mitra").person
    assert list(proposals_visible_to(person)) == [mine]
    with pytest.raises(NotAllowed):
        actions.read_proposal(by=people.by("mitra"), proposal=theirs)


def test_SL_13_a_proposal_after_the_deadline_is_refused_by_the_servers_clock(people):
    call, partner = an_open_call(people), a_partner(people)
    with clock.at(OPENED):
        own = actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content=content())
    with clock.at(DEADLINE + timedelta(seconds=1)):
        with pytest.raises(Refused) as refused:
            actions.submit_proposal(by=people.by("mitra"), proposal=own)
        assert refused.value.codes == ("SL-13",)
        assert not ProposalVersion.objects.exists()
        assert actions.close_due_calls() == 1
    own.refresh_from_db()
    assert own.state == "late"
    assert Case.objects.get().state == "call_failed"


def test_ND_06_money_for_persons_is_refused(people):
    call, partner = an_open_call(people), a_partner(people)
    with clock.at(OPENED):
        own = actions.draft_proposal(
            by=people.by("mitra"), partner=partner, call=call, content=content(gifts_to_persons=1)
        )
        with pytest.raises(Refused) as refused:
            actions.submit_proposal(by=people.by("mitra"), proposal=own)
    assert refused.value.codes == ("ND-06",)


def test_SL_06_weights_changed_behind_the_houses_back_stop_everything(people):
    call = a_closed_call(people)
    call.criteria.filter(code="finance").update(weight=25)
    with clock.at(AFTER), pytest.raises(Refused) as refused:
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-1", witnesses=["Karsono"])
    assert refused.value.codes == ("SL-06",)
    assert Proposal.objects.get().state == "sealed"


def test_SL_14_opening_wants_minutes_and_witnesses(people):
    call = a_closed_call(people)
    with clock.at(AFTER), pytest.raises(Refused) as refused:
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="", witnesses=[])
    assert refused.value.codes == ("SL-14",)


def test_a_call_closes_only_after_its_deadline(people):
    call = an_open_call(people)
    with clock.at(DEADLINE - timedelta(seconds=1)):
        assert actions.close_due_calls() == 0
        with pytest.raises(NoSuchMove):
            actions.close_call(by=By.the_system(), call=call)
    with pytest.raises(NotAllowed):
        actions.close_call(by=people.by("kades"), call=call)


def test_a_withdrawn_proposal_is_never_opened_and_may_come_again(people):
    call = an_open_call(people)
    own = a_sealed_proposal(people, call)
    own.refresh_from_db()
    with clock.at(OPENED + timedelta(days=4)):
        actions.withdraw_proposal(by=people.by("mitra"), proposal=own)
        again = actions.draft_proposal(by=people.by("mitra"), partner=own.partner, call=call, content=content())
        actions.submit_proposal(by=people.by("mitra"), proposal=again)
    with clock.at(AFTER):
        actions.close_due_calls()
        actions.start_selection(
            by=people.by("bpd"), call=Call.objects.get(), minutes_number="BA-1", witnesses=["Karsono"]
        )
    assert set(Proposal.objects.values_list("state", flat=True)) == {"withdrawn", "opened"}


def test_sealing_wants_the_password_again(people):
    call, partner = an_open_call(people), a_partner(people)
    with clock.at(OPENED):
        own = actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content=content())
        with pytest.raises(StepUpNeeded):
            actions.submit_proposal(by=By(person=people.mitra, key="k"), proposal=own)


# Checking -----------------------------------------------------------------------------------------------------------
def test_missing_documents_have_their_days(people):
    call = a_checking_call(people, "mitra", "saingan")
    first, second = Proposal.objects.filter(call=call).order_by("pk")
    with clock.at(AFTER):
        actions.request_documents(by=people.by("lksd"), proposal=first, missing="Laporan keuangan dua tahun.")
        with pytest.raises(Refused) as refused:
            actions.disqualify(by=people.by("lksd"), proposal=first, reason="Tidak lengkap.")
        assert refused.value.codes == ("SL-15",)
        with pytest.raises(Refused) as refused:
            actions.complete_admin_check(by=people.by("lksd"), call=call)
        assert refused.value.codes == ("SL-41",)
    with clock.at(AFTER + timedelta(days=8)):
        actions.disqualify(by=people.by("lksd"), proposal=first, reason="Tidak lengkap setelah delapan hari.")
        actions.complete_admin_check(by=people.by("lksd"), call=call)
    second.refresh_from_db()
    assert (first.state, second.state, call.state) == ("disqualified", "admissible", "scoring")


def test_completed_documents_lead_on(people):
    call = a_checking_call(people)
    own = Proposal.objects.get()
    actions.request_documents(by=people.by("lksd"), proposal=own, missing="NPWP")
    actions.complete_documents(by=people.by("mitra"), proposal=own, note="NPWP terlampir pada profil.")
    actions.complete_admin_check(by=people.by("lksd"), call=call)
    assert Case.objects.get().state == "substantive_selection"


def test_whoever_sits_on_no_panel_checks_nothing(people):
    a_checking_call(people)
    own = Proposal.objects.get()
    for who in ("warga", "kades", "dinas", "sekdes", "bpd"):
        with pytest.raises(NotAllowed):
            actions.request_documents(by=people.by(who), proposal=own, missing="x")


# Reading and scoring ------------------------------------------------------------------------------------------------
def test_SL_11_reading_and_scoring_want_a_declaration_first(people):
    call = a_checking_call(people)
    own = Proposal.objects.get()
    with pytest.raises(Refused) as refused:
        actions.read_proposal(by=people.by("guru"), proposal=own)
    assert refused.value.codes == ("SL-11",)
    actions.declare_interest(by=people.by("guru"), call=call, interest=False)
    read = actions.read_proposal(by=people.by("guru"), proposal=own)
    assert opened(own, people.guru) == read.version
    actions.read_proposal(by=people.by("inspektorat"), proposal=own)
    assert Reading.objects.count() == 2


def test_SL_12_whoever_has_an_interest_neither_reads_nor_scores_and_is_replaced(people):
    call = a_scoring_call(people)
    own = Proposal.objects.get()
    actions.declare_interest(by=people.by("anggota.bpd"), call=call, interest=True, what="Anak saya bekerja di sana.")
    with pytest.raises(Refused) as refused:
        scored(people, call, own, who=("anggota.bpd",))
    assert refused.value.codes == ("SL-12",)
    scored(people, call, own, who=("guru", "kwt"))
    with pytest.raises(Refused) as refused:
        actions.reveal_scores(by=people.by("lksd"), call=call)
    assert refused.value.codes == ("SL-09", "SL-17")
    an_office(people, "bpd.tiga", "Sarmini", roles.BPD_MEMBER)
    actions.appoint_panel(
        by=people.by("kades"), call=call, person=people.bpd_tiga, seat="bpd", decree="Keputusan Kades 16/2026"
    )
    actions.declare_interest(by=people.by("bpd.tiga"), call=call, interest=False)
    scored(people, call, own, who=("bpd.tiga",))
    actions.reveal_scores(by=people.by("lksd"), call=call)
    assert Ranking.objects.get().place == 1


def test_SL_12_a_reader_with_an_interest_does_not_propose(people):
    call = a_scoring_call(people)
    scored(people, call, Proposal.objects.get())
    actions.reveal_scores(by=people.by("guru"), call=call)
    actions.declare_interest(by=people.by("lksd"), call=call, interest=True, what="Kakak saya pengurus mitra.")
    with pytest.raises(Refused) as refused:
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
    assert refused.value.codes == ("SL-12",)
    assert Proposal.objects.get().state == "ranked"


def test_SL_12_an_office_with_a_partner_is_found_without_being_declared(people):
    call = a_scoring_call(people)
    own = Proposal.objects.get()
    from bermitra.foundation.accounts.models import Appointment

    office = Appointment.objects.get(person=people.kwt)
    Appointment.objects.create(
        person=people.kwt, role="partner_rep", region_id=OURS, party=own.partner.code, decree="x", since=office.since,
        until=office.until, state="confirmed", state_at=office.state_at,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        scored(people, call, own, who=("kwt",))
    assert refused.value.codes == ("SL-12",)


def test_SL_16_a_level_needs_its_reason(people):
    call = a_scoring_call(people)
    own = Proposal.objects.get()
    codes = [each.code for each in call.criteria.all()]
    with pytest.raises(Refused) as refused:
        actions.score(
            by=people.by("guru"),
            proposal=own,
            levels=dict.fromkeys(codes, 3),
            reasons={**dict.fromkeys(codes, REASON), codes[0]: "bagus."},
        )
    assert refused.value.codes == ("SL-16",)
    assert not Score.objects.exists()


@pytest.mark.parametrize("who", ["kades", "sekdes", "bpd", "dinas", "camat", "bupati", "warga", "mitra", "lksd"])
def test_who_does_not_score(people, who):
    call = a_scoring_call(people)
    with pytest.raises((NotAllowed, NoSuchMove)):
        scored(people, call, Proposal.objects.get(), who=(who,))


def test_a_call_of_old_that_left_a_criterion_out_comes_to_its_result(people):
    call = a_scoring_call(people)
    call.criteria.filter(code="need_fit").delete()
    scored(people, call, Proposal.objects.get())
    actions.reveal_scores(by=people.by("lksd"), call=call)
    assert "need_fit" not in Ranking.objects.get().points


def test_SL_17_scores_stay_apart_until_the_last_is_in(people):
    call = a_scoring_call(people, "mitra", "saingan")
    first, second = Proposal.objects.filter(call=call).order_by("pk")
    scored(people, call, first)
    scored(people, call, second, who=("guru", "kwt"))
    with pytest.raises(Refused) as refused:
        actions.reveal_scores(by=people.by("guru"), call=call)
    assert refused.value.codes == ("SL-17",)
    scored(people, call, second, who=("anggota.bpd",))
    actions.reveal_scores(by=people.by("guru"), call=call)
    assert set(Proposal.objects.values_list("state", flat=True)) == {"ranked"}


def test_a_tie_goes_to_the_earlier_sealed(people):
    call = a_scoring_call(people, "mitra", "saingan")
    first, second = Proposal.objects.filter(call=call).order_by("pk")
    Proposal.objects.filter(pk=first.pk).update(sealed_at=second.sealed_at + timedelta(hours=1))
    for each in (first, second):
        scored(people, call, each)
    actions.reveal_scores(by=people.by("guru"), call=call)
    assert Ranking.objects.get(place=1).proposal == second


# The candidate ------------------------------------------------------------------------------------------------------
def test_the_first_in_rank_becomes_the_candidate_and_the_result_is_public(people):
    call = a_candidate(people, "mitra", "saingan")
    lines = public_ranking(call)
    assert [line.place for line in lines] == [1, 2]
    assert Fraction(lines[0].total) == 100
    assert Fraction(lines[1].total) == 75
    case = Case.objects.get()
    assert (case.state, case.partner.code) == ("candidate_proposed", lines[0].proposal.partner.code)


def test_FD_04_who_scored_does_not_propose(people):
    call = a_scoring_call(people)
    scored(people, call, Proposal.objects.get())
    actions.reveal_scores(by=people.by("guru"), call=call)
    with pytest.raises(Refused) as refused:
        actions.propose_candidate(by=people.by("guru"), call=call, minutes_number="BA-3")
    assert refused.value.codes == ("FD-04",)
    assert Call.objects.get().state == "scoring"


def test_SL_20_below_the_threshold_nobody_is_proposed_and_the_call_may_fail(people):
    call = a_scoring_call(people)
    scored(people, call, Proposal.objects.get(), level=2)
    actions.reveal_scores(by=people.by("guru"), call=call)
    assert Ranking.objects.get().place is None
    with pytest.raises(NoSuchMove):
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
    with pytest.raises(Refused) as refused:
        actions.fail_call(by=people.by("lksd"), call=call, reason="")
    assert refused.value.codes == ("SL-39",)
    actions.fail_call(by=people.by("lksd"), call=call, reason="Tidak ada yang mencapai batas nilai.")
    assert (Proposal.objects.get().state, Case.objects.get().state) == ("not_chosen", "call_failed")
    assert failures_of(call.case) == 1


def test_a_call_that_the_panel_gave_up_before_any_level_was_revealed_proves_no_failure(people):
    call = a_scoring_call(people)
    actions.fail_call(by=people.by("lksd"), call=call, reason="Kami tidak sempat menilai.")
    assert (call.state, failures_of(call.case)) == ("failed", 0)


def test_whoever_was_disqualified_objected_and_was_right_is_scored_with_the_others(people):
    call = a_checking_call(people, "mitra", "saingan", "ketiga")
    first, second, third = Proposal.objects.order_by("pk")
    with clock.at(AFTER):
        for each in (second, third):
            actions.disqualify(by=people.by("lksd"), proposal=each, reason="Akta bukan milik pengusul.")
        actions.complete_admin_check(by=people.by("lksd"), call=call)
        for who in ("guru", "kwt", "anggota.bpd", "bpd"):
            actions.declare_interest(by=people.by(who), call=call, interest=False)
    with clock.at(AFTER + timedelta(days=2)):
        scored(people, call, first)
        actions.reveal_scores(by=people.by("lksd"), call=call)
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
        said = actions.file_objection(
            by=people.by("saingan"), call=call, text="Akta itu milik kami.", partner=second.partner
        )
        actions.uphold_objection(by=people.by("bpd"), objection=said, answer="Benar, akta itu milik pengusul.")
        actions.reopen_scoring(by=people.by("bpd"), call=call, reason="Sanggahan diterima.")
        assert list(Proposal.objects.order_by("pk").values_list("state", "out_because")) == [
            ("admissible", ""), ("admissible", ""), ("disqualified", "Akta bukan milik pengusul."),
        ]  # fmt: skip
        assert Notice.objects.filter(party=second.partner.code, says__startswith="Sanggahan Anda diterima.").exists()
        scored(people, call, first, level=3)
        scored(people, call, second, level=4)
        actions.reveal_scores(by=people.by("lksd"), call=call)
    assert Ranking.objects.get(round=2, place=1).proposal == second


def test_once_proposals_are_scored_no_scorer_puts_one_out(people):
    a_scoring_call(people, "mitra", "saingan")
    own = Proposal.objects.order_by("pk")[0]
    with pytest.raises(Refused) as refused:
        actions.disqualify(by=people.by("guru"), proposal=own, reason="Tidak lengkap.")
    assert refused.value.codes == ("FD-04",)
    actions.disqualify(by=people.by("lksd"), proposal=own, reason="Akta ternyata palsu.")
    assert own.state == "disqualified"


def test_SL_20_switched_off_by_the_regency_bounds_no_ranking_either(people):
    with clock.at(OPENED):
        switch_rule(
            by=people.by("bupati"), regency=place("33.04"), rule=threshold_reached, kind="off",
            basis="Keputusan Bupati 12/2026", effective_from=OPENED.date(),
        )  # fmt: skip
    call = a_scoring_call(people)
    scored(people, call, Proposal.objects.get(), level=2)
    actions.reveal_scores(by=people.by("guru"), call=call)
    assert Ranking.objects.get().place == 1
    actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
    assert Proposal.objects.get().state == "proposed"


def test_RG_13_a_partner_whose_verdict_is_stale_is_not_proposed(people):
    from bermitra.registry.models import Verification

    call = a_scoring_call(people)
    scored(people, call, Proposal.objects.get())
    actions.reveal_scores(by=people.by("guru"), call=call)
    Verification.objects.update(state="under_review")
    with pytest.raises(Refused) as refused:
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
    assert refused.value.codes == ("RG-13",)


@pytest.mark.parametrize("n", [4, 11])
def test_SL_42_whoever_ticks_too_few_or_too_many_statements_is_refused_by_each_act(people, n):
    ticks, call = list(statements())[:n], a_call(people)
    with pytest.raises(Refused) as refused:
        actions.tick_vision(by=people.by("kades"), call=call, ticks=ticks)
    assert refused.value.codes == ("SL-42",)
    with clock.at(OPENED):
        actions.open_call(by=people.by("kades"), call=call)
        partner = a_partner(people)
        with pytest.raises(Refused) as refused:
            actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content={"vision_ticks": ticks})
        assert refused.value.codes == ("SL-42",)
    own = actions.draft_unsolicited(
        by=people.by("mitra"), partner=partner, village=place(OURS), title="Tawaran", field="pemberdayaan_masyarakat"
    )
    with pytest.raises(Refused) as refused:
        actions.write_unsolicited(by=people.by("mitra"), proposal=own, content={"vision_ticks": ticks})
    assert refused.value.codes == ("SL-42",)
    assert Call.objects.get().vision_ticks == sorted(TICKS, key=list(statements()).index)
    assert Proposal.objects.get().draft == {}


def test_SL_37_visions_that_do_not_meet_stop_the_candidate(people):
    call = an_open_call(people)
    a_sealed_proposal(people, call, vision_ticks=[each for each in TICKS if each != "nature_kept"])  # a core statement
    with clock.at(AFTER):
        actions.close_due_calls()
        call = Call.objects.select_related("case__village").get()
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-1", witnesses=["Karsono"])
        for who in ("lksd", "guru", "kwt", "anggota.bpd"):
            actions.declare_interest(by=people.by(who), call=call, interest=False)
        actions.complete_admin_check(by=people.by("lksd"), call=call)
        scored(people, call, Proposal.objects.get())
        actions.reveal_scores(by=people.by("guru"), call=call)
        with pytest.raises(Refused) as refused:
            actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
    assert refused.value.codes == ("SL-37",)


def test_SL_22_and_23_the_meeting_waits_for_objections_and_for_the_candidate(people):
    call = a_candidate(people, "mitra", "saingan")
    own = Proposal.objects.get(state="proposed")
    rival = Proposal.objects.get(state="ranked")
    with clock.at(AFTER + timedelta(days=3)):
        filed = actions.file_objection(
            by=people.by("saingan"), call=call, text="Mengapa kami nomor dua?", partner=rival.partner
        )
        with pytest.raises(Refused) as refused:
            actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        assert refused.value.codes == ("SL-21", "SL-22", "SL-23")
    with clock.at(AFTER + timedelta(days=30)):
        with pytest.raises(NotAllowed):
            actions.dismiss_objection(by=people.by("kades"), objection=filed, answer="Tidak.")
        actions.dismiss_objection(
            by=people.by("lksd"), objection=filed, answer="Nilai Anda lebih rendah pada tiga kriteria."
        )
        with pytest.raises(NotAllowed):
            actions.accept_candidacy(by=people.by("saingan"), proposal=own)
        actions.accept_candidacy(by=people.by("mitra"), proposal=own)
    with clock.at(AFTER + timedelta(days=37)):
        case = actions.forward_to_musyawarah(by=people.by("lksd"), call=call)
    assert case.state == "awaiting_musyawarah"


def test_a_resident_may_object_and_a_stranger_may_not(people):
    call = a_candidate(people)
    with clock.at(AFTER + timedelta(days=3)):
        filed = actions.file_objection(by=people.by("warga"), call=call, text="Mitra ini pernah ingkar.")
        for who in ("kades.asing", "dinas"):
            with pytest.raises(NotAllowed):
                actions.file_objection(by=people.by(who), call=call, text="x")
    assert filed.state == "filed"


def test_an_upheld_objection_leads_to_another_round(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(AFTER + timedelta(days=3)):
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
        filed = actions.file_objection(by=people.by("warga"), call=call, text="Nilai lingkungan keliru.")
        actions.uphold_objection(by=people.by("bpd"), objection=filed, answer="Benar, berkas kedua belum dibaca.")
        actions.reopen_scoring(by=people.by("bpd"), call=call, reason="Sanggahan diterima.")
        assert Case.objects.get().partner is None
        first, second = Proposal.objects.filter(call=call).order_by("pk")
        scored(people, call, first, level=3)
        scored(people, call, second, level=4)
        actions.reveal_scores(by=people.by("kwt"), call=call)
        chosen = actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-4")
    assert chosen == second
    assert Score.objects.filter(round=1).count() == Score.objects.filter(round=2).count() == 42
    assert Objection.objects.get().state == "upheld"


def test_a_candidate_who_declines_makes_room_for_the_next(people):
    call = a_candidate(people, "mitra", "saingan")
    own = Proposal.objects.get(state="proposed")
    actions.decline_candidacy(by=people.by("mitra"), proposal=own, reason="Dekan berganti.")
    chosen = actions.propose_next(by=people.by("lksd"), call=call, minutes_number="BA-4")
    assert chosen.partner.name == "Mitra Contoh 2"
    assert Case.objects.get().partner == chosen.partner


# The meeting --------------------------------------------------------------------------------------------------------
def test_the_meeting_agrees_to_this_partner_and_this_sheet(people):
    case = an_awarded_case(people, "mitra", "saingan")
    assert case.state == "drafting"
    assert Call.objects.get().state == "awarded"
    assert set(Proposal.objects.values_list("state", flat=True)) == {"chosen", "not_chosen"}
    assert TermSheet.objects.get().state == "agreed"
    first, second = ranking(Call.objects.get())
    assert (first.place, first.total, first.proposal.state, second.place) == (1, "100", "chosen", 2)
    assert first.proposal.candidacies.get().minutes_number == "BA-03/TIM/III/2026"
    assert parts(case).proposers == {people.lksd.code}
    assert parts(case).scorers == {people.guru.code, people.kwt.code, people.anggota_bpd.code}
    duty = Duty.objects.get(about=f"case:{case.code}", closed_at=None)
    assert duty.door == "agreements.start_draft"


@pytest.mark.parametrize(
    ("decide", "why"),
    [
        (lambda sheet: None, "no meeting"),
        (lambda sheet: decided(sheet.code, sheet.text_hash, state="minutes_final"), "minutes that do not bind"),
        (lambda sheet: decided(sheet.code, sheet.text_hash, agreed=False), "a refusal"),
        (lambda sheet: decided(sheet.code, "d" * 64), "another text"),
        (lambda sheet: decided("ABCDEFGHJK", sheet.text_hash), "another subject"),
    ],
)
def test_SL_32_without_a_binding_decision_on_this_sheet_nothing_is_awarded(people, decide, why):
    case = a_forwarded_case(people)
    decide(TermSheet.objects.get())
    with clock.at(AFTER + timedelta(days=40)), pytest.raises(Refused) as refused:
        actions.record_consent(by=people.by("bpd"), case=case)
    assert refused.value.codes == ("SL-32",), why
    assert Case.objects.get().state == "awaiting_musyawarah"
    assert TermSheet.objects.get().state == "tabled"
    assert unmet(case, "selection.record_consent") == {"SL-32"}


def test_SL_32_a_sheet_that_was_changed_after_the_decision_is_not_agreed(people):
    case = a_forwarded_case(people)
    agreed_by_meeting(TermSheet.objects.get())
    case_actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics={"changes": {"text": "Tanpa musyawarah."}})
    case_actions.table_term_sheet(by=people.by("kades"), case=case)
    with clock.at(AFTER + timedelta(days=40)), pytest.raises(Refused) as refused:
        actions.record_consent(by=people.by("bpd"), case=case)
    assert refused.value.codes == ("SL-32",)


@pytest.mark.parametrize("who", ["kades", "sekdes", "operator", "lksd", "dinas", "bupati", "camat", "mitra"])
def test_only_the_chair_of_the_bpd_records_the_decision(people, who):
    case = a_forwarded_case(people)
    agreed_by_meeting(TermSheet.objects.get())
    with pytest.raises(NotAllowed):
        actions.record_consent(by=people.by(who), case=case)


def test_a_refusal_of_the_meeting_leaves_the_next_in_rank_or_new_terms(people):
    case = a_forwarded_case(people, "mitra", "saingan")
    with pytest.raises(Refused) as refused:
        actions.record_refusal(by=people.by("bpd"), case=case)
    assert refused.value.codes == ("SL-38",)
    decided(TermSheet.objects.get().code, TermSheet.objects.get().text_hash, agreed=False)
    actions.record_refusal(by=people.by("bpd"), case=case)
    assert (case.state, case.partner) == ("rejected_by_musyawarah", None)
    assert TermSheet.objects.get().state == "superseded"
    call = Call.objects.select_related("case__village", "case__partner").get()
    chosen = actions.propose_next(by=people.by("lksd"), call=call, minutes_number="BA-5")
    assert chosen.partner.name == "Mitra Contoh 2"


def test_rejected_terms_are_written_anew(people):
    case = a_forwarded_case(people, "mitra", "saingan")
    decided(TermSheet.objects.get().code, "x", agreed=False)
    actions.record_refusal(by=people.by("bpd"), case=case)
    call = actions.revise_terms(by=people.by("sekdes"), case=case)
    assert (case.state, call.state, call.frozen_hash) == ("preparing_terms", "draft", "")
    assert set(Proposal.objects.values_list("state", flat=True)) == {"not_chosen"}


def test_a_failed_call_is_announced_again_with_a_new_deadline(people):
    call = an_open_call(people)
    with clock.at(AFTER):
        actions.close_due_calls()
        call = Call.objects.select_related("case__village", "case__partner").get()
        with pytest.raises(Refused) as refused:
            actions.reopen_call(by=people.by("kades"), call=call, deadline=AFTER + timedelta(days=3))
        assert refused.value.codes == ("SL-07",)
        actions.reopen_call(by=people.by("kades"), call=call, deadline=AFTER + timedelta(days=20))
    assert (call.state, Case.objects.get().state) == ("open", "call_open")


def test_what_was_declared_before_another_opening_counts_no_more(people):
    call = a_scoring_call(people)
    scored(people, call, Proposal.objects.get(), level=1)
    with clock.at(AFTER + timedelta(days=2)):
        actions.fail_call(by=people.by("lksd"), call=call, reason="Tidak ada yang mencapai batas nilai.")
        call = announced_after_repair(people, AFTER + timedelta(days=20))
        partner = a_partner(people, name="Mitra Baru", username="baru")
        own = actions.draft_proposal(by=people.by("baru"), partner=partner, call=call, content=content())
        actions.submit_proposal(by=people.by("baru"), proposal=own)
        again = actions.draft_proposal(
            by=people.by("mitra"), partner=Proposal.objects.first().partner, call=call, content=content()
        )
        assert again.state == "draft"
    with clock.at(AFTER + timedelta(days=21)):
        actions.close_due_calls()
        call = Call.objects.select_related("case__village", "case__partner").get()
        actions.start_selection(by=people.by("bpd"), call=call, minutes_number="BA-9", witnesses=["Karsono"])
        own.refresh_from_db()
        with pytest.raises(Refused) as refused:
            actions.read_proposal(by=people.by("guru"), proposal=own)
    assert refused.value.codes == ("SL-11",)


def test_a_draft_that_fails_returns_the_case_to_the_next_in_rank(people):
    """What stage agreements does in its door, on the case it has moved."""
    case = an_awarded_case(people, "mitra", "saingan")

    class Running:
        door, now, by, code = "agreements.return_to_selection", clock.now(), people.by("kades"), "uji"

        def log(self, *args, **facts):
            pass

    Case.objects.filter(pk=case.pk).update(state="candidate_proposed")
    case.refresh_from_db()
    return_to_selection(Running(), case)
    assert Call.objects.get().state == "provisional"
    assert TermSheet.objects.get().state == "superseded"
    assert dict(Proposal.objects.values_list("partner__name", "state")) == {
        "Mitra Contoh 1": "not_chosen", "Mitra Contoh 2": "ranked",
    }  # fmt: skip
    with clock.at(AFTER + timedelta(days=41)):
        following = actions.propose_next(by=people.by("lksd"), call=Call.objects.get(), minutes_number="BA-9")
    assert (following.partner.name, following.out_because) == ("Mitra Contoh 2", "")


def test_who_was_a_candidate_before_does_not_come_back_with_the_next_in_rank(people):
    call = a_candidate(people, "mitra", "saingan", "ketiga")
    first, second, third = Proposal.objects.order_by("pk")
    with clock.at(AFTER + timedelta(days=3)):
        Proposal.objects.filter(pk=first.pk).update(state="not_chosen")  # as by a refusal of the meeting
        actions.propose_next(by=people.by("lksd"), call=call, minutes_number="BA-4")
        Proposal.objects.filter(pk__in=[second.pk, third.pk]).update(state="not_chosen")
        assert beside_the_chosen(call) == [third]


def test_SL_51_nothing_is_scored_again_without_cause_nor_by_a_scorer(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(AFTER + timedelta(days=3)):
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
        given = {"call": call, "reason": "Dinilai lagi saja."}
        for who, codes in (("lksd", ("SL-51",)), ("bpd", ("SL-51",)), ("guru", ("FD-04", "SL-51"))):
            with pytest.raises(Refused) as refused:
                actions.reopen_scoring(by=people.by(who), **given)
            assert refused.value.codes == codes
        actions.declare_interest(by=people.by("guru"), call=call, interest=True, what="Ipar pengurus mitra ini.")
        with pytest.raises(Refused) as refused:
            actions.reopen_scoring(by=people.by("guru"), **given)
        assert refused.value.codes == ("FD-04", "SL-12")
        actions.reopen_scoring(by=people.by("lksd"), **given)
        assert (call.state, call.round) == ("scoring", 2)


def test_SL_52_a_call_with_a_result_does_not_fail_and_a_scorer_fails_none(people):
    call = a_scoring_call(people, "mitra", "saingan")
    given = {"call": call, "reason": "Bukan pilihan kami."}

    def refused(who: str) -> tuple[str, ...]:
        with pytest.raises(Refused) as told:
            actions.fail_call(by=people.by(who), **given)
        return told.value.codes

    with clock.at(AFTER + timedelta(days=2)):
        assert refused("guru") == ("FD-04",)
        for each in Proposal.objects.order_by("pk"):
            scored(people, call, each)
        actions.reveal_scores(by=people.by("lksd"), call=call)
        assert refused("lksd") == ("SL-52",)
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
        assert refused("lksd") == ("SL-52",)
        for who in ("mitra", "saingan"):
            own = Proposal.objects.get(state="proposed")
            actions.decline_candidacy(by=people.by(who), proposal=own, reason="Penuh.")
            if who == "mitra":
                assert refused("lksd") == ("SL-52",)
                actions.propose_next(by=people.by("lksd"), call=call, minutes_number="BA-4")
        actions.fail_call(by=people.by("lksd"), **given)
    assert (call.state, failures_of(call.case)) == ("failed", 0)


def test_a_cancelled_call_ends_the_case_with_its_reason(people):
    call = a_closed_call(people)
    actions.cancel_call(by=people.by("kades"), call=call, reason="Anggaran dialihkan ke bencana.")
    case = Case.objects.get()
    assert (case.state, case.left_because) == ("cancelled", "Anggaran dialihkan ke bencana.")
    assert Proposal.objects.get().state == "not_chosen"


def test_a_case_is_left_with_its_call_and_never_without_it(people):
    call = an_open_call(people)
    with clock.at(AFTER):
        actions.close_due_calls()
        case = Case.objects.select_related("village", "partner").get()
        with pytest.raises(NoSuchMove):
            leave(by=people.by("kades"), case=case, reason="Anggaran dialihkan.")
        call = Call.objects.select_related("case__village", "case__partner").get()
        actions.cancel_call(by=people.by("kades"), call=call, reason="Anggaran dialihkan.")
    case.refresh_from_db()
    assert (case.state, case.left_because, call.state) == ("cancelled", "Anggaran dialihkan.", "cancelled")
    assert list(CallChange.objects.values_list("kind", "reason")) == [("cancelled", "Anggaran dialihkan.")]


def test_a_case_whose_call_is_a_draft_gives_that_up_first(people):
    call = a_call(people)
    with pytest.raises(NoSuchMove):
        leave(by=people.by("kades"), case=call.case, reason="Anggaran dialihkan.")
    actions.cancel_call(by=people.by("kades"), call=call, reason="Anggaran dialihkan.")
    assert leave(by=people.by("kades"), case=call.case, reason="Anggaran dialihkan.").state == "cancelled"


def test_SL_55_a_result_is_not_the_heads_to_give_up(people):
    def given_up(call):
        with pytest.raises(Refused) as refused:
            actions.cancel_call(by=people.by("kades"), call=call, reason="Bukan pilihan kami.")
        assert refused.value.codes == ("SL-55",)
        with pytest.raises(NoSuchMove):
            leave(by=people.by("kades"), case=call.case, reason="Bukan pilihan kami.")

    call = a_scoring_call(people, "mitra", "saingan")
    with clock.at(AFTER + timedelta(days=2)):
        for each in Proposal.objects.filter(call=call):
            scored(people, call, each)
        actions.reveal_scores(by=people.by("lksd"), call=call)
        given_up(call)
        actions.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-3")
        given_up(call)
        for who in ("mitra", "saingan"):
            own = Proposal.objects.get(call=call, state="proposed")
            actions.decline_candidacy(by=people.by(who), proposal=own, reason="Penuh.")
            call.case.refresh_from_db()
            if who == "mitra":
                given_up(call)
                actions.propose_next(by=people.by("lksd"), call=call, minutes_number="BA-4")
        actions.cancel_call(by=people.by("kades"), call=call, reason="Tidak ada lagi calon.")  # nobody is left
    assert (call.state, Case.objects.get().state, call.published_on) == ("cancelled", "cancelled", None)


def test_SL_55_what_is_scored_again_is_not_given_up_either(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(AFTER + timedelta(days=3)):
        said = actions.file_objection(by=people.by("warga"), call=call, text="Nilai lingkungan keliru.")
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
        actions.uphold_objection(by=people.by("bpd"), objection=said, answer="Benar, satu kriteria tertukar.")
        actions.reopen_scoring(by=people.by("bpd"), call=call, reason="Satu kriteria tertukar.")
        assert call.revealed_at is None
        with pytest.raises(Refused) as refused:
            actions.cancel_call(by=people.by("kades"), call=call, reason="Bukan pilihan kami.")
    assert refused.value.codes == ("SL-55",)


def test_a_call_in_which_nobody_passed_is_given_up_with_a_sheet_for_each(people):
    call = a_scoring_call(people)
    scored(people, call, Proposal.objects.get(), level=2)
    actions.reveal_scores(by=people.by("guru"), call=call)
    actions.cancel_call(by=people.by("kades"), call=call, reason="Tidak ada yang mencapai batas nilai.")
    assert Feedback.objects.get().proposal.state == "not_chosen"


def test_after_a_refusal_of_the_meeting_the_village_may_leave_with_its_call(people):
    case = a_forwarded_case(people, "mitra", "saingan")
    call = Call.objects.select_related("case__village", "case__partner").get()
    with pytest.raises(NoSuchMove):
        leave(by=people.by("kades"), case=case, reason="Bukan pilihan kami.")
    with pytest.raises((NoSuchMove, Refused)):
        actions.cancel_call(by=people.by("kades"), call=call, reason="Bukan pilihan kami.")
    decided(TermSheet.objects.get().code, TermSheet.objects.get().text_hash, agreed=False)
    actions.record_refusal(by=people.by("bpd"), case=case)
    call = Call.objects.select_related("case__village", "case__partner").get()
    actions.cancel_call(by=people.by("kades"), call=call, reason="Warga menolak.")
    case.refresh_from_db()
    assert (case.state, call.state) == ("cancelled", "cancelled")
    assert set(Proposal.objects.values_list("state", flat=True)) == {"not_chosen"}


# A partner's own offer ----------------------------------------------------------------------------------------------
def test_an_offer_goes_to_the_meeting_and_comes_back_in_writing(people):
    from tests.partnership.makers import a_need, plan_lines

    case = an_offer(people)
    with pytest.raises(Refused) as refused:
        actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=TICKS)
    assert refused.value.codes == ("PS-05", "PS-07")
    case_actions.link_needs(by=people.by("sekdes"), case=case, needs=[a_need()])
    case_actions.record_budget(by=people.by("sekdes"), case=case, note="Tanpa dana desa.", share=0, room=0)
    with pytest.raises(Refused) as refused:
        actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=OTHER_TICKS)
    assert refused.value.codes == ("SL-37",)
    with pytest.raises(Refused) as refused:
        actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=["upkeep", "lasting"])
    assert refused.value.codes == ("SL-42", "SL-37")
    actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=TICKS)
    sheet = a_tabled_sheet(people, case, money=OFFERED)
    decided(sheet.code, sheet.text_hash, minutes="BA-02/BPD/2026")
    actions.record_consent(by=people.by("bpd"), case=case)
    assert case.state == "consent_given"
    answer = actions.answer_in_writing(
        by=people.by("kades"), case=case, letter_number="140/121/2026", text="Musyawarah Desa setuju."
    )
    assert answer.minutes_number == "BA-02/BPD/2026"
    midterm, annual = plan_lines()
    case_actions.link_plan_line(by=people.by("sekdes"), case=case, midterm=midterm, annual=annual)
    assert case.state == "drafting"
    assert not Ranking.objects.exists() and not Candidacy.objects.exists()


def test_SL_27_an_offer_with_seven_of_eight_contents_is_not_sent(people):
    from bermitra.selection import terms

    partner = a_partner(people)
    own = actions.draft_unsolicited(
        by=people.by("mitra"), partner=partner, village=place(OURS), title="Tawaran", field="pemberdayaan_masyarakat"
    )
    seven = {name: "Isi." for name in terms.EIGHT if name != "disputes"}
    actions.write_unsolicited(by=people.by("mitra"), proposal=own, content={**seven, **TAKES_NOTHING})
    with pytest.raises(Refused) as refused:
        actions.submit_unsolicited(by=people.by("mitra"), proposal=own)
    assert refused.value.codes == ("SL-27",)
    assert not Case.objects.exists()


def test_an_offer_is_returned_repaired_and_declined_with_reasons(people):
    case = an_offer(people)
    actions.return_unsolicited(by=people.by("kades"), case=case, reason="Tambahkan rumus harga.")
    own = Proposal.objects.select_related("partner", "case", "village", "call").get()
    actions.write_unsolicited(
        by=people.by("mitra"), proposal=own, content={"funding": "K 0,90 dari harga tim provinsi."}
    )
    actions.resubmit_unsolicited(by=people.by("mitra"), case=case)
    assert ProposalVersion.objects.count() == 2
    actions.decline_unsolicited(by=people.by("kades"), case=case, reason="Lebak tidak boleh disentuh.")
    assert (case.state, case.left_because) == ("rejected", "Lebak tidak boleh disentuh.")


def test_a_partner_withdraws_its_offer(people):
    case = an_offer(people)
    with pytest.raises(NotAllowed):
        case_actions.withdraw(by=people.by("kades"), case=case, reason="x")
    case_actions.withdraw(by=people.by("mitra"), case=case, reason="Program dihentikan.")
    assert case.state == "cancelled"


def test_an_unverified_partner_reaches_no_meeting(people):
    from tests.partnership.makers import a_need

    partner = a_partner(people, verified=False)
    case = an_offer(people, partner=partner)
    case_actions.link_needs(by=people.by("sekdes"), case=case, needs=[a_need()])
    case_actions.record_budget(by=people.by("sekdes"), case=case, note="Cukup.", share=0, room=0)
    with pytest.raises(Refused) as refused:
        actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=TICKS)
    assert refused.value.codes == ("RG-13",)
    verify(partner)
    actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=TICKS)
