"""What was said in an objection, and who may say the next word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.rules import Standing
from bermitra.registry.models import Partner
from bermitra.selection.models import Call, DirectAppointment, Objection, ObjectionStep, Score
from bermitra.selection.queries.award import objections_until
from bermitra.selection.rules import AnswererFacts, AppealFacts, FilingFacts

ASKS, ANSWERS = ("filed", "appealed"), ("dismissed", "upheld")


def own_objections(person: Any) -> QuerySet[Objection]:
    """Those of the own parties, and those that this person has filed for himself."""
    parties = [office.party for office in person.offices if office.party]
    own = Q(partner__code__in=parties) | Q(partner=None, by=person.code)
    return Objection.objects.filter(own).select_related("partner", "call__case__village", "call__case__partner")


def answerer_facts(objection: Objection, person: str, *, dismisses: bool) -> AnswererFacts:
    """For SL-45, of the person with this code. Of a partner's objection everybody in office there has filed it."""
    of_partner = objection.partner is not None and (
        Appointment.objects.in_force(clock.today()).filter(person__code=person, party=objection.partner.code).exists()
    )
    call = objection.call
    given = Score.objects.filter(panelist__call=call, panelist__person__code=person)
    before = objection.steps.filter(kind="dismissed", by=person).exists()
    return AnswererFacts(
        filed_it=of_partner or objection.by == person,
        answered_before=before or (objection.state == "appealed" and objection.answered_by == person),
        scored=given.exists(),
        dismisses=dismisses,
        appointed=call.direct and DirectAppointment.objects.filter(call=call, by=person).exists(),
    )


def takes_objections(call: Call) -> bool:
    """Whether its provisional result may be objected to: not before it is published, nor once it lies before the meeting."""
    return call.state == "provisional" and call.case.state == "candidate_proposed"


def filing_facts(call: Call, held: Standing, partner: Partner | None, person: str) -> FilingFacts:
    """For SL-56, as of today: of a partner count the objections of everybody there, of a resident his own."""
    until = objections_until(call, held)
    own = (
        call.objections.filter(partner=partner)
        if partner is not None
        else call.objections.filter(by=person, partner=None)
    )
    return FilingFacts(
        window_over=until is None or clock.today() > until,
        own_unanswered=own.filter(state="filed").count(),
        objection_working_days=held.numbers["objection_working_days"],
    )


def appeal_facts(objection: Objection, held: Standing) -> AppealFacts:
    """For SL-46, as of today."""
    answered = timezone.localdate(objection.answered_at) if objection.answered_at else clock.today()
    return AppealFacts(
        working_days_since_answer=WorkingDays().between(answered, clock.today()),
        appeals_before=objection.steps.filter(kind="appealed").count(),
        objection_appeal_working_days=held.numbers["objection_appeal_working_days"],
    )


def appeal_until(objection: Objection, held: Standing) -> date | None:
    """The last day for an appeal against the answer; none before there is one."""
    if objection.answered_at is None:
        return None
    days: int = held.numbers["objection_appeal_working_days"]
    return WorkingDays().add(timezone.localdate(objection.answered_at), days)


@dataclass(frozen=True)
class Answered:
    """A word that wanted an answer until ``due_on``: when it came, and how many working days late (so far, where none came)."""

    asked_on: date
    due_on: date
    answered_on: date | None
    days_late: int


def answered_late(steps: Iterable[tuple[str, datetime, date | None]], today: date) -> list[Answered]:
    """``steps`` of one objection in their order: kind, moment, until when an answer was due. Each word that wanted one, with
    the answer that followed; one that was withdrawn wanted none any more."""
    found: list[Answered] = []
    waiting: tuple[date, date] | None = None
    for kind, at, due_on in steps:
        day = timezone.localdate(at)
        if kind in ASKS and due_on is not None:
            waiting = (day, due_on)
            continue
        if waiting is not None and kind in ANSWERS:
            found.append(Answered(*waiting, day, _late(waiting[1], day)))
        waiting = None
    if waiting is not None:
        found.append(Answered(*waiting, None, _late(waiting[1], today)))
    return found


def _late(due_on: date, day: date) -> int:
    return max(0, WorkingDays().between(due_on, day))


def words_of(objection: Objection) -> list[ObjectionStep]:
    """Every word in its order. Of an objection that was filed before each word was kept, what it says of itself."""
    kept = list(objection.steps.all())
    if kept:
        return kept
    said = [
        ObjectionStep(objection=objection, kind="filed", words=objection.text, at=objection.filed_at, by=objection.by)
    ]
    if objection.answered_at is not None:
        said.append(
            ObjectionStep(
                objection=objection, kind=objection.state, words=objection.answer, at=objection.answered_at,
                by=objection.answered_by,
            )
        )  # fmt: skip
    return said
