"""Uploads made safe: a PDF that only shows pages, a picture that is only pixels, the plain cells of a table, or a sentence
that says what to do.

The size is asked first, then the first bytes; then ``examine`` looks inside, in a process with little time and memory that
knows nothing of this one. A picture comes back drawn anew, without the place and camera it was taken with. A PDF stays byte
for byte what it was, because signatures may lie on it.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from bermitra.foundation.text import BadInput, _, is_safe_file_name, shown

MEGABYTE = 1_000_000
LARGEST_PDF, LARGEST_PICTURE = 10 * MEGABYTE, 5 * MEGABYTE
SECONDS = 3
AT_ONCE = 2  # examinations of one server process; more wait, so that many uploads cannot take all memory
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}

HEAVY = {"workbook": "table.sprawls"}  # what it means when an examination was ended by its limits; else "upload.heavy"
_EXAMINE = Path(__file__).with_name("examine.py")
_turns = threading.BoundedSemaphore(AT_ONCE)
_BEGINNINGS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "picture", b"\x89PNG\r\n\x1a\n": "picture"}


@dataclass(frozen=True)
class Safe:
    """An upload that may be stored; ``name`` can be used on any system and ends as its content says."""

    content: bytes
    media_type: str
    name: str
    pages: int


def make_safe(content: bytes, name: str) -> Safe:
    """Examine an uploaded file.

    Raises :class:`BadInput` ``upload.empty``, ``upload.large``, ``upload.kind``, ``upload.heic``, ``upload.pixels``,
    ``upload.broken``, ``upload.heavy``, ``pdf.locked``, ``pdf.active``, ``pdf.attached``, ``pdf.pages``, ``pdf.tail``.
    """
    called = shown(_last_part(name))
    kind = _kind(content, called)
    largest = LARGEST_PDF if kind == "pdf" else LARGEST_PICTURE
    if len(content) > largest:
        raise _bad("upload.large", name=called, limit=largest // MEGABYTE)
    answer, drawn = _examined(content, kind, called)
    if "bad" in answer:
        raise _bad(str(answer["bad"]), name=called, **answer["values"])
    media_type = str(answer["media_type"])
    return Safe(drawn or content, media_type, safe_name(name, media_type), int(answer["pages"]))


def take_as_it_is(content: bytes, name: str) -> Safe:
    """An uploaded file that is to be one of ours with something behind it: our papers carry their data along, which no
    other upload may. Only its size is asked here; what lies in it is judged beside the file it grew from (``outside``).

    Raises :class:`BadInput` ``upload.empty``, ``upload.large``, ``upload.kind``, ``upload.heic``.
    """
    called = shown(_last_part(name))
    _kind(content, called)
    if len(content) > LARGEST_PDF:
        raise _bad("upload.large", name=called, limit=LARGEST_PDF // MEGABYTE)
    return Safe(content, "application/pdf", safe_name(name, "application/pdf"), 0)


def read_workbook(content: bytes, name: str) -> list[list[str | float]]:
    """The rows of the first sheet of an uploaded XLSX; a cell is text or a number.

    Raises :class:`BadInput` ``upload.broken`` and ``table.sprawls``.
    """
    called = shown(_last_part(name))
    answer, _nothing = _examined(content, "workbook", called)
    if "bad" in answer:
        raise _bad(HEAVY["workbook"] if answer["bad"] == "upload.heavy" else str(answer["bad"]), name=called)
    rows: list[list[str | float]] = answer["rows"]
    return rows


def unpacked_size(content: bytes) -> int:
    """How many bytes a workbook says it holds, so that a large one is spared the reading; 0 for what is no workbook, or a
    broken one, which is refused where it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile:
        return 0


def safe_name(name: str, media_type: str) -> str:
    """The name without folders, unseen marks and false endings, and with the ending of its content."""
    ending = ENDINGS[media_type]
    stem = shown(_last_part(name), 80).rstrip("…")
    stem = re.sub(r"(\.[A-Za-z0-9]{1,5})+$", "", stem)
    stem = re.sub(r'[\\/:*?"<>|]', "-", stem).strip(" .")
    made = f"{stem}{ending}"
    return made if stem and is_safe_file_name(made) else f"berkas{ending}"


def _last_part(name: str) -> str:
    return PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name


def _kind(content: bytes, called: str) -> str:
    if not content:
        raise _bad("upload.empty", name=called)
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content[4:8] == b"ftyp" and content[8:11] in (b"hei", b"hev", b"mif", b"msf", b"avi"):
        raise _bad("upload.heic", name=called)
    raise _bad("upload.kind", name=called)


def _examined(content: bytes, kind: str, called: str) -> tuple[dict[str, Any], bytes]:
    with _turns:
        try:
            done = subprocess.run(  # noqa: S603  our own program by its path, no shell
                [sys.executable, "-I", str(_EXAMINE), kind],
                input=content, capture_output=True, timeout=SECONDS, env={}, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise _bad(HEAVY.get(kind, "upload.heavy"), name=called) from None
    line, _newline, drawn = done.stdout.partition(b"\n")
    if done.returncode or not line:  # it was ended by a limit, or broke under the file
        raise _bad(HEAVY.get(kind, "upload.heavy"), name=called)
    return json.loads(line), drawn


_SAYS = {
    "upload.empty": _("Berkas {name} kosong. Pilih berkas yang berisi."),
    "upload.large": _("Berkas {name} lebih besar dari {limit} MB. Perkecil, lalu unggah lagi."),
    "upload.kind": _("Berkas {name} bukan PDF, JPEG, atau PNG. Simpan dalam salah satu bentuk itu."),
    "upload.heic": _("Foto {name} berbentuk HEIC. Ubah menjadi JPEG, lalu unggah lagi."),
    "upload.pixels": _("Gambar {name} lebih dari {limit} juta titik. Perkecil, lalu unggah lagi."),
    "upload.broken": _("Berkas {name} rusak atau terpotong. Simpan atau pindai ulang, lalu unggah lagi."),
    "upload.heavy": _("Berkas {name} terlalu berat untuk diperiksa. Pindai ulang dengan mutu lebih rendah."),
    "table.sprawls": _("Tabel {name} terlalu lebar atau panjang. Hapus sel terisi yang jauh, atau simpan sebagai CSV."),
    "pdf.locked": _("PDF {name} terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."),
    "pdf.active": _("PDF {name} memuat program atau perintah. Cetak ulang menjadi PDF biasa, lalu unggah."),
    "pdf.attached": _("PDF {name} memuat berkas lain di dalamnya. Unggah berkas itu tersendiri."),
    "pdf.pages": _("PDF {name} berisi {count} halaman, paling banyak {limit}. Unggah dalam beberapa bagian."),
    "pdf.tail": _("PDF {name} memuat data lain di belakangnya. Cetak ulang menjadi PDF biasa, lalu unggah."),
}


def _bad(code: str, **values: object) -> BadInput:
    return BadInput(code, _SAYS[code], **values)
