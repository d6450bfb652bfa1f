"""Decrees by which a village is merged, split or made a kelurahan, through the product's own doors."""

from __future__ import annotations

from collections.abc import Callable
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
    act = decree(people, kind, to, who, **other)
    with clock.at(AT):
        return act()


def decree(
    people: People, kind: str, to: str = NEIGHBOUR, who: str = "dinas", *, of: str = OURS, **other: Any
) -> Callable[[], VillageChange]:
    """The act by the list as it stands now; it is carried out when it is called."""
    village, by = place(of), people.by(who)
    cases = queries.held_by(village)
    given = {
        "instrument": "regulation", "number": "Perda 4 Tahun 2026 (contoh)", "dated": DAY - timedelta(days=20),
        "holds_from": DAY, "seen": queries.list_hash(cases), "receivers": {each.code: place(to) for each in cases},
        **other,
    }  # fmt: skip
    file = files.put(b"%PDF-1.4 contoh", media_type="application/pdf", name="perda.pdf")
    return lambda: actions.record_village_change(by=by, village=village, kind=kind, file=file, **given)
