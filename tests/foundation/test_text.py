"""Texts are cleaned without loss, names compare as people compare them, and codes survive being typed."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bermitra.agreements import forms as agreements
from bermitra.deliberation import forms as deliberation
from bermitra.foundation import codes, money, text
from bermitra.foundation.documents import compose
from bermitra.foundation.text import BadInput

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


def test_bad_input_keeps_its_sentence_apart_from_its_values_for_translation():
    bad = BadInput("code.form", "Kode {value} salah.", value="{x}")
    assert (bad.code, bad.message, dict(bad.values), str(bad)) == (
        "code.form",
        "Kode {value} salah.",
        {"value": "{x}"},
        "Kode {x} salah.",
    )


@given(ANY_TEXT, st.booleans())
@example("e\u200b\u0301", False)
@example("e\x01\u0301\u2028", True)
def test_cleaning_refuses_or_gives_a_text_that_stays_as_it_is(typed, multiline):
    try:
        cleaned = text.clean(typed, multiline=multiline)
    except BadInput:
        return
    assert text.clean(cleaned, multiline=multiline) == cleaned == cleaned.strip()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode().count(0) == 0 and (multiline or "\n" not in cleaned)


@given(ANY_TEXT)
def test_every_parser_answers_any_text_with_a_value_or_bad_input(typed):
    for parse in (
        text.clean_name,
        codes.parse_region_code,
        codes.parse_phone,
        codes.parse_nik,
        codes.parse_tax_number,
        codes.parse_business_number,
        money.parse_rupiah,
        money.parse_quantity,
    ):
        try:
            parse(typed)
        except BadInput as bad:
            assert str(bad).encode()
    text.name_key(typed), text.legal_name_key(typed), text.mixed_script(typed), text.is_safe_file_name(typed)


def test_several_lines_keep_their_lines_and_one_line_becomes_one():
    typed = "Baris satu \r\n\r\n  baris\u00a0dua\u200b\r"
    assert text.clean(typed, multiline=True) == "Baris satu\n\n  baris dua"
    assert text.clean(typed) == "Baris satu baris dua"


def test_blank_is_empty_unless_it_is_required():
    assert text.clean(" \u200b\u00a0") == ""
    with pytest.raises(BadInput, match="masih kosong"):
        text.required(" \u200b\u00a0")


def test_names_of_other_places_keep_other_keys():
    assert text.name_key("Parit I/II") != text.name_key("Parit III")
    assert text.name_key("Desanta") == "desanta"
    assert text.name_key("Kelurahan") == "kelurahan"
    assert text.name_key("Caf\u00e9") == text.name_key("CAFE\u0301") != text.name_key("Cafe")
    assert text.name_key("Sukamaju Barat") != text.name_key("Sukamaju")


@pytest.mark.parametrize(
    "name",
    [
        "PT Maju Jaya",
        "P.T. MAJU JAYA",
        "Perseroan Terbatas Maju-Jaya",
        "PT. Maju Jaya Tbk.",
        "Maju Jaya (Persero), PT",
        "Maju Jaya Tbk",
        "PT Maju Jaya (Persero) Tbk",
    ],
)
def test_a_company_is_one_however_its_form_is_written(name):
    assert text.legal_name_key(name) == "pt:majujaya"


def test_the_form_of_an_organisation_tells_namesakes_apart():
    names = [
        "PT Maju",
        "CV Maju",
        "U.D. Maju",
        "Yayasan Maju",
        "Koperasi Maju",
        "Perkumpulan Maju",
        "Maju",
        "PT Maju 2",
    ]
    assert len({text.legal_name_key(name) for name in names}) == len(names)
    assert text.legal_name_key("C.V. Tani & Ternak") == text.legal_name_key("Tani dan Ternak, CV") == "cv:tanidanternak"
    assert text.legal_name_key("Persero") == "pt:persero"


def test_file_names_may_have_any_letters_but_no_tricks():
    assert text.is_safe_file_name("Foto ꦱꦸ (1).jpg")
    tricks = [
        "",
        ".",
        ".htaccess",
        "a/b",
        "a\\b",
        "a\0b",
        "a\nb",
        "CON",
        "com1.txt",
        "a.pdf ",
        "a:b",
        "\ud800",
        "a" * 201,
    ]
    assert not [name for name in tricks if text.is_safe_file_name(name)]


@given(st.integers(1, 3999))
def test_roman_numerals_read_back(number):
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    values = [worth[letter] for letter in text.roman(number)]
    assert sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)) == number
    assert not re.search(r"(.)\1{3}", text.roman(number))


def test_months_of_letters_are_roman():
    assert [text.roman(month) for month in (1, 4, 9, 11, 12)] == ["I", "IV", "IX", "XI", "XII"]


PARTS = st.tuples(st.integers(11, 99), st.integers(1, 99), st.integers(1, 99), st.integers(1001, 3999))
CODES = PARTS.filter(lambda p: p[3] % 1000).map(lambda p: "{:02}.{:02}.{:02}.{}".format(*p))


@given(CODES, st.sampled_from([2, 5, 8, 13]), st.sampled_from(["", ".", ",", "-", " ", ". "]))
def test_a_region_code_of_any_level_survives_every_separator(code, length, separator):
    code = code[:length]
    assert codes.parse_region_code(code.replace(".", separator)) == code
    assert codes.parse_region_code(f"\u00a0{codes.bare(code)}\u200b ") == code


@given(CODES)
def test_a_village_code_survives_being_a_number_in_a_spreadsheet(code):
    number = float(codes.bare(code))
    assert codes.parse_region_code(str(number)) == codes.parse_region_code(f"{number:.9E}") == code


def test_region_codes_know_their_place():
    code = "33.04.19.2001"
    assert [codes.region_level(code[:n]) for n in (2, 5, 8, 13)] == ["province", "regency", "district", "village"]
    assert [codes.parent_code(code[:n]) for n in (2, 5, 8, 13)] == [None, "33", "33.04", "33.04.19"]
    assert (codes.province_of(code), codes.regency_of(code), codes.district_of(code)) == ("33", "33.04", "33.04.19")
    assert not codes.is_kelurahan(code) and codes.is_kelurahan("33.04.19.1001")
    for ask in (codes.district_of, codes.parent_code):
        with pytest.raises(ValueError):
            ask("33.0")
    with pytest.raises(ValueError):
        codes.district_of("33.04")


@given(st.integers(1, 26))
def test_a_public_code_survives_being_read_out_and_typed(length):
    code = codes.new_code(length)
    said = codes.grouped(code).lower().replace("0", "o").replace("1", "l").replace("-", " - ")
    assert len(code) == length and not set(code) & set("ILOU")
    assert codes.parse_code(said, length) == codes.parse_code(codes.grouped(code), length) == code


def test_public_codes_are_grouped_in_fours_and_refused_when_incomplete():
    assert codes.grouped("7K3M9QXD2A") == "7K3M-9QXD-2A"
    for typed in ("7K3M-9QX", "7K3M-9QXDD", "7K3M-9QXU", "7K3M-9QX!"):
        with pytest.raises(BadInput) as bad:
            codes.parse_code(typed, 8)
        assert bad.value.code == "public_code.form"


def test_new_codes_do_not_repeat_and_use_the_whole_alphabet():
    drawn = [codes.new_code(12) for _draw in range(400)]
    assert len(set(drawn)) == len(drawn) and set("".join(drawn)) == set(codes.ALPHABET)


def test_telephones_are_shown_as_people_write_them():
    assert codes.show_phone(codes.parse_phone("62 812 3456 7890")) == "0812-3456-7890"


def test_masking_leaves_only_the_end_and_nothing_of_a_short_number():
    assert codes.masked("3304191501900001") == "••••••••••••0001"
    assert codes.masked("1234") == "••••" and codes.masked("12345", keep=0) == "•••••"


@pytest.mark.parametrize("typed", ["=1+1", "+62", "-2", "@sum", "\t=1", "\r=1"])
def test_no_spreadsheet_carries_a_text_out_as_a_formula(typed):
    assert text.inert(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", "-", "Desa Pandanarum", "33.04.19.2001"])
def test_other_texts_stay_as_they_are_in_a_spreadsheet(typed):
    assert text.inert(typed) == typed


@pytest.mark.parametrize(
    "parse", [agreements.parse_count, deliberation.parse_count], ids=["agreements", "deliberation"]
)
def test_a_dot_parts_thousands_and_makes_no_number_of_a_broken_one(parse):
    assert [parse(typed) for typed in ("14", "1.250", "1 250", "999.999")] == [14, 1250, 1250, 999_999]
    for typed in ("12.5", "1.25", "1.2500", "-3", "1.000.000"):
        with pytest.raises(BadInput):
            parse(typed)


def test_a_word_that_no_paper_takes_is_refused_before_it_gets_there():
    longest = "a" * text.LONGEST_WORD
    assert text.worded(f"{longest} {longest}", multiline=True) == f"{longest} {longest}"
    with pytest.raises(BadInput) as bad:
        text.worded(longest + "a", multiline=True)
    assert bad.value.code == "text.word"
    assert text.LONGEST_WORD < compose.LONGEST_WORD
