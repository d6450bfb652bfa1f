"""Does a line stand in the journal that a signed checkpoint speaks of? From the line, the hashes beside it and the key."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY_LINE = "# jurnal: "  # before the certificates, in the same file
ED25519 = b"\x01"


class Untrue(Exception):
    """What is wrong, in words for the reader."""


def line_holds(line: dict[str, Any], certificate: str) -> int:
    """The number of the line, when all of it holds. Raises :class:`Untrue`."""
    entry = sha256(b"\x00" + bytes.fromhex(line["before"]) + line["body"].encode()).digest()
    if entry.hex() != line["hash"]:
        raise Untrue("baris jurnal tidak cocok dengan sidiknya.")
    number = int(json.loads(line["body"])["seq"])
    note = str(line["note"])
    size, root = _checkpoint(note)
    if _climbed(entry, number - 1, size, [bytes.fromhex(each) for each in line["path"]]) != root:
        raise Untrue("baris jurnal tidak termasuk dalam titik periksa.")
    if not _signed(note, certificate):
        raise Untrue("titik periksa tidak ditandatangani dengan kunci jurnal ini.")
    return number


def _checkpoint(note: str) -> tuple[int, bytes]:
    try:
        _origin, size, root, *_rest = note.split("\n")
        return int(size), b64decode(root, validate=True)
    except ValueError:
        raise Untrue("titik periksa tidak terbaca.") from None


def _climbed(entry: bytes, at: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that the path leads to; ``None`` where it is too long or too short (RFC 9162 §2.1.3.2)."""
    if not 0 <= at < size:
        return None
    last, here = size - 1, sha256(b"\x00" + entry).digest()
    for beside in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            here = sha256(b"\x01" + beside + here).digest()
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            here = sha256(b"\x01" + here + beside).digest()
        at, last = at // 2, last // 2
    return here if last == 0 else None


def _signed(note: str, certificate: str) -> bool:
    text, _blank, signatures = note.partition("\n\n")
    for told in certificate.splitlines():
        if not told.startswith(KEY_LINE):
            continue
        name, mark, encoded = told.removeprefix(KEY_LINE).split("+", 2)  # the key may hold a plus, the name may not
        raw = b64decode(encoded)
        if raw[:1] != ED25519 or sha256(f"{name}\n".encode() + raw).digest()[:4].hex() != mark:
            continue
        key = Ed25519PublicKey.from_public_bytes(raw[1:])
        if any(_by(each, name, bytes.fromhex(mark), key, text) for each in signatures.splitlines()):
            return True
    return False


def _by(line: str, name: str, mark: bytes, key: Ed25519PublicKey, text: str) -> bool:
    dash, _, rest = line.partition(" ")
    signer, _, encoded = rest.rpartition(" ")
    if dash != "—" or signer != name:
        return False
    raw = b64decode(encoded)
    if raw[:4] != mark or b64encode(raw).decode() != encoded:
        return False
    try:
        key.verify(raw[4:], f"{text}\n".encode())
    except InvalidSignature:
        return False
    return True
