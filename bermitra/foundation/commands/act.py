"""Who acts, what it is about, and what is collected while an act is carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from django.db.models import Model

from bermitra.foundation.codes import is_village
from bermitra.foundation.journal.writing import Line
from bermitra.foundation.rules import Refused, Rule, Standing, examine, passed_over, unmet

SYSTEM = "system"
PUBLIC = "public"


@dataclass(frozen=True)
class Reach:
    """To whom a record belongs; the permission table is asked about this and nothing else.

    ``region`` is a dotted code of any level. ``parties`` are public codes of partners, ``person`` the code of the one
    person it is about, ``assigned`` the codes of people who were put in charge of it.
    """

    region: str = ""
    parties: frozenset[str] = frozenset()
    person: str = ""
    assigned: frozenset[str] = frozenset()

    @property
    def regency(self) -> str:
        return self.region[:5] if len(self.region) >= 5 else ""

    @property
    def district(self) -> str:
        return self.region[:8] if len(self.region) >= 8 else ""

    @property
    def village(self) -> str:
        return self.region if is_village(self.region) else ""


class Reachable(Protocol):
    def reach(self) -> Reach: ...


class Person(Protocol):
    """What a door must know of a person; ``foundation.accounts`` has the table."""

    @property
    def code(self) -> str: ...


@dataclass(frozen=True)
class By:
    """The one who knocks: a person (or the system, or the public), with the key that makes the request unique."""

    person: Person | None = None
    key: str = ""
    confirmed_at: datetime | None = None  # when the password (and the second factor) were last asked for
    channel: str = "web"
    system: bool = False
    token: str = ""  # code of the key with which a program acts for the person
    sent: str = ""  # SHA-256 of the request of a program, so that the same key with another one is noticed

    @property
    def code(self) -> str:
        if self.person is not None:
            return self.person.code
        return SYSTEM if self.system else PUBLIC

    @classmethod
    def the_system(cls, key: str = "") -> By:
        """A clock or an operator at the console; a new key each time unless one is given."""
        return cls(key=key or uuid4().hex, system=True, channel="console")


@dataclass
class Act:
    """An act under way. ``log`` says what happened; ``require`` refuses by named rules; ``after`` waits for the commit."""

    by: By
    door: str
    role: str
    now: datetime
    code: str
    reach: Reach = field(default_factory=Reach)  # of the record that the door was opened for
    lines: list[Line] = field(default_factory=list)
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    def require(
        self, rules: Iterable[Rule], facts: Any, standing: Standing | None = None, reason: str = ""
    ) -> tuple[str, ...]:
        """Raise :class:`Refused` with every unmet rule that blocks.

        Returns the codes of the rules that were passed over (warnings, and unverified ones that yielded to the typed
        ``reason``); the act's journal line should name them.
        """
        findings = examine(rules, facts, standing)
        if refused := unmet(findings, reason):
            raise Refused(refused)
        return tuple(each.code for each in passed_over(findings, reason))

    def log(self, verb: str, about: Model, region: str = "", **facts: Any) -> None:
        """Collect one journal line; all are written last. ``facts`` hold codes and whole numbers only."""
        if not region:
            region = about.reach().region if hasattr(about, "reach") else ""
        if self.by.token:
            facts["token"] = self.by.token
        self.lines.append(Line(verb, about_of(about), region, facts))

    def after(self, work: Callable[[], None]) -> None:
        """Call ``work`` once the act is committed; its failure is logged and does not undo the act."""
        self.afterwards.append(work)


def about_of(record: Model) -> str:
    """How the journal names a record: its kind and its public code (or key, where it has no code)."""
    return f"{record._meta.model_name}:{getattr(record, 'code', None) or record.pk}"
