"""What a document says, never how it looks. Pure: no Django, no renderer.

A stage's ``letters.py`` builds a :class:`Document` from these blocks; ``compose`` turns it into the tree that every renderer
places. Wording of ours goes through :func:`fill`; a plain ``str`` is always literal, so what people type stays letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Size(StrEnum):
    """Paper of Indonesian offices; F4 ("folio") is 215 x 330 mm."""

    A4 = "a4"
    F4 = "f4"


# --- text -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Run:
    """Letters of one look; ``ref`` is the key of an article or clause whose number is still to be put here."""

    s: str
    bold: bool = False
    italic: bool = False
    ref: str = ""


Text = str | tuple[Run, ...]
_MARKS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|\{@([\w.-]+)\}|\{(\w+)\}", re.DOTALL)


def fill(template: str, **values: object) -> tuple[Run, ...]:
    """Parse a template of *ours*, then put values in.

    ``**bold**``, ``__italic__``, ``{@key}`` (number of an article, clause or annex) and ``{name}``. The template is parsed
    before any value is seen, so marks inside a value stay letters. A value may itself be filled text. KeyError for a
    name without a value, TypeError for a value without a place.
    """
    used: set[str] = set()
    runs = tuple(_parse(template, values, used, bold=False, italic=False))
    if unused := values.keys() - used:
        raise TypeError(f"no place for {', '.join(sorted(unused))} in {template!r}")
    return runs


def _parse(s: str, values: dict[str, object], used: set[str], *, bold: bool, italic: bool) -> list[Run]:
    out: list[Run] = []
    end = 0
    for mark in _MARKS.finditer(s):
        if mark.start() > end:
            out.append(Run(s[end : mark.start()], bold, italic))
        strong, slanted, ref, name = mark.groups()
        if strong is not None:
            out += _parse(strong, values, used, bold=True, italic=italic)
        elif slanted is not None:
            out += _parse(slanted, values, used, bold=bold, italic=True)
        elif ref is not None:
            out.append(Run("", bold, italic, ref))
        else:
            used.add(name)
            value = values[name]
            out += value if isinstance(value, tuple) else [Run(str(value), bold, italic)]
        end = mark.end()
    if end < len(s):
        out.append(Run(s[end:], bold, italic))
    return out


# --- blocks -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Letterhead:
    """The kop: office lines from the highest downwards; the last is set largest unless ``largest`` names another.

    ``emblem`` is a PNG (bytes) as ``uploads`` made it safe; without one the lines stand alone.
    """

    lines: tuple[str, ...]
    address: str = ""
    largest: int = -1
    emblem: bytes = b""


@dataclass(frozen=True)
class Title:
    """Centred: title lines, ``numbers`` as (label, number), then TENTANG and what it is about."""

    lines: tuple[Text, ...]
    numbers: tuple[tuple[str, str], ...] = ()
    about: Text = ""


@dataclass(frozen=True)
class Opening:
    """Head of a letter: place and date to the right, number and matter as facts, then the addressee's lines."""

    place_and_date: Text
    facts: tuple[tuple[str, Text], ...]
    to: tuple[Text, ...]


@dataclass(frozen=True)
class Heading:
    text: Text
    level: int = 2


@dataclass(frozen=True)
class Chapter:
    """BAB, numbered in Roman numerals."""

    title: Text


@dataclass(frozen=True)
class Paragraph:
    text: Text
    align: Literal["justify", "left", "center", "right"] = "justify"
    indent: bool = False
    keep: bool = False  # stays on the page of what follows


@dataclass(frozen=True)
class Clause:
    """A numbered clause: (1), inside it a., inside that 1), then a). ``tail`` closes the sentence after the sub-clauses."""

    text: Text
    sub: tuple[Clause | Text, ...] = ()
    key: str = ""
    tail: Text = ""


@dataclass(frozen=True)
class Article:
    """Pasal. Its clauses are numbered (1), (2) as soon as there are two of them."""

    title: Text
    body: tuple[Clause | Text | Table | Facts | Paragraph, ...]
    key: str = ""


Marks = Literal["clause", "letter", "number", "bracket", "letter-bracket"]  # (1) · a. · 1. · 1) · a)


