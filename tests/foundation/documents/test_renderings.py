"""One tree, the same words as PDF and as HTML; the PDF is archival, accessible, and the same bytes everywhere."""

import io
import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
import segno
from docx import Document as Docx
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bermitra.foundation.documents import docx, html
from bermitra.foundation.documents.characters import covered
from bermitra.foundation.documents.compose import DRAFT, EXAMPLE, compose, words
from bermitra.foundation.documents.model import (
    Column,
    Contents,
    Document,
    Facts,
    Letterhead,
    Paragraph,
    Part,
    Signatures,
    Size,
    Slot,
    Span,
    Table,
    Title,
    fill,
)
from bermitra.foundation.documents.qr import svg
from bermitra.foundation.documents.typst_pdf import HERE, boxes, render
from tests.foundation.documents import papers
from tests.foundation.documents.said import Reader, W, pages, poppler, printed, tight, typed_out

ROOT = Path(__file__).resolve().parents[3]
PAPERS = {
    "letter": compose(papers.access_letter(), papers.ISSUED),
    "agreement": compose(papers.agreement(), papers.ISSUED),
    "example": compose(papers.agreement(), papers.EXAMPLE),
    "draft": compose(papers.agreement()),
}


# --- the same words ---
@pytest.mark.parametrize("name", PAPERS)
def test_html_says_the_words_of_the_tree_in_their_order(name):
    assert tight("".join(Reader(html.render(PAPERS[name])).said)) == tight("".join(words(PAPERS[name])))


@pytest.mark.parametrize("name", PAPERS)
def test_the_word_file_says_the_words_of_the_tree_in_their_order(name):
    assert tight(typed_out(docx.render(PAPERS[name]))) == tight("".join(words(PAPERS[name])))


@pytest.mark.parametrize("name", PAPERS)
def test_the_pdf_says_the_words_of_the_tree_and_no_others(name):
    said, text = words(PAPERS[name]), printed(PAPERS[name])
    assert Counter(text) == Counter(tight("".join(said)))
    latin = [line for line in map(tight, said) if all(ord(c) < 0x600 for c in line)]
    assert [line for line in latin if line not in text] == []


def test_the_html_shows_status_and_code_around_the_words():
    assert f"<b>{EXAMPLE}</b>" in html.render(PAPERS["example"])
    assert f"<b>{DRAFT}</b>" in html.render(PAPERS["draft"])
    assert "Kode 7K3M-9QXD-2A5T-W" in html.render(PAPERS["agreement"])


def test_what_people_type_is_no_markup_in_either():
    tree = compose(papers.agreement(note='<script>x</script> #set text("y") **z** & </li>'))
    assert "<script" not in html.render(tree)
    assert "&lt;script&gt;x&lt;/script&gt;" in html.render(tree)
    assert tight('<script>x</script> #set text("y") **z** & </li>') in printed(tree)
    assert tight('<script>x</script> #set text("y") **z** & </li>') in tight(typed_out(docx.render(tree)))


def test_the_html_has_headings_anchors_and_languages():
    made = html.render(PAPERS["agreement"])
    assert [int(level) for level in re.findall("<h([1-6])", made)][:4] == [2, 3, 4, 4]
    assert '<h4 id="pasal-3"><a href="#pasal-3">Pasal\u00a03<br>Jangka Waktu</a></h4>' in made
    assert '<span lang="ms-Arab" dir="rtl">كمفوڠ سومبرواراس دان فيڬون</span>' in made
    assert " style=" not in made


# --- long files and sheets for a wall ---
def a_file(**looks) -> Document:
    told = tuple(Paragraph(f"Baris ke-{n} dari catatan yang panjang.") for n in range(60))
    return Document(
        kind="berkas", title="Berkas", dated=date(2026, 3, 2), author="Desa",
        blocks=(Title(("BERKAS",)), Contents("Isi berkas"), Part("Catatan"), *told, Part("Keputusan"), "Disetujui."),
        **looks,
    )  # fmt: skip


