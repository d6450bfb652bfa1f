"""Looks into one uploaded file, in a process of its own that ``uploads`` starts and may end at any moment.

Started by its path with ``python -I``, so it sees nothing of the project and imports nothing of it. It reads the file from
standard input, and answers with one line of JSON and, for a picture, the picture drawn anew. What it answers is a code;
the sentences stand in ``uploads``.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import python_calamine
from PIL import Image

MEMORY = 512 * 2**20  # of address space, bytes
SECONDS = 3  # of processor time
PIXELS = 40_000_000
LONGEST_SIDE = 4_000  # an F4 page at 308 dots an inch; larger pictures are drawn smaller
PAGES = 300
CELLS = 200_000  # of a table, the empty ones between the first and the last counted
INFLATED = 250 * 2**20  # all streams together, bytes

# Actions that run, send, fetch or play something. /URI, a link that someone taps, is none of them.
ACTIONS = {
    "/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/GoTo3DView",
}  # fmt: skip
DEFLATED, RUNS, LZW = {"/FlateDecode", "/Fl"}, {"/RunLengthDecode", "/RL"}, {"/LZWDecode", "/LZW"}  # streams that grow
ANNOTATIONS = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
# What EXIF says of the way the camera was held -> what makes the picture upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    def __init__(self, code: str, **values: int):
        self.code, self.values = code, values
        super().__init__(code)


# --- pictures ---------------------------------------------------------------------------------------------
def picture(content: bytes) -> tuple[str, bytes]:
    """Media type and the same picture as new bytes: no EXIF, no place, no text, nothing behind the end."""
    with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
        if opened.width * opened.height > PIXELS:
            raise Refused("upload.pixels", limit=PIXELS // 1_000_000)
        png, turn = opened.format == "PNG", _turn(opened)
        opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is already decoded smaller
        drawn = opened.convert(_mode(opened, png))
    if turn is not None:
        drawn = drawn.transpose(turn)
    drawn.info = {}  # where a profile, a comment and text would be taken from
    out = BytesIO()
    if png:
        drawn.save(out, "PNG", compress_level=6)
        return "image/png", out.getvalue()
    drawn.save(out, "JPEG", quality=88)
    return "image/jpeg", out.getvalue()


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How the camera was held, which is lost with the EXIF."""
    try:
        return TURNS.get(image.getexif().get(0x0112, 1))
    except Exception:  # a picture with spoilt EXIF is still a picture
        return None


def _mode(image: Image.Image, png: bool) -> str:
    if image.mode in ("1", "L", "I", "I;16", "F"):
        return "L"
    see_through = image.mode in ("RGBA", "LA", "PA", "La") or "transparency" in image.info
    return "RGBA" if png and see_through else "RGB"


# --- PDF --------------------------------------------------------------------------------------------------
def pdf(content: bytes) -> int:
    """The number of pages of a PDF that only shows pages; the file itself stays as it is."""
    _before, end, behind = content.rpartition(b"%%EOF")
    if not end:
        raise Refused("upload.broken")
    if behind.strip(b"\0 \t\r\n\f"):
        raise Refused("pdf.tail")
    try:
        opened = pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refused("pdf.locked") from None
    with opened as held:
        if held.is_encrypted:
            raise Refused("pdf.locked")
        _look_at_root(held.Root)
        inflated = 0
        for each in held.objects:
            for inner in _dictionaries(each):
                _look_at(inner)
            if isinstance(each, pikepdf.Stream):
                inflated += _inflated(each, INFLATED - inflated)
        count = len(held.pages)
    if not count:
        raise Refused("upload.broken")
    if count > PAGES:
        raise Refused("pdf.pages", count=count, limit=PAGES)
    return count


def _look_at_root(root: Any) -> None:
    """What happens by itself when the file is opened may be a jump to a page, nothing else."""
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S")) != "/GoTo":
        raise Refused("pdf.active")
    if "/Collection" in root:
        raise Refused("pdf.attached")


