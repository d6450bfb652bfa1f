"""Tree -> Word file, for offices that must edit: the words of the paper, no signature, and it says so on every page.

Numbers are plain text, so that Word does not number a law anew. The mark across the page, page codes and signature fields
stay with the PDF: only that is signed and checked.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bermitra.foundation.documents.compose import Tree
from bermitra.foundation.documents.qr import png
from bermitra.foundation.documents.wordml import MEDIA_TYPE, PLAIN, Align, CellOf, Line, Looks, Margins, RowOf, Word

__all__ = ["FOR_EDITING", "MEDIA_TYPE", "render"]

Node = dict[str, Any]

FOR_EDITING = "BERKAS UNTUK DISUNTING, TANPA TANDA TANGAN"
_PAPERS = {"f4": (215.0, 330.0), "a4": (210.0, 297.0)}
_USUAL, _LARGE, _ACROSS = Margins(30, 22, 22, 28), Margins(22, 18, 16, 24), Margins(18, 18, 16, 24)
_MARK = 9.0  # mm for "(10)"
_COLON = 5.0


def render(tree: Tree) -> bytes:
    """The same tree gives the same bytes."""
    points = tree.get("points", 12)
    word = Word(
        _PAPERS[tree["size"]],
        _LARGE if points > 12 else _USUAL,
        _ACROSS,
        points,
        across=tree.get("landscape", False),
    )
    around = tree["furniture"]
    word.foot(
        [{"s": f"{FOR_EDITING} · {around['foot']}"}],
        ("Halaman ", " dari "),
        around.get("initials", ()),  # what was composed before these were known has none
        around.get("by_pen", ""),
    )
    writer = _Writer(word)
    if tree["kop"]:
        writer.letterhead(tree["kop"])
    writer.blocks(tree["blocks"])
    said = f"{FOR_EDITING}. Naskah asal sha256:{tree['fingerprint']}"
    return word.file(title=tree["title"], author=tree["author"], says=said, dated=datetime(*tree["dated"]))


class _Writer:
    def __init__(self, word: Word) -> None:
        self.word = word
        self.kept = False  # what is written now stays with what follows
        self.does: dict[str, Callable[[Node], None]] = {
            "title": self.title, "opening": self.opening, "par": self.par, "items": lambda b: self.items(b["items"]),
            "article": lambda b: self.heading(b, b["no"], b["r"]), "chapter": lambda b: self.heading(b, b["no"], b["r"]),
            "heading": lambda b: self.heading(b, b["r"], align="left"), "part": self.part, "contents": self.contents,
            "recital": self.recital, "parties": self.parties, "facts": lambda b: self.facts(b["rows"]), "table": self.table,
            "sign": self.sign, "copies": self.copies, "code": self.code, "qr": self.qr, "note": self.note, "annex": self.annex,
            "pagebreak": lambda b: self.line([], Looks(new_page=True, after=0)),
        }  # fmt: skip

    def blocks(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            self.does[node["t"]](node)

    def line(self, line: Line, looks: Looks = PLAIN) -> None:
        self.lines([line], looks)

    def lines(self, lines: Sequence[Line], looks: Looks = PLAIN, lead: Line | None = None) -> None:
        self.word.paragraph(lines, Looks(**{**vars(looks), "keep": looks.keep or self.kept}), lead)

    # --- heads ---
    def letterhead(self, kop: Node) -> None:
        rows = [
            ([each["r"]], Looks(align="center", bold=True, size=16 if each["large"] else 13, after=0))
            for each in kop["lines"]
        ]
        if kop["address"]:
            rows.append(([kop["address"]], Looks(align="center", size=9, after=0)))
        if kop["emblem"]:
            emblem = base64.b64decode(kop["emblem"].partition(",")[2])
            cells = (CellOf((), picture=emblem, picture_alt="Lambang"), CellOf(rows), CellOf(()))
            self.word.table((23, self.word.width - 46, 23), [RowOf(cells)])
        else:
            for lines, looks in rows:
                self.lines(lines, looks)
        self.line([], Looks(size=4, ruled="below", after=12))

    def title(self, node: Node) -> None:
        self.lines(node["lines"], Looks(style=f"Heading{min(node['level'], 6)}", align="center"))
        for lines in (node["numbers"], node["about"]):
            for each in lines:
                self.line(each, Looks(align="center", bold=lines is node["about"], keep=True))

    def heading(self, node: Node, *lines: Line, align: Align = "center") -> None:
        self.lines(lines, Looks(style=f"Heading{min(node['level'], 6)}", align=align))

    def opening(self, node: Node) -> None:
        self.line(node["place"], Looks(align="right", after=8))
        self.facts(node["rows"], 24)
        self.lines(node["to"], Looks(after=10, before=6))

    def part(self, node: Node) -> None:
        if node["n"] == 1:
            self.line([], Looks(new_page=True, after=0))
        self.heading(node, node["r"])

    def contents(self, node: Node) -> None:
        self.heading(node, node["r"])
        for each in node["items"]:
            self.line(each["r"])

    # --- text ---
    def par(self, node: Node) -> None:
        self.line(node["r"], Looks(align=node["align"], first=12 if node["indent"] else 0, keep=node["keep"], after=6))

    def items(self, items: Sequence[Node], deep: int = 0) -> None:
        for item in items:
            if "blocks" in item:
                self.blocks(item["blocks"])
                continue
            looks = Looks(align="justify", left=_MARK * deep, hang=_MARK, keep="sub" in item)
            self.lines([item["r"]], looks, item["m"])
            if "sub" in item:
                self.items(item["sub"], deep + 1)
            if "tail" in item:
                self.line(item["tail"], Looks(align="justify", left=_MARK * (deep + 1)))

    def facts(self, rows: Sequence[Node], label: float = 44.0) -> None:
        widths = (label, _COLON, self.word.width - label - _COLON)
        cells = [(_cell(row["label"]), _cell(row["colon"]), _cell(row["r"])) for row in rows]
        self.word.table(widths, [RowOf(each) for each in cells], keep=self.kept)

    def recital(self, node: Node) -> None:
        widths = (29.0, _COLON, _MARK, self.word.width - 29 - _COLON - _MARK)
        rows = [
            RowOf((
                _cell(node["label"] if first else []), _cell(node["colon"] if first else []),
                _cell(each["m"]), _cell(each["r"], Looks(align="justify")),
            ))
            for first, each in ((number == 0, each) for number, each in enumerate(node["items"]))
        ]  # fmt: skip
        self.word.table(widths, rows)

    def parties(self, node: Node) -> None:
        widths = (9.0, 44.0, _COLON, self.word.width - 53 - _COLON)
        rows = [
            RowOf((
                _cell(each["m"]), _cell(each["name"], Looks(bold=True)), _cell(each["colon"]),
                _cell(each["r"], Looks(align="justify")),
            ))
            for each in node["items"]
        ]  # fmt: skip
        self.word.table(widths, rows)

    def copies(self, node: Node) -> None:
        self.line(node["r"], Looks(before=12, keep=True))
        for number, each in enumerate(node["items"], 1):  # all of them on one page
            self.lines([each["r"]], Looks(hang=_MARK, after=0, keep=number < len(node["items"])), each["m"])

    # --- tables and boxes ---
    def table(self, node: Node) -> None:
        if node["caption"]:
            self.line(node["caption"], Looks(bold=True, keep=True))
        columns, size = node["columns"], 9.5 if node["small"] else 11.0
        unit = self.word.width / sum(each["width"] for each in columns)

        def row(cells: Sequence[Node], kind: str) -> RowOf:
            made, place = [], 0
            side: Align
            groups = len(cells) == 1 and cells[0]["span"] > 1
            for cell in cells:
                side = "left" if groups else "center" if kind == "head" or cell["span"] > 1 else columns[place]["align"]
                looks = Looks(align=side, bold=kind != "row", size=size, after=0, keep=groups or kind == "head")
                made.append(CellOf([([cell["r"]], looks)], cell["span"], shaded=kind == "head"))
                place += cell["span"]
            return RowOf(made, head=kind == "head", height=9.5 if node["tall"] else 0)

        rows = [row(node["head"], "head"), *(row(each, "row") for each in node["rows"])]
        rows += [row(each, "foot") for each in node["foot"]]
        self.word.table([each["width"] * unit for each in columns], rows, framed=True)

    def note(self, node: Node) -> None:
        paragraphs = [([node["heading"]], Looks(bold=True, keep=True))] if node["heading"] else []
        self._box(CellOf([*paragraphs, ([node["r"]], Looks())]))

    def code(self, node: Node) -> None:
        said = [([node["label"]], Looks(align="center"))] if node["label"] else []
        self._box(CellOf([*said, ([node["code"]], Looks(align="center", bold=True, size=22))]))

    def _box(self, cell: CellOf) -> None:
        self.word.table((self.word.width,), [RowOf((cell,))], framed=True)

    def qr(self, node: Node) -> None:
        said = [([each], Looks(size=size, bold=size == 10)) for each, size in
                ((node["r"], 10.5), (node["code"], 10), (node["address"], 9)) if each]  # fmt: skip
        picture = CellOf((), picture=png(node["of"]), picture_alt=f"Kode QR: {node['of']}")
        self.word.table((26, self.word.width - 26), [RowOf((picture, CellOf(said)))], framed=True)

    # --- signatures ---
    def sign(self, node: Node) -> None:
        self.kept = True
        self.blocks(node["lead"])
        for each in node["place"]:
            self.line(each, Looks(left=self.word.width / 2, align="center", after=0))
        for group in node["groups"]:
            if group["heading"]:
                self.line(group["heading"], Looks(align="center", before=8))
            count = len(group["slots"])
            columns = 2 if count in (1, 4) else min(count, 3)
            for start in range(0, count, columns):
                self._signers(group["slots"][start : start + columns], columns)
        witnesses = node.get("witnesses", [])
        for number, each in enumerate(witnesses, 1):
            self.line(
                each, Looks(size=10, before=8 if number == 1 else 18, after=12 if number == len(witnesses) else 0)
            )
        self.kept = False

    def _signers(self, slots: Sequence[Node], columns: int) -> None:
        """Side by side; a single one stands on the right. Names in one row stand on one line."""
        above, below = max(len(slot["role"]) for slot in slots), max(len(slot["under"]) for slot in slots)
        cells = [CellOf(())] * (columns - len(slots) if len(slots) == 1 else 0)
        cells += [self._slot(slot, above, below) for slot in slots]
        cells += [CellOf(())] * (columns - len(cells))
        self.word.table([self.word.width / columns] * columns, [RowOf(cells)], keep=True)

    @staticmethod
    def _slot(slot: Node, above: int, below: int) -> CellOf:
        middle, tight = Looks(align="center"), Looks(align="center", after=0)
        roles = [([each], tight) for each in slot["role"]] + [([], tight)] * (above - len(slot["role"]))
        room = [([slot["stamp"]], Looks(size=7, quiet=True, after=0, before=6))]
        marked = [slot[name] for name in ("seal", "thumb") if slot.get(name)]
        room += [([each], Looks(size=7, quiet=True, after=0)) for each in marked]
        room += [([slot["note"]], Looks(align="center", size=9, after=0))]
        room += [([], Looks(align="center", after=30))]
        name = [([slot["name"]], Looks(align="center", bold=True, underline=True, after=0))]
        under = [([each], tight) for each in slot["under"]] + [([], middle)] * (below - len(slot["under"]))
        return CellOf([*roles, *room, *name, *under])

    def annex(self, node: Node) -> None:
        usual = self.word.across
        begun = self.word.turn(node["landscape"] or usual)
        for number, each in enumerate(node["lines"]):
            self.line(each, Looks(left=self.word.width - 78, size=10, after=0, new_page=number == 0 and not begun))
        self.heading(node, node["r"])
        self.blocks(node["blocks"])
        self.word.turn(usual)


def _cell(line: Line, looks: Looks = PLAIN) -> CellOf:
    return CellOf([([line], looks)])
