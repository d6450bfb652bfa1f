"""A village says who it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.queries import contact_of_doer
from bermitra.foundation.people.rules import COOLED_DOWN
from bermitra.foundation.personal.actions import keep_account
from bermitra.foundation.personal.subjects import Subject
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.registry.actions.corrections import remember
from bermitra.registry.models import (
    PlanLine,
    UmbrellaRegulation,
    VillageAsset,
    VillageProfile,
)
from bermitra.registry.models.villages import MORE_OF_A_LINE, MORE_OF_AN_ASSET
from bermitra.registry.queries.village_tables import differences, stored
from bermitra.registry.rules import (
    CORRECTING,
    RECORDING_AN_ACCOUNT,
    AccountFacts,
    CorrectionFacts,
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
    adults: int | None = None,
    office_address: str = "",
    office_postcode: str = "",
    office_phone: str = "",
    office_mail: str = "",
    example: bool = False,
    reason: str = "",
) -> VillageProfile:
    """What the village wants, who answers for its partnerships, and where its office is reached. What was said already
    changes with a reason (RG-25)."""
    given = {
        "vision": vision,
        "contact_name": contact_name,
        "contact_office": contact_office,
        "budget_note": budget_note,
        "adults": adults,
        "office_address": office_address,
        "office_postcode": office_postcode,
        "office_phone": office_phone,
        "office_mail": office_mail,
    }
    return _profile(act, village, "village.updated", {**given, **({"example": True} if example else {})}, reason)


@command("registry.record_account", on="village")
def record_account(
    act: Act,
    *,
    village: Region,
    holder_kind: str,
    holder: str,
    bank: str,
    number: Secret | None = None,
    reason: str = "",
) -> VillageProfile:
    """The account into which money for the village goes; its number is kept sealed.

    ``reason``: why it is no institution's (RG-19), or why it is another one now (RG-25). Whoever changed the own telephone
    a moment ago waits (FD-10).
    """
    act.require(COOLED_DOWN, contact_of_doer(act.by, village.pk), standing(village.pk))
    facts = AccountFacts(account_holder_kind=holder_kind)
    passed = act.require(RECORDING_AN_ACCOUNT, facts, standing(village.code), reason)
    given = {
        "account_holder_kind": holder_kind,
        "account_holder": holder,
        "account_bank": bank,
        "account_reason": reason if passed else "",
    }
    if number is not None:
        keep_account(by=act, subject=Subject.of_village(village), number=number)
    return _profile(act, village, "account.recorded", given, reason, holder_kind=holder_kind, passed_over=list(passed))


def _profile(
    act: Act, village: Region, verb: str, given: Mapping[str, Any], reason: str, **facts: Any
) -> VillageProfile:
    """Write it; of what was said already the old words are kept, with the reason."""
    stamp = {"updated_at": act.now, "updated_by": act.by.code}
    held = VillageProfile.objects.select_for_update().filter(village=village).first()
    changed = {name: pair for name, pair in differences(held, given).items() if pair[0]} if held else {}
    if changed:
        act.require(CORRECTING, CorrectionFacts(reason, len(changed)))
        remember(act, village, about_of(village), str(_("Profil desa")), changed, reason)
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
    **more: Any,
) -> PlanLine:
    """A line of RPJM or RKP Desa, as it stands in the plan. ``more`` are its further columns (``MORE_OF_A_LINE``)."""
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
        **{name: stored(value) for name, value in _known(more, MORE_OF_A_LINE).items()},
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
    **more: Any,
) -> VillageAsset:
    """A thing the village owns and may put to use in a partnership. ``more``: its further columns (``MORE_OF_AN_ASSET``)."""
    asset = VillageAsset.objects.create(
        village=village,
        name=name,
        kind=kind,
        quantity=stored(Fraction(quantity)),
        unit=unit,
        certificate=certificate,
        recorded=recorded,
        pledged=pledged,
        **_known(more, MORE_OF_AN_ASSET),
        recorded_at=act.now,
        recorded_by=act.by.code,
    )
    act.log("asset.recorded", asset, kind=kind, recorded=recorded, pledged=pledged)
    return asset


def _known(more: Mapping[str, Any], columns: tuple[str, ...]) -> Mapping[str, Any]:
    if unknown := more.keys() - set(columns):
        raise TypeError(f"no columns {sorted(unknown)}")
    return more


def _kept(act: Act, content: Content | None) -> StoredFile | None:
    return keep_file(by=act, content=content) if content else None