def test_a_file_lists_its_parts_with_the_page_on_which_each_begins():
    tree = compose(a_file(), papers.ISSUED)
    first, *others = pages(render(tree))
    assert re.findall(r"^(I+\. \w+) (\d+)$", first, re.M) == [
        ("I. Catatan", "2"),
        ("II. Keputusan", str(1 + len(others))),
    ]
    assert "I. Catatan" in others[0] and "II. Keputusan" in others[-1]
    assert words(tree)[:4] == ["BERKAS", "Isi berkas", "I. Catatan", "II. Keputusan"]
    assert tight("".join(Reader(html.render(tree)).said)) == tight("".join(words(tree)))
    assert tight(typed_out(docx.render(tree))) == tight("".join(words(tree)))


def test_a_paper_may_lie_across_and_its_letters_may_grow():
    sizes = {}
    for name, looks in {"usual": {}, "across": {"landscape": True}, "large": {"points": 16}}.items():
        with pikepdf.open(io.BytesIO(render(compose(a_file(size=Size.A4, **looks), papers.ISSUED)))) as pdf:
            box = pdf.pages[0].mediabox
            sizes[name] = (round(float(box[2])), round(float(box[3])), len(pdf.pages))
    assert sizes["usual"][:2] == (595, 842) and sizes["across"][:2] == (842, 595)
    assert sizes["large"][2] > sizes["usual"][2]


def test_a_tree_from_before_these_looks_were_known_gives_the_same_pages():
    now = compose(papers.access_letter(), papers.ISSUED)
    assert render(
        without(now, "landscape", "points", "plain", "seal", "thumb", "witnesses", "initials", "by_pen")
    ) == render(now)
    assert html.render(without(now, "plain", "seal", "thumb", "witnesses")) == html.render(now)
    assert docx.render(without(now, "landscape", "points", "seal", "thumb", "witnesses")) == docx.render(now)


def without(node, *keys):
    """A tree as it was composed before these keys were known."""
    if isinstance(node, dict):
        return {key: without(value, *keys) for key, value in node.items() if key not in keys}
    return [without(each, *keys) for each in node] if isinstance(node, list) else node


# --- places that only ink fills ---
def test_each_page_of_a_paper_of_two_sides_has_a_place_for_the_initials_of_both():
    for told in pages(render(PAPERS["agreement"])):
        assert "Paraf PIHAK KESATU" in told and "Paraf PIHAK KEDUA" in told
    assert "Paraf" not in "".join(pages(render(PAPERS["letter"])))


def test_initials_and_marked_places_never_move_a_place_to_sign_off_its_page_or_onto_the_duty_stamp():
    bare = {box.field: box for box in boxes(compose(papers.agreement(marked=False), papers.ISSUED))}
    for box in boxes(PAPERS["agreement"]):
        other = bare[box.field]
        assert (box.right, box.top - box.bottom) == (other.right, other.top - other.bottom)
        assert box.left - other.left == (37 if box.field in ("kesatu", "kedua") else 0)  # 13 mm for the office stamp


def test_each_copy_has_its_duty_stamp_and_both_offices_a_marked_place():
    said = words(PAPERS["agreement"])
    for line in (
        "METERAI Rp10.000 lembar PIHAK KESATU",
        "METERAI Rp10.000 lembar PIHAK KEDUA",
        "CAP DESA",
        "CAP PERUSAHAAN",
    ):
        assert said.count(line) == 1


def test_law_E19_a_thumbprint_has_a_box_and_lines_for_who_read_aloud_and_who_saw_it():
    said = words(PAPERS["agreement"])
    place = said.index("CAP JEMPOL")
    assert said[place + 1] == "SUYATNO"
    assert [line.partition(":")[0] for line in said[place + 2 : place + 4]] == ["Dibacakan oleh", "Disaksikan oleh"]


