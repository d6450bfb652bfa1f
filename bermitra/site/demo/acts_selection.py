"""Acts of a strict selection, and of an offer that a partner makes of its own accord."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db.models import Model

from bermitra.foundation.calendar import moment, zone_of
from bermitra.partnership.models import Case
from bermitra.registry.models import Partner
from bermitra.selection import actions
from bermitra.selection.models import Call, Objection, Proposal, Question, RivalCall
from bermitra.site.demo.stage import Stage, plays
from bermitra.site.demo.story import StoryAct

# The call --------------------------------------------------------------------------------------------------------------


@plays("selection.draft_call")
def draft_call(stage: Stage, act: StoryAct) -> Model | None:
    """Heading, terms of reference, weights, statements, announcement; what is not told is left open."""
    data = act.data
    call = stage.open(actions.draft_call, act.who, case=stage.get(data["case"], Case), **data["heading"])
    prepare_call(stage, act, call)
    return call


@plays("selection.plan_announcement")
def go_on_with_call(stage: Stage, act: StoryAct) -> Model | None:
    prepare_call(stage, act, _call(stage, act))
    return None


def prepare_call(stage: Stage, act: StoryAct, call: Call) -> None:
    data = act.data
    if "kak" in data:
        stage.open(actions.write_kak, act.who, call=call, sections=data["kak"])
    if "weights" in data:
        stage.open(actions.set_criteria, act.who, call=call, weights=data["weights"])
    if "ticks" in data:
        stage.open(actions.tick_vision, act.who, call=call, ticks=data["ticks"])
    if "announcement" in data:
        told = dict(data["announcement"])
        hour = time.fromisoformat(told.pop("closes_at"))
        deadline = moment(told.pop("closes_on"), hour, zone_of(stage.story.village))
        stage.open(actions.plan_announcement, act.who, call=call, deadline=deadline, **told)


@plays("selection.appoint_panel")
def appoint_panel(stage: Stage, act: StoryAct) -> Model | None:
    call = _call(stage, act)
    for who, seat in act.data["seats"].items():
        stage.open(
            actions.appoint_panel, act.who, call=call, person=stage.person(who), seat=seat.removesuffix(" (lead)"),
            scores=not seat.endswith(" (lead)"), decree=act.data["decree"],
        )  # fmt: skip
    return None


@plays("selection.release_panelist")
def release_panelist(stage: Stage, act: StoryAct) -> Model | None:
    person = stage.person(act.data["person"])
    stage.open(actions.release_panelist, act.who, call=_call(stage, act), person=person, reason=act.data["reason"])
    return None


@plays("selection.open_call")
def open_call(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.open_call, act.who, call=_call(stage, act))
    return None


@plays("selection.ask_question")
def ask_question(stage: Stage, act: StoryAct) -> Model | None:
    """``by`` nobody: the public asks. The village answers the same day, for everybody alike."""
    question: Question = stage.open(actions.ask_question, act.who, call=_call(stage, act), text=act.data["question"])
    stage.open(actions.answer_question, act.data["answered_by"], question=question, text=act.data["answer"])
    return question


@plays("selection.close_call")
def close_call(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.close_call, "system", call=_call(stage, act))
    return None


# Proposals -------------------------------------------------------------------------------------------------------------


@plays("selection.draft_proposal")
def draft_proposal(stage: Stage, act: StoryAct) -> Model | None:
    return stage.open(
        actions.draft_proposal, act.who, partner=stage.get(act.data["partner"], Partner), call=_call(stage, act),
        content=act.data["content"],
    )  # fmt: skip


@plays("selection.submit_proposal")
def submit_proposal(stage: Stage, act: StoryAct) -> Model | None:
    """With ``content``: written and sealed at once; else what was written before is sealed."""
    if "content" in act.data:
        proposal = draft_proposal(stage, act)
    else:
        proposal = _proposal(stage, act)
    stage.open(actions.submit_proposal, act.who, proposal=proposal)
    return proposal


@plays("selection.start_selection")
def start_selection(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    stage.open(
        actions.start_selection, act.who, call=_call(stage, act), minutes_number=data["minutes_number"],
        witnesses=data["witnesses"],
    )  # fmt: skip
    return None


@plays("selection.request_documents")
def request_documents(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.request_documents, act.who, proposal=_proposal(stage, act), missing=act.data["missing"])
    return None


@plays("selection.complete_documents")
def complete_documents(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.complete_documents, act.who, proposal=_proposal(stage, act), note=act.data["note"])
    return None


@plays("selection.disqualify")
def disqualify(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.disqualify, act.who, proposal=_proposal(stage, act), reason=act.data["reason"])
    return None


@plays("selection.complete_admin_check")
def complete_admin_check(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.complete_admin_check, act.who, call=_call(stage, act))
    return None


@plays("selection.declare_interest")
def declare_interest(stage: Stage, act: StoryAct) -> Model | None:
    """Each panelist for himself; who has an interest says which."""
    call = _call(stage, act)
    for who, what in act.data["declarations"].items():
        stage.open(actions.declare_interest, who, call=call, interest=bool(what), what=what or "")
    return None


@plays("selection.read_proposal")
def read_proposal(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.read_proposal, act.who, proposal=_proposal(stage, act))
    return None


@plays("selection.score")
def score(stage: Stage, act: StoryAct) -> Model | None:
    """Each proposal is read first (``was_read``: it was); the reason of the panel's minutes is everybody's, own words follow."""
    for name, levels in act.data["scores"].items():
        proposal = stage.get(name, Proposal)
        if not act.data.get("was_read"):
            stage.open(actions.read_proposal, act.who, proposal=proposal)
        own = act.data.get("own_words", {}).get(name, "")
        reasons = {code: f"{told} {own}".strip() for code, told in act.data["reasons"][name].items()}
        stage.open(actions.score, act.who, proposal=proposal, levels=levels, reasons=reasons)
    return None


@plays("selection.reveal_scores")
def reveal_scores(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.reveal_scores, act.who, call=_call(stage, act))
    return None


@plays("selection.record_site_visit")
def record_site_visit(stage: Stage, act: StoryAct) -> Model | None:
    data: dict[str, Any] = dict(act.data)
    proposal = stage.get(data.pop("proposal"), Proposal)
    return stage.open(actions.record_site_visit, act.who, proposal=proposal, **data)


@plays("selection.moderate_scores")
def moderate_scores(stage: Stage, act: StoryAct) -> Model | None:
    """Notes by proposal and criterion; ``again`` with its reason begins one more round."""
    data: dict[str, Any] = dict(act.data)
    notes = {stage.get(name, Proposal).code: said for name, said in data.pop("notes", {}).items()}
    call = stage.get(data.pop("call"), Call)
    return stage.open(actions.moderate_scores, act.who, call=call, notes=notes, **data)


@plays("selection.propose_candidate")
def propose_candidate(stage: Stage, act: StoryAct) -> Model | None:
    number = act.data["minutes_number"]
    stage.open(actions.propose_candidate, act.who, call=_call(stage, act), minutes_number=number)
    return None


@plays("selection.file_objection")
def file_objection(stage: Stage, act: StoryAct) -> Model | None:
    partner = stage.get(act.data["partner"], Partner) if "partner" in act.data else None
    return stage.open(actions.file_objection, act.who, call=_call(stage, act), text=act.data["text"], partner=partner)


@plays("selection.dismiss_objection")
def dismiss_objection(stage: Stage, act: StoryAct) -> Model | None:
    objection = stage.get(act.data["objection"], Objection)
    stage.open(actions.dismiss_objection, act.who, objection=objection, answer=act.data["answer"])
    return None


@plays("selection.accept_candidacy")
def accept_candidacy(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.accept_candidacy, act.who, proposal=_proposal(stage, act))
    return None


@plays("selection.forward_to_musyawarah")
def forward(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.forward_to_musyawarah, act.who, call=_call(stage, act))
    return None


@plays("selection.record_consent")
def record_consent(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.record_consent, act.who, case=stage.get(act.data["case"], Case))
    return None


# A partner's own offer ---------------------------------------------------------------------------------------------------


@plays("selection.submit_unsolicited")
def submit_unsolicited(stage: Stage, act: StoryAct) -> Model | None:
    """What comes of it is the case."""
    data = act.data
    partner = stage.get(data["partner"], Partner)
    proposal = stage.open(
        actions.draft_unsolicited, act.who, partner=partner, village=stage.village(), **data["heading"]
    )
    stage.open(actions.write_unsolicited, act.who, proposal=proposal, content=data["content"])
    return stage.open(actions.submit_unsolicited, act.who, proposal=proposal)


@plays("selection.receive_unsolicited")
def receive_unsolicited(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.receive_unsolicited, act.who, case=stage.get(act.data["case"], Case))
    return None


@plays("selection.return_unsolicited")
def return_unsolicited(stage: Stage, act: StoryAct) -> Model | None:
    case = stage.get(act.data["case"], Case)
    stage.open(actions.return_unsolicited, act.who, case=case, reason=act.data["reason"])
    return None


@plays("selection.resubmit_unsolicited")
def resubmit_unsolicited(stage: Stage, act: StoryAct) -> Model | None:
    case = stage.get(act.data["case"], Case)
    proposal = Proposal.objects.get(case=case, call=None, partner=case.partner_id)
    stage.open(actions.write_unsolicited, act.who, proposal=proposal, content=act.data["content"])
    stage.open(actions.resubmit_unsolicited, act.who, case=case)
    return None


@plays("selection.call_for_rivals")
def call_for_rivals(stage: Stage, act: StoryAct) -> Model | None:
    data: dict[str, Any] = dict(act.data)
    return stage.open(actions.call_for_rivals, act.who, case=stage.get(data.pop("case"), Case), **data)


@plays("selection.submit_rival")
def submit_rival(stage: Stage, act: StoryAct) -> Model | None:
    """Written and sealed at once."""
    data = act.data
    asked = stage.get(data["rivals"], RivalCall)
    proposal = stage.open(
        actions.draft_unsolicited, act.who, partner=stage.get(data["partner"], Partner), village=stage.village(),
        field=asked.case.field_of_government, rival_of=asked, **data["heading"],
    )  # fmt: skip
    stage.open(actions.write_unsolicited, act.who, proposal=proposal, content=data["content"])
    stage.open(actions.submit_rival, act.who, proposal=proposal)
    return proposal


@plays("selection.open_rivals")
def open_rivals(stage: Stage, act: StoryAct) -> Model | None:
    data: dict[str, Any] = dict(act.data)
    stage.open(actions.open_rivals, act.who, case=stage.get(data.pop("case"), Case), **data)
    return None


@plays("selection.close_comparison")
def close_comparison(stage: Stage, act: StoryAct) -> Model | None:
    """``chosen`` names the partner."""
    data: dict[str, Any] = dict(act.data)
    case, partner = stage.get(data.pop("case"), Case), stage.get(data.pop("chosen"), Partner)
    chosen = Proposal.objects.get(case=case, call=None, partner=partner)
    stage.open(actions.close_comparison, act.who, case=case, chosen=chosen, **data)
    return None


@plays("selection.answer_in_writing")
def answer_in_writing(stage: Stage, act: StoryAct) -> Model | None:
    data: dict[str, Any] = dict(act.data)
    stage.open(actions.answer_in_writing, act.who, case=stage.get(data.pop("case"), Case), **data)
    return None


def _call(stage: Stage, act: StoryAct) -> Call:
    return stage.get(act.data["call"], Call)


def _proposal(stage: Stage, act: StoryAct) -> Proposal:
    return stage.get(act.data["proposal"], Proposal)
