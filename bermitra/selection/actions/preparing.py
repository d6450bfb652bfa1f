"""Preparing a call: its heading, terms of reference, criteria, visions, announcement and panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case
from bermitra.partnership.rules import FLOW, TAKING_A_PART
from bermitra.selection import criteria, terms
from bermitra.selection.actions.common import ask_to_score, await_answer, hold, in_the_book, office_in
from bermitra.selection.life import (
    seat_about,
    wait_for,
)
from bermitra.selection.models import (
    Call,
    Criterion,
    Panelist,
)
from bermitra.selection.queries import (
    call_of,
    interest_facts,
    parts,
    seat_facts,
    seat_of,
)
from bermitra.selection.rules import (
    APPOINTING,
    CALL,
    READ_IN,
    REASONED,
    SEATING,
    TICKING,
    ReasonFacts,
    ScorerRoles,
    TickFacts,
    conflicted_do_not_score,
)


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
        wait_for(act, case, door="selection.open_call", says=says, **office_in(case, roles.VILLAGE_HEAD.key))
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
    """The statements the village stands by; partners see them after all proposals are in. Saved again they count as confirmed,
    also where nothing changed (SL-61)."""
    ticked = in_the_book(ticks)
    act.require(TICKING, TickFacts(len(ticked)), standing(call.case.village_id))
    _write(act, call, {"vision_ticks": ticked, "vision_seen": False})
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
    """Give somebody a seat: before the call opens, or in place of one who left (SL-10); after the opening to nobody who has
    an interest (SL-12). Once levels are revealed nobody more scores them: only who leads is still replaced.

    A direct appointment wants no panel, but an appeal wants a second person to answer it: for that somebody may be seated to
    lead as long as nothing is awarded, and not who proposed the candidate himself (FD-04).
    """
    hold(call)
    answers = call.direct and call.state == "provisional" and not scores
    if not answers:
        _ask_movable(act, call, scores)
    if seat_of(call, person) is not None:
        raise NoSuchMove(CALL.name, call.state, act.door)
    held = frozenset(office.role for office in person.offices if office.region_id == call.case.village_id)
    act.require(APPOINTING, ScorerRoles(scorer_roles=held))
    asked: list[Any] = [(SEATING, seat_facts(call, person, seat))]
    if call.state in READ_IN:  # before the opening it would say who has sealed a proposal
        asked.append(((conflicted_do_not_score,), interest_facts(call, person)))
    if answers:
        asked.append((TAKING_A_PART, parts(call.case).facts(person.code, "score")))
    cases.require(asked, standing(call.case.village_id))
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
        ask_to_score(act, call, sits)
    for each in call.objections.filter(state="appealed") if answers else ():
        close_duties(act, about=about_of(each))
        await_answer(act, each)
    act.log("panel.appointed", call, person=person.code, seat=seat, scores=scores)
    return sits


@command("selection.release_panelist", on="call")
def release_panelist(act: Act, *, call: Call, person: Person, reason: str) -> Panelist:
    """Take a seat back, with a reason: a slip before opening, or a conflict. What was scored stays and counts no more."""
    act.require(REASONED, ReasonFacts(reason=reason))
    hold(call)
    sits = seat_of(call, person)
    if sits is None:
        raise NoSuchMove(CALL.name, call.state, act.door)
    _ask_movable(act, call, sits.scores)
    Panelist.objects.filter(pk=sits.pk, left_at=None).update(left_at=act.now, left_because=reason)
    close_duties(act, about=seat_about(call, person))
    close_duties(act, about=about_of(sits))
    act.log("panel.released", call, person=person.code)
    return sits


def _ask_movable(act: Act, call: Call, scores: bool) -> None:
    """Seats change until a candidate is proposed; those that score, until their levels are revealed."""
    judged = scores and call.revealed_at is not None
    if judged or call.state not in ("draft", "open", "closed", "checking", "scoring"):
        raise NoSuchMove(CALL.name, call.state, act.door)


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