def _look_at(inner: Any) -> None:
    keys = set(inner.keys())
    subtype = str(inner.get("/Subtype", ""))
    if (
        keys & {"/EmbeddedFiles", "/EF"}
        or subtype == "/FileAttachment"
        or str(inner.get("/Type", "")) == "/EmbeddedFile"
    ):
        raise Refused("pdf.attached")
    # Fonts may be called anything, /AA or /JS too: what such a key holds says what it is.
    script = "/JS" in keys and not isinstance(inner["/JS"], pikepdf.Dictionary)
    by_itself = "/AA" in keys and _holds_actions(inner["/AA"])
    if script or by_itself or "/XFA" in keys or subtype in ANNOTATIONS or str(inner.get("/S", "")) in ACTIONS:
        raise Refused("pdf.active")
    if isinstance(inner, pikepdf.Stream) and "/F" in keys:  # its content would be fetched from elsewhere
        raise Refused("pdf.active")


def _holds_actions(found: Any) -> bool:
    return isinstance(found, pikepdf.Dictionary) and any(
        isinstance(each, pikepdf.Dictionary) and "/S" in each for _name, each in found.items()
    )


def _dictionaries(found: Any) -> Iterator[Any]:
    """A top object and every dictionary written inside it; what it points to has its own turn."""
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield each
            inside = [each.get(key) for key in each.keys()]  # noqa: SIM118  a PDF object, not a dict
        elif isinstance(each, pikepdf.Array):
            inside = list(each)
        else:
            continue
        waiting += [one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect]


def _inflated(stream: Any, most: int) -> int:
    """How long a packed stream becomes; refused as soon as it is more than ``most``, without ever holding it."""
    written = stream.get("/Filter")
    filters = [str(each) for each in written] if isinstance(written, pikepdf.Array) else [str(written)]
    growing = [each in DEFLATED | RUNS | LZW for each in filters]
    if not any(growing):
        return 0
    if len(filters) > 2 or sum(growing) > 1:  # packed in a pack: nobody scans like that
        raise Refused("upload.heavy")
    if filters[0] in DEFLATED:
        return _deflated(stream.read_raw_bytes(), most)
    if filters[0] in RUNS:
        return _runs(stream.read_raw_bytes(), most)
    # Written as text first, or packed as long ago: unpacked as a whole, as far as the limit of memory lets it.
    try:
        length = len(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized))
    except pikepdf.PdfError:
        raise Refused("upload.heavy") from None
    if length > most:
        raise Refused("upload.heavy")
    return length


def _deflated(left: bytes, most: int) -> int:
    engine, length = zlib.decompressobj(), 0
    while left:
        try:
            piece = engine.decompress(left, 2**20)
        except zlib.error:
            if not length:  # not even its beginning can be read: how much it holds, nobody knows
                raise Refused("upload.broken") from None
            return length  # scanners end a stream carelessly; what comes behind the fault no reader shows
        length += len(piece)
        if length > most:
            raise Refused("upload.heavy")
        if not piece and engine.unconsumed_tail == left:
            break
        left = engine.unconsumed_tail
    return length


def _runs(content: bytes, most: int) -> int:
    """The length that runs of one letter say; up to 64 times what they take."""
    at = length = 0
    while at < len(content) and content[at] != 128:
        said = content[at]
        length += said + 1 if said < 128 else 257 - said
        at += said + 2 if said < 128 else 2
        if length > most:
            raise Refused("upload.heavy")
    return length


# --- tables -----------------------------------------------------------------------------------------------
def workbook(content: bytes) -> list[list[str | float]]:
    """The rows of the first sheet: text and numbers as they are, anything else as text.

    The library lays out the whole rectangle up to the last cell before it can be asked how large it is: two cells far
    apart end this process, which is why it is this one.
    """
    sheet = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    if sheet.total_height * sheet.total_width > CELLS:
        raise Refused("table.sprawls")
    return [[cell if isinstance(cell, str | float) else str(cell) for cell in row] for row in sheet.iter_rows()]


# --- the process ------------------------------------------------------------------------------------------
def main(kind: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    content = sys.stdin.buffer.read()
    drawn = b""
    try:
        if kind == "pdf":
            answer: dict[str, Any] = {"media_type": "application/pdf", "pages": pdf(content)}
        elif kind == "workbook":
            answer = {"rows": workbook(content)}
        else:
            media_type, drawn = picture(content)
            answer = {"media_type": media_type, "pages": 1}
    except Refused as refused:
        answer = {"bad": refused.code, "values": refused.values}
    except MemoryError:
        answer = {"bad": "upload.heavy", "values": {}}
    except Exception:  # whatever a broken file makes a library raise, it is a broken file
        answer = {"bad": "upload.broken", "values": {}}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + drawn)


if __name__ == "__main__":
    main(sys.argv[1])
