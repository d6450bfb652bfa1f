"""The published index of a village as people read it: figures, bars, and the years one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from bermitra.foundation.regions.models import VillageIndex

PARTS = ((_("Sosial"), "iks"), (_("Ekonomi"), "ike"), (_("Lingkungan"), "ikl"))


def score(value: int | None) -> str:
    """Ten-thousandths as published: 0,6586."""
    return "" if value is None else f"{value // 10_000},{value % 10_000:04d}"


def table_of(history: Sequence[VillageIndex]) -> dict[str, Any]:
    """The index year by year, as the table component takes it."""
    parts = [(gettext(label), "num") for label, _name in PARTS]
    return {
        "columns": [gettext("Tahun"), (gettext("Indeks"), "num"), gettext("Status"), *parts],
        "rows": [
            [str(each.year), score(each.idm), each.status_published, score(each.iks), score(each.ike), score(each.ikl)]
            for each in history
        ],
    }


def parts_of(index: VillageIndex | None) -> list[dict[str, str]]:
    """The three parts of an index as bars."""
    return (
        []
        if index is None
        else [_bar(gettext(label), getattr(index, name)) for label, name in PARTS if getattr(index, name) is not None]
    )


def years_of(history: Sequence[VillageIndex]) -> list[dict[str, str]]:
    """The whole index as one bar a year, the earliest first; nothing where there is no way to compare."""
    known = [each for each in reversed(history) if each.idm is not None]
    return [_bar(str(each.year), each.idm) for each in known] if len(known) > 1 else []


def _bar(label: str, value: int | None) -> dict[str, str]:
    """Name, figure, and the length of the bar in a hundred."""
    return {"label": label, "figure": score(value), "length": f"{(value or 0) / 100:.1f}"}
