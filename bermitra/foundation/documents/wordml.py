"""A Word file as paragraphs, tables and sections: the only module that knows python-docx, and it knows nothing of papers.

Elements are written in the order that the standard asks for, because Word refuses a file that other programs still open.
What is kept of python-docx is the empty file with its styles, the pictures and the parts; its tables are too slow for long lists.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from bermitra.foundation.documents.characters import BY_KEY

Line = list[dict[str, Any]]
Align = Literal["left", "center", "right", "justify"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FACE = "Times New Roman"  # named, not carried: Word has it
SCRIPT_FACES = {"java": "Noto Sans Javanese", "bali": "Noto Serif Balinese", "arab": "Scheherazade New"}
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can write
_LONGEST_PROPERTY = 255
_TWIPS = 1440 / 25.4  # per mm
_ROOM, _GAP = 1.2, 1.0  # mm beside what stands in a framed cell, and between two cells without a frame


@dataclass(frozen=True)
class Looks:
    """How a paragraph stands; lengths in mm, ``size`` and ``after`` in points."""

    align: Align = "left"
    bold: bool = False
    underline: bool = False
    quiet: bool = False
    size: float = 0
    after: float = 4
    before: float = 0
    left: float = 0
    hang: float = 0
    first: float = 0
    keep: bool = False
    style: str = ""
    new_page: bool = False
    ruled: Literal["", "above", "below"] = ""


PLAIN = Looks()


@dataclass(frozen=True)
class CellOf:
    """A cell: its paragraphs, each the lines of one block, and over how many columns it goes."""

    paragraphs: Sequence[tuple[Sequence[Line], Looks]]
    span: int = 1
    shaded: bool = False
    framed: bool = False
    picture: bytes = b""
    picture_alt: str = ""


@dataclass(frozen=True)
class RowOf:
    cells: Sequence[CellOf]
    head: bool = False
    height: float = 0  # mm, at least


@dataclass(frozen=True)
class Margins:
    left: float
    right: float
    top: float
    bottom: float


@dataclass
class Word:
    """One file being written, from its first paragraph to its last."""

    paper: tuple[float, float]  # mm, upright
    margins: Margins
    across_margins: Margins
    points: int
    across: bool = False
    _lies: bool = field(init=False)  # the section that is being written
    _file: Any = field(init=False)

    def __post_init__(self) -> None:
        from docx import Document

        self._file = Document()
        self._lies = self.across
        self._styles()
        self._page(self._file.sections[0], self.across)

    @property
    def width(self) -> float:
        """Of a line, in mm."""
        held = self.across_margins if self.across else self.margins
        return self.paper[1 if self.across else 0] - held.left - held.right

    # --- what is written ---
    def paragraph(self, lines: Sequence[Line], looks: Looks = PLAIN, lead: Line | None = None) -> None:
        self._put(self._p(lines, looks, lead))

    def table(
        self, widths: Sequence[float], rows: Iterable[RowOf], *, framed: bool = False, keep: bool = False
    ) -> None:
        """Columns ``widths`` mm wide; ``keep`` leaves the whole table on one page, as far as Word can."""
        table = _e("tbl")
        looks = _sub(table, "tblPr")
        _sub(looks, "tblW", w=_twips(sum(widths)), type="dxa")
        if framed:
            _sub(
                looks, "tblInd", w=_twips(_ROOM), type="dxa"
            )  # the frame stands at the edge of the text, not outside it
            borders = _sub(looks, "tblBorders")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
                _sub(borders, side, val="single", sz="4", space="0", color="auto")
        _sub(looks, "tblLayout", type="fixed")
        _beside(looks, *((_ROOM, _ROOM) if framed else (0, _GAP)))
        grid = _sub(table, "tblGrid")
        for each in widths:
            _sub(grid, "gridCol", w=_twips(each))
        for row in rows:
            self._row(table, widths, row, keep)
        self._put(table)
        self._put(self._p([], Looks(size=4, after=0)))  # two tables that touch would become one

    def turn(self, across: bool) -> bool:
        """What is written next lies so; whether it therefore begins on a new page. Nothing more written, no empty page."""
        self.across = across
        return self._lies != across

    def foot(self, before: Line, of: tuple[str, str], boxes: Sequence[str] = (), below: str = "") -> None:
        """At the foot of every page: a line, then its number between the two words; boxes on the right for a hand to fill."""
        looks = Looks(size=8, quiet=True, after=0, ruled="above")
        foot = self._file.sections[0].footer.paragraphs[0]._p
        made = self._p([before], looks)
        for said, code in zip(of, ("PAGE", "NUMPAGES"), strict=True):
            made.append(_r(f"\u2003{said}" if code == "PAGE" else said, looks))
            self._number(made, code, looks)
        foot.getparent().replace(foot, made)
        if boxes:
            held = self._boxes(boxes, below)
            made.addnext(held)
            held.addnext(self._p([], Looks(size=1, after=0)))  # a foot ends with a paragraph

    def file(self, *, title: str, author: str, says: str, dated: datetime) -> bytes:
        """The file. The same calls give the same bytes: neither the hour nor the machine is in it."""
        about = self._file.core_properties
        about.title, about.author, about.comments = (each[:_LONGEST_PROPERTY] for each in (title, author, says))
        about.last_modified_by, about.language, about.revision = author[:_LONGEST_PROPERTY], "id-ID", 1
        about.created = about.modified = dated
        written, out = io.BytesIO(), io.BytesIO()
        self._file.save(written)
        with zipfile.ZipFile(written) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as now:
            for name in was.namelist():
                now.writestr(zipfile.ZipInfo(name, _OLDEST), was.read(name), zipfile.ZIP_DEFLATED)
        return out.getvalue()

    # --- how ---
    def _boxes(self, said: Sequence[str], below: str) -> Any:
        """Empty boxes side by side at the right edge, each with its words at its top, and a line below them all."""
        small = Looks(size=5, quiet=True, after=0, align="center")
        table, width = _e("tbl"), 19.0
        looks = _sub(table, "tblPr")
        _sub(looks, "tblW", w=_twips(width * len(said)), type="dxa")
        _sub(looks, "jc", val="right")
        _sub(looks, "tblLayout", type="fixed")
        _beside(looks, 0.5, 0.5)
        grid = _sub(table, "tblGrid")
        for _each in said:
            _sub(grid, "gridCol", w=_twips(width))
        boxes = [CellOf([([[{"s": each}]], small)], framed=True) for each in said]
        self._row(table, [width] * len(said), RowOf(boxes, height=9), keep=False)
        under = CellOf([([[{"s": below}]], replace(small, before=2))], span=len(said))
        self._row(table, [width] * len(said), RowOf([under]), keep=False)
        return table

    def _put(self, element: Any) -> None:
        if self._lies != self.across:
            self._page(self._file.add_section(), self.across)
            self._lies = self.across
        self._file.element.body.sectPr.addprevious(element)

    def _p(self, lines: Sequence[Line], looks: Looks, lead: Line | None = None) -> Any:
        p = _e("p")
        about = _paragraph_looks(looks)
        if looks.size and not any(lines):  # an empty line is as high as its mark
            _sub(_sub(about, "rPr"), "sz", val=str(round(looks.size * 2)))
        p.append(about)
        for number, line in enumerate(each for each in lines if each):
            if number:
                _sub(_sub(p, "r"), "br")
            elif lead:
                for run in lead:
                    p.append(_r(run["s"], looks, run))
                _sub(_sub(p, "r"), "tab")
            for run in line:
                p.append(_r(run["s"], looks, run))
        return p

    def _row(self, table: Any, widths: Sequence[float], row: RowOf, keep: bool) -> None:
        tr = _sub(table, "tr")
        looks = _sub(tr, "trPr")
        _sub(looks, "cantSplit")
        if row.height:
            _sub(looks, "trHeight", val=_twips(row.height), hRule="atLeast")
        if row.head:
            _sub(looks, "tblHeader")
        column = 0
        for cell in row.cells:
            tc = _sub(tr, "tc")
            about = _sub(tc, "tcPr")
            _sub(about, "tcW", w=_twips(sum(widths[column : column + cell.span])), type="dxa")
            if cell.span > 1:
                _sub(about, "gridSpan", val=str(cell.span))
            if cell.framed:
                borders = _sub(about, "tcBorders")
                for side in ("top", "left", "bottom", "right"):
                    _sub(borders, side, val="single", sz="4", space="0", color="8C8C8C")
            if cell.shaded:
                _sub(about, "shd", val="clear", color="auto", fill="EBEBEB")
            column += cell.span
            if cell.picture:
                tc.append(self._picture(cell.picture, cell.picture_alt))
            for lines, how in cell.paragraphs:
                tc.append(self._p(lines, _kept(how) if keep else how))
            if not cell.paragraphs and not cell.picture:
                tc.append(self._p([], Looks(after=0, keep=keep)))

    def _picture(self, png: bytes, alt: str) -> Any:
        from docx.shared import Mm
        from docx.text.paragraph import Paragraph

        p = self._p([], Looks(after=0, align="center"))
        inline = Paragraph(p, self._file._body).add_run().add_picture(io.BytesIO(png), width=Mm(20))._inline
        inline.docPr.set("descr", alt)
        return p

    def _number(self, p: Any, code: str, looks: Looks) -> None:
        """A field that Word counts itself."""
        for kind in ("begin", code, "separate", "1", "end"):
            run = _r("1" if kind == "1" else "", looks)
            if kind in ("begin", "separate", "end"):
                _sub(run, "fldChar", fldCharType=kind)
            elif kind == code:
                _sub(run, "instrText").text = f" {code} "
            p.append(run)

    def _page(self, section: Any, across: bool) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        held, (short, long) = self.across_margins if across else self.margins, self.paper
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(long), Mm(short)) if across else (Mm(short), Mm(long))
        section.left_margin, section.right_margin = Mm(held.left), Mm(held.right)
        section.top_margin, section.bottom_margin = Mm(held.top), Mm(held.bottom)

    def _styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        styles = self._file.styles
        for name in ("Normal", *(f"Heading {level}" for level in range(1, 7))):
            style = styles[name]
            style.font.name, style.font.size = FACE, Pt(self.points)
            faces = style.element.rPr.rFonts
            for each in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                faces.attrib.pop(qn(f"w:{each}"), None)
            for each in ("ascii", "hAnsi", "eastAsia", "cs"):
                faces.set(qn(f"w:{each}"), FACE)
            if name == "Normal":
                style.element.rPr.append(_e("lang", val="id-ID", bidi="ar-SA"))
                continue
            style.font.bold, style.font.italic, style.font.color.rgb = True, False, RGBColor(0, 0, 0)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(6)
            style.paragraph_format.keep_with_next = True


def _beside(looks: Any, left: float, right: float) -> None:
    """How much room cells leave beside what stands in them; Word's own is so wide that sums break in narrow columns."""
    room = _sub(looks, "tblCellMar")
    for side, each in (("left", left), ("right", right)):
        _sub(room, side, w=_twips(each), type="dxa")


