"""Which case, call or proposal is meant, and the page of an act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation import calendar
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.pages import render
from bermitra.foundation.rules import Finding
from bermitra.partnership.models import Case
from bermitra.partnership.queries import cases_visible_to
from bermitra.registry.models import Partner
from bermitra.selection import actions, forms
from bermitra.selection.models import Call, DirectAppointment, Proposal, SiteVisit
from bermitra.selection.queries import (
    calls_visible_to,
    own_proposals,
    proposals_visible_to,
)
from bermitra.selection.rules import VISITS, not_split

Initial = Mapping[str, Any]


def case_at(request: HttpRequest, code: str) -> Case:
    """A case one sees, or on whose panel one sits."""
    person = person_of(request)
    seen = cases_visible_to(person).filter(code=code).select_related("midterm_line", "plan_line").first()
    if seen is None:
        seen = call_at(request, code).case
    return seen


def call_at(
    request: HttpRequest, code: str, also: tuple[str, ...] = ("panel", "criteria"), shut: Q | None = None
) -> Call:
    """The call of the case with this code, with its panel and criteria (or what else is fetched ``also``); not where it is
    ``shut``.

    A deadline that has passed is seen to first.
    """
    seen = calls_visible_to(person_of(request)).filter(case__code=code).exclude(state="cancelled")
    whole = seen.select_related("case__midterm_line", "case__plan_line", "guard_list").prefetch_related(*also)
    whole = whole if shut is None else whole.exclude(shut)
    call = get_object_or_404(whole)
    if call.state == "open" and call.deadline is not None and call.deadline <= clock.now():
        actions.close_due_calls()
        call = get_object_or_404(whole)
    return call


def proposal_at(request: HttpRequest, code: str) -> Proposal:
    return get_object_or_404(proposals_visible_to(person_of(request)), code=code)


def own_at(request: HttpRequest, code: str) -> Proposal:
    """A proposal of one's own party."""
    return get_object_or_404(own_proposals(person_of(request)), code=code)


def own_partner(person: Person) -> Partner:
    party = next((office.party for office in person.offices if office.party), "")
    return get_object_or_404(Partner, code=party)


def asked(
    request: HttpRequest, form: Any, *, title: str, verb: str, back: str, case: Case | None = None, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "case": case,
        "example": case is not None and case.example,
        "title": title,
        "verb": verb,
        "back": back,
        **more,
    }
    return render(
        request, "partnership/act.html", context, status=422 if form.is_bound and not form.is_valid() else 200
    )


def ask_why_apart_where_needed(form: Any, findings: Iterable[Finding]) -> None:
    """Where no like case is found nobody is asked why this one stands apart."""
    if not form.is_bound and all(each.holds for each in findings if each.rule is not_split):
        form.fields.pop("split_because", None)


def done(request: HttpRequest, says: str, name: str, code: str) -> HttpResponse:
    messages.success(request, says)
    return redirect(name, code=code)


def clock_of(call: Call) -> dict[str, Any]:
    """The deadline as it is typed: day and hour in the zone of the village."""
    if call.deadline is None:
        return {}
    local = call.deadline.astimezone(calendar.tz(calendar.zone_of(call.case.village_id)))
    return {"day": local.date(), "hour": local.time()}


def deadline_line(call: Call) -> str:
    return moment_line(call.deadline, call.case.village_id) if call.deadline else ""


def moment_line(instant: datetime, village: str) -> str:
    """``23 November 2026, pukul 15.00 WIB``, by the clock of the village."""
    return calendar.long_moment(instant, calendar.zone_of(village))


def visit_shown(each: SiteVisit) -> dict[str, Any]:
    """A visit or an interview, as it is read beside its proposal."""
    names = ", ".join(each.present)
    return {"kind": _(VISITS[each.kind]), "day": each.day, "place": each.place, "found": each.found, "present": names}


def direct_shown(each: DirectAppointment, sees: bool) -> dict[str, Any]:
    """A direct appointment with its reason, as the house and its partner read it; ``sees``: also the file."""
    return {
        "kind": _(each.get_kind_display()),
        "at": each.at,
        "explanation": each.explanation,
        "evidence": each.evidence,
        "file": reverse("page.direct_evidence", args=[each.code]) if sees and each.file_id else "",
        "continues": each.continues.title if each.continues else "",
    }


@dataclass(frozen=True)
class Step:
    """An act on a call or a case by its page: the act, its words, its form."""

    act: Callable[..., Any]
    title: str
    verb: str
    says: str
    form: type[Any] = forms.Sure
    on: str = "call"
    after: str = "page.selection"
