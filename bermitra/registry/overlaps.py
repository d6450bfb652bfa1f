"""What two sides share: a person, a telephone, an account. Found by comparing, never typed. Pure Python, no Django.

The two sides are the officials of a village and the people of a partner. A name that is only near is found as well, and
said to be near: whether it is the same person, somebody says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from bermitra.foundation.codes import parse_phone
from bermitra.foundation.names import folded, words_of
from bermitra.foundation.text import BadInput

SHORT = 6  # letters: names this short must be equal, as too many are one letter apart

# Titles before and behind a name, without their dots.
_TITLES = frozenset(
    [
        "h",
        "hj",
        "dr",
        "drs",
        "dra",
        "ir",
        "prof",
        "kh",
        "tgk",
        "ust",
        "haji",
        "hajah",
        "s",
        "se",
        "sh",
        "si",
        "st",
        "sp",
        "spd",
        "sag",
        "skom",
        "sip",
        "sos",
        "ssos",
        "skm",
        "ssi",
        "skep",
        "amd",
        "amdkep",
        "mh",
        "mm",
        "mt",
        "msi",
        "mpd",
        "mkom",
        "msos",
        "mkes",
        "mag",
        "map",
        "ma",
        "phd",
        "apt",
        "ners",
    ]
)
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{6,}[0-9]")


class Shared(StrEnum):
    PERSON = "person"
    PHONE = "phone"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Who:
    """Somebody on one side, or the body itself. ``code`` is that of a person, a partner or a village; an owner who has
    no access here has none. ``body``: a village or a partner, whose name is no person's. ``until`` is the last day of an
    official's office.
    """

    name: str
    as_what: str
    code: str = ""
    phone: str = ""
    body: bool = False
    until: date = date.max


@dataclass(frozen=True)
class Overlap:
    """Something shared. ``near``: only the names are alike."""

    kind: Shared
    official: Who
    theirs: Who
    near: bool = False

    @property
    def said(self) -> str:
        """The data it was found by: what is said of it is said of them, and not taken over when they change."""
        phone = self.official.phone if self.kind is Shared.PHONE else ""
        names = (person_key(self.official.name), person_key(self.theirs.name))
        return "|".join([self.kind.value, self.official.code, *names, phone])


@lru_cache(maxsize=4096)  # each official is held against each partner of a call
def person_words(name: str) -> tuple[str, ...]:
    """The words of a person's name, folded and sorted, without titles; all of them where nothing else is left."""
    words = words_of(folded(name).replace(".", ""))  # S.Pd. is one word
    return tuple(sorted(word for word in words if word not in _TITLES)) or tuple(sorted(words))


def person_key(name: str) -> str:
    """What names of people are compared by: ``Drs. H. Hadi Sutrisno, M.Si.`` and ``Sutrisno Hadi`` share one key."""
    return " ".join(person_words(name))


def phones_in(text: str) -> frozenset[str]:
    """The telephone numbers that a line like "Telp. 0812 3456 7890, kantor@contoh.id" holds, in one form."""
    found = set()
    for typed in _PHONE.findall(text):
        try:
            found.add(parse_phone(typed))
        except BadInput:
            continue  # digits of something else: a year, a postal code
    return frozenset(found)


def named_in(text: str, name: str) -> bool:
    """Whether a line like "adik Drs. Hadi Sutrisno, anggota BPD" names this person: all words of the name, in their order.

    One short word is in too many lines to name anybody.
    """
    said, wanted = (
        [word for word in words_of(folded(each).replace(".", "")) if word not in _TITLES] for each in (text, name)
    )
    if len("".join(wanted)) <= SHORT:
        return False
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1))


def joined(side: Iterable[Who]) -> list[Who]:
    """Each person of a side once, with all that he or she is there."""
    once: dict[str, Who] = {}
    for each in side:
        name = person_key(each.name)
        key = next((held for held, who in once.items() if _same(who, each, name)), each.code or name)
        once[key] = _with(once[key], each) if key in once else each
    return list(once.values())


def _same(one: Who, other: Who, name: str) -> bool:
    """Two people of one side with a code each are two, whatever their names."""
    return one.code == other.code if one.code and other.code else person_key(one.name) == name != ""


def _with(held: Who, more: Who) -> Who:
    said = held.as_what if more.as_what in held.as_what else f"{held.as_what}, {more.as_what}"
    return Who(
        name=held.name,
        as_what=said,
        code=held.code or more.code,
        phone=held.phone or more.phone,
        body=held.body,
        until=max(held.until, more.until),
    )


def overlaps(
    officials: Iterable[Who], theirs: Iterable[Who], at_least: int, accounts: Collection[tuple[str, str]] = ()
) -> tuple[Overlap, ...]:
    """People, telephones and accounts of both sides; names that are ``at_least`` so many percent alike are near.

    ``accounts`` are the codes of an official side and of theirs that have one account number. Whoever is found as a
    person is not found once more by the same telephone.
    """
    found: list[Overlap] = []
    folded = [(each, person_key(each.name)) for each in theirs]
    for official in officials:
        own = person_key(official.name)
        for other, words in folded:
            people = not official.body and not other.body
            if people and (own == words or (official.code and official.code == other.code)):
                found.append(Overlap(Shared.PERSON, official, other))
            elif people and _near(own, words, at_least):
                found.append(Overlap(Shared.PERSON, official, other, near=True))
            elif official.phone and official.phone == other.phone:
                found.append(Overlap(Shared.PHONE, official, other))
            if (official.code, other.code) in accounts:
                found.append(Overlap(Shared.ACCOUNT, official, other))
    return tuple(found)


def _near(one: str, other: str, at_least: int) -> bool:
    return min(len(one), len(other)) > SHORT and fuzz.ratio(one, other) >= at_least
