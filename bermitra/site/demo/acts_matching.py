"""Acts of matching: a regency asks for its lists, and the worker computes them while it waits."""

from __future__ import annotations

from django.db.models import Model

from bermitra.matching.models import Shortlist
from bermitra.matching.shortlists import actions
from bermitra.matching.shortlists.computing import compute, lay_down
from bermitra.site.demo.stage import SYSTEM, Stage, plays
from bermitra.site.demo.story import StoryAct


@plays("matching.ask_shortlist")
def ask_shortlist(stage: Stage, act: StoryAct) -> Model | None:
    regency = stage.village().parent.parent  # type: ignore[union-attr]  # a village of the register lies in one
    asked: Shortlist = stage.open(actions.ask_shortlist, act.who, regency=regency)
    stage.open(actions.begin_shortlist, SYSTEM, shortlist=asked)
    computed, places = compute(asked)
    if asked.state != asked.State.READY:
        lay_down(asked, places)
    return stage.open(actions.finish_shortlist, SYSTEM, shortlist=asked, computed=computed)  # type: ignore[no-any-return]
