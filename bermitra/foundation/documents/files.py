"""The store of files: a file's name is the SHA-256 of its content, so it can neither change nor be mixed up unnoticed.

It lies under ``BERMITRA_HOME/files`` in two levels of folders. A content is written beside its place, forced to the disk
and then renamed: a name that exists is whole, also after a power cut. Rows (``StoredFile``) are written afterwards; a
content without a row is an act that was refused, and harms nobody.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

UNFINISHED = ".part"  # how a file ends that is still being written


class FileDamaged(Exception):
    """A content is missing from the store or is no longer what its name says."""

    def __init__(self, name: str):
        self.name = name
        super().__init__(f"{name} is missing or damaged")


@dataclass(frozen=True)
class Content:
    """A content that lies in the store and may be given its row."""

    sha256: str
    size: int
    media_type: str
    name: str


def put(content: bytes, *, media_type: str, name: str) -> Content:
    """Lay a content into the store. One that is there already is left alone, one that is damaged is replaced."""
    digest = sha256(content).hexdigest()
    place = _place(digest)
    if not _is_whole(place, digest):
        _write(place, content)
    return Content(digest, len(content), media_type, name)


def read(digest: str) -> bytes:
    """The content with this hash, hashed again. Raises :class:`FileDamaged`."""
    try:
        content = _place(digest).read_bytes()
    except FileNotFoundError:
        raise FileDamaged(digest) from None
    if sha256(content).hexdigest() != digest:
        raise FileDamaged(digest)
    return content


def _place(digest: str) -> Path:
    root: Path = settings.BERMITRA_HOME / "files"
    return root / digest[:2] / digest[2:4] / digest


def _is_whole(place: Path, digest: str) -> bool:
    return place.is_file() and sha256(place.read_bytes()).hexdigest() == digest


def _write(place: Path, content: bytes) -> None:
    folder = place.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=folder, suffix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fchmod(out.fileno(), 0o400)
            os.fsync(out.fileno())
        os.replace(half, place)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    for each in (folder, folder.parent, folder.parent.parent):  # the names as well
        _force(each)


def _force(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
