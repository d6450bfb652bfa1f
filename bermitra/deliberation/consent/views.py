"""Pages of PADIATAPA: its steps, who may say no, and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation.consent import actions, letters, queries
from bermitra.deliberation.consent.forms import BeginConsent, ConsentStepForm, GiveConsent, RefuseConsent
from bermitra.deliberation.consent.rules import (
    CONSENT_ABOUT,
    CONSENT_LABELS,
    CONSENT_STEPS,
    CONSENTING,
    RIGHT_TO_REFUSE,
    ConsentFacts,
)
from bermitra.deliberation.models import (
    ConsentProcess,
)
from bermitra.deliberation.views.common import KIND_OF, PAGE, asked, village_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents import files, handing
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render, sent
from bermitra.foundation.rules import Refused, examine, unmet


def _process(request: HttpRequest, code: str) -> ConsentProcess:
    return get_object_or_404(
        queries.consents_visible_to(person_of(request)).select_related("village__parent__parent"), code=code
    )


def _consent(
    request: HttpRequest, process: ConsentProcess, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    """Ask about one process; above the form stands what happens at its step, and that a no is possible."""
    back = reverse("page.consent", args=[process.code])
    if process.state in CONSENT_ABOUT and "lede" not in more:
        more["lede"] = f"{_(CONSENT_ABOUT[process.state])} {_(RIGHT_TO_REFUSE)}"
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
    onward = ""
    if process.state in CONSENT_STEPS:
        last = process.state == CONSENT_STEPS[-1]
        onward = "deliberation.give_consent" if last else "deliberation.record_consent_step"
    reach = process.reach()
    minutes = reverse("page.consent_minutes", args=[code]) if may_open(person, "page.consent_minutes", reach) else ""
    context = {
        "process": process,
        "example": process.example,
        "label": CONSENT_LABELS[process.state],
        "kind": KIND_OF.get(process.state, "doing"),
        "steps": _steps(process, minutes),
        "refusals": _refusals(process, minutes),
        "refused_why": process.refused_why,
        "statement": _statement(process) is not None,
        "right_to_refuse": RIGHT_TO_REFUSE,
        "onward": reverse(onward, args=[code]) if onward and may_open(person, onward, reach) else "",
        "may_refuse": process.state != "refused" and may_open(person, "deliberation.refuse_consent", reach),
        "may_begin": process.state == "refused" and may_open(person, "deliberation.begin_consent", reach),
    }
    return render(request, "deliberation/consent.html", context)


def _steps(process: ConsentProcess, minutes: str) -> list[dict[str, Any]]:
    """The six steps of this round, each with what happens there; ``minutes`` is where scans are read, if they may be."""
    taken = {each.number: each for each in process.steps.filter(round=process.round).select_related("file")}
    steps = []
    for number, state in enumerate(CONSENT_STEPS, 1):
        step = taken.get(number)
        scan = f"{minutes}?sidik={step.file.sha256}" if minutes and step and step.file else ""
        words = {"title": CONSENT_LABELS[state].staff, "about": CONSENT_ABOUT[state]}
        steps.append({**words, "step": step, "here": state == process.state, "scan": scan})
    return steps


def _refusals(process: ConsentProcess, minutes: str) -> list[dict[str, Any]]:
    """Every no that was said, the newest first: a new round does not hide the one before."""
    found = process.refusals.select_related("file").order_by("-pk")
    return [
        {
            "no": each,
            "withdrawn": each.state == "given",
            "at": CONSENT_LABELS[each.state].staff,
            "scan": f"{minutes}?sidik={each.file.sha256}" if minutes and each.file else "",
        }
        for each in found
    ]


def _statement(process: ConsentProcess) -> Paper | None:
    found = Paper.objects.filter(about=about_of(process), kind=queries.STATEMENT, withdrawal__isnull=True)
    return found.select_related("file").order_by("-pk").first()


def consent_minutes(request: HttpRequest, code: str) -> HttpResponse:
    """A scan of the minutes of a step or of a refusal: that of the hash in ``?sidik=``, else the newest of a step."""
    process = _process(request, code)
    file = queries.file_of(process, request.GET.get("sidik", ""))
    if file is None or not may_open(person_of(request), "page.consent_minutes", process.reach()):
        raise Http404
    return shown(file, f"padiatapa-{code}")


def consent_print(request: HttpRequest, code: str) -> HttpResponse:
    """The statement of the group, to be printed and signed, while it holds."""
    paper = _statement(_process(request, code))
    if paper is None:
        raise Http404
    return handing.paper(request, paper, f"pernyataan-{code}")


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
    number = CONSENT_STEPS.index(process.state) + 1 if process.state in CONSENT_STEPS[:-1] else 1
    form = ConsentStepForm(request.POST or None, request.FILES or None, initial={"number": number})
    if sent(request, form):
        given = _with_scan(form.cleaned_data)
        actions.record_consent_step(by=by(request), process=process, **given)
        return _agreed(request, process, _("Tahap tercatat."))
    return _consent(request, process, form, _(CONSENT_LABELS[CONSENT_STEPS[number - 1]].staff), _("Simpan tahap"))


def give_consent(request: HttpRequest, code: str) -> HttpResponse:
    """What the act would refuse is refused before the statement is rendered."""
    process, form = _process(request, code), GiveConsent(request.POST or None, request.FILES or None)
    if sent(request, form):
        given, norms = _with_scan(form.answers()), standing(process.village_id)
        if process.state == CONSENT_STEPS[-1] and (
            refused := unmet(examine(CONSENTING, _facts(request, process, given), norms))
        ):
            raise Refused(refused)
        knock = by(request)
        last = letters.Held(queries.LAST, given["held_on"], given["minutes_number"], given["male"], given["female"])
        paper = letters.statement_paper(process, last, given["minutes"], key=knock.key)
        actions.give_consent(by=knock, process=process, paper=paper, **given)
        return _agreed(request, process, _("Persetujuan warga terdampak tercatat."))
    return _consent(request, process, form, _("Catat persetujuan warga terdampak"), _("Catat persetujuan"))


def _facts(request: HttpRequest, process: ConsentProcess, given: dict[str, Any]) -> ConsentFacts:
    return queries.consent_facts(
        process,
        step=queries.LAST,
        held_on=given["held_on"],
        minutes_number=given["minutes_number"],
        scan=given["scan"].sha256,
        numbers=standing(process.village_id).numbers,
        affected_present=given["male"] + given["female"],
        local_language=given["local_language"],
        given_by=given["given_by"],
        recorder=person_of(request).code,
    )


def _with_scan(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with the upload laid into the store, where there is one."""
    safe: Safe | None = cleaned["scan"]
    kept = files.put(safe.content, media_type=safe.media_type, name=safe.name) if safe else None
    return {**cleaned, "scan": kept}


def refuse_consent(request: HttpRequest, code: str) -> HttpResponse:
    process, form = _process(request, code), RefuseConsent(request.POST or None, request.FILES or None)
    if sent(request, form):
        actions.refuse_consent(by=by(request), process=process, **_with_scan(form.cleaned_data))
        return _agreed(request, process, _("Penolakan warga tercatat."))
    lede = _("Warga boleh menolak pada setiap tahap, dan menarik persetujuan yang sudah diberikan.")
    return _consent(request, process, form, _("Catat penolakan warga"), _("Catat penolakan"), lede=lede)
