"""The call itself: announced, asked about, closed, failed, announced anew or given up."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import choose_partner, move, now_waits
from bermitra.partnership.models import Case
from bermitra.selection.actions.common import call_for, case_onward, office_in, tell_out
from bermitra.selection.life import (
    call_to,
    proposals_to,
    tell_partner,
    wait_for,
)
from bermitra.selection.models import (
    Answer,
    Call,
    Proposal,
    Question,
)
from bermitra.selection.queries import (
    criteria_hash,
    frozen_facts,
    opening_asked,
)
from bermitra.selection.rules import (
    CALL,
    FROZEN,
    REASONED,
    ReasonFacts,
)

log = logging.getLogger(__name__)


@command("selection.open_call", on="call")
def open_call(act: Act, *, call: Call) -> Call:
    """Announce the call: everything law asks of it is there, and its criteria are frozen by their hash."""
    held = standing(call.case.village_id)
    cases.require(opening_asked(call, held, clock.today()), held)
    call_to(act, call, opened_at=act.now, frozen_hash=criteria_hash(call))
    case_onward(act, call.case)
    act.log("call.opened", call, criteria=call.frozen_hash, case=call.case.code)
    return call


@command("selection.reopen_call", on="call")
def reopen_call(act: Act, *, call: Call, deadline: datetime) -> Call:
    """Announce a failed call once more, unchanged but for its deadline."""
    held = standing(call.case.village_id)
    cases.require([*opening_asked(call, held, clock.today(), deadline), (FROZEN, frozen_facts(call))], held)
    anew: dict[str, Any] = {"closed_at": None, "published_on": None, "revealed_at": None, "ended_why": ""}
    call_to(act, call, deadline=deadline, opened_at=act.now, round=call.round + 1, **anew)
    case_onward(act, call.case)
    act.log("call.reopened", call, case=call.case.code)
    return call


@command("selection.revise_terms", on="case")
def revise_terms(act: Act, *, case: Case) -> Call:
    """Take a failed or rejected call back to the desk; its proposals are over and it will be announced anew."""
    call = call_for(act, case)
    anew: dict[str, Any] = dict.fromkeys(("opened_at", "closed_at", "published_on", "revealed_at", "deadline"))
    call_to(act, call, frozen_hash="", round=call.round + 1, **anew)
    proposals_to(act, call)
    choose_partner(act, case, None)
    case_onward(act, case)
    act.log("call.revised", call, case=case.code)
    return call


@command("selection.cancel_call", on="call")
def cancel_call(act: Act, *, call: Call, reason: str) -> Call:
    """Give the call up, and with it the case where it was announced already; everybody reads why."""
    act.require(REASONED, ReasonFacts(reason=reason))
    drafted = call.state == "draft"
    call_to(act, call, ended_why=reason)
    for each in proposals_to(act, call):
        tell_partner(act, each.partner, _("Penawaran “{title}” dibatalkan desa."), code=each.code, title=call.title)
    if drafted:
        now_waits(act, call.case)
    else:
        Case.objects.filter(pk=call.case_id).update(left_because=reason)
        case_onward(act, call.case)
    act.log("call.cancelled", call, case=call.case.code)
    return call


@command("selection.ask_question")
def ask_question(act: Act, *, call: Call, text: str) -> Question:
    """Anybody may ask about an open call; who asked is not shown."""
    if call.state != "open":
        raise NoSuchMove(CALL.name, call.state, act.door)
    asked = Question.objects.create(call=call, text=text, asked_at=act.now, by=act.by.code)
    says = _("Jawab pertanyaan tentang penawaran “{title}”.")
    wait_for(
        act,
        call.case,
        door="selection.answer_question",
        code=asked.code,
        record=asked,
        says=says,
        **office_in(call.case, roles.VILLAGE_SECRETARY.key),
    )
    act.log("call_question.asked", asked, region=call.case.village_id, call=call.code)
    return asked


@command("selection.answer_question", on="question")
def answer_question(act: Act, *, question: Question, text: str) -> Answer:
    """One answer for everybody alike, on the page of the call, while it is open."""
    if question.call.state != "open":
        raise NoSuchMove(CALL.name, question.call.state, act.door)
    said = Answer.objects.create(question=question, text=text, at=act.now, by=act.by.code)
    close_duties(act, about=about_of(question))
    act.log("call_question.answered", question, call=question.call.code)
    return said


@command("selection.close_call", on="call")
def close_call(act: Act, *, call: Call) -> Call:
    """The deadline has passed: sealed proposals wait to be opened, drafts stay shut for good; without any, the call failed."""
    if call.deadline is None or act.now < call.deadline:
        raise NoSuchMove(CALL.name, call.state, act.door)
    came = Proposal.objects.filter(call=call, state="sealed").count()
    call_to(act, call, "closed" if came else "failed", closed_at=act.now)
    proposals_to(act, call)
    move(act, call.case, "offers_received" if came else "call_failed")
    now_waits(act, call.case)
    if not came:
        close_duties(act, about=f"case:{call.case.code}")
        says = _("Penawaran “{title}” tidak menerima usulan. Buka ulang, perbaiki, atau batalkan.")
        wait_for(
            act,
            call.case,
            door="selection.reopen_call",
            says=says,
            **office_in(call.case, roles.VILLAGE_HEAD.key),
        )
    act.log("call.closed", call, proposals=came, case=call.case.code)
    return call


def close_due_calls() -> int:
    """Close every open call whose deadline has passed; says how many. The daily round and the pages of a call ask it."""
    closed = 0
    for call in Call.objects.filter(state="open", deadline__lte=clock.now()).select_related(
        "case__village", "case__partner"
    ):
        try:
            close_call(by=By.the_system(), call=call)
        except NoSuchMove:  # another process was quicker; were it not so, the call would stand open for ever
            log.warning("call %s was not closed", call.code, exc_info=True)
            continue
        closed += 1
    return closed


@command("selection.fail_call", on="call")
def fail_call(act: Act, *, call: Call, reason: str) -> Call:
    """The panel finds no partner in this call, and says why."""
    act.require(REASONED, ReasonFacts(reason=reason))
    call_to(act, call, ended_why=reason, published_on=None)
    for each in proposals_to(act, call):
        tell_out(act, each, reason)
    choose_partner(act, call.case, None)
    move(act, call.case)
    now_waits(act, call.case)
    act.log("call.failed", call, case=call.case.code)
    return call
