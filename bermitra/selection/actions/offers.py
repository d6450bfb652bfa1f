"""A partner's own offer to a village, from its draft to the written answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bermitra.deliberation.queries import decision_on
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import begin, move, now_waits
from bermitra.partnership.models import Case
from bermitra.partnership.rules import PARTNER_INITIATIVE
from bermitra.registry.models import Partner
from bermitra.selection import criteria, terms
from bermitra.selection.actions.common import (
    ask_own_draft,
    case_onward,
    in_the_book,
    known_parts,
    new_version,
    whole_content,
)
from bermitra.selection.life import (
    tell_partner,
)
from bermitra.selection.models import (
    Proposal,
    WrittenAnswer,
)
from bermitra.selection.queries import (
    content_for_partner,
    unsolicited_asked,
)
from bermitra.selection.rules import (
    ANSWERING,
    REASONED,
    SENDING_UNSOLICITED,
    TICKING,
    UNSOLICITED,
    AnswerFacts,
    ReasonFacts,
    SendingFacts,
    TickFacts,
    UnsolicitedFacts,
    VisionFacts,
    goals_and_vision_shared,
)


@command("selection.draft_unsolicited", on="partner")
def draft_unsolicited(
    act: Act,
    *,
    partner: Partner,
    village: Region,
    title: str,
    field: str,
    forms: Sequence[str] = (),
    proposal: Proposal | None = None,
) -> Proposal:
    """Begin an offer to a village, or write its heading anew before it is sent."""
    heading: dict[str, Any] = {"village": village, "title": title, "field_of_government": field, "forms": list(forms)}
    if proposal is None:
        proposal = Proposal.objects.create(
            partner=partner,
            state=UNSOLICITED.through(act.door, UNSOLICITED.start),
            created_at=act.now,
            created_by=act.by.code,
            **heading,
        )
    elif proposal.partner_id != partner.pk or not Proposal.objects.filter(
        pk=proposal.pk, state="draft", case=None
    ).update(**heading):
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    act.log("unsolicited.drafted", proposal, region=village.pk)
    return proposal


@command("selection.write_unsolicited", on="proposal")
def write_unsolicited(act: Act, *, proposal: Proposal, content: dict[str, Any]) -> Proposal:
    """Write parts of an offer before it is sent, or after it came back; what is not given stays."""
    ask_own_draft(act, proposal)
    if proposal.call is not None:
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    given = known_parts(act, content, {**terms.EIGHT, **terms.CONTENT}, proposal.village_id or "")
    proposal.draft = {**content_for_partner(proposal), **given}
    Proposal.objects.filter(pk=proposal.pk).update(draft=proposal.draft)
    act.log("unsolicited.written", proposal, region=proposal.village_id or "", parts=sorted(given))
    return proposal


@command("selection.submit_unsolicited", on="proposal")
def submit_unsolicited(act: Act, *, proposal: Proposal) -> Case:
    """Send the offer: its case begins (SL-27, ND-06, PS-01, PS-02), or goes on where a round has introduced the two."""
    if proposal.village is None or proposal.state != "draft":
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    content = whole_content(proposal)
    cases.require(_unsolicited_asked(content), standing(proposal.village.pk))
    if (case := proposal.case) is not None:
        move(act, case)
    else:
        case = begin(
            act,
            route=PARTNER_INITIATIVE,
            village=proposal.village,
            title=proposal.title,
            field=proposal.field_of_government,
            forms=proposal.forms,
            partner=proposal.partner,
            example=proposal.partner.example,
        )
    sent = Proposal.objects.filter(pk=proposal.pk, state="draft")
    if not sent.update(state=UNSOLICITED.through(act.door, "draft"), case=case, sealed_at=act.now, draft={}):
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    proposal.state, proposal.case, proposal.draft = "sent", case, {}
    version = new_version(act, proposal, content)
    now_waits(act, case)
    act.log("unsolicited.submitted", case, proposal=proposal.code, content=version.content_hash)
    return case


@command("selection.receive_unsolicited", on="case")
def receive_unsolicited(act: Act, *, case: Case) -> Case:
    """The secretary has the offer on the desk."""
    case_onward(act, case)
    act.log("unsolicited.received", case)
    return case


@command("selection.return_unsolicited", on="case")
def return_unsolicited(act: Act, *, case: Case, reason: str) -> Case:
    """Back to the partner, to repair what is named."""
    act.require(REASONED, ReasonFacts(reason=reason))
    case_onward(act, case)
    _tell_offer(
        act, case, _("Desa mengembalikan usulan “{title}” untuk diperbaiki."), asked_documents=reason, asked_at=act.now
    )
    act.log("unsolicited.returned", case)
    return case


@command("selection.resubmit_unsolicited", on="case")
def resubmit_unsolicited(act: Act, *, case: Case) -> Case:
    """The repaired offer comes as a further version (SL-27)."""
    proposal = _offer(act, case)
    content = whole_content(proposal)
    cases.require(_unsolicited_asked(content), standing(case.village_id))
    case_onward(act, case)
    Proposal.objects.filter(pk=proposal.pk).update(draft={}, sealed_at=act.now)
    proposal.draft = {}
    sent = new_version(act, proposal, content)
    act.log("unsolicited.resubmitted", case, proposal=proposal.code, content=sent.content_hash)
    return case


@command("selection.decline_unsolicited", on="case")
def decline_unsolicited(act: Act, *, case: Case, reason: str) -> Case:
    """The head declines the offer; everybody reads why."""
    act.require(REASONED, ReasonFacts(reason=reason))
    Case.objects.filter(pk=case.pk).update(left_because=reason)
    case.left_because = reason
    case_onward(act, case)
    _tell_offer(act, case, _("Desa tidak melanjutkan usulan “{title}”."), out_because=reason)
    act.log("unsolicited.declined", case)
    return case


@command("selection.accept_for_musyawarah", on="case")
def accept_for_musyawarah(act: Act, *, case: Case, ticks: Sequence[str]) -> Case:
    """The head finds the offer worth the meeting's time: need, budget, the partner's standing, and what both stand by."""
    proposal, held = _offer(act, case), standing(case.village_id)
    ours, theirs = in_the_book(ticks), content_for_partner(proposal).get("vision_ticks", [])
    facts = VisionFacts(
        vision_agreement=criteria.vision_agreement(ours, theirs),
        core_missing=criteria.core_missing(ours, theirs),
        vision_agreement_minimum=held.numbers["vision_agreement_minimum"],
    )
    visions: cases.Asked = [(TICKING, TickFacts(len(ours))), ((goals_and_vision_shared,), facts)]
    cases.require([*unsolicited_asked(case, proposal.partner, held), *visions], held)
    case_onward(act, case)
    act.log("unsolicited.accepted", case, agreement=facts.vision_agreement)
    return case


@command("selection.answer_in_writing", on="case")
def answer_in_writing(act: Act, *, case: Case, letter_number: str, text: str) -> WrittenAnswer:
    """The village tells the partner in writing what the meeting decided, naming its minutes."""
    of = cases.agreed_sheet(case)
    decided = decision_on(of.code) if of else None
    minutes = decided.minutes_number if decided else ""
    act.require(ANSWERING, AnswerFacts(letter_number=letter_number, minutes_number=minutes))
    answer = WrittenAnswer.objects.create(
        case=case, letter_number=letter_number, minutes_number=minutes, text=text, at=act.now, by=act.by.code
    )
    case_onward(act, case)
    _tell_offer(act, case, _("Jawaban tertulis desa atas “{title}” sudah terbit."))
    act.log("written_answer.sent", case)
    return answer


def _unsolicited_asked(content: dict[str, Any]) -> list[Any]:
    eight = UnsolicitedFacts(partner_registered=True, contents=terms.contents_of(content))
    gifts = SendingFacts(
        seconds_before_deadline=0,
        gifts_to_persons=int(content.get("gifts_to_persons") or 0),
        empty_parts=0,
        ticks=len(content.get("vision_ticks", [])),
    )
    return [(SENDING_UNSOLICITED[:1], eight), (SENDING_UNSOLICITED[1:], gifts)]


def _offer(act: Act, case: Case) -> Proposal:
    found = Proposal.objects.filter(case=case, call=None).select_related("partner", "case", "village").first()
    if found is None:
        raise NoSuchMove(UNSOLICITED.name, UNSOLICITED.start, act.door)
    return found


def _tell_offer(act: Act, case: Case, says: str, **values: Any) -> None:
    proposal = _offer(act, case)
    if values:
        Proposal.objects.filter(pk=proposal.pk).update(**values)
    tell_partner(act, proposal.partner, says, code=proposal.code, title=case.title)
