"""The instance's own authority: it certifies who signed, one signature at a time.

Two authorities are made at first use under ``BERMITRA_HOME/keys``, one for papers that hold and one for examples, whose
name says CONTOH. For each signature a key and a certificate are made with the signer's name and office and the number of the act; the key
signs once and is nowhere kept, so nobody can sign with it again. Papers of before were signed with one single
certificate of the instance: it signs no more, and stays known so that they still verify.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from bermitra.foundation.home import make_rooms

FILES = {False: "authority.pem", True: "authority-contoh.pem"}  # by whether it is for examples
OLD_FILES = {False: "documents.pem", True: "documents-contoh.pem"}
YEARS = 30  # longer than any agreement: a certificate that ran out would make old papers look false
ALL_YEARS = 2 * YEARS  # of the authority: no certificate outlives it in the years in which it may sign
ROOT_ENDINGS = (".pem", ".crt", ".cer")
_LONGEST = 64  # bytes of a name in a certificate
_BEGIN = b"-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True)
class Credentials:
    """A key for one signature, in memory only, and the certificate that goes with it, both as DER."""

    certificate: bytes
    key: bytes

    @property
    def fingerprint(self) -> str:
        return x509.load_der_x509_certificate(self.certificate).fingerprint(hashes.SHA256()).hex()


def certify(*, name: str, office: str, act: str, example: bool) -> Credentials:
    """A new key and its certificate: this person, in this office, by this act."""
    authority, authority_key = _authority(example)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = [
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.COMMON_NAME, name),
        (NameOID.TITLE, office),
        (NameOID.SERIAL_NUMBER, act),
    ]
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = (
        _begun(_name(subject), authority.subject, key.public_key(), YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Credentials(made.public_bytes(serialization.Encoding.DER), private)


def certificates(*, example: bool) -> list[bytes]:
    """Whose signatures are this instance's, as DER: of the authority, and of the single certificate of before."""
    found = [_authority(example)[0]]
    old: Path = settings.BERMITRA_HOME / "keys" / OLD_FILES[example]
    if old.exists():
        found.append(x509.load_pem_x509_certificate(certificate_part(old.read_bytes())))
    return [each.public_bytes(serialization.Encoding.DER) for each in found]


def roots(*, example: bool, national: bool) -> list[bytes]:
    """Whose signatures count: this instance's, and those under the national certificates where such a one is looked for."""
    return [*certificates(example=example), *(trusted() if national else ())]


def trusted() -> list[bytes]:
    """The roots of the national certificate authorities (BSrE and the like) that the keeper of this instance laid into
    ``BERMITRA_HOME/trust``, as DER. A file that is no certificate counts for nothing."""
    found = []
    for path in sorted((settings.BERMITRA_HOME / "trust").glob("*")):
        if path.suffix not in ROOT_ENDINGS:
            continue
        content = path.read_bytes()
        try:
            read = (
                x509.load_pem_x509_certificates(content)
                if _BEGIN in content
                else [x509.load_der_x509_certificate(content)]
            )
        except ValueError:
            continue
        found += [each.public_bytes(serialization.Encoding.DER) for each in read]
    return found


def certificate_pem(*, example: bool) -> bytes:
    """The same certificates, to hand to whoever checks a paper without this instance."""
    return pem_of(certificates(example=example))


def pem_of(certificates: list[bytes]) -> bytes:
    found = (x509.load_der_x509_certificate(each) for each in certificates)
    return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in found)


def certificate_part(pem: bytes) -> bytes:
    return pem[pem.index(_BEGIN) :]


def _authority(example: bool) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Key and certificate of the authority, made at first use and readable by its owner alone."""
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
    pem = path.read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101  made below
    return x509.load_pem_x509_certificate(certificate_part(pem)), key


def _made(example: bool) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    host = str(settings.BERMITRA_ORIGIN).split("//")[-1].split(":")[0]
    says = f"CONTOH – TIDAK BERLAKU – {host}" if example else f"Bermitra {host}"
    name = _name([(NameOID.COUNTRY_NAME, "ID"), (NameOID.COMMON_NAME, says)])
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    certificate = (
        _begun(name, name, key.public_key(), ALL_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, years: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # for whoever's clock is a little behind
        .not_valid_after(now + timedelta(days=years * 365))
    )


def _name(parts: list[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    fitting = ((oid, value.strip().encode()[:_LONGEST].decode(errors="ignore").strip()) for oid, value in parts)
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in fitting if value])
