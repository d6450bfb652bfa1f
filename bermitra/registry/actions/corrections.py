"""A village mends what it said of itself: with a reason, and what stood there before stays readable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.regions.models import Region
from bermitra.registry.models import Correction, PlanLine, VillageAsset
from bermitra.registry.queries.village_tables import Values, differences, stored
from bermitra.registry.rules import CORRECTING, CorrectionFacts

Kept = TypeVar("Kept", PlanLine, VillageAsset)
AT_ONCE = 100  # records in one statement


@command("registry.correct_plan_line", on="line")
def correct_plan_line(act: Act, *, line: PlanLine, values: dict[str, Any], reason: str) -> PlanLine:
    """A line as it stands in the plan; ``values`` by column, those that stay as they are included or left out."""
    line = _kept(act, PlanLine, line)
    change(act, line, values, reason)
    act.log("plan_line.corrected", line)
    return line


@command("registry.withdraw_plan_line", on="line")
def withdraw_plan_line(act: Act, *, line: PlanLine, reason: str) -> PlanLine:
    """Take out a line that stands in no plan. Partnerships that rest on it go on showing it."""
    line = _kept(act, PlanLine, line)
    change(act, line, {"withdrawn_at": act.now}, reason, withdrawn=True)
    act.log("plan_line.withdrawn", line)
    return line


@command("registry.correct_asset", on="asset")
def correct_asset(act: Act, *, asset: VillageAsset, values: dict[str, Any], reason: str) -> VillageAsset:
    asset = _kept(act, VillageAsset, asset)
    change(act, asset, values, reason)
    act.log("asset.corrected", asset, recorded=asset.recorded, pledged=asset.pledged)
    return asset


@command("registry.withdraw_asset", on="asset")
def withdraw_asset(act: Act, *, asset: VillageAsset, reason: str) -> VillageAsset:
    """Take a thing off the list that the village has no more. Agreements that use it go on naming it."""
    asset = _kept(act, VillageAsset, asset)
    change(act, asset, {"withdrawn_at": act.now}, reason, withdrawn=True)
    act.log("asset.withdrawn", asset)
    return asset


def change(act: Act, record: PlanLine | VillageAsset, values: Values, reason: str, *, withdrawn: bool = False) -> None:
    """Write new values into a record and keep the old ones (RG-25)."""
    changed = differences(record, values) if not withdrawn else {"withdrawn_at": [None, act.now.isoformat()]}
    act.require(CORRECTING, CorrectionFacts(reason, len(changed)))
    remember(act, record.village, about_of(record), str(record), {} if withdrawn else changed, reason, withdrawn)
    _set(record, changed, values)
    record.save(update_fields=list(changed))


def change_each(act: Act, village: Region, pairs: Sequence[tuple[Any, Values]], reason: str) -> None:
    """The same for many records of one kind and one village; some statements for any number of them."""
    corrections, columns = list[Correction](), set[str]()
    for record, values in pairs:
        changed = differences(record, values)
        act.require(CORRECTING, CorrectionFacts(reason, len(changed)))
        corrections.append(_correction(act, village, about_of(record), str(record), changed, reason))
        _set(record, changed, values)
        columns.update(changed)
    Correction.objects.bulk_create(corrections)
    if pairs:
        records = [record for record, _values in pairs]
        type(records[0]).objects.bulk_update(records, sorted(columns), batch_size=AT_ONCE)


def _set(record: PlanLine | VillageAsset, changed: Iterable[str], values: Values) -> None:
    for name in changed:
        setattr(record, name, stored(values[name]))


def remember(
    act: Act,
    village: Region,
    about: str,
    called: str,
    changed: dict[str, list[Any]],
    reason: str,
    withdrawn: bool = False,
) -> None:
    _correction(act, village, about, called, changed, reason, withdrawn).save()


def _correction(
    act: Act,
    village: Region,
    about: str,
    called: str,
    changed: dict[str, list[Any]],
    reason: str,
    withdrawn: bool = False,
) -> Correction:
    return Correction(
        village=village,
        about=about,
        called=called[:200],
        changed=changed,
        withdrawn=withdrawn,
        reason=reason,
        corrected_at=act.now,
        corrected_by=act.by.code,
    )


def _kept(act: Act, kind: type[Kept], record: Kept) -> Kept:
    """The record as it stands now, held until the act is done; none that was taken out."""
    held: Kept = kind.objects.select_for_update(of=("self",)).select_related("village").get(pk=record.pk)
    if held.withdrawn_at is not None:
        raise NoSuchMove(kind._meta.model_name or "", "withdrawn", act.door)
    return held
