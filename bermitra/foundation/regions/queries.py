"""Reading the register, which is open to everybody: look-up by name, code and place, lists, old codes, the index.

``search`` never guesses: what is there under the name, what has the name elsewhere, and what has a similar name come
apart, and a person chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from bermitra.foundation.codes import parse_region_code
from bermitra.foundation.regions.models import NameList, Region, RegionAlias, RegisterLoad, VillageIndex
from bermitra.foundation.regions.names import LAST, SHORTEST, Names, distance
from bermitra.foundation.text import name_key, required

PAGE = 20
LONGEST = 120  # letters of what is asked
MOST = 300  # areas of one place compared with a name


@dataclass(frozen=True)
class Hit:
    """An area and what it lies in, province first."""

    region: Region
    path: tuple[Region, ...]


@dataclass(frozen=True)
class Hits:
    """The answer to ``asked``; every list has a fixed order and at most ``limit`` areas.

    ``places`` is what the words behind the name were understood as. ``unknown`` is such a word that names no area, or
    none that fits the others; ``near`` then offers what it may have meant.
    """

    asked: str
    found: tuple[Hit, ...] = ()  # so named or numbered, within the place if one was said
    more: str = ""  # ask again with ``after`` = this code for the next of ``found``
    elsewhere: tuple[Hit, ...] = ()  # so named, but not in the place that was said
    near: tuple[Hit, ...] = ()  # longer and similar names, within the place if one was said
    former: tuple[RegionAlias, ...] = ()  # what once had this code or name, and what it became
    places: tuple[Region, ...] = ()
    unknown: str = ""

    def __bool__(self) -> bool:
        return bool(self.found or self.elsewhere or self.near or self.former)


@dataclass(frozen=True)
class Page:
    """Rows of a list; ask again with ``after`` = ``more`` for the next ones. ``total`` is kept, not counted."""

    rows: tuple[Region, ...]
    more: str
    total: int


@dataclass(frozen=True)
class Held:
    """A code that an area had from one day until (but not on) another; empty: for ever."""

    code: str
    since: date | None
    until: date | None


# One area ------------------------------------------------------------------------------------------------------------


def region(code: str) -> Region | None:
    """The area of a dotted code of any level; one that is no longer in force says so by ``active``."""
    return Region.objects.filter(pk=code).first()


def village(code: str) -> Region | None:
    """The desa, kelurahan or desa adat of a dotted code, ``None`` for any other area."""
    return Region.objects.filter(pk=code, level=4).first()


def path(code: str) -> tuple[Region, ...]:
    """The areas that this one lies in, province first."""
    return tuple(Region.objects.filter(pk__in=_above(code)).order_by("level"))


def with_paths(regions: Sequence[Region]) -> list[Hit]:
    """Each area with what it lies in; one statement for all of them."""
    held = Region.objects.in_bulk({code for each in regions for code in _above(each.code)})
    return [Hit(each, tuple(held[code] for code in _above(each.code) if code in held)) for each in regions]


def former(code: str) -> tuple[RegionAlias, ...]:
    """What had this code until a decree gave it another one or another name; the latest first."""
    return tuple(RegionAlias.objects.filter(old_code=code).select_related("region").order_by("-until", "pk"))


def codes_held(code: str) -> tuple[Held, ...]:
    """The codes of the area that has ``code`` now, the present one first.

    Rows that never change, like the journal's, hold the code of their day: they are looked for by these.
    """
    since = Region.objects.filter(pk=code).values_list("since", flat=True).first()
    held = [Held(code, since, None)]
    while since is not None:
        before = (
            RegionAlias.objects.filter(region_id=held[-1].code, until=since).exclude(old_code=held[-1].code).first()
        )
        if before is None:
            break
        held.append(Held(before.old_code, before.since, before.until))
        since = before.since
    return tuple(held)


def index_history(code: str) -> tuple[VillageIndex, ...]:
    """The published index of a village, the latest year first."""
    return tuple(VillageIndex.objects.filter(village_id=code).order_by("-year"))


# Lists ---------------------------------------------------------------------------------------------------------------


def children(parent: Region | None = None, after: str = "", limit: int = PAGE) -> Page:
    """The areas in force directly below, by code; of the country its provinces."""
    below = Region.objects.filter(parent=parent, active=True)
    return _page(below, after, limit, parent.members if parent else counts().get("province", 0))


def villages_in(place: Region | None = None, after: str = "", limit: int = PAGE) -> Page:
    """The villages in force anywhere below, by code; of the whole country without a place."""
    below = Region.objects.filter(level=4, active=True)
    if place is None:
        return _page(below, after, limit, counts().get("villages", 0))
    return _page(below.filter(_within([place.code])), after, limit, place.villages)


def counts() -> dict[str, int]:
    """How many areas of each kind (and ``villages``) are in force in the country, as the last load counted them."""
    last = last_load(RegisterLoad.Kind.REGIONS)
    return last.counts["in_force"] if last else {}


def last_load(kind: str) -> RegisterLoad | None:
    """The newest loading of the register (``regions``) or of an index (``index``)."""
    return RegisterLoad.objects.filter(kind=kind).order_by("-pk").first()


def _page(rows: QuerySet[Region], after: str, limit: int, total: int) -> Page:
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    return Page(tuple(found[:limit]), found[limit - 1].code if len(found) > limit else "", total)


# Search --------------------------------------------------------------------------------------------------------------

# Words before a name that say what is meant. "Kota Baru" is a name as well: both readings count.
_SAYS_KIND = {
    "desa": ("desa", "kelurahan", "desa_adat"),
    "kecamatan": ("district",),
    "kabupaten": ("regency",),
    "kota": ("city",),
    "provinsi": ("province",),
}
_SHORT = {"ds": "desa", "kelurahan": "desa", "kel": "desa", "kec": "kecamatan", "distrik": "kecamatan",
          "kab": "kabupaten", "prov": "provinsi"}  # fmt: skip
_KIND_WORD = re.compile(rf"({'|'.join([*_SAYS_KIND, *_SHORT])})\b[\s.]*(?=\w)", re.IGNORECASE)
_ONLY_DIGITS = re.compile(r"[\s.,\-–]*\d[\d\s.,\-–]*")
_WHOLE_COUNTRY = ("indonesia", "ri", "nkri")


@dataclass(frozen=True)
class _Reading:
    """One way to take a word: a key, and the kinds it may be the name of (all, where none is given)."""

    key: str
    kinds: tuple[str, ...] = ()

    def wanted(self) -> Q:
        return Q(name_key=self.key, kind__in=self.kinds) if self.kinds else Q(name_key=self.key)

    def fits(self, area: Region) -> bool:
        return area.name_key == self.key and (not self.kinds or area.kind in self.kinds)


def search(text: str, limit: int = PAGE, after: str = "") -> Hits:
    """What ``text`` may mean: a code of any level, dotted or not, or a name, with or without the place it lies in.

    ``Pandanarum``; ``Desa Pandanarum``; ``Pandanarum, Kebumen``; ``Pandanarum Kec. Tirto``; ``33.04.19``; ``330419``.
    Raises :class:`BadInput` for an empty or damaged text and for digits that are no code.
    """
    asked = required(text, limit=LONGEST)
    if _ONLY_DIGITS.fullmatch(asked):
        return _by_code(asked, parse_region_code(asked))
    known = names()
    name, *said = [part for each in asked.split(",") if (part := each.strip())] or [asked]
    if said:
        places, unknown = _places(said)
    else:
        name, places = _name_and_place(name, known)
        unknown = ""
    readings = _readings(name)
    inside = Q(pk__in=()) if unknown else _within([each.code for each in places])
    found, more = _found(readings, inside, limit, after, known)
    elsewhere: list[Region] = []
    if (places or unknown) and not found and not after:
        elsewhere, _more = _found(readings, Q(), limit, "", known)
    near: list[Region] = []
    if unknown:
        key = _readings(unknown)[-1].key
        near = _named([key, *_slips_and_longer(key, limit, known)], limit, known, below=4)
    elif places and not after:
        near = _similar_within(readings[-1].key, inside, limit, [each.code for each in found], known)
        if not found and not elsewhere and len(near) < limit:
            near += _named(known.near(readings[-1].key), limit - len(near), known)
    elif found and not after:
        near = _named(known.beginning(readings[0].key, limit), limit, known)
    elif not after:
        near = _named(_slips_and_longer(readings[-1].key, limit, known), limit, known)
    hits = with_paths([*found, *elsewhere, *near])
    first, second = len(found), len(found) + len(elsewhere)
    return Hits(
        asked,
        found=tuple(hits[:first]),
        more=more,
        elsewhere=tuple(hits[first:second]),
        near=tuple(hits[second:]),
        former=() if places or unknown or after else _formerly_named(readings),
        places=places,
        unknown=unknown,
    )


def _by_code(asked: str, code: str) -> Hits:
    """The area of the code, what had it before, and where there is neither, the area that would be above it."""
    held = Region.objects.in_bulk([code, *_above(code)])
    above = tuple(held[each] for each in _above(code) if each in held)
    if code in held:
        return Hits(asked, found=(Hit(held[code], above),), former=former(code))
    return Hits(asked, near=(Hit(above[-1], above[:-1]),) if above else (), former=former(code))


def _readings(word: str) -> list[_Reading]:
    """The ways to take a word, the plainest last."""
    said = _KIND_WORD.match(word)
    if not said:
        return [_Reading(name_key(word))]
    kind = said[1].lower()
    kinds = _SAYS_KIND[_SHORT.get(kind, kind)]
    plain = _Reading(name_key(word[said.end() :]), kinds)
    return [plain] if kinds[0] == "desa" else [_Reading(name_key(word)), plain]


def _found(readings: list[_Reading], inside: Q, limit: int, after: str, known: Names) -> tuple[list[Region], str]:
    """Areas of exactly this name, the larger ones first, and the code to go on behind."""
    if known.keys and not any(known.count(each.key) for each in readings):
        return [], ""
    rows = Region.objects.filter(_any(each.wanted() for each in readings), inside, active=True)
    if after:
        level = after.count(".") + 1
        rows = rows.filter(Q(level__gt=level) | Q(level=level, pk__gt=after))
    found = list(rows.order_by("level", "pk")[: limit + 1])
    return found[:limit], found[limit - 1].code if len(found) > limit else ""


def _places(said: Sequence[str]) -> tuple[tuple[Region, ...], str]:
    """The areas that all words fit, the outermost only; or the word that fits none."""
    words = [(word, _readings(word)) for word in said if name_key(word) not in _WHOLE_COUNTRY]
    if not words:
        return (), ""
    named = Region.objects.filter(_any(each.wanted() for _word, readings in words for each in readings))
    areas = {each.code: each for each in named.filter(active=True, level__lt=4)}
    fitting: set[str] | None = None
    for word, readings in words:
        these = {code for code, area in areas.items() if any(each.fits(area) for each in readings)}
        if fitting is not None:
            these = {max(one, other, key=len) for one in these for other in fitting if _nested(one, other)}
        if not these:
            return (), word
        fitting = these
    return _outermost(areas[code] for code in fitting or ()), ""


def _name_and_place(text: str, known: Names) -> tuple[str, tuple[Region, ...]]:
    """``Pandanarum Kebumen`` is no name, but a name and a place; ``Suka Maju`` is a name. Without a comma both are tried,
    and the words are cut only where the whole is nobody's name and no name's beginning."""
    words = text.split()
    whole = _readings(text)[-1].key
    if len(words) == 1 or any(known.count(each.key) for each in _readings(text)) or known.beginning(whole, 1):
        return text, ()
    cuts = [(" ".join(words[:at]), _readings(" ".join(words[at:]))) for at in range(len(words) - 1, 0, -1)]
    asked = _any(each.wanted() for _head, readings in cuts for each in readings)
    areas = list(Region.objects.filter(asked, active=True, level__lt=4))
    fitting = [(head, [a for a in areas if any(r.fits(a) for r in readings)]) for head, readings in cuts]
    fitting = [(head, places) for head, places in fitting if places]
    for head, places in fitting:
        if any(known.count(each.key) for each in _readings(head)):
            return head, _outermost(places)
    if fitting and not known.near(whole) and not known.holding(whole, 1):
        return fitting[0][0], _outermost(fitting[0][1])
    return text, ()


def _slips_and_longer(key: str, limit: int, known: Names) -> list[str]:
    """Names a slip away, longer names that begin so, and names that have it inside, in this order."""
    keys = known.near(key) + (known.beginning(key, limit) if len(key) > 1 else [])
    return keys if len(keys) >= limit else keys + known.holding(key, limit)


def _named(keys: Sequence[str], limit: int, known: Names, below: int = 5) -> list[Region]:
    """Areas of these names in their order, above the level ``below``; of any level, no more names than fill the list."""
    order: dict[str, int] = {}
    areas = 0
    for key in dict.fromkeys(keys[: 2 * limit]):
        if areas >= limit and below == 5:
            break
        order[key] = len(order)
        areas += known.count(key)
    rows = Region.objects.filter(name_key__in=list(order), active=True, level__lt=below) if order else ()
    return sorted(rows, key=lambda each: (order[each.name_key], each.level, each.code))[:limit]


def _similar_within(key: str, inside: Q, limit: int, found: Sequence[str], known: Names) -> list[Region]:
    """Areas inside the place of similar names: a slip away, having it inside, beginning as it does."""
    slips = known.near(key)
    start = key[: max(SHORTEST, len(key) // 2)]
    alike = Q(name_key__gte=start, name_key__lt=start + LAST) | Q(name_key__in=[*slips, *known.holding(key, MOST)])
    rows = Region.objects.filter(alike, inside, active=True).exclude(pk__in=found).order_by("name_key", "pk")[:MOST]

    def rank(area: Region) -> tuple[int, int, int, str, str]:
        name = area.name_key
        if name in slips:
            return 0, slips.index(name), 0, name, area.code
        if key in name:
            return 1, name.index(key), 0, name, area.code
        return 2, -_common(key, name), distance(key, name, len(key)), name, area.code

    return sorted(rows, key=rank)[:limit]


def _formerly_named(readings: list[_Reading]) -> tuple[RegionAlias, ...]:
    rows = RegionAlias.objects.filter(old_key__in=[each.key for each in readings]).exclude(old_key="")
    return tuple(rows.select_related("region").order_by("-until", "pk")[:PAGE])


_held: tuple[object, Names] = (None, Names(""))


def names() -> Names:
    """All names in force, read anew when a load has changed them."""
    global _held  # one copy for all threads of the process; two that read at once make the same
    # Which load wrote them stands before the text, so that no database has to read through the text to say it.
    written = NameList.objects.values_list("load", "load__file_hash", "load__at").first()
    if written != _held[0]:
        _held = written, Names(NameList.objects.values_list("names", flat=True).first() or "")
    return _held[1]


# Codes ---------------------------------------------------------------------------------------------------------------


def _above(code: str) -> list[str]:
    return [code[:length] for length in (2, 5, 8) if length < len(code)]


def _within(codes: Iterable[str]) -> Q:
    """Areas below any of these codes: a range of codes, which the primary key answers."""
    return _any(Q(pk__gt=f"{code}.", pk__lt=f"{code}/") for code in codes)


def _any(wanted: Iterable[Q]) -> Q:
    return reduce(or_, wanted, Q())


def _nested(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _outermost(areas: Iterable[Region]) -> tuple[Region, ...]:
    kept: list[Region] = []
    for area in sorted(areas, key=lambda each: (each.level, each.code)):
        if not any(_nested(area.code, each.code) for each in kept):
            kept.append(area)
    return tuple(kept)


def _common(one: str, other: str) -> int:
    """How many first letters two names share."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
