"""Verbs of a strict selection: the call, the sealed proposals, the panel, the candidate, and what the meeting decided."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from bermitra.deliberation.queries import decision_on
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import agree_sheet, begin, choose_partner, drop_sheet, move, now_waits
from bermitra.partnership.models import Case
from bermitra.partnership.rules import FLOW, PARTNER_INITIATIVE, TAKING_A_PART, VILLAGE_INITIATIVE
from bermitra.registry.models import Partner
from bermitra.selection import criteria, terms
from bermitra.selection.life import (
    call_to,
    proposal_to,
    proposals_to,
    seat_about,
    tell_partner,
    wait_for,
    wait_for_seat,
)
from bermitra.selection.models import (
    Answer,
    Call,
    Candidacy,
    Criterion,
    InterestDeclaration,
    Objection,
    Panelist,
    Proposal,
    ProposalFile,
    ProposalVersion,
    Question,
    Ranking,
    Reading,
    Score,
    WrittenAnswer,
)
from bermitra.selection.queries import (
    admission_asked,
    call_of,
    candidate_asked,
    consent_facts,
    content_for_partner,
    content_hash,
    criteria_hash,
    forward_facts,
    frozen_facts,
    interest_facts,
    is_open_to_read,
    judgements,
    newest_version,
    next_in_rank,
    opening_asked,
    panel_facts,
    parts,
    scorers,
    scorers_facts,
    seat_of,
    standing_for,
    unsolicited_asked,
)
from bermitra.selection.rules import (
    ANSWERING,
    APPOINTING,
    CALL,
    CONSENTING,
    DISQUALIFYING,
    FORWARDING,
    FROZEN,
    OBJECTION,
    PANEL,
    PROPOSAL,
    READING,
    REASONED,
    REFUSING,
    REVEALING,
    SCORING,
    SEAL,
    SENDING,
    SENDING_UNSOLICITED,
    UNSOLICITED,
    AnswerFacts,
    CureFacts,
    ReasonFacts,
    ScoreFacts,
    ScorerRoles,
    SealFacts,
    SendingFacts,
    UnsolicitedFacts,
    VisionFacts,
    goals_and_vision_shared,
)

log = logging.getLogger(__name__)


# Preparing a call ---------------------------------------------------------------------------------------------------
@command("selection.draft_call", on="case")
def draft_call(
    act: Act,
    *,
    case: Case,
    title: str,
    goals: str,
    village_vision: str,
    seeks: Sequence[str],
    offers: Sequence[str],
    number: str = "",
) -> Call:
    """Begin the call of a case, or write its heading anew while it is a draft. Weights start from the profile of its forms."""
    if case.state != "preparing_terms":
        raise NoSuchMove(FLOW.name, case.state, act.door)
    heading: dict[str, Any] = {
        "title": title,
        "number": number,
        "goals": goals,
        "village_vision": village_vision,
        "seeks": list(seeks),
        "offers": list(offers),
    }
    call = call_of(case)
    if call is not None:
        _write(act, call, heading)
    else:
        numbers = standing(case.village_id).numbers
        call = Call.objects.create(
            case=case,
            state=CALL.through(act.door, CALL.start),
            threshold_total=numbers["score_threshold"],
            threshold_each=numbers["criterion_min_percent"],
            drafted_at=act.now,
            **heading,
        )
        _weigh(call, criteria.weights_for(case.forms))
        close_duties(act, about=f"case:{case.code}", door=act.door)
        says = _("Lengkapi dan terbitkan penawaran “{title}”.")
        wait_for(act, case, door="selection.open_call", says=says, **_office(case, roles.VILLAGE_HEAD.key))
    act.log("call.drafted", call, case=case.code)
    return call


@command("selection.write_kak", on="call")
def write_kak(act: Act, *, call: Call, sections: dict[str, str]) -> Call:
    """Sections of the terms of reference; what is not given stays."""
    if unknown := sections.keys() - terms.SECTIONS.keys():
        raise ValueError(f"no section {sorted(unknown)}")
    _write(act, call, {"kak": {**call.kak, **sections}})
    act.log("call.terms_written", call, sections=sorted(sections))
    return call


@command("selection.set_criteria", on="call")
def set_criteria(act: Act, *, call: Call, weights: dict[str, int]) -> Call:
    """The weight of each criterion of the book; one of weight nothing is left out."""
    if unknown := weights.keys() - criteria.criteria().keys():
        raise ValueError(f"no criterion {sorted(unknown)}")
    _write(act, call, {})
    call.criteria.all().delete()
    _weigh(call, weights)
    act.log("call.criteria_set", call, weights=weights)
    return call


@command("selection.tick_vision", on="call")
def tick_vision(act: Act, *, call: Call, ticks: Sequence[str]) -> Call:
    """The statements the village stands by; partners see them after all proposals are in."""
    _write(act, call, {"vision_ticks": _statements(ticks)})
    act.log("call.vision_ticked", call, ticks=len(call.vision_ticks))
    return call


@command("selection.plan_announcement", on="call")
def plan_announcement(
    act: Act,
    *,
    call: Call,
    deadline: datetime,
    channels: Sequence[str],
    threshold_total: int | None = None,
    threshold_each: int | None = None,
) -> Call:
    """Until when, announced where, and from which result on a partner may be proposed."""
    given = {"threshold_total": threshold_total, "threshold_each": threshold_each}
    thresholds = {name: value for name, value in given.items() if value is not None}
    _write(act, call, {"deadline": deadline, "channels": list(channels), **thresholds})
    act.log("call.announcement_planned", call, channels=list(channels))
    return call


@command("selection.appoint_panel", on="call")
def appoint_panel(
    act: Act, *, call: Call, person: Person, seat: str, scores: bool = True, decree: str = ""
) -> Panelist:
    """Give somebody a seat: before the call opens, or in place of one who left (SL-10)."""
    if call.state not in ("draft", "open", "closed", "checking", "scoring"):
        raise NoSuchMove(CALL.name, call.state, act.door)
    held = frozenset(office.role for office in person.offices if office.region_id == call.case.village_id)
    act.require(APPOINTING, ScorerRoles(scorer_roles=held), standing(call.case.village_id))
    sits = Panelist.objects.create(
        call=call,
        person=person,
        seat=seat,
        scores=scores,
        decree=decree or call.panel_decree,
        appointed_at=act.now,
        appointed_by=act.by.code,
    )
    if decree and not call.panel_decree:
        Call.objects.filter(pk=call.pk).update(panel_decree=decree)
        call.panel_decree = decree
    if call.state in ("checking", "scoring"):
        _ask_to_score(act, call, sits)
    act.log("panel.appointed", call, person=person.code, seat=seat, scores=scores)
    return sits


@command("selection.release_panelist", on="call")
def release_panelist(act: Act, *, call: Call, person: Person, reason: str) -> Panelist:
    """Take a seat back, with a reason: a slip before opening, or a conflict. What was scored stays and counts no more."""
    act.require(REASONED, ReasonFacts(reason=reason))
    sits = seat_of(call, person)
    if sits is None or call.state not in ("draft", "open", "closed", "checking", "scoring"):
        raise NoSuchMove(CALL.name, call.state, act.door)
    Panelist.objects.filter(pk=sits.pk, left_at=None).update(left_at=act.now, left_because=reason)
    close_duties(act, about=seat_about(call, person))
    close_duties(act, about=about_of(sits))
    act.log("panel.released", call, person=person.code)
    return sits


def _write(act: Act, call: Call, values: dict[str, Any]) -> None:
    values = values or {"title": call.title}  # an update of nothing would not look at the row
    if not Call.objects.filter(pk=call.pk, state="draft").update(**values):
        raise NoSuchMove(CALL.name, call.state, act.door)
    for name, value in values.items():
        setattr(call, name, value)


def _weigh(call: Call, weights: dict[str, int]) -> None:
    order = list(criteria.criteria())
    rows = sorted(((order.index(code), code, weight) for code, weight in weights.items() if weight))
    Criterion.objects.bulk_create([Criterion(call=call, code=c, weight=w, position=n) for n, c, w in rows])


def _statements(ticks: Sequence[str]) -> list[str]:
    if unknown := set(ticks) - criteria.statements().keys():
        raise ValueError(f"no statement {sorted(unknown)}")
    return [code for code in criteria.statements() if code in set(ticks)]


def _office(case: Case, role: str) -> dict[str, Any]:
    return {"role": role, "region": case.village_id}


# The call -----------------------------------------------------------------------------------------------------------
@command("selection.open_call", on="call")
def open_call(act: Act, *, call: Call) -> Call:
    """Announce the call: everything law asks of it is there, and its criteria are frozen by their hash."""
    held = standing(call.case.village_id)
    cases.require(opening_asked(call, held, clock.today()), held)
    call_to(act, call, opened_at=act.now, frozen_hash=criteria_hash(call))
    _case_onward(act, call.case)
    act.log("call.opened", call, criteria=call.frozen_hash, case=call.case.code)
    return call


@command("selection.reopen_call", on="call")
def reopen_call(act: Act, *, call: Call, deadline: datetime) -> Call:
    """Announce a failed call once more, unchanged but for its deadline."""
    held = standing(call.case.village_id)
    cases.require([*opening_asked(call, held, clock.today(), deadline), (FROZEN, frozen_facts(call))], held)
    anew: dict[str, Any] = {"closed_at": None, "published_on": None, "revealed_at": None, "ended_why": ""}
    call_to(act, call, deadline=deadline, opened_at=act.now, round=call.round + 1, **anew)
    _case_onward(act, call.case)
    act.log("call.reopened", call, case=call.case.code)
    return call


@command("selection.revise_terms", on="case")
def revise_terms(act: Act, *, case: Case) -> Call:
    """Take a failed or rejected call back to the desk; its proposals are over and it will be announced anew."""
    call = _call(act, case)
    anew: dict[str, Any] = dict.fromkeys(("opened_at", "closed_at", "published_on", "revealed_at", "deadline"))
    call_to(act, call, frozen_hash="", round=call.round + 1, **anew)
    proposals_to(act, call)
    choose_partner(act, case, None)
    _case_onward(act, case)
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
        _case_onward(act, call.case)
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
        **_office(call.case, roles.VILLAGE_SECRETARY.key),
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
            **_office(call.case, roles.VILLAGE_HEAD.key),
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
        _tell_out(act, each, reason)
    choose_partner(act, call.case, None)
    move(act, call.case)
    now_waits(act, call.case)
    act.log("call.failed", call, case=call.case.code)
    return call


def _case_onward(act: Act, case: Case) -> None:
    move(act, case)
    now_waits(act, case)


def _call(act: Act, case: Case) -> Call:
    call = call_of(case)
    if call is None:
        raise NoSuchMove(CALL.name, CALL.start, act.door)
    call.case = case
    return call


# Proposals ----------------------------------------------------------------------------------------------------------
@command("selection.draft_proposal", on="partner")
def draft_proposal(act: Act, *, partner: Partner, call: Call, content: dict[str, Any]) -> Proposal:
    """Begin a proposal, or write on the own one before the deadline; what is not given stays. Only the partner reads it."""
    if call.state != "open":
        raise NoSuchMove(CALL.name, call.state, act.door)
    given = _content(content, terms.CONTENT)
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
    _own_draft(act, proposal)
    kept = keep_file(by=act, content=file)
    laid, _new = ProposalFile.objects.update_or_create(proposal=proposal, file=kept, defaults={"title": title})
    act.log("proposal.file_attached", proposal, file=kept.sha256)
    return laid


@command("selection.submit_proposal", on="proposal")
def submit_proposal(act: Act, *, proposal: Proposal) -> ProposalVersion:
    """Seal the proposal: its content becomes a version that nobody changes and nobody opens before the call is closed."""
    call = proposal.call
    if call is None or call.deadline is None or proposal.state not in ("draft", "sealed"):
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    content = _whole(proposal)
    facts = SendingFacts(
        seconds_before_deadline=(call.deadline - act.now) // timedelta(seconds=1) if call.state == "open" else -1,
        gifts_to_persons=int(content.get("gifts_to_persons") or 0),
        empty_parts=len(terms.empty_parts(content)),
        ticks=len(content.get("vision_ticks", [])),
    )
    cases.require([(SENDING, facts), (FROZEN, frozen_facts(call))], standing(call.case.village_id))
    proposal_to(act, proposal, sealed_at=act.now, draft={})
    sent = _version(act, proposal, content)
    act.log("proposal.sealed", proposal, region=call.case.village_id, call=call.code, content=sent.content_hash)
    return sent


@command("selection.withdraw_proposal", on="proposal")
def withdraw_proposal(act: Act, *, proposal: Proposal) -> Proposal:
    """Take the own proposal back before the deadline; it is never opened."""
    if proposal.call is None or not _still_open(proposal.call, act):
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    proposal_to(act, proposal)
    act.log("proposal.withdrawn", proposal)
    return proposal


def _content(given: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    if unknown := given.keys() - known.keys() - {"vision_ticks"}:
        raise ValueError(f"no part {sorted(unknown)}")
    if "vision_ticks" in given:
        given = {**given, "vision_ticks": _statements(given["vision_ticks"])}
    return dict(given)


def _still_open(call: Call, act: Act) -> bool:
    """By the clock of the act: the door shuts at the deadline, not when the worker comes round."""
    return call.state == "open" and (call.deadline is None or act.now <= call.deadline)


def _own_draft(act: Act, proposal: Proposal) -> None:
    running = (
        _still_open(proposal.call, act)
        if proposal.call
        else proposal.state == "draft" or (proposal.case is not None and proposal.case.state == "returned_to_partner")
    )
    if not running or proposal.state not in ("draft", "sealed", "sent"):
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)


def _whole(proposal: Proposal) -> dict[str, Any]:
    files = proposal.files.select_related("file").order_by("pk")
    attached = [{"title": each.title, "sha256": each.file.sha256} for each in files]
    return {**content_for_partner(proposal), "files": attached}


def _version(act: Act, proposal: Proposal, content: dict[str, Any]) -> ProposalVersion:
    return ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.versions.count() + 1,
        content=content,
        content_hash=content_hash(content),
        sent_at=act.now,
        by=act.by.code,
    )


# Opening and checking -----------------------------------------------------------------------------------------------
@command("selection.start_selection", on="call")
def start_selection(act: Act, *, call: Call, minutes_number: str, witnesses: Sequence[str]) -> Call:
    """Open all sealed proposals at once, with minutes and witnesses (SL-06, SL-09, SL-14)."""
    held = standing(call.case.village_id)
    seal = SealFacts(call_closed=call.state == "closed", minutes_of_opening=bool(minutes_number and witnesses))
    cases.require([(FROZEN, frozen_facts(call)), (PANEL, panel_facts(call, held)), (SEAL, seal)], held)
    call_to(act, call, opening_minutes=minutes_number, opening_witnesses=list(witnesses))
    opened = proposals_to(act, call)
    _case_onward(act, call.case)
    says = _("Nyatakan kepentingan Anda sebelum membaca usulan “{title}”.")
    for sits in call.panel.filter(left_at=None).select_related("person"):
        wait_for_seat(act, call, sits.person, door="selection.declare_interest", says=says)
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
    if interest and sits is not None:
        says = _("Seorang penilai “{title}” menyatakan kepentingan. Tunjuk penggantinya.")
        wait_for(
            act,
            call.case,
            door="selection.appoint_panel",
            record=sits,
            says=says,
            **_office(call.case, roles.VILLAGE_HEAD.key),
        )
    close_duties(act, about=seat_about(call, act.by.person))
    if sits is not None and not interest and call.state == "scoring":
        _ask_to_score(act, call, sits)
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
        cases.require([(SEAL, seal), (READING, interest_facts(call, act.by.person, act.role))], held)
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
    act.require(REASONED, ReasonFacts(reason=missing))
    proposal_to(act, proposal, asked_documents=missing, asked_at=act.now, completed_note="")
    call = _its_call(act, proposal)
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
        due_on=_days_on(act, call, "cure_days"),
    )
    act.log("documents.requested", proposal)
    return proposal


@command("selection.complete_documents", on="proposal")
def complete_documents(act: Act, *, proposal: Proposal, note: str) -> Proposal:
    """The partner has brought what was asked; the content that was sealed stays as it was."""
    proposal_to(act, proposal, completed_note=note)
    close_duties(act, about=about_of(proposal))
    act.log("documents.completed", proposal)
    return proposal


@command("selection.disqualify", on="proposal")
def disqualify(act: Act, *, proposal: Proposal, reason: str) -> Proposal:
    """Out, with a reason; a partner that was asked for documents keeps its days first (SL-15)."""
    call = _its_call(act, proposal)
    held = standing(call.case.village_id)
    waited = proposal.state == "curing" and proposal.asked_at is not None
    facts = CureFacts(
        days_since_request=(act.now - proposal.asked_at).days if waited and proposal.asked_at else 0,
        documents_complete=not waited,
        cure_days=held.numbers["cure_days"],
    )
    cases.require([(DISQUALIFYING, facts), (REASONED, ReasonFacts(reason=reason))], held)
    proposal_to(act, proposal, out_because=reason)
    close_duties(act, about=about_of(proposal))
    _tell_out(act, proposal, reason)
    act.log("proposal.disqualified", proposal)
    return proposal


@command("selection.complete_admin_check", on="call")
def complete_admin_check(act: Act, *, call: Call) -> Call:
    """Every proposal is complete or out, and no partner shares with officials what was not explained: the scoring begins
    (SL-41, RG-15)."""
    cases.require(admission_asked(call), standing(call.case.village_id))
    call_to(act, call)
    admitted = proposals_to(act, call)
    _case_onward(act, call.case)
    for sits in scorers(call):
        _ask_to_score(act, call, sits)
    act.log("admin_check.completed", call, admitted=[each.code for each in admitted], case=call.case.code)
    return call


def _ask_to_score(act: Act, call: Call, sits: Panelist) -> None:
    says = _("Baca dan nilai usulan untuk “{title}”.") if sits.scores else _("Pimpin tim seleksi untuk “{title}”.")
    wait_for_seat(act, call, sits.person, door="page.selection", says=says)


def _its_call(act: Act, proposal: Proposal) -> Call:
    if proposal.call is None:
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    return proposal.call


def _tell_out(act: Act, proposal: Proposal, reason: str) -> None:
    Proposal.objects.filter(pk=proposal.pk, out_because="").update(out_because=reason)
    says = _("Usulan Anda tidak dilanjutkan. Alasannya ada pada halaman usulan.")
    tell_partner(act, proposal.partner, says, code=proposal.code)


def _days_on(act: Act, call: Call, norm: str) -> date:
    days: int = standing(call.case.village_id).numbers[norm]
    return timezone.localdate(act.now) + timedelta(days=days)


# Scoring ------------------------------------------------------------------------------------------------------------
@command("selection.score", on="proposal")
def score(act: Act, *, proposal: Proposal, levels: dict[str, int], reasons: dict[str, str]) -> ProposalVersion:
    """One scorer's levels and reasons on every criterion, once a round; hidden until all are in (SL-10 to SL-12, SL-16)."""
    call, person = _its_call(act, proposal), act.by.person
    if not isinstance(person, Person):
        raise TypeError("a person scores")
    sits, sent, wanted = (
        seat_of(call, person),
        newest_version(proposal),
        set(call.criteria.values_list("code", flat=True)),
    )
    if sits is None or not sits.scores or sent is None or call.state != "scoring" or proposal.state != "admissible":
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    if set(levels) != wanted:
        raise ValueError("a level for every criterion of the call")
    held = standing(call.case.village_id)
    given = [reasons.get(code, "").strip() for code in levels]
    facts = ScoreFacts(
        levels=tuple(levels.values()),
        reasons=sum(1 for each in given if each),
        shortest_reason=min(len(each) for each in given),
        score_reason_characters=held.numbers["score_reason_characters"],
    )
    offices = frozenset(office.role for office in person.offices if office.region_id == call.case.village_id)
    asked: cases.Asked = [
        (APPOINTING, ScorerRoles(scorer_roles=offices)),
        (READING, interest_facts(call, person, act.role)),
        (SCORING, facts),
        (TAKING_A_PART, parts(call.case).facts(person.code, "score")),
    ]
    cases.require(asked, held)
    Score.objects.bulk_create(
        [
            Score(
                version=sent,
                panelist=sits,
                round=call.round,
                criterion=code,
                level=level,
                reason=reasons[code],
                at=act.now,
            )
            for code, level in levels.items()
        ]
    )
    act.log("score.given", proposal, criteria=len(levels), round=call.round)
    return sent


