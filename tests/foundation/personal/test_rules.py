"""FD-11, FD-12, FD-31 to FD-34."""

from dataclasses import replace

from bermitra.foundation.personal.rules import (
    ERASING,
    ErasureFacts,
    LookFacts,
    NeedFacts,
    NumberFacts,
    erasure_is_asked_for,
    erasure_respects_archive,
    look_has_its_reason,
    nothing_is_left_open,
    number_is_of_one_person,
    personal_data_needed,
)

READY = ErasureFacts(free_fields_shredded=True, archive_basis_told=True, asked=True, offices=0, duties=0)


def test_FD_11_personal_data_needed():
    assert personal_data_needed(NeedFacts(nik_given=True, purpose="beneficiary_check", basis_recorded=True))
    assert personal_data_needed(NeedFacts(nik_given=True, purpose="signatory_identity", basis_recorded=True))
    assert personal_data_needed(NeedFacts(nik_given=False, purpose="", basis_recorded=False))
    assert not personal_data_needed(NeedFacts(nik_given=True, purpose="training_list", basis_recorded=True))
    assert not personal_data_needed(NeedFacts(nik_given=True, purpose="signatory_identity", basis_recorded=False))


def test_FD_12_erasure_respects_archive():
    assert erasure_respects_archive(READY)
    assert not erasure_respects_archive(replace(READY, archive_basis_told=False))
    assert not erasure_respects_archive(replace(READY, free_fields_shredded=False))


def test_FD_31_erasure_is_asked_for():
    assert erasure_is_asked_for(READY)
    assert not erasure_is_asked_for(replace(READY, asked=False))


def test_FD_32_nothing_is_left_open():
    assert nothing_is_left_open(READY)
    assert not nothing_is_left_open(replace(READY, offices=1))
    assert not nothing_is_left_open(replace(READY, duties=1))


def test_FD_33_number_is_of_one_person():
    assert number_is_of_one_person(NumberFacts(held_by_another=False))
    assert not number_is_of_one_person(NumberFacts(held_by_another=True))


def test_FD_34_look_has_its_reason():
    assert look_has_its_reason(LookFacts(reason_letters=15))
    assert not look_has_its_reason(LookFacts(reason_letters=14))


def test_an_erasure_asks_all_three():
    assert {each.code for each in ERASING} == {"FD-12", "FD-31", "FD-32"}
