"""Draws among the villages of Banjarnegara, through the product's own doors."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import Region, VillageIndex
from bermitra.foundation.regions.register import key_of
from bermitra.matching.draws import actions, lists, queries, throwing
from bermitra.matching.draws.letters import Thrown
from bermitra.matching.draws.queries import Organiser
from bermitra.matching.models import Draw
from tests.people import People, place

REGENCY = "33.04"
BEGUN = datetime(2026, 11, 2, 2, tzinfo=UTC)  # a Monday, 9 in the morning there
PUBLISHED = BEGUN + timedelta(days=1)
MEETING = BEGUN + timedelta(days=4)
THREW = MEETING + timedelta(hours=1)
STATUSES = ("Sangat Tertinggal", "TERTINGGAL", "Berkembang", "Maju", "Mandiri")
FIGURES = "3152 6641 2354 1126"
PROGRAMME: dict[str, Any] = {
    "programme": "Pelatihan pengelola air bersih 2026",
    "what": "Dua peserta, lima hari.",
    "seats": 4,
}
SAID: dict[str, str] = {
    "thrown": FIGURES,
    "means": "dadu",
    "witness_one": "Haryanto",
    "witness_one_office": "Camat Pandanarum",
    "witness_two": "Yuni Astuti",
    "witness_two_office": "Inspektorat",
}


def villages(count: int = 10, district: str = "33.04.06", start: int = 2001) -> list[Region]:
    """So many more villages of a district of our regency, with the five statuses in turn."""
    made = []
    for number in range(start, start + count):
        name = f"Contoh {number}"
        village = Region.objects.create(
            code=f"{district}.{number}", level=4, kind="desa", name=name, name_key=key_of(name, "desa"), parent_id=district
        )  # fmt: skip
        VillageIndex.objects.create(
            village=village, year=2024, status_published=STATUSES[number % 5], published_code=village.code,
            how_matched="code_and_name",
        )  # fmt: skip
        made.append(village)
    return made


def prepared(people: People, who: str = "dinas", organiser: Organiser | None = None, **changes: Any) -> Draw:
    rule = {name: changes.pop(name) for name in ("statuses", "districts", "rest_months", "quotas") if name in changes}
    with clock.at(BEGUN):
        draw = actions.prepare_draw(
            by=people.by(who), organiser=organiser or Organiser(place(REGENCY)), **{**PROGRAMME, **changes}
        )
        if rule:
            draw = actions.set_draw_rule(by=people.by(who), draw=draw, entry=draw.entry, **rule)
        return actions.set_draw_meeting(
            by=people.by(who), draw=draw, on=MEETING.date(), at=time(9), place="Aula Dinas PMD"
        )


def commit(people: People, draw: Draw, who: str = "dinas") -> Draw:
    with clock.at(PUBLISHED):
        return actions.commit_draw(by=people.by(who), draw=draw, seen=lists.list_hash(draw, queries.rows_of(draw)))


def committed(people: People, **changes: Any) -> Draw:
    return commit(people, prepared(people, **changes))


def throw(people: People, draw: Draw, who: str = "dinas", **said: str) -> Draw:
    with clock.at(THREW):
        return throwing.throw(people.by(who), draw, Thrown(**{**SAID, **said}), clock.now())


def drawn(people: People, **changes: Any) -> Draw:
    return throw(people, committed(people, **changes))
