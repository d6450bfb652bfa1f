"""Every page and act, for every office: what may be opened, what is shut, and what is not even there.

``expected.csv`` was written by hand from the law digest (who does what) and from the rule that one operator may type
everything and finish nothing. It is not made from the code.
"""

from __future__ import annotations

import pytest

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.permissions import authorise, table
from bermitra.foundation.commands.act import By, Reach
from bermitra.foundation.commands.door import Knock, doors
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from tests.access.matrix import ABOVE, Expected, differences, written
from tests.access.world import OWN, STRANGER
from tests.people import FOREIGN, OURS

pytestmark = pytest.mark.django_db
EXPECTED = written()
WITHOUT_ROWS = sorted(roles.BY_KEY.keys() - OWN.keys() - {roles.PUBLIC.key, roles.SYSTEM.key})


# The table ------------------------------------------------------------------------------------------------------------
def test_the_table_is_what_was_written_by_hand():
    found = list(differences(EXPECTED, table()))
    assert not found, "\n" + "\n".join(found)


def test_a_difference_is_told_by_page_role_and_both_scopes():
    told = list(differences({"page.home": Expected("page.home", "act", True, {"camat": "district"}, ())}, table()))
    assert "page.home, camat: None, written district" in told
    assert "page.home, everyone: any, written None" in told
    assert "page.home: step-up False, written True" in told


def test_every_office_of_the_roles_without_a_row_opens_nothing():
    for name, row in EXPECTED.items():
        assert not row.scopes.keys() & set(WITHOUT_ROWS), name


