"""From a low score of the village index to a draft: the 50 indicators, what a score finds, and how grave it is. Pure Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "data" / "need_from_index.yaml"
INDEX = "IDM"
HIGHEST = 5  # of a score: nothing is lacking
LAST_YEAR = 2024  # Indeks Desa took its place in 2025, with other indicators
AUTOMATIC, ASK_FIRST, NEVER = MODES = ("automatic", "ask_first", "never")
RELATIONS = ("same", "widened", "changed")


@dataclass(frozen=True)
class Indicator:
    """One indicator. ``findings``: what a low score means, in Indonesian and English, by the score. ``actors``: who is to act,
    ``csr``: whether company CSR is named, both by the official table; ``partners`` are kinds of partner that can help.
    ``relation``: of our activity to the official one, ``changed`` for the reason in ``note``."""

    code: str
    sector: str
    id: str
    en: str
    draft: str
    urgency: int
    scores: tuple[int, ...]
    title: str
    title_en: str
    findings: Mapping[int, tuple[str, str]]
    activity: str
    activity_en: str
    relation: str
    actors: tuple[str, ...]
    csr: bool
    partners: tuple[str, ...]
    note: str = ""
    note_en: str = ""

    def says_need(self, score: int | None) -> bool:
        """Whether this score speaks of a need at all."""
        return self.draft != NEVER and score in ladder()

    def severity(self, score: int) -> int:
        """One to five, as needs are weighed; ``score`` is a low one."""
        grave = (ladder()[score] * self.urgency + 50) // 100  # 0 to 100
        return min(max((grave + 10) // 20, 1), 5)

    def finding(self, year: int, score: int, *, english: bool = False) -> str:
        """What the score means; only its number where the official table has no words for it."""
        words = self.findings.get(score)
        if words is None:
            return f"{INDEX} {year}, {'score' if english else 'skor'} {score}"
        return words[english]


@lru_cache(maxsize=1)
def ladder() -> dict[int, int]:
    """How grave each low score is, of a hundred."""
    return dict(_read()["ladder"])


@lru_cache(maxsize=1)
def indicators() -> dict[str, Indicator]:
    """All indicators by code, in the order of the index."""
    return {entry["code"]: _indicator(entry) for entry in _read()["indicators"]}


def _indicator(entry: dict[str, Any]) -> Indicator:
    held: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    held["findings"] = {score: (words[0], words[1]) for score, words in entry["findings"].items()}
    return Indicator(**held)


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
