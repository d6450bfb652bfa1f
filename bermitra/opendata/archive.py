"""All of a village's data as one zip: a first page that says what is what, one workbook, all files by name, and their hashes.

The workbook is written to a file that is gone afterwards; the zip is made while it is sent. What lies in memory at a time
is one file, however much the village has.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import FileDamaged
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.queries import codes_held
from bermitra.opendata.papers import File, files_of
from bermitra.opendata.sheets import ROOMS, Codes
from bermitra.opendata.workbook import Page, fill

BOOK, FIRST, STYLE, HASHES = "data-desa.xlsx", "BACA-DULU.html", "gaya.css", "daftar-sha256.txt"
PACKED = (".pdf", ".jpg", ".jpeg", ".png", ".xlsx")  # would not become smaller
PIECE = 64 * 1024  # bytes that are sent at a time
ABOUT_A_BOOK = 60_000  # bytes: what the workbook of a village with a partnership or two comes to


@dataclass(frozen=True)
class Contents:
    """What would be in the archive: asked before, so that its size can be said."""

    village: Region
    codes: Codes
    files: list[File]

    @property
    def size(self) -> int:
        """Bytes; the workbook is only estimated."""
        return ABOUT_A_BOOK + sum(each.size for each in self.files)


def contents_of(village: Region) -> Contents:
    codes = tuple(each.code for each in codes_held(village.code)) if village.since else (village.code,)
    return Contents(village, codes, files_of(codes))


@dataclass(frozen=True)
class Archive:
    """An archive whose workbook is written: from here on it is only sent."""

    contents: Contents
    made_at: datetime
    book: Any  # an open file
    counts: dict[str, int]  # rows of each sheet

    @property
    def name(self) -> str:
        return f"arsip-desa-{self.contents.village.code}-{timezone.localtime(self.made_at):%Y-%m-%d}.zip"

    def pieces(self) -> Iterator[bytes]:
        """The zip, piece by piece; closes the workbook's file."""
        with self.book:
            yield from _zipped(self)


def prepare(contents: Contents, made_at: datetime) -> Archive:
    """Write the workbook; whatever goes wrong in reading goes wrong here, before anything is sent."""
    book: Any = tempfile.TemporaryFile()  # noqa: SIM115  closed by ``Archive.pieces``
    counts = fill(book, [Page(room.name, room.heads, room.cells(contents.codes)) for room in ROOMS])
    return Archive(contents, made_at, book, counts)


class _Outlet(io.RawIOBase):
    """What the zip is written into: gathers what is to be sent, and cannot go back."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._held += piece
        return len(piece)

    def taken(self, least: int = 0) -> Iterator[bytes]:
        if len(self._held) > least:
            piece, self._held = bytes(self._held), bytearray()
            yield piece


def _zipped(archive: Archive) -> Iterator[bytes]:
    out, hashes = _Outlet(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, parts in _members(archive):
            digest = sha256()
            with packed.open(_entry(path, archive.made_at), "w", force_zip64=True) as member:
                for part in parts:
                    digest.update(part)
                    member.write(part)
                    yield from out.taken(PIECE)
            hashes.append(f"{digest.hexdigest()}  {path}")
        packed.writestr(_entry(HASHES, archive.made_at), "\n".join([*hashes, ""]))
    yield from out.taken()


def _members(archive: Archive) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Path and content in pieces. A file that the store has lost says so under its name instead of ending everything."""
    yield FIRST, [_first_page(archive).encode()]
    yield STYLE, [render_to_string("opendata/archive.css").encode()]
    yield BOOK, _read(archive.book)
    for each in archive.contents.files:
        try:
            content = files.read(each.sha256)
        except FileDamaged:
            yield f"{each.path}.RUSAK.txt", [f"Berkas ini rusak atau hilang di penyimpanan: {each.sha256}\n".encode()]
            continue
        yield each.path, [content]


def _read(book: Any) -> Iterator[bytes]:
    book.seek(0)
    while piece := book.read(PIECE):
        yield piece


def _entry(path: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, timezone.localtime(at).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_STORED if path.endswith(PACKED) else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _first_page(archive: Archive) -> str:
    folders: dict[str, int] = {}
    for each in archive.contents.files:
        folder = each.path.rpartition("/")[0]
        folders[folder] = folders.get(folder, 0) + 1
    return render_to_string(
        "opendata/archive_first_page.html",
        {
            "village": archive.contents.village,
            "codes": archive.contents.codes,
            "made_at": archive.made_at,
            "rooms": [(room.name, room.says, archive.counts[room.name]) for room in ROOMS],
            "folders": sorted(folders.items()),
            "book": BOOK,
            "hashes": HASHES,
            "style": STYLE,
        },
    )
