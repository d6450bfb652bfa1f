"""FD-01, FD-02, FD-14: offices and access letters."""

from datetime import date

from bermitra.foundation.accounts.rules import (
    LetterFacts,
    OfficeFacts,
    TermFacts,
    access_code_good,
    person_still_in_office,
    term_of_office_recorded,
)


def test_FD_01_term_of_office_recorded():
    assert term_of_office_recorded(OfficeFacts(decree="141/25/2023", term_years=8, longest_term_years=8))
    assert not term_of_office_recorded(OfficeFacts(decree="141/25/2023", term_years=10, longest_term_years=8))
    assert not term_of_office_recorded(OfficeFacts(decree="", term_years=8, longest_term_years=8))


def test_FD_02_person_still_in_office():
    since, until = date(2022, 1, 10), date(2030, 1, 9)
    assert person_still_in_office(TermFacts(since, date(2026, 5, 4), until))
    assert not person_still_in_office(TermFacts(since, date(2026, 5, 4), date(2026, 5, 3)))


def test_FD_14_access_code_good():
    assert access_code_good(LetterFacts(good_letter=True, code_matches=True))
    assert not access_code_good(LetterFacts(good_letter=True, code_matches=False))
    assert not access_code_good(LetterFacts(good_letter=False, code_matches=True))
