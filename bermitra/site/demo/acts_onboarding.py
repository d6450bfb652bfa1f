"""Acts that bring a regency in: officers of villages from one table, and agreements that ran before the system came."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db.models import Model

from bermitra.agreements.existing import actions as existing
from bermitra.agreements.existing import forms, sheets
from bermitra.agreements.existing.models import ProposalLoad
from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.workbooks import Sheet, Wrong
from bermitra.partnership.models import Case
from bermitra.registry import actions
from bermitra.registry.forms.onboarding import read
from bermitra.site.demo.prints import old_minutes
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct


def _sheet(act: StoryAct, name: str) -> Sheet:
    """The rows that the story tells, as a table that was handed over."""
    rows = tuple((number, dict(row)) for number, row in enumerate(act.data["rows"], 2))
    return Sheet(name, sha256(repr(rows).encode()).hexdigest(), rows)


def _whole(stage: Stage, act: StoryAct, wrong: list[Wrong]) -> None:
    if wrong:
        raise StoryBroken(f"{stage.story.code}, langkah {act.step}: {wrong[0].says}")


@plays("registry.onboard_villages")
def onboard_villages(stage: Stage, act: StoryAct) -> Model | None:
    place, by = Region.objects.get(pk=act.data["region"]), stage.knock(act.who)
    sheet = _sheet(act, "petugas-desa.xlsx")
    found = read(sheet, place, clock.today())
    if stage.answered(by) is None:
        _whole(stage, act, found.wrong)
    return stage.open(
        actions.onboard_villages, by, region=place, newcomers=found.newcomers, file_name=sheet.name,
        file_hash=sheet.sha256, example=True,
    )  # fmt: skip


@plays("agreements.propose_existing")
def propose_existing(stage: Stage, act: StoryAct) -> Model | None:
    place, sheet = Region.objects.get(pk=act.data["region"]), _sheet(act, "perjanjian-berjalan.xlsx")
    found = sheets.read(sheet, place)
    _whole(stage, act, found.wrong)
    return stage.open(
        existing.propose_existing, act.who, region=place, proposals=found.proposals, file_name=sheet.name,
        file_hash=sheet.sha256,
    )  # fmt: skip


@plays("agreements.register_existing")
def register_existing(stage: Stage, act: StoryAct) -> Model | None:
    """The village takes a row of the regency's list over; its partner is new to the register."""
    proposal = stage.get(act.data["list"], ProposalLoad).proposals.get(row=act.data["row"])
    given: dict[str, Any] = forms.initial_of(proposal)
    return stage.open(
        existing.register_existing, act.who, village=stage.village(), coop_type=given["coop_type"],
        partner=existing.NewPartner(proposal.partner_name, act.data["kind"]), field=given["field"],
        scope=given["scope"], starts_on=given["starts_on"], ends_on=given["ends_on"], known=forms.known_of(proposal),
        proposal=proposal, example=True,
    )  # fmt: skip


@plays("agreements.complete_existing")
def complete_existing(stage: Stage, act: StoryAct) -> Model | None:
    minutes = act.data["minutes"]
    paper = old_minutes(minutes["minutes_number"], "Musyawarah Desa menyetujui kerja sama")
    stage.open(
        existing.complete_existing, act.who, case=stage.get(act.data["case"], Case), values=minutes,
        files={"minutes_file": paper},
    )  # fmt: skip
    return None


@plays("agreements.confirm_existing")
def confirm_existing(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(existing.confirm_existing, act.who, case=stage.get(act.data["case"], Case))
    return None