# What the law leaves to the village ---------------------------------------------------------------------------------------
LEFT_TO_THE_VILLAGE = {
    "the Musyawarah, its decision, its minutes, and that they bind": (
        "plan invite cancel table_text record_attendance add_attendee complete_attendee open_session postpone adjourn "
        "open_second_session answer_topic hand_chair record_decision draft_minutes finalise_minutes return_minutes "
        "countersign record_signed_sheet keep_sheet explain_sign draw_again object answer_objection make_binding "
        "issue_decree annul begin_consent give_consent refuse_consent",
        "deliberation",
    ),
    "the Musyawarah antar-Desa": (
        "call_joint_meeting cancel_joint_meeting record_joint_attendance answer_joint_topic word_joint_text "
        "say_for_village decide_jointly finalise_joint_minutes return_joint_minutes sign_joint_minutes "
        "record_joint_sheet confirm_joint_sheet",
        "deliberation",
    ),
    "what it offers to other villages, and whom it sends": (
        "draft_joint_offer word_joint_offer send_joint_offer withdraw_joint_offer name_delegates "
        "renew_delegation answer_joint_offer withdraw_joint_answer close_joint_answers ask_joint_village_again",
        "deliberation",
    ),
    "needs and their order": (
        "record revise count_beneficiaries submit withdraw draft_priorities place drop table prioritise defer "
        "add_voice merge split import_needs set_cost set_goals propose_from_index confirm_met reopen "
        "set_aims propose_lift lift_veto withdraw_lift "
        "record_potential revise_potential publish_potential archive_potential rate_potential locate_potential "
        "value_potential print_potential",
        "needs",
    ),
    "what the village is, has and plans": (
        "update_village record_account record_umbrella_regulation record_plan_line record_asset import_plan_lines "
        "import_assets correct_plan_line withdraw_plan_line correct_asset withdraw_asset",
        "registry",
    ),
    "who enters in its name, and what it says against it": ("grant_assistance contest_entry", "accounts"),
    "the case and its term sheet": (
        "open describe link_needs record_budget weigh check_place plan_assets say_consent submit_priorities record_priority "
        "link_plan_line cancel withdraw draft_term_sheet table_term_sheet agree_term_sheet",
        "partnership",
    ),
    "the call, the scores and the award": (
        "draft_call write_kak set_criteria tick_vision plan_announcement appoint_panel release_panelist open_call "
        "reopen_call extend_call withdraw_call revise_terms cancel_call answer_question start_selection declare_interest request_documents "
        "disqualify complete_admin_check score reveal_scores propose_candidate propose_next reopen_scoring fail_call "
        "file_objection withdraw_objection appeal_objection dismiss_objection uphold_objection send_feedback "
        "forward_to_musyawarah record_consent record_refusal "
        "receive_unsolicited return_unsolicited decline_unsolicited accept_for_musyawarah answer_in_writing "
        "call_for_rivals open_rivals close_comparison "
        "answer_introduction",
        "selection",
    ),
    "what a side says in a round": (
        "join_round decline_round set_preferences file_objection respond_to_match take_up_match",
        "matching",
    ),
    "the text of the agreement, and signing it as a party": (
        "start_draft propose_change give_number show_condition pass_turn request_legal_review end_legal_review "
        "accept_text abandon_draft return_to_selection request_permit issue_bpd_decree finalise reopen_draft "
        "void_signatures invite_signer sign register_certified_signature affix_stamp decline_to_sign "
        "upload_wet_signatures confirm_wet_signatures "
        "return_wet_signatures activate publish_summary",
        "agreements",
    ),
    "the text that binds villages to one another": (
        "start_joint_draft propose_joint_change accept_joint_text give_joint_number record_joint_consultation "
        "table_joint_text lock_joint_text reopen_joint_text abandon_joint_text sign_joint_text register_certified_joint_text "
        "lay_down_joint_scan confirm_joint_scan promulgate_joint_text form_joint_body hand_over_joint_seat pay_joint_due "
        "fill_joint_office "
        "invite_joint_member ask_to_leave_joint settle_joint_member accept_joint_body confirm_joint_payment "
        "state_joint_member",
        "agreements",
    ),
    "the plan, the promises and the book of money": (
        "draft_plan record_plan_meeting set_activity schedule_activity fund_activity drop_activity import_activities "
        "adopt_plan record_progress submit_evidence verify_evidence return_evidence propose_entry confirm_entry "
        "refuse_entry post_entry counter_entry record_budget_change apply_for_training",
        "delivery",
    ),
    "whether it takes part in a draw": ("answer_draw", "matching"),
    "what passes from one side to the other": (
        "draft_handover set_handover set_handover_item drop_handover_item import_handover_items offer_handover "
        "receive_handover return_handover withdraw_handover record_in_inventory",
        "delivery",
    ),
    "what is measured, and what a report says": (
        "draft_framework describe_framework set_indicator set_baseline set_target drop_indicator adopt_framework "
        "record_value revise_value submit_value approve_value return_value open_report open_progress_report "
        "describe_report state_money renew_figures submit_report question_report receive_report",
        "monitoring",
    ),
}  # fmt: skip

