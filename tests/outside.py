"""Roots, certificates and signatures of other programs than ours, made by the tests themselves."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

SINCE, UNTIL = (
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(2026, 6, 1, tzinfo=UTC),
)  # run out long ago when lights are read


@dataclass
class Root:
    """A certificate authority of the test."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @classmethod
    def made(cls, name: str) -> Root:
        key = rsa.generate_private_key(65537, 2048)
        named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        made = _begun(named, named, key, datetime(2040, 1, 1, tzinfo=UTC))
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        return cls(made.add_extension(usage, critical=True).sign(key, hashes.SHA256()), key)

    def signer(self, name: str, until: datetime = UNTIL) -> signers.SimpleSigner:
        key = rsa.generate_private_key(65537, 2048)
        named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        made = _begun(named, self.certificate.subject, key, until)
        made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        given = made.add_extension(usage, critical=True).sign(self.key, hashes.SHA256())
        private = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return signers.SimpleSigner(
            signing_cert=asn1.Certificate.load(given.public_bytes(serialization.Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(private),
            cert_registry=SimpleCertificateStore(),
        )

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def _begun(subject, issuer, key, until):
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SINCE)
        .not_valid_after(until)
    )


def signed_outside(
    pdf: bytes, signer: signers.SimpleSigner, field: str = "PihakKesatu", box=None, page=0, **meta
) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if box is not None:
        fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=page, box=box))
    said = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256", **meta)
    return signers.sign_pdf(writer, said, signer=signer).getvalue()
