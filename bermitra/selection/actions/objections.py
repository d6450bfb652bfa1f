"""Objections to the provisional result, and scoring anew."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import choose_partner
from bermitra.partnership.rules import TAKING_A_PART
from bermitra.registry.models import Partner
from bermitra.selection.actions.common import ask_to_score, await_answer, case_onward, free_of_interest, hold, office_in
from bermitra.selection.actions.direct import fall_by_objection
from bermitra.selection.life import (
    call_to,
    proposal_to,
    proposals_to,
    tell_partner,
    wait_for,
)
from bermitra.selection.models import (
    Call,
    Objection,
    ObjectionStep,
)
from bermitra.selection.queries import (
    answerer_facts,
    appeal_facts,
    filing_facts,
    parts,
    reopening_facts,
    scorers,
    takes_objections,
    wrongly_out,
)
from bermitra.selection.rules import (
    ANSWERING_OBJECTION,
    APPEALING,
    CALL,
    FILING,
    OBJECTION,
    REASONED,
    REOPENING,
    ReasonFacts,
)


@command("selection.file_objection", on="call")
def file_objection(act: Act, *, call: Call, text: str, partner: Partner | None = None) -> Objection:
    """A partner that took part, or a resident, objects to the provisional result, in its days and one by one (SL-56)."""
    hold(call)
    call.case.refresh_from_db(fields=["state"])
    if not takes_objections(call):
        raise NoSuchMove(CALL.name, call.state, act.door)
    held = standing(call.case.village_id)
    act.require(FILING, filing_facts(call, held, partner, act.by.code), held)
    filed = Objection.objects.create(
        call=call,
        partner=partner,
        text=text,
        state=OBJECTION.through(act.door, OBJECTION.start),
        filed_at=act.now,
        by=act.by.code,
    )
    due_on = _answer_due(call)
    _keep(act, filed, text, due_on)
    await_answer(act, filed, due_on)
    act.log("objection.filed", filed, call=call.code)
    return filed


@command("selection.withdraw_objection", on="objection")
def withdraw_objection(act: Act, *, objection: Objection, reason: str = "") -> Objection:
    """Take the own objection back while it waits for an answer; what was said stays to be read."""
    hold(objection.call)
    move_on(act, OBJECTION, objection)
    _keep(act, objection, reason)
    close_duties(act, about=about_of(objection))
    act.log("objection.withdrawn", objection, call=objection.call.code)
    return objection


@command("selection.appeal_objection", on="objection")
def appeal_objection(act: Act, *, objection: Objection, reason: str) -> Objection:
    """Contradict the answer, once and within its days (SL-46), as long as nothing is awarded: somebody else answers (SL-45), and
    until then the result waits, also where the meeting was already asked."""
    call = objection.call
    hold(call)
    held = standing(call.case.village_id)
    asked: cases.Asked = [(APPEALING, appeal_facts(objection, held)), (REASONED, ReasonFacts(reason=reason))]
    if call.state != "provisional":
        raise NoSuchMove(OBJECTION.name, objection.state, act.door)
    OBJECTION.through(act.door, objection.state)
    cases.require(asked, held)
    move_on(act, OBJECTION, objection)
    due_on = _answer_due(call)
    _keep(act, objection, reason, due_on)
    await_answer(act, objection, due_on)
    act.log("objection.appealed", objection, call=call.code)
    return objection


@command("selection.dismiss_objection", on="objection")
def dismiss_objection(act: Act, *, objection: Objection, answer: str) -> Objection:
    """Answer that the result stands, and why."""
    return _answer_objection(act, objection, answer, "objection.dismissed")


@command("selection.uphold_objection", on="objection")
def uphold_objection(act: Act, *, objection: Objection, answer: str) -> Objection:
    """Answer that the objection is right; the proposals may then be scored anew, and a direct appointment has ended."""
    upheld = _answer_objection(act, objection, answer, "objection.upheld")
    upheld.call.case.refresh_from_db(fields=["state"])
    if upheld.call.direct and upheld.call.case.state in ("candidate_proposed", "awaiting_musyawarah"):
        fall_by_objection(act, upheld.call, answer)
        return upheld
    says = _("Sanggahan atas “{title}” diterima. Nilai ulang semua usulan.")
    wait_for(act, upheld.call.case, door="selection.reopen_scoring", says=says,
             **office_in(upheld.call.case, roles.BPD_CHAIR.key))  # fmt: skip
    return upheld


def _answer_objection(act: Act, objection: Objection, answer: str, verb: str) -> Objection:
    """Who has not said that he has no interest answers nothing (SL-11, SL-12), nor does who objected; and an appeal is answered by somebody
    else than who rejected before (SL-45).

    Whoever scored in any round may say that an objection is right, but not reject it: every result rests on all the levels, so
    that each scorer would judge his own. Those who may are always two, the lead of the panel and the chair of the BPD.
    """
    hold(objection.call)
    objection.refresh_from_db(fields=["state", "answer", "answered_by"])
    asked: cases.Asked = [
        (REASONED, ReasonFacts(reason=answer)),
        free_of_interest(act, objection.call),
        (ANSWERING_OBJECTION, answerer_facts(objection, act.by.code, dismisses=verb == "objection.dismissed")),
    ]
    cases.require(asked, standing(objection.call.case.village_id))
    move_on(act, OBJECTION, objection, answer=answer, answered_at=act.now, answered_by=act.by.code)
    _keep(act, objection, answer)
    close_duties(act, about=about_of(objection))
    _tell_objector(act, objection)
    act.log(verb, objection, call=objection.call.code)
    return objection


def _keep(act: Act, objection: Objection, words: str, due_on: date | None = None) -> None:
    """The word that was just said, under the state it led to."""
    ObjectionStep.objects.create(
        objection=objection, kind=objection.state, words=words, due_on=due_on, at=act.now, by=act.by.code
    )


def _answer_due(call: Call) -> date:
    days: int = standing(call.case.village_id).numbers["objection_answer_working_days"]
    return WorkingDays().add(clock.today(), days)


def _tell_objector(act: Act, objection: Objection) -> None:
    party = objection.partner.code if objection.partner is not None else ""
    whom = {"party": party, "role": roles.PARTNER_REP.key} if party else {"person": objection.by}
    tell(
        act,
        says=_("Sanggahan Anda atas “{title}” sudah dijawab."),
        params={"title": objection.call.title},
        about=about_of(objection),
        url_name="page.objection",
        code=objection.code,
        **whom,
    )


@command("selection.reopen_scoring", on="call")
def reopen_scoring(act: Act, *, call: Call, reason: str) -> Call:
    """Score all over in a further round; the scores of the former stay to be read. By the lead of the panel or the chair of the
    BPD, without an interest, and only for cause (SL-51, FD-04, SL-11, SL-12).

    Once the candidate lies before the meeting, only an objection that was upheld brings it back. Whoever was disqualified,
    objected and was right is scored with the others.
    """
    hold(call)
    call.case.refresh_from_db(fields=["state"])
    cause = reopening_facts(call)
    asked: cases.Asked = [
        (REASONED, ReasonFacts(reason=reason)),
        (TAKING_A_PART, parts(call.case).facts(act.by.code, "propose")),
        free_of_interest(act, call),
        (REOPENING, cause),
    ]
    if call.direct or (call.case.state == "awaiting_musyawarah" and not cause.upheld):  # directly: nothing was scored
        raise NoSuchMove(CALL.name, call.state, act.door)
    held = standing(call.case.village_id)
    cases.require(asked, held)
    wronged = wrongly_out(call, held)
    call_to(act, call, round=call.round + 1, published_on=None, revealed_at=None)
    proposals_to(act, call, among=("ranked", "proposed", "accepted"))
    for each in wronged:
        proposal_to(act, each, out_because="")
        tell_partner(act, each.partner, _("Sanggahan Anda diterima. Usulan Anda ikut dinilai ulang."), code=each.code)
    choose_partner(act, call.case, None)
    case_onward(act, call.case)
    for sits in scorers(call):
        ask_to_score(act, call, sits)
    act.log("scoring.reopened", call, round=call.round, case=call.case.code)
    return call
