"""How alike the names of organisations are: by their words in any order and by near spelling, whatever their form.

Equal names in another writing (``PT. Maju-Jaya`` and ``Maju Jaya, PT``) are 100 percent alike, and so is ``CV Maju
Jaya``: the form is compared by whoever must know (:func:`form_of`), since a body may trade under two. Letters of other
alphabets that look Latin count as what they look like. A likeness makes a candidate that a person confirms or declines.

Shared by the warning of a name that is registered already and by the watch-list. Pure Python, no Django.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from bermitra.foundation.text import legal_name_key

Key = TypeVar("Key", bound=Hashable)

OTHER_NUMBER = 20  # percent taken off where the numbers in two names differ: SMK Negeri 1 is not SMK Negeri 2
ANSWERS = 20_000  # questions whose answers are remembered
SHORTEST = 3  # letters from which a part of a name is looked for inside others

# Cyrillic and Greek letters that cannot be told from Latin ones by eye.
_LOOKS_LIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u03bf\u03b1\u03bd\u03c1\u03b9\u03ba",
    "aeopcyxijshdoavpik",
)
_FORM_WORDS = re.compile(
    r"\b(?:perseroan terbatas|persekutuan komanditer|commanditaire vennootschap|usaha dagang|pt|cv|ud|firma|fa|yayasan|"
    r"yay|koperasi|kop|perkumpulan|tbk|persero|perseroda)\b"
)


def form_of(name: str) -> str:
    """``pt``, ``cv``, ``yayasan`` …; empty where no legal form is written."""
    return legal_name_key(name).partition(":")[0]


def folded(name: str) -> str:
    """Small letters without accents, and Latin ones in the place of those that only look so; punctuation stays."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LOOKS_LIKE)
    return "".join(c for c in plain if not ("\u0300" <= c <= "\u036f"))  # other scripts keep their vowels


def words_of(plain: str) -> list[str]:
    """What stands between signs and spaces, apostrophes left out: letters with their marks, and digits."""
    plain = re.sub(r"['’ʼ`]", "", plain)
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain).split()


def name_words(name: str) -> tuple[str, ...]:
    """The words that are compared: folded, without form and punctuation; all of them where nothing else is left."""
    plain = folded(name).replace("&", " dan ")
    plain = re.sub(r"\b([a-z])\.\s?([a-z])\.?(?![\w.])", r"\1\2", plain)  # p.t. and c.v.
    plain = " ".join(words_of(plain))
    return tuple(_FORM_WORDS.sub(" ", plain).split()) or tuple(plain.split())


@dataclass(frozen=True)
class Folded:
    """A name as it is compared: its words in their order, and its words sorted."""

    written: str
    ordered: str
    numbers: frozenset[str]

    @classmethod
    def of(cls, name: str) -> Folded:
        words = name_words(name)
        return cls("".join(words), " ".join(sorted(words)), frozenset(word for word in words if word.isdecimal()))


def _likeness(one: Folded, other: Folded) -> int:
    """In whole percent; 100 where only form, order, case and punctuation differ."""
    if not one.written or not other.written:
        return 0
    alike = max(fuzz.ratio(one.ordered, other.ordered), fuzz.ratio(one.written, other.written))
    return max(0, int(alike) - (OTHER_NUMBER if one.numbers != other.numbers else 0))


class NameIndex(Generic[Key]):
    """Names by key, kept folded in memory: about a millisecond for one question to 10,000 of them, once asked nothing.

    Made of ``(key, name)``; a key may stand there with several names (its former ones), the most alike counts.
    """

    def __init__(self, names: Iterable[tuple[Key, str]]):
        held = [(key, Folded.of(name)) for key, name in names]
        self.keys = [key for key, _folded in held]
        self.folded = [folded for _key, folded in held]
        self._ordered = [folded.ordered for folded in self.folded]
        self._written = [folded.written for folded in self.folded]
        self._text, self._starts = "\n".join(self._written), _starts(self._written)
        self._answers: dict[tuple[str, int, int], tuple[tuple[Key, int], ...]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def like(self, name: str, at_least: int, most: int = 20) -> list[tuple[Key, int]]:
        """Keys whose name is at least so many percent alike, the most alike first; remembered."""
        question = (name, at_least, most)
        answer = self._answers.get(question)
        if answer is None:
            if len(self._answers) >= ANSWERS:
                self._answers.clear()
            answer = self._answers[question] = tuple(self._sought(*question))
        return list(answer)

    def _sought(self, name: str, at_least: int, most: int) -> list[tuple[Key, int]]:
        asked = Folded.of(name)
        if not asked.written:
            return []
        found: set[int] = set()
        for text, choices in ((asked.ordered, self._ordered), (asked.written, self._written)):
            best = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=at_least, limit=4 * most)
            found.update(place for _choice, _score, place in best)
        return self._best(asked, found, at_least, most)

    def holding(self, part: str, most: int = 20) -> list[tuple[Key, int]]:
        """Keys whose name has these letters in it, as while a name is being typed; with how alike it is so far."""
        asked = Folded.of(part)
        if len(asked.written) < SHORTEST:
            return []
        found: set[int] = set()
        at = self._text.find(asked.written)
        while at >= 0 and len(found) < most:
            place = bisect_right(self._starts, at) - 1
            found.add(place)
            at = self._text.find(asked.written, self._starts[place] + len(self._written[place]))
        return self._best(asked, found, 0, most)

    def _best(self, asked: Folded, places: Iterable[int], at_least: int, most: int) -> list[tuple[Key, int]]:
        best: dict[Key, int] = {}
        for place in places:
            alike = _likeness(asked, self.folded[place])
            if alike >= at_least:
                best[self.keys[place]] = max(alike, best.get(self.keys[place], 0))
        return sorted(best.items(), key=lambda each: -each[1])[:most]


def _starts(names: list[str]) -> list[int]:
    starts, at = [], 0
    for name in names:
        starts.append(at)
        at += len(name) + 1
    return starts
