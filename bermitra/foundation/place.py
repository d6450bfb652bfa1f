"""Points on the map: read from what people copy out of map programs, GPS receivers and certificates, and how far apart.

Pure Python, no Django.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from bermitra.foundation.text import BadInput, _, required, shown

PLACES = 6  # decimals of a degree that are kept: a tenth of a metre
SOUTH, NORTH, WEST, EAST = -12, 7, 94, 142  # degrees within which all of Indonesia lies
FAR = 50  # kilometres; hardly a thing of a village lies that far from all its others
EARTH = 6371.0  # kilometres, the mean radius

_SIDES = {"ls": -1, "s": -1, "lu": 1, "n": 1, "u": 1, "bt": 2, "e": 2, "t": 2, "bb": -2, "w": -2, "b": -2}
_WORDS = (("lintang selatan", "ls"), ("lintang utara", "lu"), ("bujur timur", "bt"), ("bujur barat", "bb"))
_SIDE = rf"({'|'.join(_SIDES)})"
_MINUTES = (
    r"([-−–+]?)([0-9]{1,3})\s*[°º]\s*([0-9]{1,2}(?:[.,][0-9]{1,9})?)\s*['′’]"
    r"(?:\s*([0-9]{1,2}(?:[.,][0-9]{1,9})?)\s*(?:[\"″”]|''|′′|’’))?"
)
_DOT = r"([-−–+]?)([0-9]{1,3}(?:\.[0-9]{1,20})?)\s*°?"
_COMMA = _DOT.replace(r"\.", ",")
# Where the comma stands for decimals, one that parts two numbers has a blank behind it or a letter before it.
_BETWEEN = {_MINUTES: r"\s*[,;/]?\s*", _DOT: r"(?:\s*[,;/]\s*|\s+)", _COMMA: r"(?:\s*[;/]\s*|,?\s+|(?<=[a-z°]),)"}
_BEHIND = [re.compile(rf"{one}(?:\s*{_SIDE})?{parts}{one}(?:\s*{_SIDE})?") for one, parts in _BETWEEN.items()]
_BEFORE = [re.compile(rf"{_SIDE}\s*{one}{parts}{_SIDE}\s*{one}") for one, parts in _BETWEEN.items()]


class Point(NamedTuple):
    """Degrees north and east of the zero lines, as they are kept: six decimals."""

    latitude: Decimal
    longitude: Decimal

    def __str__(self) -> str:
        """``7,364012° LS, 109,692341° BT``, which :func:`parse_point` reads, and no spreadsheet takes for a formula."""
        side = "LS" if self.latitude < 0 else "LU"
        return f"{_plain(self.latitude)}° {side}, {_plain(self.longitude)}° BT"


def parse_point(text: str) -> Point:
    """A point in Indonesia from ``-7.364, 109.692``, ``-7,364; 109,692``, or ``6°12'30" LS, 106°49' BT`` (or S and E).

    The latitude comes first unless letters say otherwise. Raises :class:`BadInput` ``point.form``, ``point.rough`` (whole
    degrees), ``point.side`` (degrees and minutes without LS or LU), ``point.minutes``, ``point.zero``, ``point.swapped``,
    ``point.outside`` and those of ``required``.
    """
    typed = required(text)
    value = shown(typed)
    plain = typed.casefold()
    for words, letters in _WORDS:
        plain = plain.replace(words, letters)
    first, second = _halves(plain, value)
    return _ordered(_degrees(first, value), _degrees(second, value), value)


class _Read(NamedTuple):
    degrees: Decimal
    axis: int  # 1 latitude, 2 longitude, 0 not said


def _halves(plain: str, value: str) -> tuple[Sequence[str | None], Sequence[str | None]]:
    """Either number as its sign, its parts, and the letters of its side."""
    for each in _BEHIND:
        if found := each.fullmatch(plain):
            parts = found.groups()
            return parts[: len(parts) // 2], parts[len(parts) // 2 :]
    for each in _BEFORE:
        if found := each.fullmatch(plain):
            parts = found.groups()
            one, other = parts[: len(parts) // 2], parts[len(parts) // 2 :]
            return (*one[1:], one[0]), (*other[1:], other[0])
    raise _bad("point.form", value=value)


def _degrees(parts: Sequence[str | None], value: str) -> _Read:
    sign, whole, *small, letters = parts
    side, below = _SIDES[letters] if letters else 0, sign in ("-", "−", "–")
    degrees = _number(whole)
    for part, share in zip(small, (60, 3600), strict=False):
        measure = _number(part)
        if measure >= 60:
            raise _bad("point.minutes", value=value)
        degrees += measure / share
    if small and not side and not sign and degrees <= -SOUTH:  # a latitude: south of the line, or north of it?
        raise _bad("point.side", value=value)
    if not small and degrees and not set(whole or "") & set(".,"):
        raise _bad("point.rough", value=value)
    if below and side > 0:  # minus six degrees north
        raise _bad("point.form", value=value)
    degrees = round(degrees, PLACES)
    return _Read(-degrees if below or side < 0 else degrees, abs(side))


def _number(digits: str | None) -> Decimal:
    return Decimal((digits or "0").replace(",", "."))


def _ordered(first: _Read, second: _Read, value: str) -> Point:
    if first.axis and first.axis == second.axis:
        raise _bad("point.form", value=value)
    if first.axis == 2 or second.axis == 1:
        return _inside(Point(second.degrees, first.degrees), value)
    point = Point(first.degrees, second.degrees)
    turned = Point(second.degrees, first.degrees)
    if not first.axis and not second.axis and _in_indonesia(turned):
        raise _bad("point.swapped", value=value, turned=str(turned))
    return _inside(point, value)


def _inside(point: Point, value: str) -> Point:
    if not any(point):
        raise _bad("point.zero")
    if not _in_indonesia(point):
        raise _bad("point.outside", value=value)
    return point


def _in_indonesia(point: Point) -> bool:
    return SOUTH <= point.latitude <= NORTH and WEST <= point.longitude <= EAST


def kilometres(one: Point, other: Point) -> float:
    """Along the ground, to about half a percent."""
    north, east = (radians(float(b - a)) for a, b in zip(one, other, strict=True))
    across = cos(radians(float(one.latitude))) * cos(radians(float(other.latitude)))
    return 2 * EARTH * asin(sqrt(sin(north / 2) ** 2 + across * sin(east / 2) ** 2))


def is_far(point: Point, known: Collection[Point]) -> bool:
    """Whether all points known are more than ``FAR`` away: a flag for a person. Nothing known, nothing said."""
    return bool(known) and all(kilometres(point, each) > FAR for each in known)


def _plain(degrees: Decimal) -> str:
    whole, decimals = f"{abs(degrees):.{PLACES}f}".split(".")
    return f"{whole},{decimals.rstrip('0') or '0'}"


_SAYS = {
    "point.form": _("Titik {value} belum jelas. Tulis lintang lalu bujur, misalnya 7,3645° LS, 109,6921° BT."),
    "point.rough": _("Titik {value} terlalu kasar. Tulis derajat dengan desimal, misalnya 7,3645° LS, 109,6921° BT."),
    "point.side": _("Lintang pada {value} belum jelas. Tambahkan LS atau LU di belakangnya."),
    "point.minutes": _("Menit dan detik pada {value} paling besar 59. Periksa angkanya."),
    "point.zero": _("Titik 0, 0 berada di laut dekat Afrika. Salin titik dari peta."),
    "point.swapped": _("Lintang dan bujur {value} tertukar? Tulis {turned}."),
    "point.outside": _("Titik {value} di luar Indonesia. Periksa angkanya, lintang lebih dahulu."),
}


def _bad(code: str, **values: object) -> BadInput:
    return BadInput(code, _SAYS[code], **values)
