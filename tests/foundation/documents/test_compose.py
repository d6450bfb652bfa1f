"""Numbers, references and runs are settled once, in the tree, for every renderer."""

from datetime import date
from typing import Any

import pytest

from bermitra.foundation.documents.compose import (
    DRAFT,
    EXAMPLE,
    DocumentError,
    Issued,
    canonical,
    compose,
    fingerprint,
    letters,
    words,
)
from bermitra.foundation.documents.model import (
    Annex,
    Article,
    Chapter,
    Clause,
    Column,
    Document,
    Numbered,
    Paragraph,
    Qr,
    Run,
    Signatures,
    Slot,
    Span,
    Table,
    fill,
)
from tests.foundation.documents import papers


def of(*blocks, **more) -> Document:
    return Document(kind="test", title="Uji", dated=date(2026, 3, 2), author="Desa Uji", blocks=blocks, **more)


def said(*blocks, **more) -> list[str]:
    return words(compose(of(*blocks, **more)))


def runs(text) -> list[dict]:
    return compose(of(Paragraph(text)))["blocks"][0]["r"]


# --- numbers and references ---
def test_the_second_clause_of_an_article_makes_them_numbered():
    assert said(Article("Maksud", ("Satu saja.",))) == ["Pasal 1", "Maksud", "Satu saja."]
    assert said(Article("Maksud", ("Pertama.", "Kedua."))) == ["Pasal 1", "Maksud", "(1)", "Pertama.", "(2)", "Kedua."]


def test_markers_go_down_from_clause_to_letter_to_number():
    deep = Clause("a", (Clause("b", (Clause("c", ("d",)),)),))
    assert said(Article("", (deep, "x")))[1:] == ["(1)", "a", "a.", "b", "1)", "c", "a)", "d", "(2)", "x"]


def test_the_sub_clauses_of_a_single_clause_begin_with_a():
    assert said(Article("", (Clause("Meliputi:", ("air;", "jalan."), tail="menurut rencana."),)))[1:] == [
        "Meliputi:", "a.", "air;", "b.", "jalan.", "menurut rencana.",
    ]  # fmt: skip


def test_a_table_among_clauses_does_not_stop_the_count():
    table = Table((Column("Sumber"),), (("APB Desa",),))
    assert said(Article("", ("Satu.", table, "Dua.")))[1:] == ["(1)", "Satu.", "Sumber", "APB Desa", "(2)", "Dua."]


def test_the_twenty_seventh_letter_is_aa():
    assert [letters(n) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "az", "ba"]


def test_a_reference_names_what_the_reader_does_not_see_yet():
    tree = said(
        Chapter("UMUM"),
        Article("A", (Clause("satu", (Clause("dua", key="dua"),), key="satu"), fill("Lihat {@satu} dan {@dua}."))),
        Article("B", (fill("Lihat {@dua} dan {@lamp}."),)),
        Annex("SATU", ("x",)),
        Annex("DUA", ("y",), key="lamp"),
    )
    assert "Lihat ayat (1) dan ayat (1) huruf a." in tree
    assert "Lihat Pasal 1 ayat (1) huruf a dan Lampiran II." in tree


def test_a_single_annex_has_no_number():
    assert said(fill("Lihat {@l}."), Annex("PETA", ("x",), key="l"))[:2] == ["Lihat Lampiran.", "Lampiran"]


@pytest.mark.parametrize(
    "block",
    [
        fill("Lihat {@tidak-ada}."),
        Article("", (Clause("a", key="k"), Clause("b", key="k"))),
        Numbered((Clause("1", (Clause("2", (Clause("3", (Clause("4", ("5",)),)),)),)),)),
        Table((Column("a"), Column("b")), ((Span("c", 3),),)),
        "x" * 2001,
        Annex("PETA", (Signatures((("", (Slot("a", ("Saksi",), "B"),)),)),), landscape=True),
    ],
)
def test_what_cannot_be_built_is_an_error_of_ours(block):
    with pytest.raises(DocumentError):
        compose(of(block))