@command("selection.reveal_scores", on="call")
def reveal_scores(act: Act, *, call: Call) -> Call:
    """All scorers have finished: their levels are laid side by side and the round is ranked, for good (SL-17)."""
    held = standing(call.case.village_id)
    act.require(REVEALING, scorers_facts(call, held), held)
    if call.state != "scoring":
        raise NoSuchMove(CALL.name, call.state, act.door)
    scored = proposals_to(act, call)
    place = 0
    for each in judgements(call, scored):
        place += each.passes
        Ranking.objects.create(
            call=call,
            round=call.round,
            proposal=each.proposal,
            place=place if each.passes else None,
            total=str(each.outcome.total),
            points={code: str(points) for code, points in each.outcome.points.items()},
            below_floor=list(each.outcome.below_floor),
            vision_agreement=each.vision_agreement,
            core_missing=each.core_missing,
            at=act.now,
        )
    Call.objects.filter(pk=call.pk).update(revealed_at=act.now)
    call.revealed_at = act.now
    for sits in call.panel.select_related("person"):
        close_duties(act, about=seat_about(call, sits.person))
    lead = call.panel.filter(left_at=None, scores=False).select_related("person").first()
    if lead is not None:
        says = _("Usulkan calon mitra untuk “{title}” dari peringkat.")
        wait_for(act, call.case, door="selection.propose_candidate", says=says, person=lead.person.code)
    act.log("scores.revealed", call, proposals=[each.code for each in scored], round=call.round)
    return call