# The doors that an office above the village does have, and why none of them decides for the village.
OPEN_TO_THOSE_ABOVE = {
    "agreements.record_village_change": "which village takes over is decreed by the regency (law digest §16 E7)",
    "agreements.grant_permit": "the permit on village assets is the regent's (UU 6/2014, Permendagri 1/2016)",
    "agreements.refuse_permit": "the same permit",
    "agreements.give_legal_review": "advice that the village asked for and need not follow",
    "monitoring.forward_report": "the camat passes the report on and can neither change nor approve it",
    "deliberation.record_consent_step": "the village's facilitator writes down a step that was held; consent is the group's",
    "needs.verify_figures": "the village's facilitator bears witness to figures that others counted; sets none",
    "partnership.note": "a remark beside the case, which moves nothing",
    "selection.ask_dossier": "has printed what may be read anyway; changes nothing",
    "selection.read_proposal": "the auditor reads after the opening, in writing; scores nothing",
    "agreements.propose_existing": "a list laid before the villages: each records, corrects or declines its own row",
    "registry.onboard_villages": "access letters for many: who holds the office is said by its decree",
    "registry.confirm_load": "the same: who holds the office is said by its decree, which two have looked at",
    "registry.decline_load": "the same, turned down with a reason that the camat reads",
    "registry.print_letters": "the same letters on paper",
    "accounts.enrol": "access letters: who holds the office is said by its decree",
    "accounts.enrol_further": "the same",
    "accounts.hand_over": "an office of their own passes on; of a village's they bear witness",
    "accounts.propose_office": "proposes by a decree; another person confirms",
    "accounts.request_assistance": "asks the head, who alone gives the mandate",
    "accounts.record_assistance_mandate": "lays down the letter that the head has signed, never their own",
    "accounts.end_assistance": "fewer hands in the village's data, never more",
    "accounts.issue_letter": "the same",
    "accounts.register_person": "the same",
    "accounts.confirm_appointment": "by a decree; never one's own",
    "accounts.end_appointment": "ends what they give; their own they resign",
    "accounts.look_at_value": "one value of a signatory, for a reason that its owner reads; decides nothing",
    "accounts.close_number_case": "two people gave one NIK: looks at both cards",
    "accounts.confirm_use_stopped": "says that a use which a person no longer allows has ended",
    "accounts.record_data_breach": "personal data got out: the law's clock starts, nothing else",
    "accounts.notify_data_breach": "whose data it was is told, and the authority (UU 27/2022 ps 46)",
    "accounts.set_aside_data_breach": "what was recorded by mistake, before anybody was told; its reason stays",
    "accounts.erase_person": "carries out what the person asked for (UU 27/2022)",
    "messages.confirm_sent": "says that a message was passed on by telephone",
    "norms.change": "numbers of the regency's own regulation, with their basis",
    "norms.switch_rule": "rules of the product, never one of law",
    "registry.register_partner": "a partner is entered at the counter of the regency as well",
    "registry.admit_person": "the people who act for a partner are let in",
    "registry.accept_request": "the same, for a body that asked for it from the public page",
    "registry.decline_request": "the same, with a reason",
    "registry.correct_partner": "the register of bodies is the regency's to correct; the partner is told",
    "registry.merge_duplicates": "two entries of one body in that register",
    "registry.split_duplicates": "the same, undone",
    "registry.take_verification": "somebody outside the partner looks at its documents",
    "registry.check_evidence": "the same",
    "registry.request_repair": "the same",
    "registry.review_match": "the same",
    "registry.conclude_verification": "the verdict is computed; this closes the file",
    "registry.reopen_verification": "new facts about a partner",
    "registry.list_party": "the register of sanctions",
    "registry.lift_listing": "the same",
    "registry.import_listings": "the same, from a table",
    "registry.raise_flag": "says what was seen of a partner; whoever raises it does not decide",
    "registry.review_flag": "one opinion of the two that a decision takes, after the partner's reply",
    "registry.resolve_flag": "the second of one opinion; about a partner, never about the village",
    "registry.reopen_flag": "new facts about a partner, with a new right of reply",
    "needs.verify_ability": "what a partner says it can do, looked at by the regency that registered it; changes no offer",
    "needs.verify_potential": "only the facilitator, who serves in the village: looks at its measure, and changes nothing",
    "registry.review_conflict": "looks at what a partner explained; whoever is part of it may not",
    "matching.ask_shortlist": "has all lists computed by numbers that were published; orders, strikes and edits nothing",
    "matching.prepare_draw": "holds a draw of its own places: villages stand on its list by a published rule, not by hand",
    "matching.describe_draw": "the same",
    "matching.set_draw_rule": "the same: a rule for all, published before anything is thrown",
    "matching.set_draw_meeting": "the same",
    "matching.ask_villages": "asks every village that the rule lets in whether it takes part; answers for none",
    "matching.enter_applications": "the same: who applied, and why who did is not on the list, is public",
    "matching.commit_draw": "the list is published by its hash; nothing that decides the draw changes after",
    "matching.throw_draw": "types what dice showed before two witnesses; chooses nothing, and anybody computes it again",
    "matching.void_draw": "before the throw only, with a public reason, and the next draw says that it is not the first",
    "matching.draft_round": "the regency prepares a round and says by which policy; both sides choose and answer",
    "matching.revise_round": "the same, before anybody is invited",
    "matching.open_round": "publishes and locks the policy; whom it invites is not its choice (MT-06)",
    "matching.close_invitations": "at the last day, or when all have answered",
    "matching.close_preferences": "the same, for the orders that both sides made themselves",
    "matching.announce_throw": "names the day and the place of a throw that it does not choose the outcome of",
    "matching.simulate_round": "a trial of sums, which names nobody and binds nobody",
    "matching.throw_seed": "writes down what fell before two witnesses, after the list was published",
    "matching.run_round": "has the round computed by the published policy; the result is not its to change",
    "matching.try_again": "the same, after a failure",
    "matching.publish_round": "publishes what the verifier and the second way agree on",
    "matching.answer_objection": "rules on an input that a side disputes; everybody reads the reason",
    "matching.rerun_round": "has it computed again from what was put right, by the same throw",
    "matching.open_responses": "after the objections; each side answers for itself",
    "matching.close_responses": "at the last day, or when all have answered",
    "matching.void_round": "gives a round up with a reason that everybody reads",
    "matching.follow_up": "prepares a further round for those who still wait",
    "delivery.plan_training": "the regency may hold trainings (law digest 12)",
    "delivery.schedule_training": "the same",
    "delivery.announce_training": "the same",
    "delivery.close_enrolment": "the same; seats are drawn where there are too few",
    "delivery.allocate_seats": "the same",
    "delivery.issue_sheet": "the same",
    "delivery.record_attendance": "the same",
    "delivery.complete_training": "the same",
    "delivery.issue_certificate": "the same",
}


