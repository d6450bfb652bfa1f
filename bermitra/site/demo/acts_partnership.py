"""Acts of a case: begun from needs, put into the plan, and the sheet that the meeting decides on."""

from __future__ import annotations

from django.db.models import Model

from bermitra.foundation.regions.models import Region
from bermitra.needs.models import Need, Potential
from bermitra.partnership import actions
from bermitra.partnership.models import Case
from bermitra.registry.actions import record_plan_line
from bermitra.registry.models import VillageAsset
from bermitra.site.demo.stage import Stage, plays
from bermitra.site.demo.story import StoryAct


@plays("partnership.open")
def open_case(stage: Stage, act: StoryAct) -> Model | None:
    """``where``: somewhere else than in the story's village."""
    data = dict(act.data)
    village = Region.objects.get(pk=data.pop("where", stage.story.village))
    return stage.open(actions.open_case, act.who, village=village, example=True, **data)


@plays("partnership.link_needs")
def prepare(stage: Stage, act: StoryAct) -> Model | None:
    """What the case answers, what the village can bear, what it brings and costs, and the place."""
    data, case = act.data, _case(stage, act)
    needs = [stage.get(name, Need) for name in data.get("needs", ())]
    potentials = [stage.get(name, Potential) for name in data.get("potentials", ())]
    stage.open(actions.link_needs, act.who, case=case, needs=needs, potentials=potentials)
    if "budget" in data:
        stage.open(actions.record_budget, act.who, case=case, **data["budget"])
    if "weigh" in data:
        stage.open(actions.weigh, act.who, case=case, **data["weigh"])
    if "place" in data:
        stage.open(actions.check_place, act.who, case=case, **data["place"])
    if "consent" in data:
        stage.open(actions.say_consent, act.who, case=case, **data["consent"])
    return None


@plays("partnership.submit_priorities")
def submit_priorities(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.submit_priorities, act.who, case=_case(stage, act))
    return None


@plays("partnership.record_priority")
def record_priority(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.record_priority, act.who, case=_case(stage, act))
    return None


@plays("partnership.link_plan_line")
def link_plan_line(stage: Stage, act: StoryAct) -> Model | None:
    """Both lines are recorded as they stand in the plans, and named by the case; without lines nothing is named."""
    data, case = act.data, _case(stage, act)
    common = {
        "village": stage.village(), "field_of_government": case.field_of_government, "execution_mode": "pihak_ketiga",
    }  # fmt: skip
    lines = {
        name: stage.open(record_plan_line, act.who, **common, **data[name])
        for name in ("midterm", "annual")
        if name in data
    }
    stage.open(actions.link_plan_line, act.who, case=case, change=data.get("change", ""), **lines)
    return None


@plays("partnership.draft_term_sheet")
def draft_term_sheet(stage: Stage, act: StoryAct) -> Model | None:
    """Days are written as text in a sheet; assets are named by the story and by their code in the sheet."""
    case, topics = _case(stage, act), dict(act.data["topics"])
    if "term" in topics:
        topics["term"] = {name: day.isoformat() for name, day in topics["term"].items()}
    if "duties" in topics:
        topics["duties"] = [
            {**row, **({"due": row["due"].isoformat()} if row.get("due") else {})} for row in topics["duties"]
        ]
    if "others" in topics:
        assets = [_asset(stage, row) for row in topics["others"].get("assets", ())]
        topics["others"] = {**topics["others"], "assets": assets}
    return stage.open(actions.draft_term_sheet, act.who, case=case, topics=topics, title=act.data.get("title", ""))


def _asset(stage: Stage, row: dict[str, object]) -> dict[str, object]:
    asset = stage.get(str(row["asset"]), VillageAsset)
    return {**row, "asset": asset.code, "name": asset.name}


@plays("partnership.table_term_sheet")
def table_term_sheet(stage: Stage, act: StoryAct) -> Model | None:
    return stage.open(actions.table_term_sheet, act.who, case=_case(stage, act))


@plays("partnership.note")
def note(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.note, act.who, case=_case(stage, act), text=act.data["text"])
    return None


def _case(stage: Stage, act: StoryAct) -> Case:
    return stage.get(act.data["case"], Case)
