"""The library of clauses as a whole: names that lead somewhere, numbers that are right, words that are law and plain."""

from __future__ import annotations

import re

import pytest

from bermitra.agreements import book, linked, text
from bermitra.agreements.rules import CONTENTS
from bermitra.partnership import sheet
from bermitra.partnership.book import forms
from tests.agreements.samples import SAMPLES, topics_of
from tests.agreements.test_text import all_filled, setting, topics

ALL_FORMS = tuple(forms())
ALL_ARTICLES = [*book.articles().values(), *book.short_articles().values()]
GIVEN = ("lampiran_rencana", "lampiran_anggaran", "lampiran_indikator", "lampiran_objek", "judul", "desa", "kecamatan",
         "kabupaten", "bupati", "alamat_desa", "alamat_mitra", "bidang", "prakarsa", "tujuan", "perdes", "nomor_padiatapa",
         "objek", "mulai", "akhir", "lama", "nilai", "sheet_procedure", "sheet_delegation", "sheet_changes",
         "sheet_disputes", "induk")  # fmt: skip
SLIPS = re.compile(
    r"(?i)\bresiko\b|\bmerubah\b|\bdirubah\b|\bhutang\b|\bmaterai\b|aktifitas|\bpraktek\b|\banalisa\b|kwitansi|antar Desa\b|"
    r"(?<!di)kerjasama|tandatangan\b|\bupload|\bdownload|\be-?mail\b|\bonline\b|\boffline\b"
)
READ_ALOUD = 18  # words of what is read out in the meeting: titles, labels of blanks, conditions
LONGEST = 64  # words of one paragraph of law


def composed(form: str, *, short: bool = False, consent: bool = True, kind: str = "company") -> text.Clauses:
    asset = {"name": "Tanah kas", "form": form, "years": 3}
    content = text.start(topics(others={**topics()["others"], "assets": [] if short else [asset]}), short=short)
    content["blanks"] = all_filled([form])
    given = setting(form, consent_needed=consent, consent_number="01/2026", goals="Panen naik", partner_kind=kind)
    return text.clauses(content, given)


def paragraphs(article: book.Article) -> list[str]:
    return [words for part in article.parts for words in (part.text, *part.sub)]


@pytest.mark.parametrize("article", ALL_ARTICLES, ids=lambda each: each.code)
def test_every_name_in_an_article_is_a_value_a_blank_or_another_article(article):
    known = {*GIVEN, *article.slots, *(f"{text.REFERENCE}{code}" for code in book.articles())}
    assert article.names <= known


@pytest.mark.parametrize("article", book.articles().values(), ids=lambda each: each.code)
def test_every_blank_of_an_article_is_used_and_asked_for_in_plain_words(article):
    assert set(article.slots) <= article.names
    assert all(slot.says and len(slot.says.split()) <= READ_ALOUD for slot in article.slots.values())
    assert article.title and len(article.title.split()) <= READ_ALOUD


# By what their names begin with: an office, a name, a paper, a bank, a day that was, the days of a procedure.
NOBODY_OWES = ("pj_", "jabatan_", "nama_", "nomor_", "bank_", "program_studi", "status_", "saluran_", "tanggal_hgu",
               "tanggal_penilaian", "tanggal_musdes_", "tanggal_laporan_", "hari_", "bulan_tinjau_", "bulan_beri_tahu_",
               "tahun_simpan", "jumlah_anggota_tim", "jumlah_rangkap", "contoh_")  # fmt: skip


def test_a_blank_binds_unless_the_library_says_that_it_lays_nothing_on_anybody():
    slots = [slot for article in book.articles().values() for slot in article.slots.values()]
    free = [slot for slot in slots if not slot.binds]
    assert all(slot.name.startswith(NOBODY_OWES) for slot in free)
    assert not [slot.name for slot in free if slot.unit in ("percent", "money") and not slot.name.startswith("contoh_")]
    bound = {slot.name for slot in slots if slot.binds}
    assert {"modal_desa", "lokasi", "luas_plasma", "jumlah_kursi", "tanggal_selesai_bangun", "satuan_sewa"} <= bound


