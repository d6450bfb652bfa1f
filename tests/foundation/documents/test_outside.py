"""Files that grew outside: one good signature, and each way in which it can be something else."""

from __future__ import annotations

import io
import time
from datetime import UTC, datetime

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from bermitra.foundation.documents import looking, signing
from bermitra.foundation.documents.outside import Asked, Grown, grown_from
from tests.foundation.documents.test_signing import FIRST, reserved
from tests.outside import Root, signed_outside

NAME, AT = "Suyatno", datetime(2026, 3, 2, tzinfo=UTC)
GONE = datetime(2026, 2, 1, tzinfo=UTC)
HIDDEN, CORNER = (0, 0, 0, 0), (40, 40, 110, 110)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


@pytest.fixture(scope="module")
def root() -> Root:
    return Root.made("CA Induk Contoh")


@pytest.fixture(scope="module")
def paper() -> bytes:
    return reserved()


def judged(before: bytes, after: bytes, root: Root, own: str = "kesatu", at: datetime = AT) -> Grown:
    empty = ["kedua"] if own else ["kesatu", "kedua"]
    return grown_from(before, after, Asked(own, empty, [root.der], at))


def plain(pdf, root):
    return signed_outside(pdf, root.signer(NAME), "kesatu")


def hidden(pdf, root):
    return signed_outside(pdf, root.signer(NAME), "Signature1", HIDDEN)


def certifying(pdf, root):
    may = fields.MDPPerm.FILL_FORMS
    return signed_outside(pdf, root.signer(NAME), "kesatu", certify=True, docmdp_permissions=may)


def stamp(pdf, root, box=(40, 40, 110, 110), **meta):
    """The seal of a distributor whose root nobody here knows, with its picture on the first page."""
    return signed_outside(pdf, Root.made("Distributor").signer("Meterai"), "Meterai", box, **meta)


@pytest.mark.parametrize("made", [plain, hidden, certifying])
def test_a_good_signature_is_found_with_its_name_and_field(paper, root, made):
    found = judged(paper, made(paper, root), root)
    assert (found.trouble, found.subject, len(found.certificate)) == ("", NAME, 64)
    assert found.field == ("Signature1" if made is hidden else "kesatu")


def test_after_the_instance_has_certified_another_signature_is_still_good(paper, root):
    once = signing.sign(paper, FIRST, example=False)
    content = signed_outside(once, root.signer("Ratna Dewi"), "kedua")
    found = grown_from(once, content, Asked("kedua", [], [root.der], AT))
    assert found.trouble == ""
    box = signed_outside(once, root.signer("Ratna Dewi"), "Baru", (300, 300, 320, 320))
    assert (
        grown_from(once, box, Asked("kedua", [], [root.der], AT)).trouble == "changed"
    )  # nothing more to see may come


def test_a_stamp_is_a_small_seal_of_whomever_and_traced_only_to_a_root_that_is_trusted(paper, root):
    unknown = judged(paper, stamp(paper, root), root, own="")
    assert (unknown.trouble, unknown.issuer) == ("", "")
    traced = judged(paper, signed_outside(paper, root.signer("Meterai"), "Meterai", CORNER), root, own="")
    assert (traced.trouble, traced.issuer) == ("", "CA Induk Contoh")


def frame(pdf: bytes, field: str) -> tuple[int, list[float]]:
    """Page and rectangle of a reserved field."""
    with pikepdf.open(io.BytesIO(pdf)) as held:
        for number, page in enumerate(held.pages):
            for each in page.obj.get("/Annots", []):
                if str(each.get("/T", "")) == field:
                    return number, [float(side) for side in each.Rect]
    raise KeyError(field)


def over(pdf: bytes, field: str, by=(0, 0)) -> tuple[int, tuple[int, ...]]:
    """Page and seventy points each way around the middle of a place to sign, moved ``by`` so many points."""
    page, (left, bottom, right, top) = frame(pdf, field)
    x, y = (left + right) / 2 + by[0], (bottom + top) / 2 + by[1]
    return page, tuple(round(each) for each in (x - 35, y - 35, x + 35, y + 35))


def over_a_place(pdf, root, field="kesatu", by=(0, 0)):
    page, box = over(pdf, field, by)
    return signed_outside(pdf, Root.made("Distributor").signer("Meterai"), "Meterai", box, page)


@pytest.mark.parametrize("field, by, trouble", [
    ("kesatu", (0, 0), "covers"), ("kesatu", (0, -60), "covers"), ("kesatu", (0, 60), "covers"),
    ("kesatu", (0, -90), ""), ("kesatu", (0, 90), ""), ("kedua", (0, 0), "covers"),
])  # fmt: skip
def test_a_stamp_does_not_cover_where_somebody_signs(paper, root, field, by, trouble):
    assert judged(paper, over_a_place(paper, root, field, by), root, own="").trouble == trouble


