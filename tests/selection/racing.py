"""Races over prepared rows: copies of one case as its makers left it, and processes that act on each copy at once.

A copy costs some inserts where the same case through its doors costs a second, so that a thousand races take a minute.
Every racer reads its records first, as a page does, and waits for the others; what it then holds may be out of date.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import Connection
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from bermitra.foundation.commands.act import Act
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case, CaseNeed, TermSheet
from bermitra.selection.models import Panelist, Ranking

AT_ONCE = 2_000
# Columns that name seats by their keys, in a list that the database knows nothing of.
KEYS_IN_LISTS: dict[type[Model], tuple[str, ...]] = {Ranking: ("counted",)}
HEAD_START = 0.008  # seconds, at most: about as long as an act takes, so that each order occurs

# Reads what it needs and gives back the act, which is carried out when all are ready.
Racer = Callable[[int], Callable[[], object]]


def later(racer: Racer, most: float) -> Racer:
    """The racer, who begins up to ``most`` seconds after the other one, who asks more before it writes. Seldom long after: where
    one act waits for the whole other one, as in SQLite, what counts is who begins first."""

    def ready(row: int) -> Callable[[], object]:
        act, wait = racer(row), most * random.Random(row).random() ** 3

        def acts() -> object:
            time.sleep(wait)
            return act()

        return acts

    return ready


def like(pattern: Model, **changes: Any) -> Model:
    """A new record with the values of another one, and a code of its own."""
    kept = {
        each.attname: getattr(pattern, each.attname)
        for each in pattern._meta.concrete_fields
        if not each.primary_key and not each.unique
    }
    return type(pattern)(**kept | changes)


def copies(case: Case, many: int, **changes: Any) -> list[int]:
    """Keys of ``many`` cases like this one (but for ``changes``), each with its sheets and all its rows of a
    selection."""
    mapped: dict[type[Model], dict[int, list[int]]] = {}
    mapped[Case] = {case.pk: written(like(case, **changes) for _each in range(many))}
    for model in _downhill():
        links = [
            (each.attname, each.name, each.related_model)
            for each in model._meta.concrete_fields
            if each.related_model in mapped
        ]
        rows = [
            row
            for row in model._base_manager.order_by("pk")
            if any(getattr(row, key) in mapped[target] for key, _name, target in links)
        ]
        made = [
            like(row, **{
                key: mapped[target][getattr(row, key)][at]
                for key, _name, target in links if getattr(row, key) in mapped[target]
            } | {
                name: [mapped[Panelist][seat][at] for seat in getattr(row, name)] for name in KEYS_IN_LISTS.get(model, ())
            })
            for row in rows
            for at in range(many)
        ]  # fmt: skip
        keys = written(made)
        mapped[model] = {row.pk: keys[n * many : (n + 1) * many] for n, row in enumerate(rows)}
    return mapped[Case][case.pk]


def written(made: Iterable[Model]) -> list[int]:
    made = list(made)
    return [each.pk for each in type(made[0])._base_manager.bulk_create(made, batch_size=AT_ONCE)] if made else []


def _downhill() -> list[type[Model]]:
    """Sheets, needs and every table of a selection, each after those that it points to."""
    waiting: list[Any] = [TermSheet, CaseNeed, *apps.get_app_config("selection").get_models()]
    placed: list[Any] = []
    while waiting:
        ready = next(
            model
            for model in waiting
            if not any(
                each.related_model in waiting and each.related_model is not model
                for each in model._meta.concrete_fields
            )
            and not (model in KEYS_IN_LISTS and Panelist in waiting)
        )
        waiting.remove(ready)
        placed.append(ready)
    return placed


def race(rows: Sequence[int], *racers: Racer) -> list[tuple[str, ...]]:
    """Who ``won`` and who ``lost`` on each row. All begin a row together, give or take a head start by chance."""
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(len(racers), timeout=120)
    connections.close_all()  # no process may speak through the connection of another
    pipes = [context.Pipe(duplex=False) for _each in racers]
    started: list[Any] = []
    for number, (racer, (_here, there)) in enumerate(zip(racers, pipes, strict=True)):
        started.append(context.Process(target=_run, args=(rows, racer, ready, there, number)))
        started[-1].start()
        there.close()
    said = [here.recv() for here, _there in pipes]
    for each in started:
        each.join()
    assert [each.exitcode for each in started] == [0] * len(racers)
    return list(zip(*said, strict=True))


def _run(rows: Sequence[int], racer: Racer, ready: Any, there: Connection, number: int) -> None:
    chance, said = random.Random(f"{number} {rows[0]}"), []
    for row in rows:
        act = racer(row)
        ready.wait()
        time.sleep(chance.random() * HEAD_START)
        try:
            act()
            said.append("won")
        except (NoSuchMove, Refused):
            said.append("lost")
    there.send(said)
    connections.close_all()


def unwatched(act: Act) -> None:
    """For ``COMMAND_WITNESS``: who looks on after an act asks every running call of the village again, of which there are a
    thousand here. It does so after the commit, when the race is over."""
