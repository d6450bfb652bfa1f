"""What a table would change in a village's records: asked by the page before and by the act again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bermitra.foundation.regions.models import Region
from bermitra.registry.models import PlanLine, VillageAsset, VillageTable
from bermitra.registry.tables.assets import known_by
from bermitra.registry.tables.plan_lines import by_name

Values = Mapping[str, Any]
Changed = dict[str, list[Any]]


@dataclass(frozen=True)
class Comparison:
    """Rows that are new, records that would read otherwise, how many stay as they are, and how many no row speaks of."""

    new: list[Values]
    changed: list[tuple[Any, Values]]
    unchanged: int
    untouched: int


def compare_plan_lines(village: Region, plan: str, year: int, rows: Sequence[Values]) -> Comparison:
    """A row is known by its number, one without by activity and place; new lines without a number get the next ones."""
    held = list(PlanLine.objects.kept().filter(village=village, plan=plan, year=year).order_by("pk"))
    by_reference = {each.reference: each for each in held}
    named = {by_name({"activity": e.activity, "place": e.place}): e for e in held}
    taken = [int(each) for each in by_reference if each.isascii() and each.isdigit()]
    taken += [int(row["reference"]) for row in rows if row["reference"].isascii() and row["reference"].isdigit()]
    following = max(taken, default=0) + 1
    new: list[Values] = []
    pairs: list[tuple[Any, Values]] = []
    for row in rows:
        line = by_reference.get(row["reference"]) if row["reference"] else named.get(by_name(row))
        if line is not None:
            pairs.append((line, {**row, "reference": line.reference}))
        elif row["reference"]:
            new.append(row)
        else:
            new.append({**row, "reference": str(following)})
            following += 1
    return _compared(held, new, pairs)


def compare_assets(village: Region, rows: Sequence[Values]) -> Comparison:
    held = list(VillageAsset.objects.kept().filter(village=village).order_by("pk"))
    known = {known_by({"item_code": e.item_code, "name": e.name, "certificate": e.certificate}): e for e in held}
    pairs = [(known[known_by(row)], row) for row in rows if known_by(row) in known]
    return _compared(held, [row for row in rows if known_by(row) not in known], pairs)


def _compared(held: Sequence[Any], new: list[Values], pairs: list[tuple[Any, Values]]) -> Comparison:
    changed = [(record, row) for record, row in pairs if differences(record, row)]
    return Comparison(new, changed, len(pairs) - len(changed), len(held) - len(pairs))


def differences(record: Any, values: Values) -> Changed:
    """By column what stands there and what would, as they can be kept and shown again."""
    both = ((name, plain(getattr(record, name)), plain(value)) for name, value in values.items())
    return {name: [before, after] for name, before, after in both if before != after}


def plain(value: Any) -> Any:
    """A value as JSON holds it; 12, 12.00 and 24/2 are one."""
    if isinstance(value, Decimal | Fraction):
        return f"{stored(value).normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def stored(value: Any) -> Any:
    """A measure as its column holds it: hundredths at the most. Anything else stays as it is."""
    if isinstance(value, Fraction):
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))
    return value


def loaded_before(village: Region, kind: str, year: int, sha256: str) -> VillageTable | None:
    """The loading of the very same file, if it was loaded into the same records."""
    found = VillageTable.objects.filter(village=village, kind=kind, year=year, file__sha256=sha256)
    return found.order_by("-pk").first()


def tables_loaded(village: Region, most: int = 20) -> list[VillageTable]:
    """The latest first."""
    return list(VillageTable.objects.filter(village=village).select_related("file").order_by("-pk")[:most])
