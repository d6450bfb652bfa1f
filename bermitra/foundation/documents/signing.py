"""Signatures inside a PDF (PAdES), made with the instance's own certificate, and reading them back.

Who approved is said by the rows of the act: name, office, moment and the number of the act stand in the signature as well.
The certificate says one thing: this instance put this approval on these bytes, and nothing was changed since. It is made at
first use under ``BERMITRA_HOME/keys``: one for papers that hold, one for examples, whose subject says CONTOH.
"""

from __future__ import annotations

import io
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from bermitra.foundation.documents.typst_pdf import Box, stamp
from bermitra.foundation.home import make_rooms

FILES = {False: "documents.pem", True: "documents-contoh.pem"}  # by whether it is for examples
YEARS = 30  # longer than any agreement: a certificate that ran out would make old papers look false


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


def sign(pdf: bytes, approval: Approval, box: Box, *, example: bool) -> bytes:
    """``pdf`` with one more signature at ``box``; what was there before stays as it is, byte for byte."""
    from pyhanko import stamp as stamps
    from pyhanko.pdf_utils import content, incremental_writer
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    certificate, key = _credentials(example)
    signer = signers.SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=SimpleCertificateStore())
    writer = incremental_writer.IncrementalPdfFileWriter(io.BytesIO(pdf))
    fields.append_signature_field(
        writer, fields.SigFieldSpec(approval.field, on_page=box.page, box=(box.left, box.bottom, box.right, box.top))
    )
    lines = ["Ditandatangani secara elektronik", approval.name, approval.said_at, f"Nomor tindakan {approval.act}"]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as picture:
        picture.write(stamp(lines, box.right - box.left, box.top - box.bottom, approval.at))
        picture.flush()
        meta = signers.PdfSignatureMetadata(
            field_name=approval.field,
            md_algorithm="sha256",
            name=f"{approval.name}, {approval.office}",
            reason=f"Menyetujui naskah ini; nomor tindakan {approval.act}",
            location=approval.place,
            subfilter=fields.SigSeedSubFilter.PADES,
        )
        looks = stamps.StaticStampStyle(background=content.ImportedPdfPage(picture.name), border_width=0)
        made = signers.PdfSigner(meta, signer=signer, stamp_style=looks).sign_pdf(writer)
    return bytes(made.getvalue())


def found_in(pdf: bytes, *, example: bool) -> list[Found]:
    """The signatures in a PDF, in the order in which they were made. Bytes that are no PDF have none."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    certificate, _key = _credentials(example)
    context = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    found = []
    try:
        for each in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
            try:
                status = validate_pdf_signature(each, signer_validation_context=context)
                late = status.modification_level not in (
                    ModificationLevel.NONE,
                    ModificationLevel.LTA_UPDATES,
                    ModificationLevel.FORM_FILLING,
                )
                good = status.intact and status.valid and status.trusted and not late
            except SignatureValidationError:
                good = False
            name = str(each.sig_object.get("/Name", ""))
            found.append(Found(each.field_name, name, each.self_reported_timestamp, bool(good)))
    except (PdfError, ValueError, KeyError, TypeError):
        return []
    return found


def page_count(pdf: bytes) -> int:
    """How many pages one of our own papers has."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    return int(PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"])


def certificate_pem(*, example: bool) -> bytes:
    """The certificate, to hand to whoever checks a paper without this instance."""
    return certificate_part(_pem(example))


def _credentials(example: bool) -> tuple[Any, Any]:
    """Certificate and key as the wrapped library reads them."""
    from pyhanko.keys.pemder import load_certs_from_pemder_data, load_private_key_from_pemder_data

    pem = _pem(example)
    return next(iter(load_certs_from_pemder_data(certificate_part(pem)))), load_private_key_from_pemder_data(pem, None)


def certificate_part(pem: bytes) -> bytes:
    return pem[pem.index(b"-----BEGIN CERTIFICATE-----") :]


def _pem(example: bool) -> bytes:
    """Key and certificate of this instance, made at first use and readable by its owner alone."""
    path: Path = settings.BERMITRA_HOME / "keys" / FILES[example]
    if not path.exists():
        make_rooms(settings.BERMITRA_HOME)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as half:  # mode 0600
            half.write(_made(example))
            half.flush()
            os.fsync(half.fileno())
        try:
            os.link(half.name, path)  # refuses where another process was quicker: its key is the key
        except FileExistsError:
            pass
        finally:
            os.unlink(half.name)
    return path.read_bytes()


def _made(example: bool) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    host = str(settings.BERMITRA_ORIGIN).split("//")[-1].split(":")[0]
    says = f"CONTOH – TIDAK BERLAKU – {host}" if example else f"Bermitra {host}"
    name = x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"), x509.NameAttribute(NameOID.COMMON_NAME, says[:64])]
    )
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=YEARS * 365))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
