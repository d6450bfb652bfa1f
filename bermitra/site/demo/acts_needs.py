"""Acts of needs, potentials and priorities."""

from __future__ import annotations

from django.db.models import Model

from bermitra.deliberation.models import Meeting
from bermitra.needs import actions
from bermitra.needs.models import Need, PriorityList
from bermitra.site.demo.stage import Stage, plays
from bermitra.site.demo.story import StoryAct


@plays("needs.record")
def record(stage: Stage, act: StoryAct) -> Model | None:
    """Recorded and handed in; ``kept`` leaves it a draft."""
    data = dict(act.data)
    kept = data.pop("kept", False)
    need = stage.open(actions.record, act.who, village=stage.village(), example=True, **data)
    if not kept:
        stage.open(actions.submit, act.who, need=need)
    return need


@plays("needs.submit")
def submit(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.submit, act.who, need=stage.get(act.data["need"], Need))
    return None


@plays("needs.record_potential")
def record_potential(stage: Stage, act: StoryAct) -> Model | None:
    potential = stage.open(actions.record_potential, act.who, village=stage.village(), example=True, **act.data)
    return stage.open(actions.publish_potential, act.who, potential=potential)


@plays("needs.draft_priorities")
def draft_priorities(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    priorities = stage.open(
        actions.draft_priorities, act.who, village=stage.village(), year=data["year"], title=data["title"], example=True
    )
    for name, reason in data["ranking"].items():
        stage.open(actions.place, act.who, priorities=priorities, need=stage.get(name, Need), reason=reason)
    return priorities


@plays("needs.table")
def table(stage: Stage, act: StoryAct) -> Model | None:
    priorities, meeting = stage.get(act.data["priorities"], PriorityList), stage.get(act.data["meeting"], Meeting)
    stage.open(actions.table, act.who, priorities=priorities, meeting=meeting)
    return None


@plays("needs.prioritise")
def prioritise(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.prioritise, act.who, priorities=stage.get(act.data["priorities"], PriorityList))
    return None
