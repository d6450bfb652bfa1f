"""What the worker does: takes up what was asked for, reads the market, computes, lays the rows down, and hands the lists over.

Nothing here holds a transaction open for long. Rows are laid down a thousand at a time while nobody reads them, like a file
before the act that it belongs to; one short act then makes them the lists of the regency. Those that were replaced are let go
in the same way.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils import timezone

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.turns import writers_turn
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Refused
from bermitra.foundation.text import _
from bermitra.matching import market
from bermitra.matching.engine import explain, exposure
from bermitra.matching.engine.features import NO_TIER, TIERS, BadInput, Ints, Market
from bermitra.matching.engine.score import Weights
from bermitra.matching.engine.shortlist import Shortlist as Lists
from bermitra.matching.engine.shortlist import drawn, shortlist
from bermitra.matching.models import Shortlist, ShortlistRow
from bermitra.matching.shortlists.actions import (
    Computed,
    RowsMissing,
    ask_shortlist,
    begin_shortlist,
    fail_shortlist,
    finish_shortlist,
    of_this_try,
)
from bermitra.matching.shortlists.queries import newest, numbers_of
from bermitra.matching.shortlists.reasons import kept
from bermitra.matching.shortlists.rules import GATES, WAITING
from bermitra.needs.models import Need

log = logging.getLogger(__name__)
SLICE = 1_000  # rows laid down, or let go, at a time
STEPS = 4  # read, best of both sides, reasons, written
LEASE = timedelta(minutes=5)  # how long a worker is left alone with a shortlist; one takes some seconds
TRIES = 3  # a computation that ended its worker this often is not begun again
TO_REPAIR = _("Ada data yang belum bisa dihitung. Perbaiki yang tertulis di bawah, lalu minta hitung lagi.")
OURS = _("Hitungan gagal di pihak kami. Minta hitung lagi; bila terulang, hubungi pengelola.")


class Place(NamedTuple):
    """One row to be: village and offer by key, and what is kept of them. See :class:`ShortlistRow`."""

    side: str
    village: str
    offer: int
    rank: int
    h: int
    a: int
    b: int
    floor: bool
    reasons: tuple[dict[str, Any], ...]


def compute_waiting() -> int:
    """Compute every shortlist that waits, the oldest first; says how many. One that was left in the middle is done anew once
    its lease is over, three times in all."""
    done = 0
    waiting = Shortlist.objects.filter(state__in=WAITING).exclude(begun_at__gt=clock.now() - LEASE)
    for asked in waiting.select_related("regency").order_by("pk"):
        try:
            if asked.tries >= TRIES:
                fail_shortlist(by=By.the_system(), shortlist=asked, failure=OURS)
            else:
                begin_shortlist(by=By.the_system(), shortlist=asked)
                _compute(asked)
        except (NoSuchMove, RowsMissing):  # another worker was quicker, or has begun it anew
            log.warning("shortlist %s was not finished here", asked.code, exc_info=True)
            continue
        let_go(asked.regency_id)
        done += 1
    return done


def _compute(asked: Shortlist) -> None:
    try:
        computed, places = compute(asked, lambda step: _came_to(asked, step))
        lay_down(asked, places)
    except BadInput as bad:
        problems = tuple(each._asdict() for each in bad.problems)
        fail_shortlist(by=By.the_system(), shortlist=asked, failure=TO_REPAIR, problems=problems)
    except RowsMissing:
        raise
    except Exception:
        log.exception("shortlist %s", asked.code)
        fail_shortlist(by=By.the_system(), shortlist=asked, failure=OURS)
    else:
        finish_shortlist(by=By.the_system(), shortlist=asked, computed=computed)


def _came_to(asked: Shortlist, step: int) -> None:
    """How far the work has come, for the page that waits: no act, as nobody decides anything."""
    with writers_turn(connection):
        Shortlist.objects.filter(pk=asked.pk).update(step=step)


def compute(asked: Shortlist, came_to: Callable[[int], None] = lambda step: None) -> tuple[Computed, tuple[Place, ...]]:
    """All lists of the regency with the numbers that stood when they were asked for. Writes nothing.

    Raises :class:`features.BadInput`.
    """
    rows = market.of_regency(asked.regency_id, percent=asked.weights["unverified"])
    held, weights = rows.market(), weights_of(asked)
    lots = lots_of(asked.regency_id, timezone.localdate(asked.asked_at))
    digest = input_hash(held, asked.weights, asked.size, asked.floor_slots, lots)
    came_to(2)
    lists = shortlist(held, weights, asked.size, drawn(held, lots))
    lists = exposure.with_floor(held, lists, weights, asked.floor_slots)
    came_to(3)
    places = tuple(_places(rows, held, weights, lists))
    came_to(4)
    shown = exposure.measure(held, lists)
    computed = Computed(
        hash=digest,
        rows_hash=sha256(json.dumps(places, sort_keys=True, separators=(",", ":")).encode()).hexdigest(),
        rows=len(places),
        villages=len(held.villages),
        offers=len(held.offers),
        example=any(each.example for each in rows.offers.values()),
        measures=_measures(held, lists, shown),
        warnings=tuple(_warnings(rows, held, weights, lists, shown)),
    )
    return computed, places


def lay_down(asked: Shortlist, places: tuple[Place, ...]) -> None:
    """Write the rows of a shortlist that nobody reads yet, in place of those that an interruption may have left.

    Raises :class:`RowsMissing` as soon as another worker has begun it anew: never do rows of two tries lie together.
    """
    _delete(ShortlistRow.objects.filter(shortlist=asked), asked)
    for some in _slices(places):
        rows = [
            ShortlistRow(
                shortlist=asked, side=each.side, village_id=each.village, offer_id=each.offer, rank=each.rank, h=each.h,
                a=each.a, b=each.b, floor=each.floor, reasons=list(each.reasons),
            )
            for each in some
        ]  # fmt: skip
        with writers_turn(connection), transaction.atomic():
            of_this_try(asked)
            ShortlistRow.objects.bulk_create(rows, ignore_conflicts=True)  # two workers lay down the same rows once


def let_go(regency: str) -> None:
    """Forget the rows of shortlists of a regency that are read no longer, or never became ready."""
    over = (Shortlist.State.REPLACED, Shortlist.State.FAILED)
    _delete(ShortlistRow.objects.filter(shortlist__regency=regency, shortlist__state__in=over))


def _delete(rows: QuerySet[ShortlistRow], asked: Shortlist | None = None) -> None:
    while keys := list(rows.values_list("pk", flat=True)[:SLICE]):
        with writers_turn(connection), transaction.atomic():
            if asked is not None:
                of_this_try(asked)
            ShortlistRow.objects.filter(pk__in=keys).delete()


def _slices(places: tuple[Place, ...]) -> Iterator[tuple[Place, ...]]:
    return (places[start : start + SLICE] for start in range(0, len(places), SLICE))


def ask_due_shortlists() -> int:
    """Ask for new lists wherever what they are computed from has changed since; says how many. The daily round asks it."""
    asked = 0
    for regency in Region.objects.filter(pk__in=_with_needs() | _with_lists(), level=2).order_by("pk"):
        try:
            if _changed(regency.pk):
                ask_shortlist(by=By.the_system(), regency=regency)
                asked += 1
        except Refused:  # it waits already, or nothing is offered there
            continue
    return asked


def lots_of(regency: str, day: date) -> str:
    """What lots of ties and kept places are drawn from: nothing that anybody writes, or trying until it fits would pay."""
    return f"{regency} {day:%Y-%m}"


def input_hash(held: Market, weights: dict[str, int], size: int, floor_slots: int, lots: str) -> str:
    """SHA-256 of everything that a list depends on."""
    told = {"market": held.sha256, "weights": weights, "size": size, "floor_slots": floor_slots, "lots": lots}
    return sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def weights_of(asked: Shortlist) -> Weights:
    return Weights(asked.weights["village"], asked.weights["partner"], asked.weights["vision"])


def _with_needs() -> set[str]:
    return set(
        Need.objects.filter(state__in=market.COUNTED).annotate(at=Substr("village", 1, 5)).values_list("at", flat=True)
    )


def _with_lists() -> set[str]:
    """Where lists are read: those must end too where the last need or offer did."""
    return set(Shortlist.objects.filter(state=Shortlist.State.READY).values_list("regency", flat=True))


def _changed(regency: str) -> bool:
    last = newest(regency)
    if last is None:
        return True
    try:
        held = market.of_regency(regency).market()
    except Exception:  # the worker says what is wrong, and the other regencies are asked
        log.warning("regency %s cannot be read", regency, exc_info=True)
        return True
    return input_hash(held, *numbers_of(regency), lots_of(regency, clock.today())) != last.hash


# From arrays to rows ----------------------------------------------------------------------------------------------------


def _places(rows: market.Rows, held: Market, weights: Weights, lists: Lists) -> Iterator[Place]:
    @cache
    def told(v: int, o: int) -> tuple[explain.Why, tuple[dict[str, Any], ...]]:
        why = explain.why(held, weights, v, o)
        return why, kept(why, rows, held.villages[v], held.offers[o])

    sides: tuple[tuple[str, Ints, bool], ...] = (
        (ShortlistRow.Side.VILLAGE.value, lists.v_offer, False),
        (ShortlistRow.Side.OFFER.value, lists.o_village, True),
    )
    for side, table, of_offer in sides:
        for row, others in enumerate(table.tolist()):
            for rank, other in enumerate((each for each in others if each >= 0), 1):
                v, o = (other, row) if of_offer else (row, other)
                why, reasons = told(v, o)
                yield Place(
                    side=side, village=held.villages[v], offer=rows.offers[held.offers[o]].pk, rank=rank, h=why.h, a=why.a,
                    b=why.b, floor=of_offer and bool(lists.floor[row, rank - 1]), reasons=reasons,
                )  # fmt: skip


def _measures(held: Market, lists: Lists, found: exposure.Exposure) -> dict[str, Any]:
    """How evenly villages are shown, in millionths; per status only where one village at least has an offer."""
    names = [*TIERS, ""]
    tiers = [
        {
            "status": names[tier],
            "villages": int((found.eligible & (held.tier == tier)).sum()),
            "never": int((found.eligible & (held.tier == tier) & (found.shown == 0)).sum()),
            "gini": int(found.tier_gini[tier]),
        }
        for tier in range(NO_TIER + 1)
        if found.tier_never[tier] >= 0
    ]
    return {
        "eligible": int(found.eligible.sum()),
        "never": found.never,
        "never_share": found.never_share,
        "gini": found.gini,
        "kept_places": int(lists.floor.sum()),
        "tiers": tiers,
    }


def _warnings(
    rows: market.Rows, held: Market, weights: Weights, lists: Lists, shown: exposure.Exposure
) -> Iterator[dict[str, Any]]:
    """What the regency should look at, by kind: the villages it is about."""
    alone = explain.unmatched(held, weights, lists)
    for gate in sorted(set(alone.gate.tolist())):
        yield {"kind": GATES[gate - 1].code, "villages": [held.villages[v] for v in alone.village[alone.gate == gate]]}
    if never := [held.villages[v] for v in (shown.eligible & (shown.shown == 0)).nonzero()[0]]:
        yield {"kind": "never_shown", "villages": never}
    if rows.left_out:
        yield {"kind": "left_out", "villages": [], "problems": [each._asdict() for each in rows.left_out]}
    if rows.without_need:
        yield {"kind": "without_need", "villages": list(rows.without_need)}
    if unnamed := [code for code, each in rows.villages.items() if not each.names_amounts]:
        yield {"kind": "without_amount", "villages": unnamed}
