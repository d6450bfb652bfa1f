"""Acts of an agreement: drafted by turns, locked, signed in either way, brought into force."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from bermitra.agreements import actions, queries, sealing
from bermitra.agreements.letters import agreement_paper
from bermitra.agreements.models import Agreement
from bermitra.foundation.documents import files, signing
from bermitra.partnership.models import Case
from bermitra.site.demo.cast import name_of
from bermitra.site.demo.prints import signed_by_hand
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct


@plays("agreements.start_draft")
def start_draft(stage: Stage, act: StoryAct) -> Model | None:
    return stage.open(actions.start_draft, act.who, case=stage.get(act.data["case"], Case))


@plays("agreements.propose_change")
def propose_change(stage: Stage, act: StoryAct) -> Model | None:
    """Blanks, wording, annexes or topics, with the reason; ``then`` hands the text to the other side."""
    data: dict[str, Any] = dict(act.data)
    agreement, passes = _agreement(stage, act), data.pop("then_passes", False)
    del data["agreement"]
    if "annexes" in data:
        data["annexes"] = {kind: [_plain(row) for row in rows] for kind, rows in data["annexes"].items()}
    stage.open(actions.propose_change, act.who, agreement=agreement, **data)
    if passes:
        stage.open(actions.pass_turn, act.who, agreement=_agreement(stage, act))
    return None


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


@plays("agreements.pass_turn")
def pass_turn(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.pass_turn, act.who, agreement=_agreement(stage, act))
    return None


@plays("agreements.give_number")
def give_number(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.give_number, act.who, agreement=_agreement(stage, act), number=act.data["number"])
    return None


@plays("agreements.show_condition")
def show_conditions(stage: Stage, act: StoryAct) -> Model | None:
    for condition, proof in act.data["proofs"].items():
        stage.open(actions.show_condition, act.who, agreement=_agreement(stage, act), condition=condition, proof=proof)
    return None


@plays("agreements.request_legal_review")
def legal_review(stage: Stage, act: StoryAct) -> Model | None:
    """The village asks, the reviewer of the regency answers, the text is back with the village."""
    reviewer = stage.person(act.data["reviewer"])
    stage.open(actions.request_legal_review, act.who, agreement=_agreement(stage, act), reviewer=reviewer)
    stage.open(
        actions.give_legal_review, act.data["reviewer"], agreement=_agreement(stage, act), advice=act.data["advice"]
    )
    return None


@plays("agreements.issue_bpd_decree")
def issue_bpd_decree(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    stage.open(
        actions.issue_bpd_decree, act.who, case=stage.get(data["case"], Case), number=data["number"], dated=act.on,
        about=data["about"],
    )  # fmt: skip
    return None


@plays("agreements.accept_text")
def accept_text(stage: Stage, act: StoryAct) -> Model | None:
    """Exactly the newest text, or the one before it where somebody has an old print in hand."""
    agreement = _agreement(stage, act)
    back = 1 if act.data.get("old_print") else 0
    version = agreement.versions.get(number=agreement.text_version - back)
    stage.open(actions.accept_text, act.who, agreement=agreement, text_hash=version.text_hash)
    return None


@plays("agreements.finalise")
def finalise(stage: Stage, act: StoryAct) -> Model | None:
    agreement, place, by = _agreement(stage, act), act.data["place"], stage.knock(act.who)
    draft = queries.draft_of(agreement)
    paper = agreement_paper(agreement, draft, key=by.key, made_on=act.data["made_on"], place=place)
    pages = signing.page_count(files.read(paper.pdf.sha256))
    stage.open(
        actions.finalise, by, agreement=agreement, made_on=act.data["made_on"], place=place, paper=paper, pages=pages
    )
    return None


@plays("agreements.reopen_draft")
def reopen_draft(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.reopen_draft, act.who, agreement=_agreement(stage, act), reason=act.data["reason"])
    return None


@plays("agreements.sign")
def sign(stage: Stage, act: StoryAct) -> Model | None:
    agreement = _agreement(stage, act)
    stage.open(actions.sign, act.who, agreement=agreement, seen=_paper(agreement).file.sha256)
    sealing.seal(_agreement(stage, act))
    return None


@plays("agreements.upload_wet_signatures")
def upload_wet_signatures(stage: Stage, act: StoryAct) -> Model | None:
    """Printed, signed by both sides before two witnesses, scanned."""
    agreement, by = _agreement(stage, act), stage.knock(act.who)
    scan, pages = signed_by_hand(_paper(agreement))
    witnesses = [name_of(who) for who in act.data["witnesses"]]
    stage.open(
        actions.upload_wet_signatures, by, agreement=agreement, file=scan, pages=pages, signed_on=act.data["signed_on"],
        witnesses=witnesses,
    )  # fmt: skip
    return None


@plays("agreements.return_wet_signatures")
def return_wet_signatures(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.return_wet_signatures, act.who, agreement=_agreement(stage, act), reason=act.data["reason"])
    return None


@plays("agreements.confirm_wet_signatures")
def confirm_wet_signatures(stage: Stage, act: StoryAct) -> Model | None:
    agreement = _agreement(stage, act)
    pages = act.data.get("pages", agreement.pages)
    scan = queries.waiting_scan(agreement)
    seen = queries.compared_hash(scan) if scan else ""
    stage.open(actions.confirm_wet_signatures, act.who, agreement=agreement, seen=seen, pages=pages)
    return None


@plays("agreements.activate")
def activate(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.activate, act.who, agreement=_agreement(stage, act), **act.data.get("stamp", {}))
    return None


@plays("agreements.publish_summary")
def publish_summary(stage: Stage, act: StoryAct) -> Model | None:
    agreement = _agreement(stage, act)
    stage.open(actions.publish_summary, act.who, agreement=agreement, summary=queries.plain_summary(agreement))
    return None


def _agreement(stage: Stage, act: StoryAct) -> Agreement:
    found = stage.get(act.data["agreement"], Agreement)
    return Agreement.objects.select_related("case__village", "case__partner", "partner", "sheet", "paper__file").get(
        pk=found.pk
    )


def _paper(agreement: Agreement) -> Any:
    if agreement.paper is None:
        raise StoryBroken(f"{agreement}: naskah belum terkunci")
    return agreement.paper
