"""Acts of needs, potentials and priorities."""

from __future__ import annotations

from django.db.models import Model

from bermitra.deliberation.models import Meeting
from bermitra.needs import actions, queries
from bermitra.needs.models import Need, Potential, PriorityList
from bermitra.site.demo.stage import Stage, plays
from bermitra.site.demo.story import StoryAct


@plays("needs.record")
def record(stage: Stage, act: StoryAct) -> Model | None:
    """Recorded, with what it would cost and serve and who spoke of it where that is told, and handed in; ``kept`` leaves it a
    draft."""
    data = dict(act.data)
    voices = data.pop("voices", ())
    kept, cost, goals = data.pop("kept", False), data.pop("cost", None), data.pop("goals", None)
    need = stage.open(actions.record, act.who, village=stage.village(), example=True, **data)
    if cost:
        need = stage.open(actions.set_cost, act.who, need=need, cost_low=cost[0], cost_high=cost[1])
    if goals:
        need = stage.open(actions.set_goals, act.who, need=need, theme="", goals=goals, groups=[])
    for voice in voices:
        stage.open(actions.add_voice, act.who, need=need, **voice)
    if not kept:
        stage.open(actions.submit, act.who, need=need)
    return need


@plays("needs.submit")
def submit(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.submit, act.who, need=stage.get(act.data["need"], Need))
    return None


@plays("needs.record_potential")
def record_potential(stage: Stage, act: StoryAct) -> Model | None:
    data = dict(act.data)
    strength = data.pop("strength", None)
    potential = stage.open(actions.record_potential, act.who, village=stage.village(), example=True, **data)
    if strength is not None:
        potential = stage.open(actions.rate_potential, act.who, potential=potential, strength=strength)
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


@plays("needs.verify_figures")
def verify_figures(stage: Stage, act: StoryAct) -> Model | None:
    """Somebody who wrote none of it looks at needs and at potentials."""
    for name in act.data.get("needs", ()):
        need = stage.get(name, Need)
        stage.open(actions.verify_figures, act.who, need=need, seen=queries.figures_hash(need))
    for name in act.data.get("potentials", ()):
        potential = stage.get(name, Potential)
        seen = queries.measure_hash(potential)
        stage.open(actions.verify_potential, act.who, potential=potential, seen=seen)
    return None


@plays("needs.set_aims")
def set_aims(stage: Stage, act: StoryAct) -> Model | None:
    return stage.open(actions.set_aims, act.who, village=stage.village(), example=True, **act.data)  # type: ignore[no-any-return]
