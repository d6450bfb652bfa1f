"""Source -> tree: plain JSON data in which every visible character already stands.

Article numbers, markers, references, non-breaking spaces, heading levels and script runs are settled here, so that all
renderers show the same words by construction: they only place them. Papers are Indonesian whatever language the reader has
chosen (UU 24/2009 ps 31), so no word here is translated.

Shape of the tree. A *line* is a list of runs ``{"s": text, "b"?, "i"?: 1, "x"?: script key, "n"?: 1 = do not break}``.
Everything else is dicts and lists around lines, in reading order; blocks carry their kind as ``"t"``. So the words of a tree
are all its lines from first to last, and no renderer needs to be asked.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from bermitra.foundation.codes import grouped
from bermitra.foundation.documents import model as m
from bermitra.foundation.documents.characters import LATIN, drawn, pieces, plain
from bermitra.foundation.text import roman

Tree = dict[str, Any]
Line = list[dict[str, Any]]

EXAMPLE = "CONTOH – TIDAK BERLAKU"
DRAFT = "RANCANGAN"
DEEPEST = 4  # (1), a., 1), a): Typst's own stack ends near fifty
UNNAMED = "(…………………………)"  # who signs with ink writes the name
READ_ALOUD = ("Dibacakan oleh: ………………………", "Disaksikan oleh: ………………………")  # written in beside a thumbprint
LONGEST_WORD = 2_000  # one PDF string holds 32,767 bytes
UPRIGHT = "signatures stand on upright pages only"  # their places are measured on those


class DocumentError(ValueError):
    """The document cannot be built as it was written: a fault of ours, never of the reader's."""


@dataclass(frozen=True)
class Issued:
    """What makes a paper one that can be checked: its code, the address behind its QR, and whether it is only an example.

    ``by_hand``: a letter that an office numbers and signs itself; it has no code, and is no draft either.
    """

    code: str = ""
    address: str = ""
    example: bool = False
    by_hand: bool = False


def compose(document: m.Document, issued: Issued = Issued()) -> Tree:
    """Build the tree. Pure: the same document and code give the same tree and fingerprint.

    Without a code the paper is a draft and says so on every page, unless a hand finishes it. Raises
    :class:`DocumentError` for a reference to nothing, a key used twice, clauses more than four deep, a word longer than a
    line of text can ever be, a table row of another width than its table, and signatures on a page across.
    """
    if document.landscape and any(isinstance(block, m.Signatures) for block in document.blocks):
        raise DocumentError(UPRIGHT)
    survey = _Builder(document, issued, places=None)
    survey.blocks(document.blocks)  # first round: where every key stands
    build = _Builder(document, issued, places=survey.found)
    tree: Tree = {
        "version": 1,
        "kind": document.kind,
        "title": drawn(document.title),
        "author": drawn(document.author),
        "dated": [document.dated.year, document.dated.month, document.dated.day],
        "size": document.size.value,
        "landscape": document.landscape,
        "points": document.points,
        "plain": document.plain,
        "kop": build.letterhead(document.letterhead) if document.letterhead else None,
        "blocks": build.blocks(document.blocks),
        "data": plain_data(document.data or {}),
    }
    tree["fingerprint"] = fingerprint(tree)
    tree["furniture"] = _furniture(tree["fingerprint"], issued, document.initials)
    return tree


def words(tree: Tree) -> list[str]:
    """All visible lines in reading order, every kind of blank as one space. Footer and watermark are not words."""
    lines = _lines([tree["kop"], tree["blocks"]])
    return [said for line in lines if (said := _folded("".join(run["s"] for run in line)))]


def canonical(tree: Tree) -> bytes:
    """What the fingerprint is taken over, as RFC 8785 JSON; it travels inside the PDF so that anyone can hash it again."""
    return rfc8785.dumps({"version": 1, "kind": tree["kind"], "words": words(tree), "data": tree["data"]})


def fingerprint(tree: Tree) -> str:
    """SHA-256 over words and data, not over looks: one for all formats, and the only hash a page can carry about itself."""
    return sha256(canonical(tree)).hexdigest()


def _lines(node: Any) -> Iterator[Line]:
    if isinstance(node, list) and node and isinstance(node[0], dict) and "s" in node[0]:
        yield node
    elif isinstance(node, list | dict):
        for each in (node[key] for key in _READ if key in node) if isinstance(node, dict) else node:
            yield from _lines(each)