@pytest.mark.parametrize("given", ["ya", 0, None])
def test_the_mark_of_a_blank_is_true_or_false(given):
    with pytest.raises(ValueError, match="modal: binds is true or false"):
        book._slot("modal", {"says": "Modal", "unit": "text", "binds": given})


@pytest.mark.parametrize("article", ALL_ARTICLES, ids=lambda each: each.code)
def test_paragraphs_and_letters_are_written_as_law_is(article):
    for part in article.parts:
        assert part.text.endswith((".", ":", "}")), part.text
        if part.sub:
            assert part.text.endswith(":"), part.text
            if article.code != "definisi":  # whose letters are sentences
                *others, last = part.sub
                assert all(each.endswith((";", "; dan", "; atau")) for each in others), part.sub
                assert others[-1].endswith(("; dan", "; atau")) and last.endswith("."), part.sub
    for words in paragraphs(article):
        assert not SLIPS.search(words), words
        assert len(words.split()) <= LONGEST, words
        assert "  " not in words and " ," not in words and words == words.strip()


@pytest.mark.parametrize("article", ALL_ARTICLES, ids=lambda each: each.code)
def test_a_paragraph_or_letter_that_an_article_quotes_is_there(article):
    body = article.parts
    for words in paragraphs(article):
        own = re.sub(r"dalam \{pasal_\w+\}( ayat \(\d+\))?( huruf [a-z])?", "", words)
        for number in map(int, re.findall(r"ayat \((\d+)\)", own)):
            assert number <= len(body), words
        for letter in re.findall(r"huruf ([a-z])\b", own):
            assert any(ord(letter) - 97 < len(part.sub) for part in body), words


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize("consent", [True, False])
def test_every_reference_leads_to_the_article_it_names(form, consent):
    clauses = composed(form, consent=consent)
    by_number = {f"Pasal {number}": clause["title"] for number, clause in enumerate(clauses, 1)}
    for clause in clauses:
        words = text.as_typed(clause["body"])
        assert "pasal_" not in words and "dalam  " not in words and "dalam ;" not in words
        for quoted in re.findall(r"sebagaimana dimaksud dalam (Pasal \d+|\W)", words):
            assert quoted in by_number, words
    limits = next(each for each in clauses if each["code"] == "batasan")
    quoted = re.findall(r"dalam (Pasal \d+)", text.as_typed(limits["body"]))
    assert [by_number[each] for each in quoted] == ["Sanksi", "Pelanggaran Berat dan Penghentian Segera"]


@pytest.mark.parametrize("form", text.SHORT_FORMS)
def test_a_short_text_holds_all_that_the_law_asks_and_quotes_nothing_that_it_left_out(form):
    clauses = composed(form, short=True, consent=False)
    assert CONTENTS.keys() | {"limits", "sanctions"} <= {each["content"] for each in clauses}
    assert not [each["code"] for each in clauses if each["blanks"]]
    assert not re.search(r"dalam\s*[;.]|Lampiran [IV]", "\n".join(text.as_typed(each["body"]) for each in clauses))
    assert len(clauses) <= 20


def test_the_contents_of_the_law_and_the_articles_that_hold_them():
    assert [each.code for each in book.required()] == [*CONTENTS, "limits", "sanctions"]
    assert "".join(each.letter for each in book.required()) == "abcdefgh"
    for form in ALL_FORMS:
        whole = {each["code"]: each["content"] for each in composed(form)}
        for needed in book.required():
            held = [whole[code] for code in needed.one_of if code in whole]
            assert needed.code in held, (form, needed)
    for needed in book.required():
        assert set(needed.one_of) & book.short_articles().keys(), needed


def test_each_measure_is_found_in_a_whole_text():
    clauses = composed("hibah")
    for measure in book.measures():
        assert linked.place_of(clauses, measure.article, measure.at), measure


