"""Opening the sealed proposals, declaring interests, and the administrative check."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.rules import TAKING_A_PART
from bermitra.selection.actions.common import (
    ask_to_score,
    case_onward,
    days_on,
    free_of_interest,
    hold,
    its_call,
    mark_the_tied,
    office_in,
    tell_out,
)
from bermitra.selection.life import (
    call_to,
    proposal_to,
    proposals_to,
    seat_about,
    wait_for,
    wait_for_seat,
)
from bermitra.selection.models import (
    Call,
    InterestDeclaration,
    Panelist,
    Proposal,
    ProposalFile,
    Reading,
)
from bermitra.selection.queries import (
    admission_asked,
    declared,
    frozen_facts,
    is_open_to_read,
    newest_version,
    panel_facts,
    parts,
    scorers,
    seat_of,
    tied,
)
from bermitra.selection.rules import (
    DISQUALIFYING,
    FROZEN,
    PANEL,
    PROPOSAL,
    REASONED,
    SEAL,
    CureFacts,
    ReasonFacts,
    SealFacts,
)


@command("selection.start_selection", on="call")
def start_selection(act: Act, *, call: Call, minutes_number: str, witnesses: Sequence[str]) -> Call:
    """Open all sealed proposals at once, with minutes and witnesses (SL-06, SL-09, SL-14)."""
    hold(call)
    held = standing(call.case.village_id)
    seal = SealFacts(call_closed=call.state == "closed", minutes_of_opening=bool(minutes_number and witnesses))
    cases.require([(FROZEN, frozen_facts(call)), (PANEL, panel_facts(call, held)), (SEAL, seal)], held)
    call_to(act, call, opening_minutes=minutes_number, opening_witnesses=list(witnesses), unsealed_at=act.now)
    opened = proposals_to(act, call)
    case_onward(act, call.case)
    mark_the_tied(act, call)
    _ask_interests(act, call)
    act.log("proposals.opened", call, proposals=[each.code for each in opened], case=call.case.code)
    return call


@command("selection.declare_interest", on="call")
def declare_interest(act: Act, *, call: Call, interest: bool, what: str = "") -> InterestDeclaration:
    """Say for this call whether one has an interest in it; whoever has neither reads nor scores."""
    if not isinstance(act.by.person, Person):
        raise TypeError("a person declares")
    if interest:
        act.require(REASONED, ReasonFacts(reason=what))
    said = InterestDeclaration.objects.create(call=call, person=act.by.person, interest=interest, what=what, at=act.now)
    sits = seat_of(call, act.by.person)
    judged = sits is not None and sits.scores and call.revealed_at is not None
    if interest and sits is not None and not judged:  # once the levels are revealed no scorer is replaced
        says = _("Seorang penilai “{title}” menyatakan kepentingan. Tunjuk penggantinya.")
        wait_for(
            act,
            call.case,
            door="selection.appoint_panel",
            record=sits,
            says=says,
            **office_in(call.case, roles.VILLAGE_HEAD.key),
        )
    close_duties(act, about=seat_about(call, act.by.person))
    if sits is not None and not interest and call.state == "scoring":
        ask_to_score(act, call, sits)
    act.log("interest.declared", call, interest=interest)
    return said


@command("selection.read_proposal", on="proposal")
def read_proposal(act: Act, *, proposal: Proposal) -> Reading:
    """Open a proposal for oneself, after declaring interests; the partner sees who did and when (SL-11, SL-12, SL-14)."""
    if not isinstance(act.by.person, Person):
        raise TypeError("a person reads")
    call = proposal.call
    if call is not None:
        held = standing(call.case.village_id)
        seal = SealFacts(call_closed=is_open_to_read(proposal), minutes_of_opening=call.opening_minutes != "")
        cases.require([(SEAL, seal), free_of_interest(act, call)], held)
    sent = newest_version(proposal) if is_open_to_read(proposal) else None
    if sent is None:
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    read, _new = Reading.objects.get_or_create(
        version=sent, person=act.by.person, defaults={"role": act.role, "at": act.now}
    )
    act.log("proposal.read", proposal)
    return read


@command("selection.request_documents", on="proposal")
def request_documents(act: Act, *, proposal: Proposal, missing: str) -> Proposal:
    """Ask a partner for what is missing; it has the days of the norm to bring it."""
    call = its_call(act, proposal)
    cases.require(
        [free_of_interest(act, call), (REASONED, ReasonFacts(reason=missing))], standing(call.case.village_id)
    )
    proposal_to(act, proposal, asked_documents=missing, asked_at=act.now, completed_note="")
    says = _("Lengkapi dokumen usulan Anda untuk “{title}”.")
    wait_for(
        act,
        call.case,
        door="selection.complete_documents",
        record=proposal,
        code=proposal.code,
        says=says,
        party=proposal.partner.code,
        role=roles.PARTNER_REP.key,
        due_on=days_on(act, call, "cure_days"),
    )
    act.log("documents.requested", proposal)
    return proposal


@command("selection.complete_documents", on="proposal")
def complete_documents(act: Act, *, proposal: Proposal, note: str, file: Content | None = None) -> Proposal:
    """The partner has brought what was asked, in words or as a file; what was sealed stays as it was, and the file beside it."""
    proposal_to(act, proposal, completed_note=note)
    if file is not None:
        brought = {"title": file.name[:120], "brought_at": act.now}
        ProposalFile.objects.update_or_create(proposal=proposal, file=keep_file(by=act, content=file), defaults=brought)
    close_duties(act, about=about_of(proposal))
    act.log("documents.completed", proposal)
    return proposal


@command("selection.disqualify", on="proposal")
def disqualify(act: Act, *, proposal: Proposal, reason: str) -> Proposal:
    """Out, with a reason; a partner that was asked for documents keeps its days first (SL-15). Once it is scored, only by who
    leads the panel: a scorer says what he thinks of it by his levels (FD-04)."""
    call = its_call(act, proposal)
    hold(call)
    held = standing(call.case.village_id)
    waited = proposal.state == "curing" and proposal.asked_at is not None
    facts = CureFacts(
        days_since_request=(act.now - proposal.asked_at).days if waited and proposal.asked_at else 0,
        documents_complete=not waited,
        cure_days=held.numbers["cure_days"],
    )
    asked: cases.Asked = [
        free_of_interest(act, call),
        (DISQUALIFYING, facts),
        (REASONED, ReasonFacts(reason=reason)),
    ]
    if call.state == "scoring":
        asked = [*asked, (TAKING_A_PART, parts(call.case).facts(act.by.code, "propose"))]
    cases.require(asked, held)
    proposal_to(act, proposal, out_because=reason)
    close_duties(act, about=about_of(proposal))
    tell_out(act, proposal, reason)
    act.log("proposal.disqualified", proposal)
    return proposal


@command("selection.complete_admin_check", on="call")
def complete_admin_check(act: Act, *, call: Call) -> Call:
    """Every proposal is complete or out, and no partner shares with officials what was not explained: the scoring begins
    (SL-11, SL-12, SL-41, RG-15)."""
    hold(call)
    cases.require([free_of_interest(act, call), *admission_asked(call)], standing(call.case.village_id))
    call_to(act, call)
    admitted = proposals_to(act, call)
    case_onward(act, call.case)
    mark_the_tied(act, call)
    _ask_interests(act, call)
    for sits in scorers(call):
        ask_to_score(act, call, sits)
    act.log("admin_check.completed", call, admitted=[each.code for each in admitted], case=call.case.code)
    return call


@command("selection.look_for_ties", on="call")
def look_for_ties(act: Act, *, call: Call) -> list[Panelist]:
    """What seats share with partners by now: people, owners and numbers change while a panel works (SL-12)."""
    hold(call)
    found = mark_the_tied(act, call)
    act.log("panel.looked_at", call, tied=len(found))
    return found


def look_for_ties_where_panels_work() -> int:
    """Look at every panel that checks or scores, or whose result is not decided yet; says on how many something else is
    found than before. The daily round asks."""
    changed = 0
    working = Call.objects.filter(state__in=("checking", "scoring", "provisional"), direct=False)
    working = working.select_related("case__village")
    for call in working.order_by("pk"):
        seats = call.seats()
        marked = {each.person_id for each in seats if each.tied_at is not None}
        if tied(call, [each.person for each in seats]) != marked:
            look_for_ties(by=By.the_system(), call=call)
            changed += 1
    return changed


def _ask_interests(act: Act, call: Call) -> None:
    """Everybody on the panel who has not said yet whether he has an interest."""
    says, said = _("Nyatakan kepentingan Anda sebelum membaca usulan “{title}”."), declared(call)
    for sits in call.panel.filter(left_at=None).select_related("person"):
        if sits.person_id not in said:
            wait_for_seat(act, call, sits.person, door="selection.declare_interest", says=says)
