"""The arithmetic of a measurement, and the lists that ship."""

from fractions import Fraction

import pytest

from bermitra.foundation.text import BadInput
from bermitra.monitoring import indicators as i


@pytest.mark.parametrize(
    ("baseline", "target", "amount", "tenths"),
    [
        (0, 350_000, 312_000, 891),
        (12, 30, 33, 1167),
        (14, 7, 8, 857),  # fewer is better
        (61, 74, 76, 1154),
        (20, 60, 71, 1275),
        (10, 20, 5, -500),
        (1124, 1124, 1124, None),  # nothing to be reached, only to be held
    ],
)
def test_progress_counts_from_baseline_to_target_in_tenths_of_a_percent(baseline, target, amount, tenths):
    assert i.progress(baseline, target, amount) == tenths


def test_a_target_is_met_in_its_own_direction():
    assert i.met(i.UP, 10, 10)
    assert not i.met(i.UP, 10, 9)
    assert i.met(i.DOWN, 10, 10)
    assert not i.met(i.DOWN, 10, 11)
    assert i.met(i.HOLD, 1124, 1124)
    assert not i.met(i.HOLD, 1124, 1123)


def test_amounts_are_whole_numbers_of_their_smallest_unit():
    assert i.parse_amount("112,4", 1) == 1124
    assert i.show_amount(1124, 1) == "112,4"
    assert i.parse_amount("0,82", 2) == 82
    assert i.show_amount(350_000, 0) == "350.000"
    assert i.show_amount(5, 2) == "0,05"


def test_more_decimals_than_the_indicator_has_are_refused():
    with pytest.raises(BadInput, match="7,45"):
        i.parse_amount("7,45", 1)


def test_the_gain_of_an_index_is_the_published_marginal_value():
    assert i.index_effect("E05", 2) == Fraction(1, 90)
    assert f"{float(i.index_effect('S33', 1)):.6f}" == "0.001905"
    assert i.index_effect("IX25", 1) is None  # its weights are not known
    assert i.index_effect("", 1) is None


def test_small_counts_of_people_are_hidden_and_nothing_else():
    assert i.counts_people("orang")
    assert not i.counts_people("ton/ha")
    assert i.hidden(4, 0, people=True)
    assert not i.hidden(5, 0, people=True)
    assert not i.hidden(0, 0, people=True)
    assert not i.hidden(4, 0, people=False)


def test_the_official_lists_are_whole():
    schemes = [each.scheme for each in i.index_items().values()]
    assert (schemes.count("idm"), schemes.count("indeks_desa"), len(i.goals())) == (50, 48, 18)
    assert list(i.goals()) == list(range(1, 19))


def test_every_known_indicator_fits_the_columns_it_is_copied_to():
    for each in i.known().values():
        assert each.family in i.FAMILIES, each.code
        assert each.direction in i.DIRECTIONS, each.code
        assert each.owner in i.OWNERS, each.code
        assert each.scale in i.SCALES, each.code
        assert set(each.goals) <= set(i.goals()), each.code
        assert len(each.id) <= 160 and len(each.unit) <= 40 and len(each.method) <= 200
    assert {each.family for each in i.known().values()} >= set(i.REQUIRED_FAMILIES)
