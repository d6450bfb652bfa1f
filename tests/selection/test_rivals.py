"""Rivals of an offer: when they must be asked, how they stay sealed, who opens and who chooses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import unmet
from bermitra.opendata.sheets import ROOMS
from bermitra.partnership import actions as case_actions
from bermitra.partnership.models import Case
from bermitra.partnership.queries import public_cases
from bermitra.registry import actions as registry
from bermitra.registry.models import Partner
from bermitra.registry.queries.conflicts import found_between
from bermitra.selection import actions, terms
from bermitra.selection.dealings import dealings
from bermitra.selection.models import Proposal, ProposalVersion, RivalCall
from bermitra.selection.queries import (
    checks,
    compared,
    is_open_to_read,
    known_of,
    offers_of,
    opened,
    proposals_visible_to,
    public_rival_calls,
    rival_facts,
)
from tests.partnership.makers import a_partner, a_tabled_sheet, agreed_by_meeting
from tests.people import OURS, place
from tests.refusals import codes
from tests.selection.makers import (
    ASKED,
    OPENED,
    RIVALS_OVER,
    TAKES_NOTHING,
    TICKS,
    a_drafted_rival,
    a_large_offer,
    a_rival_call,
    a_sealed_rival,
    an_offer,
    opened_rivals,
    worth,
)

pytestmark = pytest.mark.django_db
OTHER_TICKS = ["fair_return", "capital_market", "local_first", "residents_decide", "upkeep"]  # one of them is in TICKS
WHY = "Harganya terbuka dan jaminannya lebih kuat."


def fresh(case):
    return Case.objects.select_related("village", "partner").get(pk=case.pk)


def offer(code):
    return Proposal.objects.select_related("partner", "case", "village", "call", "rival_of").get(code=code)


def uses_asset(case):
    held = standing(OURS)
    return rival_facts(case, known_of(case, case.partner, held), held).uses_asset


def choose(people, asked, one, reason=WHY, who="kades", **more):
    with clock.at(RIVALS_OVER):
        return actions.close_comparison(
            by=people.by(who), case=fresh(asked.case), chosen=offer(one.code), reason=reason, **more
        )


# When they must be asked ------------------------------------------------------------------------------------------------
def test_SL_26_rivals_asked_of_a_large_offer_before_the_meeting_hears_of_it(people):
    case = a_large_offer(people)
    assert codes(actions.accept_for_musyawarah, by=people.by("kades"), case=case, ticks=TICKS) == ("SL-26",)


@pytest.mark.parametrize("said", [{"uses_asset": "yes"}, {"exclusive": "yes"}])
def test_a_small_offer_that_takes_an_asset_or_shuts_others_out_asks_for_rivals_as_well(people, said):
    case = a_large_offer(people, cash=1_000_000, **said)
    assert "SL-26" in codes(actions.accept_for_musyawarah, by=people.by("kades"), case=case, ticks=TICKS)


def test_a_form_that_always_uses_an_asset_counts_though_the_partner_says_no(people):
    case = a_large_offer(people, cash=1_000_000)
    Proposal.objects.filter(case=case).update(forms=["sewa"])
    assert uses_asset(case)
    Proposal.objects.filter(case=case).update(forms=["offtake"])
    assert not uses_asset(case)


def test_the_threshold_is_the_regency_s(people):
    case = a_large_offer(people)
    RegencyNorm.objects.create(
        regency=place(OURS[:5]), name="rival_threshold_rupiah", value=500_000_000, effective_from="2026-01-01",
        basis="Perbup contoh", set_at=clock.now(),
    )  # fmt: skip
    assert actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=TICKS).state == "awaiting_musyawarah"


def test_asking_says_why_and_by_which_visions_and_needs_what_the_meeting_needs(people):
    bare = an_offer(people, cash=412_100_000)
    asked = codes(
        actions.call_for_rivals, by=people.by("kades"), case=bare, **{**ASKED, "reason": "", "ticks": TICKS[:2]}
    )
    assert asked == ("SL-39", "SL-42", "PS-05", "PS-07")
    with pytest.raises(NotAllowed):
        actions.call_for_rivals(by=people.by("sekdes"), case=bare, **ASKED)
    assert fresh(bare).state == "initial_check" and not RivalCall.objects.exists()


def test_an_asking_runs_to_the_end_of_its_last_day_and_is_public_while_the_case_is_not(people):
    asked = a_rival_call(people)
    assert str(asked.deadline.astimezone().date()) == "2026-03-09"
    assert (asked.deadline - OPENED).days == 7
    case = fresh(asked.case)
    assert case.state == "comparison"
    assert not public_cases().filter(pk=case.pk).exists()
    with clock.at(OPENED + timedelta(days=1)):
        assert list(public_rival_calls(open_only=True)) == [asked]
    duty = Duty.objects.get(OPEN, about=f"case:{case.code}")
    assert (duty.door, duty.role, str(duty.due_on)) == ("selection.open_rivals", "village_head", "2026-03-09")
    assert Notice.objects.filter(party=case.partner.code, says__contains="usulan pembanding").exists()


def test_while_others_answer_the_need_stays_and_the_rest_may_still_be_prepared(people):
    case = a_rival_call(people).case
    with pytest.raises(NoSuchMove):
        case_actions.link_needs(by=people.by("sekdes"), case=case, needs=[])
    case_actions.record_budget(by=people.by("sekdes"), case=case, note="Tanpa dana desa.", share=0, room=0)


# Sealed -----------------------------------------------------------------------------------------------------------------
def test_a_rival_is_sealed_by_its_hash_and_may_be_sealed_anew_until_the_deadline(people):
    asked = a_rival_call(people)
    own = a_sealed_rival(people, asked)
    assert offer(own.code).state == "sealed"
    with clock.at(asked.deadline):
        actions.write_unsolicited(by=people.by("pesaing"), proposal=offer(own.code), content={"scope": "Lebih luas."})
        sent = actions.submit_rival(by=people.by("pesaing"), proposal=offer(own.code))
    assert (sent.number, sent.content["scope"]) == (2, "Lebih luas.")
    assert len(sent.content_hash) == 64


def test_a_second_late_is_late_for_writing_for_sealing_and_for_beginning(people):
    asked = a_rival_call(people)
    own = a_drafted_rival(people, asked)
    with clock.at(asked.deadline + timedelta(seconds=1)):
        assert codes(actions.submit_rival, by=people.by("pesaing"), proposal=offer(own.code)) == ("SL-13",)
        with pytest.raises(NoSuchMove):
            actions.write_unsolicited(by=people.by("pesaing"), proposal=offer(own.code), content={"scope": "x"})
        partner = a_partner(people, name="Terlambat", username="terlambat")
        with pytest.raises(NoSuchMove):
            actions.draft_unsolicited(
                by=people.by("terlambat"), partner=partner, village=asked.case.village, title="Terlambat",
                field=asked.case.field_of_government, rival_of=asked,
            )  # fmt: skip
    opened_rivals(people, asked)
    assert offer(own.code).state == "late"
    assert not is_open_to_read(offer(own.code))


def test_nobody_rivals_its_own_offer_and_nobody_twice(people):
    asked = a_rival_call(people)
    a_sealed_rival(people, asked)
    for who, partner in (("mitra", asked.case.partner), ("pesaing", Partner.objects.get(name="Mitra pesaing"))):
        with clock.at(OPENED + timedelta(days=3)), pytest.raises(NoSuchMove):
            actions.draft_unsolicited(
                by=people.by(who), partner=partner, village=asked.case.village, title="Lagi",
                field=asked.case.field_of_government, rival_of=asked,
            )  # fmt: skip


def test_what_a_rival_must_say_is_what_every_offer_must(people):
    asked = a_rival_call(people)
    own = a_drafted_rival(people, asked, gifts_to_persons=1, scope="", exclusive="")
    given = codes(actions.submit_rival, by=people.by("pesaing"), proposal=offer(own.code))
    assert set(given) == {"SL-27", "ND-06", "SL-48", "SL-13"}  # SL-13: by the real clock the days are over
    with clock.at(OPENED + timedelta(days=2)):
        given = codes(actions.submit_rival, by=people.by("pesaing"), proposal=offer(own.code))
    assert set(given) == {"SL-27", "ND-06", "SL-48"}
    with pytest.raises(NoSuchMove):  # the door of an offer that came by itself is another one
        actions.submit_unsolicited(by=people.by("pesaing"), proposal=offer(own.code))


def test_no_page_list_search_or_archive_gives_a_sealed_rival_to_anybody(people):
    asked = a_rival_call(people)
    own = a_sealed_rival(people, asked)
    for who in ("kades", "sekdes", "bpd", "mitra"):
        assert own.code not in {each.code for each in proposals_visible_to(people.held[who])}
    with pytest.raises(NoSuchMove):
        actions.read_proposal(by=people.by("sekdes"), proposal=offer(own.code))
    assert opened(offer(own.code), people.sekdes) is None
    assert compared(asked) == []
    told = str([list(room.cells((OURS,))) for room in ROOMS])
    assert own.code not in told and "pesaing" not in told and own.partner.code not in told
    assert dealings(Q(pk=own.partner_id), OURS, False) == set()


def test_a_rival_leaves_before_the_deadline_and_is_never_opened(people):
    asked = a_rival_call(people)
    own = a_sealed_rival(people, asked)
    with clock.at(OPENED + timedelta(days=3)):
        actions.withdraw_proposal(by=people.by("pesaing"), proposal=offer(own.code))
    opened_rivals(people, asked)
    assert offer(own.code).state == "withdrawn"
    assert [each.rival_of_id for each, _version in compared(RivalCall.objects.get())] == [None]


def test_the_first_partner_leaves_the_comparison_and_the_rivals_stay(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    first = Proposal.objects.get(case=asked.case)
    opened_rivals(people, asked)
    with clock.at(RIVALS_OVER):
        actions.withdraw_proposal(by=people.by("mitra"), proposal=offer(first.code))
    with pytest.raises(NoSuchMove):
        choose(people, asked, first)
    assert choose(people, asked, rival).partner.name == "Mitra pesaing"


def test_an_offer_outside_a_comparison_is_withdrawn_with_its_case_as_before(people):
    case = an_offer(people)
    with pytest.raises(NoSuchMove):
        actions.withdraw_proposal(by=people.by("mitra"), proposal=offer(Proposal.objects.get().code))
    assert fresh(case).state == "initial_check"


# Opened -----------------------------------------------------------------------------------------------------------------
def test_SL_14_nothing_is_opened_before_the_deadline_or_without_minutes(people):
    asked = a_rival_call(people)
    a_sealed_rival(people, asked)
    case = fresh(asked.case)
    with clock.at(asked.deadline):
        assert codes(actions.open_rivals, by=people.by("bpd"), case=case, minutes_number="BA-07") == ("SL-14",)
    with clock.at(RIVALS_OVER):
        assert codes(actions.open_rivals, by=people.by("bpd"), case=case, minutes_number="") == ("SL-14",)
        with pytest.raises(NotAllowed):
            actions.open_rivals(by=people.by("sekdes"), case=case, minutes_number="BA-07")
        with pytest.raises(NoSuchMove):  # and nothing is chosen of what nobody has read
            actions.close_comparison(
                by=people.by("kades"), case=case, chosen=Proposal.objects.get(case=case), reason=WHY
            )


def test_the_opening_lays_all_offers_beside_one_another_and_happens_once(people):
    asked = a_rival_call(people)
    own = a_sealed_rival(people, asked)
    held = opened_rivals(people, asked)
    assert held.opening_witnesses == ["Karsono", "Paijo"]
    assert [each.state for each, _version in compared(held)] == ["compared", "compared"]
    assert [version.content["scope"] for _each, version in compared(held)] == ["Isi scope.", "scope dari pesaing."]
    assert own.code in {each.code for each in proposals_visible_to(people.sekdes)}
    assert own.code not in {each.code for each in proposals_visible_to(people.mitra)}  # one partner reads no other's
    duty = Duty.objects.get(OPEN, about=f"case:{asked.case.code}")
    assert (duty.door, duty.role) == ("selection.close_comparison", "village_head")
    with pytest.raises(NoSuchMove):
        opened_rivals(people, asked)
    with clock.at(RIVALS_OVER):
        actions.read_proposal(by=people.by("sekdes"), proposal=offer(own.code))
    assert opened(offer(own.code), people.sekdes).content["scope"] == "scope dari pesaing."


def test_SL_47_untied_to_the_offers_holds_for_whoever_opens(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    an_officer(people.bpd, rival.partner)
    with clock.at(RIVALS_OVER):
        case = fresh(asked.case)
        assert codes(actions.open_rivals, by=people.by("bpd"), case=case, minutes_number="BA-07") == ("SL-47",)
        actions.open_rivals(by=people.by("kades"), case=case, minutes_number="BA-07")


def an_officer(person, partner):
    return Appointment.objects.create(
        person=person, role=roles.PARTNER_REP.key, region_id=OURS, party=partner.code, decree="1/2024",
        since=date(2024, 1, 1), until=date(2029, 12, 31), state=Appointment.State.CONFIRMED, state_at=OPENED,
    )  # fmt: skip


def test_nobody_learns_before_the_deadline_whether_somebody_of_his_has_sealed_an_offer(people):
    asked = a_rival_call(people)
    an_officer(people.kades, a_sealed_rival(people, asked).partner)
    case = fresh(asked.case)
    with clock.at(OPENED + timedelta(days=4)):
        assert codes(actions.open_rivals, by=people.by("kades"), case=case, minutes_number="BA-07") == ("SL-14",)
        assert codes(actions.decline_unsolicited, by=people.by("kades"), case=case, reason="Ditunda.") == ("SL-58",)


def names_as_its_officer(people, partner, person, at):
    with clock.at(at):
        owners = [{"name": person.full_name, "capacity": "officer", "political_tie": "tidak ada"}]
        registry.declare_owners(by=people.by("pesaing"), partner=partner, owners=owners)


def test_a_rival_that_names_the_head_as_its_officer_after_sealing_shuts_him_out_of_nothing(people):
    asked = a_rival_call(people)
    partner = a_sealed_rival(people, asked).partner
    names_as_its_officer(people, partner, people.kades, OPENED + timedelta(days=5))
    with clock.at(RIVALS_OVER):
        actions.open_rivals(by=people.by("kades"), case=fresh(asked.case), minutes_number="BA-07")
    assert RivalCall.objects.get().opened_at == RIVALS_OVER


def test_an_officer_who_was_found_to_be_another_person_of_that_name_ties_nobody(people):
    asked = a_rival_call(people)
    own = a_drafted_rival(people, asked)
    names_as_its_officer(people, own.partner, people.kades, OPENED + timedelta(days=1))
    with clock.at(OPENED + timedelta(days=2)):
        actions.submit_rival(by=people.by("pesaing"), proposal=own)
    with clock.at(RIVALS_OVER):
        given = {"by": people.by("kades"), "case": fresh(asked.case), "minutes_number": "BA-07"}
        assert codes(actions.open_rivals, **given) == ("SL-47",)
        (found,) = found_between(own.partner, OURS, clock.today())
        of = {"partner": own.partner, "village": place(OURS), "item": found.key}
        registry.explain_conflict(by=people.by("pesaing"), text="Direktur kami orang lain bernama sama.", **of)
        registry.review_conflict(
            by=people.by("dinas"), acceptable=True, tie=False, reason="NIK keduanya berbeda.", **of
        )
        actions.open_rivals(**given)
    assert RivalCall.objects.get().opened_at == RIVALS_OVER


def test_who_leaves_after_the_opening_stays_among_what_was_opened_with_the_day(people):
    asked = a_rival_call(people)
    rival, gone = a_sealed_rival(people, asked), a_sealed_rival(people, asked, who="mundur")
    with clock.at(OPENED + timedelta(days=3)):
        actions.withdraw_proposal(by=people.by("mundur"), proposal=offer(gone.code))
    held = opened_rivals(people, asked)
    with clock.at(RIVALS_OVER + timedelta(days=1)):
        actions.withdraw_proposal(by=people.by("pesaing"), proposal=offer(rival.code))
    first = Proposal.objects.get(case=asked.case, rival_of=None)
    assert [each.code for each, _version in compared(held)] == [first.code, rival.code]
    assert [each.code for each in offers_of(held)] == [first.code]
    assert choose(people, asked, first).state == "awaiting_musyawarah"
    assert (offer(rival.code).state, offer(rival.code).refused_on) == ("withdrawn", None)


def test_whoever_opens_or_declines_holds_the_asking_until_he_is_done(people):
    asked = a_rival_call(people)
    with CaptureQueriesContext(connection) as done:
        opened_rivals(people, asked)
        with clock.at(RIVALS_OVER):
            actions.decline_unsolicited(by=people.by("kades"), case=fresh(asked.case), reason="Ditunda.")
    read = [each["sql"] for each in done if 'FROM "selection_rivalcall" WHERE' in each["sql"]]
    locked = [sql for sql in read if sql.endswith("FOR UPDATE")]
    assert len(locked) == (2 if connection.features.has_select_for_update else 0), read


# Chosen -----------------------------------------------------------------------------------------------------------------
def test_the_head_brings_a_rival_to_the_meeting_and_the_first_partner_reads_why(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    first = Proposal.objects.get(case=asked.case)
    opened_rivals(people, asked)
    case = choose(people, asked, rival)
    assert (case.state, case.title, case.partner.name) == ("awaiting_musyawarah", "Usulan pesaing", "Mitra pesaing")
    assert public_cases().filter(pk=case.pk).exists()
    held = RivalCall.objects.get()
    assert (held.chosen, held.closed_because) == (rival.code, WHY)
    assert [offer(each.code).state for each in (first, rival)] == ["not_chosen", "sent"]
    assert offer(first.code).out_because == WHY
    assert str(offer(first.code).refused_on) == "2026-03-10"
    for party, words in ((first.partner.code, "tidak terpilih"), (rival.partner.code, "terpilih dan diajukan")):
        assert Notice.objects.filter(party=party, says__contains=words).exists()
    assert Duty.objects.get(OPEN, about=f"case:{case.code}").door == "selection.record_consent"


def test_where_nobody_else_offers_the_first_goes_on(people):
    asked = a_rival_call(people)
    first = Proposal.objects.get(case=asked.case)
    opened_rivals(people, asked)
    case = choose(people, asked, first)
    assert (case.state, case.partner.pk, offer(first.code).state) == ("awaiting_musyawarah", first.partner_id, "sent")


def test_the_chosen_one_meets_all_that_an_offer_meets_which_came_alone(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked, vision_ticks=OTHER_TICKS)
    opened_rivals(people, asked)
    unread = a_partner(people, name="Belum diuji", username="belum", verified=False)
    Proposal.objects.filter(pk=rival.pk).update(partner=unread)
    assert set(codes(choose, people=people, asked=asked, one=rival)) == {"RG-13", "SL-37"}
    assert fresh(asked.case).state == "comparison"


def test_a_choice_has_a_reason_is_the_head_s_and_is_not_made_by_whoever_has_an_interest(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    opened_rivals(people, asked)
    assert codes(choose, people=people, asked=asked, one=rival, reason="") == ("SL-39",)
    assert codes(choose, people=people, asked=asked, one=rival, interest=True) == ("SL-47",)
    for who in ("bpd", "sekdes"):
        with pytest.raises(NotAllowed):
            choose(people, asked, rival, who=who)
    elsewhere = an_offer(people, who="lain", partner=a_partner(people, name="Lain", username="lain"))
    with pytest.raises(NoSuchMove):
        choose(people, asked, Proposal.objects.get(case=elsewhere))


def test_all_are_declined_with_one_reason_that_each_of_them_reads(people):
    asked = a_rival_call(people)
    rival, draft = a_sealed_rival(people, asked), a_drafted_rival(people, asked, who="penulis")
    opened_rivals(people, asked)
    case = fresh(asked.case)
    with clock.at(RIVALS_OVER):
        assert codes(actions.decline_unsolicited, by=people.by("kades"), case=case, reason="") == ("SL-39",)
        actions.decline_unsolicited(by=people.by("kades"), case=case, reason="Warga menunda program ini.")
    assert (case.state, RivalCall.objects.get().closed_because) == ("rejected", "Warga menunda program ini.")
    assert [offer(each.code).state for each in (rival, draft)] == ["not_chosen", "late"]
    assert offer(rival.code).out_because == "Warga menunda program ini."
    assert not is_open_to_read(offer(draft.code))  # it was never opened, and nobody reads it afterwards
    with pytest.raises(NoSuchMove):
        opened_rivals(people, asked)


def test_SL_58_read_before_declined(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    case = fresh(asked.case)
    for moment in (OPENED + timedelta(days=3), RIVALS_OVER):
        with clock.at(moment):
            given = {"by": people.by("kades"), "case": case, "reason": "Warga menunda program ini."}
            assert codes(actions.decline_unsolicited, **given) == ("SL-58",)
    assert (fresh(case).state, offer(rival.code).state, offer(rival.code).refused_on) == ("comparison", "sealed", None)


def test_the_hash_of_what_was_sealed_is_that_of_what_is_compared(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    sealed = ProposalVersion.objects.get(proposal=rival).content_hash
    opened_rivals(people, asked)
    choose(people, asked, rival)
    assert ProposalVersion.objects.get(proposal=rival).content_hash == sealed


def test_SL_48_says_what_it_takes_before_it_is_sent(people):
    partner = a_partner(people)
    own = actions.draft_unsolicited(
        by=people.by("mitra"), partner=partner, village=place(OURS), title="Tawaran", field="pemberdayaan_masyarakat"
    )
    eight = dict.fromkeys(terms.EIGHT, "Isi.")
    for said in ({}, {"uses_asset": "no"}, {"uses_asset": "no", "exclusive": "entah"}):
        actions.write_unsolicited(by=people.by("mitra"), proposal=own, content={**eight, "gifts_to_persons": 0, **said})
        assert codes(actions.submit_unsolicited, by=people.by("mitra"), proposal=own) == ("SL-48",)
    actions.write_unsolicited(by=people.by("mitra"), proposal=own, content=TAKES_NOTHING)
    assert actions.submit_unsolicited(by=people.by("mitra"), proposal=own).state == "proposal_received"


# The meeting hears of what has grown since --------------------------------------------------------------------------------
def a_case_whose_sheet_has_grown(people, value=5_000_000_000):
    """Accepted at a value that needs no rivals; the sheet that the meeting agreed to is worth far more."""
    case = a_large_offer(people, cash=112_100_000)
    case = actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=TICKS)
    sheet = a_tabled_sheet(people, case, money=worth(value))
    agreed_by_meeting(sheet)
    return fresh(case)


def test_SL_26_is_asked_again_of_the_sheet_that_the_meeting_agreed_to(people):
    case = a_case_whose_sheet_has_grown(people)
    assert codes(actions.record_consent, by=people.by("bpd"), case=case) == ("SL-26",)
    assert "SL-26" in {each.code for each in unmet(checks(case)["selection.record_consent"])}


def test_an_offer_whose_sheet_has_grown_goes_back_to_be_compared_and_its_sheet_is_dropped(people):
    case = a_case_whose_sheet_has_grown(people)
    with clock.at(OPENED):
        asked = actions.call_for_rivals(by=people.by("kades"), case=case, **ASKED)
    assert (fresh(case).state, case.sheets.get().state) == ("comparison", "superseded")
    first = Proposal.objects.get()
    opened_rivals(people, asked)
    case = choose(people, asked, first)
    with clock.at(RIVALS_OVER):
        sheet = a_tabled_sheet(people, case, money=worth(5_000_000_000))
        agreed_by_meeting(sheet)
        assert actions.record_consent(by=people.by("bpd"), case=fresh(case)).state == "consent_given"


def test_only_a_sheet_that_has_grown_leads_back_from_the_meeting(people):
    case = a_case_whose_sheet_has_grown(people, value=112_100_000)
    with pytest.raises(NoSuchMove):
        actions.call_for_rivals(by=people.by("kades"), case=case, **ASKED)
    assert actions.record_consent(by=people.by("bpd"), case=case).state == "consent_given"
