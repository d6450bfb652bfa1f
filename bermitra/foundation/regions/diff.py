"""What a newer register changes: new, renamed, moved, split and gone areas, told apart without guessing.

A code alone does not say who an area is: decrees hand the number of one regency to another one (Papua Barat Daya). So
areas are recognised from the top down: the same parent (itself recognised) with the same name is the same area, whatever
its code; a code that stays with its parent under another name is renamed. What is not unique is called gone and new, and
a person decides. Pure Python, no Django.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bermitra.foundation.regions.register import CITY, LENGTHS, REGENCY, Area, key_of, parent_of

# Within what two areas of one name are the same one, by length of code: first the parent, then once further up. Villages
# never beyond their regency, districts never beyond their province, regencies and provinces in the whole country.
ABOVE = {2: (0,), 5: (2, 0), 8: (5, 2), 13: (8, 5)}
SHORTEST_MOTHER = 4  # letters: shorter names begin too many others


@dataclass
class Differences:
    """Codes, sorted. ``split`` names what a new area was taken from; each of those stands in ``new`` as well."""

    new: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)  # the code stays
    moved: dict[str, str] = field(default_factory=dict)  # old code -> new code
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)  # new code -> old codes of its mothers
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # not in the file, yet not gone: rows of the file were refused

    def __bool__(self) -> bool:
        return bool(self.new or self.renamed or self.moved or self.gone)

    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "renamed": len(self.renamed),
            "moved": len(self.moved),
            "split": len(self.split),
            "gone": len(self.gone),
        }


def differences(old: Mapping[str, Area], new: Mapping[str, Area], *, all_rows_read: bool = True) -> Differences:
    """What leads from the areas in force to those of a register.

    Where rows of the register were refused (``all_rows_read`` false), an area that it lacks stays in force.
    """
    found = Differences()
    if old == new:
        return found
    if not old:
        found.new = sorted(new)
        return found
    became: dict[str, str | None] = {}  # old code -> new code, for all that is not simply itself
    for length in LENGTHS:
        _one_level(old, new, length, became, found)
    found.split = _split(old, new, became, found)
    if not all_rows_read:
        found.kept, found.gone = found.gone, []
    return found


def _one_level(
    old: Mapping[str, Area], new: Mapping[str, Area], length: int, became: dict[str, str | None], found: Differences
) -> None:
    def parent_now(code: str) -> str | None:
        parent = parent_of(code)
        return became.get(parent, parent)

    left_old: dict[str, Area] = {}
    taken: set[str] = set()
    for code, area in old.items():
        if len(code) != length:
            continue
        same = new.get(code)
        if same is not None and (not became or parent_now(code) == parent_of(code)):
            if same == area:
                taken.add(code)
                continue
            if key_of(*same) == key_of(*area):
                taken.add(code)
                found.renamed.append(code)
                continue
        left_old[code] = area
    left_new = {code: area for code, area in new.items() if len(code) == length and code not in taken}
    if not left_old and not left_new:
        return

    for above in ABOVE[length]:
        pairs = _unique_pairs(
            ((code, (became.get(code[:above], code[:above]), *_who(area))) for code, area in left_old.items()),
            ((code, (code[:above], *_who(area))) for code, area in left_new.items()),
        )
        for before, after in pairs:
            del left_old[before], left_new[after]
            if before != after:
                found.moved[before] = became[before] = after
        if above == ABOVE[length][0]:
            for code in [c for c in left_old if c in left_new and parent_now(c) == parent_of(c)]:
                del left_old[code], left_new[code]
                found.renamed.append(code)
    for code in left_old:
        became[code] = None
    found.gone += sorted(left_old)
    found.new += sorted(left_new)
    found.renamed.sort()


def _who(area: Area) -> tuple[str, str]:
    """A name with the kinds that may change into one another (a desa becomes a kelurahan) folded together."""
    name, kind = area
    return key_of(name, kind), kind if kind in (REGENCY, CITY) else ""


def _unique_pairs(
    old: Iterable[tuple[str, tuple[object, ...]]], new: Iterable[tuple[str, tuple[object, ...]]]
) -> Iterator[tuple[str, str]]:
    """Pairs of codes with equal marks, where a mark stands exactly once on either side."""
    sides: tuple[defaultdict[tuple[object, ...], list[str]], ...] = (defaultdict(list), defaultdict(list))
    for side, marked in zip(sides, (old, new), strict=True):
        for code, mark in marked:
            side[mark].append(code)
    for mark, codes in sides[0].items():
        if mark[0] is not None and len(codes) == 1 == len(sides[1].get(mark, ())):
            yield codes[0], sides[1][mark][0]


def _split(
    old: Mapping[str, Area], new: Mapping[str, Area], became: Mapping[str, str | None], found: Differences
) -> dict[str, tuple[str, ...]]:
    """New areas above the village whose members came from elsewhere; new villages named after one of their district."""
    mothers: defaultdict[str, set[str]] = defaultdict(set)
    for before, after in found.moved.items():
        if parent_of(after) != became.get(parent_of(before), parent_of(before)):
            mothers[parent_of(after)].add(parent_of(before))
    new_villages = defaultdict(list)
    for code in found.new:
        if len(code) == 13:
            new_villages[parent_of(code)].append(code)
    if new_villages:
        for code, area in old.items():
            district = became.get(parent_of(code), parent_of(code))
            if len(code) != 13 or district not in new_villages:
                continue
            key = key_of(*area)
            for child in new_villages[district or ""]:
                if len(key) >= SHORTEST_MOTHER and key_of(*new[child]).startswith(key):
                    mothers[child].add(code)
    return {code: tuple(sorted(mothers[code])) for code in found.new if code in mothers}