@dataclass(frozen=True)
class Numbered:
    """A list that stands by itself."""

    items: tuple[Clause | Text, ...]
    marks: Marks = "number"


@dataclass(frozen=True)
class Recital:
    """Menimbang, Mengingat, Menetapkan: a label and what is listed behind it."""

    label: str
    items: tuple[Text, ...]
    marks: Marks | None = "letter"


@dataclass(frozen=True)
class Parties:
    """Who agrees: (name, what he or she stands for), numbered I., II. …"""

    items: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Facts:
    """Label : value, one below the other."""

    rows: tuple[tuple[str, Text], ...]
    indent: bool = False


@dataclass(frozen=True)
class Column:
    head: Text
    width: float = 1.0  # share of the line
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Span:
    """A cell over several columns. Alone in its row it heads the rows below it: it stays with them, and stands over them again
    where a page breaks."""

    text: Text
    columns: int


Cell = str | tuple[Run, ...] | Span


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    caption: Text = ""
    foot: Sequence[tuple[Cell, ...]] = ()
    small: bool = False
    tall: bool = False  # room to sign in each row


@dataclass(frozen=True)
class Slot:
    """A place to sign. ``field`` names the signature field; ``stamp`` leaves room for the duty stamp (meterai), ``copy`` says on
    whose copy it stands here; ``seal`` marks where the office stamp goes, in its words; ``thumb`` leaves room for a thumbprint, and
    lines for who read the paper aloud and who saw it.
    """

    field: str
    role: tuple[str, ...]
    name: str
    under: tuple[str, ...] = ()
    stamp: bool = False
    note: str = ""
    copy: str = ""
    seal: str = ""
    thumb: bool = False


@dataclass(frozen=True)
class Signatures:
    """Slots side by side, in groups with a heading; ``lead`` holds the closing blocks that must share their page.

    ``witnesses``: lines for so many who are there when it is signed with ink.
    """

    groups: tuple[tuple[str, tuple[Slot, ...]], ...]
    lead: tuple[Block, ...] = ()
    place_and_date: tuple[Text, ...] = ()
    witnesses: int = 0


@dataclass(frozen=True)
class Copies:
    """Tembusan."""

    to: tuple[Text, ...]


@dataclass(frozen=True)
class Code:
    """A code that someone types: large, in groups of four, with a sentence above."""

    label: Text
    code: str


@dataclass(frozen=True)
class Qr:
    """A QR code of any address with a sentence beside it; without an address, the one where this paper is checked."""

    sentence: Text
    address: str = ""


@dataclass(frozen=True)
class Note:
    """A framed remark."""

    text: Text
    heading: Text = ""


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Part:
    """A part of a long file, numbered in Roman numerals; the first begins a new page."""

    title: Text


@dataclass(frozen=True)
class Contents:
    """What the parts of a file are, each with the page on which it begins."""

    title: Text


@dataclass(frozen=True)
class Annex:
    """Lampiran on a new page, numbered in Roman numerals where there are several."""

    title: Text
    blocks: tuple[Block, ...]
    lines: tuple[Text, ...] = ()
    landscape: bool = False
    key: str = ""


Block = (
    Title | Opening | Heading | Chapter | Paragraph | Article | Numbered | Recital | Parties | Facts | Table
    | Signatures | Copies | Code | Qr | Note | PageBreak | Part | Contents | Annex | str | tuple[Run, ...]
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """One document. ``data`` is its machine-readable content: JSON values, no floats, hashed together with the words.

    ``landscape``: all pages lie across (and hold no signatures). ``points``: size of its letters; more than 12 are for a notice
    board, read from two steps away. ``plain``: a regulation, which is set in one weight and underlines no name. ``initials``: who
    puts initials at the foot of each page when the paper is signed with ink.
    """

    kind: str
    title: str
    dated: date
    author: str
    blocks: tuple[Block, ...]
    letterhead: Letterhead | None = None
    size: Size = Size.F4
    data: dict[str, object] | None = None
    landscape: bool = False
    points: int = 12
    plain: bool = False
    initials: tuple[str, ...] = ()