@command("selection.propose_candidate", on="call")
def propose_candidate(act: Act, *, call: Call, minutes_number: str) -> Proposal:
    """The first in rank becomes the candidate; result and reasons are published, and objections may come."""
    return _propose(act, call, minutes_number)


@command("selection.propose_next", on="call")
def propose_next(act: Act, *, call: Call, minutes_number: str) -> Proposal:
    """The candidate is out: the next in rank takes its place, with its own days for objections."""
    return _propose(act, call, minutes_number)


def _propose(act: Act, call: Call, minutes_number: str) -> Proposal:
    held, case, line = standing_for(call), call.case, next_in_rank(call)
    if line is None:
        raise NoSuchMove(CALL.name, call.state, act.door)
    person = act.by.person if isinstance(act.by.person, Person) else None
    asked: cases.Asked = [
        (TAKING_A_PART, parts(case).facts(act.by.code, "propose")),
        (FROZEN, frozen_facts(call)),
        (READING[:1], interest_facts(call, person)),
        *candidate_asked(line, call, held),
        (REASONED, ReasonFacts(reason=minutes_number)),
    ]
    cases.require(asked, held)
    proposal = line.proposal
    call_to(act, call, published_on=clock.today())
    proposal_to(act, proposal, answer_due=_days_on(act, call, "candidate_acceptance_days"))
    Candidacy.objects.create(proposal=proposal, minutes_number=minutes_number, at=act.now, by=act.by.code)
    choose_partner(act, case, proposal.partner)
    _case_onward(act, case)
    for unanswered in call.objections.filter(state="filed").select_related("call__case"):
        _await_answer(act, unanswered)
    says = _("Jawab pencalonan Anda untuk “{title}”.")
    wait_for(
        act,
        case,
        door="selection.accept_candidacy",
        record=proposal,
        code=proposal.code,
        says=says,
        party=proposal.partner.code,
        role=roles.PARTNER_REP.key,
        region=case.village_id,
        due_on=proposal.answer_due,
    )
    for other in Proposal.objects.filter(call=call, state="ranked").select_related("partner"):
        tell_partner(
            act, other.partner, _("Hasil sementara “{title}” sudah diumumkan."), code=other.code, title=call.title
        )
    verb = "candidate.next_proposed" if act.door == "selection.propose_next" else "candidate.proposed"
    act.log(verb, call, proposal=proposal.code, partner=proposal.partner.code, place=line.place)
    return proposal


