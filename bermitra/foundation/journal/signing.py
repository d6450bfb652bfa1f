"""The instance's Ed25519 key and signed notes in the format of C2SP (signed-note, tlog-checkpoint).

The key is made at first use under ``BERMITRA_HOME/keys``, apart from the database and from the ordinary backup.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bermitra.foundation.home import secret

ED25519 = b"\x01"  # signature type of a signed note


def signing_key(place: Path) -> Ed25519PrivateKey:
    """The key that signs checkpoints of the instance whose home is ``place``; derived from its own secret file."""
    return Ed25519PrivateKey.from_private_bytes(sha256(secret(place, "checkpoint").encode()).digest())


def public_bytes(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_hash(name: str, key: Ed25519PublicKey) -> bytes:
    return sha256(name.encode() + b"\n" + ED25519 + public_bytes(key)).digest()[:4]


def verifier_key(name: str, key: Ed25519PublicKey) -> str:
    """The line to hand to whoever checks: ``name+hash+key``."""
    return f"{name}+{key_hash(name, key).hex()}+{b64encode(ED25519 + public_bytes(key)).decode()}"


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    return f"{origin}\n{size}\n{b64encode(root).decode()}\n"


def signed_note(text: str, name: str, key: Ed25519PrivateKey) -> str:
    signature = key_hash(name, key.public_key()) + key.sign(text.encode())
    return f"{text}\n— {name} {b64encode(signature).decode()}\n"


def note_holds(note: str, name: str, key: Ed25519PublicKey) -> bool:
    """Is ``note`` signed by ``name`` with ``key``, to the letter?"""
    text, _, signatures = note.partition("\n\n")
    for line in signatures.splitlines():
        mark, _, rest = line.partition(" ")
        signer, _, encoded = rest.partition(" ")
        if mark != "—" or signer != name:
            continue
        try:
            raw = b64decode(encoded, validate=True)
            key.verify(raw[4:], f"{text}\n".encode())
        except (ValueError, InvalidSignature):
            return False
        return raw[:4] == key_hash(name, key)
    return False
