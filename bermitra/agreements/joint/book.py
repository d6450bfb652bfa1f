"""The chapters of a Peraturan Bersama as they ship with the product. Pure Python; ``clauses/bersama.yaml`` tells the grammar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from bermitra.agreements.book import HERE, NAMED, Part, Slot, _part, _slot


@dataclass(frozen=True)
class Pasal:
    """An article; ``content`` is the content of the law that it carries."""

    code: str
    parts: tuple[Part, ...]
    content: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every value that the wording asks for."""
        texts = [text for part in self.parts for text in (part.text, *part.sub)]
        return frozenset(name for text in texts for name in NAMED.findall(text))

    @property
    def lists(self) -> frozenset[str]:
        return frozenset(part.listed for part in self.parts if part.listed)

    @property
    def is_kept_to(self) -> bool:
        """Whether rows are taken from its values, the dues, the term, the body: these change, and its words do not."""
        return "dues" in self.lists or bool(KEPT & self.slots.keys())

    @property
    def asked(self) -> bool:
        """Whether residents are asked about it: the contents of the law, and what else gives or takes from them."""
        return bool(self.content) or self.code in ASKED


# Besides the contents of the law: aims, the body, what is forbidden, assets and shares, complaints, sanctions.
ASKED = frozenset({"tujuan", "bkad", "batasan", "aset", "pengaduan", "sanksi"})
# Blanks that the body, its dues and the term go by.
KEPT = frozenset({"mulai", "akhir", "nama_bkad", "masa_bakti", "tanggal_iuran"})


@dataclass(frozen=True)
class Bab:
    title: str
    articles: tuple[Pasal, ...]


@lru_cache(maxsize=1)
def chapters() -> tuple[Bab, ...]:
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / "bersama.yaml").read_text(encoding="utf-8"))
    return tuple(Bab(row["title"], tuple(_pasal(each) for each in row["articles"])) for row in rows)


@lru_cache(maxsize=1)
def articles() -> dict[str, Pasal]:
    found = [each for chapter in chapters() for each in chapter.articles]
    if len({each.code for each in found}) != len(found):
        raise ValueError("an article stands in the book twice")
    return {each.code: each for each in found}


def slots() -> dict[str, Slot]:
    """All blanks, in the order of the text."""
    return {name: slot for article in articles().values() for name, slot in article.slots.items()}


def chapter_of(code: str) -> Bab:
    return next(each for each in chapters() if any(article.code == code for article in each.articles))


def _pasal(row: dict[str, Any]) -> Pasal:
    return Pasal(
        row["code"],
        tuple(_part(each) for each in row["body"]),
        row.get("content", ""),
        {name: _slot(name, of) for name, of in row.get("slots", {}).items()},
    )
