"""Acts of an agreement that runs: proposed, worded, agreed to, decided by the meeting, locked and signed."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from bermitra.agreements.changing import actions, letters, sealing
from bermitra.agreements.models import Agreement, Amendment
from bermitra.delivery import following
from bermitra.foundation.documents import files, signing
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct


@plays("agreements.propose_amendment")
def propose_amendment(stage: Stage, act: StoryAct) -> Model | None:
    agreement = stage.get(act.data["agreement"], Agreement)
    return stage.open(actions.propose_amendment, act.who, agreement=agreement, reason=act.data["reason"])


@plays("agreements.word_amendment")
def word_amendment(stage: Stage, act: StoryAct) -> Model | None:
    """Further duties behind those that hold, and articles in other words."""
    held, data = _amendment(stage, act), act.data
    given: dict[str, Any] = {"wording": data["wording"]} if "wording" in data else {}
    if "duties" in data:
        more = [{**row, "due": row["due"].isoformat() if "due" in row else ""} for row in data["duties"]]
        given["topics"] = {"duties": [*held.content["topics"]["duties"], *more]}
    stage.open(actions.word_amendment, act.who, amendment=held, **given)
    return None


@plays("agreements.offer_amendment")
def offer_amendment(stage: Stage, act: StoryAct) -> Model | None:
    held = _amendment(stage, act)
    stage.open(actions.offer_amendment, act.who, amendment=held, seen=held.text_hash)
    return None


@plays("agreements.agree_amendment")
def agree_amendment(stage: Stage, act: StoryAct) -> Model | None:
    held = _amendment(stage, act)
    stage.open(actions.agree_amendment, act.who, amendment=held, seen=held.text_hash)
    return None


@plays("agreements.record_amendment_consent")
def record_amendment_consent(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.record_amendment_consent, act.who, amendment=_amendment(stage, act))
    return None


@plays("agreements.lock_amendment")
def lock_amendment(stage: Stage, act: StoryAct) -> Model | None:
    held, by = _amendment(stage, act), stage.knock(act.who)
    said = {name: act.data[name] for name in ("made_on", "place", "village_number", "partner_number")}
    paper = letters.addendum_paper(held, key=by.key, **said)
    pages = signing.page_count(files.read(paper.pdf.sha256))
    stage.open(actions.lock_amendment, by, amendment=held, paper=paper, pages=pages, **said)
    return None


@plays("agreements.sign_amendment")
def sign_amendment(stage: Stage, act: StoryAct) -> Model | None:
    held = _amendment(stage, act)
    if held.paper is None:
        raise StoryBroken(f"{held}: adendum belum terkunci")
    stage.open(actions.sign_amendment, act.who, amendment=held, seen=held.paper.file.sha256)
    sealing.seal(_amendment(stage, act))
    return None


@plays("delivery.take_up_change")
def take_up_change(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(following.take_up_change, act.who, agreement=stage.get(act.data["agreement"], Agreement))
    return None


def _amendment(stage: Stage, act: StoryAct) -> Amendment:
    found = stage.get(act.data["amendment"], Amendment)
    related = (
        "agreement__case__village",
        "agreement__case__partner",
        "agreement__partner",
        "new_partner",
        "paper__file",
    )
    return Amendment.objects.select_related(*related).get(pk=found.pk)