# What of a node is read, in this order: a database may keep the keys of a stored tree in an order of its own.
_READ = (
    "m", "label", "role", "stamp", "seal", "thumb", "note", "name", "under", "colon", "heading", "no", "lines", "r", "numbers",
    "about", "items", "sub", "tail", "code", "address", "caption", "head", "lead", "place", "rows", "foot", "to", "groups",
    "slots", "witnesses", "blocks",
)  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _furniture(of_words: str, issued: Issued, initials: Sequence[str]) -> dict[str, Any]:
    """What stands around the words on every page."""
    short = " ".join(of_words[start : start + 4] for start in range(0, 16, 4))
    foot = [f"Kode {grouped(issued.code)}", f"Sidik {short}"] if issued.code else [f"Sidik {short}"]
    status = EXAMPLE if issued.example else "" if issued.code or issued.by_hand else DRAFT
    return {
        "status": status,
        "foot": " · ".join([status, *foot] if status else foot),
        "where": f"Periksa di {issued.address}" if issued.address else "",
        "page": ["Halaman ", " dari "],
        "fingerprint": of_words,
        "code": issued.code,
        "address": issued.address,
        "initials": [f"Paraf {each}" for each in initials],
        "by_pen": "bila ditandatangani dengan pena" if initials else "",
    }


def plain_data(value: Any) -> Any:
    """The data of a document as its tree holds it."""
    if isinstance(value, str):
        return plain(value).encode("utf-8", "replace").decode()  # a lone surrogate has no UTF-8
    if isinstance(value, dict):
        return {plain_data(str(key)): plain_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(each) for each in value]
    if isinstance(value, float):
        raise DocumentError("data of a document holds no floats")
    return value


# --- numbers ----------------------------------------------------------------------------------------------
def letters(number: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("a") + rest) + out
    return out


def _witnesses(count: int) -> list[str]:
    """A heading, and a line for each."""
    heading = ["Saksi, bila dengan pena:"] if count else []
    return heading + [f"{number}. ……………………………" for number in range(1, count + 1)]


def _marker(marks: m.Marks, number: int) -> tuple[str, str]:
    """(what stands before the item, what a reference to it says)."""
    match marks:
        case "clause":
            return f"({number})", f"ayat ({number})"
        case "letter":
            return f"{letters(number)}.", f"huruf {letters(number)}"
        case "number":
            return f"{number}.", f"angka {number}"
        case "bracket":
            return f"{number})", f"angka {number})"
        case "letter-bracket":
            return f"{letters(number)})", f"huruf {letters(number)})"


_BELOW: dict[m.Marks, m.Marks] = {
    "clause": "letter",
    "letter": "bracket",
    "number": "letter",
    "bracket": "letter-bracket",
    "letter-bracket": "bracket",
}

# --- spaces that must not break -----------------------------------------------------------------------------
_MONTHS = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
_UNITS = "orang|hari|bulan|tahun|jiwa|meter|hektare|ha|m²|km|kg|unit|kali|persen|%"
_GLUE = (
    (re.compile(r"\b([Pp]asal|[Aa]yat|[Hh]uruf|angka|Nomor|Lampiran|BAB|Bab|[Tt]ahun|RT|RW|[Kk]ode) (?=[\d(IVXLC]|[a-z]\b)"),
     "\\1\u00a0"),
    (re.compile(r"\bPIHAK (?=KESATU|KEDUA|KETIGA|KEEMPAT)"), "PIHAK\u00a0"),
    (re.compile(rf"\b(\d{{1,2}}) ({_MONTHS}) (\d{{4}})"), "\\1\u00a0\\2\u00a0\\3"),
    (re.compile(rf"(\d) ({_UNITS})(?!\w)"), "\\1\u00a0\\2"),
    (re.compile(r"\b(H|Hj|Dr|Ir|Drs|Dra|R|M)\. (?=[A-Z])"), "\\1.\u00a0"),
    (re.compile(r", (S|M|A)\.(?=[A-Z])"), ",\u00a0\\1."),
)  # fmt: skip
# 012/PB-SUMBERWARAS/III/2026 must not break at its hyphen.
_REGISTER_NUMBER = re.compile(r"(?<!\S)(?=\S{0,20}\d)[\w.]+(?:[/-][\w.]+){2,}")


def _solid(text: str) -> Iterator[tuple[str, bool]]:
    """Cut out register numbers of a length that fits a line: (piece, unbreakable)."""
    end = 0
    for found in _REGISTER_NUMBER.finditer(text):
        if len(found.group()) > 40:
            continue
        if found.start() > end:
            yield text[end : found.start()], False
        yield found.group(), True
        end = found.end()
    if end < len(text):
        yield text[end:], False


