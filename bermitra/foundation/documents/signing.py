"""Signatures inside a PDF (PAdES), each with a certificate of its own from the instance's authority, and reading them back.

Who approved is said by the rows of the act: name, office, moment and the number of the act stand in the signature as well.
The first signature certifies the paper: after it nothing may come but signatures in the fields that were reserved. Papers
locked before fields were reserved get a field with each signature, as they always did.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bermitra.foundation.documents import authority
from bermitra.foundation.documents.typst_pdf import Box, stamp

# What a signature takes in the file, in hexadecimal digits: three times what the longest names of a certificate make of it.
# Said beforehand, or the library signs once for nothing to find it out.
RESERVED = 8_192
# What was made to be misread is read in more ways than its library foresees.
MISREAD = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, AssertionError, ArithmeticError,
)  # fmt: skip
UNCERTIFIED = "Tanda tangan elektronik tidak tersertifikasi"  # what the law calls a signature of this kind


@dataclass(frozen=True)
class Approval:
    """What a signature says of itself: who, in which office, where, when, by which act."""

    field: str
    name: str
    office: str
    place: str
    at: datetime
    said_at: str  # the moment in the time of the place: "12 Maret 2026 pukul 10.31 WIB"
    act: str


@dataclass(frozen=True)
class Found:
    """A signature that was found in a PDF. ``good``: of this instance, unbroken, and nothing but signatures came after it."""

    field: str
    name: str
    at: datetime | None
    good: bool
    certificate: str = ""  # SHA-256 of the certificate it was made with
    subject: str = ""  # the name in that certificate
    end: int = 0  # how far into the file it reaches, in bytes


def certify(approval: Approval, *, example: bool) -> authority.Credentials:
    """The key and certificate for one signature; whoever signs with them keeps neither."""
    return authority.certify(name=approval.name, office=approval.office, act=approval.act, example=example)


def sign(
    pdf: bytes,
    approval: Approval,
    box: Box | None = None,
    *,
    example: bool,
    credentials: authority.Credentials | None = None,
) -> bytes:
    """``pdf`` with one more signature in its field; what was there before stays as it is, byte for byte.

    ``box`` says where the signature stands in a paper of before, that holds no field for it.
    """
    from asn1crypto import keys, x509
    from pyhanko import stamp as stamps
    from pyhanko.pdf_utils import content
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    held = credentials or certify(approval, example=example)
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(held.certificate),
        signing_key=keys.PrivateKeyInfo.load(held.key),
        cert_registry=SimpleCertificateStore(),
    )
    writer = _writer(pdf)
    reserved = {name: ref for name, _value, ref in fields.enumerate_sig_fields(writer)}
    signed_before = any(value is not None for _name, value, _ref in fields.enumerate_sig_fields(writer))
    if approval.field in reserved:
        left, bottom, right, top = (int(each) for each in reserved[approval.field].get_object()["/Rect"])
        width, height = right - left, top - bottom
    elif box is not None:
        place = (box.left, box.bottom, box.right, box.top)
        width, height = box.right - box.left, box.top - box.bottom
        fields.append_signature_field(writer, fields.SigFieldSpec(approval.field, on_page=box.page, box=place))
    else:
        raise ValueError(f"no field {approval.field} in this paper")
    lines = [UNCERTIFIED, approval.name, approval.said_at, f"Nomor tindakan {approval.act}"]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as picture:  # read while it is signed
        picture.write(stamp(lines, width, height, approval.at))
        picture.flush()
        meta = signers.PdfSignatureMetadata(
            field_name=approval.field,
            md_algorithm="sha256",
            name=f"{approval.name}, {approval.office}",
            reason=f"Menyetujui naskah ini; nomor tindakan {approval.act}",
            location=approval.place,
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=approval.field in reserved and not signed_before,
            docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        )
        looks = stamps.StaticStampStyle(
            background=content.ImportedPdfPage(picture.name), border_width=0, background_opacity=1
        )
        made = _signer_of_1_7()(meta, signer=signer, stamp_style=looks).sign_pdf(writer, bytes_reserved=RESERVED)
    return bytes(made.getvalue())


def found_in(pdf: bytes, *, example: bool) -> list[Found]:
    """The signatures in a PDF, in the order in which they were made. Bytes that are no PDF have none."""
    return found_under(pdf, authority.certificates(example=example))


def found_under(pdf: bytes, roots: list[bytes], moments: Mapping[str, datetime] | None = None) -> list[Found]:
    """The same, judged by other certificates than this instance's: ``roots`` as DER.

    ``moments`` say of fields when their signature was taken in: its certificate must have held then, not for ever.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    now, then = judging(roots), {field: judging(roots, at) for field, at in (moments or {}).items()}
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        return [looked_at(each, then.get(each.field_name, now)) for each in signatures]
    except (PdfError, *MISREAD):
        return []


def judging(roots: list[bytes], at: datetime | None = None) -> Any:
    """What the library judges a signature by: the certificates that count, and the moment; now where none is said."""
    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext

    trusted = [x509.Certificate.load(each) for each in roots]
    return ValidationContext(trust_roots=trusted, allow_fetching=False, moment=at)


def looked_at(each: Any, context: Any, usage: Any = None) -> Found:
    """``usage``: what the certificate must be for, where that is other than for signing in one's own name."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        status = validate_pdf_signature(each, signer_validation_context=context, key_usage_settings=usage)
        allowed = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
        covers = status.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
        good = (
            status.intact
            and status.valid
            and status.trusted
            and covers
            and status.docmdp_ok is not False
            and status.modification_level in allowed
        )
    except SignatureValidationError:
        good = False
    certificate = each.signer_cert
    said = certificate.subject.native.get("common_name", "") if certificate is not None else ""
    return Found(
        each.field_name,
        str(each.sig_object.get("/Name", "")),
        each.self_reported_timestamp,
        bool(good),
        certificate.sha256.hex() if certificate is not None else "",
        said if isinstance(said, str) else " ".join(said),
        int(each.byte_range[2]) + int(each.byte_range[3]),
    )


def fields_of(pdf: bytes) -> list[str]:
    """The names of the signature fields in one of our own papers, filled or not."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    return [name for name, _value, _ref in enumerate_sig_fields(PdfFileReader(io.BytesIO(pdf)))]


def page_count(pdf: bytes) -> int:
    """How many pages one of our own papers has."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    return int(PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"])


def certificate_pem(*, example: bool) -> bytes:
    """The certificates, to hand to whoever checks a paper without this instance."""
    return authority.certificate_pem(example=example)


def _writer(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Quiet(IncrementalPdfFileWriter):
        """The packet of metadata stays as the PDF/A writer made it; the library would write it anew each time."""

        def _update_meta(self) -> None:
            pass

    return Quiet(io.BytesIO(pdf))


def _signer_of_1_7() -> Any:
    from pyhanko.sign.signers import pdf_signer

    class Signer(pdf_signer.PdfSigner):
        """The library would raise the file to PDF 2.0 for this kind of key, and PDF/A-3 is PDF 1.7; readers know the key."""

        def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
            pdf_signer._ensure_esic_ext(pdf_out)

    return Signer
