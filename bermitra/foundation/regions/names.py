"""All names of the register in memory: which are there, and which come near to what was typed.

A few megabytes, read once per load and process. What was typed is never compared with all 66,000 names: a name one slip
away shares its first or its second half with it, a name two slips away its beginning, its middle or its end.
Pure Python, no Django.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

SHORTEST = 4  # letters: shorter words have too many neighbours, and stand inside too many names
LONG = 9  # letters from which two slips are forgiven
LAST = "\U0010ffff"  # behind every letter


class Names:
    """Made of the text of ``NameList``: lines ``key<TAB>how many areas``, sorted by key."""

    def __init__(self, text: str):
        rows = [line.partition("\t") for line in text.splitlines()]
        self.keys = [key for key, _tab, _count in rows]
        self.counts = [int(count) for _key, _tab, count in rows]
        lengths = defaultdict(list)
        for key in self.keys:
            lengths[len(key)].append(key)
        self.same_length = {length: _OneLength(keys) for length, keys in lengths.items()}
        self.text = _joined(self.keys)

    def count(self, key: str) -> int:
        """How many areas in force have this name."""
        at = bisect_left(self.keys, key)
        return self.counts[at] if at < len(self.keys) and self.keys[at] == key else 0

    def beginning(self, key: str, most: int) -> list[str]:
        """Longer names that begin so, in their order."""
        return [each for each in _range(self.keys, key, most + 1) if each != key][:most]

    def holding(self, key: str, most: int) -> list[str]:
        """Longer names that have it in their middle or at their end, in their order."""
        if len(key) < SHORTEST:
            return []
        found = (each for each in _holding(self.text, key) if not each.startswith(key))
        return [each for each, _place in zip(found, range(most), strict=False)]

    def near(self, key: str) -> list[str]:
        """Names one slip away; where there are none and the name is long, those two slips away, the nearest first."""
        if len(key) < SHORTEST:
            return []
        swapped = (key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in range(len(key) - 1))
        slipped = {each for each in swapped if each != key and self.count(each)}
        return self._within(key, 1, slipped) or (self._within(key, 2, set()) if len(key) >= LONG else [])

    def _within(self, key: str, slips: int, found: set[str]) -> list[str]:
        for length in range(len(key) - slips, len(key) + slips + 1):
            if length in self.same_length:
                found.update(self.same_length[length].sharing(key, slips + 1))
        found.discard(key)
        letters = set(key)
        alike = (each for each in found if len(letters.symmetric_difference(each)) <= 2 * slips)
        measured = sorted((distance(key, each, slips), each) for each in alike)
        return [each for far, each in measured if far <= slips]


class _OneLength:
    """The names of one length, ordered from either end and as one text."""

    def __init__(self, keys: list[str]):
        self.keys, self.text = keys, _joined(keys)
        self.backwards = sorted(key[::-1] for key in keys)

    def sharing(self, key: str, parts: int) -> Iterator[str]:
        """Names that have the beginning, the end, or (of three parts) the middle of ``key``."""
        size = len(key) // parts
        yield from _range(self.keys, key[:size])
        yield from (each[::-1] for each in _range(self.backwards, key[::-1][: len(key) - size * (parts - 1)]))
        if parts == 3:
            part = key[size : 2 * size]
            yield from (each for each in _holding(self.text, part) if part in each[size - 2 : 2 * size + 2])


def _range(keys: list[str], beginning: str, most: int | None = None) -> list[str]:
    start = bisect_left(keys, beginning)
    end = bisect_left(keys, beginning + LAST, start)
    return keys[start : end if most is None else min(end, start + most)]


def _joined(keys: list[str]) -> str:
    return "\n" + "\n".join(keys) + "\n"


def _holding(text: str, part: str) -> Iterator[str]:
    at = 0
    while (at := text.find(part, at)) >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        yield text[start:end]
        at = end


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, exchange or swap with their neighbour to make one of the other; ``most + 1`` for any more."""
    same = 0
    shorter = min(len(one), len(other))
    while same < shorter and one[same] == other[same]:
        same += 1
    one, other = one[same:], other[same:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if abs(len(one) - len(other)) > most:
        return most + 1
    far = most + 1
    width = len(other) + 1
    row, before = [min(j, far) for j in range(width)], [far]
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [far] * width
        row[0] = min(i, far)
        for j in range(max(1, i - most), min(width, i + far)):  # beyond that, more letters differ than may
            its = other[j - 1]
            cost = before[j - 1] if letter == its else 1 + min(before[j], row[j - 1], before[j - 1])
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, last[j - 2] + 1)
            row[j] = min(cost, far)
        if min(row) == far:
            return far
    return row[-1]