def _kept(looks: Looks) -> Looks:
    return replace(looks, keep=True)


def _paragraph_looks(looks: Looks) -> Any:
    out = _e("pPr")
    if looks.style:
        _sub(out, "pStyle", val=looks.style)
    if looks.keep:
        _sub(out, "keepNext")
    if looks.new_page:
        _sub(out, "pageBreakBefore")
    if looks.ruled == "below":
        _sub(_sub(out, "pBdr"), "bottom", val="thickThinSmallGap", sz="24", space="4", color="auto")
    elif looks.ruled == "above":
        _sub(_sub(out, "pBdr"), "top", val="single", sz="4", space="4", color="8C8C8C")
    if looks.hang:
        _sub(_sub(out, "tabs"), "tab", val="left", pos=_twips(looks.left + looks.hang))
    if not looks.style:
        _sub(out, "spacing", before=str(round(looks.before * 20)), after=str(round(looks.after * 20)))
    if looks.left or looks.hang or looks.first:
        indent = {"left": _twips(looks.left + looks.hang)}
        if looks.hang:
            indent["hanging"] = _twips(looks.hang)
        elif looks.first:
            indent["firstLine"] = _twips(looks.first)
        _sub(out, "ind", **indent)
    _sub(out, "jc", val="both" if looks.align == "justify" else looks.align)
    return out


