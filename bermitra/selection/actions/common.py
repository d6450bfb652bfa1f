"""What several acts of a selection do alike; these join the running act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Rule
from bermitra.foundation.text import _
from bermitra.partnership.life import move, now_waits
from bermitra.partnership.models import Case
from bermitra.registry.models import Partner
from bermitra.selection import criteria
from bermitra.selection.life import (
    tell_partner,
    wait_for,
    wait_for_seat,
)
from bermitra.selection.models import (
    OUT,
    Call,
    CallChange,
    Objection,
    Panelist,
    Proposal,
    ProposalVersion,
    Question,
)
from bermitra.selection.queries import (
    call_of,
    content_for_partner,
    content_hash,
    interest_facts,
    interest_known,
    offer_is_written,
    ticked_anew_facts,
    tied,
)
from bermitra.selection.rules import (
    CALL,
    OPEN_OBJECTIONS,
    PROPOSAL,
    READING,
    TICKING,
    InterestFacts,
    TickFacts,
)

# What acts move; what else a call says is written while it is a draft.
HELD = (
    "state", "deadline", "frozen_hash", "round", "opened_at", "unsealed_at", "opening_minutes", "revealed_at", "published_on",
    "direct", "vision_seen",
)  # fmt: skip

NEWEST = ("state", "draft")  # of a proposal, as two people of one partner may have changed them


def hold(call: Call) -> None:
    """Nobody else's act moves this call before the running one is over. What it is now counts, whatever the page had read:
    of two at once the later one sees what the earlier one left. One statement; its panel is read anew when it is asked for."""
    call.refresh_from_db(fields=HELD, from_queryset=Call.objects.select_for_update())
    getattr(call, "_prefetched_objects_cache", {}).clear()


def in_the_book(ticks: Sequence[str]) -> list[str]:
    """The ticked statements once each, in the order of the book; raises ValueError at one that is not in it."""
    if unknown := set(ticks) - criteria.statements().keys():
        raise ValueError(f"no statement {sorted(unknown)}")
    return [code for code in criteria.statements() if code in set(ticks)]


def say_why_apart(case: Case, reason: str) -> None:
    """Why a case stands apart from like ones, for everybody to read (SL-35); what was said before stays where nothing is."""
    if reason:
        Case.objects.filter(pk=case.pk).update(split_because=reason)
        case.split_because = reason


def office_in(case: Case, role: str) -> dict[str, Any]:
    """Whom a duty waits for: an office of the village of the case."""
    return {"role": role, "region": case.village_id}


def case_onward(act: Act, case: Case) -> None:
    move(act, case)
    now_waits(act, case)


def call_for(act: Act, case: Case) -> Call:
    call = call_of(case)
    if call is None:
        raise NoSuchMove(CALL.name, CALL.start, act.door)
    call.case = case
    return call


def known_parts(act: Act, given: dict[str, Any], known: dict[str, str], village: str) -> dict[str, Any]:
    """Parts that are known, with as many vision statements as count (SL-42)."""
    if unknown := given.keys() - known.keys() - {"vision_ticks"}:
        raise ValueError(f"no part {sorted(unknown)}")
    if "vision_ticks" in given:
        given = {**given, "vision_ticks": in_the_book(given["vision_ticks"])}
        act.require(TICKING, TickFacts(len(given["vision_ticks"])), standing(village))
    return dict(given)


def changed(act: Act, call: Call, kind: str, reason: str, until: datetime | None = None) -> CallChange:
    """What becomes of an announced call, for everybody, written before its deadline moves; ``until``: the new one."""
    return CallChange.objects.create(
        call=call,
        kind=kind,
        reason=reason,
        deadline_before=call.deadline,
        deadline_after=until,
        at=act.now,
        by=act.by.code,
    )


def tell_those_who_answer(act: Act, call: Call, says: str) -> None:
    """A notice for every partner that has written or sealed a proposal, and for everybody else who has asked something.

    Who they are is told to nobody.
    """
    states = PROPOSAL.states - set(OUT)
    writing = Partner.objects.filter(proposals__call=call, proposals__state__in=states).distinct().order_by("pk")
    parties = list(writing.values_list("code", flat=True))
    whole: dict[str, Any] = {
        "says": says,
        "about": about_of(call),
        "params": {"title": call.title},
        "url_name": "page.call",
        "code": call.code,
    }
    for party in parties:
        tell(act, party=party, role=roles.PARTNER_REP.key, **whole)
    told = Appointment.objects.in_force(timezone.localdate(act.now)).filter(party__in=parties).values("person__code")
    asked = Person.objects.filter(code__in=call.questions.values("by")).exclude(code__in=told).order_by("pk")
    for person in asked.values_list("code", flat=True):
        tell(act, person=person, **whole)


def await_answer_to(act: Act, question: Question) -> None:
    says = _("Jawab pertanyaan tentang penawaran “{title}”.")
    case = question.call.case
    whose = office_in(case, roles.VILLAGE_SECRETARY.key)
    wait_for(act, case, door="selection.answer_question", code=question.code, record=question, says=says, **whose)


def await_answers(act: Act, call: Call) -> None:
    """Announced once more: what was asked before and not answered waits again."""
    for each in Question.objects.filter(call=call, answer=None).select_related("call__case").order_by("pk"):
        await_answer_to(act, each)


def await_next_step(act: Act, call: Call) -> None:
    """The call has failed: the head announces it once more, or repairs it where its visions were public (SL-61)."""
    case = call.case
    now_waits(act, case)
    if ticked_anew_facts(call).seen_since:
        close_duties(act, about=about_of(case), door="selection.reopen_call")
        says = _("Tentukan langkah berikut untuk penawaran “{title}”.")
        wait_for(act, case, door="selection.revise_terms", says=says, **office_in(case, roles.VILLAGE_HEAD.key))


def still_open(call: Call, act: Act) -> bool:
    """By the clock of the act: the door shuts at the deadline, not when the worker comes round."""
    return call.state == "open" and (call.deadline is None or act.now <= call.deadline)


def ask_own_draft(act: Act, proposal: Proposal) -> None:
    """The partner may still write on it: before the deadline, before it was sent, or once it came back. What a colleague has
    written since the page was read stands in it."""
    if proposal.call is not None:
        hold(proposal.call)
    proposal.refresh_from_db(fields=NEWEST)
    running = still_open(proposal.call, act) if proposal.call else offer_is_written(proposal)
    if not running or proposal.state not in ("draft", "sealed", "sent"):
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)


def whole_content(proposal: Proposal) -> dict[str, Any]:
    """What is sealed: the content as it was written, and the files beside it by their hashes."""
    files = proposal.files.filter(brought_at=None).select_related("file").order_by("pk")
    attached = [{"title": each.title, "sha256": each.file.sha256} for each in files]
    return {**content_for_partner(proposal), "files": attached}


def new_version(act: Act, proposal: Proposal, content: dict[str, Any]) -> ProposalVersion:
    return ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.versions.count() + 1,
        content=content,
        content_hash=content_hash(content),
        sent_at=act.now,
        by=act.by.code,
    )


def ask_to_score(act: Act, call: Call, sits: Panelist) -> None:
    says = _("Baca dan nilai usulan untuk “{title}”.") if sits.scores else _("Pimpin tim seleksi untuk “{title}”.")
    wait_for_seat(act, call, sits.person, door="page.selection", says=says)


def free_of_interest(act: Act, call: Call) -> tuple[tuple[Rule, ...], InterestFacts]:
    """What everybody is asked who reads, checks, scores or leads (SL-11, SL-12)."""
    person = act.by.person if isinstance(act.by.person, Person) else None
    return READING, interest_facts(call, person, act.role)


def mark_the_tied(act: Act, call: Call) -> list[Panelist]:
    """The seats of people who share something with a partner, as it is found now: they count as having declared an interest.

    The head is told to replace each; with which partner it is shared nobody is told. Of a scorer whose levels were revealed
    already the chair of the BPD is told: without him all is scored again.
    """
    seats = call.seats()
    found = tied(call, [each.person for each in seats])
    says = _("Seorang anggota tim seleksi “{title}” berkaitan dengan seorang pengusul. Tunjuk penggantinya.")
    whose = {"door": "selection.appoint_panel", **office_in(call.case, roles.VILLAGE_HEAD.key)}
    says_again = _("Seorang penilai “{title}” berkaitan dengan seorang pengusul. Nilai ulang tanpa dia.")
    again = {"door": "selection.reopen_scoring", **office_in(call.case, roles.BPD_CHAIR.key)}
    for sits in seats:
        if (sits.person_id in found) != (sits.tied_at is not None):
            sits.tied_at = act.now if sits.person_id in found else None
            Panelist.objects.filter(pk=sits.pk).update(tied_at=sits.tied_at)
            if sits.tied_at is not None:
                counted = call.revealed_at is not None and sits.scores
                wait_for(
                    act, call.case, record=sits, says=says_again if counted else says, **(again if counted else whose)
                )
            elif not interest_known(call, sits.person):
                close_duties(act, about=about_of(sits))
    return [each for each in seats if each.tied_at is not None]


def its_call(act: Act, proposal: Proposal) -> Call:
    if proposal.call is None:
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    return proposal.call


def tell_out(act: Act, proposal: Proposal, reason: str) -> None:
    Proposal.objects.filter(pk=proposal.pk, out_because="").update(out_because=reason)
    says = _("Usulan Anda tidak dilanjutkan. Alasannya ada pada halaman usulan.")
    tell_partner(act, proposal.partner, says, code=proposal.code)


def days_on(act: Act, call: Call, norm: str) -> date:
    days: int = standing(call.case.village_id).numbers[norm]
    return timezone.localdate(act.now) + timedelta(days=days)


def await_answer(act: Act, objection: Objection, due_on: date | None = None) -> None:
    """Until when, where it is not the day that its newest step named. Who rejected it before does not answer an appeal: it
    waits for the chair of the BPD, or for the lead of the panel where the chair gave the first answer. Where a partner was
    appointed directly and nobody leads who may, the head seats somebody for it."""
    call, case, says = objection.call, objection.call.case, _("Jawab sanggahan atas hasil “{title}”.")
    door, code, whose = "selection.dismiss_objection", objection.code, office_in(case, roles.BPD_CHAIR.key)
    by_panel = any(each.person.code == objection.answered_by for each in call.seats())
    if objection.state == "appealed" and not by_panel:
        lead = answering_lead(call)
        if lead is not None:
            whose = {"person": lead.person.code}
        elif call.direct:
            door, code, whose = "selection.appoint_panel", case.code, office_in(case, roles.VILLAGE_HEAD.key)
            says = _("Tunjuk ketua tim seleksi untuk menjawab sanggah banding “{title}”.")
    if due_on is None:
        due_on = objection.steps.exclude(due_on=None).order_by("-pk").values_list("due_on", flat=True).first()
    wait_for(
        act,
        case,
        door=door,
        code=code,
        record=objection,
        says=says,
        due_on=due_on,
        **whose,
    )


def await_candidate(act: Act, call: Call, proposal: Proposal) -> None:
    """Somebody is the candidate now: it answers by its day, and objections that nobody has answered wait as before."""
    for unanswered in call.objections.filter(state__in=OPEN_OBJECTIONS).select_related("call__case"):
        await_answer(act, unanswered)
    wait_for(
        act,
        call.case,
        door="selection.accept_candidacy",
        record=proposal,
        code=proposal.code,
        says=_("Jawab pencalonan Anda untuk “{title}”."),
        party=proposal.partner.code,
        role=roles.PARTNER_REP.key,
        region=call.case.village_id,
        due_on=proposal.answer_due,
    )


def answering_lead(call: Call) -> Panelist | None:
    """Who leads and may answer an appeal: of a direct appointment not who made it, nor who has an interest."""
    made = set(call.direct_appointments.values_list("by", flat=True)) if call.direct else set()
    leads = [each for each in call.seats() if not each.scores and each.person.code not in made]
    return next((each for each in leads if not call.direct or not interest_known(call, each.person)), None)
