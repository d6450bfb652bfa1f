"""What a journal line's hash is taken over, and how the chain is checked; pure, so that anyone can do the same elsewhere."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import rfc8785

GENESIS = "0" * 64


def body(line: dict[str, Any]) -> str:
    """The line as canonical JSON (RFC 8785): sorted keys, no blanks; numbers are integers."""
    return rfc8785.dumps(line).decode()


def chained(previous: str, text: str) -> str:
    """SHA-256(0x00 || hash of the line before || body), in hexadecimal."""
    return sha256(b"\x00" + bytes.fromhex(previous) + text.encode()).hexdigest()
