"""Each rule of an agreement with an example that passes and one that fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bermitra.agreements import rules
from bermitra.agreements.rules import (
    AcceptanceFacts,
    AnnexFacts,
    AssetFacts,
    BurdenFacts,
    BytesFacts,
    ConsentFacts,
    ContentFacts,
    CooperativeFacts,
    DecisionFacts,
    EnterpriseFacts,
    FundingFacts,
    GateFacts,
    GroupFacts,
    LinkFacts,
    LoanFacts,
    MandateFacts,
    NumberFacts,
    ObligationFacts,
    PlantationFacts,
    ReviewedFacts,
    ReviewFacts,
    ShareFacts,
    ShortFacts,
    SizeFacts,
    StampFacts,
    SuccessionFacts,
    WetFacts,
    WordsFacts,
)
from bermitra.agreements.villages import rules as villages
from bermitra.foundation.rules import Severity, Standing, Status, examine, unmet

CONSENT = ConsentFacts(True, "agreed", True, date(2026, 4, 20), date(2026, 5, 4))
ASSET = AssetFacts(
    forms=("ksp",), term_years=15, permit_number="593/112/2026", uses_asset=True, asset_in_inventory=True,
    ownership_proof=True, not_pledged=True, no_pledge_clause=True, lease_max_years=3, utilisation_max_years=15,
    build_operate_max_years=20,
)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"minutes_binding": False},
        {"decision": "refused"},
        {"decision": ""},
        {"attendance_attached": False},
        {"minutes_date": date(2026, 5, 10)},
        {"minutes_date": None},
    ],
)
def test_AG_01_musyawarah_agreed_first(change):
    assert rules.musyawarah_agreed_first(CONSENT)
    assert not rules.musyawarah_agreed_first(replace(CONSENT, **change))


@pytest.mark.parametrize("missing", sorted(rules.CONTENTS))
def test_AG_02_eight_contents_filled(missing):
    assert rules.eight_contents_filled(ContentFacts(frozenset(rules.CONTENTS), 4, 3))
    assert not rules.eight_contents_filled(ContentFacts(frozenset(rules.CONTENTS) - {missing}, 4, 3))


def test_AG_03_limits_and_sanctions_filled():
    assert rules.limits_and_sanctions_filled(ContentFacts(frozenset(), 4, 3))
    assert not rules.limits_and_sanctions_filled(ContentFacts(frozenset(), 4, 0))
    assert not rules.limits_and_sanctions_filled(ContentFacts(frozenset(), 0, 3))


def test_AG_04_obligations_are_measurable():
    assert rules.obligations_are_measurable(ObligationFacts(9, 0, 2, 2))
    assert not rules.obligations_are_measurable(ObligationFacts(9, 2, 2, 2))
    assert not rules.obligations_are_measurable(ObligationFacts(9, 0, 1, 2))


def test_AG_06_both_accept_same_text():
    assert rules.both_accept_same_text(AcceptanceFacts("5be2", ("5be2", "5be2"), 2))
    assert not rules.both_accept_same_text(AcceptanceFacts("5be2", ("5be2", "41aa"), 2))
    assert not rules.both_accept_same_text(AcceptanceFacts("5be2", ("5be2",), 2))


def test_AG_07_funding_covers_obligations():
    assert rules.funding_covers_obligations(FundingFacts(350_000_000, 350_000_000, 0))
    assert not rules.funding_covers_obligations(FundingFacts(300_000_000, 350_000_000, 0))
    assert not rules.funding_covers_obligations(FundingFacts(350_000_000, 350_000_000, 1))


def test_AG_08_bpd_decree_when_burdened():
    assert rules.bpd_decree_when_burdened(BurdenFacts(True, "3/KEP-BPD/2026"))
    assert rules.bpd_decree_when_burdened(BurdenFacts(False, ""))
    assert not rules.bpd_decree_when_burdened(BurdenFacts(True, ""))


def test_AG_45_decree_is_for_this_sheet():
    assert rules.decree_is_for_this_sheet(BurdenFacts(True, "3/KEP-BPD/2026", "a", "a"))
    assert not rules.decree_is_for_this_sheet(BurdenFacts(True, "3/KEP-BPD/2026", "a", "b"))
    assert rules.decree_is_for_this_sheet(BurdenFacts(False, "3/KEP-BPD/2026", "a", "b"))


def test_AG_46_permit_is_for_this_text():
    held = replace(ASSET, forms=("ksp",), permit_hash="a", text_hash="a")
    assert rules.permit_is_for_this_text(held)
    assert not rules.permit_is_for_this_text(replace(held, text_hash="b"))
    assert rules.permit_is_for_this_text(replace(held, forms=("sewa",), text_hash="b"))


def test_AG_44_confirmed_what_was_compared():
    assert rules.confirmed_what_was_compared(rules.ComparedFacts("a", "a"))
    assert not rules.confirmed_what_was_compared(rules.ComparedFacts("b", "a"))
    assert not rules.confirmed_what_was_compared(rules.ComparedFacts("", ""))


def test_AG_47_signed_after_locking():
    day = date(2026, 5, 8)
    assert rules.signed_after_locking(rules.InkFacts(day, day, day))
    assert not rules.signed_after_locking(rules.InkFacts(day - timedelta(days=1), day, day))
    assert not rules.signed_after_locking(rules.InkFacts(day + timedelta(days=1), day, day))


@pytest.mark.parametrize("grew_from, newest, trouble, good", [
    ("a", "a", "", True), ("b", "a", "", False), ("a", "a", "root", False), ("", "", "", False),
])  # fmt: skip
def test_AG_48_certified_signature_holds(grew_from, newest, trouble, good):
    assert rules.certified_signature_holds(rules.OutsideFacts(grew_from, newest, trouble)) is good


@pytest.mark.parametrize("grew_from, newest, trouble, good", [
    ("a", "a", "", True), ("b", "a", "", False), ("a", "a", "changed", False), ("", "", "", False),
])  # fmt: skip
def test_AG_49_stamped_before_signing(grew_from, newest, trouble, good):
    assert rules.stamped_before_signing(rules.OutsideFacts(grew_from, newest, trouble)) is good


@pytest.mark.parametrize(
    "rule, form, most",
    [
        (rules.lease_within_limit, "sewa", 3),
        (rules.utilisation_within_limit, "ksp", 15),
        (rules.build_operate_within_limit, "bgs", 20),
        (rules.build_operate_within_limit, "bsg", 20),
    ],
)
def test_AG_09_AG_11_AG_12_within_the_longest_term(rule, form, most):
    assert rule(replace(ASSET, forms=(form,), term_years=most))
    assert not rule(replace(ASSET, forms=(form,), term_years=most + 1))
    assert rule(replace(ASSET, forms=("hibah",), term_years=most + 1))


@pytest.mark.parametrize("form", ["ksp", "bgs", "bsg"])
def test_AG_13_regent_permit_granted(form):
    assert rules.regent_permit_granted(replace(ASSET, forms=(form,)))
    assert not rules.regent_permit_granted(replace(ASSET, forms=(form,), permit_number=""))
    assert rules.regent_permit_granted(replace(ASSET, forms=("sewa",), permit_number=""))


@pytest.mark.parametrize("lacking", ["asset_in_inventory", "ownership_proof", "not_pledged", "no_pledge_clause"])
def test_AG_14_asset_recorded_and_unpledged(lacking):
    assert rules.asset_recorded_and_unpledged(ASSET)
    assert not rules.asset_recorded_and_unpledged(replace(ASSET, **{lacking: False}))
    assert rules.asset_recorded_and_unpledged(replace(ASSET, uses_asset=False, **{lacking: False}))


def test_AG_16_consent_where_land_touched():
    assert rules.consent_where_land_touched(GroupFacts(True, "given", False))
    assert rules.consent_where_land_touched(GroupFacts(False, "", False))
    assert not rules.consent_where_land_touched(GroupFacts(True, "consultation", False))
    assert not rules.consent_where_land_touched(GroupFacts(True, "given", True))


def test_AG_18_signatory_has_mandate():
    held = MandateFacts("141/25/2023", date(2023, 1, 10), date(2026, 5, 4), date(2031, 1, 9))
    assert rules.signatory_has_mandate(held)
    assert not rules.signatory_has_mandate(replace(held, mandate_until=date(2026, 5, 3)))
    assert not rules.signatory_has_mandate(replace(held, mandate_number=""))


def test_AG_19_everyone_signs_same_bytes():
    assert rules.everyone_signs_same_bytes(BytesFacts("e3b0", "e3b0"))
    assert not rules.everyone_signs_same_bytes(BytesFacts("e3b1", "e3b0"))
    assert not rules.everyone_signs_same_bytes(BytesFacts("", ""))


def test_AG_20_wet_ink_bound_to_text():
    held = WetFacts(12, 12, 2, "bpd-01", "sekdes-01")
    assert rules.wet_ink_bound_to_text(held)
    assert not rules.wet_ink_bound_to_text(replace(held, pages_matched=11))
    assert not rules.wet_ink_bound_to_text(replace(held, witnesses=1))
    assert not rules.wet_ink_bound_to_text(replace(held, confirmed_by="sekdes-01"))


def test_AG_21_stamp_duty_noted_only_warns():
    assert rules.stamp_duty_noted(StampFacts("electronic")) and not rules.stamp_duty_noted(StampFacts(""))
    assert rules.stamp_duty_noted.severity is Severity.WARN


def test_AG_22_numbers_of_every_party():
    assert rules.numbers_of_every_party(NumberFacts(2, 2)) and not rules.numbers_of_every_party(NumberFacts(1, 2))


def test_AG_28_shares_shown_with_figures():
    held = ShareFacts(("inti",), True, True, 1, 1)
    assert rules.shares_shown_with_figures(held)
    assert not rules.shares_shown_with_figures(replace(held, example_recomputes=False))
    assert not rules.shares_shown_with_figures(replace(held, exclusive_seasons=2))
    assert rules.shares_shown_with_figures(replace(held, forms=("kkn",), formula_given=False))


@pytest.mark.parametrize(
    "change",
    [{"community_percent": 10}, {"years_after_title": 4}, {"years_after_title": 0}, {"members_listed": False},
     {"map_attached": False}],
)  # fmt: skip
def test_AG_29_plantation_share_honoured(change):
    held = PlantationFacts(True, 20, 2, True, True, 20, 3)
    assert rules.plantation_share_honoured(held)
    assert not rules.plantation_share_honoured(replace(held, **change))
    assert rules.plantation_share_honoured(replace(held, plantation_duty=False, **change))


def test_AG_42_form_gates_met():
    assert rules.form_gates_met(GateFacts(()))
    assert not rules.form_gates_met(GateFacts(("Kajian daya dukung menetapkan batas pengunjung.",)))


def test_AG_43_text_within_decision():
    assert rules.text_within_decision(DecisionFacts(()))
    assert not rules.text_within_decision(DecisionFacts(("term",)))


def test_AG_81_own_words_decided():
    assert rules.own_words_decided(WordsFacts(()))
    assert not rules.own_words_decided(WordsFacts(("kahar",)))


def test_AG_82_shares_and_prices_decided():
    assert rules.shares_and_prices_decided(WordsFacts(("kahar",)))
    assert not rules.shares_and_prices_decided(WordsFacts((), ("nilai_sewa",)))


def test_AG_83_binding_blanks_decided():
    assert rules.binding_blanks_decided(WordsFacts(("kahar",), ("nilai_sewa",)))
    assert not rules.binding_blanks_decided(WordsFacts((), (), ("modal_desa",)))


def test_AG_84_rows_add_no_burden():
    assert rules.rows_add_no_burden(WordsFacts(("kahar",), (), ("modal_desa",)))
    assert not rules.rows_add_no_burden(WordsFacts((), (), (), ("annex:budget",)))


def test_a_regency_switches_off_no_rule_of_law_and_no_guard_of_honesty():
    off = Standing(switched_off=frozenset({"AG-01", "AG-06", "AG-43", "AG-81", "AG-82", "AG-83", "AG-84", "AG-03"}))
    asked = [
        (rules.CONSENTED, replace(CONSENT, decision="")),
        (rules.ACCEPTED, AcceptanceFacts("a", (), 2)),
        (rules.WITHIN_DECISION, DecisionFacts(("term",))),
        (rules.WORDED, WordsFacts(("kahar",), ("nilai_sewa",), ("modal_desa",), ("duty:0",))),
        (rules.CONTENT, ContentFacts(frozenset(rules.CONTENTS), 0, 0)),
    ]
    codes = [each.code for group, facts in asked for each in unmet(examine(group, facts, off))]
    assert codes == ["AG-01", "AG-06", "AG-43", "AG-81", "AG-82", "AG-83", "AG-84"]


def test_what_is_not_known_well_yields_to_a_typed_reason_until_the_regency_confirms_it():
    facts = replace(ASSET, term_years=16)
    found = examine((rules.utilisation_within_limit,), facts)
    assert unmet(found) and not unmet(found, "Menunggu penjelasan Bagian Hukum.")
    confirmed = examine((rules.utilisation_within_limit,), facts, Standing(confirmed=frozenset({"AG-11"})))
    assert unmet(confirmed, "Menunggu penjelasan Bagian Hukum.")
    assert rules.utilisation_within_limit.status is Status.UNVERIFIED


def test_every_sentence_is_short():
    found = [each for each in vars(rules).values() if hasattr(each, "holds")]
    assert len(found) == 45
    assert not [each.code for each in found if len(each.says.split()) > 18 or len(each.remedy.split()) > 18]


def test_every_state_of_a_text_has_its_words():
    assert rules.LABELS.keys() == rules.DRAFT_FLOW.states
    assert rules.SLOT_LABELS.keys() == rules.SLOT_FLOW.states


def test_AG_05_annexes_attached():
    assert rules.annexes_attached(AnnexFacts(()))
    assert not rules.annexes_attached(AnnexFacts(("indicators",)))


LOAN = LoanFacts(("pinjam",), "village", ("equipment",), 7, 7)


@pytest.mark.parametrize(
    "change",
    [
        {"borrower": "company"},
        {"object_kinds": ("land",)},
        {"object_kinds": ("equipment", "building")},
        {"term_days": 8},
    ],
)
def test_AG_10_borrow_use_within_limit(change):
    assert rules.borrow_use_within_limit(LOAN)
    assert not rules.borrow_use_within_limit(replace(LOAN, **change))
    assert rules.borrow_use_within_limit(replace(LOAN, forms=("sewa",), **change))


def test_AG_15_price_review_scheduled():
    assert rules.price_review_scheduled(ReviewFacts(("sewa",), 3, 3))
    assert not rules.price_review_scheduled(ReviewFacts(("ksp",), 20, 3))
    assert not rules.price_review_scheduled(ReviewFacts(("ksp",), 0, 3))
    assert rules.price_review_scheduled(ReviewFacts(("pdmp",), 0, 3))
    assert not rules.price_review_scheduled.blocks


SIZES = SizeFacts(("offtake",), "company", True, True, True, True)


@pytest.mark.parametrize("lack", ["declared_free", "healthy_clause", "price_formula", "audit_right"])
def test_AG_27_fair_between_sizes(lack):
    assert rules.fair_between_sizes(SIZES)
    assert not rules.fair_between_sizes(replace(SIZES, **{lack: False}))
    assert rules.fair_between_sizes(replace(SIZES, partner_kind="university", **{lack: False}))
    assert rules.fair_between_sizes(replace(SIZES, forms=("tjsl",), **{lack: False}))


def test_AG_30_cooperative_loan_capped():
    assert rules.cooperative_loan_capped(CooperativeFacts(True, True, 30, 30))
    assert not rules.cooperative_loan_capped(CooperativeFacts(True, True, 31, 30))
    assert not rules.cooperative_loan_capped(CooperativeFacts(True, False, 10, 30))
    assert rules.cooperative_loan_capped(CooperativeFacts(False, False, 101, 30))


def test_AG_31_enterprise_organs_approve():
    assert rules.enterprise_organs_approve(EnterpriseFacts(True, True))
    assert not rules.enterprise_organs_approve(EnterpriseFacts(True, False))
    assert rules.enterprise_organs_approve(EnterpriseFacts(False, False))


def test_AG_33_term_beyond_office_flagged():
    later, office = date(2032, 1, 1), date(2030, 1, 9)
    assert rules.term_beyond_office_flagged(SuccessionFacts(later, office, True))
    assert not rules.term_beyond_office_flagged(SuccessionFacts(later, office, False))
    assert rules.term_beyond_office_flagged(SuccessionFacts(office, office, False))
    assert rules.term_beyond_office_flagged(SuccessionFacts(later, None, False))


def test_AG_58_duties_and_limits_have_sanctions():
    assert rules.duties_and_limits_have_sanctions(LinkFacts(()))
    assert not rules.duties_and_limits_have_sanctions(LinkFacts(("Menyerahkan bibit",)))


def test_AG_59_unreviewed_form_read_by_lawyer():
    assert rules.unreviewed_form_read_by_lawyer(ReviewedFacts((), False))
    assert rules.unreviewed_form_read_by_lawyer(ReviewedFacts(("karbon",), True))
    assert not rules.unreviewed_form_read_by_lawyer(ReviewedFacts(("karbon",), False))
    assert not rules.unreviewed_form_read_by_lawyer.blocks


def test_AG_60_short_text_for_light_partnerships():
    assert rules.short_text_for_light_partnerships(ShortFacts(True, ()))
    assert rules.short_text_for_light_partnerships(ShortFacts(False, ("assets",)))
    assert not rules.short_text_for_light_partnerships(ShortFacts(True, ("assets",)))


def test_AG_57_residents_told_before_signing():
    day = date(2026, 5, 14)
    assert rules.residents_told_before_signing(rules.ToldFacts(day, day))
    assert not rules.residents_told_before_signing(rules.ToldFacts(None, day))
    assert not rules.residents_told_before_signing(rules.ToldFacts(day + timedelta(days=1), day))
    assert not rules.residents_told_before_signing.blocks


@pytest.mark.parametrize(
    ("day", "kind", "holds"),
    [
        (date(2026, 4, 1), "civil_society", False), (date(2026, 6, 30), "central_government", False),
        (date(2026, 3, 31), "civil_society", True), (date(2026, 7, 1), "regional_government", True),
        (date(2026, 4, 1), "university", True),
    ],
)  # fmt: skip
def test_AG_80_no_campaign_while_people_vote(day, kind, holds):
    facts = rules.ElectionFacts(day, date(2026, 4, 1), date(2026, 6, 30), kind)
    assert rules.no_campaign_while_people_vote(facts) is holds
    assert rules.no_campaign_while_people_vote(replace(facts, since=None))


DECREE = villages.DecreeFacts("4/2027", date(2027, 1, 4), date(2027, 1, 10), date(2027, 1, 12), True)


@pytest.mark.parametrize(
    "change",
    [{"number": ""}, {"dated": date(2027, 1, 11)}, {"holds_from": date(2027, 1, 13)}, {"has_file": False}],
)
def test_AG_85_change_has_its_decree(change):
    assert villages.change_has_its_decree(DECREE)
    assert not villages.change_has_its_decree(replace(DECREE, **change))


def test_AG_86_every_agreement_passes():
    facts = villages.EveryFacts("a", "a", frozenset({"X", "Y"}), frozenset({"X", "Y"}))
    assert villages.every_agreement_passes(facts)
    for change in ({"now": "b"}, {"answered": frozenset({"X"})}, {"answered": frozenset({"X", "Y", "Z"})}):
        assert not villages.every_agreement_passes(replace(facts, **change))
    assert not villages.every_agreement_passes(villages.EveryFacts("a", "a", frozenset(), frozenset()))
    assert villages.every_agreement_passes(villages.EveryFacts("a", "a", frozenset(), frozenset(), leaves=True))


@pytest.mark.parametrize(
    ("kind", "code", "of", "active", "fits"),
    [
        ("merged", "33.04.19.2002", "desa", True, True),
        ("merged", "33.04.19.2001", "desa", True, False),  # into itself
        ("merged", "33.04.19.2002", "desa", False, False),
        ("merged", "51.08.02.2008", "desa", True, False),
        ("merged", "33.04.06.1013", "kelurahan", True, False),
        ("split", "33.04.19.2001", "desa", True, True),  # stays
        ("split", "33.04.19.2002", "desa", True, True),
        ("urban_ward", "33.04.06.1013", "kelurahan", True, True),
        ("urban_ward", "33.04.19.2002", "desa", True, False),
    ],
)
def test_AG_87_receiver_can_hold(kind, code, of, active, fits):
    receiver = villages.Receiver(code, of, active)
    assert villages.receiver_can_hold(villages.ReceiverFacts(kind, "33.04.19.2001", (receiver,))) is fits


def test_AG_88_holder_is_a_village():
    assert villages.holder_is_a_village(villages.HolderFacts(kelurahan=False, gone=False))
    assert not villages.holder_is_a_village(villages.HolderFacts(kelurahan=True, gone=False))
    assert not villages.holder_is_a_village(villages.HolderFacts(kelurahan=False, gone=True))


def test_AG_89_own_meeting_agreed():
    assert villages.own_meeting_agreed(villages.OwnMeetingFacts(taken_over=False, agreed=False))
    assert villages.own_meeting_agreed(villages.OwnMeetingFacts(taken_over=True, agreed=True))
    assert not villages.own_meeting_agreed(villages.OwnMeetingFacts(taken_over=True, agreed=False))


def test_AG_94_own_residents_agreed():
    assert villages.own_residents_agreed(villages.OwnResidentsFacts(asked_anew=False, agreed=False))
    assert villages.own_residents_agreed(villages.OwnResidentsFacts(asked_anew=True, agreed=True))
    assert not villages.own_residents_agreed(villages.OwnResidentsFacts(asked_anew=True, agreed=False))
