"""The door that every change of state goes through.

authorise -> one durable transaction { idempotency row, work, journal lines last } -> after the commit.
Slow work (files, PDF, signing, mail) happens before or after, never inside. A command called inside a command joins it:
one act, one transaction, one key, one or more journal lines.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Model
from django.utils.module_loading import import_string

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, Reach
from bermitra.foundation.commands.asked import fingerprint
from bermitra.foundation.commands.errors import KeyMissing, KeyUsedOtherwise
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.commands.turns import writers_turn
from bermitra.foundation.journal.writing import append

P = ParamSpec("P")
R = TypeVar("R")
log = logging.getLogger(__name__)

TRIES = 3  # a locked database or a deadlock is tried again: an act is nothing but its rows


@dataclass(frozen=True)
class Knock:
    """What the authoriser is asked: may ``by`` open ``door`` for a record of this ``reach``, inside ``within``?"""

    door: str
    by: By
    reach: Reach
    within: str = ""


doors: dict[str, Callable[..., Any]] = {}


@lru_cache(maxsize=1)
def _authorise() -> Callable[[Knock], str]:
    """The function named by ``COMMAND_AUTHORISER``: returns the role acted in, or raises NotAllowed / StepUpNeeded."""
    return cast(Callable[[Knock], str], import_string(settings.COMMAND_AUTHORISER))


@lru_cache(maxsize=1)
def _witness() -> Callable[[Act], None]:
    """The function named by ``COMMAND_WITNESS``: sees every act before its lines are written, inside its transaction."""
    return cast(Callable[[Act], None], import_string(settings.COMMAND_WITNESS))


def command(door: str, *, on: str = "") -> Callable[[Callable[Concatenate[Act, P], R]], Callable[..., R]]:
    """Make a function the one way through ``door``.

    ``on`` names the argument whose ``reach()`` the permission table is asked about; without it the door concerns no one
    record. The function is called with keyword arguments only, and ``by``: a :class:`By`, or the :class:`Act` to join.
    """

    def hang(work: Callable[Concatenate[Act, P], R]) -> Callable[..., R]:
        if door in doors:
            raise ValueError(f"two doors named {door}")

        @functools.wraps(work)
        def knock(*, by: By | Act, **given: Any) -> R:
            reach = given[on].reach() if on else Reach()
            if isinstance(by, Act):
                return _join(work, door, by, reach, given)
            return _open(work, door, by, reach, given)

        knock.door = door  # type: ignore[attr-defined]
        doors[door] = knock
        return knock

    return hang


def _join(work: Callable[..., R], door: str, outer: Act, reach: Reach, given: dict[str, Any]) -> R:
    role = _authorise()(Knock(door, outer.by, reach, within=outer.door))
    inner = Act(outer.by, door, role, outer.now, outer.code, outer.reach, outer.lines, outer.afterwards)
    return work(inner, **given)


def _open(work: Callable[..., R], door: str, by: By, reach: Reach, given: dict[str, Any]) -> R:
    if not by.key:
        raise KeyMissing(door)
    role = _authorise()(Knock(door, by, reach))
    asked = fingerprint(door, given)
    came = clock.now()  # what came before a deadline did so, however long the database keeps it waiting
    for tries_left in reversed(range(TRIES)):
        act = Act(by, door, role, came, new_code(10), reach)
        try:
            with writers_turn(connection), transaction.atomic(durable=True):
                before = DoneAct.objects.filter(actor=by.code, key=by.key).first()
                if before is not None:
                    return _same_answer(before, door, asked)
                answer = _carry_out(work, act, asked, given)
        except IntegrityError:
            # Two copies of one request raced on PostgreSQL: the other one's answer is the answer.
            before = DoneAct.objects.filter(actor=by.code, key=by.key).first()
            if before is None:
                raise
            return _same_answer(before, door, asked)
        except OperationalError:
            if not tries_left:
                raise
            log.warning("%s is tried again", door, exc_info=True)
            continue
        _look_after(act)
        return answer
    raise AssertionError("unreachable")


def _carry_out(work: Callable[..., R], act: Act, asked: str, given: dict[str, Any]) -> R:
    done = DoneAct.objects.create(
        actor=act.by.code, key=act.by.key, door=act.door, asked=asked, sent=act.by.sent, act=act.code, at=act.now
    )
    answer = work(act, **given)
    if not act.lines:
        raise RuntimeError(f"{act.door} left no line in the journal")
    if isinstance(answer, Model):
        done.answer = [answer._meta.label_lower, answer.pk]
        done.save(update_fields=["answer"])
    _witness()(act)
    append(act.lines, act=act.code, at=act.now, actor=act.by.code, role=act.role, door=act.door)
    return answer


def _same_answer(before: DoneAct, door: str, asked: str) -> Any:
    if (before.door, before.asked) != (door, asked):
        raise KeyUsedOtherwise(door)
    if before.answer is None:
        return None
    label, key = before.answer
    return apps.get_model(label)._base_manager.get(pk=key)


def _look_after(act: Act) -> None:
    for work in act.afterwards:
        try:
            work()
        except Exception:
            log.exception("after %s", act.door)