@pytest.mark.parametrize("what", LEFT_TO_THE_VILLAGE)
def test_no_office_above_the_village_approves_or_changes(what):
    verbs, stage = LEFT_TO_THE_VILLAGE[what]
    for door in (f"{stage}.{verb}" for verb in verbs.split()):
        assert door in doors, door
        for scopes in (EXPECTED[door].scopes, table()[door].scopes):
            assert not scopes.keys() & {*ABOVE, "everyone", "signed_in", "public"}, door


def test_every_door_of_an_office_above_the_village_has_its_reason():
    opened = {name for name, row in table().items() if name in doors and row.scopes.keys() & set(ABOVE)}
    assert opened == OPEN_TO_THOSE_ABOVE.keys()


def test_no_inner_door_leads_an_office_above_the_village_to_its_decisions():
    """A door that may be opened as a part of another act is only a part of acts that are the village's as well."""
    left = {f"{stage}.{verb}" for verbs, stage in LEFT_TO_THE_VILLAGE.values() for verb in verbs.split()}
    for door in left:
        assert not set(table()[door].within) & OPEN_TO_THOSE_ABOVE.keys(), door


# Doors by themselves -------------------------------------------------------------------------------------------------------
def let_in(door: str, person: Person, reach: Reach) -> bool:
    try:
        authorise(Knock(door, By(person=person), reach))
    except StepUpNeeded:
        return True
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize("door", sorted(doors))
def test_a_door_lets_in_its_offices_and_no_stranger_to_the_record(door, world):
    """The door asks again, whatever page led to it: also doors that have no page."""
    row, wrong = EXPECTED[door], []
    party, other = world.codes["partner"], world.codes["other_partner"]
    for role in OWN:
        me = world.own(role)
        mine = Reach(OURS, frozenset({party}), me.code, frozenset({me.code}))
        scope = row.lets_in(role)
        if let_in(door, me, mine) != bool(scope):
            wrong.append(f"{door} as {role}, own: written {scope or 'shut'}")
        foreign = Reach(FOREIGN, frozenset({other}), "SOMEBODY00", frozenset({"SOMEBODY00"}))
        if let_in(door, me, foreign) != (scope == "any"):
            wrong.append(f"{door} as {role}, foreign: written {scope or 'shut'}")
        if role in STRANGER and let_in(door, world.stranger(role), mine) != (scope == "any"):
            wrong.append(f"{door} as the nearest {role}: written {scope or 'shut'}")
    assert let_in(door, None, Reach(OURS)) == (row.scope_of("public") == "any"), f"{door} as the public"
    assert not wrong, "\n" + "\n".join(wrong)
