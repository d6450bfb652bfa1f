"""Values that nobody reads by accident: AES-256-GCM under one key a holder, which itself lies wrapped beside them.

The instance's own secret for this stands in ``BERMITRA_HOME/keys/personal``, apart from the database and from its backup. What
it wraps and what it compares use different keys, each derived for its purpose. A holder's key destroyed, nothing that was
sealed under it can be read again, wherever a copy of it lies.

What is sealed is bound to whose it is and what it is (the associated data): a row moved under another holder, or a number
passed off as an account, does not open.
"""

from __future__ import annotations

import hmac
import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from bermitra.foundation.home import secret

KEY_FILE = "personal"
NONCE = 12  # bytes, drawn anew for every sealing
KEY = 32


class Unreadable(Exception):
    """Sealed under another key, for another holder or kind, or no longer whole."""


def wrapped_key(holder: str) -> bytes:
    """A new key for this holder, wrapped by the instance's own."""
    return _seal(_derived("wrapping"), os.urandom(KEY), f"key/{holder}")


def seal(wrapped: bytes, holder: str, kind: str, content: bytes) -> bytes:
    """``content`` as nobody reads it. Raises :class:`Unreadable` where the holder's key does not open."""
    return _seal(_unwrapped(wrapped, holder), content, f"{kind}/{holder}")


def unseal(wrapped: bytes, holder: str, kind: str, sealed: bytes) -> bytes:
    """What was sealed. Raises :class:`Unreadable`."""
    return _open(_unwrapped(wrapped, holder), sealed, f"{kind}/{holder}")


def fingerprint(kind: str, value: str) -> str:
    """The same for the same value of one kind, and for nothing else; without the instance's key it cannot be tried out."""
    return hmac.new(_derived(f"fingerprint/{kind}"), value.encode(), sha256).hexdigest()


def make_key() -> None:
    """Make the instance's key where there is none, so that the first copy of the keys already holds it."""
    secret(settings.BERMITRA_HOME, KEY_FILE)


def _derived(purpose: str) -> bytes:
    return _derived_at(settings.BERMITRA_HOME, purpose)


@lru_cache(maxsize=16)
def _derived_at(home: Path, purpose: str) -> bytes:
    """Read and derived once a process: a list of masked numbers asks for each, and acts ask inside their transaction."""
    root = secret(home, KEY_FILE).encode()
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=f"bermitra/personal/{purpose}".encode()).derive(root)


def _unwrapped(wrapped: bytes, holder: str) -> bytes:
    return _open(_derived("wrapping"), wrapped, f"key/{holder}")


def _seal(key: bytes, content: bytes, bound_to: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def _open(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable(bound_to.partition("/")[0]) from error
