"""RG-30 to RG-33: what a partner says of itself, and two entries of one body."""

import pytest

from bermitra.registry.rules import (
    ChangeFacts,
    MergeFacts,
    OwnershipFacts,
    change_has_reason,
    one_file_under_way,
    shares_within_the_whole,
    two_entries_of_one_body,
)


def test_RG_30_shares_within_the_whole():
    assert shares_within_the_whole(OwnershipFacts(persons=2, shares_together=10_000))
    assert not shares_within_the_whole(OwnershipFacts(persons=2, shares_together=10_001))
    assert not shares_within_the_whole(OwnershipFacts(persons=0, shares_together=0))


def test_RG_31_change_has_reason():
    assert change_has_reason(ChangeFacts(renamed=False, correction=False, reason=""))
    assert change_has_reason(ChangeFacts(renamed=True, correction=False, reason="Akta 4/2026"))
    assert not change_has_reason(ChangeFacts(renamed=True, correction=False, reason=""))
    assert not change_has_reason(ChangeFacts(renamed=False, correction=True, reason=""))


MERGEABLE = {"same_entry": False, "merged_before": False, "same_kind": True, "same_regency": True, "files_under_way": 1}


@pytest.mark.parametrize(
    "wrong", [{"same_entry": True}, {"merged_before": True}, {"same_kind": False}, {"same_regency": False}]
)
def test_RG_32_two_entries_of_one_body(wrong):
    assert two_entries_of_one_body(MergeFacts(**MERGEABLE))
    assert not two_entries_of_one_body(MergeFacts(**{**MERGEABLE, **wrong}))


def test_RG_33_one_file_under_way():
    assert one_file_under_way(MergeFacts(**MERGEABLE))
    assert not one_file_under_way(MergeFacts(**{**MERGEABLE, "files_under_way": 2}))
