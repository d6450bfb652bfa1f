"""Proposals to a call: written, sealed and withdrawn by their partner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.partnership import queries as cases
from bermitra.registry.models import Partner
from bermitra.selection import terms
from bermitra.selection.actions.common import (
    NEWEST,
    ask_own_draft,
    hold,
    known_parts,
    new_version,
    still_open,
    whole_content,
)
from bermitra.selection.actions.offering import offer_to, sending_facts
from bermitra.selection.life import (
    proposal_to,
)
from bermitra.selection.models import (
    Call,
    Proposal,
    ProposalFile,
    ProposalVersion,
)
from bermitra.selection.queries import (
    content_for_partner,
    frozen_facts,
    may_leave,
)
from bermitra.selection.rules import (
    CALL,
    FROZEN,
    PROPOSAL,
    SENDING,
    UNSOLICITED,
)


@command("selection.draft_proposal", on="partner")
def draft_proposal(act: Act, *, partner: Partner, call: Call, content: dict[str, Any]) -> Proposal:
    """Begin a proposal, or write on the own one before the deadline; what is not given stays. Only the partner reads it."""
    hold(call)
    if call.state != "open":
        raise NoSuchMove(CALL.name, call.state, act.door)
    given = known_parts(act, content, terms.CONTENT, call.case.village_id)
    own = (
        Proposal.objects.filter(call=call, partner=partner, state__in=("draft", "sealed"))
        .select_related("call")
        .first()
    )
    if own is None:
        own = Proposal.objects.create(
            call=call,
            partner=partner,
            state=PROPOSAL.through(act.door, PROPOSAL.start),
            draft=given,
            created_at=act.now,
            created_by=act.by.code,
        )
    else:
        own.draft = {**content_for_partner(own), **given}
        Proposal.objects.filter(pk=own.pk).update(draft=own.draft)
    act.log("proposal.drafted", own, region=call.case.village_id, call=call.code)
    return own


@command("selection.attach_file", on="proposal")
def attach_file(act: Act, *, proposal: Proposal, file: Content, title: str) -> ProposalFile:
    """Lay a file beside the draft; its hash is sealed with the next sending."""
    ask_own_draft(act, proposal)
    kept = keep_file(by=act, content=file)
    laid, _new = ProposalFile.objects.update_or_create(proposal=proposal, file=kept, defaults={"title": title})
    act.log("proposal.file_attached", proposal, file=kept.sha256)
    return laid


@command("selection.submit_proposal", on="proposal")
def submit_proposal(act: Act, *, proposal: Proposal) -> ProposalVersion:
    """Seal the proposal: its content becomes a version that nobody changes and nobody opens before the call is closed."""
    call = proposal.call
    if call is not None:
        hold(call)
        proposal.refresh_from_db(fields=NEWEST)
    if call is None or call.deadline is None or proposal.state not in ("draft", "sealed"):
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    content = whole_content(proposal)
    left = (call.deadline - act.now) // timedelta(seconds=1) if call.state == "open" else -1
    facts = sending_facts(content, left, len(terms.empty_parts(content)))
    cases.require([(SENDING, facts), (FROZEN, frozen_facts(call))], standing(call.case.village_id))
    proposal_to(act, proposal, sealed_at=act.now, draft={})
    sent = new_version(act, proposal, content)
    act.log("proposal.sealed", proposal, region=call.case.village_id, call=call.code, content=sent.content_hash)
    return sent


@command("selection.withdraw_proposal", on="proposal")
def withdraw_proposal(act: Act, *, proposal: Proposal) -> Proposal:
    """Take the own proposal back before the deadline; it is never opened. An offer that is compared may leave until one is
    chosen."""
    if proposal.call is None:
        if not may_leave(proposal):
            raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
        offer_to(act, proposal, withdrawn_at=act.now)
    else:
        hold(proposal.call)
        if not still_open(proposal.call, act):
            raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
        proposal_to(act, proposal)
    act.log("proposal.withdrawn", proposal)
    return proposal