def test_nobody_signs_on_a_paper_that_lies_across():
    with pytest.raises(DocumentError):
        compose(of(Signatures((("", (Slot("a", ("Saksi",), "B"),)),)), landscape=True))


def test_a_float_in_the_data_is_refused_because_two_machines_may_write_it_in_two_ways():
    with pytest.raises(DocumentError):
        compose(of("x", data={"rupiah": 1.5}))


# --- text ---
def test_what_people_type_stays_letters():
    assert runs("**bukan tebal** {x} #let") == [{"s": "**bukan tebal** {x} #let"}]
    assert runs(fill("Catatan: {n}", n="**x** {@y}")) == [{"s": "Catatan: **x** {@y}"}]


def test_a_template_says_what_is_bold_and_slanted():
    assert fill("**a {v}** __b__", v="c") == (Run("a ", True), Run("c", True), Run(" "), Run("b", italic=True))
    with pytest.raises(KeyError):
        fill("{a}")
    with pytest.raises(TypeError):
        fill("a", b=1)


def test_each_script_is_a_run_of_its_own():
    assert [(run.get("x"), run["s"]) for run in runs("Desa ᬧᬾᬗᬮᬶ dan كمفوڠ")] == [
        (None, "Desa "), ("bali", "ᬧᬾᬗᬮᬶ"), (None, " dan "), ("arab", "كمفوڠ"),
    ]  # fmt: skip


def test_numbers_do_not_part_from_what_they_count():
    assert runs("menurut Pasal 12 dalam 14 hari")[0]["s"] == "menurut Pasal\u00a012 dalam 14\u00a0hari"
    assert {"s": "012/PB-SUMBERWARAS/III/2026", "n": 1} in runs("Nomor 012/PB-SUMBERWARAS/III/2026")


def test_what_no_font_holds_is_one_sign_in_every_renderer():
    assert said("tanda 🙂") == ["tanda \ufffd"]


# --- status and fingerprint ---
def test_a_paper_without_a_code_is_a_draft_and_an_example_is_always_one():
    assert compose(of("x"))["furniture"]["status"] == DRAFT
    assert compose(of("x"), papers.ISSUED)["furniture"]["status"] == ""
    assert compose(of("x"), papers.EXAMPLE)["furniture"]["status"] == EXAMPLE
    assert compose(of("x"), Issued(example=True))["furniture"]["status"] == EXAMPLE


def test_a_draft_shows_no_place_to_check_it():
    assert compose(of("x", Qr("Periksa di sini.")))["blocks"][1:] == []
    assert compose(of("x", Qr("Buka.", address="https://a.id")))["blocks"][1]["of"] == "https://a.id"


def test_the_fingerprint_is_of_words_and_data_not_of_looks():
    plain, bold = compose(of("Air bersih")), compose(of(fill("**Air** bersih")))
    assert fingerprint(plain) == fingerprint(bold)
    assert fingerprint(plain) != fingerprint(compose(of("Air  kotor")))
    assert fingerprint(plain) != fingerprint(compose(of("Air bersih", data={"rupiah": 1})))
    assert canonical(plain).startswith(b'{"data":{},"kind":"test"')


def test_the_same_paper_gives_the_same_tree():
    assert compose(papers.agreement(), papers.ISSUED) == compose(papers.agreement(), papers.ISSUED)


def other_way(node: Any) -> Any:
    """The same tree with the keys of every node in another order, as a database gives it back."""
    if isinstance(node, dict):
        return {key: other_way(node[key]) for key in sorted(node, key=lambda key: (len(key), key))}
    return [other_way(each) for each in node] if isinstance(node, list) else node


@pytest.mark.parametrize("document", [papers.access_letter(), papers.agreement()], ids=["letter", "agreement"])
def test_the_words_stay_in_reading_order_whatever_order_a_database_keeps(document):
    tree = compose(document, papers.ISSUED)
    kept = other_way(tree)
    assert list(kept) != list(tree)
    assert words(kept) == words(tree)
    assert fingerprint(kept) == fingerprint(tree)