@command("selection.accept_candidacy", on="proposal")
def accept_candidacy(act: Act, *, proposal: Proposal) -> Proposal:
    """The partner stands by its proposal."""
    proposal_to(act, proposal, accepted_at=act.now)
    close_duties(act, about=about_of(proposal))
    act.log("candidacy.accepted", proposal)
    return proposal


@command("selection.decline_candidacy", on="proposal")
def decline_candidacy(act: Act, *, proposal: Proposal, reason: str) -> Proposal:
    """The partner steps back; the panel may propose the next in rank."""
    act.require(REASONED, ReasonFacts(reason=reason))
    call = _its_call(act, proposal)
    proposal_to(act, proposal, out_because=reason)
    close_duties(act, about=about_of(proposal))
    choose_partner(act, call.case, None)
    says = _("Calon mitra “{title}” mundur. Usulkan yang berikut, atau nyatakan gagal.")
    wait_for(
        act,
        call.case,
        door="selection.propose_next",
        says=says,
        **_office(call.case, roles.BPD_CHAIR.key),
    )
    act.log("candidacy.declined", proposal)
    return proposal


# Objections ---------------------------------------------------------------------------------------------------------
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
    _await_answer(act, filed)
    act.log("objection.filed", filed, call=call.code)
    return filed


def _await_answer(act: Act, objection: Objection) -> None:
    case = objection.call.case
    says = _("Jawab sanggahan atas hasil “{title}”.")
    whose = _office(case, roles.BPD_CHAIR.key)
    wait_for(act, case, door="selection.dismiss_objection", code=objection.code, record=objection, says=says, **whose)


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
             **_office(upheld.call.case, roles.BPD_CHAIR.key))  # fmt: skip
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
    _case_onward(act, call.case)
    for sits in scorers(call):
        _ask_to_score(act, call, sits)
    act.log("scoring.reopened", call, round=call.round, case=call.case.code)
    return call


