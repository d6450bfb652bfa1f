"""Signatures inside a PDF: good ones, broken ones, and those of somebody else."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from bermitra.foundation.documents import authority, signing
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.reserving import labels_of, reserve
from bermitra.foundation.documents.typst_pdf import boxes, render, render_with_boxes
from tests.foundation.documents.papers import EXAMPLE, ISSUED, agreement

MOMENT = datetime(2026, 3, 2, 3, 31, tzinfo=UTC)
FIRST = signing.Approval(
    "kesatu", "Suyatno", "Kepala Desa", "Sumberwaras", MOMENT, "2 Maret 2026 pukul 10.31 WIB", "7K3M9QXD2A"
)


OLD_KEY = (Path(__file__).parent / "key_of_before.pem").read_text()  # what an instance made before it had an authority


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


SECOND = replace(FIRST, field="kedua", name="Ratna Dewi", office="Direktur", act="8A2B5CDEF3")
PLACES = ("kesatu", "kedua")


def a_paper(example: bool = False):
    tree = compose(agreement(), EXAMPLE if example else ISSUED)
    return render(tree), {box.field: box for box in boxes(tree)}


def reserved(example: bool = False) -> bytes:
    """A paper as it is registered: with a field for each who signs."""
    tree = compose(agreement(), EXAMPLE if example else ISSUED)
    return reserve(render(tree), [box for box in boxes(tree) if box.field in PLACES], labels_of(tree))


def a_signed_paper(example: bool = False) -> bytes:
    pdf = reserved(example)
    for approval in (FIRST, SECOND):
        pdf = signing.sign(pdf, approval, example=example)
    return pdf


def test_fields_stand_in_the_paper_before_anybody_signs_and_it_stays_what_it_was():
    bare, _places = a_paper()
    before = reserved()
    assert before == reserved() and sorted(signing.fields_of(before)) == sorted(PLACES)
    assert signing.found_in(before, example=False) == []
    signed = a_signed_paper()
    assert signed.startswith(before)
    with pikepdf.open(io.BytesIO(bare)) as one, pikepdf.open(io.BytesIO(signed)) as other:
        assert other.pdf_version == "1.7" and other.Root.get("/Version") is None
        assert one.Root.Metadata.read_bytes() == other.Root.Metadata.read_bytes()  # PDF/A says what it said
        assert other.Root.MarkInfo.Marked is True
        held = [each for page in other.pages for each in page.obj.get("/Annots", [])]
        assert [str(each.TU) for each in held if each.get("/FT") == "/Sig"] == [
            "Tanda tangan RATNA DEWI, S.T., PIHAK KEDUA, Direktur PT Tirta Agro Lestari",
            "Tanda tangan SUYATNO, PIHAK KESATU, Kepala Desa Sumberwaras",
        ]
        tagged = {each.K.Obj.objgen for each in _forms(other.Root.StructTreeRoot.K)}
        assert {each.objgen for each in held if each.get("/FT") == "/Sig"} == tagged


def _forms(node):
    if isinstance(node, pikepdf.Array):
        return [found for each in node for found in _forms(each)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    return [node] if node.get("/S") == "/Form" else _forms(node.get("/K", 0))


def test_the_first_signature_certifies_and_allows_only_signatures():
    once = signing.sign(reserved(), SECOND, example=False)
    with pikepdf.open(io.BytesIO(once)) as paper:
        assert paper.Root.Perms.DocMDP.Reference[0].TransformParams.P == 2
    twice = signing.sign(once, FIRST, example=False)
    assert [(each.field, each.good) for each in signing.found_in(twice, example=False)] == [
        ("kedua", True),
        ("kesatu", True),
    ]


def test_the_longest_names_fit_into_certificate_and_reserved_place():
    """A certificate takes 64 bytes of a name, not 64 letters, and cuts no letter in two."""
    long = replace(FIRST, name="É" * 200, office="a" + "ę" * 200)
    found = signing.found_in(signing.sign(reserved(), long, example=False), example=False)
    assert [each.good for each in found] == [True]
    assert found[0].subject == "É" * 32


def test_every_signature_has_a_certificate_of_its_own_with_name_office_and_act(tmp_path):
    found = signing.found_in(a_signed_paper(), example=False)
    assert [each.subject for each in found] == ["Suyatno", "Ratna Dewi"]
    again = signing.found_in(a_signed_paper(), example=False)
    assert len({each.certificate for each in (*found, *again)}) == 4
    held = signing.certify(FIRST, example=False)
    made = x509.load_der_x509_certificate(held.certificate)
    said = {each.oid: each.value for each in made.subject}
    assert (said[NameOID.TITLE], said[NameOID.SERIAL_NUMBER]) == ("Kepala Desa", "7K3M9QXD2A")
    root = x509.load_pem_x509_certificate(signing.certificate_pem(example=False))
    made.verify_directly_issued_by(root)
    assert made.not_valid_after_utc < root.not_valid_after_utc
    kept = [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()]
    assert not any(held.key in each for each in kept) and len(kept) == 1  # only the authority's own key is kept


def test_a_paper_of_the_single_certificate_of_before_still_verifies(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "documents.pem").write_bytes(OLD_KEY.encode())
    old = authority.Credentials(*_old_parts())
    pdf, places = a_paper()
    for approval in (FIRST, SECOND):
        pdf = signing.sign(pdf, approval, places[approval.field], example=False, credentials=old)
    assert [each.good for each in signing.found_in(pdf, example=False)] == [True, True]
    (tmp_path / "keys" / "documents.pem").unlink()
    assert [each.good for each in signing.found_in(pdf, example=False)] == [False, False]


def _old_parts() -> tuple[bytes, bytes]:
    key = serialization.load_pem_private_key(OLD_KEY.encode(), None)
    made = x509.load_pem_x509_certificate(authority.certificate_part(OLD_KEY.encode()))
    return (
        made.public_bytes(serialization.Encoding.DER),
        key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )


def test_each_signature_is_a_field_of_its_own_and_keeps_the_bytes_before_it():
    pdf, places = a_paper()
    once = signing.sign(pdf, FIRST, places["kesatu"], example=False)
    both = signing.sign(once, replace(FIRST, field="kedua", name="Ratna Dewi"), places["kedua"], example=False)
    assert once.startswith(pdf) and both.startswith(once)
    found = signing.found_in(both, example=False)
    assert [(each.field, each.name, each.good) for each in found] == [
        ("kesatu", "Suyatno, Kepala Desa", True), ("kedua", "Ratna Dewi, Kepala Desa", True),
    ]  # fmt: skip


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_one_changed_byte_breaks_the_signature(part):
    pdf, _places = a_paper()
    signed = bytearray(a_signed_paper())
    signed[int(len(pdf) * part)] ^= 1
    assert not any(each.good for each in signing.found_in(bytes(signed), example=False))


def test_signatures_of_another_instance_are_not_good(settings, tmp_path):
    signed = a_signed_paper()
    settings.BERMITRA_HOME = tmp_path / "lain"
    assert [each.good for each in signing.found_in(signed, example=False)] == [False, False]


def test_an_example_is_never_good_as_a_paper_that_holds():
    signed = a_signed_paper(example=True)
    assert all(each.good for each in signing.found_in(signed, example=True))
    assert not any(each.good for each in signing.found_in(signed, example=False))


def test_the_certificate_of_examples_says_so():
    for example in (True, False):
        held = x509.load_pem_x509_certificate(signing.certificate_pem(example=example))
        for name in (held.subject, held.issuer):
            common = name.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
            assert ("CONTOH" in str(common)) is example


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path):
    first = signing.certificate_pem(example=False)
    assert signing.certificate_pem(example=False) == first
    assert (tmp_path / "keys" / "authority.pem").stat().st_mode & 0o777 == 0o600


def test_what_is_no_pdf_has_no_signatures():
    assert signing.found_in(b"bukan pdf", example=False) == []
    assert signing.found_in(a_paper()[0], example=False) == []


def test_places_are_found_in_the_layout_that_is_drawn():
    tree = compose(agreement(), ISSUED)
    assert render_with_boxes(tree) == (render(tree), boxes(tree))


def test_pages_are_counted():
    assert signing.page_count(a_paper()[0]) > 2
