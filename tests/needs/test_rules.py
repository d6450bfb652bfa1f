"""Each rule of needs with an example that passes and one that fails, and the data that ships."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bermitra.foundation.commands.door import doors
from bermitra.foundation.text import BadInput
from bermitra.needs.catalogue import kinds, sectors, units
from bermitra.needs.forms import parse_indicator, parse_measure, parse_year, show_measure
from bermitra.needs.rules import (
    LABELS,
    LIFT,
    LIFT_LABELS,
    LIST,
    NEED,
    POTENTIAL,
    POTENTIAL_LABELS,
    DeferringFacts,
    MergingFacts,
    NeedFacts,
    PotentialFacts,
    PriorityFacts,
    ProposingFacts,
    PuttingOffFacts,
    SeenFiguresFacts,
    SplittingFacts,
    TablingFacts,
    VerifyingFacts,
    VetoFacts,
    decided_need_deferred_by_chair,
    deferral_has_reason,
    figures_verified_by_another,
    list_can_be_read,
    low_score_without_a_need,
    merged_need_not_yet_discussed,
    merging_keeps_voices,
    need_is_described,
    potential_sheet_measured,
    prioritised_by_musyawarah,
    same_list_as_decided,
    verified_as_read,
    veto_lifted_by_musyawarah,
)

DECIDED = PriorityFacts(minutes_binding=True, decision="agreed", on_agenda=True, same_text=True)


def test_ND_01_need_is_described():
    facts = NeedFacts("Air bersih dusun atas", "Dusun I", 120, "musyawarah dusun")
    assert need_is_described(facts)
    assert not need_is_described(replace(facts, beneficiaries=0))
    assert not need_is_described(replace(facts, source=""))


def test_ND_02_prioritised_by_musyawarah():
    assert prioritised_by_musyawarah(DECIDED)
    assert not prioritised_by_musyawarah(replace(DECIDED, minutes_binding=False))
    assert not prioritised_by_musyawarah(replace(DECIDED, decision="refused"))


def test_ND_03_deferral_has_reason():
    assert deferral_has_reason(DeferringFacts("belum ada dana", 2027, 2026))
    assert not deferral_has_reason(DeferringFacts("", 2027, 2026))
    assert not deferral_has_reason(DeferringFacts("belum ada dana", 2026, 2026))


def test_ND_04_merging_keeps_voices():
    assert merging_keeps_voices(MergingFacts(voices_before=14, voices_after=14))
    assert not merging_keeps_voices(MergingFacts(voices_before=14, voices_after=12))


def test_ND_07_potential_sheet_measured():
    facts = PotentialFacts(True, "Mei–Juli", "desa", "bukan kawasan lindung", "tidak ada pantangan")
    assert potential_sheet_measured(facts)
    assert not potential_sheet_measured(replace(facts, culture_note=""))
    assert not potential_sheet_measured(replace(facts, measured=False))


def test_ND_08_same_list_as_decided():
    assert same_list_as_decided(DECIDED)
    assert not same_list_as_decided(replace(DECIDED, same_text=False))


def test_ND_09_list_can_be_read():
    assert list_can_be_read(TablingFacts((1, 2, 3), True))
    assert not list_can_be_read(TablingFacts((1, 3), True))
    assert not list_can_be_read(TablingFacts((), True))
    assert not list_can_be_read(TablingFacts((1,), False))


def test_ND_10_veto_lifted_by_musyawarah():
    assert veto_lifted_by_musyawarah(VetoFacts(lifted=0, agreed=False))
    assert veto_lifted_by_musyawarah(VetoFacts(lifted=1, agreed=True))
    assert not veto_lifted_by_musyawarah(VetoFacts(lifted=1, agreed=False))


def test_ND_11_figures_verified_by_another():
    assert figures_verified_by_another(VerifyingFacts("BPD", frozenset({"KADUS"})))
    assert not figures_verified_by_another(VerifyingFacts("BPD", frozenset({"KADUS", "BPD"})))


def test_ND_22_verified_as_read():
    assert verified_as_read(SeenFiguresFacts("a", "a"))
    assert not verified_as_read(SeenFiguresFacts("a", "b"))
    assert not verified_as_read(SeenFiguresFacts("", ""))


def test_ND_23_decided_need_deferred_by_chair():
    assert decided_need_deferred_by_chair(PuttingOffFacts(decided=True, chair=True))
    assert decided_need_deferred_by_chair(PuttingOffFacts(decided=False, chair=False))
    assert not decided_need_deferred_by_chair(PuttingOffFacts(decided=True, chair=False))


def test_ND_12_merged_need_not_yet_discussed():
    assert merged_need_not_yet_discussed(SplittingFacts(into="submitted"))
    assert merged_need_not_yet_discussed(SplittingFacts(into="withdrawn"))
    assert not merged_need_not_yet_discussed(SplittingFacts(into="discussed"))


def test_ND_13_low_score_without_a_need():
    assert low_score_without_a_need(ProposingFacts(low=True, proposed=False))
    assert not low_score_without_a_need(ProposingFacts(low=False, proposed=False))
    assert not low_score_without_a_need(ProposingFacts(low=True, proposed=True))


def test_every_state_has_its_words_and_every_move_its_door():
    assert NEED.states == LABELS.keys()
    assert POTENTIAL.states == POTENTIAL_LABELS.keys()
    assert LIFT.states == LIFT_LABELS.keys()
    joined = {"needs.mark_offered", "needs.release"}  # steps of a partnership's acts, never knocked at alone
    assert (NEED.doors | POTENTIAL.doors | LIST.doors | LIFT.doors) - joined <= doors.keys()


# Data ----------------------------------------------------------------------------------------------------------------


def test_sectors_and_kinds_keep_their_places_and_name_each_other():
    assert [each.position for each in sectors().values()] == list(range(24))
    assert [each.position for each in kinds().values()] == list(range(16))
    for kind in kinds().values():
        assert set(kind.serves) <= sectors().keys(), kind.code
        assert set(kind.units) <= units().keys(), kind.code
    for entry in (*sectors().values(), *kinds().values()):
        assert entry.id and entry.en and entry.about and entry.about_en, entry.code


def test_each_indicator_of_the_village_index_stands_in_one_sector():
    named = [code for sector in sectors().values() for code in sector.idm]
    assert len(named) == len(set(named)) == 50


# Input ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "quantity", "unit"),
    [
        ("41 ha", "41", "ha"),
        ("1,5 hektare", "1.5", "ha"),
        ("1.250,75 kg", "1250.75", "kg"),
        ("34 perajin", "34", "perajin"),
        ("12 liter per detik", "12", "l_per_s"),
        ("0,82ton", "0.82", "ton"),
    ],
)
def test_measures_are_read_as_people_write_them(typed, quantity, unit):
    assert parse_measure(typed) == (Decimal(quantity), unit)


@pytest.mark.parametrize("typed", ["banyak", "41", "-3 ha", "1.5 ha", "0 ha", "3 4 ha", "1e5 kg", "١٢ ha"])
def test_measures_that_say_nothing_are_refused(typed):
    with pytest.raises(BadInput):
        parse_measure(typed)


def test_measures_are_shown_as_they_were_typed():
    assert show_measure(Decimal("1250.750"), "kg") == "1.250,75 kilogram"
    assert show_measure(Decimal("58.000"), "ha") == "58 hektare"
    assert show_measure(Decimal("100.000"), "ha") == "100 hektare"
    assert show_measure(None, "") == ""


def test_years_and_indicators():
    assert parse_year("2027") == 2027
    assert parse_indicator("s 34") == "S34"
    for parse, typed in ((parse_year, "27"), (parse_year, "2027/2028"), (parse_indicator, "S99")):
        with pytest.raises(BadInput):
            parse(typed)
