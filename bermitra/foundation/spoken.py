"""What a program sends as JSON, read strictly and handed to a form as if a person had typed it.

One flat object: texts, whole numbers, yes or no, nothing (``null``, an empty field), and lists of texts and whole numbers.
A form passes over what it does not know, and takes any text for a tick; a program's slip would then go by in silence. So
:class:`Spoken` notes what was read, and how, and says afterwards what nobody asked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from bermitra.foundation.text import BadInput, _, shown

KEY_FIELD = "_key"
MOST = 2_000  # values of one object, as of one form


class YesNo(str):
    """``true`` or ``false`` as it was sent: a tick, and no text."""


class _NoWholeNumber:
    """Stands for 1.5, 1e9, NaN and Infinity until the name of the field is known."""


@dataclass(frozen=True)
class Misfit:
    """A field that was sent and does not fit, by its name."""

    field: str
    bad: BadInput


class DoesNotFit(Exception):
    """Fields were sent that the form does not ask for, or not in this shape (HTTP 422); nothing was changed."""

    def __init__(self, misfits: list[Misfit]):
        self.misfits = misfits
        super().__init__(", ".join(f"{each.field}: {each.bad.code}" for each in misfits))


class Spoken(QueryDict):
    """What a form is bound with, where it was JSON. ``read_json`` makes it."""

    asked: set[str]  # names that somebody looked for
    alone: set[str]  # read as one value
    ticks: set[str]  # read as a tick
    listed: frozenset[str]  # sent as a list

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        self.alone.add(name)
        return super().__getitem__(name)

    def getlist(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().getlist(name, default)

    def tick(self, name: str) -> bool:
        """Whether ``true`` was sent; any other value is no tick, and a misfit."""
        self.asked.add(name)
        self.ticks.add(name)
        value = super().getlist(name)
        return bool(value) and isinstance(value[-1], YesNo) and value[-1] == "true"

    def misfits(self) -> list[Misfit]:
        """What does not fit, in the order sent. Ask when the form has read all it wants."""
        return [Misfit(name, bad) for name in self.keys() if (bad := self._misfit(name))]

    def _misfit(self, name: str) -> BadInput | None:
        said = shown(name)
        if name not in self.asked:
            return BadInput(
                "json.unknown", _("Isian “{name}” tidak ada pada formulir ini. Periksa ejaannya."), name=said
            )
        if name in self.listed and name in self.alone | self.ticks:
            return BadInput("json.list", _("“{name}” memuat satu nilai saja. Kirim teks, bukan daftar."), name=said)
        yes_no = any(isinstance(each, YesNo) for each in super().getlist(name))
        if name in self.ticks and not yes_no:
            return BadInput("json.tick", _("“{name}” diisi true atau false, tanpa tanda kutip."), name=said)
        if yes_no and name not in self.ticks:
            return BadInput("json.type", _("“{name}” bukan isian ya atau tidak. Kirim teks atau bilangan."), name=said)
        return None


def read_json(body: bytes, key: str) -> Spoken:
    """The fields of a JSON object; ``key`` becomes what a form hides in ``_key``.

    Raises :class:`BadInput` ``json.form``, ``json.twice``, ``json.number``, ``json.deep``, ``json.letters``, ``json.many``,
    ``json.unknown``.
    """
    try:
        sent = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_once,
            parse_int=str,
            parse_float=lambda _text: _NoWholeNumber(),
            parse_constant=lambda _text: _NoWholeNumber(),
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as wrong:
        raise _not_json() from wrong
    if not isinstance(sent, _Pairs):
        raise _not_json()
    return _spoken(sent.fields, key)


class _Pairs:
    """An object, so that one inside another is told from it."""

    def __init__(self, fields: dict[str, Any]):
        self.fields = fields


def _once(pairs: list[tuple[str, Any]]) -> _Pairs:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise BadInput("json.twice", _("Isian “{name}” ditulis dua kali. Tulis sekali saja."), name=shown(name))
        fields[name] = value
    return _Pairs(fields)


def _spoken(fields: dict[str, Any], key: str) -> Spoken:
    if KEY_FIELD in fields:
        raise BadInput(
            "json.unknown", _("Isian “{name}” tidak ada pada formulir ini. Periksa ejaannya."), name=KEY_FIELD
        )
    spoken = Spoken(mutable=True)
    spoken.asked, spoken.alone, spoken.ticks = {KEY_FIELD}, set(), set()
    spoken.listed = frozenset(name for name, value in fields.items() if isinstance(value, list))
    for name, value in fields.items():
        _readable(name, name)
        values = value if isinstance(value, list) else [value]
        spoken.setlist(name, [_plain(name, each, inside=isinstance(value, list)) for each in values])
    if sum(len(each) if isinstance(each, list) else 1 for each in fields.values()) > MOST:
        raise BadInput(
            "json.many", _("Kiriman memuat lebih dari {most} nilai. Bagi menjadi beberapa kiriman."), most=MOST
        )
    spoken.setlist(KEY_FIELD, [key])
    spoken._mutable = False
    return spoken


def _plain(name: str, value: Any, *, inside: bool) -> str:
    match value:
        case bool() if not inside:
            return YesNo("true" if value else "false")
        case None if not inside:
            return ""
        case str():
            return _readable(name, value)
        case _NoWholeNumber():
            raise BadInput(
                "json.number",
                _("“{name}” bukan bilangan bulat. Kirim bilangan bulat, atau teks seperti pada formulir."),
                name=shown(name),
            )
    raise BadInput(
        "json.deep", _("“{name}” terlalu dalam. Kirim teks, bilangan bulat, atau daftar keduanya."), name=shown(name)
    )


def _readable(name: str, text: str) -> str:
    """The text, where each letter is a whole one: half a letter can be written in JSON and kept nowhere."""
    try:
        text.encode()
    except UnicodeEncodeError as wrong:
        raise BadInput(
            "json.letters", _("“{name}” memuat setengah huruf. Tulis ulang teksnya."), name=shown(name)
        ) from wrong
    return text


def _not_json() -> BadInput:
    return BadInput("json.form", _("Kiriman bukan objek JSON yang benar. Periksa tanda kutip, koma, dan kurung."))


def speaks_json(request: HttpRequest) -> bool:
    """Whether the answer goes to a program (``site.json_door`` decides)."""
    return bool(getattr(request, "speaks_json", False))
