"""Verbs of a shortlist: it is asked for, the worker takes it up, and it is ready or has failed. Nobody edits one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.regions.models import Region
from bermitra.matching.models import Shortlist
from bermitra.matching.shortlists.queries import asking_facts, numbers_of
from bermitra.matching.shortlists.rules import ASKING, SHORTLIST_FLOW


class RowsMissing(Exception):
    """Not all rows of a shortlist are there yet, or another worker has begun it anew."""


@dataclass(frozen=True)
class Computed:
    """What the worker found, besides the rows that it laid down before. ``measures`` and ``warnings`` hold codes and whole
    numbers only, and of offers that were left out what is to be repaired."""

    hash: str
    rows_hash: str
    rows: int
    villages: int
    offers: int
    example: bool
    measures: dict[str, Any]
    warnings: tuple[dict[str, Any], ...]


def of_this_try(shortlist: Shortlist) -> None:
    """Hold the row of a shortlist, in a transaction. Raises :class:`RowsMissing` where it was begun anew since it was read."""
    if not Shortlist.objects.select_for_update().filter(pk=shortlist.pk, tries=shortlist.tries).first():
        raise RowsMissing(shortlist.code)


@command("matching.ask_shortlist", on="regency")
def ask_shortlist(act: Act, *, regency: Region) -> Shortlist:
    """Ask that all lists of a regency be computed anew, with the numbers that stand there today."""
    act.require(ASKING, asking_facts(regency.pk))
    weights, size, floor_slots = numbers_of(regency.pk)
    shortlist = Shortlist.objects.create(
        regency=regency,
        state=SHORTLIST_FLOW.through(act.door, SHORTLIST_FLOW.start),
        asked_at=act.now,
        asked_by=act.by.code,
        size=size,
        floor_slots=floor_slots,
        weights=weights,
    )
    act.log("shortlist.asked", shortlist)
    return shortlist


@command("matching.begin_shortlist", on="shortlist")
def begin_shortlist(act: Act, *, shortlist: Shortlist) -> Shortlist:
    """The worker takes it up, or takes it up again after it was stopped in the middle."""
    try:
        of_this_try(shortlist)
    except RowsMissing as quicker:  # two workers found its lease over at once
        raise NoSuchMove(SHORTLIST_FLOW.name, shortlist.state, act.door) from quicker
    move_on(act, SHORTLIST_FLOW, shortlist, step=1, tries=shortlist.tries + 1, begun_at=act.now)
    act.log("shortlist.begun", shortlist)
    return shortlist


@command("matching.finish_shortlist", on="shortlist")
def finish_shortlist(act: Act, *, shortlist: Shortlist, computed: Computed) -> Shortlist:
    """From now on these lists are read, and those of the regency before them no longer. Raises :class:`RowsMissing`."""
    of_this_try(shortlist)
    if shortlist.rows.count() != computed.rows:
        raise RowsMissing(shortlist.code)
    for before in Shortlist.objects.filter(regency=shortlist.regency_id, state=Shortlist.State.READY):
        move_on(act, SHORTLIST_FLOW, before, Shortlist.State.REPLACED)
    move_on(
        act,
        SHORTLIST_FLOW,
        shortlist,
        Shortlist.State.READY,
        computed_at=act.now,
        step=0,
        hash=computed.hash,
        rows_hash=computed.rows_hash,
        villages=computed.villages,
        offers=computed.offers,
        example=computed.example,
        measures=computed.measures,
        warnings=list(computed.warnings),
    )
    act.log("shortlist.ready", shortlist, villages=computed.villages, offers=computed.offers)
    return shortlist


@command("matching.fail_shortlist", on="shortlist")
def fail_shortlist(
    act: Act, *, shortlist: Shortlist, failure: str, problems: tuple[dict[str, str], ...] = ()
) -> Shortlist:
    """It could not be computed; ``failure`` says why to those who asked, ``problems`` what to repair where. The earlier
    lists stay. Raises :class:`RowsMissing` where another worker is at it."""
    of_this_try(shortlist)
    move_on(act, SHORTLIST_FLOW, shortlist, failure=failure, warnings=list(problems), computed_at=act.now, step=0)
    act.log("shortlist.failed", shortlist)
    return shortlist
