"""The text of a Peraturan Bersama: from what the villages decided and filled in to articles as they read. Pure Python.

``content`` is what a version holds: ``blanks`` by name, ``wording`` of articles in other words, ``dues`` in whole rupiah by the
code of the village. Everything else comes from the :class:`Setting`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bermitra.agreements.joint import book
from bermitra.agreements.text import as_typed, blank_value, day, ended, listed, money

Content = dict[str, Any]
HOLE = "…………………"


@dataclass(frozen=True)
class Setting:
    """What stands around the text: the villages by code and name in the order of the title, and what each of them agreed to."""

    title: str
    villages: Mapping[str, str]  # code -> "Desa Logandu"
    contents: Mapping[str, str]  # of the joint offer that all agreed to
    field: str
    purpose: str
    regent: str
    facilitator: str
    women_percent: int


def start(dues: Mapping[str, int]) -> Content:
    """The first text: our defaults, and the dues that the delegates of the villages named together."""
    given = {name: slot.default for name, slot in book.slots().items() if slot.default is not None}
    return {"blanks": given, "wording": {}, "dues": dict(dues)}


def chapters(content: Content, setting: Setting) -> list[dict[str, Any]]:
    """Chapter by chapter: its title, and its articles with their parts and the blanks that are still empty."""
    return [
        {"title": each.title, "articles": [_article(article, content, setting) for article in each.articles]}
        for each in book.chapters()
    ]


def text_hash(content: Content, setting: Setting) -> str:
    """Of everything that every village accepts, decides on and signs."""
    said = {"title": setting.title, "villages": list(setting.villages), "chapters": chapters(content, setting)}
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def read_out(content: Content, setting: Setting) -> str:
    """The text as it is read out in every village's Musyawarah."""
    lines = [f"Peraturan Bersama tentang {setting.title}", f"Desa: {joined(list(setting.villages.values()))}"]
    for chapter in chapters(content, setting):
        lines.append(chapter["title"].upper())
        lines += [as_typed(article["body"]) for article in chapter["articles"]]
    return "\n".join(lines)


def holes(content: Content, setting: Setting) -> tuple[str, ...]:
    """The blanks that are still empty, in words."""
    slots = book.slots()
    found = [name for chapter in chapters(content, setting) for each in chapter["articles"] for name in each["blanks"]]
    return tuple(slots[name].says if name in slots else name for name in dict.fromkeys(found))


def filled_contents(content: Content, setting: Setting) -> frozenset[str]:
    """The contents of the law that are said without a gap."""
    empty: set[str] = set()
    said: set[str] = set()
    for chapter in chapters(content, setting):
        for each in chapter["articles"]:
            name = book.articles()[each["code"]].content
            if name:
                said.add(name)
                if each["blanks"] or not each["body"]:
                    empty.add(name)
    return frozenset(said - empty)


def changes(was: Content, now: Content, setting: Setting) -> list[dict[str, str]]:
    """What changed between two texts, article by article, as they read."""

    def read(content: Content) -> dict[str, str]:
        return {
            each["code"]: as_typed(each["body"])
            for chapter in chapters(content, setting)
            for each in chapter["articles"]
        }

    before, after = read(was), read(now)
    return [
        {"what": code, "before": before[code], "after": after[code]} for code in after if before[code] != after[code]
    ]


def touches_residents(changed: list[dict[str, str]]) -> bool:
    """Whether any of these articles is one that residents were asked about."""
    return any(book.articles()[each["what"]].asked for each in changed)


def joined(names: list[str], between: str = "dan") -> str:
    if len(names) < 3:
        return f" {between} ".join(names)
    return f"{', '.join(names[:-1])}, {between} {names[-1]}"


def term(content: Content) -> tuple[Any, Any]:
    """First and last day; None where it is not filled in."""
    blanks = content["blanks"]
    return day(blanks.get("mulai") or ""), day(blanks.get("akhir") or "")


# An article as it reads ----------------------------------------------------------------------------------------------
def _article(article: book.Pasal, content: Content, setting: Setting) -> dict[str, Any]:
    values = _values(article, content, setting)
    empty = sorted(name for name in article.names if not values.get(name))
    if body := content["wording"].get(article.code):
        return {"code": article.code, "body": body, "blanks": []}
    parts = []
    for part in article.parts:
        if part.needs and not setting.contents.get(part.needs):
            continue
        sub = _items(part.listed, content, setting) if part.listed else [_put(each, values) for each in part.sub]
        if part.listed not in ("", "dues") and len(sub) == 1:  # one sentence needs no letter
            parts.append({"text": f"{_put(part.text, values)} {ended(sub[0])}", "sub": []})
        else:
            ends = _defined(sub) if part.text.endswith("yang dimaksud dengan:") else listed(sub)
            parts.append({"text": _put(part.text, values), "sub": ends})
    if "dues" in article.lists and any(not content["dues"].get(code) for code in setting.villages):
        empty.append("iuran setiap desa")
    return {"code": article.code, "body": parts, "blanks": empty}


def _defined(items: list[str]) -> list[str]:
    """Definitions of a regulation: each is a sentence of its own."""
    return [f"{item.rstrip(' .;')}." for item in items]


def _values(article: book.Pasal, content: Content, setting: Setting) -> dict[str, str]:
    known = {
        "villages": joined(list(setting.villages.values())),
        "title": setting.title,
        "field": setting.field,
        "purpose": setting.purpose,
        "regent": setting.regent,
        "facilitator": setting.facilitator,
        "women": f"{setting.women_percent}%",
        **{name: ended(said) if said else "" for name, said in setting.contents.items()},
    }
    for name, slot in article.slots.items():
        value = content["blanks"].get(name)
        known[name] = "" if value in (None, "") else blank_value(slot, value)
    return known


def _items(name: str, content: Content, setting: Setting) -> list[str]:
    """What is listed, as typed or as recorded: nothing in it is filled in again."""
    if name == "dues":
        return [
            f"{village} sebesar {money(content['dues'][code]) if content['dues'].get(code) else HOLE}"
            for code, village in setting.villages.items()
        ]
    return [" ".join(each.split()) for each in setting.contents.get(name, "").splitlines() if each.strip()]


def _put(template: str, values: Mapping[str, str]) -> str:
    return book.NAMED.sub(lambda found: values.get(found.group(1)) or HOLE, template)
