"""The ladder of warnings of one agreement, read from its article on sanctions as it holds now. Pure Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bermitra.agreements import book

Clauses = list[dict[str, Any]]
Numbers = Mapping[str, str]  # code of an article -> the number by which it is quoted: "7", "7A"

SANCTIONS = "sanksi"  # the article that holds the ladder
PANEL = "diperiksa oleh panel"  # how a text says that somebody else finds out whether it is so


@dataclass(frozen=True)
class Place:
    """Words of a text and where they stand: "Pasal 30 ayat (4) huruf a"; both empty where they are not found."""

    place: str = ""
    words: str = ""


@dataclass(frozen=True)
class Step:
    """One rung of a text: where it stands, how many days it gives, and what the text says comes after it."""

    code: str
    title: str
    at: Place
    days: int
    after: Place
    from_receipt: bool = False  # its days count from the day on which the letter was received


@dataclass(frozen=True)
class _Spot:
    """A place in an article: paragraph and letter, counted from 0; ``letter`` is None for the paragraph itself."""

    paragraph: int
    letter: int | None
    words: str


def ladder(clauses: Clauses, numbers: Numbers, days: Mapping[str, Any]) -> tuple[Step, ...]:
    """The rungs that stand in a text, in the order of the book. ``days``: the norms, for those without days of their own."""
    article = next((each for each in clauses if each["code"] == SANCTIONS), None)
    if article is None:
        return ()
    spots = [(rung, spot) for rung in book.rungs() if (spot := _first(article, rung.at)) is not None]
    return tuple(
        Step(
            rung.code,
            rung.title,
            _place(article, numbers, spot),
            _days(spot.words, rung.days) or int(days[rung.norm]),
            _after(article, numbers, spot, spots[place + 1][1] if place + 1 < len(spots) else None),
            _from_receipt(spot.words, rung.days),
        )
        for place, (rung, spot) in enumerate(spots)
    )


def next_rung(steps: tuple[Step, ...], before: str = "") -> Step | None:
    """The rung behind that one; without one, the first. Nothing where the ladder ends or does not know it."""
    codes = [each.code for each in steps]
    if before and before not in codes:
        return None
    place = codes.index(before) + 1 if before else 0
    return steps[place] if place < len(steps) else None


def where(clauses: Clauses, numbers: Numbers, said: str) -> Place:
    """Where a text says these words, whatever the article."""
    wanted = " ".join(said.lower().split()).rstrip(" .;")
    for article in clauses if wanted else ():
        if (spot := _first(article, (wanted,))) is not None:
            return _place(article, numbers, spot)
    return Place()


def names_a_panel(clauses: Clauses) -> bool:
    return any(each["code"] == SANCTIONS and _first(each, (PANEL,)) is not None for each in clauses)


def _first(article: dict[str, Any], wanted: tuple[str, ...]) -> _Spot | None:
    for words in wanted:
        for paragraph, part in enumerate(article["body"]):
            if words in part["text"].lower():
                return _Spot(paragraph, None, part["text"])
            for letter, each in enumerate(part["sub"]):
                if words in each.lower():
                    return _Spot(paragraph, letter, each)
    return None


def _place(article: dict[str, Any], numbers: Numbers, spot: _Spot) -> Place:
    at = f"Pasal {numbers[article['code']]}"
    if len(article["body"]) > 1:
        at += f" ayat ({spot.paragraph + 1})"
    if spot.letter is not None:
        at += f" huruf {chr(97 + spot.letter)}"
    return Place(at, _bare(spot.words))


def _after(article: dict[str, Any], numbers: Numbers, spot: _Spot, following: _Spot | None) -> Place:
    """What the text says next: its next rung, else the letter behind this one, else the paragraph behind it."""
    if following is not None:
        return _place(article, numbers, following)
    body = article["body"]
    if spot.letter is not None and spot.letter + 1 < len(body[spot.paragraph]["sub"]):
        words = body[spot.paragraph]["sub"][spot.letter + 1]
        return _place(article, numbers, _Spot(spot.paragraph, spot.letter + 1, words))
    if spot.paragraph + 1 < len(body):
        return _place(article, numbers, _Spot(spot.paragraph + 1, None, body[spot.paragraph + 1]["text"]))
    return Place()


def _days(words: str, before: str) -> int:
    """The days that stand behind these words; 0 where a text says none."""
    found = re.search(rf"{re.escape(before)}\s+(\d+)", words, re.IGNORECASE)
    return int(found[1]) if found else 0


def _from_receipt(words: str, before: str) -> bool:
    """Whether the days that stand behind these words run "sejak … diterima"."""
    number, kind = r"\s+\d+\s+(?:\([^)]*\)\s+)?hari\s+", r"(?:(?:kerja|kalender|terhitung)\s+)*"
    counted = re.escape(before) + number + kind + r"sejak\b[^.;,]*\bditerima\b"
    return re.search(counted, words, re.IGNORECASE) is not None


def _bare(words: str) -> str:
    return re.sub(r"\s*;?\s*(?:dan|atau)?$", "", words.strip().rstrip(" .;")).rstrip(" .;")
