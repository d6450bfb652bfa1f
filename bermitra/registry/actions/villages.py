"""A village says who it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.registry.models import (
    PlanLine,
    UmbrellaRegulation,
    VillageAsset,
    VillageProfile,
)
from bermitra.registry.rules import (
    RECORDING_AN_ACCOUNT,
    AccountFacts,
)


@command("registry.update_village", on="village")
def update_village(
    act: Act,
    *,
    village: Region,
    vision: str,
    contact_name: str,
    contact_office: str,
    budget_note: str = "",
    example: bool = False,
) -> VillageProfile:
    """What the village wants, and who answers for its partnerships."""
    given = {
        "vision": vision,
        "contact_name": contact_name,
        "contact_office": contact_office,
        "budget_note": budget_note,
    }
    return _profile(act, village, "village.updated", {**given, **({"example": True} if example else {})})


@command("registry.record_account", on="village")
def record_account(
    act: Act, *, village: Region, holder_kind: str, holder: str, bank: str, reason: str = ""
) -> VillageProfile:
    """The account into which money for the village goes; its number is not kept."""
    facts = AccountFacts(account_holder_kind=holder_kind)
    passed = act.require(RECORDING_AN_ACCOUNT, facts, standing(village.code), reason)
    given = {"account_holder_kind": holder_kind, "account_holder": holder, "account_bank": bank}
    return _profile(act, village, "account.recorded", given, holder_kind=holder_kind, passed_over=list(passed))


def _profile(act: Act, village: Region, verb: str, given: Mapping[str, Any], **facts: Any) -> VillageProfile:
    stamp = {"updated_at": act.now, "updated_by": act.by.code}
    profile, _new = VillageProfile.objects.update_or_create(village=village, defaults={**given, **stamp})
    act.log(verb, village, **facts)
    return profile


@command("registry.record_umbrella_regulation", on="village")
def record_umbrella_regulation(
    act: Act, *, village: Region, number: str, year: int, title: str, dated: date, file: Content | None = None
) -> UmbrellaRegulation:
    """The village's own regulation on cooperation. The law names it nowhere as a condition; a warning asks for it."""
    regulation = UmbrellaRegulation.objects.create(
        village=village,
        number=number,
        year=year,
        title=title,
        dated=dated,
        file=_kept(act, file),
        recorded_at=act.now,
        recorded_by=act.by.code,
    )
    act.log("umbrella_regulation.recorded", village, year=year)
    return regulation


@command("registry.record_plan_line", on="village")
def record_plan_line(
    act: Act,
    *,
    village: Region,
    plan: str,
    reference: str,
    year: int,
    field_of_government: str,
    activity: str,
    execution_mode: str,
    estimate: int | None = None,
    regulation: str = "",
) -> PlanLine:
    """A line of RPJM or RKP Desa, as it stands in the plan."""
    line = PlanLine.objects.create(
        village=village,
        plan=plan,
        reference=reference,
        year=year,
        field_of_government=field_of_government,
        activity=activity,
        estimate=estimate,
        execution_mode=execution_mode,
        regulation=regulation,
        recorded_at=act.now,
        recorded_by=act.by.code,
    )
    act.log("plan_line.recorded", line, plan=plan, year=year, mode=execution_mode)
    return line


@command("registry.record_asset", on="village")
def record_asset(
    act: Act,
    *,
    village: Region,
    name: str,
    kind: str,
    quantity: Fraction | int,
    unit: str,
    certificate: str = "",
    recorded: bool = False,
    pledged: bool = False,
) -> VillageAsset:
    """A thing the village owns and may put to use in a partnership."""
    asset = VillageAsset.objects.create(
        village=village,
        name=name,
        kind=kind,
        quantity=Decimal(quantity.numerator) / Decimal(quantity.denominator),
        unit=unit,
        certificate=certificate,
        recorded=recorded,
        pledged=pledged,
        recorded_at=act.now,
        recorded_by=act.by.code,
    )
    act.log("asset.recorded", asset, kind=kind, recorded=recorded, pledged=pledged)
    return asset


def _kept(act: Act, content: Content | None) -> StoredFile | None:
    return keep_file(by=act, content=content) if content else None
