"""Signatures inside a PDF: good ones, broken ones, and those of somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from bermitra.foundation.documents import signing
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.typst_pdf import boxes, render
from tests.foundation.documents.papers import EXAMPLE, ISSUED, agreement

MOMENT = datetime(2026, 3, 2, 3, 31, tzinfo=UTC)
FIRST = signing.Approval(
    "kesatu", "Suyatno", "Kepala Desa", "Sumberwaras", MOMENT, "2 Maret 2026 pukul 10.31 WIB", "7K3M9QXD2A"
)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


def a_paper(example: bool = False):
    tree = compose(agreement(), EXAMPLE if example else ISSUED)
    return render(tree), {box.field: box for box in boxes(tree)}


def a_signed_paper(example: bool = False) -> bytes:
    pdf, places = a_paper(example)
    for approval in (FIRST, replace(FIRST, field="kedua", name="Ratna Dewi", office="Direktur")):
        pdf = signing.sign(pdf, approval, places[approval.field], example=example)
    return pdf


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
    assert (tmp_path / "keys" / "documents.pem").stat().st_mode & 0o777 == 0o600


def test_what_is_no_pdf_has_no_signatures():
    assert signing.found_in(b"bukan pdf", example=False) == []
    assert signing.found_in(a_paper()[0], example=False) == []


def test_pages_are_counted():
    assert signing.page_count(a_paper()[0]) > 2
