"""Acts of a warning: drafted and worded by who types, sent and judged by who signs, answered by the other side."""

from __future__ import annotations

from django.db.models import Model

from bermitra.agreements.models import Agreement
from bermitra.agreements.warnings import actions, letters, queries
from bermitra.agreements.warnings.ladder import next_rung
from bermitra.agreements.warnings.models import WarningLetter
from bermitra.agreements.warnings.rules import Told
from bermitra.foundation.commands import clock
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct


@plays("agreements.draft_warning")
def draft_warning(stage: Stage, act: StoryAct) -> Model | None:
    """Of duties by their number."""
    agreement = stage.get(act.data["agreement"], Agreement)
    points = [f"kewajiban-{number}" for number in act.data["duties"]]
    told = _told(act, agreement, "")
    return stage.open(actions.draft_warning, act.who, agreement=agreement, points=points, told=told)


@plays("agreements.follow_warning")
def follow_warning(stage: Stage, act: StoryAct) -> Model | None:
    held = _warning(stage, act)
    told = _told(act, held.agreement, held.rung)
    return stage.open(actions.follow_warning, act.who, warning=held, told=told)


@plays("agreements.send_warning")
def send_warning(stage: Stage, act: StoryAct) -> Model | None:
    held, by, number, today = _warning(stage, act), stage.knock(act.who), act.data["number"], clock.today()
    seen = queries.words_of(held, queries.text_of(held.agreement)).digest(held)
    paper = letters.warning_paper(held, key=by.key, number=number, sent_on=today, sender=by.code)
    stage.open(actions.send_warning, by, warning=held, number=number, seen=seen, sent_on=today, paper=paper)
    return None


@plays("agreements.answer_warning")
def answer_warning(stage: Stage, act: StoryAct) -> Model | None:
    said = {"kind": act.data["kind"], "text": act.data["text"]}
    stage.open(actions.answer_warning, act.who, warning=_warning(stage, act), **said)
    return None


@plays("agreements.claim_cure")
def claim_cure(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.claim_cure, act.who, warning=_warning(stage, act), text=act.data["text"])
    return None


@plays("agreements.accept_cure")
def accept_cure(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.accept_cure, act.who, warning=_warning(stage, act), text=act.data["text"])
    return None


def _told(act: StoryAct, agreement: Agreement, before: str) -> Told:
    """What happened and what is wanted, with the days that the next rung of the agreement gives."""
    step = next_rung(queries.text_of(agreement).steps, before)
    if step is None:
        raise StoryBroken(f"langkah {act.step}: perjanjian ini tidak memuat tahap peringatan itu")
    return Told(act.data["facts"], act.data["happened_on"], act.data["wanted"], step.days)


def _warning(stage: Stage, act: StoryAct) -> WarningLetter:
    found = stage.get(act.data["warning"], WarningLetter)
    return queries.warnings_visible_to(stage.person(act.who)).get(pk=found.pk)
