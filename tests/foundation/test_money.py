"""Rupiah are read without guessing, shown and said exactly, and shared without a rest."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import bermitra
from bermitra.foundation.money import (
    MOST,
    in_words,
    parse_quantity,
    parse_rupiah,
    rupiah,
    rupiah_short,
    shares,
    split,
)
from bermitra.foundation.text import BadInput

AMOUNTS = st.one_of(
    st.integers(1, MOST),
    st.integers(1, 10**7),
    st.builds(lambda n, e: n * 10**e, st.integers(1, 999), st.integers(0, 12)),
)


@given(AMOUNTS)
def test_an_amount_is_read_back_from_every_way_it_is_written(amount):
    for written in (str(amount), rupiah(amount), f"{rupiah(amount)},-", f"{rupiah(amount)},00", f"RP{amount}"):
        assert parse_rupiah(written) == amount


@given(st.integers(1, 999_999), st.sampled_from([("ribu", 3), ("juta", 6), ("miliar", 9)]), st.integers(0, 3))
def test_an_amount_with_its_scale_in_words_is_exact(number, scale, decimals):
    whole, rest = divmod(number, 10**decimals)
    written = f"{whole},{rest:0{decimals}} {scale[0]}" if decimals else f"{whole} {scale[0]}"
    assert parse_rupiah(written) == Fraction(number, 10**decimals) * 10 ** scale[1]


def test_zero_is_taken_only_where_it_is_allowed():
    assert parse_rupiah("Rp 0", allow_zero=True) == 0
    with pytest.raises(BadInput) as bad:
        parse_rupiah("0")
    assert bad.value.code == "rupiah.zero"


def test_an_english_amount_is_answered_with_both_readings():
    for typed, first, second in (
        ("1,500,000", "1.500.000", "1,5"),
        ("1,500.50", "1.500,50", "150.050"),
        ("1500000.00", "1.500.000", "150.000.000"),
        ("1,500", "1.500", "1,5"),
    ):
        with pytest.raises(BadInput) as bad:
            parse_rupiah(typed)
        assert (bad.value.values["first"], bad.value.values["second"]) == (f"Rp\u00a0{first}", f"Rp\u00a0{second}")


def test_rupiah_stand_in_groups_behind_a_space_that_does_not_break():
    assert [rupiah(n) for n in (0, 999, 1_250_000)] == ["Rp\u00a00", "Rp\u00a0999", "Rp\u00a01.250.000"]
    assert rupiah(-1_250_000) == "−Rp\u00a01.250.000"


def test_pages_and_stories_write_money_as_rupiah_does_so_that_no_line_breaks_inside_it():
    house = [each for each in Path(bermitra.__path__[0]).rglob("*") if each.suffix in (".html", ".yaml")]
    assert len(house) > 100
    other = re.compile(r"\bRp(?: |(?=[0-9{]))")
    assert [str(each) for each in house if other.search(each.read_text(encoding="utf-8"))] == []


def test_sentences_round_to_two_decimals_of_the_next_scale():
    written = {
        999_999: "Rp 999.999",
        1_250_000: "Rp 1,25 juta",
        1_005_000: "Rp 1,01 juta",
        47_500_000: "Rp 47,5 juta",
        999_994_999: "Rp 999,99 juta",
        999_995_000: "Rp 1 miliar",
        1_250_000_000: "Rp 1,25 miliar",
        71_000_000_000_000: "Rp 71 triliun",
        MOST: "Rp 1.000 triliun",
        -2_000_000: "−Rp 2 juta",
    }
    assert {n: rupiah_short(n).replace("\u00a0", " ") for n in written} == written


UNITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
STEPS = (
    (10**15, "kuadriliun"),
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1000, "ribu"),
    (100, "ratus"),
)


def terbilang(n):
    """Said independently of the library: by the largest step first, with se- for one hundred and one thousand."""
    if n < 12:
        return UNITS[n]
    if n < 20:
        return f"{UNITS[n - 10]} belas"
    if n < 100:
        head, rest = f"{UNITS[n // 10]} puluh", n % 10
    else:
        step, word = next(s for s in STEPS if n >= s[0])
        head = f"se{word}" if n // step == 1 and step <= 1000 else f"{terbilang(n // step)} {word}"
        rest = n % step
    return f"{head} {terbilang(rest)}" if rest else head


@given(st.one_of(st.just(0), AMOUNTS))
@example(1_001_000)
@example(1_001_001_001)
@example(101_000)
@example(1_101_000)
@example(1_021_000)
@example(2_000_001_111)
@example(MOST)
def test_amounts_in_words_agree_with_an_independent_speller(amount):
    assert in_words(amount) == f"{terbilang(amount)} rupiah"


def test_documents_say_a_thousand_with_se_and_below_zero_with_minus():
    assert in_words(1_250_000) == "satu juta dua ratus lima puluh ribu rupiah"
    assert in_words(1_001_000) == "satu juta seribu rupiah"
    assert in_words(101_000) == "seratus satu ribu rupiah"
    assert in_words(-15) == "minus lima belas rupiah"


@given(st.integers(0, MOST), st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_parts_add_up_and_none_is_a_rupiah_away_from_its_exact_share(amount, weights):
    parts = split(amount, weights)
    assert sum(parts) == amount and len(parts) == len(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(amount * weight, sum(weights))) < 1


@given(st.integers(0, MOST), st.lists(st.integers(0, 10**6), min_size=2, max_size=9).filter(any))
def test_a_larger_weight_never_gets_the_smaller_part(amount, weights):
    parts = split(amount, weights)
    ordered = [part for _weight, part in sorted(zip(weights, parts, strict=True))]
    assert ordered == sorted(ordered)


def test_three_equal_shares_are_ten_thousand_basis_points():
    assert shares([1, 1, 1]) == (3334, 3333, 3333)
    assert shares([50, 30, 20]) == (5000, 3000, 2000)


@pytest.mark.parametrize(("amount", "weights"), [(1, []), (1, [0, 0]), (1, [2, -1]), (-1, [1])])
def test_what_cannot_be_split_is_refused(amount, weights):
    with pytest.raises(ValueError):
        split(amount, weights)


@given(st.decimals(0, 10**9, places=2))
def test_a_measure_is_read_back_with_comma_and_thousands(measure):
    plain = f"{measure:.2f}".replace(".", ",")
    grouped = f"{measure:,.2f}".translate(str.maketrans(",.", ".,"))
    assert parse_quantity(plain) == parse_quantity(grouped) == measure


def test_a_measure_keeps_to_its_places():
    assert parse_quantity("12,345", places=3) == Decimal("12.345")
    with pytest.raises(BadInput):
        parse_quantity("12,5", places=0)
