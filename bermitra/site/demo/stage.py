"""The stage on which a story is played: people knock at the product's doors, on the story's days, each act exactly once.

Every door is opened with a key made of story, step and number, so that an interrupted story goes on where it stopped: an act
that was carried out before is not carried out again. Rows are never written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Refused
from bermitra.site.demo.cast import username_of
from bermitra.site.demo.memory import Memory
from bermitra.site.demo.story import Story, StoryAct
from bermitra.site.parts import rule_lines

Played = TypeVar("Played", bound=Model)
Play = Callable[["Stage", StoryAct], Model | None]
PLAYS: dict[str, Play] = {}
BETWEEN_DOORS = timedelta(seconds=20)
SYSTEM = "system"


def plays(*acts: str) -> Callable[[Play], Play]:
    """Let a function play these acts of a story; what it returns is the record that the act's ``key`` names."""

    def hang(play: Play) -> Play:
        PLAYS.update(dict.fromkeys(acts, play))
        return play

    return hang


class StoryBroken(Exception):
    """An act of a story did not end as it must; the message says which and why."""


@dataclass
class Stage:
    story: Story
    memory: Memory
    password_hash: str
    _step: int = 0
    _opened: int = 0
    _now: datetime = datetime.min

    # Playing ---------------------------------------------------------------------------------------------------------

    def play(self, on_step: Callable[[int, int], None] = lambda done, of: None) -> None:
        """Carry out what was not carried out yet. A story that was told to its end is left as it was told."""
        if self.memory.told_by not in ("", self.story.fingerprint) and not self.memory.complete:
            raise StoryBroken(f"{self.story.code}: cerita ini berubah di tengah jalan. Mulai lagi: RESET=1 make demo")
        if self.memory.complete:
            on_step(len(self.story.acts), len(self.story.acts))
            return
        self.memory.told_by = self.story.fingerprint
        day, nth = None, 0
        for place, act in enumerate(self.story.acts, 1):
            nth = nth + 1 if act.on == day else 0
            day = act.on
            if act.step > self.memory.done:
                with self._at(act, self.story.moment_of(act, nth)):
                    self._carry_out(act)
                self.memory.finish(act.step, last=act is self.story.acts[-1])
            on_step(place, len(self.story.acts))

    def _carry_out(self, act: StoryAct) -> None:
        if act.who and act.role and not self._holds(act):
            raise StoryBroken(f"{self._where(act)}: {act.who} tidak memegang jabatan {act.role} pada hari itu")
        before = self._head()
        try:
            record = PLAYS[act.act](self, act)
        except (Refused, NotAllowed, NoSuchMove) as refusal:
            self._refused(act, refusal, before)
            return
        if act.expected is not None:
            raise StoryBroken(f"{self._where(act)}: berhasil, padahal harus ditolak")
        if act.name and record is not None:
            self.memory.remember(act.name, record)

    def _refused(self, act: StoryAct, refusal: Exception, before: int) -> None:
        if act.expected is None:
            raise StoryBroken(f"{self._where(act)}: {_said(refusal)}") from refusal
        codes = frozenset(refusal.codes) if isinstance(refusal, Refused) else frozenset()
        if act.expected.permission != isinstance(refusal, NotAllowed) or codes != act.expected.rules:
            wanted = ", ".join(sorted(act.expected.rules)) or "tabel izin"
            raise StoryBroken(f"{self._where(act)}: ditolak lain dari {wanted}: {_said(refusal)}") from refusal
        if self._head() != before:
            raise StoryBroken(f"{self._where(act)}: ditolak, tetapi meninggalkan jejak")
        self.memory.sights.append(sight_of(act, refusal))

    def _holds(self, act: StoryAct) -> bool:
        return any(office.role == act.role for office in self.person(act.who).offices)

    def _where(self, act: StoryAct) -> str:
        return f"{self.story.code}, langkah {act.step}, {act.act}, {act.on}"

    @staticmethod
    def _head() -> int:
        return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0

    @contextmanager
    def _at(self, act: StoryAct, moment: datetime) -> Iterator[None]:
        self._step, self._opened, self._now = act.step, 0, moment
        with clock.at(moment):
            yield

    # What acts need ---------------------------------------------------------------------------------------------------

    def knock(self, who: str = "") -> By:
        """Who knocks next: a person of the cast, ``""`` for the public, ``"system"`` for a clock."""
        self._opened += 1
        key = f"contoh:{self.story.code}:{self._step}:{self._opened}"
        if who in ("", SYSTEM):
            return By(key=key, system=who == SYSTEM, channel="contoh")
        return By(person=self.person(who), key=key, confirmed_at=clock.real_now(), channel="contoh")

    def open(self, door: Callable[..., Any], by: By | str = "", **given: Any) -> Any:
        """Open a door, unless this very knock was answered before the interruption: then the answer is that one."""
        by = self.knock(by) if isinstance(by, str) else by
        if (done := self.answered(by)) is not None:
            return apps.get_model(done.answer[0])._base_manager.get(pk=done.answer[1]) if done.answer else None
        with clock.at(self._now + BETWEEN_DOORS * self._opened):
            return door(by=by, **given)

    @staticmethod
    def answered(by: By) -> DoneAct | None:
        return DoneAct.objects.filter(actor=by.code, key=by.key).first()

    def person(self, who: str) -> Person:
        """Read each time: offices are those of the day."""
        return Person.objects.get(username=username_of(who))

    def village(self, code: str = "") -> Region:
        """That of the story, or another one that it names."""
        return Region.objects.get(pk=code or self.story.village)

    def get(self, name: str, model: type[Played]) -> Played:
        """The record that an earlier act of the story named."""
        found = self.memory.recall(name)
        if not isinstance(found, model):
            raise StoryBroken(f"{self.story.code}, langkah {self._step}: {name} bukan {model.__name__}")
        return found


def sight_of(act: StoryAct, refusal: Exception) -> dict[str, Any]:
    """What a clerk saw: the unmet rules as sentence and remedy, or that this is not his to do."""
    found = refusal.findings if isinstance(refusal, Refused) else ()
    lines = [[line.code, line.says, line.remedy] for line in rule_lines(found)]
    return {"step": act.step, "title": act.title, "door": act.act, "lines": lines}


def _said(refusal: Exception) -> str:
    """The sentences of the unmet rules, as the page has them."""
    if isinstance(refusal, Refused):
        return "; ".join(f"{line.code} {line.says} {line.remedy}" for line in rule_lines(refusal.findings))
    return f"{type(refusal).__name__} {refusal}"
