"""What somebody put behind one of our files outside of here: a signature with a national certificate, a duty stamp.

Both are a signature in the PDF that grew from the bytes we know, and nothing beside. The file is read in a process of its
own (:mod:`judging`), which answers with a code for the first thing that is wrong; who asked has the sentences.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bermitra.foundation.documents.looking import Busy, answered

PROGRAM = "bermitra.foundation.documents.judging"


@dataclass(frozen=True)
class Grown:
    """A file from outside held against the one it grew from (both by SHA-256). ``trouble``: what is wrong; "" for nothing."""

    before: str
    after: str
    trouble: str = ""
    field: str = ""
    certificate: str = ""  # SHA-256 of the one it was signed with
    subject: str = ""  # the name in it
    issuer: str = ""  # of a duty stamp: who issued its seal, where that was traced to one of the roots; "" where not


@dataclass(frozen=True)
class Asked:
    """What is looked for. ``own``: the field of who signs, "" for a duty stamp; ``empty``: fields that must stay free."""

    own: str
    empty: Collection[str]
    roots: Collection[bytes]  # a signature must stand under one of them; a duty stamp may
    at: datetime


def grown_from(before: bytes, after: bytes, asked: Asked) -> Grown:
    """Judge ``after``, which somebody made of ``before``."""
    names = (sha256(before).hexdigest(), sha256(after).hexdigest())
    if not after.startswith(before):
        return Grown(*names, "bytes")
    if len(after) == len(before):
        return Grown(*names, "none")
    question = {
        "size": len(before), "own": asked.own, "empty": sorted(asked.empty), "at": asked.at.isoformat(),
        "roots": [each.hex() for each in asked.roots],
    }  # fmt: skip
    try:
        answer = answered(PROGRAM, question, after)
    except Busy:
        return Grown(*names, "busy")
    return Grown(*names, **answer) if answer is not None else Grown(*names, "heavy")
