"""The ways to falsify a signed PDF, tried on the product's own file: no one of them leaves all three lights green.

Some are seen by the signatures, some only by the registered bytes; that is why there are three lights and not one.
"""

from __future__ import annotations

import io
import random

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject
from pyhanko.sign import fields

from bermitra.agreements import queries
from bermitra.foundation.documents import authority, files, lights, signing
from bermitra.foundation.documents.queries import by_code
from bermitra.portal.verification import compare
from tests.agreements import makers

pytestmark = pytest.mark.django_db(transaction=True)
N = generic.pdf_name
CHANGES = 300


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


class Case:
    """The locked paper, the file with one and with both signatures, and the paper's row."""

    def __init__(self, people):
        agreement = makers.a_locked_agreement(people)
        self.locked = files.read(agreement.paper.file.sha256)
        agreement = makers.signed_by(people, agreement, "kades")
        self.once = files.read(queries.signed_file(agreement).file.sha256)
        agreement = makers.signed_by(people, agreement, "mitra.direktur")
        self.good = files.read(queries.signed_file(agreement).file.sha256)
        found = by_code(agreement.paper.code)
        assert found is not None
        self.paper, self.carried = found, queries.carried_by(found)[0]

    def lit(self, content: bytes) -> list[bool]:
        return [each.good for each in compare(self.paper, content).lights]


def grown(content: bytes, change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def overlay(w):
    page = w.find_page_for_modification(0)[0].get_object()
    over = w.add_object(generic.StreamObject(stream_data=b"q 1 0 0 rg 50 400 300 40 re f Q"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), over])
    w.update_container(page)


def note_over_the_amount(w):
    page = w.find_page_for_modification(0)[0].get_object()
    note = w.add_object(
        generic.DictionaryObject({
            N("/Type"): N("/Annot"), N("/Subtype"): N("/FreeText"), N("/Contents"): generic.pdf_string("Rp 1"),
            N("/Rect"): generic.ArrayObject(map(generic.NumberObject, [50, 400, 300, 500])),
            N("/DA"): generic.pdf_string("/Helv 30 Tf"),
        })
    )  # fmt: skip
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", ()), note])
    w.update_container(page)


def one_more_page(w):
    empty = w.add_object(generic.StreamObject(stream_data=b""))
    w.insert_page(PageObject(contents=empty, media_box=(0, 0, 609, 935)))


def a_program(w):
    w.root["/OpenAction"] = generic.DictionaryObject({
        N("/S"): N("/JavaScript"), N("/JS"): generic.pdf_string("app.alert(1)"),
    })  # fmt: skip
    w.update_root()


def one_more_field(w):
    fields.append_signature_field(w, fields.SigFieldSpec("Lain", on_page=0, box=(10, 10, 90, 40)))


ATTACKS = {
    "an overlay on the page": lambda c: grown(c.good, overlay),
    "a note over the amount": lambda c: grown(c.good, note_over_the_amount),
    "one more page": lambda c: grown(c.good, one_more_page),
    "a program at opening": lambda c: grown(c.good, a_program),
    "one more empty field": lambda c: grown(c.good, one_more_field),
    "the range of a signature renamed": lambda c: c.good.replace(b"/ByteRange", b"/ByteRangX", 1),
    "the last signature cut off and something put behind": lambda c: c.once + b"\n",
    "the unsigned text with something behind": lambda c: c.locked + b"\n",
}


def test_no_known_attack_leaves_three_green_lights(people):
    case = Case(people)
    assert case.lit(case.good) == [True, True, True]
    for name, make in ATTACKS.items():
        content = make(case)
        assert content != case.good, name
        found = case.lit(content)
        assert found == [False, False, False], (name, found)


def test_one_signature_or_none_is_registered_and_still_not_enough(people):
    case = Case(people)
    for content in (case.once, case.locked):
        assert case.lit(content) == [False, True, True]


def test_bytes_behind_the_end_leave_the_signatures_valid_and_are_seen_all_the_same(people):
    case = Case(people)
    assert case.lit(case.good + b"\nhello") == [True, False, False]


def test_the_same_names_under_another_authority(people, settings, tmp_path):
    case = Case(people)
    home = settings.BERMITRA_HOME
    settings.BERMITRA_HOME = tmp_path / "lain"
    forged = case.locked
    for found in signing.found_under(case.good, []):
        name, _comma, office = found.name.partition(", ")
        approval = signing.Approval(found.field, name, office, "Desa", makers.SIGNED, "kapan saja", "0000000000")
        forged = signing.sign(forged, approval, example=False)
    assert all(each.good for each in signing.found_in(forged, example=False))  # there
    settings.BERMITRA_HOME = home
    assert case.lit(forged) == [False, False, False]


def test_a_new_certificate_of_the_same_authority_is_not_the_signers(people):
    """Whoever steals the authority's key can make a valid signature, and still not one that the rows and the journal know."""
    case = Case(people)
    forged = case.locked
    for found in signing.found_in(case.good, example=False):
        name, _comma, office = found.name.partition(", ")
        approval = signing.Approval(found.field, name, office, "Desa", makers.SIGNED, "kapan saja", "0000000000")
        forged = signing.sign(forged, approval, example=False)
    assert all(each.good for each in signing.found_in(forged, example=False))
    assert case.lit(forged) == [False, False, False]


def test_of_three_hundred_changed_bits_every_one_is_found(people):
    case = Case(people)
    roots = authority.certificates(example=False)
    chance, found, by_signature = random.Random(1), 0, 0
    for number in range(CHANGES):
        at = chance.randrange(len(case.good))
        other = bytearray(case.good)
        other[at] ^= 1 << chance.randrange(8)
        content = bytes(other)
        if number % 10 == 0:  # the costly one for a part: it may miss some
            by_signature += not lights.signatures(case.carried, signing.found_under(content, roots)).good
        found += not lights.same_bytes(case.carried, content).good
    assert found == CHANGES
    assert by_signature > CHANGES / 10 * 0.8


def test_what_the_attacks_grow_from_is_read_as_a_pdf(people):
    case = Case(people)
    assert len(PdfFileReader(io.BytesIO(case.good)).embedded_signatures) == 2
