"""A village loads its plans and its inventory from the tables in which it keeps them: all rows or none."""

from __future__ import annotations

from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.registry.actions.corrections import change_each
from bermitra.registry.models import PlanLine, VillageAsset, VillageTable
from bermitra.registry.queries.village_tables import (
    Comparison,
    Values,
    compare_assets,
    compare_plan_lines,
    loaded_before,
    stored,
)
from bermitra.registry.rules import LOADING, TableFacts

WHY = _("Dimuat dari tabel desa")


@command("registry.import_plan_lines", on="village")
def import_plan_lines(
    act: Act, *, village: Region, plan: str, year: int, rows: list[dict[str, Any]], file: Content, regulation: str = ""
) -> VillageTable:
    """The lines of an RPJM or RKP. Lines that the table does not name stay; those that it names read as it does.

    ``rows`` were read before (``tables.plan_lines``); ``year`` is the first one of an RPJM.
    """
    _require(act, village, plan, year, len(rows), file)
    set_with = {"regulation": regulation} if regulation else {}
    found = compare_plan_lines(village, plan, year, [{**row, **set_with} for row in rows])
    PlanLine.objects.bulk_create(
        PlanLine(village=village, plan=plan, year=year, **_stamped(act, row)) for row in found.new
    )
    return _loaded(act, village, plan, year, file, found, "plan_lines.imported")


@command("registry.import_assets", on="village")
def import_assets(act: Act, *, village: Region, rows: list[dict[str, Any]], file: Content) -> VillageTable:
    """The inventory book. Things that the table does not name stay; ``rows`` were read before (``tables.assets``)."""
    kind = VillageTable.Kind.ASSETS.value
    _require(act, village, kind, 0, len(rows), file)
    found = compare_assets(village, rows)
    VillageAsset.objects.bulk_create(VillageAsset(village=village, **_stamped(act, row)) for row in found.new)
    return _loaded(act, village, kind, 0, file, found, "assets.imported")


def _require(act: Act, village: Region, kind: str, year: int, rows: int, file: Content) -> None:
    before = loaded_before(village, kind, year, file.sha256) is not None
    act.require(LOADING, TableFacts(rows, before), standing(village.code))


def _stamped(act: Act, row: Values) -> dict[str, Any]:
    values = {name: stored(value) for name, value in row.items()}
    return {**values, "recorded_at": act.now, "recorded_by": act.by.code}


def _loaded(
    act: Act, village: Region, kind: str, year: int, file: Content, found: Comparison, verb: str
) -> VillageTable:
    change_each(act, village, found.changed, WHY)
    table = VillageTable.objects.create(
        village=village,
        kind=kind,
        year=year,
        file=keep_file(by=act, content=file),
        added=len(found.new),
        changed=len(found.changed),
        unchanged=found.unchanged,
        loaded_at=act.now,
        loaded_by=act.by.code,
    )
    act.log(verb, village, kind=kind, year=year, file=file.sha256, added=table.added, changed=table.changed)
    return table
