"""Objections to the provisional result, and scoring anew."""

from __future__ import annotations

from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.text import _
from bermitra.partnership.life import choose_partner
from bermitra.registry.models import Partner
from bermitra.selection.actions.common import ask_to_score, await_answer, case_onward, office_in
from bermitra.selection.life import (
    call_to,
    proposals_to,
    wait_for,
)
from bermitra.selection.models import (
    Call,
    Objection,
)
from bermitra.selection.queries import (
    scorers,
)
from bermitra.selection.rules import (
    CALL,
    OBJECTION,
    REASONED,
    ReasonFacts,
)


@command("selection.file_objection", on="call")
def file_objection(act: Act, *, call: Call, text: str, partner: Partner | None = None) -> Objection:
    """A partner that took part, or a resident, objects to the provisional result."""
    if call.state != "provisional" or call.case.state != "candidate_proposed":
        raise NoSuchMove(CALL.name, call.state, act.door)
    filed = Objection.objects.create(
        call=call,
        partner=partner,
        text=text,
        state=OBJECTION.through(act.door, OBJECTION.start),
        filed_at=act.now,
        by=act.by.code,
    )
    await_answer(act, filed)
    act.log("objection.filed", filed, call=call.code)
    return filed


@command("selection.dismiss_objection", on="objection")
def dismiss_objection(act: Act, *, objection: Objection, answer: str) -> Objection:
    """Answer that the result stands, and why."""
    return _answer_objection(act, objection, answer, "objection.dismissed")


@command("selection.uphold_objection", on="objection")
def uphold_objection(act: Act, *, objection: Objection, answer: str) -> Objection:
    """Answer that the objection is right; the proposals may then be scored anew."""
    upheld = _answer_objection(act, objection, answer, "objection.upheld")
    says = _("Sanggahan atas “{title}” diterima. Nilai ulang, atau nyatakan gagal.")
    wait_for(act, upheld.call.case, door="selection.reopen_scoring", says=says,
             **office_in(upheld.call.case, roles.BPD_CHAIR.key))  # fmt: skip
    return upheld


def _answer_objection(act: Act, objection: Objection, answer: str, verb: str) -> Objection:
    act.require(REASONED, ReasonFacts(reason=answer))
    onward = OBJECTION.through(act.door, objection.state)
    told: dict[str, Any] = {"state": onward, "answer": answer, "answered_at": act.now, "answered_by": act.by.code}
    if not Objection.objects.filter(pk=objection.pk, state=objection.state).update(**told):
        raise NoSuchMove(OBJECTION.name, objection.state, act.door)
    for name, value in told.items():
        setattr(objection, name, value)
    close_duties(act, about=about_of(objection))
    act.log(verb, objection, call=objection.call.code)
    return objection


@command("selection.reopen_scoring", on="call")
def reopen_scoring(act: Act, *, call: Call, reason: str) -> Call:
    """Score all over in a further round; the scores of the former stay to be read."""
    act.require(REASONED, ReasonFacts(reason=reason))
    call_to(act, call, round=call.round + 1, published_on=None, revealed_at=None)
    proposals_to(act, call)
    choose_partner(act, call.case, None)
    case_onward(act, call.case)
    for sits in scorers(call):
        ask_to_score(act, call, sits)
    act.log("scoring.reopened", call, round=call.round, case=call.case.code)
    return call
