"""Which villages stand on the list of a draw, by its published rule, and the list as it is published and hashed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import rfc8785

from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.codes import district_of
from bermitra.foundation.regions.index import STATUSES
from bermitra.foundation.regions.models import Region, VillageIndex
from bermitra.matching.draws.rules import (
    NEVER_SERVED,
    NO_STATUS,
    SERVED,
    ListRule,
    VillageFacts,
    left_out_by_answer,
)
from bermitra.matching.draws.words import in_public
from bermitra.matching.engine.draw import Entrant
from bermitra.matching.models import Draw, DrawEntrant

STATUS_NAMES = tuple(name for _above, name in STATUSES)  # the best first
_BY_KEY = {name.casefold(): name for name in STATUS_NAMES}
RULE_FIELDS = ("entry", "statuses", "districts", "rest_months")
ANSWERS = {True: "yes", False: "no", None: "silent"}  # as the list says them


def rule_of(draw: Draw) -> ListRule:
    return ListRule(
        applied_only=draw.entry == Draw.Entry.APPLIED,
        statuses=tuple(draw.statuses),
        districts=tuple(draw.districts),
        rest_months=draw.rest_months,
    )


def day_of(draw: Draw, instant: datetime) -> date:
    """Which day it is at that instant where the draw is held."""
    return instant.astimezone(tz(zone_of(draw.regency_id))).date()


def statuses_of(regency: str) -> dict[str, str]:
    """The status of each village by its code, of its own newest year: as published, else by the thresholds. A year of
    which only some villages are loaded takes nothing from the others."""
    rows = VillageIndex.objects.filter(village__gte=regency, village__lt=f"{regency}/").order_by("year")
    newest = {
        code: (published or computed).casefold()
        for code, published, computed in rows.values_list("village_id", "status_published", "status_by_threshold")
    }
    return {code: _BY_KEY[said] for code, said in newest.items() if said in _BY_KEY}


def served_in(regency: str) -> list[tuple[str, str, datetime]]:
    """Every place that was drawn in the regency so far: village, key of the programme, when."""
    drawn = DrawEntrant.objects.filter(drawn=True, draw__state="drawn", draw__regency=regency)
    rows = drawn.values_list("village_id", "draw__programme_key", "draw__drawn_at")
    return [(village, programme, at) for village, programme, at in rows if at is not None]


def entrants_of(draw: Draw, applied: Collection[str], today: date) -> list[DrawEntrant]:
    """A row for every village of the regency in force, by code: with its number, or with why it is left out.

    ``applied``: codes of those that applied. Nothing is written. Three statements.
    """
    rule, statuses = rule_of(draw), statuses_of(draw.regency_id)
    latest: dict[str, date] = {}
    served = set()
    for village, programme, at in served_in(draw.regency_id):
        served.add(village)
        if programme == draw.programme_key:
            latest[village] = max(latest.get(village, date.min), day_of(draw, at))
    areas = Region.objects.filter(pk__gt=draw.regency_id, pk__lt=f"{draw.regency_id}/", level=4, active=True)
    rows, number = [], 0
    for each in areas.select_related("parent").order_by("pk"):
        facts = VillageFacts(
            district=district_of(each.pk),
            status=statuses.get(each.pk, NO_STATUS),
            kelurahan=each.kind == Region.Kind.KELURAHAN,
            months_since=_months(latest[each.pk], today) if each.pk in latest else None,
            applied=each.pk in applied,
        )
        left_out = rule.leaves_out(facts)
        number += not left_out
        rows.append(
            DrawEntrant(
                draw=draw,
                village=each,
                listed_code=each.pk,
                listed_name=each.name,
                listed_district=each.parent.name if each.parent else "",
                attributes={
                    "district": facts.district,
                    "status": facts.status,
                    "served": SERVED if each.pk in served else NEVER_SERVED,
                },
                applied=facts.applied,
                number=None if left_out else number,
                left_out=left_out,
            )
        )
    return rows


def settled(draw: Draw, rows: Iterable[DrawEntrant]) -> list[DrawEntrant]:
    """The same rows as the answers of the villages leave them: who takes no part is off the list with that reason, and the
    others are numbered anew. Nothing is written."""
    found, number = list(rows), 0
    for each in found:
        if each.number is None:
            continue
        each.left_out = left_out_by_answer(each.answer, draw.silence)
        number += not each.left_out
        each.number = None if each.left_out else number
    return found


def unanswered(rows: Iterable[DrawEntrant]) -> list[DrawEntrant]:
    """Who was asked and has said nothing so far, of rows before or after :func:`settled`."""
    return [each for each in rows if each.answer is None and each.left_out in ("", "silent")]


def _months(since: date, today: date) -> int:
    """Whole months from one day to another."""
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)


def differing(held: Iterable[DrawEntrant], now: Iterable[DrawEntrant]) -> int:
    """How many villages stand otherwise in ``held`` than in ``now``, or in one of them only."""
    before, after = ({each.listed_code: _row(each) for each in rows} for rows in (held, now))
    return sum(before.get(code) != after.get(code) for code in before.keys() | after.keys())


def _row(each: DrawEntrant) -> tuple[Any, ...]:
    words = (each.listed_name, each.listed_district, sorted(each.attributes.items()))
    return each.number, each.left_out, *words


# As it is published ------------------------------------------------------------------------------------------------------


def for_engine(rows: Iterable[DrawEntrant]) -> list[Entrant]:
    """Those on the list, with what quotas ask of them."""
    return [Entrant(each.listed_code, each.attributes) for each in rows if each.number is not None]


def published_list(draw: Draw, rows: Iterable[DrawEntrant]) -> dict[str, Any]:
    """All that decides the draw but the throw: places, quotas, rule, every village on the list and every one left out."""
    held = sorted(rows, key=lambda each: each.listed_code)
    return {
        "draw": draw.code,
        "programme": in_public(draw.programme),
        "seats": draw.seats,
        "quotas": list(draw.quotas),
        "rule": draw.rule_text,
        "meeting": {
            "on": draw.meeting_on.isoformat() if draw.meeting_on else "",
            "at": draw.meeting_at.strftime("%H.%M") if draw.meeting_at else "",
            "place": in_public(draw.meeting_place),
        },
        **_asked(draw),
        "entrants": [
            {
                "number": each.number,
                "id": each.listed_code,
                "name": each.listed_name,
                "attributes": each.attributes,
                **({"answer": ANSWERS[each.answer]} if draw.asked_at else {}),
            }
            for each in held
            if each.number is not None
        ],
        "left_out": [
            {"id": each.listed_code, "name": each.listed_name, "why": each.left_out} for each in held if each.left_out
        ],
    }


def _asked(draw: Draw) -> dict[str, Any]:
    """How the villages were asked, where they were: a list without it keeps the hash that it had before there were answers."""
    if draw.answer_until is None:
        return {}
    return {"asked": {"until": draw.answer_until.isoformat(), "silence": draw.silence}}


def list_bytes(draw: Draw, rows: Iterable[DrawEntrant]) -> bytes:
    """The file whose hash is published: canonical JSON, the same letters on every machine."""
    return rfc8785.dumps(published_list(draw, rows))


def list_hash(draw: Draw, rows: Iterable[DrawEntrant]) -> str:
    return sha256(list_bytes(draw, rows)).hexdigest()
