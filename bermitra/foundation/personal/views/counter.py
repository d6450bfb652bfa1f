"""The regency's counter: look with a reason, settle a number that two people gave, carry out an erasure."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts.queries import people_visible_to
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.personal import actions, rules
from bermitra.foundation.personal.forms import CloseCase, Erase, FindPerson, Look
from bermitra.foundation.personal.queries import (
    cases_visible_to,
    erasure_facts,
    open_cases,
    requests_visible_to,
    values_visible_to,
    withdrawn_consents_visible_to,
)
from bermitra.foundation.personal.views.mine import shown_in_full, what_stays
from bermitra.foundation.rules import Refused, examine

SOME = 50


def matters(request: HttpRequest) -> HttpResponse:
    """What waits at the counter, and of whom something sealed is kept."""
    me = person_of(request)
    form = FindPerson(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    values = values_visible_to(me).defer("sealed").order_by("key__person__full_name", "key__person_id", "kind")
    if text:
        values = values.filter(key__person__full_name__icontains=text)
    context = {
        "requests": requests_visible_to(me)[:SOME],
        "cases": open_cases(me)[:SOME],
        "consents": withdrawn_consents_visible_to(me).filter(stopped_at=None)[:SOME],
        "form": form,
        "text": text,
        "values": values[:SOME],
        "more": len(values[: SOME + 1]) > SOME,
        "now": clock.now(),
    }
    return render(request, "personal/matters.html", context)


@never_cache
def look_at_value(request: HttpRequest, code: str) -> HttpResponse:
    """The value stands on the answer to the form and nowhere else: looking again asks for a reason again."""
    value = get_object_or_404(values_visible_to(person_of(request)), code=code)
    form = Look(request.POST or None)
    context = {"form": form, "value": value}
    if request.method != "POST" or not form.is_valid():
        return render(request, "personal/look_at_value.html", context, status=422 if form.is_bound else 200)
    try:
        look = actions.look_at_value(by=by(request), value=value, reason=form.cleaned_data["reason"])
    except Refused as refused:
        return render(request, "personal/look_at_value.html", {**context, "findings": refused.findings}, status=409)
    return render(request, "personal/looked_at.html", {"look": look, **shown_in_full(value)})


def close_number_case(request: HttpRequest, code: str) -> HttpResponse:
    case = get_object_or_404(cases_visible_to(person_of(request)), code=code)
    form = CloseCase(request.POST or None)

    def does() -> None:
        actions.close_number_case(by=by(request), case=case, outcome=form.cleaned_data["outcome"])

    known = people_visible_to(person_of(request)).filter(pk=case.holder_id).exists()
    return act_page(
        request, form, does, "personal/close_number_case.html", says=_("Perkara NIK ditutup."),
        go="page.personal_matters", case=case, known=known,
    )  # fmt: skip


def confirm_use_stopped(request: HttpRequest, code: str) -> HttpResponse:
    consent = get_object_or_404(withdrawn_consents_visible_to(person_of(request)), code=code)
    form = forms.Form(**typed_in(request))

    def does() -> None:
        actions.confirm_use_stopped(by=by(request), consent=consent)

    return act_page(
        request, form, does, "personal/confirm_use_stopped.html", says=_("Tercatat: pemakaian sudah dihentikan."),
        go="page.work_box", consent=consent, late=consent.is_late(clock.now()),
    )  # fmt: skip


def erase_person(request: HttpRequest, code: str) -> HttpResponse:
    there = people_visible_to(person_of(request)).exclude(erasure_requests__done_at__isnull=False)
    someone = get_object_or_404(there, code=code)
    form = Erase(request.POST or None)

    def does() -> None:
        given = form.cleaned_data
        actions.erase_person(by=by(request), person=someone, told=given["told"], letter=given["letter"])

    now = examine((rules.erasure_is_asked_for, rules.nothing_is_left_open), erasure_facts(someone, told=False))
    return act_page(
        request, form, does, "personal/erase_person.html", says=_("Data pribadi dihapus."), go="page.people",
        someone=someone, findings_now=now, **what_stays(someone),
    )  # fmt: skip
