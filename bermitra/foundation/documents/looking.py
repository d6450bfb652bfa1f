"""Reads the signatures of a file that came from outside, in a process of its own with little time and memory.

Started with ``python -I -m`` by :func:`looked_at`, so a file made to be misread ends this process and no request. It reads
one line of JSON with the certificates that count and then the file, and answers with one line of JSON.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from datetime import datetime
from typing import Any

from bermitra.foundation.documents.signing import Found, found_under

MEMORY = 1_536 * 2**20  # of address space, bytes
SECONDS = 5  # of processor time: a hundred pages in ten megabytes take one, only files made to be heavy take more
AT_ONCE = 2  # of one server process
PATIENCE = 5  # seconds to wait for one's turn: those who send heavy files hold up no other page
_turns = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Other files are being read; this one had no turn in the time that a page waits."""


def looked_at(pdf: bytes, roots: list[bytes], seconds: int = SECONDS) -> list[Found] | None:
    """The signatures in ``pdf``; ``None`` where it was not read in the time that one file may take."""
    try:
        answer = answered(__name__, {"roots": [each.hex() for each in roots]}, pdf, seconds)
    except Busy:
        return None
    if answer is None:
        return None
    return [Found(**{**each, "at": datetime.fromisoformat(each["at"]) if each["at"] else None}) for each in answer]


def answered(program: str, asked: dict[str, Any], pdf: bytes, seconds: int = SECONDS) -> Any:
    """What one of our programs says of a file; ``None`` where it was ended by its limits. Raises :class:`Busy`."""
    line = json.dumps({**asked, "seconds": seconds}).encode()
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        done = subprocess.run(  # noqa: S603  our own program, no shell
            [sys.executable, "-I", "-m", program],
            input=line + b"\n" + pdf, capture_output=True, timeout=2 * seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    finally:
        _turns.release()
    return None if done.returncode or not done.stdout else json.loads(done.stdout)


def asked_of_me() -> tuple[dict[str, Any], bytes]:
    """In the process itself: what is asked, and the file. From here on time and memory are little."""
    line, _newline, pdf = sys.stdin.buffer.read().partition(b"\n")
    asked: dict[str, Any] = json.loads(line)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    return asked, pdf


def _answer(found: Found) -> dict[str, Any]:
    return {**vars(found), "at": found.at.isoformat() if found.at else ""}


def main() -> None:
    asked, pdf = asked_of_me()
    found = found_under(pdf, [bytes.fromhex(each) for each in asked["roots"]])
    print(json.dumps([_answer(each) for each in found]))  # noqa: T201


if __name__ == "__main__":
    main()