# --- the Word file ---
def test_a_word_file_is_the_same_bytes_in_another_process():
    program = (
        "from hashlib import sha256; from tests.foundation.documents import papers;"
        "from bermitra.foundation.documents.compose import compose;"
        "from bermitra.foundation.documents.docx import render;"
        "print(sha256(render(compose(papers.agreement(), papers.ISSUED))).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == sha256(docx.render(PAPERS["agreement"])).hexdigest()


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_of_a_word_file_says_that_it_is_for_editing(name):
    with zipfile.ZipFile(io.BytesIO(docx.render(PAPERS[name]))) as parts:
        foots = [parts.read(each).decode() for each in parts.namelist() if "footer" in each and each.endswith(".xml")]
        core = parts.read("docProps/core.xml").decode()
    assert len(foots) == 1 and docx.FOR_EDITING in foots[0] and " PAGE " in foots[0]
    assert docx.FOR_EDITING in core and PAPERS[name]["fingerprint"] in core


def test_a_word_file_has_the_same_places_for_initials_at_its_foot():
    feet = {}
    for name in ("agreement", "letter"):
        with zipfile.ZipFile(io.BytesIO(docx.render(PAPERS[name]))) as parts:
            (foot,) = (parts.read(each) for each in parts.namelist() if each.startswith("word/footer"))
        feet[name] = ElementTree.fromstring(foot)
    boxes, below = feet["agreement"].findall(f".//{W}tr")
    assert ["".join(each.itertext()) for each in boxes.findall(f"{W}tc")] == PAPERS["agreement"]["furniture"][
        "initials"
    ]
    assert all(each.find(f"{W}tcPr/{W}tcBorders") is not None for each in boxes.findall(f"{W}tc"))
    assert "".join(below.itertext()) == "bila ditandatangani dengan pena"
    assert feet["letter"].find(f".//{W}tbl") is None


def test_a_second_row_of_signatures_keeps_clear_of_the_names_above_it():
    four = tuple(Slot(f"S{n}", ("Kepala Desa,",), f"NAMA {n}", stamp=True) for n in range(4))
    file = replace(a_file(), blocks=("Isi.", Signatures((("", four),), lead=("Penutup.",))))
    at = {box.field: box for box in boxes(compose(file, papers.ISSUED))}
    below_the_first = at["S0"].bottom - at["S2"].top  # its name, the room between, and the office of the next
    assert below_the_first > 19 * 72 / 25.4
    assert {box.page for box in at.values()} == {0}


def test_a_word_file_opens_with_its_pages_headings_and_heads_of_tables():
    file = Docx(io.BytesIO(docx.render(PAPERS["agreement"])))
    sizes = [(round(each.page_width.mm), round(each.page_height.mm)) for each in file.sections]
    assert sizes == [(215, 330), (330, 215)]  # the last annex lies across, and no empty page follows it
    heads = [each.text for each in file.paragraphs if each.style.name.startswith("Heading")]
    assert heads[0].startswith("PERJANJIAN BERSAMA") and "Pasal\u00a01\nMaksud dan Tujuan" in heads
    assert len(file.element.body.findall(f".//{W}tblHeader")) == 4  # so it stands again on the next page


def test_a_word_file_breaks_a_cell_where_its_words_break_and_leaves_sums_room_in_a_narrow_one():
    columns = (Column("Barang", 4), Column("Nilai", 1.2))
    told = Table(
        columns, (("PIHAK KEDUA wajib:\n- menguji tanah;\n- melatih warga.", "Rp\u00a022.000.000"),), small=True
    )
    file = Docx(io.BytesIO(docx.render(compose(replace(a_file(), blocks=("Isi.", told))))))
    table = file.tables[0]
    assert table.rows[1].cells[0].text == "PIHAK KEDUA wajib:\n- menguji tanah;\n- melatih warga."
    room = {each.tag: int(each.get(f"{W}w")) for each in table._tbl.tblPr.find(f"{W}tblCellMar")}
    assert set(room) == {f"{W}left", f"{W}right"} and max(room.values()) < 108 / 1.5  # 108: what Word leaves by itself


def test_a_word_file_turns_scripts_the_way_they_are_read():
    with zipfile.ZipFile(io.BytesIO(docx.render(PAPERS["agreement"]))) as parts:
        runs = list(ElementTree.fromstring(parts.read("word/document.xml")).iter(f"{W}r"))
    turned = [run for run in runs if run.find(f"{W}rPr/{W}rtl") is not None]
    assert [tight("".join(each.itertext())) for each in turned] == [tight("كمفوڠ سومبرواراس دان فيڬون")]


# --- the file ---
def test_the_same_tree_gives_the_same_bytes_in_another_process():
    program = (
        "from hashlib import sha256; from tests.foundation.documents import papers;"
        "from bermitra.foundation.documents.compose import compose;"
        "from bermitra.foundation.documents.typst_pdf import render;"
        "print(sha256(render(compose(papers.agreement(), papers.ISSUED))).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == sha256(render(PAPERS["agreement"])).hexdigest()


def test_the_file_claims_archive_and_access_and_is_tagged():
    with pikepdf.open(io.BytesIO(render(PAPERS["agreement"]))) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("3", "A", "1")
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "id-ID"
        assert str(pdf.docinfo["/Title"]) == PAPERS["agreement"]["title"]


def test_the_words_travel_inside_and_hash_to_the_fingerprint():
    with pikepdf.open(io.BytesIO(render(PAPERS["agreement"]))) as pdf:
        held = pdf.attachments["naskah.json"].get_file().read_bytes()
    assert sha256(held).hexdigest() == PAPERS["agreement"]["furniture"]["fingerprint"]


def test_all_fonts_are_ours_and_lie_in_the_file():
    lines = poppler("pdffonts", render(PAPERS["agreement"]), "-").decode().splitlines()[2:]
    ours = {file.stem.removesuffix("-Regular") for file in (HERE / "fonts").glob("*.ttf")}
    assert len(lines) >= 6
    for line in lines:
        name, embedded = line.split("+")[1].split()[0], line.split()[-5]
        assert name.removesuffix("-Regular") in ours
        assert embedded == "yes"


@pytest.mark.parametrize(("name", "mark"), [("example", EXAMPLE), ("draft", DRAFT)])
def test_every_page_says_what_is_no_valid_paper(name, mark):
    for text in pages(render(PAPERS[name])):
        assert tight(text).count(tight(mark)) == 2  # across the page and in the footer


def test_every_page_has_its_number_and_an_issued_one_its_code():
    texts = pages(render(PAPERS["agreement"]))
    for number, text in enumerate(texts, 1):
        assert f"Halaman {number} dari {len(texts)}" in text
        assert "Kode 7K3M-9QXD-2A5T-W" in text
        assert DRAFT not in text and EXAMPLE not in text


def test_pages_are_folio_and_an_annex_may_lie_across():
    with pikepdf.open(io.BytesIO(render(PAPERS["agreement"]))) as pdf:
        sizes = [tuple(round(float(each) * 25.4 / 72) for each in page.mediabox[2:]) for page in pdf.pages]
    assert sizes == [(215, 330)] * (len(sizes) - 1) + [(330, 215)]


def test_each_place_to_sign_lies_on_its_page_and_none_upon_another():
    found = boxes(PAPERS["agreement"])
    assert [box.field for box in found] == ["kedua", "kesatu", "bpd", "camat", "saksi"]
    for box in found:
        assert 0 < box.left < box.right < 610 and 0 < box.bottom < box.top < 936
        assert box.right - box.left > 100 and box.top - box.bottom > 50
    for one in found:
        for other in found:
            apart = one.right <= other.left or other.right <= one.left
            assert one is other or apart or one.bottom >= other.top or other.bottom >= one.top


def simple(*blocks, **more) -> Document:
    return Document(kind="test", title="Uji", dated=date(2026, 3, 2), author="Desa Uji", blocks=blocks, **more)


def test_every_character_of_the_table_can_be_printed_in_every_face():
    points = sorted(covered())
    for start in range(0, len(points), 500):
        text = " ".join(f"a{chr(point)}b" for point in points[start : start + 500])
        assert render(compose(simple(text, fill("**{x}**", x=text), fill("__{x}__ **__{x}__**", x=text))))


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_makes_a_paper_and_a_page(typed):
    tree = compose(simple(typed, Facts(((typed, typed),)), Table((Column(typed),), ((typed,),), caption=typed)))
    assert render(tree).startswith(b"%PDF-1.7")
    assert tight("".join(Reader(html.render(tree)).said)) == tight("".join(words(tree)))
    assert tight(typed_out(docx.render(tree))) == tight("".join(words(tree)))


def test_an_emblem_stands_beside_the_office_and_is_no_word():
    out = io.BytesIO()
    Image.new("RGBA", (200, 220), (0, 90, 60, 255)).save(out, "PNG")
    kop = Letterhead(("PEMERINTAH KABUPATEN", "DESA SUMBERWARAS"), "Jalan Raya 1", emblem=out.getvalue())
    tree = compose(simple("Isi surat.", letterhead=kop))
    assert tight("".join(words(tree))) == printed(tree)
    assert '<img src="data:image/png;base64,' in html.render(tree)
    made = docx.render(tree)
    assert tight("".join(words(tree))) == tight(typed_out(made))
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert [name for name in parts.namelist() if name.startswith("word/media/")]


# --- QR ---
def modules(picture: Image.Image, left: float, top: float, width: float, dots: float, count: int) -> list[list[bool]]:
    """Dark or light at the middle of every module of a code; millimetres on the page."""
    step = width / count
    return [
        [
            picture.getpixel((int((left + (x + 0.5) * step) * dots), int((top + (y + 0.5) * step) * dots))) < 128
            for x in range(count)
        ]
        for y in range(count)
    ]


def test_the_code_at_the_foot_of_a_printed_page_leads_to_its_check():
    png = poppler("pdftoppm", render(PAPERS["agreement"]), "-r", "300", "-f", "2", "-l", "2", "-gray", "-png")
    wanted = [[bool(dark) for dark in row] for row in segno.make(papers.ISSUED.address, error="q", micro=False).matrix]
    picture = Image.open(io.BytesIO(png)).convert("L")
    assert modules(picture, 215 - 22 - 13, 330 - 28 + 5, 13, 300 / 25.4, len(wanted)) == wanted


def test_the_code_on_a_page_carries_its_name_escaped():
    drawn = svg("https://a.id/", 'Kode "QR" <b>')
    assert drawn.startswith('<svg role="img"')
    assert "<b>" not in drawn


def test_a_long_table_goes_on_with_its_head_on_the_next_page():
    many = simple(Table((Column("Kepala kolom"),), tuple((f"Baris {n}",) for n in range(120))))
    texts = pages(render(compose(many, papers.ISSUED)))
    assert len(texts) > 1
    assert all("Kepala kolom" in text for text in texts)


def test_a_row_that_heads_others_stands_with_them_on_every_page_and_never_alone():
    rows = [
        row
        for group in "ABCDEF"
        for row in ((Span(f"Kelompok {group}", 2),), *((str(n), f"{group} {n}") for n in range(14)))
    ]
    paper = simple(Table((Column("No."), Column("Isi")), rows))
    found = [page.split("\n") for page in pages(render(compose(paper, papers.ISSUED)))]
    assert len(found) > 1
    for lines in found:
        kept = [line for line in lines if re.match(r"Kelompok |\d+ [A-F] ", line)]
        assert kept[0].startswith("Kelompok") and not kept[-1].startswith("Kelompok"), kept
        assert kept[0][-1] == kept[1].split()[1]
