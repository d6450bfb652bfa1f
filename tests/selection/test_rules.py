"""Each rule of a strict selection with an example that passes and one that fails; the arithmetic with the worked ones."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from bermitra.foundation.norms.catalogue import catalogue
from bermitra.needs.offers.rules import no_cash_to_persons
from bermitra.partnership.book import forms
from bermitra.selection import criteria
from bermitra.selection import rules as r

CALL = r.CallFacts(
    empty_sections=0, benefit_rows=3, cost_rows=4, rows_without_figure=0, spatial_plan_ok=True, environment_ok=True,
    terms_attached=True, channels=("notice_board", "public_page"), weights=(25, 20, 15, 15, 10, 10, 5),
    opens_on=date(2026, 5, 4), closes_on=date(2026, 5, 20), call_min_days=14,
    least_weight=5, criterion_weight_min=5, greatest_weight=25, one_criterion_weight_at_most=60, threshold_total=65,
    threshold_each=40, score_threshold=65, criterion_min_percent=40,
)  # fmt: skip
CANDIDATE = r.CandidateFacts(
    total=Fraction(74), criteria_below_floor=0, score_threshold=65, vision_agreement=61, core_missing=0,
    vision_agreement_minimum=40, blocking_flags=(),
)  # fmt: skip


def test_SL_01_terms_complete():
    assert r.terms_complete(CALL)
    assert not r.terms_complete(replace(CALL, empty_sections=3))


def test_SL_02_benefit_and_cost_measured():
    assert r.benefit_and_cost_measured(CALL)
    assert not r.benefit_and_cost_measured(replace(CALL, rows_without_figure=2))
    assert not r.benefit_and_cost_measured(replace(CALL, cost_rows=0))


def test_SL_03_space_and_environment_checked():
    assert r.space_and_environment_checked(CALL)
    assert not r.space_and_environment_checked(replace(CALL, spatial_plan_ok=False))


def test_SL_04_announced_openly():
    assert r.announced_openly(CALL)
    assert not r.announced_openly(replace(CALL, terms_attached=False))
    assert not r.announced_openly(replace(CALL, channels=("public_page", "messages")))
    assert not r.announced_openly(replace(CALL, channels=("notice_board",)))


def test_SL_05_weights_sum_to_hundred():
    assert r.weights_sum_to_hundred(CALL)
    assert not r.weights_sum_to_hundred(replace(CALL, weights=(25, 20, 15, 15, 10, 10, 10)))


def test_SL_54_nothing_weighed_away():
    assert r.nothing_weighed_away(replace(CALL, threshold_total=80))
    for less in ({"least_weight": 0}, {"threshold_total": 64}, {"threshold_each": 0}):
        assert not r.nothing_weighed_away(replace(CALL, **less))


def test_SL_62_no_criterion_decides_alone():
    assert r.no_criterion_decides_alone(replace(CALL, greatest_weight=60))
    assert not r.no_criterion_decides_alone(replace(CALL, greatest_weight=61))


def test_SL_62_the_weights_that_a_draft_begins_with_keep_below_the_bound():
    """The weights that a draft begins with, of each form of cooperation."""
    greatest = {max(criteria.weights_for([form]).values()) for form in forms()}
    assert greatest == {25, 30}
    assert max(greatest) <= catalogue()["one_criterion_weight_at_most"].default


def test_SL_61_vision_ticked_anew():
    assert r.vision_ticked_anew(r.TickedAnewFacts(seen_since=False))
    assert not r.vision_ticked_anew(r.TickedAnewFacts(seen_since=True))


def test_SL_53_seat_of_its_office():
    for seat, role in (
        ("resident", "resident"), ("resident", "group_rep"), ("bpd", "bpd_member"), ("coop_unit", "village_coop_unit"),
        ("other", "selection_panelist"),
    ):  # fmt: skip
        assert r.seat_of_its_office(r.SeatFacts(seat, frozenset({role})))
    for seat, *held in (
        ("bpd", "resident"), ("resident", "bpd_member"), ("resident", "resident", "village_treasurer"), ("other",),
        ("other", "village_official"), ("coop_unit", "resident"), ("nothing", "resident"), ("resident", "selection_panelist"),
    ):  # fmt: skip
        assert not r.seat_of_its_office(r.SeatFacts(seat, frozenset(held)))


def test_SL_06_criteria_frozen():
    assert r.criteria_frozen(r.FrozenFacts("9c1d", "9c1d"))
    assert not r.criteria_frozen(r.FrozenFacts("0000", "9c1d"))


def test_SL_07_open_long_enough():
    assert r.open_long_enough(CALL)
    assert not r.open_long_enough(replace(CALL, closes_on=date(2026, 5, 10)))


def test_SL_09_panel_composed():
    good = r.PanelFacts(panel=5, residents=2, bpd=1, panel_min=3, panel_residents_min=2, panel_bpd_min=1)
    assert r.panel_composed(good)
    assert not r.panel_composed(replace(good, residents=0))


def test_SL_10_village_head_never_scores():
    assert r.village_head_never_scores(r.ScorerRoles(frozenset({"village_coop_unit", "resident"})))
    assert not r.village_head_never_scores(r.ScorerRoles(frozenset({"village_head", "resident"})))


def test_SL_11_interests_declared():
    assert r.interests_declared(r.InterestFacts(True, False, False))
    assert not r.interests_declared(r.InterestFacts(False, False, False))


def test_SL_12_conflicted_do_not_score():
    assert r.conflicted_do_not_score(r.InterestFacts(True, False, False))
    assert not r.conflicted_do_not_score(r.InterestFacts(True, True, False))
    assert not r.conflicted_do_not_score(r.InterestFacts(True, False, True))


def test_SL_13_sent_before_deadline():
    good = r.SendingFacts(seconds_before_deadline=120, gifts_to_persons=0, empty_parts=0, ticks=6)
    assert r.sent_before_deadline(good)
    assert not r.sent_before_deadline(replace(good, seconds_before_deadline=-1))
    assert not r.sent_before_deadline(replace(good, empty_parts=2))


def test_ND_06_no_cash_to_persons():
    good = r.SendingFacts(seconds_before_deadline=120, gifts_to_persons=0, empty_parts=0, ticks=6)
    assert no_cash_to_persons(good)
    assert not no_cash_to_persons(replace(good, gifts_to_persons=1))


def test_SL_14_sealed_until_closed():
    assert r.sealed_until_closed(r.SealFacts(call_closed=True, minutes_of_opening=True))
    assert not r.sealed_until_closed(r.SealFacts(call_closed=False, minutes_of_opening=True))
    assert not r.sealed_until_closed(r.SealFacts(call_closed=True, minutes_of_opening=False))


def test_SL_15_cure_period_given():
    assert r.cure_period_given(r.CureFacts(days_since_request=8, documents_complete=False, cure_days=7))
    assert not r.cure_period_given(r.CureFacts(days_since_request=3, documents_complete=False, cure_days=7))


def test_SL_16_score_with_reason():
    good = r.ScoreFacts(levels=(3, 4, 2, 3, 3, 2, 3), reasons=7, shortest_reason=60, score_reason_characters=40)
    assert r.score_with_reason(good)
    assert not r.score_with_reason(replace(good, shortest_reason=5))
    assert not r.score_with_reason(replace(good, levels=(5, 4, 2, 3, 3, 2, 3)))
    assert not r.score_with_reason(replace(good, reasons=6))


def test_SL_17_all_scores_in():
    assert r.all_scores_in(r.ScorersFacts(finished_scorers=3, scorers=3, panel_min=3))
    assert not r.all_scores_in(r.ScorersFacts(finished_scorers=2, scorers=3, panel_min=3))
    assert not r.all_scores_in(r.ScorersFacts(finished_scorers=2, scorers=2, panel_min=3))


def test_SL_19_no_stopping_flag():
    assert r.no_stopping_flag(CANDIDATE)
    assert not r.no_stopping_flag(replace(CANDIDATE, blocking_flags=("cash_to_officials",)))


def test_SL_20_threshold_reached():
    assert r.threshold_reached(CANDIDATE)
    assert r.threshold_reached(replace(CANDIDATE, total=Fraction(65)))
    assert not r.threshold_reached(replace(CANDIDATE, total=Fraction(65) - Fraction(1, 12)))
    assert not r.threshold_reached(replace(CANDIDATE, criteria_below_floor=1))


def test_SL_51_scored_again_for_cause():
    assert r.scored_again_for_cause(r.ReopeningFacts(upheld=1, counted_with_interest=0))
    assert r.scored_again_for_cause(r.ReopeningFacts(upheld=0, counted_with_interest=1))
    assert not r.scored_again_for_cause(r.ReopeningFacts(upheld=0, counted_with_interest=0))


def test_SL_52_nobody_left_to_propose():
    none = r.FailingFacts(candidate_stands=False, next_may_stand=False, scored_again=False)
    assert r.nobody_left_to_propose(none)
    for one in ("candidate_stands", "next_may_stand", "scored_again"):
        assert not r.nobody_left_to_propose(replace(none, **{one: True}))


def test_SL_21_ranking_published():
    assert r.ranking_published(r.PublishedFacts(days_published=3, ranking_publication_days=3))
    assert not r.ranking_published(r.PublishedFacts(days_published=2, ranking_publication_days=3))


def test_SL_24_losers_get_feedback():
    assert r.losers_get_feedback(r.FeedbackFacts(feedback_sent=2, not_proposed=2))
    assert r.losers_get_feedback(r.FeedbackFacts(feedback_sent=0, not_proposed=0))
    assert not r.losers_get_feedback(r.FeedbackFacts(feedback_sent=1, not_proposed=2))


def test_SL_45_answered_by_another():
    good = r.AnswererFacts(filed_it=False, answered_before=False, scored=False, dismisses=True)
    assert r.answered_by_another(good)
    assert not r.answered_by_another(replace(good, filed_it=True))
    assert not r.answered_by_another(replace(good, answered_before=True))
    assert not r.answered_by_another(replace(good, scored=True))
    assert not r.answered_by_another(replace(good, appointed=True))
    assert r.answered_by_another(replace(good, appointed=True, dismisses=False))
    assert r.answered_by_another(replace(good, scored=True, dismisses=False))


def test_SL_46_appealed_once_and_in_time():
    good = r.AppealFacts(working_days_since_answer=3, appeals_before=0, objection_appeal_working_days=3)
    assert r.appealed_once_and_in_time(good)
    assert not r.appealed_once_and_in_time(replace(good, appeals_before=1))
    assert not r.appealed_once_and_in_time(replace(good, working_days_since_answer=4))


def test_SL_22_objections_closed():
    good = r.ForwardFacts(
        working_days_published=6, open_objections=0, objection_working_days=5, candidate_accepted=True
    )
    assert r.objections_closed(good)
    assert not r.objections_closed(replace(good, open_objections=1))
    assert not r.objections_closed(replace(good, working_days_published=4))


def test_SL_23_candidate_accepts():
    good = r.ForwardFacts(6, 0, 5, candidate_accepted=True)
    assert r.candidate_accepts(good)
    assert not r.candidate_accepts(replace(good, candidate_accepted=False))


def test_SL_27_unsolicited_is_complete():
    eight = frozenset(r.CONTENTS)
    assert r.unsolicited_is_complete(r.UnsolicitedFacts(partner_registered=True, contents=eight))
    assert not r.unsolicited_is_complete(r.UnsolicitedFacts(partner_registered=True, contents=eight - {"disputes"}))
    assert not r.unsolicited_is_complete(r.UnsolicitedFacts(partner_registered=False, contents=eight))


def test_SL_32_musyawarah_chose_this_candidate():
    good = r.ConsentFacts(minutes_binding=True, decision="agreed", candidate_named=True)
    assert r.musyawarah_chose_this_candidate(good)
    assert not r.musyawarah_chose_this_candidate(replace(good, candidate_named=False))
    assert not r.musyawarah_chose_this_candidate(replace(good, decision="refused"))
    assert not r.musyawarah_chose_this_candidate(replace(good, minutes_binding=False))


def test_SL_37_goals_and_vision_shared():
    assert r.goals_and_vision_shared(CANDIDATE)
    assert not r.goals_and_vision_shared(replace(CANDIDATE, core_missing=1))
    assert not r.goals_and_vision_shared(replace(CANDIDATE, vision_agreement=39))


def test_SL_38_musyawarah_refused():
    good = r.ConsentFacts(minutes_binding=True, decision="refused", candidate_named=True)
    assert r.musyawarah_refused(good)
    assert not r.musyawarah_refused(replace(good, decision="agreed"))
    assert not r.musyawarah_refused(replace(good, minutes_binding=False))


def test_SL_39_reason_given():
    assert r.reason_given(r.ReasonFacts("Dokumen palsu"))
    assert not r.reason_given(r.ReasonFacts(""))


def test_SL_40_answered_in_writing():
    assert r.answered_in_writing(r.AnswerFacts("140/121/TL/2026", "BA-02/2026"))
    assert not r.answered_in_writing(r.AnswerFacts("", "BA-02/2026"))
    assert not r.answered_in_writing(r.AnswerFacts("140/121/TL/2026", ""))


def test_SL_41_everything_checked():
    assert r.everything_checked(r.AdmissionFacts(curing=0, complete=2))
    assert not r.everything_checked(r.AdmissionFacts(curing=1, complete=2))
    assert not r.everything_checked(r.AdmissionFacts(curing=0, complete=0))


def test_SL_42_five_to_ten_statements():
    assert all(r.five_to_ten_statements(r.TickFacts(n)) for n in (5, 10))
    assert not any(r.five_to_ten_statements(r.TickFacts(n)) for n in (0, 4, 11))


def test_every_state_has_its_words():
    assert set(r.CALL_LABELS) == r.CALL.states
    assert set(r.PROPOSAL_LABELS) == r.PROPOSAL.states | r.UNSOLICITED.states
    assert set(r.OBJECTION_LABELS) == r.OBJECTION.states
    assert r.CLOSED_OFF | r.READ_IN == r.CALL.states


# Arithmetic ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("example", criteria._book()["vision"]["examples"])
def test_the_worked_examples_of_vision_agreement(example):
    assert criteria.vision_agreement(example["village"], example["partner"]) == example["agreement"]
    assert criteria.core_missing(example["village"], example["partner"]) == example["core_missing"]


def test_the_worked_example_of_a_score():
    example = criteria._book()["score_example"]
    levels = {code: [level] for code, level in example["levels"].items()}
    assert criteria.outcome(criteria.weights_for([]), levels, 40).total == Fraction(str(example["total"]))


def test_a_total_is_exact_and_floors_are_those_of_the_criterion_or_the_call():
    weights = {"need_fit": 20, "public_benefit": 20, "capability": 15, "finance": 10, "environment_social": 20,
               "participation_plan": 10, "continuity": 5}  # fmt: skip
    levels = {"need_fit": [1, 1, 1], "public_benefit": [2, 2, 2], "capability": [3, 3, 3], "finance": [4, 4, 4],
              "environment_social": [1, 2, 1], "participation_plan": [2, 2, 2], "continuity": [2, 2, 2]}  # fmt: skip
    outcome = criteria.outcome(weights, levels, 40)
    assert outcome.total == Fraction(5 + 10, 1) + Fraction(45, 4) + 10 + Fraction(20, 3) + 5 + Fraction(5, 2)
    assert outcome.below_floor == ("need_fit", "environment_social")
    assert outcome.spread == 1


def test_every_profile_of_weights_sums_to_a_hundred():
    for profile in criteria._book()["profiles"]:
        assert sum(profile["weights"].values()) == 100
        assert list(profile["weights"]) == list(criteria.criteria())


def test_every_move_has_its_door():
    from bermitra.foundation.commands.door import doors
    from bermitra.selection import actions  # noqa: F401  hangs the doors

    wanted = {
        d for flow in (r.CALL, r.PROPOSAL, r.UNSOLICITED, r.OBJECTION) for d in flow.doors if d.startswith("selection.")
    }
    assert wanted <= doors.keys()


def test_sentences_are_short_and_codes_stand_once():
    groups = (
        r.OPENING_CALL, r.PANEL, r.APPOINTING, r.FROZEN, r.SENDING, r.SEAL, r.READING, r.SCORING, r.REVEALING,
        r.DISQUALIFYING, r.ADMITTING, r.PROPOSING, r.PUBLISHED, r.INFORMED, r.ANSWERING_OBJECTION, r.APPEALING,
        r.FORWARDING, r.CONSENTING, r.REFUSING, r.SENDING_UNSOLICITED[:1], r.ANSWERING, r.REASONED,
    )  # fmt: skip
    rules = [each for group in groups for each in group]
    codes = [each.code for each in rules]
    assert len(codes) == len(set(codes))
    assert [each.code for each in rules if len(each.says.split()) > 18 or len(each.remedy.split()) > 18] == []


def test_SL_08_asset_and_consent_prepared():
    none = r.AssetPlanFacts(False, False, False, False, False)
    assert r.asset_and_consent_prepared(none)
    good = r.AssetPlanFacts(True, True, True, True, True)
    assert r.asset_and_consent_prepared(good)
    for lacking in ("asset_in_inventory", "permit_planned", "consent_begun"):
        assert not r.asset_and_consent_prepared(replace(good, **{lacking: False})), lacking


def test_SL_36_answers_for_all():
    good = r.OpenToAllFacts(public_to_all=True, before_deadline=True)
    assert r.answers_for_all(good)
    assert not r.answers_for_all(replace(good, public_to_all=False))
    assert not r.answers_for_all(replace(good, before_deadline=False))


@pytest.mark.parametrize(("longer", "holds"), [(1, True), (0, False), (-1, False)])
def test_SL_49_deadline_only_moves_later(longer, holds):
    assert r.deadline_only_moves_later(r.LongerFacts(longer)) is holds


def test_SL_18_wide_spread_moderated():
    good = r.ModerationFacts(widest_spread_levels=3, moderated=True, score_spread_levels=2)
    assert r.wide_spread_moderated(good)
    assert not r.wide_spread_moderated(replace(good, moderated=False))
    assert r.wide_spread_moderated(replace(good, moderated=False, widest_spread_levels=1))


def test_SL_43_fit_bounded_by_vision():
    assert r.fit_bounded_by_vision(r.VisionBoundFacts(level=2, highest_level=2))
    assert not r.fit_bounded_by_vision(r.VisionBoundFacts(level=3, highest_level=2))


def test_SL_44_one_more_round():
    assert r.one_more_round(r.AnotherRoundFacts(rounds_again=0, wide=True))
    assert not r.one_more_round(r.AnotherRoundFacts(rounds_again=1, wide=True))
    assert not r.one_more_round(r.AnotherRoundFacts(rounds_again=0, wide=False))
