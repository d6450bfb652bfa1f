"""Signing against signing, opening again and decrees that pass agreements on, in processes of their own: exactly one wins, and
the rows agree.

``make races`` runs a thousand of each kind; the suite runs some of each.
"""

from __future__ import annotations

import pytest

from tests.selection.test_races import raced

pytestmark = pytest.mark.slow
KINDS = "tests.agreements.raced"


def test_two_who_sign_in_one_place_leave_one_signature(house):
    raced(house, "one_slot", "signed once", of=KINDS)


def test_a_text_is_signed_or_opened_again_and_never_both(house):
    raced(house, "sign_or_reopen", "signed, not opened", "opened, not signed", of=KINDS)


def test_the_last_signature_or_the_voiding_of_the_first_and_never_both(house):
    raced(house, "sign_or_void", "signed by all, nothing void", "void, not signed", of=KINDS)


def test_a_paper_is_stamped_or_signed_without_its_stamp_and_never_both(house):
    raced(house, "sign_or_stamp", "signed, not stamped", "stamped, not signed", of=KINDS)


def test_the_last_signature_or_the_decree_that_ends_the_village_and_never_both(house):
    raced(house, "sign_or_decree", "signed by all, not passed on", "passed on, not signed", of=KINDS)


def test_an_addendum_holds_before_its_agreement_passes_on_or_it_lapses(house):
    raced(house, "addendum_or_decree", "holds, then passed on", "passed on, lapsed", of=KINDS)