# The meeting decides ------------------------------------------------------------------------------------------------
@command("selection.forward_to_musyawarah", on="call")
def forward_to_musyawarah(act: Act, *, call: Call) -> Case:
    """The objections are over and the candidate stands by its proposal: the meeting decides (SL-22, SL-23)."""
    case, held = call.case, standing(call.case.village_id)
    act.require(FORWARDING, forward_facts(call, held, clock.today()), held)
    _case_onward(act, case)
    act.log("candidate.forwarded", case, call=call.code)
    return case


@command("selection.record_consent", on="case")
def record_consent(act: Act, *, case: Case) -> Case:
    """The meeting agreed to this candidate and to exactly this sheet, and its minutes bind (SL-23, SL-32)."""
    of, held = cases.term_sheet(case), standing(case.village_id)
    asked: list[Any] = [(CONSENTING, consent_facts(case, of))]
    call = _call(act, case) if case.route == VILLAGE_INITIATIVE else None
    if call is not None:
        asked.append((FORWARDING[1:], forward_facts(call, held, clock.today())))
    cases.require(asked, held)
    if of is None:
        raise NoSuchMove(FLOW.name, case.state, act.door)
    move(act, case, "drafting" if call is not None else "consent_given")
    agree_sheet(act, of)
    if call is not None:
        call_to(act, call)
        for each in proposals_to(act, call):
            if each.state == "not_chosen":
                _tell_out(act, each, _("Usulan berperingkat lain yang terpilih."))
            else:
                tell_partner(
                    act, each.partner, _("Musyawarah Desa menyetujui “{title}”."), code=each.code, title=case.title
                )
    now_waits(act, case)
    act.log("consent_decision.recorded", case, sheet=of.code, text=of.text_hash)
    return case


