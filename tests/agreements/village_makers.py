"""Decrees by which a village is merged, split or made a kelurahan, through the product's own doors."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bermitra.agreements.villages import actions, queries
from bermitra.agreements.villages.models import VillageChange
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from tests.agreements import makers
from tests.people import NEIGHBOUR, OURS, People, place

WARD = "33.04.06.1013"
DAY = date(2026, 6, 1)
AT = makers.SIGNED + timedelta(days=40)


def decreed(people: People, kind: str, to: str = NEIGHBOUR, who: str = "dinas", **other: Any) -> VillageChange:
    """Everything that our village holds passes to ``to``."""
    village = place(OURS)
    cases = queries.held_by(village)
    given = {
        "instrument": "regulation", "number": "Perda 4 Tahun 2026 (contoh)", "dated": DAY - timedelta(days=20),
        "holds_from": DAY, "seen": queries.list_hash(cases), "receivers": {each.code: place(to) for each in cases},
        **other,
    }  # fmt: skip
    file = files.put(b"%PDF-1.4 contoh", media_type="application/pdf", name="perda.pdf")
    with clock.at(AT):
        return actions.record_village_change(by=people.by(who), village=village, kind=kind, file=file, **given)
