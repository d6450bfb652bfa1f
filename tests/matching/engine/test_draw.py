"""Draws: exactly equal chances, quotas rounded and never more, and a second program with the same winners."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bermitra.matching.engine import plain_lots
from bermitra.matching.engine.draw import Entrant, check, draw, figures, lot, order, round_table, seed
from bermitra.matching.engine.features import BadInput

HASH = sha256(b"daftar").hexdigest()
DISTRICTS, STATUSES = ("33.05.01", "33.05.02", "33.05.03"), ("Maju", "Tertinggal")


@st.composite
def pools(draw_) -> tuple[list[Entrant], int, list[str]]:
    many = draw_(st.integers(1, 25))
    entrants = [
        Entrant(
            f"33.05.01.{2001 + at}",
            {"district": draw_(st.sampled_from(DISTRICTS)), "status": draw_(st.sampled_from(STATUSES))},
        )
        for at in range(many)
    ]
    quotas = draw_(st.sampled_from(([], ["district"], ["status"], ["district", "status"], ["status", "district"])))
    return entrants, draw_(st.integers(1, many + 2)), quotas


def thrown(number: int) -> bytes:
    return seed(HASH, f"{number:06}")


def listed(entrants: list[Entrant], seats: int, quotas: list[str]) -> dict[str, object]:
    rows = [{"id": each.id, "attributes": dict(each.attributes)} for each in entrants]
    return {"entrants": rows, "seats": seats, "quotas": quotas}


@settings(deadline=None)
@given(pools(), st.integers(0, 999_999))
def test_as_many_win_as_there_are_seats_and_every_quota_gets_its_share_rounded(pool, number):
    entrants, seats, quotas = pool
    found = draw(entrants, seats, quotas, thrown(number))
    assert len(set(found.winners)) == len(found.winners) == min(seats, len(entrants))
    assert set(found.winners) == {each.id for each in found.lots if each.drawn}
    for margin in found.margins:
        share = Fraction(margin.entrants * min(seats, len(entrants)), len(entrants))
        assert Fraction(margin.owed, margin.of) == share
        assert margin.seats in (share.__floor__(), share.__ceil__())
        inside = {each.id for each in entrants if each.attributes[margin.attribute] == margin.value}
        assert margin.seats == len(inside & set(found.winners))


@settings(deadline=None)
@given(pools(), st.integers(0, 999_999))
def test_cells_get_their_floor_or_ceiling_too_and_within_a_cell_the_lot_decides(pool, number):
    entrants, seats, quotas = pool
    found = draw(entrants, seats, quotas, thrown(number))
    for each in found.lots:
        share = Fraction(each.cell_size * min(seats, len(entrants)), len(entrants))
        assert each.cell_seats in (share.__floor__(), share.__ceil__())
        assert each.drawn == (each.place <= each.cell_seats)
    assert sorted(found.lots, key=lambda each: each.rank) == sorted(
        found.lots, key=lambda each: lot(thrown(number), each.id)
    )


@settings(deadline=None)
@given(pools(), st.integers(0, 999_999), st.randoms())
def test_another_program_and_another_order_of_the_list_give_the_same(pool, number, lots):
    entrants, seats, quotas = pool
    found = draw(entrants, seats, quotas, thrown(number))
    again = plain_lots.outcome(listed(entrants, seats, quotas), thrown(number).hex())
    assert list(found.winners) == again["winners"]
    assert [{**vars(each), "cell": list(each.cell)} for each in found.lots] == again["lots"]
    assert [vars(each) for each in found.margins] == again["margins"]
    assert (found.everybody, list(found.chance)) == (again["everybody"], again["chance"])
    shuffled = list(entrants)
    lots.shuffle(shuffled)
    assert draw(shuffled, seats, quotas, thrown(number)) == found


def pool_of_forty() -> list[Entrant]:
    """Crossing attributes of very unequal sizes: 40 villages, 7 seats, so that no share is a whole number."""
    sizes = {("a", "x"): 11, ("a", "y"): 3, ("b", "x"): 1, ("b", "y"): 13, ("c", "y"): 12}
    cells = [cell for cell, many in sizes.items() for _each in range(many)]
    return [Entrant(f"D{at:02}", {"one": cell[0], "two": cell[1]}) for at, cell in enumerate(cells)]


@pytest.mark.parametrize("quotas", [[], ["one"], ["one", "two"]])
def test_chances_are_equal_over_many_seeds(quotas):
    """Chi-square over 3,000 fixed seeds. Wins of one village vary by p(1-p) a draw whatever the quotas are, so that the sum
    scaled by (n - 1) / (n - k) has the mean n - 1 = 39. Every village alone lies within five standard deviations."""
    entrants, seats, draws = pool_of_forty(), 7, 3_000
    wins = Counter(id for number in range(draws) for id in draw(entrants, seats, quotas, thrown(number)).winners)
    expected = draws * seats / len(entrants)
    spread = (expected * (1 - seats / len(entrants))) ** 0.5
    assert all(abs(wins[each.id] - expected) < 5 * spread for each in entrants)
    squares = sum((wins[each.id] - expected) ** 2 for each in entrants) / expected
    assert squares * 39 / (len(entrants) - seats) < 39 + 5 * 78**0.5


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=3), st.integers(0, 999))
def test_rounding_a_table_is_exact_on_average(counts, number):
    """The mean over both ways of every step is the table itself: what one cell wins with its chance it loses with the rest."""
    whole = 7
    table = [[value % whole for value in row] for row in counts]
    for row in table:
        row.append(-sum(row) % whole)
    table.append([-sum(column) % whole for column in zip(*table, strict=True)])
    sums = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    before = [row[:] for row in table]
    round_table(table, whole, thrown(number))
    assert ([sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]) == sums
    for old, new in zip(before, table, strict=True):
        assert all(value in (0, whole) for value in new)
        assert all(value == was for value, was in zip(new, old, strict=True) if was == 0)


def test_the_mean_of_a_rounded_table_is_the_table():
    table, whole, draws = [[2, 3, 2], [4, 1, 2], [1, 3, 3]], 7, 6_000
    total = [[0] * 3 for _row in table]
    for number in range(draws):
        rounded = [row[:] for row in table]
        round_table(rounded, whole, thrown(number))
        for i, row in enumerate(rounded):
            for j, value in enumerate(row):
                total[i][j] += value // whole
    for row, sums in zip(table, total, strict=True):
        for value, times in zip(row, sums, strict=True):
            p = value / whole
            assert abs(times / draws - p) < 5 * (p * (1 - p) / draws) ** 0.5


def test_a_seat_for_everybody_is_said_and_nothing_is_drawn():
    entrants = pool_of_forty()[:5]
    found = draw(entrants, 9, ["one"], b"")
    assert found.everybody
    assert sorted(found.winners) == [each.id for each in entrants]
    assert found.chance == (5, 5)
    assert not draw(entrants, 4, [], thrown(1)).everybody


def test_anybody_finds_a_lot_with_one_line_in_a_shell():
    number = thrown(123_456)
    assert number == sha256(f"{HASH}123456".encode()).digest()
    assert lot(number, "33.05.01.2001") == sha256(f"{number.hex()}33.05.01.2001".encode()).hexdigest()
    assert order(number, ["a", "b"]) == sorted(["a", "b"], key=lambda id: sha256((number.hex() + id).encode()).digest())


def test_figures_are_read_as_people_write_them():
    assert figures(" 3 5-1\n6 ") == "3516"
    assert seed(HASH, "3 5 1") == seed(HASH, "351")


@pytest.mark.parametrize("bad", ["", " - ", "3a", "3.5", "٣", "1" * 201, "½"])
def test_a_throw_that_is_no_figures_is_refused(bad):
    with pytest.raises(BadInput) as found:
        seed(HASH, bad)
    assert found.value.problems[0].field == "thrown"


@pytest.mark.parametrize("bad", ["", "abc", HASH.upper(), HASH + "0"])
def test_no_seed_before_the_list_has_its_hash(bad):
    with pytest.raises(BadInput) as found:
        seed(bad, "3516")
    assert found.value.problems[0].field == "list_hash"


def wrong(entrants: list[Entrant], seats: int, quotas: list[str]) -> list[tuple[str, str]]:
    problems = check(entrants, seats, quotas)
    for each in problems:
        assert len(f"{each.says} {each.remedy}".split()) <= 18
    if problems:
        with pytest.raises(BadInput) as found:
            draw(entrants, seats, quotas, thrown(1))
        assert found.value.problems == problems
    return [(each.row, each.field) for each in problems]


def test_everything_that_makes_a_draw_impossible_is_said_at_once():
    a, b = Entrant("a", {"one": "x"}), Entrant("b", {"one": ""})
    assert wrong([a], 1, ["one"]) == []
    assert wrong([], 0, []) == [("", "seats"), ("", "entrants")]
    assert wrong([a, a, Entrant("")], 1, []) == [("a", "id"), ("", "id")]
    assert wrong([a, b], 1, ["one", "two"]) == [("a", "two"), ("b", "one"), ("b", "two")]
    assert wrong([a], 1, ["one", "one"]) == [("", "quotas")]


def test_three_quotas_are_refused_with_the_reason():
    everything = Entrant("a", {"one": "x", "two": "x", "three": "x"})
    assert wrong([everything], 1, ["one", "two", "three"]) == [("", "quotas")]
    assert "peluang yang sama tidak lagi pasti" in check([everything], 1, ["one", "two", "three"])[0].says
