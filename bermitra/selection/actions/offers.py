"""A partner's own offer to a village, from its draft to the written answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bermitra.deliberation.queries import decision_on
from bermitra.foundation.commands import clock
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
from bermitra.selection import terms
from bermitra.selection.actions.common import (
    ask_own_draft,
    case_onward,
    in_the_book,
    known_parts,
    new_version,
    say_why_apart,
    whole_content,
)
from bermitra.selection.actions.offering import (
    ask_for_rivals,
    end_comparison,
    offer_asked,
    offers_to,
    refused,
    rivals_held,
    start_clock,
    tell_of,
    the_offer,
    village_answered,
    written_answer_due,
)
from bermitra.selection.models import (
    Proposal,
    RivalCall,
    WrittenAnswer,
)
from bermitra.selection.queries import (
    answer_time_facts,
    content_for_partner,
    offer_of,
    offers_of,
    repeat_facts,
    tie_facts,
    unsolicited_asked,
    vision_facts,
)
from bermitra.selection.rules import (
    ANSWERING,
    ANSWERING_IN_TIME,
    COMPARING,
    DECLINING,
    REASONED,
    REPEATING,
    TICKING,
    UNSOLICITED,
    AnswerFacts,
    DeclineFacts,
    ReasonFacts,
    TickFacts,
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
    rival_of: RivalCall | None = None,
) -> Proposal:
    """Begin an offer to a village, or write its heading anew before it is sent; ``rival_of``: where the village asks for
    rivals of another one's, in time, and of no partner twice."""
    if rival_of is not None:
        ask_for_rivals(act, rival_of, partner, village)
    heading: dict[str, Any] = {"village": village, "title": title, "field_of_government": field, "forms": list(forms)}
    if proposal is None:
        proposal = Proposal.objects.create(
            partner=partner,
            rival_of=rival_of,
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
    known = {**terms.EIGHT, **terms.CONTENT, **terms.TAKES}
    given = known_parts(act, content, known, proposal.village_id or "")
    proposal.draft = {**content_for_partner(proposal), **given}
    Proposal.objects.filter(pk=proposal.pk).update(draft=proposal.draft)
    act.log("unsolicited.written", proposal, region=proposal.village_id or "", parts=sorted(given))
    return proposal


@command("selection.submit_unsolicited", on="proposal")
def submit_unsolicited(act: Act, *, proposal: Proposal) -> Case:
    """Send the offer: its case begins (SL-27, SL-28, SL-48, ND-06, PS-01, PS-02), or goes on where a round has introduced
    the two."""
    if proposal.village is None or proposal.state != "draft" or proposal.rival_of is not None:
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    content, held = whole_content(proposal), standing(proposal.village.pk)
    cases.require([*offer_asked(content), (REPEATING, repeat_facts(proposal, content, held))], held)
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
    now_waits(act, case, start_clock(act, proposal, "unsolicited_response_days"))
    act.log("unsolicited.submitted", case, proposal=proposal.code, content=version.content_hash)
    return case


@command("selection.receive_unsolicited", on="case")
def receive_unsolicited(act: Act, *, case: Case) -> Case:
    """The secretary has the offer on the desk; the head answers by the day that was counted from its coming."""
    offer = the_offer(act, case)
    move(act, case)
    now_waits(act, case, offer.answer_due)
    act.log("unsolicited.received", case)
    return case


@command("selection.return_unsolicited", on="case")
def return_unsolicited(act: Act, *, case: Case, reason: str) -> Case:
    """Back to the partner, to repair what is named."""
    act.require(REASONED, ReasonFacts(reason=reason))
    offer = the_offer(act, case)
    village_answered(act, offer, asked_documents=reason, asked_at=act.now)
    move(act, case)
    now_waits(act, case, start_clock(act, offer, "unsolicited_repair_days"))
    tell_of(act, offer, _("Desa mengembalikan usulan “{title}” untuk diperbaiki."))
    act.log("unsolicited.returned", case)
    return case


@command("selection.resubmit_unsolicited", on="case")
def resubmit_unsolicited(act: Act, *, case: Case) -> Case:
    """The repaired offer comes as a further version (SL-27, SL-28, SL-48), and the village's days begin anew."""
    proposal, held = the_offer(act, case), standing(case.village_id)
    content = whole_content(proposal)
    cases.require([*offer_asked(content), (REPEATING, repeat_facts(proposal, content, held))], held)
    move(act, case)
    now_waits(act, case, start_clock(act, proposal, "unsolicited_response_days"))
    Proposal.objects.filter(pk=proposal.pk).update(draft={}, sealed_at=act.now)
    proposal.draft = {}
    sent = new_version(act, proposal, content)
    act.log("unsolicited.resubmitted", case, proposal=proposal.code, content=sent.content_hash)
    return case


@command("selection.decline_unsolicited", on="case")
def decline_unsolicited(act: Act, *, case: Case, reason: str) -> Case:
    """The head declines the offer, and with it every rival; everybody reads why. Rivals that were asked for are opened first:
    what nobody has read is not refused, and nobody is told by a refusal who has sealed an offer."""
    asked = rivals_held(case)
    compared: list[Any] = []
    if asked is not None:
        ties = tie_facts(act.by.person, offers_of(asked), clock.today())
        compared = [(DECLINING, DeclineFacts(opened=asked.opened_at is not None)), (COMPARING, ties)]
    cases.require([(REASONED, ReasonFacts(reason=reason)), *compared], standing(case.village_id))
    if asked is not None:
        end_comparison(act, asked, reason)
    elif (offer := offer_of(case)) is not None:
        village_answered(act, offer)
    Case.objects.filter(pk=case.pk).update(left_because=reason)
    case.left_because = reason
    case_onward(act, case)
    for each in offers_to(act, case):
        tell_of(act, refused(act, each, reason), _("Desa tidak melanjutkan usulan “{title}”."))
    act.log("unsolicited.declined", case)
    return case


@command("selection.accept_for_musyawarah", on="case")
def accept_for_musyawarah(act: Act, *, case: Case, ticks: Sequence[str], split_because: str = "") -> Case:
    """The head finds the offer worth the meeting's time: need, budget, the partner's standing, and what both stand by."""
    proposal, held = the_offer(act, case), standing(case.village_id)
    say_why_apart(case, split_because)
    ours = in_the_book(ticks)
    facts = vision_facts(ours, content_for_partner(proposal).get("vision_ticks", []), held)
    visions: cases.Asked = [(TICKING, TickFacts(len(ours))), ((goals_and_vision_shared,), facts)]
    cases.require([*unsolicited_asked(case, proposal.partner, held), *visions], held)
    village_answered(act, proposal)
    case_onward(act, case)
    act.log("unsolicited.accepted", case, agreement=facts.vision_agreement)
    return case


@command("selection.answer_in_writing", on="case")
def answer_in_writing(act: Act, *, case: Case, letter_number: str, text: str) -> WrittenAnswer:
    """The village tells the partner in writing what the meeting decided, naming its minutes; late it tells it all the same
    (SL-33)."""
    of = cases.agreed_sheet(case)
    decided = decision_on(of.code) if of else None
    minutes = decided.minutes_number if decided else ""
    act.require(ANSWERING, AnswerFacts(letter_number=letter_number, minutes_number=minutes))
    held = standing(case.village_id)
    late = act.require(ANSWERING_IN_TIME, answer_time_facts(case, held), held)
    answer = WrittenAnswer.objects.create(
        case=case,
        letter_number=letter_number,
        minutes_number=minutes,
        text=text,
        due_on=written_answer_due(case, held),
        at=act.now,
        by=act.by.code,
    )
    case_onward(act, case)
    tell_of(act, the_offer(act, case), _("Jawaban tertulis desa atas “{title}” sudah terbit."))
    act.log("written_answer.sent", case, late=list(late))
    return answer
