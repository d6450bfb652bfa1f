"""The signatures that lie in the bytes of a PDF, without reading it as a PDF.

A signature names the two ranges of bytes it covers; between them lies nothing but itself. Taken in order, each must begin
at the first byte, reach further than the one before, and the last must reach the end of the file. So everything
after the registered text was covered by somebody who signed, whatever it shows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_HASHES: dict[str, Any] = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
LONGEST_CHAIN = 5


@dataclass(frozen=True)
class Signed:
    """One signature: SHA-256 of its certificate, the name in it, and what is wrong with it; "" for nothing."""

    certificate: str
    name: str
    trouble: str = ""


def certificates_in(pem: bytes) -> list[x509.Certificate]:
    return [x509.load_pem_x509_certificate(each) for each in _PEM.findall(pem)]


def signatures_in(content: bytes, roots: list[x509.Certificate], registered: int = 0) -> list[Signed]:
    """All of them, in the order of what they cover. Those that end within the first ``registered`` bytes came before
    anybody signed: the seal of an electronic duty stamp, which is looked at with those bytes and not as a signature."""
    ranges = sorted(tuple(int(each) for each in found.groups()) for found in _RANGE.finditer(content))
    ranges.sort(key=lambda each: each[2] + each[3])
    found, reached = [], 0
    for start, length, second, rest in ranges:
        end = second + rest
        whole = start == 0 and reached < length < second and end <= len(content)
        if whole and end <= registered:
            reached = end
            continue
        found.append(_looked_at(content, length, second, rest, roots) if whole else Signed("", "", _RANGE_BROKEN))
        reached = end
    if found and reached != len(content):
        found.append(Signed("", "", "ada data di belakang tanda tangan terakhir."))
    return found


_RANGE_BROKEN = "tanda tangan tidak mencakup berkas dari awal."


def _looked_at(content: bytes, length: int, second: int, rest: int, roots: list[x509.Certificate]) -> Signed:
    between = content[length:second]
    if not re.fullmatch(rb"<[0-9A-Fa-f]+>", between):
        return Signed("", "", _RANGE_BROKEN)
    try:
        held = cms.ContentInfo.load(bytes.fromhex(between[1:-1].decode()), strict=False)["content"]
        signer = held["signer_infos"][0]
        sent = [x509.load_der_x509_certificate(each.dump()) for each in held["certificates"]]
        number = signer["sid"].chosen["serial_number"].native
        certificate = next(each for each in sent if each.serial_number == number)
    except (ValueError, TypeError, KeyError, StopIteration, IndexError):
        return Signed("", "", "tanda tangan tidak terbaca.")
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    name = str(names[0].value) if names else ""
    mark = certificate.fingerprint(hashes.SHA256()).hex()
    covered = content[:length] + content[second : second + rest]
    if not _holds(signer, certificate, covered):
        return Signed(mark, name, f"tanda tangan {name} rusak: isinya berubah sesudah ditandatangani.")
    if not any(_chain(certificate, sent, roots)):
        return Signed(mark, name, f"sertifikat {name} bukan dari penerbit yang diberikan.")
    return Signed(mark, name)


def _holds(signer: Any, certificate: x509.Certificate, covered: bytes) -> bool:
    """The signed attributes name the hash of these bytes, and the certificate's key signed the attributes."""
    algorithm = signer["digest_algorithm"]["algorithm"].native
    attributes = signer["signed_attrs"]
    said = {each["type"].native: each["values"][0].native for each in attributes}
    if algorithm not in _HASHES or said.get("message_digest") != hashlib.new(algorithm, covered).digest():
        return False
    key, chosen = certificate.public_key(), _HASHES[algorithm]()
    signature, message = signer["signature"].native, attributes.untag().dump()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, message, ec.ECDSA(chosen))
        elif isinstance(key, rsa.RSAPublicKey):
            pss = signer["signature_algorithm"]["algorithm"].native == "rsassa_pss"
            way = padding.PSS(padding.MGF1(chosen), padding.PSS.AUTO) if pss else padding.PKCS1v15()
            key.verify(signature, message, way, chosen)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _chain(
    certificate: x509.Certificate, sent: list[x509.Certificate], roots: list[x509.Certificate], depth: int = 0
) -> Iterator[bool]:
    """True once for every way from the certificate to one of the roots."""
    if certificate in roots:
        yield True
    if depth < LONGEST_CHAIN:
        for issuer in (*roots, *sent):
            if issuer != certificate and _issued(certificate, issuer):
                yield from _chain(issuer, sent, roots, depth + 1)


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        may = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        certificate.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    return may
