"""The letters of a load as one file, made a part at a time while the officer's page waits.

A letter holds a code that opens an account. So its file is nobody's but the session's that took the villages in: it lies
apart from database, files and backups, readable by the server alone, for an hour at most, and is never made twice from the
same codes once the session is over: then there are only new letters.
"""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from django.conf import settings

from bermitra.foundation.accounts.letters import access_letters
from bermitra.registry.models import OnboardingLoad
from bermitra.registry.queries.onboarding import letters_of

PART = 50  # letters
AT_A_TIME = 1.5  # seconds a page works before it says how far it is
KEPT = 3_600  # seconds


@dataclass(frozen=True)
class Progress:
    done: int
    total: int

    @property
    def complete(self) -> bool:
        return self.done >= self.total


def go_on(load: OnboardingLoad, address_of: Callable[[str], str]) -> Progress:
    """Make further parts for a moment, one at least; what was made before is there still."""
    letters, room = letters_of(load), _room(load)
    until = time.monotonic() + AT_A_TIME
    missing = [start for start in range(0, len(letters), PART) if not _part(room, start).exists()]
    for place, start in enumerate(missing):
        if place and time.monotonic() > until:
            return Progress(start, len(letters))
        _write(_part(room, start), access_letters(letters[start : start + PART], address_of))
    return Progress(len(letters), len(letters))


def whole(load: OnboardingLoad) -> bytes:
    """All parts that were made, as one PDF."""
    joined = pikepdf.new()
    for part in sorted(_room(load).glob("*.pdf")):
        with pikepdf.open(part) as pages:
            joined.pages.extend(pages.pages)
    held = io.BytesIO()
    joined.save(held, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return held.getvalue()


def forget_old(now: float | None = None) -> int:
    """Take away what has lain for an hour; says how many loads it was."""
    earliest = (now or time.time()) - KEPT
    old = [room for room in _place().glob("*") if room.stat().st_mtime < earliest]
    for room in old:
        shutil.rmtree(room, ignore_errors=True)
    return len(old)


def _place() -> Path:
    place: Path = settings.BERMITRA_HOME / "letters"
    return place


def _room(load: OnboardingLoad) -> Path:
    room = _place() / load.code
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    return room


def _part(room: Path, start: int) -> Path:
    return room / f"{start:05}.pdf"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: two pages may make the same part at once."""
    beside = path.with_name(f"{path.name}.{time.monotonic_ns()}")
    beside.touch(mode=0o600)
    beside.write_bytes(content)
    beside.replace(path)
