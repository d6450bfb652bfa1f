"""RG-01, 03 to 06, 13 to 16, 18 to 23: knowing villages and partners, and what speaks against them."""

from bermitra.foundation.flow import Flow
from bermitra.registry.rules import (
    FLAG_FLOW,
    FLAG_LABELS,
    FLOW,
    LABELS,
    VERDICTS,
    AccountFacts,
    AnsweringFacts,
    ConclusionFacts,
    ExaminationPlace,
    ExaminerFacts,
    FlagFacts,
    OverlapFacts,
    RegistrationFacts,
    ReviewerFacts,
    SubmissionFacts,
    VerdictFacts,
    VillageFacts,
    account_of_an_institution,
    documents_complete_for_kind,
    duplicates_looked_at,
    every_no_has_reason,
    examined_where_it_deals,
    examiner_without_ties,
    flag_was_heard,
    flags_have_had_reply,
    no_hidden_overlap,
    not_on_watch_list,
    only_what_is_asked,
    owners_and_ties_declared,
    raiser_does_not_decide,
    umbrella_regulation,
    verdict_computed,
    verdict_fresh,
)


def submission(**given) -> SubmissionFacts:
    good = {
        "required_documents": frozenset({"deed", "nib", "npwp"}),
        "valid_documents": frozenset({"deed", "nib", "npwp", "estate_permit"}),
        "unanswered": 0,
        "no_answers": 3,
        "reasons_given": 3,
        "owners_declared": True,
        "political_posts_declared": True,
    }
    return SubmissionFacts(**{**good, **given})


def conclusion(**given) -> ConclusionFacts:
    good = {"stated_verdict": "verified", "computed_verdict": "verified", "open_matches": 0, "confirmed_matches": 0}
    return ConclusionFacts(**{**good, **given})


def test_RG_01_documents_complete_for_kind():
    assert documents_complete_for_kind(submission())
    assert not documents_complete_for_kind(submission(valid_documents=frozenset({"deed", "npwp"})))


def test_RG_03_every_no_has_reason():
    assert every_no_has_reason(submission())
    assert not every_no_has_reason(submission(reasons_given=2))
    assert not every_no_has_reason(submission(unanswered=1))


def test_RG_04_verdict_computed():
    assert verdict_computed(conclusion())
    assert not verdict_computed(conclusion(computed_verdict="not_verified"))


def test_RG_05_not_on_watch_list():
    assert not_on_watch_list(conclusion())
    assert not not_on_watch_list(conclusion(open_matches=1))
    assert not not_on_watch_list(conclusion(confirmed_matches=1))


def test_RG_06_owners_and_ties_declared():
    assert owners_and_ties_declared(submission())
    assert not owners_and_ties_declared(submission(political_posts_declared=False))
    assert not owners_and_ties_declared(submission(owners_declared=False))


def test_RG_13_verdict_fresh():
    assert verdict_fresh(VerdictFacts("verified", 150, 365))
    assert verdict_fresh(VerdictFacts("verified_with_conditions", 365, 365))
    assert not verdict_fresh(VerdictFacts("verified", 400, 365))
    assert not verdict_fresh(VerdictFacts("not_verified", 1, 365))
    assert not verdict_fresh(VerdictFacts("", 0, 0))


def test_RG_16_duplicates_looked_at():
    alike = {"best_similarity_percent": 91, "duplicate_similarity_percent": 85}
    assert duplicates_looked_at(RegistrationFacts(**alike, declared_different=True))
    assert not duplicates_looked_at(RegistrationFacts(**alike, declared_different=False))
    assert duplicates_looked_at(RegistrationFacts(84, 85, declared_different=False))


def test_RG_18_umbrella_regulation_only_warns():
    assert umbrella_regulation(VillageFacts("5 Tahun 2025"))
    assert not umbrella_regulation(VillageFacts(""))
    assert not umbrella_regulation.blocks


def test_RG_19_account_of_an_institution():
    assert account_of_an_institution(AccountFacts("village"))
    assert account_of_an_institution(AccountFacts("in_kind"))
    assert not account_of_an_institution(AccountFacts("person"))
    assert not account_of_an_institution(AccountFacts("dukun"))


def test_every_state_of_a_due_diligence_has_words_and_can_be_reached():
    assert FLOW.states == LABELS.keys()
    reached = {m.target for m in FLOW.moves}
    assert reached == FLOW.states
    assert FLOW.open_doors(Flow.start) == {"registry.start_verification"}


def test_only_concluding_leads_to_a_verdict():
    assert {m.door for m in FLOW.moves if m.target in VERDICTS} == {"registry.conclude_verification"}


def test_RG_39_flag_was_heard():
    assert flag_was_heard(FlagFacts(True, 2, 5, 1))
    assert flag_was_heard(FlagFacts(False, 6, 5, 1))
    assert not flag_was_heard(FlagFacts(False, 5, 5, 2))


def test_RG_14_flags_have_had_reply():
    assert flags_have_had_reply(FlagFacts(True, 2, 5, 2))
    assert not flags_have_had_reply(FlagFacts(True, 2, 5, 1))
    assert not flags_have_had_reply(FlagFacts(False, 5, 5, 2))
    assert flags_have_had_reply(FlagFacts(False, 6, 5, 2))


def test_RG_15_no_hidden_overlap():
    assert no_hidden_overlap(OverlapFacts(0, 0, False))
    assert no_hidden_overlap(OverlapFacts(1, 1, False))
    assert not no_hidden_overlap(OverlapFacts(1, 0, False))
    assert not no_hidden_overlap(OverlapFacts(1, 1, True))


def test_RG_20_only_what_is_asked():
    assert only_what_is_asked(AnsweringFacts(0))
    assert not only_what_is_asked(AnsweringFacts(1))


def test_RG_21_examined_where_it_deals():
    assert examined_where_it_deals(ExaminationPlace("33.04", frozenset({"33.04", "33.04.19.2001"})))
    assert not examined_where_it_deals(ExaminationPlace("51.08", frozenset({"33.04"})))


def test_RG_22_examiner_without_ties():
    assert examiner_without_ties(ExaminerFacts(0, 0))
    assert not examiner_without_ties(ExaminerFacts(1, 0))
    assert not examiner_without_ties(ExaminerFacts(0, 1))


def test_RG_23_raiser_does_not_decide():
    assert raiser_does_not_decide(ReviewerFacts(False, False))
    assert not raiser_does_not_decide(ReviewerFacts(True, False))
    assert not raiser_does_not_decide(ReviewerFacts(False, True))


def test_every_state_of_a_flag_has_its_words():
    assert FLAG_LABELS.keys() == FLAG_FLOW.states
