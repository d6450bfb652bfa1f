"""``make bench NAME=documents``: drawing, issuing and checking an agreement against Typst and pyHanko alone (P14, P15).

The floors are the libraries without the product: Typst drawing the composed tree, pyHanko signing a file once and
validating its signatures. Typst remembers layouts, so whoever is measured issuing and its floor each draw a paper with a
code of its own, that was not drawn before. The agreement is that of the tests; the long one has a hundred pages.
"""

from __future__ import annotations

import io
import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bench.common import Report, alternately, own_home, ratio, seconds

PAGES, LETTERS_OF_A_PAGE = 100, 4_300
MOMENT = datetime(2026, 3, 2, 3, 31, tzinfo=UTC)
_keys = itertools.count()


def main() -> None:
    with own_home():
        from tests.foundation.documents.papers import agreement

        report = Report("documents")
        short, long = agreement(), _long(agreement())
        taken = alternately({
            "draw": lambda: seconds(lambda: _composed_and_drawn(short)),
            "typst": lambda: _bare_typst(short),
            "issue": lambda: seconds(lambda: _issued(short)),
            "typst and pyhanko": lambda: _bare_issue(short),
        })  # fmt: skip
        # By themselves: threads that draw throw out what Typst remembers of a layout, for whoever comes next.
        taken |= alternately({
            "four in a row": lambda: seconds(lambda: [_composed_and_drawn(short) for _each in range(4)]),
            "eight at once": lambda: seconds(lambda: _at_once(short, 8)),
        })  # fmt: skip
        signed = _issued(long)
        from bermitra.foundation.documents import signing

        pages = signing.page_count(signed)
        taken |= alternately({
            f"check {pages} pages": lambda: seconds(lambda: _checked(signed)),
            "pyhanko checks": lambda: _bare_check(signed),
        })  # fmt: skip
        for name, times in taken.items():
            report.times(name, times)
        report.goal("P14 drawn", ratio(taken["draw"], taken["typst"]), 2)
        report.goal("P14 eight at once", ratio(taken["eight at once"], taken["four in a row"]), 1.8)
        report.goal("P15 issued", ratio(taken["issue"], taken["typst and pyhanko"]), 1.5)
        report.goal("P15 checked", ratio(taken[f"check {pages} pages"], taken["pyhanko checks"]), 1.5)
        report.end()


def _long(document: Any) -> Any:
    from bermitra.foundation.documents import model as m

    words = "Para pihak melaksanakan kegiatan sebagaimana disepakati dalam lampiran perjanjian ini. "
    page = m.Paragraph(words * (LETTERS_OF_A_PAGE // len(words)))
    return replace(document, blocks=(*(page,) * PAGES, *document.blocks))


def _composed_and_drawn(document: Any) -> bytes:
    from bermitra.foundation.documents.compose import compose
    from bermitra.foundation.documents.typst_pdf import render

    return render(compose(document))


def _at_once(document: Any, many: int) -> None:
    with ThreadPoolExecutor(many) as threads:
        list(threads.map(lambda _each: _composed_and_drawn(document), range(many)))


def _approval(field: str) -> Any:
    from bermitra.foundation.documents.signing import Approval

    return Approval(
        field, "Suyatno", "Kepala Desa", "Sumberwaras", MOMENT, "2 Maret 2026 pukul 10.31 WIB", "7K3M9QXD2A"
    )


def _issued(document: Any) -> bytes:
    """Composed, drawn, fields reserved, stored; then signed once by its own certificate and stored again."""
    from bermitra.foundation.documents import files, issuing, signing

    paper = issuing.prepare(document, key=str(next(_keys)), about="bench:1", to_sign=("kesatu", "kedua"))
    signed = signing.sign(files.read(paper.pdf.sha256), _approval("kesatu"), example=False)
    files.put(signed, media_type="application/pdf", name="bench.pdf")
    return signed


def _own_code() -> Any:
    from bermitra.foundation.documents.compose import Issued
    from bermitra.foundation.documents.issuing import address_of, code_for

    code = code_for(str(next(_keys)), "bench", "bench:1")
    return Issued(code, address_of(code), example=False)


def _bare_typst(document: Any) -> float:
    from bermitra.foundation.documents.compose import compose
    from bermitra.foundation.documents.typst_pdf import render

    tree = compose(document)
    return seconds(lambda: render(tree))


def _bare_issue(document: Any) -> float:
    """Typst, and pyHanko with a key that lies ready, its own stamp, and a field made as it signs."""
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from bermitra.foundation.documents import qr, signing
    from bermitra.foundation.documents.compose import compose
    from bermitra.foundation.documents.typst_pdf import render

    tree, held = compose(document, _own_code()), signing.certify(_approval("kesatu"), example=False)
    qr.bare_svg(tree["furniture"]["address"])  # remembered: its making is not Typst's
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(held.certificate),
        signing_key=keys.PrivateKeyInfo.load(held.key),
        cert_registry=SimpleCertificateStore(),
    )
    meta = signers.PdfSignatureMetadata(
        field_name="kesatu", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, certify=True
    )
    place = fields.SigFieldSpec("kesatu", on_page=0, box=(50, 50, 200, 110))

    def work() -> None:
        writer = IncrementalPdfFileWriter(io.BytesIO(render(tree)))
        signers.PdfSigner(meta, signer=signer, new_field_spec=place).sign_pdf(writer)

    return seconds(work)


def _checked(pdf: bytes) -> None:
    from bermitra.foundation.documents import signing

    assert all(each.good for each in signing.found_in(pdf, example=False))


def _bare_check(pdf: bytes) -> float:
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    from bermitra.foundation.documents import authority

    roots = [x509.Certificate.load(each) for each in authority.certificates(example=False)]

    def work() -> None:
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        for each in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
            assert validate_pdf_signature(each, signer_validation_context=context).bottom_line

    return seconds(work)


if __name__ == "__main__":
    main()
