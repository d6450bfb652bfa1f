"""The call itself: announced, asked about, closed, failed, announced anew or given up."""

from __future__ import annotations

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
from bermitra.partnership.life import choose_partner, drop_open_sheet, move, now_waits
from bermitra.partnership.models import Case
from bermitra.partnership.rules import TAKING_A_PART
from bermitra.selection.actions.by_itself import each_by_itself
from bermitra.selection.actions.common import (
    await_answer_to,
    await_answers,
    await_next_step,
    call_for,
    case_onward,
    changed,
    free_of_interest,
    hold,
    office_in,
    say_why_apart,
    still_open,
    tell_out,
    tell_those_who_answer,
)
from bermitra.selection.actions.feedback import give_feedback
from bermitra.selection.life import (
    call_to,
    proposals_to,
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
    failing_facts,
    frozen_facts,
    giving_up_facts,
    opening_asked,
    parts,
    ranking,
    ticked_anew_facts,
)
from bermitra.selection.rules import (
    ANSWERING_ALL,
    CALL,
    CANCELLED,
    FAILING,
    FROZEN,
    GIVING_UP,
    REASONED,
    REOPENED,
    REVISED,
    OpenToAllFacts,
    ReasonFacts,
)


@command("selection.open_call", on="call")
def open_call(act: Act, *, call: Call, split_because: str = "") -> Call:
    """Announce the call: everything law asks of it is there, and its criteria are frozen by their hash."""
    held = standing(call.case.village_id)
    say_why_apart(call.case, split_because)
    cases.require(opening_asked(call, held, clock.today()), held)
    call_to(act, call, opened_at=act.now, frozen_hash=criteria_hash(call), weights_bounded=True)
    case_onward(act, call.case)
    await_answers(act, call)
    act.log("call.opened", call, criteria=call.frozen_hash, case=call.case.code)
    return call


@command("selection.reopen_call", on="call")
def reopen_call(act: Act, *, call: Call, deadline: datetime) -> Call:
    """Announce a failed call once more, unchanged but for its deadline; never one whose visions were public (SL-61)."""
    hold(call)
    held = standing(call.case.village_id)
    cases.require([*opening_asked(call, held, clock.today(), deadline), (FROZEN, frozen_facts(call))], held)
    changed(act, call, REOPENED, call.ended_why, deadline)
    anew: dict[str, Any] = dict.fromkeys(("closed_at", "unsealed_at", "published_on", "revealed_at"))
    anew |= {"ended_why": "", "direct": False, "weights_bounded": True}
    call_to(act, call, deadline=deadline, opened_at=act.now, round=call.round + 1, **anew)
    case_onward(act, call.case)
    await_answers(act, call)
    act.log("call.reopened", call, case=call.case.code)
    return call


@command("selection.revise_terms", on="case")
def revise_terms(act: Act, *, case: Case) -> Call:
    """Take a failed or rejected call back to the desk; its proposals are over and it will be announced anew, where its
    visions were public with ticks that the village has saved again (SL-61)."""
    call = call_for(act, case)
    hold(call)
    changed(act, call, REVISED, call.ended_why)
    seen = ticked_anew_facts(call).seen_since
    anew: dict[str, Any] = dict.fromkeys(
        ("opened_at", "closed_at", "unsealed_at", "published_on", "revealed_at", "deadline")
    )
    call_to(act, call, frozen_hash="", ended_why="", round=call.round + 1, direct=False, vision_seen=seen, **anew)
    proposals_to(act, call)
    choose_partner(act, case, None)
    case_onward(act, case)
    act.log("call.revised", call, case=case.code)
    return call