@command("selection.record_refusal", on="case")
def record_refusal(act: Act, *, case: Case) -> Case:
    """The meeting refused, and its minutes bind."""
    of = cases.term_sheet(case)
    act.require(REFUSING, consent_facts(case, of), standing(case.village_id))
    call = _call(act, case) if case.route == VILLAGE_INITIATIVE else None
    move(act, case, "rejected_by_musyawarah" if call is not None else "rejected")
    if call is not None:
        for each in proposals_to(act, call):
            _tell_out(act, each, _("Musyawarah Desa belum menyetujui."))
        choose_partner(act, case, None)
    elif of is not None:
        drop_sheet(act, of)
    now_waits(act, case)
    act.log("refusal.recorded", case)
    return case


# A partner's own offer ----------------------------------------------------------------------------------------------
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
    elif proposal.partner_id != partner.pk or not Proposal.objects.filter(pk=proposal.pk, state="draft").update(
        **heading
    ):
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    act.log("unsolicited.drafted", proposal, region=village.pk)
    return proposal


@command("selection.write_unsolicited", on="proposal")
def write_unsolicited(act: Act, *, proposal: Proposal, content: dict[str, Any]) -> Proposal:
    """Write parts of an offer before it is sent, or after it came back; what is not given stays."""
    _own_draft(act, proposal)
    if proposal.call is not None:
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    given = _content(content, {**terms.EIGHT, **terms.CONTENT})
    proposal.draft = {**content_for_partner(proposal), **given}
    Proposal.objects.filter(pk=proposal.pk).update(draft=proposal.draft)
    act.log("unsolicited.written", proposal, region=proposal.village_id or "", parts=sorted(given))
    return proposal


