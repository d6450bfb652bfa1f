"""A village loads the table of its hamlets' meetings: all rows or none, and nothing twice."""

from __future__ import annotations

from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.regions.models import Region
from bermitra.needs.models import Need, Voice
from bermitra.needs.rules import HEARD_IN, NEED
from bermitra.needs.table import known_by

OF_A_NEED = (
    "title", "sector", "severity", "text", "hamlet", "location", "source", "male", "female", "households",
    "poor_households",
)  # fmt: skip


@command("needs.import_needs", on="village")
def import_needs(
    act: Act, *, village: Region, rows: list[dict[str, Any]], file_hash: str, example: bool = False
) -> Region:
    """Drafts and voices out of rows that were read before (``bermitra.needs.table``).

    A row whose need the village has adds its voice there, and changes nothing else of it; a voice that is there already is
    not written again. So a table may be loaded a second time with more rows.
    """
    open_needs = Need.objects.select_for_update().filter(village=village, state__in=HEARD_IN)
    held = {known_by(need.title, need.sector): need for need in open_needs.order_by("-pk")}
    heard = set(
        Voice.objects.filter(need__village=village).values_list("need", "hamlet", "group", "people", "heard_on")
    )
    needs, voices = 0, 0
    for row in rows:
        key = known_by(row["title"], row["sector"])
        if key not in held:
            held[key] = _draft(act, village, row, example)
            needs += 1
        if not row["people"]:
            continue
        need = held[key]
        said = (need.pk, row["hamlet"], row["group"], row["people"], row["heard_on"])
        if said not in heard:
            heard.add(said)
            _voice(act, need, row)
            voices += 1
    act.log("needs.imported", village, file=file_hash, needs=needs, voices=voices)
    return village


def _draft(act: Act, village: Region, row: dict[str, Any], example: bool) -> Need:
    need = Need.objects.create(
        village=village,
        state=NEED.through(act.door, NEED.start),
        example=example,
        created_at=act.now,
        created_by=act.by.code,
        **{name: row[name] for name in OF_A_NEED},
    )
    act.log("need.recorded", need, sector=need.sector, severity=need.severity)
    return need


def _voice(act: Act, need: Need, row: dict[str, Any]) -> None:
    Voice.objects.create(
        need=need,
        hamlet=row["hamlet"],
        group=row["group"],
        people=row["people"],
        text=row["said"] or row["text"] or row["title"],
        heard_on=row["heard_on"],
        at=act.now,
        by=act.by.code,
    )
    act.log("need.heard", need, people=row["people"], group=row["group"])
