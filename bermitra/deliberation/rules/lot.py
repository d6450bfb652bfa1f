"""The lot: which residents sign the minutes beside the officials. Nobody chooses them, and anybody can count again."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def lot_number(meeting_code: str, edition: int, attendee_code: str) -> str:
    """The number of an attendee in the lot of this edition of the minutes: 64 hexadecimal digits, the smallest comes first."""
    return sha256(f"{meeting_code}|{edition}|{attendee_code}".encode()).hexdigest()


def drawn(meeting_code: str, edition: int, candidates: Iterable[str], n: int) -> tuple[str, ...]:
    """The codes of the ``n`` candidates with the smallest numbers, smallest first; all of them where fewer are there."""
    return tuple(sorted(candidates, key=lambda code: lot_number(meeting_code, edition, code))[:n])