@command("selection.cancel_call", on="call")
def cancel_call(act: Act, *, call: Call, reason: str) -> Call:
    """Give the call up, and with it the case where it was announced already; everybody reads why. Whoever wrote a proposal, sealed
    or not, has been told and reads the reason beside it.

    A result is not the head's to give up: the meeting says no to it, or nobody is left to propose (SL-55). Who was scored has
    its sheet all the same.
    """
    hold(call)
    call.case.refresh_from_db(fields=["state"])
    held = standing(call.case.village_id)
    cases.require([(REASONED, ReasonFacts(reason=reason)), (GIVING_UP, giving_up_facts(call, held))], held)
    drafted = call.state == "draft"
    tell_those_who_answer(act, call, _("Penawaran “{title}” dibatalkan desa. Alasannya ada pada halaman penawaran."))
    changed(act, call, CANCELLED, reason)
    call_to(act, call, ended_why=reason, published_on=None)
    over = [each.pk for each in proposals_to(act, call)]
    Proposal.objects.filter(pk__in=over, out_because="").update(out_because=reason)
    if call.revealed_at is not None:
        give_feedback(act, call, reason)
    if drafted:
        now_waits(act, call.case)
    else:
        Case.objects.filter(pk=call.case_id).update(left_because=reason)
        call.case.left_because = reason
        drop_open_sheet(act, call.case)
        case_onward(act, call.case)
    act.log("call.cancelled", call, case=call.case.code)
    return call


@command("selection.ask_question")
def ask_question(act: Act, *, call: Call, text: str) -> Question:
    """Anybody may ask about an open call; who asked is not shown."""
    if not still_open(call, act):
        raise NoSuchMove(CALL.name, call.state, act.door)
    asked = Question.objects.create(call=call, text=text, asked_at=act.now, by=act.by.code)
    await_answer_to(act, asked)
    act.log("call_question.asked", asked, region=call.case.village_id, call=call.code)
    return asked


@command("selection.answer_question", on="question")
def answer_question(act: Act, *, question: Question, text: str) -> Answer:
    """One answer for everybody alike, on the page of the call, while all may still use it (SL-36)."""
    call = question.call
    hold(call)
    if call.state != "open" or call.deadline is None:
        raise NoSuchMove(CALL.name, call.state, act.door)
    facts = OpenToAllFacts(public_to_all=text != "", before_deadline=act.now < call.deadline)
    act.require(ANSWERING_ALL, facts, standing(call.case.village_id))
    said = Answer.objects.create(question=question, text=text, at=act.now, by=act.by.code)
    close_duties(act, about=about_of(question))
    act.log("call_question.answered", question, call=call.code)
    return said


@command("selection.close_call", on="call")
def close_call(act: Act, *, call: Call) -> Call:
    """The deadline has passed: sealed proposals wait to be opened, drafts stay shut for good; without any, the call failed."""
    hold(call)
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
    due = Call.objects.filter(state="open", deadline__lte=clock.now()).select_related("case__village", "case__partner")
    return each_by_itself(due, lambda call: close_call(by=By.the_system(), call=call))


@command("selection.fail_call", on="call")
def fail_call(act: Act, *, call: Call, reason: str) -> Call:
    """Whoever leads the panel finds no partner in this call, and says why (FD-04, SL-11, SL-12). A call in which somebody is a
    candidate, or the next in rank may be, does not fail (SL-52).

    A partner may be appointed directly without any panel: of such a call the chair of the BPD may say it as well, and of no
    other.
    """
    hold(call)
    if not call.direct and not any(each.person.code == act.by.code for each in call.seats()):
        raise NoSuchMove(CALL.name, call.state, act.door)
    call.case.refresh_from_db(fields=["state"])
    held = standing(call.case.village_id)
    asked: list[Any] = [
        (REASONED, ReasonFacts(reason=reason)),
        (TAKING_A_PART, parts(call.case).facts(act.by.code, "propose")),
    ]
    if not call.direct:
        asked += [free_of_interest(act, call), (FAILING, failing_facts(call, held))]
    cases.require(asked, held)
    lines = ranking(call)
    too_low = bool(lines) and all(line.place is None for line in lines)
    if call.case.state == "awaiting_musyawarah":  # its result lies before the meeting: only an upheld objection ends it
        raise NoSuchMove(CALL.name, call.state, act.door)
    call_to(act, call, ended_why=reason, published_on=None)
    for each in proposals_to(act, call):
        tell_out(act, each, reason)
    if call.revealed_at is not None:
        give_feedback(act, call, reason)
    choose_partner(act, call.case, None)
    move(act, call.case)
    await_next_step(act, call)
    act.log("call.failed", call, case=call.case.code, direct=call.direct, nobody_reached=too_low)
    return call
