"""Pages of PADIATAPA: its steps, who may say no, and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation.consent import actions, queries
from bermitra.deliberation.consent.forms import BeginConsent, ConsentStepForm, GiveConsent
from bermitra.deliberation.consent.rules import CONSENT_LABELS, CONSENT_STEPS
from bermitra.deliberation.forms import Why
from bermitra.deliberation.models import (
    ConsentProcess,
)
from bermitra.deliberation.views.common import (
    KIND_OF,
    PAGE,
    asked,
    sent,
    village_at,
)
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import render


def _process(request: HttpRequest, code: str) -> ConsentProcess:
    return get_object_or_404(queries.consents_visible_to(person_of(request)).select_related("village"), code=code)


def _consent(
    request: HttpRequest, process: ConsentProcess, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.consent", args=[process.code])
    return asked(
        request, form, title=title, verb=verb, back=back, kicker=process.title, example=process.example, **more
    )


def _agreed(request: HttpRequest, process: ConsentProcess, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.consent", code=process.code)


def consents(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found = queries.consents_visible_to(person).select_related("village").order_by("-begun_at", "-pk")[:PAGE]
    items = [
        {"process": each, "state": CONSENT_LABELS[each.state].staff, "kind": KIND_OF.get(each.state, "doing")}
        for each in found
    ]
    may_begin = any(office.role in BEGINNERS for office in person.offices)
    return render(request, "deliberation/consents.html", {"items": items, "may_begin": may_begin})


BEGINNERS = frozenset({"village_head", "bpd_chair", "group_rep"})


def consent(request: HttpRequest, code: str) -> HttpResponse:
    person, process = person_of(request), _process(request, code)
    taken = {each.number: each for each in process.steps.filter(round=process.round)}
    steps = [
        {"title": CONSENT_LABELS[state].staff, "step": taken.get(number), "here": state == process.state}
        for number, state in enumerate(CONSENT_STEPS, 1)
    ]
    onward = ""
    if process.state in CONSENT_STEPS:
        last = process.state == CONSENT_STEPS[-1]
        onward = "deliberation.give_consent" if last else "deliberation.record_consent_step"
    reach = process.reach()
    context = {
        "process": process,
        "example": process.example,
        "label": CONSENT_LABELS[process.state],
        "kind": KIND_OF.get(process.state, "doing"),
        "steps": steps,
        "onward": reverse(onward, args=[code]) if onward and may_open(person, onward, reach) else "",
        "may_refuse": process.state != "refused" and may_open(person, "deliberation.refuse_consent", reach),
        "may_begin": process.state == "refused" and may_open(person, "deliberation.begin_consent", reach),
    }
    return render(request, "deliberation/consent.html", context)


def begin_consent(request: HttpRequest) -> HttpResponse:
    form = BeginConsent(request.POST or None, initial={"about": request.GET.get("tentang", "")})
    if sent(request, form):
        village = village_at(request, BEGINNERS)
        example = person_of(request).example
        process = actions.begin_consent(by=by(request), village=village, example=example, **form.cleaned_data)
        return _agreed(request, process, _("PADIATAPA dimulai."))
    lede = _("Warga terdampak mendapat informasi dahulu, lalu waktu untuk mempelajarinya.")
    return asked(request, form, title=_("Mulai PADIATAPA"), verb=_("Mulai"), back=reverse("page.consents"), lede=lede)


def record_consent_step(request: HttpRequest, code: str) -> HttpResponse:
    process = _process(request, code)
    number = CONSENT_STEPS.index(process.state) + 1 if process.state in CONSENT_STEPS else 1
    form = ConsentStepForm(request.POST or None, initial={"number": number})
    if sent(request, form):
        actions.record_consent_step(by=by(request), process=process, **form.cleaned_data)
        return _agreed(request, process, _("Tahap tercatat."))
    return _consent(request, process, form, _("Catat tahap PADIATAPA"), _("Simpan tahap"))


def give_consent(request: HttpRequest, code: str) -> HttpResponse:
    process, form = _process(request, code), GiveConsent(request.POST or None)
    if sent(request, form):
        actions.give_consent(by=by(request), process=process, **form.cleaned_data)
        return _agreed(request, process, _("Persetujuan warga terdampak tercatat."))
    return _consent(request, process, form, _("Catat persetujuan warga terdampak"), _("Catat persetujuan"))


def refuse_consent(request: HttpRequest, code: str) -> HttpResponse:
    process, form = _process(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.refuse_consent(by=by(request), process=process, **form.cleaned_data)
        return _agreed(request, process, _("Penolakan warga tercatat."))
    return _consent(request, process, form, _("Catat penolakan warga"), _("Catat penolakan"))