def _r(said: str, looks: Looks, run: dict[str, Any] | None = None) -> Any:
    run = run or {}
    r = _e("r")
    about = _sub(r, "rPr")
    script = BY_KEY[run["x"]] if run.get("x") else None
    if script:
        _sub(about, "rFonts", **dict.fromkeys(("ascii", "hAnsi", "cs"), SCRIPT_FACES[script.key]))
    if looks.bold or "b" in run:
        _sub(about, "b")
        _sub(about, "bCs")
    if "i" in run:
        _sub(about, "i")
        _sub(about, "iCs")
    if looks.quiet:
        _sub(about, "color", val="595959")
    if looks.size:
        for name in ("sz", "szCs"):
            _sub(about, name, val=str(round(looks.size * 2)))
    if looks.underline:
        _sub(about, "u", val="single")
    if script:
        _sub(about, "rtl" if script.right_to_left else "cs")
        _sub(about, "lang", bidi=script.tag)
    for number, each in enumerate(said.split("\n")):
        if number:
            _sub(r, "br")
        if each:
            text = _sub(r, "t")
            text.text = each
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return r


def _twips(length: float) -> str:
    return str(round(length * _TWIPS))


def _e(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _sub(parent: Any, tag: str, **attributes: str) -> Any:
    made = _e(tag, **attributes)
    parent.append(made)
    return made