# --- building -----------------------------------------------------------------------------------------------
class _Builder:
    """Goes through the blocks once. With ``places=None`` it only collects what each key stands for, in ``found``."""

    def __init__(
        self,
        document: m.Document,
        issued: Issued,
        places: dict[str, tuple[str, ...]] | None,
    ):
        self.issued = issued
        self.places = places
        self.found: dict[str, tuple[str, ...]] = {}
        self.articles = self.chapters = self.annexes = 0
        self.heading_level = 0
        self.below_chapters = any(isinstance(block, m.Chapter) for block in document.blocks)
        self.below_title = int(any(isinstance(block, m.Title) for block in document.blocks))
        self.parts = [block.title for block in document.blocks if isinstance(block, m.Part)]
        self.part = 0
        self.many_annexes = sum(isinstance(block, m.Annex) for block in document.blocks) > 1

    # text
    def line(self, text: m.Text, path: tuple[str, ...] = (), narrow: bool = False) -> Line:
        """Runs of one line. ``path`` is where it stands; ``narrow`` lines (cells) keep every chance to break."""
        if self.places is None or not text:
            return []
        out: Line = []
        for s, bold, italic in self._joined((m.Run(text),) if isinstance(text, str) else text, path):
            for script, piece in pieces(s if narrow else self._glued(s)):
                solid = _solid(piece) if script == LATIN and not narrow else [(piece, False)]
                for part, unbroken in solid:
                    marks = {
                        "b": bold,
                        "i": italic,
                        "x": script != LATIN and script,
                        "n": unbroken,
                    }
                    out.append({"s": part} | {key: value if key == "x" else 1 for key, value in marks.items() if value})
        return out

    def _joined(self, runs: Iterable[m.Run], path: tuple[str, ...]) -> list[tuple[str, bool, bool]]:
        joined: list[tuple[str, bool, bool]] = []
        for run in runs:
            s = drawn(self._resolved(run.ref, path) if run.ref else run.s)
            if any(len(word) > LONGEST_WORD for word in s.split()):
                raise DocumentError(f"a word of more than {LONGEST_WORD} letters")
            if joined and joined[-1][1:] == (run.bold, run.italic):
                joined[-1] = (joined[-1][0] + s, run.bold, run.italic)
            elif s:
                joined.append((s, run.bold, run.italic))
        return joined

    @staticmethod
    def _glued(s: str) -> str:
        for pattern, by in _GLUE:
            s = pattern.sub(by, s)
        return s

    def _resolved(self, key: str, path: tuple[str, ...]) -> str:
        """Says "Pasal 12 ayat (3)", or "ayat (3)" to a reader who stands in Pasal 12."""
        place = (self.places or {}).get(key)
        if place is None:
            raise DocumentError(f"a reference to nothing: {{@{key}}}")
        same_article = len(place) > 1 and path[:1] == place[:1]
        return " ".join(place[1:] if same_article else place)

    def _stands(self, key: str, path: tuple[str, ...]) -> None:
        if not key:
            return
        if key in self.found:
            raise DocumentError(f"two places with the key {key}")
        self.found[key] = path

    def _level(self, wanted: int) -> int:
        """A title is the first level. PDF/UA refuses skipped levels, so a heading lies at most one below the last."""
        self.heading_level = min(wanted + self.below_title, self.heading_level + 1)
        return self.heading_level

    # blocks
    def letterhead(self, kop: m.Letterhead) -> dict[str, Any]:
        largest = kop.largest % len(kop.lines)
        emblem = "data:image/png;base64," + base64.b64encode(kop.emblem).decode() if kop.emblem else ""
        lines = [{"r": self.line(text), "large": number == largest} for number, text in enumerate(kop.lines)]
        return {"emblem": emblem, "lines": lines, "address": self.line(kop.address)}

    def blocks(self, blocks: Sequence[m.Block], path: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        return [node for block in blocks for node in self.block(block, path)]

    def block(self, block: m.Block, path: tuple[str, ...]) -> list[dict[str, Any]]:
        match block:
            case str() | tuple():
                return [self._paragraph(m.Paragraph(block), path)]
            case m.Paragraph():
                return [self._paragraph(block, path)]
            case m.Article():
                return self._article(block)
            case m.Annex():
                return [self._annex(block)]
            case m.Numbered():
                return [
                    {
                        "t": "items",
                        "items": self._items(block.items, block.marks, path, 1),
                    }
                ]
            case m.Signatures():
                return [self._signatures(block, path)]
            case m.Table():
                return [self._table(block)]
            case m.PageBreak():
                return [{"t": "pagebreak"}]
            case m.Part():
                self.part += 1
                return [
                    {
                        "t": "part",
                        "n": self.part,
                        "level": self._level(1),
                        "r": self._named_part(self.part, block.title),
                    }
                ]
            case m.Contents():
                return self._contents(block)
            case m.Qr() if not (block.address or self.issued.address):
                return []  # a draft has no page where it could be checked
            case _:
                return [self._simple(block, path)]

    def _named_part(self, number: int, title: m.Text) -> Line:
        return self.line(m.fill("{n}. {title}", n=roman(number), title=title))

    def _contents(self, block: m.Contents) -> list[dict[str, Any]]:
        items = [{"n": n, "r": self._named_part(n, title)} for n, title in enumerate(self.parts, 1)]
        return [{"t": "contents", "r": self.line(block.title), "level": self._level(1), "items": items}]

    def _simple(self, block: Any, path: tuple[str, ...]) -> dict[str, Any]:
        """Blocks without blocks inside."""
        line = self.line
        match block:
            case m.Title():
                numbers = [line(f"{label}: {number}" if label else number) for label, number in block.numbers]
                about = [line("TENTANG"), line(block.about)] if block.about else []
                return {
                    "t": "title",
                    "level": self._level(0),
                    "lines": [line(x) for x in block.lines],
                    "numbers": numbers,
                    "about": about,
                }
            case m.Opening():
                return {"t": "opening", "place": line(block.place_and_date), "rows": self._facts(block.facts, path),
                        "to": [line(x) for x in block.to]}  # fmt: skip
            case m.Heading():
                return {
                    "t": "heading",
                    "level": self._level(block.level),
                    "r": line(block.text, path),
                }
            case m.Chapter():
                self.chapters += 1
                return {"t": "chapter", "level": self._level(1), "no": line(f"BAB {roman(self.chapters)}"),
                        "r": line(block.title)}  # fmt: skip
            case m.Recital():
                items = [{"m": line(_marker(block.marks, n)[0]) if block.marks else [], "r": line(text)}
                         for n, text in enumerate(block.items, 1)]  # fmt: skip
                return {
                    "t": "recital",
                    "label": line(block.label),
                    "colon": line(":"),
                    "items": items,
                }
            case m.Parties():
                items = [{"m": line(f"{roman(n)}."), "name": line(name), "colon": line(":"), "r": line(stands_for)}
                         for n, (name, stands_for) in enumerate(block.items, 1)]  # fmt: skip
                return {"t": "parties", "items": items}
            case m.Facts():
                return {
                    "t": "facts",
                    "indent": block.indent,
                    "rows": self._facts(block.rows, path),
                }
            case m.Copies():
                items = [{"m": line(f"{n}."), "r": line(text)} for n, text in enumerate(block.to, 1)]
                return {"t": "copies", "r": line("Tembusan:"), "items": items}
            case m.Code():
                return {
                    "t": "code",
                    "label": line(block.label),
                    "code": line(grouped(block.code)),
                }
            case m.Qr():
                return self._qr(block, path)
            case m.Note():
                return {
                    "t": "note",
                    "heading": line(block.heading),
                    "r": line(block.text, path),
                }
        raise TypeError(f"no block: {type(block).__name__}")

    def _paragraph(self, block: m.Paragraph, path: tuple[str, ...]) -> dict[str, Any]:
        looks = {"align": block.align, "indent": block.indent, "keep": block.keep}
        return {"t": "par", "r": self.line(block.text, path)} | looks

    def _facts(self, rows: Sequence[tuple[str, m.Text]], path: tuple[str, ...]) -> list[dict[str, Any]]:
        return [{"label": self.line(k), "colon": self.line(":"), "r": self.line(v, path)} for k, v in rows]

    def _qr(self, block: m.Qr, path: tuple[str, ...]) -> dict[str, Any]:
        address = block.address or self.issued.address
        code = f"Kode verifikasi {grouped(self.issued.code)}" if self.issued.code and not block.address else ""
        return {"t": "qr", "of": address, "r": self.line(block.sentence, path), "code": self.line(code),
                "address": self.line(address, narrow=True)}  # fmt: skip

    def _article(self, article: m.Article) -> list[dict[str, Any]]:
        self.articles += 1
        path = (f"Pasal {self.articles}",)
        self._stands(article.key, path)
        head = {"t": "article", "n": self.articles, "level": self._level(2 if self.below_chapters else 1),
                "no": self.line(path[0]), "r": self.line(article.title)}  # fmt: skip
        counted = [part for part in article.body if isinstance(part, m.Clause | str | tuple)]
        if len(counted) > 1:
            return [
                head,
                {"t": "items", "items": self._items(article.body, "clause", path, 1)},
            ]
        return [
            head,
            *(node for part in article.body for node in self._only_clause(part, path)),
        ]

    def _only_clause(self, part: Any, path: tuple[str, ...]) -> list[dict[str, Any]]:
        """An article's single clause has no number; its sub-clauses begin with a."""
        if not isinstance(part, m.Clause):
            return self.block(part, path)
        self._stands(part.key, path)
        out = [self._paragraph(m.Paragraph(part.text, keep=bool(part.sub)), path)]
        if part.sub:
            out.append({"t": "items", "items": self._items(part.sub, "letter", path, 1)})
        if part.tail:
            out.append(self._paragraph(m.Paragraph(part.tail), path))
        return out

    def _items(self, items: Sequence[Any], marks: m.Marks, path: tuple[str, ...], depth: int) -> list[dict[str, Any]]:
        if depth > DEEPEST:
            raise DocumentError(f"clauses more than {DEEPEST} deep")
        out: list[dict[str, Any]] = []
        number = 0
        for item in items:
            if not isinstance(item, m.Clause | str | tuple):
                out.append({"blocks": self.block(item, path)})
                continue
            number += 1
            clause = item if isinstance(item, m.Clause) else m.Clause(item)
            shown, said = _marker(marks, number)
            here = (*path, said)
            self._stands(clause.key, here)
            node: dict[str, Any] = {
                "m": self.line(shown),
                "r": self.line(clause.text, here),
            }
            if clause.sub:
                node["sub"] = self._items(clause.sub, _BELOW[marks], here, depth + 1)
            if clause.tail:
                node["tail"] = self.line(clause.tail, here)
            out.append(node)
        return out

    def _table(self, table: m.Table) -> dict[str, Any]:
        head = [self._cell(column.head) for column in table.columns]
        rows, foot = ([[self._cell(cell) for cell in row] for row in part] for part in (table.rows, table.foot))
        for row in (*rows, *foot):
            if sum(cell["span"] for cell in row) != len(table.columns):
                raise DocumentError(f"a row that does not fill {len(table.columns)} columns")
        return {
            "t": "table",
            "columns": [{"width": round(column.width * 100), "align": column.align} for column in table.columns],
            "small": table.small,
            "tall": table.tall,
            "caption": self.line(table.caption),
            "head": head,
            "rows": rows,
            "foot": foot,
        }

    def _cell(self, cell: m.Cell) -> dict[str, Any]:
        if isinstance(cell, m.Span):
            return {"span": cell.columns, "r": self.line(cell.text, narrow=True)}
        return {"span": 1, "r": self.line(cell, narrow=True)}

    def _signatures(self, block: m.Signatures, path: tuple[str, ...]) -> dict[str, Any]:
        groups = [{"heading": self.line(heading), "slots": [self._slot(slot) for slot in slots]}
                  for heading, slots in block.groups]  # fmt: skip
        return {
            "t": "sign",
            "lead": self.blocks(block.lead, path),
            "place": [self.line(text) for text in block.place_and_date],
            "groups": groups,
            "witnesses": [self.line(each, narrow=True) for each in _witnesses(block.witnesses)],
        }

    def _slot(self, slot: m.Slot) -> dict[str, Any]:
        duty = f"METERAI Rp10.000 lembar {slot.copy}" if slot.copy else "METERAI Rp10.000"
        under = (*slot.under, *(READ_ALOUD if slot.thumb else ()))
        return {
            "field": slot.field,
            "role": [self.line(text, narrow=True) for text in slot.role],
            "stamp": self.line(duty, narrow=True) if slot.stamp else [],
            "seal": self.line(slot.seal, narrow=True),
            "thumb": self.line("CAP JEMPOL", narrow=True) if slot.thumb else [],
            "note": self.line(slot.note),
            "name": self.line(slot.name or UNNAMED, narrow=True),
            "under": [self.line(text, narrow=True) for text in under],
        }

    def _annex(self, annex: m.Annex) -> dict[str, Any]:
        if annex.landscape and any(isinstance(block, m.Signatures) for block in annex.blocks):
            raise DocumentError(UPRIGHT)
        self.annexes += 1
        name = f"Lampiran {roman(self.annexes)}" if self.many_annexes else "Lampiran"
        self._stands(annex.key, (name,))
        return {
            "t": "annex",
            "level": self._level(1),
            "landscape": annex.landscape,
            "lines": [self.line(name), *(self.line(text) for text in annex.lines)],
            "r": self.line(annex.title),
            "blocks": self.blocks(annex.blocks, (name,)),
        }