def test_a_stamp_that_lies_about_its_page_is_not_taken_in(paper, root):
    """It says that it is on the first page, and is shown over a place to sign as well."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(paper)), io.BytesIO()
    page, box = over(paper, "kesatu")
    fields.append_signature_field(writer, fields.SigFieldSpec("Meterai", on_page=0, box=box))
    [made] = [ref for name, _value, ref in fields.enumerate_sig_fields(writer) if name == "Meterai"]
    shown = writer.find_page_for_modification(page)[0].get_object()
    shown["/Annots"].append(made)
    writer.update_container(shown["/Annots"])
    writer.write(out)
    content = signed_outside(out.getvalue(), Root.made("Distributor").signer("Meterai"), "Meterai")
    assert judged(paper, content, root, own="").trouble == "covers"


def falsely_sealed(pdf, root):
    """A seal that says who issued it and was not issued by them."""
    return signed_outside(pdf, Root.made("CA Induk Contoh").signer("Meterai"), "Meterai", CORNER)


def written_anew(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as held:
        held.save(out)
    return out.getvalue()


def painted(pdf: bytes) -> bytes:
    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"0 0 300 300 re f")))
    writer.write(out)
    return out.getvalue()


def broken(pdf: bytes) -> bytes:
    at = pdf.rindex(b"/Contents <") + 2_000
    return pdf[:at] + (b"1" if pdf[at : at + 1] == b"0" else b"0") + pdf[at + 1 :]


LOCKED = {"certify": True, "docmdp_permissions": fields.MDPPerm.NO_CHANGES}
OVER = (50, 400, 500, 700)
FAULTS = [
    ("bytes", lambda pdf, root: plain(written_anew(pdf), root)),
    ("none", lambda pdf, root: pdf),
    ("none", lambda pdf, root: painted(pdf)),
    ("many", lambda pdf, root: signed_outside(plain(pdf, root), root.signer(NAME), "Lagi", HIDDEN)),
    ("root", lambda pdf, root: plain(pdf, Root.made("CA Lain"))),
    ("expired", lambda pdf, root: signed_outside(pdf, root.signer(NAME, GONE), "kesatu")),
    ("changed", lambda pdf, root: painted(plain(pdf, root))),
    ("changed", lambda pdf, root: plain(painted(pdf), root)),
    ("fields", lambda pdf, root: signed_outside(pdf, root.signer(NAME), "kedua")),
    ("place", lambda pdf, root: signed_outside(pdf, root.signer(NAME), "Signature1", OVER)),
    ("locks", lambda pdf, root: signed_outside(pdf, root.signer(NAME), "kesatu", **LOCKED)),
    ("broken", lambda pdf, root: broken(plain(pdf, root))),
]
OF_STAMPS = [
    ("bytes", lambda pdf, root: stamp(written_anew(pdf), root)),
    ("changed", lambda pdf, root: stamp(painted(pdf), root)),
    ("large", lambda pdf, root: stamp(pdf, root, OVER)),
    ("covers", over_a_place),
    ("seal", falsely_sealed),
    ("expired", lambda pdf, root: signed_outside(pdf, root.signer("Meterai", GONE), "Meterai", CORNER)),
    ("fields", plain),
    ("locks", certifying),
    ("locks", lambda pdf, root: stamp(pdf, root, **LOCKED)),
    ("many", lambda pdf, root: signed_outside(stamp(pdf, root), root.signer(NAME), "Lagi", HIDDEN)),
]


@pytest.mark.parametrize("trouble, made", FAULTS, ids=[f"{each[0]}-{at}" for at, each in enumerate(FAULTS)])
def test_what_is_wrong_with_a_signature_is_said(paper, root, trouble, made):
    assert judged(paper, made(paper, root), root).trouble == trouble


@pytest.mark.parametrize("trouble, made", OF_STAMPS, ids=[f"{each[0]}-{at}" for at, each in enumerate(OF_STAMPS)])
def test_what_is_wrong_with_a_stamp_is_said(paper, root, trouble, made):
    assert judged(paper, made(paper, root), root, own="").trouble in (
        trouble,
        "fields" if made is certifying else trouble,
    )


def test_a_file_that_is_too_heavy_is_said_to_be(paper, root, monkeypatch):
    monkeypatch.setattr("bermitra.foundation.documents.outside.answered", lambda *asked: None)
    assert judged(paper, plain(paper, root), root).trouble == "heavy"


def test_a_file_that_had_no_turn_is_said_to_wait_and_not_to_be_heavy(paper, root, monkeypatch):
    monkeypatch.setattr(looking, "PATIENCE", 0.1)
    for _each in range(looking.AT_ONCE):
        looking._turns.acquire()
    try:
        assert judged(paper, plain(paper, root), root).trouble == "busy"
        assert looking.looked_at(paper, [root.der]) is None
    finally:
        for _each in range(looking.AT_ONCE):
            looking._turns.release()


@pytest.mark.slow
def test_a_file_made_to_be_read_for_ever_is_ended_within_seconds(paper, root):
    """Thousands of empty revisions, each compared with the one before."""
    content, (size, top) = bytearray(paper), _trailer(paper)
    before = int(paper[paper.rindex(b"startxref") + 9 :].split()[0])
    for _each in range(6_000):
        at = len(content)
        content += b"xref\n0 0\ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size, top, before)
        content += b"startxref\n%d\n%%%%EOF\n" % at
        before = at
    signed, began = plain(bytes(content), root), time.monotonic()
    assert judged(paper, signed, root).trouble == "heavy"
    assert time.monotonic() - began < 2 * looking.SECONDS + 1


def _trailer(pdf: bytes) -> tuple[int, int]:
    with pikepdf.open(io.BytesIO(pdf)) as held:
        return int(held.trailer.Size), held.trailer.Root.objgen[0]


def test_rubbish_behind_our_bytes_is_no_signature(paper, root):
    for behind in (b"\n", b"%%EOF", b"startxref\n0\n%%EOF\n", b"\0" * 5_000):
        assert judged(paper, paper + behind, root).trouble in ("none", "broken", "changed")
