"""The text out of values: the library of articles, what is written into it, and the comparison with the sheet."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest

from bermitra.agreements import book, text
from bermitra.agreements.rules import CONTENTS
from bermitra.agreements.text.phrases import continued
from bermitra.partnership import sheet
from bermitra.partnership.book import forms
from tests.partnership.makers import whole_topics

ALL_FORMS = tuple(forms())


def topics(**other):
    return sheet.merged(sheet.blank(), whole_topics(**other))


def setting(*codes: str, **other) -> text.Setting:
    given = {
        "title": "Sekolah lapang", "village": "Pandanarum", "district": "Pandanarum", "regency": "Kabupaten Banjarnegara",
        "regent": "Bupati Banjarnegara", "partner": "Fakultas Contoh", "village_address": "Kantor Desa Pandanarum",
        "partner_address": "Jalan Kampus 1", "field": "pemberdayaan masyarakat Desa", "initiative": "prakarsa Desa",
        "forms": codes or ("pdmp",), "form_names": ("Pendampingan",),
    }  # fmt: skip
    return text.Setting(**{**given, **other})


def all_filled(codes) -> dict[str, object]:
    """Every blank of these forms with something in it."""
    values = {"count": 3, "percent": 30, "money": 1000, "date": "2027-01-01", "text": "sesuatu"}
    articles = book.articles().values()
    return {
        name: values[slot.unit]
        for each in articles
        if not each.forms or each.forms & set(codes)
        for name, slot in each.slots.items()
    }


@pytest.mark.parametrize("form", ALL_FORMS)
def test_each_form_gives_a_whole_text(form):
    """No value is unknown to the wording, no article is empty, all ten contents are there, nothing is left blank."""
    content = text.start(
        topics(others={**topics()["others"], "assets": [{"name": "Tanah kas", "form": form, "years": 3}]})
    )
    content["blanks"] = all_filled([form])
    read = text.clauses(content, setting(form, consent_needed=True, consent_number="01/2026", goals="Panen naik"))
    assert CONTENTS.keys() | {"limits", "sanctions"} <= {each["content"] for each in read}
    assert not [each["code"] for each in read if each["blanks"] or not each["body"]]
    words = str(read)
    assert text.BLANK not in words and "{" not in words.replace("{'", "").replace(": {", "")


def test_the_book_names_only_forms_that_exist():
    named = {form for each in book.articles().values() for form in each.forms}
    named |= {form for each in book.conditions() for form in each.forms}
    assert named <= set(ALL_FORMS)


def test_nine_endings_of_the_law_stand_in_every_text():
    read = {each["code"]: each for each in text.clauses(text.start(topics()), setting("kkn"))}
    assert len(read["pengakhiran"]["body"][0]["sub"]) == 9
    assert {
        "kahar",
        "data",
        "partisipasi",
        "pelatihan",
        "lingkungan_budaya",
        "integritas",
        "pergantian_pimpinan",
    } <= read.keys()


def test_numbers_days_and_money_are_written_out():
    read = {each["code"]: each for each in text.clauses(text.start(topics()), setting())}
    assert "14 (empat belas) hari" in str(read["penundaan"])
    assert (
        "selama 3 (tiga) tahun terhitung sejak tanggal 1 Desember 2026 sampai dengan tanggal 30 November 2029"
        in str(read["jangka_waktu"])
    )
    assert "(tiga ratus dua belas juta rupiah)" in str(read["pendanaan"])


@pytest.mark.parametrize(
    "first, last, words",
    [
        (date(2027, 1, 1), date(2028, 12, 31), "2 (dua) tahun"),
        (date(2027, 1, 15), date(2027, 7, 14), "6 (enam) bulan"),
        (date(2027, 1, 1), date(2027, 1, 10), "10 (sepuluh) hari"),
        (date(2024, 2, 29), date(2025, 2, 27), "1 (satu) tahun"),
    ],
)
def test_a_term_in_words(first, last, words):
    assert text.length(first, last) == words


def test_years_begun_counts_the_day_too_many():
    assert text.years_begun(date(2027, 1, 1), date(2029, 12, 31)) == 3
    assert text.years_begun(date(2027, 1, 1), date(2030, 1, 1)) == 4


def test_without_money_another_article_on_funding_stands():
    read = {each["code"] for each in text.clauses(text.start(topics(money={"value": 0, "sources": []})), setting())}
    assert "tanpa_uang" in read and "pendanaan" not in read


def test_what_people_write_stays_letters():
    """Braces and marks in what was typed are neither values nor bold."""
    content = text.start(topics(procedure={"text": "Kata {desa} dan **tebal** tetap huruf"}))
    content["blanks"]["pj_desa"] = "{kabupaten}"
    words = str(text.clauses(content, setting()))
    assert "Kata {desa} dan **tebal** tetap huruf." in words and "yaitu {kabupaten} dari" in words


def test_typed_articles_go_forth_and_back():
    typed = "Ayat satu.\nAyat dua:\n- huruf a;\n- huruf b."
    assert text.as_typed(text.from_typed(typed)) == typed
    assert text.from_typed("- tanpa ayat") == [{"text": "tanpa ayat", "sub": []}]


def test_the_same_values_have_the_same_hash_and_others_another():
    one = text.start(topics())
    other = deepcopy(one)
    assert text.text_hash(one, setting()) == text.text_hash(other, setting())
    other["annexes"]["indicators"][0]["target"] = "400 jam"
    assert text.text_hash(one, setting()) != text.text_hash(other, setting())


@pytest.mark.parametrize(
    "name, value",
    [
        ("scope", {"field": "x", "forms": ["pdmp"], "items": ["Lain"], "excluded": []}),
        ("term", {"start": "2026-12-01", "end": "2030-11-30"}),
        ("money", {"value": 1, "sources": [{"from": "Dana Desa", "amount": 1}]}),
        ("changes", {"text": "Sesukanya."}),
        ("duties", []),
    ],
)
def test_AG_43_each_topic_that_says_otherwise_is_named(name, value):
    assert text.departing(topics(**{name: value}), topics()) == (name,)


def test_AG_43_a_sanction_that_comes_or_goes_departs():
    other = topics()
    other["others"]["sanctions"] = []
    assert text.departing(other, topics()) == ("others",)


def test_AG_43_an_empty_column_may_be_filled_and_a_filled_one_may_not_change():
    filled, changed = topics(), topics()
    filled["duties"][1]["due"] = "2027-12-31"
    changed["duties"][1]["measure"] = "100 jam"
    assert text.departing(filled, topics()) == ()
    assert text.departing(changed, topics()) == ("duties",)


@pytest.mark.parametrize(
    "form, good, wrong",
    [
        (
            "bagi",
            {"contoh_pendapatan": 600, "contoh_biaya": 420, "persen_bagian_desa": 30, "contoh_bagian_desa": 54,
             "contoh_bagian_mitra": 126},
            {"contoh_bagian_desa": 60},
        ),
        (
            "inti",
            {"indeks_k": 92, "contoh_rendemen_minyak": 21, "contoh_harga_minyak": 12_000, "contoh_rendemen_inti": 5,
             "contoh_harga_inti": 6_000, "contoh_harga_beli": 2_594},
            {"contoh_harga_beli": 2_600},
        ),
        ("offtake", {"contoh_harga_acuan": 5_000, "harga_dasar": 5_500, "contoh_harga_beli": 5_500}, {"contoh_harga_beli": 5_000}),
        ("ksp", {"contoh_hasil": 100_000, "persen_bagian_desa": 30, "contoh_bagian_desa": 30_000}, {"contoh_bagian_desa": 1}),
    ],
)  # fmt: skip
def test_AG_28_the_figures_of_an_example_are_calculated_again(form, good, wrong):
    assert text.example_recomputes(form, good)
    assert not text.example_recomputes(form, {**good, **wrong})
    assert not text.example_recomputes(form, {})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Menyediakan petak contoh", "menyediakan petak contoh"),
        ("KKN tematik", "KKN tematik"),
        ("Kepala Desa tidak ikut menilai", "Kepala Desa tidak ikut menilai"),
        ("K tidak kurang dari 0,90", "K tidak kurang dari 0,90"),
    ],
)
def test_what_goes_on_with_a_sentence_begins_small_unless_it_is_a_name(typed, said):
    assert continued(typed) == said


PAID = {"kind": "duty", "party": "two", "due": "2025-02-14", "period": "", "evidence": "bukti transfer"}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Membayar termin I Rp 1.000.000", "membayar termin I Rp\u00a01.000.000 (satu juta rupiah), paling lambat"),
        ("Membayar Rp. 1.000.000,- ke kas Desa", "membayar Rp\u00a01.000.000 (satu juta rupiah) ke kas Desa, paling"),
        ("Membayar Rp1.000.000 (Satu Juta Rupiah)", "membayar Rp\u00a01.000.000 (satu juta rupiah), paling lambat"),
    ],
)
def test_a_sum_that_a_duty_names_itself_is_said_once_and_in_words(said, read):
    content = text.start(topics(duties=[{**PAID, "text": said, "amount": 1_000_000}]))
    reads = of_the_second_side(content)
    assert read in reads and "senilai" not in reads


@pytest.mark.parametrize(
    ("said", "period"), [("Membayar sebagian dari Rp 1.000.000.000", ""), ("Membayar Rp 1.000.000", "setiap tahun")]
)
def test_a_sum_that_is_not_the_one_a_duty_names_is_said_beside_it(said, period):
    content = text.start(topics(duties=[{**PAID, "text": said, "period": period, "amount": 1_000_000}]))
    assert f"{said[1:]}," in (reads := of_the_second_side(content).replace("\u00a0", " "))
    assert f"senilai {'seluruhnya ' if period else ''}Rp 1.000.000 (satu juta rupiah)" in reads


def of_the_second_side(content):
    article = next(each for each in text.clauses(content, setting()) if each["code"] == "kewajiban_kedua")
    return article["body"][0]["text"]