@pytest.mark.parametrize(
    "typed", ["SP1, lalu SP2", "Teguran tertulis", "denda keterlambatan", "pemutusan sepihak", "ganti rugi"]
)
def test_what_people_write_as_a_consequence_leads_into_the_text(typed):
    clauses = composed("hibah")
    place = linked.consequence(typed, (), clauses)
    number = int(re.match(r"Pasal (\d+)", place)[1])  # type: ignore[index]
    assert clauses[number - 1]["code"] in ("sanksi", "denda")
    assert linked.consequence("dicoret dari hati", (), clauses) == ""


def test_a_warning_is_found_on_the_ladder_for_all_breaches_and_not_in_what_was_decided_for_one():
    given = topics_of(SAMPLES["hibah_perusahaan"])
    clauses = text.clauses(text.start(given), setting("hibah"))
    article = next(each for each in clauses if each["code"] == "sanksi")
    assert "peringatan pertama" in article["body"][0]["sub"][0]  # what the meeting decided for goods that come late
    at = linked.consequence("SP1", (), clauses)
    assert at.endswith(" ayat (4) huruf a") and "peringatan pertama" in article["body"][3]["sub"][0]
    assert [row.place for row in linked.rows(given, clauses) if row.sanction == "surat peringatan"] == [at]


@pytest.mark.parametrize("name", SAMPLES)
def test_each_duty_right_and_limit_of_a_sample_is_whole(name):
    """Party, act, due, measure, evidence, verifier and sanction of a duty; the place of a claim and of a consequence."""
    given = topics_of(SAMPLES[name])
    clauses = text.clauses(text.start(given, short=SAMPLES[name].get("short", False)), setting(*SAMPLES[name]["forms"]))
    rows = linked.rows(given, clauses)
    assert {row.kind for row in rows} == {"duty", "right", "limit"}
    for row in rows:
        assert row.party in linked.PARTIES and row.act and row.place, row
        if row.kind == "duty":
            assert row.due and row.measure and row.evidence and row.checker and row.sanction, row
            assert row.checker not in ("PIHAK KESATU", "PIHAK KEDUA"), row
    assert text.incomplete_duties(given) == () and sheet.empty_topics(given) == ()


def test_a_grave_limit_is_stopped_at_once_and_another_is_warned_of():
    given = topics(others={**topics()["others"], "limits": ["tidak dijaminkan", "musik pelan"], "sanctions": []})
    clauses = composed("hibah")
    grave, light = [row for row in linked.rows(given, clauses) if row.kind == "limit"]
    assert (grave.sanction, light.sanction) == ("penghentian segera", "surat peringatan")
    assert grave.place != light.place


def test_conditions_name_their_basis_and_say_one_short_sentence():
    seen = set()
    for each in book.conditions():
        assert each.basis and each.says.endswith(".") and len(each.says.split()) <= READ_ALOUD, each
        assert each.code not in seen and each.when in ("", "large", "bumdes", "cooperative")
        seen.add(each.code)


def test_every_read_form_has_a_sample_that_holds_it():
    for form, read in book.read_forms().items():
        assert form in SAMPLES[read.sample]["forms"]
    assert book.unread(["kkn", "karbon"]) == ("karbon",)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_every_form_names_the_laws_it_rests_on(form):
    law = next(each for each in composed(form) if each["code"] == "dasar_hukum")
    assert "Pelindungan Data Pribadi" in text.as_typed(law["body"])


@pytest.mark.parametrize(
    "form, kind, laws",
    [
        ("tjsl", "company", 3),
        ("tjsl", "university", 2),
        ("inti", "company", 5),
        ("pdmp", "civil_society", 2),
        ("pdmp", "university", 1),
    ],
)
def test_the_laws_of_a_form_are_those_of_its_partner(form, kind, laws):
    assert len(book.laws_of([form], kind)) == laws


def test_percentages_that_share_a_whole_come_to_a_hundred():
    slots = {name: slot.default for each in book.articles().values() for name, slot in each.slots.items()}
    for names in (("persen_tiket_pengelola", "persen_tiket_desa", "persen_tiket_dana"),
                  ("persen_manfaat_desa", "persen_manfaat_mitra", "persen_cadangan"),
                  ("persen_saham_bumdes", "persen_saham_mitra")):  # fmt: skip
        assert sum(int(slots[name]) for name in names) == 100
