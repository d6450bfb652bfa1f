"""What people in a story hold in their hands: a receipt, a print that was signed with ink and scanned."""

from __future__ import annotations

import io
from datetime import date
from random import Random

import pikepdf
from PIL import Image, ImageDraw

from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.typst_pdf import Box, boxes
from bermitra.foundation.documents.uploads import make_safe
from bermitra.foundation.money import rupiah

INK = "0.10 0.16 0.52 RG 1.3 w 1 J 1 j"
MARK = "CONTOH - TIDAK BERLAKU"


def receipt(number: str, text: str, amount: int) -> Content:
    """A photograph of a receipt, as small as it can be read."""
    return _photograph(f"bukti-{number}", (MARK, f"Bukti {number}", text[:80], rupiah(amount)))


def _photograph(name: str, lines: tuple[str, ...]) -> Content:
    paper = Image.new("L", (560, 150), 250)
    draw = ImageDraw.Draw(paper)
    for line, words in enumerate(lines):
        draw.text((16, 14 + 32 * line), words.encode("latin-1", "replace").decode("latin-1"), fill=30)
    out = io.BytesIO()
    paper.save(out, "PNG")
    return files.put(out.getvalue(), media_type="image/png", name=f"{name.replace('/', '-')}.png")


def old_minutes(number: str, words: str) -> Content:
    """A photograph of minutes from before the system came."""
    return _photograph(f"berita-acara-{number}", (MARK, f"Berita acara {number}", words[:80]))


def minutes_of_step(number: str, on: date, male: int, female: int, words: str) -> Content:
    """A photograph of the signed minutes of a meeting with an affected group."""
    here = f"Hadir: {female} perempuan, {male} laki-laki"
    return _photograph(f"berita-acara-{number}", (MARK, f"Berita acara {number}, {long_date(on)}", here, words[:80]))


def signed_by_hand(paper: Paper) -> tuple[Content, int]:
    """The print of a paper with a hand's strokes where signatures belong, scanned and examined; with its pages."""
    with pikepdf.open(io.BytesIO(files.read(paper.file.sha256))) as printed, pikepdf.new() as scan:
        scan.pages.extend(printed.pages)  # what is seen, and nothing that only a file can hold
        for box in boxes(paper.source):
            strokes = scan.make_stream(_strokes(box, paper.code))
            scan.pages[box.page].contents_add(strokes, prepend=False)
        out = io.BytesIO()
        scan.save(out, deterministic_id=True)
    safe = make_safe(out.getvalue(), f"pindaian-{paper.code}.pdf")
    return files.put(safe.content, media_type=safe.media_type, name=safe.name), safe.pages


def _strokes(box: Box, seed: str) -> bytes:
    """A scribble inside the box; the same paper gets the same one."""
    dice = Random(f"{seed}{box.field}")  # noqa: S311  a drawing, no secret
    width, height = box.right - box.left, box.top - box.bottom

    def point() -> str:
        return f"{box.left + dice.uniform(0.1, 0.9) * width:.1f} {box.bottom + dice.uniform(0.2, 0.8) * height:.1f}"

    curves = " ".join(f"{point()} {point()} {point()} c" for _ in range(5))
    return f"q {INK} {point()} m {curves} S Q".encode("ascii")
