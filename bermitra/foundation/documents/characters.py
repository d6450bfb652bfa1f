"""Characters that our fonts can draw, and how a text is cut into runs of one script.

PDF/A refuses a whole file for one character without a glyph. So a name with such a character is refused at the door
(:func:`uncovered`), and in free text it becomes U+FFFD, the same in every renderer (:func:`drawn`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bermitra.foundation.documents.coverage import COVERED

UNKNOWN = "\ufffd"
LATIN = "latin"


@dataclass(frozen=True)
class Script:
    """A script with a font of its own; ``ranges`` are inclusive code points, ``tag`` is BCP 47."""

    key: str
    tag: str
    ranges: tuple[tuple[int, int], ...]
    right_to_left: bool = False

    @property
    def letters(self) -> str:
        """The inside of a regular expression's character class."""
        return "".join(f"{chr(first)}-{chr(last)}" for first, last in self.ranges)


SCRIPTS = (
    Script("java", "jv-Java", ((0xA980, 0xA9DF),)),
    Script("bali", "ban-Bali", ((0x1B00, 0x1B7F),)),
    Script(
        "arab",
        "ms-Arab",
        (
            (0x600, 0x6FF),
            (0x750, 0x77F),
            (0x8A0, 0x8FF),
            (0xFB50, 0xFDFF),
            (0xFE70, 0xFEFC),
        ),
        right_to_left=True,
    ),
)
BY_KEY = {script.key: script for script in SCRIPTS}

_JOINERS = "\u200c\u200d"
_STRAY_JOINER = re.compile(f"(?<![{''.join(s.letters for s in SCRIPTS)}])[{_JOINERS}]")
_PIECES = re.compile(
    "|".join(f"(?P<{s.key}>[{s.letters}{_JOINERS}]+(?:[ \u00a0]+[{s.letters}{_JOINERS}]+)*)" for s in SCRIPTS)
)
# Soft hyphens, zero-width spaces, direction overrides: they show nothing and make equal-looking texts differ.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff0-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = "\t\n\r \u00a0\u202f"


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Code points that some font of ours draws in the run where ``pieces`` puts them."""
    points: set[int] = set()
    for written in COVERED.values():
        for part in written.split():
            first, _, last = part.partition("-")
            points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


def uncovered(text: str) -> str:
    """The characters of ``text`` that no font of ours holds, each once, in order; ``""`` when all can be printed."""
    return "".join(dict.fromkeys(c for c in plain(text) if not _holds(c)))


def plain(text: str) -> str:
    """NFC without unseen marks and control characters. Joiners stay: Javanese, Balinese and Pegon need them."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub("", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))


def drawn(text: str) -> str:
    """The text as every renderer shows it: plain, with U+FFFD for what no font holds."""
    text = plain(text)
    if text.isascii():
        return text
    return _STRAY_JOINER.sub("", "".join(c if _holds(c) else UNKNOWN for c in text))


def _holds(character: str) -> bool:
    return ord(character) in covered() or character in _SPACES or character in _JOINERS


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """(script key, piece) from left to right; the key is ``latin`` for what the text face draws."""
    if text.isascii():
        if text:
            yield LATIN, text
        return
    end = 0
    for match in _PIECES.finditer(text):
        if match.start() > end:
            yield LATIN, text[end : match.start()]
        yield str(match.lastgroup), match.group()
        end = match.end()
    if end < len(text):
        yield LATIN, text[end:]
