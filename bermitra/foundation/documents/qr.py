"""QR codes as SVG. The code is black on white whatever the page looks like: cameras need the contrast."""

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=256)
def bare_svg(address: str) -> str:
    """For a printed page: no margin, no title; the page sets its size and its words."""
    return str(segno.make(address, error="q", micro=False).svg_inline(border=0, scale=4))


@lru_cache(maxsize=256)
def svg(address: str, title: str) -> str:
    """For a web page: scales with its box, carries a quiet zone and ``title`` as its accessible name."""
    made = segno.make(address, error="q", micro=False)
    drawing = str(made.svg_inline(border=2, omitsize=True, title=title, svgclass="qr", lineclass=None))
    return drawing.replace("<svg ", '<svg role="img" ', 1)


@lru_cache(maxsize=256)
def png(address: str) -> bytes:
    """For a Word file."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="png", scale=6, border=0)
    return out.getvalue()
