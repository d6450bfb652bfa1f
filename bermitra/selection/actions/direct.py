"""A partner is appointed without rivals: with a reason from the closed list, proven, and for everybody to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import choose_partner, move
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import kept
from bermitra.selection.actions.common import (
    await_candidate,
    await_next_step,
    case_onward,
    days_on,
    hold,
    in_the_book,
    its_call,
    new_version,
    say_why_apart,
    tell_out,
)
from bermitra.selection.life import call_to, next_is_awaited, proposal_to, proposals_to, tell_partner
from bermitra.selection.models import Call, Candidacy, DirectAppointment, Proposal
from bermitra.selection.queries import Reason, continued, criteria_hash, direct_asked, vision_facts
from bermitra.selection.rules import (
    CALL,
    PROPOSAL,
    TICKING,
    TickFacts,
    goals_and_vision_shared,
)

ENDS_BY = "selection.fail_call"  # a candidate without rivals who is out leaves a call that failed


@command("selection.appoint_directly", on="call")
def appoint_directly(
    act: Act,
    *,
    call: Call,
    partner: Partner,
    kind: str,
    explanation: str,
    evidence: str = "",
    file: Content | None = None,
    split_because: str = "",
) -> DirectAppointment:
    """Make a partner the candidate of a drafted or failed call, which is public from now on (SL-25, SL-50, SL-19, SL-35).

    The village's unit for cooperation appoints, or who leads the panel. The head does not: whoever proposes a candidate
    cannot sign (FD-04), and it is the head who signs. Nor does anybody who scores, or has an interest in the partner (SL-12).
    Everything that comes after a ranking comes after this too: the days for objections, the partner's yes, the meeting.
    """
    hold(call)
    if call.state not in ("draft", "failed"):
        raise NoSuchMove(CALL.name, call.state, act.door)
    case, held, partner = call.case, standing(call.case.village_id), kept(partner)
    say_why_apart(case, split_because)
    person = act.by.person if isinstance(act.by.person, Person) else None
    why = Reason(kind, explanation, evidence, file is not None)
    cases.require(direct_asked(call, partner, why, held, person), held)
    _leave_drafts_shut(act, call)
    anew: dict[str, Any] = {"revealed_at": None, "ended_why": "", "round": call.round + 1}
    if call.state == "draft":
        anew |= {"frozen_hash": criteria_hash(call), "opened_at": act.now}
    call_to(act, call, direct=True, published_on=clock.today(), **anew)
    proposal = Proposal.objects.create(
        partner=partner,
        call=call,
        state=PROPOSAL.through(act.door, PROPOSAL.start),
        answer_due=days_on(act, call, "candidate_acceptance_days"),
        created_at=act.now,
        created_by=act.by.code,
    )
    Candidacy.objects.create(proposal=proposal, at=act.now, by=act.by.code)
    made = DirectAppointment.objects.create(
        call=call,
        proposal=proposal,
        kind=kind,
        explanation=explanation,
        evidence=evidence,
        file=keep_file(by=act, content=file) if file is not None else None,
        continues=continued(case, partner) if kind == "continuation" else None,
        at=act.now,
        by=act.by.code,
    )
    choose_partner(act, case, partner)
    case_onward(act, case)
    await_candidate(act, call, proposal)
    says = _("Desa {village} menunjuk Anda langsung untuk “{title}”. Baca syaratnya, lalu jawab.")
    tell_partner(act, partner, says, code=proposal.code, village=case.village.name, title=case.title)
    act.log("direct_appointment.made", call, proposal=proposal.code, partner=partner.code, kind=kind, case=case.code)
    return made


def _leave_drafts_shut(act: Act, call: Call) -> None:
    """Drafts for a call that was taken back are read by nobody, as after a deadline; their partners are told why."""
    why = _("Desa menunjuk mitra langsung. Draf usulan ini tidak dibuka.")
    for each in proposals_to(act, call):
        Proposal.objects.filter(pk=each.pk).update(out_because=why)
        says = _("Desa menunjuk mitra langsung untuk “{title}”. Alasannya ada pada halaman penawaran.")
        tell_partner(act, each.partner, says, code=each.code, title=call.title)


def share_visions(act: Act, proposal: Proposal, ticks: Sequence[str]) -> None:
    """For ``accept_candidacy``: whom nobody asked to write a proposal says now what it stands by, and both sides are compared
    (SL-42, SL-37). What it said is kept as the version of its proposal."""
    call, theirs = its_call(act, proposal), in_the_book(ticks)
    held = standing(call.case.village_id)
    shared = vision_facts(call.vision_ticks, theirs, held)
    cases.require([(TICKING, TickFacts(len(theirs))), ((goals_and_vision_shared,), shared)], held)
    new_version(act, proposal, {"vision_ticks": theirs})
    Call.objects.filter(pk=call.pk).update(vision_seen=True)  # both sides' are public from now on (SL-61)
    call.vision_seen = True


def fall_by_objection(act: Act, call: Call, reason: str) -> None:
    """For ``uphold_objection``: nothing can be scored anew, so that an appointment which was rightly objected to ends."""
    standing_still = Proposal.objects.filter(call=call, state__in=("proposed", "accepted"))
    for each in standing_still.select_related("partner", "call__case"):
        proposal_to(act, each, "not_chosen", door=ENDS_BY)
        close_duties(act, about=about_of(each))
        tell_out(act, each, reason)
    _end(act, call, reason)


def candidate_is_out(act: Act, call: Call, reason: str, says: str) -> None:
    """For the acts by which a candidate drops out: ``says`` tells whoever goes on with the next in rank, where there are any."""
    if call.direct:
        _end(act, call, reason)
    else:
        choose_partner(act, call.case, None)
        next_is_awaited(act, call, says)


def _end(act: Act, call: Call, reason: str) -> None:
    """Without rivals there is nobody next in rank, and the call has failed. From there the village announces it, repairs it,
    appoints another partner, or gives it up."""
    call_to(act, call, "failed", door=ENDS_BY, ended_why=reason, published_on=None)
    choose_partner(act, call.case, None)
    move(act, call.case, "call_failed", door=ENDS_BY)
    await_next_step(act, call)
    act.log("direct_appointment.ended", call, case=call.case.code)
