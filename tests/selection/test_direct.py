"""A partner appointed without rivals: who may, for which reasons, what is proven, and how it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case
from bermitra.registry.actions import declare_owners
from bermitra.selection import actions
from bermitra.selection import rules as r
from bermitra.selection.criteria import statements
from bermitra.selection.models import Call, Candidacy, DirectAppointment, Objection, Panelist, Proposal, Ranking
from bermitra.selection.queries import (
    checks,
    direct_counts,
    direct_of,
    newest_version,
    opened,
    parts,
    public_calls,
    public_ranking,
    split_facts,
    vision_facts,
)
from bermitra.selection.queries.value import values_of
from tests.partnership.makers import a_partner, a_tabled_sheet, an_office
from tests.people import FOREIGN, OURS
from tests.refusals import codes
from tests.selection.makers import (
    AFTER,
    DEADLINE,
    DIRECT,
    OPENED,
    TICKS,
    a_call,
    a_checking_call,
    a_closed_call,
    a_direct_award,
    a_direct_candidate,
    a_sealed_proposal,
    an_awarded_case,
    an_offer,
    an_open_call,
)

pytestmark = pytest.mark.django_db
OTHER_TICKS = ["fair_return", "capital_market", "local_first", "residents_decide", "upkeep"]  # one of them is in TICKS


def appointed(people, call: Call, partner, who: str = "lksd", **why) -> DirectAppointment:
    return actions.appoint_directly(by=people.by(who), call=call, partner=partner, **{**DIRECT, **why})


def ready(people) -> Call:
    """A drafted call, and ``lksd`` has said that he has no interest in it."""
    call = a_call(people)
    actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
    return call


def refused(does, **given) -> tuple[str, ...]:
    """The codes of the rules that refuse; nothing is left behind."""
    events, rows = Event.objects.count(), DirectAppointment.objects.count()
    found = codes(does, **given)
    assert (Event.objects.count(), DirectAppointment.objects.count()) == (events, rows)
    return found


def value_of(case: Case) -> int:
    return values_of([case])[case.pk]


def a_failed_call(people, times: int = 1) -> Call:
    """Announced, and nobody answered, as often as said."""
    call = an_open_call(people)
    with clock.at(AFTER):
        actions.close_due_calls()
    for n in range(1, times):
        call = Call.objects.select_related("case__village", "case__partner").get(pk=call.pk)
        with clock.at(AFTER + timedelta(days=30 * n - 20)):
            actions.reopen_call(by=people.by("kades"), call=call, deadline=DEADLINE + timedelta(days=30 * n))
        with clock.at(AFTER + timedelta(days=30 * n)):
            actions.close_due_calls()
    return Call.objects.select_related("case__village", "case__partner").get(pk=call.pk)


# The rules ----------------------------------------------------------------------------------------------------------
def facts(**other) -> r.DirectFacts:
    given = {
        "reason_kind": "only_provider", "explanation": "x" * 80, "published": True, "failures": 0, "value_rupiah": 0,
        "earlier_agreements": 0, "evidence_characters": 0, "evidence_file": False, "direct_reason_characters": 80,
        "direct_small_value_rupiah": 50_000_000,
    }  # fmt: skip
    return r.DirectFacts(**{**given, **other})


def test_SL_25_direct_appointment_justified():
    assert r.direct_appointment_justified(facts())
    assert not r.direct_appointment_justified(facts(explanation="x" * 79))
    assert not r.direct_appointment_justified(facts(reason_kind="unsolicited_chosen"))
    assert not r.direct_appointment_justified(facts(reason_kind=""))
    assert not r.direct_appointment_justified(facts(published=False))


def test_SL_50_direct_reason_proven():
    proven = r.direct_reason_proven
    assert not proven(facts(reason_kind="call_failed_twice", failures=1))
    assert proven(facts(reason_kind="call_failed_twice", failures=2))
    assert not proven(facts(reason_kind="small_value", value_rupiah=0))
    assert proven(facts(reason_kind="small_value", value_rupiah=50_000_000))
    assert not proven(facts(reason_kind="small_value", value_rupiah=50_000_001))
    assert not proven(facts(reason_kind="continuation"))
    assert proven(facts(reason_kind="continuation", earlier_agreements=1))
    for kind in ("only_provider", "emergency"):
        assert not proven(facts(reason_kind=kind, evidence_characters=79))
        assert proven(facts(reason_kind=kind, evidence_characters=80))
        assert proven(facts(reason_kind=kind, evidence_file=True))
    assert not proven(facts(reason_kind="friendship", evidence_file=True, failures=9, earlier_agreements=9))


def test_SL_60_not_out_of_this_call():
    assert r.not_out_of_this_call(facts())
    assert not r.not_out_of_this_call(facts(out_here=True))


def test_SL_35_not_split():
    assert r.not_split(r.SplitFacts(199_999_999, "", 200_000_000))
    assert not r.not_split(r.SplitFacts(200_000_000, "", 200_000_000))
    assert r.not_split(r.SplitFacts(260_000_000, "Dua dusun dengan mata air berbeda.", 200_000_000))
    assert not r.not_split.blocks


# The act ------------------------------------------------------------------------------------------------------------
def test_a_partner_is_appointed_to_a_drafted_call_which_is_public_from_then_on(people):
    call = a_direct_candidate(people)
    made, proposal = DirectAppointment.objects.get(), Proposal.objects.get()
    assert (call.state, call.direct, call.deadline is not None, len(call.frozen_hash)) == (
        "provisional",
        True,
        True,
        64,
    )
    assert (Case.objects.get().state, Case.objects.get().partner) == ("candidate_proposed", proposal.partner)
    assert (proposal.state, newest_version(proposal), direct_of(proposal)) == ("proposed", None, made)
    assert (made.kind, made.explanation, made.evidence) == tuple(DIRECT.values())
    assert list(public_calls()) == [call]
    assert public_ranking(call) == []
    assert Candidacy.objects.get().by == people.lksd.code
    duty = Duty.objects.get(door="selection.accept_candidacy")
    assert (duty.party, duty.due_on) == (proposal.partner.code, proposal.answer_due)


def test_only_the_unit_and_who_leads_the_panel_appoint_and_never_who_signs_or_scores(people):
    with clock.at(OPENED):
        call, partner = ready(people), a_partner(people)
        an_office(people, "luar", "Orang Luar", roles.RESIDENT)
        for who in ("kades", "sekdes", "bpd", "dinas", "camat", "bupati", "mitra", "kades.asing", "luar"):
            with pytest.raises(NotAllowed):
                appointed(people, call, partner, who)
        with pytest.raises(StepUpNeeded):
            actions.appoint_directly(
                by=replace(people.by("lksd"), confirmed_at=None), call=call, partner=partner, **DIRECT
            )
        actions.declare_interest(by=people.by("guru"), call=call, interest=False)
        assert refused(appointed, people=people, call=call, partner=partner, who="guru") == ("FD-04",)  # scores
        appointed(people, call, partner)


def test_who_appoints_has_said_that_he_has_no_interest_and_none_is_found(people):
    with clock.at(OPENED):
        call, partner = a_call(people), a_partner(people)
        given = {"people": people, "call": call, "partner": partner}
        assert refused(appointed, **given) == ("SL-11",)
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        an_office(people, "ganda", "Endah Lestari", roles.PARTNER_REP, party=partner.code)
        assert "SL-12" in refused(appointed, **given)


def test_SL_12_nobody_takes_back_himself_that_he_has_an_interest(people):
    with clock.at(OPENED):
        call, partner = a_call(people), a_partner(people)
        given = {"people": people, "call": call, "partner": partner}
        actions.declare_interest(by=people.by("lksd"), call=call, interest=True, what="Adik saya bekerja di sana.")
        assert refused(appointed, **given) == ("SL-12",)
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        assert refused(appointed, **given) == ("SL-12",)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda people, call: actions.write_kak(by=people.by("sekdes"), call=call, sections={"risks": ""}), "SL-01"),
        (lambda people, call: Case.objects.update(costs=[{"what": "Rapat", "amount": None}]), "SL-02"),
        (lambda people, call: Case.objects.update(environment_ok=False), "SL-03"),
        (lambda people, call: Case.objects.update(plan_line=None), "PS-06"),
        (lambda people, call: Case.objects.get().case_needs.all().delete(), "PS-05"),
        (lambda people, call: Call.objects.update(vision_ticks=[]), "SL-42"),
    ],
)
def test_the_terms_and_what_they_rest_on_stand_before_anybody_is_appointed(people, spoil, code):
    with clock.at(OPENED):
        call, partner = ready(people), a_partner(people)
        spoil(people, call)
        call = Call.objects.select_related("case__village", "case__plan_line", "case__midterm_line").get()
        assert refused(appointed, people=people, call=call, partner=partner) == (code,)


def test_a_partner_that_was_not_verified_or_is_tied_to_an_official_is_not_appointed(people):
    with clock.at(OPENED):
        call = ready(people)
        unknown = a_partner(people, name="Mitra Baru", username="baru", verified=False)
        assert refused(appointed, people=people, call=call, partner=unknown) == ("RG-13",)
        tied = a_partner(people, name="Mitra Terikat", username="terikat")
        owners = [{"name": "Tri Wahyuni", "capacity": "officer", "political_tie": "tidak ada"}]
        declare_owners(by=people.by("terikat"), partner=tied, owners=owners)
        assert refused(appointed, people=people, call=call, partner=tied) == ("RG-15",)


def test_each_kind_of_reason_is_checked_against_what_the_records_say(people):
    with clock.at(OPENED):
        call, partner = ready(people), a_partner(people)
        given = {"people": people, "call": call, "partner": partner}
        assert refused(appointed, **given, evidence="") == ("SL-50",)
        assert refused(appointed, **given, kind="emergency", evidence="Ada surat.") == ("SL-50",)
        assert refused(appointed, **given, kind="call_failed_twice") == ("SL-50",)
        assert refused(appointed, **given, kind="continuation") == ("SL-50",)
        assert refused(appointed, **given, kind="small_value") == ("SL-50",)  # worth 312 million
        assert refused(appointed, **given, explanation="Sudah kenal.") == ("SL-25",)
        assert refused(appointed, **given, kind="unsolicited_chosen") == ("SL-25", "SL-50")
        Case.objects.update(costs=[{"what": "Bibit", "amount": 12_000_000, "unit": "rupiah", "source": "RAB"}])
        call = Call.objects.select_related("case__village", "case__plan_line", "case__midterm_line").get()
        appointed(people, call, partner, kind="small_value", evidence="")  # its share of 20 million is small


def test_a_continuation_names_the_cooperation_that_it_continues(people):
    with clock.at(OPENED):
        call, partner = ready(people), a_partner(people)
        now = Case.objects.get()
        assert (now.forms, value_of(now)) == (["pdmp"], 312_000_000)
        earlier = Case.objects.create(
            title="Sekolah lapang tahun lalu", route="village_initiative", coop_type=now.coop_type,
            field_of_government=now.field_of_government, village_id=OURS, partner=partner, state="running",
            forms=["pdmp"], village_share=value_of(now),
            opened_at=OPENED - timedelta(days=600), opened_by="system",
        )  # fmt: skip
        for other in (
            {"field_of_government": "penyelenggaraan_pemerintahan"}, {"forms": ["offtake"]},
            {"village_share": value_of(now) - 1}, {"state": "drafting"},
        ):  # fmt: skip
            before = {name: getattr(earlier, name) for name in other}
            Case.objects.filter(pk=earlier.pk).update(**other)
            assert refused(appointed, people=people, call=call, partner=partner, kind="continuation", evidence="") == (
                "SL-50",
            ), other
            Case.objects.filter(pk=earlier.pk).update(**before)
        made = appointed(people, call, partner, kind="continuation", evidence="")
        assert made.continues == earlier


def test_a_partner_that_was_put_out_of_the_call_is_not_appointed_to_it_afterwards(people):
    call = a_checking_call(people)
    with clock.at(AFTER):
        own = Proposal.objects.select_related("call__case__village", "partner").get()
        actions.disqualify(by=people.by("lksd"), proposal=own, reason="Surat izin tidak ada.")
        actions.fail_call(by=people.by("lksd"), call=call, reason="Tidak ada usulan yang lolos.")
        call = Call.objects.select_related("case__village", "case__partner").get()
        assert refused(appointed, people=people, call=call, partner=own.partner) == ("SL-60",)
        appointed(people, call, a_partner(people, name="Balai Lain", username="balai"))


def test_who_appointed_does_not_reject_an_objection_and_a_tie_to_the_partner_is_found(people):
    call = a_direct_candidate(people)
    with clock.at(OPENED + timedelta(days=1)):
        said = actions.file_objection(by=people.by("warga"), call=call, text="Ada balai lain di kecamatan sebelah.")
        with pytest.raises(Refused) as shut:
            actions.dismiss_objection(by=people.by("lksd"), objection=said, answer="Tidak ada balai lain.")
        assert shut.value.codes == ("SL-45",)
        owners = [{"name": people.bpd.full_name, "capacity": "officer", "political_tie": "tidak ada"}]
        declare_owners(by=people.by("mitra"), partner=Proposal.objects.get().partner, owners=owners)
        with pytest.raises(Refused) as shut:
            actions.dismiss_objection(by=people.by("bpd"), objection=said, answer="Tidak ada balai lain.")
        assert "SL-12" in shut.value.codes


def test_a_call_that_failed_once_is_not_enough_and_a_direct_appointment_that_ended_counts_for_nothing(people):
    once = a_failed_call(people)
    partner = a_partner(people)
    with clock.at(AFTER + timedelta(days=1)):
        actions.declare_interest(by=people.by("lksd"), call=once, interest=False)
        assert refused(appointed, people=people, call=once, partner=partner, kind="call_failed_twice") == ("SL-50",)
        appointed(people, once, partner)
        actions.decline_candidacy(
            by=people.by("mitra"), proposal=Proposal.objects.get(), reason="Belum siap tahun ini."
        )
        once.refresh_from_db()
        assert refused(appointed, people=people, call=once, partner=partner, kind="call_failed_twice") == ("SL-50",)


def test_a_call_that_failed_twice_may_end_in_a_direct_appointment(people):
    call = a_failed_call(people, times=2)
    partner, before = a_partner(people), call.round
    with clock.at(AFTER + timedelta(days=31)):
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        appointed(people, call, partner, kind="call_failed_twice", evidence="")
    call.refresh_from_db()
    assert (call.state, call.direct, call.round) == ("provisional", True, before + 1)
    assert Case.objects.get().state == "candidate_proposed"


def test_terms_that_changed_since_the_announcement_are_not_appointed_to(people):
    call = a_failed_call(people)
    partner = a_partner(people)
    Call.objects.update(kak={**call.kak, "scope": "Lain sama sekali."})
    call.refresh_from_db()
    with clock.at(AFTER):
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        assert refused(appointed, people=people, call=call, partner=partner) == ("SL-06",)


def test_an_announced_call_takes_no_direct_appointment(people):
    call = a_closed_call(people)
    partner = Proposal.objects.get().partner
    with clock.at(AFTER), pytest.raises(NoSuchMove):
        appointed(people, call, partner)
    assert Proposal.objects.get().state == "sealed"


def test_drafts_for_a_call_that_was_taken_back_stay_shut_for_good(people):
    call = an_open_call(people)
    own = a_sealed_proposal(people, call)
    with clock.at(OPENED + timedelta(days=4)):
        call = Call.objects.select_related("case__village", "case__partner").get()
        actions.withdraw_call(by=people.by("kades"), call=call, reason="Anggaran salah tulis.")
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        appointed(people, call, own.partner)
    own.refresh_from_db()
    assert own.state == "late"
    assert opened(own, people.anggota_bpd) is None
    with clock.at(OPENED + timedelta(days=5)), pytest.raises((Refused, NoSuchMove)):
        actions.read_proposal(by=people.by("anggota.bpd"), proposal=own)


# The partner's yes and what follows ----------------------------------------------------------------------------------
def test_the_partner_says_what_it_stands_by_and_both_visions_are_compared(people):
    a_direct_candidate(people)
    own = Proposal.objects.get()
    with clock.at(OPENED + timedelta(days=1)):
        for ticks, codes in (((), ("SL-42", "SL-37")), (OTHER_TICKS, ("SL-37",))):
            with pytest.raises(Refused) as said:
                actions.accept_candidacy(by=people.by("mitra"), proposal=own, ticks=ticks)
            assert said.value.codes == codes
        actions.accept_candidacy(by=people.by("mitra"), proposal=own, ticks=TICKS)
    assert own.state == "accepted"
    assert newest_version(own).content == {"vision_ticks": [code for code in statements() if code in TICKS]}


def test_objections_are_awaited_as_after_a_selection_and_the_meeting_decides(people):
    call = a_direct_candidate(people)
    with clock.at(OPENED + timedelta(days=1)):
        own = Proposal.objects.get()
        actions.accept_candidacy(by=people.by("mitra"), proposal=own, ticks=TICKS)
        objection = actions.file_objection(
            by=people.by("warga"), call=call, text="Ada balai lain di kecamatan sebelah."
        )
        with pytest.raises(Refused) as said:
            actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        assert "SL-22" in said.value.codes
        assert "SL-22" in {
            each.code for each in checks(Case.objects.get())["selection.forward_to_musyawarah"] if not each.holds
        }
        with pytest.raises(NoSuchMove):
            actions.reopen_scoring(by=people.by("bpd"), call=call, reason="Nilai ulang.")
        with pytest.raises((NoSuchMove, Refused)):
            actions.propose_next(by=people.by("lksd"), call=call, minutes_number="BA-9")
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
        actions.dismiss_objection(by=people.by("bpd"), objection=objection, answer="Balai itu tidak bersertifikat.")
    with clock.at(OPENED + timedelta(days=28)):
        call.case.refresh_from_db()
        assert actions.forward_to_musyawarah(by=people.by("bpd"), call=call).state == "awaiting_musyawarah"


def answered(people, objection, who: str) -> None:
    actions.dismiss_objection(by=people.by(who), objection=objection, answer="Balai itu tidak bersertifikat.")


def test_without_a_panel_an_appeal_is_answered_by_somebody_whom_the_head_seats_for_it(people):
    call = a_direct_candidate(people)
    call.panel.update(left_at=OPENED, left_because="Tanpa tim.")  # nobody was ever seated
    call = Call.objects.select_related("case__village", "case__partner").get()
    an_office(people, "lain", "Wasis Raharja", roles.VILLAGE_COOP_UNIT)
    seat = {"call": call, "seat": "coop_unit", "decree": "07/2026"}
    with clock.at(OPENED + timedelta(days=1)):
        said = actions.file_objection(by=people.by("warga"), call=call, text="Ada balai lain.")
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
        answered(people, said, "bpd")
        actions.appeal_objection(by=people.by("warga"), objection=said, reason="Sertifikatnya ada.")
        with pytest.raises(Refused) as refused_again:
            answered(people, said, "bpd")
        assert refused_again.value.codes == ("SL-45",)
        asked = Duty.objects.get(about=f"objection:{said.code}", closed_at=None)
        assert (asked.door, asked.role) == ("selection.appoint_panel", "village_head")
        with pytest.raises(NoSuchMove):  # a scorer has nothing to score
            actions.appoint_panel(by=people.by("kades"), person=people.held["lain"], scores=True, **seat)
        with pytest.raises(Refused) as refused_maker:  # who appointed the partner is not the one to answer
            actions.appoint_panel(by=people.by("kades"), person=people.lksd, scores=False, **seat)
        assert refused_maker.value.codes == ("FD-04",)
        actions.appoint_panel(by=people.by("kades"), person=people.held["lain"], scores=False, **seat)
        asked = Duty.objects.get(about=f"objection:{said.code}", closed_at=None)
        assert (asked.door, asked.person) == ("selection.dismiss_objection", people.held["lain"].code)
        said.refresh_from_db()
        said = Objection.objects.select_related("call__case__village").get()
        actions.declare_interest(by=people.by("lain"), call=call, interest=False)
        answered(people, said, "lain")
    assert Objection.objects.get().state == "dismissed"


def test_the_chair_of_the_bpd_may_end_a_direct_appointment_and_no_other_call(people):
    call = a_direct_candidate(people)
    with clock.at(OPENED + timedelta(days=1)):
        actions.fail_call(by=people.by("bpd"), call=call, reason="Warga berkeberatan.")
    assert (call.state, Case.objects.get().state) == ("failed", "call_failed")


def test_the_chair_of_the_bpd_fails_no_selection(people):
    call = a_checking_call(people)
    with clock.at(AFTER), pytest.raises(NoSuchMove):
        actions.fail_call(by=people.by("bpd"), call=call, reason="Warga berkeberatan.")
    assert Call.objects.get().state == "checking"


def test_a_direct_award_says_so_and_who_appointed_cannot_sign(people):
    case = a_direct_award(people)
    own = Proposal.objects.get()
    assert direct_of(own).kind == "only_provider" and not Ranking.objects.exists()
    call, theirs = own.call, own.versions.get().content["vision_ticks"]
    assert vision_facts(call.vision_ticks, theirs, standing(OURS)).vision_agreement == 100
    assert Call.objects.get().state == "awarded"
    assert Proposal.objects.get().state == "chosen"
    assert parts(case).facts(people.lksd.code, "sign").proposes_candidate


@pytest.mark.parametrize("how", ["declines", "is silent", "fails", "is rightly objected to"])
def test_a_candidate_who_is_out_leaves_a_failed_call_from_which_the_village_goes_on(people, how):
    call = a_direct_candidate(people)
    with clock.at(OPENED + timedelta(days=1)):
        if how == "declines":
            actions.decline_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(), reason="Belum siap.")
        elif how == "is rightly objected to":
            said = actions.file_objection(by=people.by("warga"), call=call, text="Ada balai lain di kecamatan sebelah.")
            actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
            actions.uphold_objection(by=people.by("bpd"), objection=said, answer="Benar, balai itu juga bersertifikat.")
            assert Proposal.objects.get().state == "not_chosen"
        elif how == "is silent":
            with clock.at(OPENED + timedelta(days=60)):
                assert actions.lapse_due_candidates() == 1
        else:
            actions.fail_call(by=people.by("lksd"), call=call, reason="Warga berkeberatan.")
        call = Call.objects.select_related("case__village", "case__partner").get()
        assert (call.state, call.case.state, call.case.partner) == ("failed", "call_failed", None)
        assert call.ended_why
        assert Duty.objects.filter(door="selection.reopen_call").exists()
        other = a_partner(people, name="Balai Lain", username="balai")
        actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
        appointed(people, call, other)
        actions.decline_candidacy(by=people.by("balai"), proposal=Proposal.objects.get(partner=other), reason="Penuh.")
        actions.revise_terms(by=people.by("sekdes"), case=Case.objects.select_related("village", "partner").get())
    call = Call.objects.get()
    assert (call.state, call.direct, call.frozen_hash) == ("draft", False, "")
    assert DirectAppointment.objects.count() == 2  # what was done stays to be read and counted


def test_an_upheld_objection_ends_a_direct_appointment_that_lies_before_the_meeting(people):
    call = a_direct_candidate(people)
    with clock.at(OPENED + timedelta(days=1)):
        actions.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(), ticks=TICKS)
        actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
        said = actions.file_objection(by=people.by("warga"), call=call, text="Ada balai lain di kecamatan sebelah.")
        actions.dismiss_objection(by=people.by("bpd"), objection=said, answer="Balai itu tidak bersertifikat.")
    with clock.at(OPENED + timedelta(days=28)):
        call = Call.objects.select_related("case__village", "case__partner").get()
        case = actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
        sheet = a_tabled_sheet(people, case)
        with pytest.raises(NoSuchMove):  # whoever appointed does not take the result from the meeting
            actions.fail_call(by=people.by("lksd"), call=call, reason="Berubah pikiran.")
    with clock.at(OPENED + timedelta(days=29)):
        Objection.objects.update(answered_at=OPENED + timedelta(days=28))  # as where it was forwarded within its days
        said.refresh_from_db()
        actions.appeal_objection(by=people.by("warga"), objection=said, reason="Sertifikatnya terbit bulan lalu.")
        an_office(people, "ketua.tim", "Ketua Tim", roles.VILLAGE_COOP_UNIT)
        Panelist.objects.filter(call=call, scores=False).update(person=people.ketua_tim)
        actions.declare_interest(by=people.by("ketua.tim"), call=call, interest=False)
        said = Objection.objects.select_related("call__case__village", "call__case__partner").get()
        actions.uphold_objection(by=people.by("ketua.tim"), objection=said, answer="Benar, balai itu bersertifikat.")
    call, sheet = Call.objects.select_related("case").get(), type(sheet).objects.get()
    assert (call.state, call.case.state, call.case.partner_id) == ("failed", "call_failed", None)
    assert (Proposal.objects.get().state, sheet.state) == ("not_chosen", "superseded")
    with clock.at(OPENED + timedelta(days=38)), pytest.raises((NoSuchMove, Refused)):
        actions.record_consent(by=people.by("bpd"), case=Case.objects.select_related("village", "partner").get())


# Split values ---------------------------------------------------------------------------------------------------------
def a_like_case(partner=None, **other) -> Case:
    now = Case.objects.order_by("pk").first()
    given = {
        "title": "Tahap kedua", "route": "village_initiative", "coop_type": now.coop_type,
        "field_of_government": now.field_of_government, "village_id": OURS, "partner": partner, "state": "drafting",
        "opened_at": OPENED - timedelta(days=90), "opened_by": "system", "village_share": 15_000_000,
    }  # fmt: skip
    return Case.objects.create(**{**given, **other})


def split(people, partner) -> bool:
    case = Case.objects.select_related("village").order_by("pk").first()
    return not r.not_split(split_facts(case, standing(OURS), partner))


def test_SL_35_values_with_one_partner_within_the_months_of_the_norm_are_added_up(people):
    with clock.at(OPENED):
        a_call(people)  # worth 312 million by its own figures
        partner, other = a_partner(people), a_partner(people, name="Mitra Lain", username="lain")
        assert not split(people, partner)  # one case alone is split from nothing
        a_like_case(other)
        a_like_case(partner, opened_at=OPENED - timedelta(days=500))
        a_like_case(partner, state="cancelled")
        a_like_case(partner, village_id=FOREIGN)
        assert not split(people, partner)
        a_like_case(partner)
        assert split(people, partner)
        Case.objects.update(split_because="Dua mata air, dua izin.")
        assert not split(people, partner)


def test_SL_35_warns_and_the_explanation_is_kept_for_everybody(people):
    with clock.at(OPENED):
        call, partner = ready(people), a_partner(people)
        a_like_case(partner)
        appointed(people, call, partner, split_because="Dusun kedua punya mata air sendiri.")
    assert Case.objects.order_by("pk").first().split_because == "Dusun kedua punya mata air sendiri."


def test_SL_35_an_announcement_is_warned_of_cases_that_answer_the_same_need(people):
    with clock.at(OPENED):
        call = a_call(people)
        case = Case.objects.select_related("village", "plan_line", "midterm_line").get()
        assert "SL-35" not in {each.code for each in checks(case)["selection.open_call"] if not each.holds}
        like = a_like_case()
        like.case_needs.create(need=case.case_needs.get().need)
        assert "SL-35" in {each.code for each in checks(case)["selection.open_call"] if not each.holds}
        actions.open_call(by=people.by("kades"), call=call, split_because="Dua dusun, dua musim tanam.")
    assert Case.objects.order_by("pk").first().split_because


def test_SL_35_an_offer_that_came_by_itself_is_asked_too(people):
    with clock.at(OPENED):
        case = an_offer(people)
        a_like_case(case.partner, village_share=95_000_000)
        case = Case.objects.select_related("village", "partner").get(pk=case.pk)
        assert "SL-35" in {each.code for each in checks(case)["selection.accept_for_musyawarah"] if not each.holds}


# Counting -------------------------------------------------------------------------------------------------------------
def test_direct_appointments_are_counted_against_all_awards(people):
    assert direct_counts() == direct_counts(OURS)
    assert direct_counts().share_percent is None
    a_direct_award(people)
    for region in ("", "33", "33.04", "33.04.19", OURS):
        counted = direct_counts(region)
        assert (counted.made, counted.awarded, counted.awards, counted.share_percent) == (1, 1, 1, 100)
    assert direct_counts("51").made == 0


def test_an_award_by_selection_counts_as_an_award_only(people):
    an_awarded_case(people)
    assert (direct_counts().made, direct_counts().awarded, direct_counts().awards) == (0, 0, 1)
