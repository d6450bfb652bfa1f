"""Acts about offices: proposed, confirmed, handed over, resigned from; and entries made for a village under a mandate."""

from __future__ import annotations

from django.db.models import Model

from bermitra.foundation.accounts.models import Appointment, Assistance, AssistedEntry, EntryContest
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.people import actions
from bermitra.foundation.people.letters import hand_over_paper
from bermitra.registry.actions import correct_asset
from bermitra.registry.models import VillageAsset
from bermitra.site.demo.cast import FOR_LIFE, name_of, username_of
from bermitra.site.demo.stage import Stage, plays
from bermitra.site.demo.story import StoryAct


@plays("accounts.propose_office")
def propose_office(stage: Stage, act: StoryAct) -> Model | None:
    """Somebody of the village who is known already is to hold a further office."""
    data = dict(act.data)
    who = data.pop("person")
    return stage.open(
        actions.propose_office, act.who, region=stage.village(), full_name=name_of(who), username=username_of(who),
        since=act.on, until=FOR_LIFE, **data,
    )  # fmt: skip


@plays("accounts.confirm_appointment")
def confirm_appointment(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.confirm_appointment, act.who, appointment=stage.get(act.data["office"], Appointment))
    return None


@plays("accounts.hand_over")
def hand_over(stage: Stage, act: StoryAct) -> Model | None:
    """The minutes are laid out first, as the page does; they list what is open on that day."""
    successor, by = stage.get(act.data["to"], Appointment), stage.knock(act.who)
    predecessor = _held(stage, act.data["from"], successor.role)
    note = act.data["note"]
    paper = hand_over_paper(predecessor, successor, key=by.key, dated=act.on, note=note)
    return stage.open(actions.hand_over, by, predecessor=predecessor, successor=successor, paper=paper, note=note)


@plays("accounts.end_appointment")
def end_appointment(stage: Stage, act: StoryAct) -> Model | None:
    """Somebody resigns from an office."""
    stage.open(actions.end_appointment, act.who, appointment=_held(stage, act.who, act.data["office"]))
    return None


def _held(stage: Stage, who: str, role: str) -> Appointment:
    return Appointment.objects.get(person=stage.person(who), role=role, region=stage.village())


@plays("accounts.request_assistance")
def request_assistance(stage: Stage, act: StoryAct) -> Model | None:
    data = {**act.data, "helper": stage.person(act.data["helper"])}
    return stage.open(actions.request_assistance, act.who, village=stage.village(), **data)


@plays("accounts.grant_assistance")
def grant_assistance(stage: Stage, act: StoryAct) -> Model | None:
    asked = stage.get(act.data["assistance"], Assistance)
    stage.open(actions.grant_assistance, act.who, assistance=asked, number=act.data["number"], until=asked.until)
    return None


@plays("accounts.contest_entry")
def contest_entry(stage: Stage, act: StoryAct) -> Model | None:
    """The village reads what was entered in its name and says that it is wrong."""
    asset = stage.get(act.data["asset"], VillageAsset)
    entry = AssistedEntry.objects.get(about=about_of(asset), door="registry.record_asset")
    return stage.open(actions.contest_entry, act.who, entry=entry, reason=act.data["reason"])


@plays("registry.correct_asset")
def mend_asset(stage: Stage, act: StoryAct) -> Model | None:
    asset = stage.get(act.data["asset"], VillageAsset)
    stage.open(correct_asset, act.who, asset=asset, values=act.data["values"], reason=act.data["reason"])
    return None


@plays("accounts.correct_entry")
def correct_entry(stage: Stage, act: StoryAct) -> Model | None:
    contest = stage.get(act.data["contest"], EntryContest)
    stage.open(actions.correct_entry, act.who, contest=contest, answer=act.data["answer"])
    return None