@command("selection.submit_unsolicited", on="proposal")
def submit_unsolicited(act: Act, *, proposal: Proposal) -> Case:
    """Send the offer: its case begins (SL-27, ND-06, PS-01, PS-02)."""
    if proposal.village is None or proposal.state != "draft":
        raise NoSuchMove(UNSOLICITED.name, proposal.state, act.door)
    content = _whole(proposal)
    cases.require(_unsolicited_asked(content), standing(proposal.village.pk))
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
    version = _version(act, proposal, content)
    now_waits(act, case)
    act.log("unsolicited.submitted", case, proposal=proposal.code, content=version.content_hash)
    return case


@command("selection.receive_unsolicited", on="case")
def receive_unsolicited(act: Act, *, case: Case) -> Case:
    """The secretary has the offer on the desk."""
    _case_onward(act, case)
    act.log("unsolicited.received", case)
    return case


@command("selection.return_unsolicited", on="case")
def return_unsolicited(act: Act, *, case: Case, reason: str) -> Case:
    """Back to the partner, to repair what is named."""
    act.require(REASONED, ReasonFacts(reason=reason))
    _case_onward(act, case)
    _tell_offer(
        act, case, _("Desa mengembalikan usulan “{title}” untuk diperbaiki."), asked_documents=reason, asked_at=act.now
    )
    act.log("unsolicited.returned", case)
    return case


