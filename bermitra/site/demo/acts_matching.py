"""Acts of matching: a regency has its lists computed while it waits, and draws scarce places among its villages."""

from __future__ import annotations

from datetime import time

from django.db.models import Model

from bermitra.foundation.commands import clock
from bermitra.matching.draws import actions as draws
from bermitra.matching.draws import letters, lists, queries
from bermitra.matching.draws.letters import Thrown
from bermitra.matching.draws.queries import Organiser
from bermitra.matching.draws.throwing import kept_file
from bermitra.matching.models import Draw, Shortlist
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


@plays("matching.prepare_draw")
def prepare_draw(stage: Stage, act: StoryAct) -> Model | None:
    """With the rule and the meeting, which are published together with the list."""
    said = dict(act.data)
    meeting, quotas = said.pop("meeting"), said.pop("quotas", [])
    organiser = Organiser(stage.village().parent.parent)  # type: ignore[arg-type, union-attr]  # as above
    draw: Draw = stage.open(draws.prepare_draw, act.who, organiser=organiser, example=True, **said)
    draw = stage.open(draws.set_draw_rule, act.who, draw=draw, entry=Draw.Entry.ALL, quotas=quotas)
    at = time.fromisoformat(meeting["at"])
    return stage.open(draws.set_draw_meeting, act.who, draw=draw, on=meeting["day"], at=at, place=meeting["place"])  # type: ignore[no-any-return]


@plays("matching.commit_draw")
def commit_draw(stage: Stage, act: StoryAct) -> Model | None:
    draw = _draw(stage, act)
    by, rows = stage.knock(act.who), queries.rows_of(draw)
    if stage.answered(by):
        return draw
    attempt = queries.same_programme(draw).count() + 1
    paper = letters.list_paper(draw, rows, key=by.key, now=clock.now(), attempt=attempt)
    return stage.open(draws.commit_draw, by, draw=draw, seen=lists.list_hash(draw, rows), paper=paper)  # type: ignore[no-any-return]


@plays("matching.throw_draw")
def throw_draw(stage: Stage, act: StoryAct) -> Model | None:
    draw = _draw(stage, act)
    by, rows = stage.knock(act.who), queries.rows_of(draw)
    if stage.answered(by):
        return draw
    said = Thrown(**{name: value for name, value in act.data.items() if name != "draw"})
    name = stage.person(act.who).full_name
    minutes = letters.minutes_paper(draw, rows, said, key=by.key, now=clock.now(), by=name)
    certificate = kept_file(draw, rows, said.thrown)
    return stage.open(draws.throw_draw, by, draw=draw, certificate=certificate, minutes=minutes, **vars(said))  # type: ignore[no-any-return]


def _draw(stage: Stage, act: StoryAct) -> Draw:
    named = stage.get(act.data["draw"], Draw)
    return Draw.objects.select_related(*queries.WITH_NAMES).get(pk=named.pk)
