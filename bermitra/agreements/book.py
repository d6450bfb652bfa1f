"""The library of articles that ships with the product, read once: their wording, their blanks, where each belongs.

Pure Python. ``clauses/pokok.yaml`` tells the grammar. What a YAML file says wrongly shows itself when the book is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent / "clauses"
ARTICLES = ("pokok.yaml", "umum.yaml", "bentuk.yaml")
UNITS = ("count", "percent", "money", "date", "text")
NAMED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Slot:
    """A blank that the parties fill in. ``binds``: what stands in it is owed to somebody, so that the meeting decides on it."""

    name: str
    says: str
    unit: str
    default: int | str | None
    binds: bool = True


@dataclass(frozen=True)
class Part:
    """One paragraph: its words, what is listed below it, and the value without which it is left out."""

    text: str
    sub: tuple[str, ...] = ()
    listed: str = ""
    needs: str = ""


@dataclass(frozen=True)
class Article:
    code: str
    title: str
    order: int
    parts: tuple[Part, ...]
    content: str = ""
    forms: frozenset[str] = frozenset()  # empty: whatever the form
    when: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every value that the wording asks for."""
        texts = [text for part in self.parts for text in (part.text, *part.sub)]
        return frozenset(name for text in texts for name in NAMED.findall(text))


@dataclass(frozen=True)
class Condition:
    """A condition of some forms (of none: of all) that somebody must show to be met, where this is so (``when``)."""

    code: str
    says: str
    basis: str
    forms: frozenset[str]
    when: str = ""


@dataclass(frozen=True)
class Read:
    """A form whose whole agreement was read page by page."""

    form: str
    sample: str
    read_on: date


@dataclass(frozen=True)
class Measure:
    """A consequence that the wording knows: how people write it, and the words by which its place is found."""

    code: str
    says: str
    words: tuple[str, ...]
    article: str
    at: str


@dataclass(frozen=True)
class Rung:
    """A warning that the wording knows: the words by which it is found, what stands before its days, and the norm that
    gives them where a text says none."""

    code: str
    title: str
    at: tuple[str, ...]
    days: str
    norm: str


@dataclass(frozen=True)
class Required:
    """A content that an agreement must have, the letter of the law, and the articles of which one holds it."""

    code: str
    letter: str
    one_of: tuple[str, ...]
    basis: str


@lru_cache(maxsize=1)
def articles() -> dict[str, Article]:
    """All articles by code, in the order of the text."""
    rows = [row for name in ARTICLES for row in _read(name)]
    found = sorted((_article(row) for row in rows), key=lambda each: each.order)
    if len({each.code for each in found}) != len(found):
        raise ValueError("an article stands in the book twice")
    slots = [slot for each in found for slot in each.slots.values()]
    if twofold := {each.name for each in slots if each.binds} & {each.name for each in slots if not each.binds}:
        raise ValueError(f"binds in one article and not in another: {', '.join(sorted(twofold))}")
    return {each.code: each for each in found}


@lru_cache(maxsize=1)
def conditions() -> tuple[Condition, ...]:
    return tuple(Condition(**{**row, "forms": frozenset(row["forms"])}) for row in _read("syarat.yaml"))


def conditions_of(forms: Collection[str], circumstances: Collection[str] = ()) -> tuple[Condition, ...]:
    """What these forms ask for where this is so (``bumdes``, ``large``, ``cooperative``), in the order of the book."""
    return tuple(
        each
        for each in conditions()
        if (not each.forms or each.forms & set(forms)) and (not each.when or each.when in circumstances)
    )


def chosen(forms: Collection[str], circumstances: frozenset[str]) -> tuple[Article, ...]:
    """The articles of an agreement in these forms, where these ``when`` hold (``asset``, ``consent``, ``money``,
    ``no_money``, ``memorandum``, ``made_under``).

    ``short`` among them: only the articles of a short text, in short words where they have some.
    """
    book = short_articles() if "short" in circumstances else articles()
    return tuple(
        each
        for each in book.values()
        if (not each.forms or each.forms & set(forms)) and (not each.when or each.when in circumstances)
    )


@lru_cache(maxsize=1)
def short_articles() -> dict[str, Article]:
    """The articles of a short text, in the order of the text; those without words of their own keep the whole ones."""
    rows = {row["code"]: row for row in _read("ringkas.yaml")}
    if unknown := rows.keys() - articles().keys():
        raise ValueError(f"no article {', '.join(sorted(unknown))}")
    return {code: _shortened(each, rows[code]) for code, each in articles().items() if code in rows}


def _shortened(article: Article, row: dict[str, Any]) -> Article:
    parts = tuple(_part(each) for each in row["body"]) if "body" in row else article.parts
    return replace(article, title=row.get("title", article.title), parts=parts)


@lru_cache(maxsize=1)
def read_forms() -> dict[str, Read]:
    """The forms whose agreements were read page by page, by code."""
    return {row["form"]: Read(**row) for row in _read("telaah.yaml")}


def unread(forms: Collection[str]) -> tuple[str, ...]:
    """Those of these forms that nobody has read yet."""
    return tuple(each for each in forms if each not in read_forms())


def laws_of(forms: Collection[str], partner_kind: str) -> tuple[str, ...]:
    """The laws that these forms rest on besides those that every agreement names."""
    return tuple(
        row["says"]
        for row in _laws()
        if (not row["forms"] or set(row["forms"]) & set(forms)) and partner_kind in row.get("partners", [partner_kind])
    )


@lru_cache(maxsize=1)
def _laws() -> tuple[dict[str, Any], ...]:
    return tuple(_read("hukum.yaml"))


@lru_cache(maxsize=1)
def measures() -> tuple[Measure, ...]:
    return tuple(Measure(**{**row, "words": tuple(row["words"])}) for row in _read("sanksi.yaml"))


@lru_cache(maxsize=1)
def rungs() -> tuple[Rung, ...]:
    """The warnings that the wording knows, from the first to the last."""
    return tuple(Rung(**{**row, "at": tuple(row["at"])}) for row in _read("tangga.yaml"))


@lru_cache(maxsize=1)
def required() -> tuple[Required, ...]:
    return tuple(Required(**{**row, "one_of": tuple(row["one_of"])}) for row in _read("wajib.yaml"))


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return rows


def _article(row: dict[str, Any]) -> Article:
    slots = {name: _slot(name, of) for name, of in row.get("slots", {}).items()}
    parts = tuple(_part(each) for each in row["body"])
    known = {**row, "parts": parts, "forms": frozenset(row.get("forms", ())), "slots": slots}
    del known["body"]
    return Article(**known)


def _slot(name: str, of: dict[str, Any]) -> Slot:
    if of["unit"] not in UNITS:
        raise ValueError(f"{name}: no unit {of['unit']!r}")
    if not isinstance(binds := of.get("binds", True), bool):
        raise ValueError(f"{name}: binds is true or false, not {binds!r}")
    return Slot(name, of["says"], of["unit"], of.get("default"), binds)


def _part(given: str | dict[str, Any]) -> Part:
    if isinstance(given, str):
        return Part(given)
    return Part(given["text"], tuple(given.get("sub", ())), given.get("list", ""), given.get("if", ""))