@command("selection.resubmit_unsolicited", on="case")
def resubmit_unsolicited(act: Act, *, case: Case) -> Case:
    """The repaired offer comes as a further version (SL-27)."""
    proposal = _offer(act, case)
    content = _whole(proposal)
    cases.require(_unsolicited_asked(content), standing(case.village_id))
    _case_onward(act, case)
    Proposal.objects.filter(pk=proposal.pk).update(draft={}, sealed_at=act.now)
    proposal.draft = {}
    sent = _version(act, proposal, content)
    act.log("unsolicited.resubmitted", case, proposal=proposal.code, content=sent.content_hash)
    return case


@command("selection.decline_unsolicited", on="case")
def decline_unsolicited(act: Act, *, case: Case, reason: str) -> Case:
    """The head declines the offer; everybody reads why."""
    act.require(REASONED, ReasonFacts(reason=reason))
    Case.objects.filter(pk=case.pk).update(left_because=reason)
    case.left_because = reason
    _case_onward(act, case)
    _tell_offer(act, case, _("Desa tidak melanjutkan usulan “{title}”."), out_because=reason)
    act.log("unsolicited.declined", case)
    return case


@command("selection.accept_for_musyawarah", on="case")
def accept_for_musyawarah(act: Act, *, case: Case, ticks: Sequence[str]) -> Case:
    """The head finds the offer worth the meeting's time: need, budget, the partner's standing, and what both stand by."""
    proposal, held = _offer(act, case), standing(case.village_id)
    theirs = content_for_partner(proposal).get("vision_ticks", [])
    facts = VisionFacts(
        vision_agreement=criteria.vision_agreement(_statements(ticks), theirs),
        core_missing=criteria.core_missing(ticks, theirs),
        vision_agreement_minimum=held.numbers["vision_agreement_minimum"],
    )
    cases.require([*unsolicited_asked(case, proposal.partner, held), ((goals_and_vision_shared,), facts)], held)
    _case_onward(act, case)
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
    _case_onward(act, case)
    _tell_offer(act, case, _("Jawaban tertulis desa atas “{title}” sudah terbit."))
    act.log("written_answer.sent", case)
    return answer


def _unsolicited_asked(content: dict[str, Any]) -> list[Any]:
    eight = UnsolicitedFacts(partner_registered=True, contents=terms.contents_of(content))
    gifts = SendingFacts(0, int(content.get("gifts_to_persons") or 0), 0, 0)
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
