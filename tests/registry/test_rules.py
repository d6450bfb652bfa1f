"""RG-01, 03, 04, 05, 06, 13, 16, 18, 19: knowing villages and partners."""

from bermitra.foundation.flow import Flow
from bermitra.registry.rules import (
    FLOW,
    LABELS,
    VERDICTS,
    AccountFacts,
    ConclusionFacts,
    RegistrationFacts,
    SubmissionFacts,
    VerdictFacts,
    VillageFacts,
    account_of_an_institution,
    documents_complete_for_kind,
    duplicates_looked_at,
    every_no_has_reason,
    not_on_watch_list,
    owners_and_ties_declared,
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
    assert duplicates_looked_at(RegistrationFacts(same_names=1, declared_different=True))
    assert not duplicates_looked_at(RegistrationFacts(same_names=1, declared_different=False))


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
