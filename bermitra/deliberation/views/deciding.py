"""What the meeting says and decides."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, interests, queries
from bermitra.deliberation.forms import (
    DecisionForm,
    Handing,
    Topic,
    Votes,
)
from bermitra.deliberation.models import Meeting, Subject
from bermitra.deliberation.rules import TOPICS
from bermitra.deliberation.views.common import about, done, meeting_at, remedies
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.pages import sent
from bermitra.foundation.rules import Refused


def answer_topic(request: HttpRequest, code: str, topic: int) -> HttpResponse:
    held = meeting_at(request, code)
    if topic not in TOPICS:
        raise Http404
    said = held.answers.filter(topic=topic).first()
    form = Topic(request.POST or None, initial={"answer": said.answer if said else ""})
    if sent(request, form):
        actions.answer_topic(by=by(request), meeting=held, topic=topic, **form.cleaned_data)
        return done(request, held, _("Hasil pembahasan tersimpan."))
    return about(request, held, form, f"{topic}. {_(TOPICS[topic])}", _("Simpan hasil"))


def record_decision(request: HttpRequest, code: str) -> HttpResponse:
    """Each subject has its own address, so that one that is sent twice is not taken for the next. Where it was voted on, the
    page asks once more: for the votes."""
    held = meeting_at(request, code)
    undecided = held.subjects.filter(decision__isnull=True).order_by("pk")
    wanted = request.GET.get("pokok")
    subject = (undecided.filter(code=wanted) if wanted else undecided).first()
    if subject is None:
        return redirect("page.meeting", code=code)
    if not wanted:
        return redirect(f"{reverse('deliberation.record_decision', args=[code])}?pokok={subject.code}")
    person = person_of(request)
    form, status = _decision_form(held, subject, "voters" in request.POST, data=request.POST or None), 0
    findings = interests.interest_checks(held, subject, person.code)
    if sent(request, form):
        if form.asks_votes:
            form = _decision_form(held, subject, True, initial=form.cleaned_data)
        else:
            try:
                actions.record_decision(by=by(request), meeting=held, subject_code=subject.code, **form.decision())
                return done(request, held, _("Keputusan tercatat."))
            except Refused as refused:
                findings, status = refused.findings, 409
                despite = all(each.yields for each in findings)
                given = {"initial": {**request.POST.dict(), "seen": subject.text_hash}, "ask_despite": despite}
                form = _decision_form(held, subject, isinstance(form, Votes), **given)
    lede = _("Yang boleh memutuskan dan hadir: %(n)s orang.") % {"n": queries.presence(held).present}
    if isinstance(form, Votes):
        lede = f"{form.said_before} {lede}"
    more = {"lede": lede, "findings": findings, "acts": remedies(person, held), "status": status, "subject": subject}
    return about(request, held, form, subject.title, _("Catat keputusan"), **more)


def _decision_form(held: Meeting, subject: Subject, votes: bool, **given: Any) -> DecisionForm:
    given["about_person"] = subject.kind == Subject.Kind.PERSON
    given.setdefault("initial", {"seen": subject.text_hash})
    given.setdefault("ask_despite", "despite" in (given.get("data") or ()))
    return Votes(may_count=_names(held), **given) if votes else DecisionForm(**given)


def _names(held: Meeting) -> list[str]:
    return [each.name for each in interests.may_count(held)]


def hand_chair(request: HttpRequest, code: str) -> HttpResponse:
    held, form = meeting_at(request, code), Handing(request.POST or None)
    if sent(request, form):
        actions.hand_chair(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Pimpinan diserahkan kepada %(name)s.") % {"name": form.cleaned_data["chair"]})
    lede = _("Sekarang dipimpin %(name)s. Yang berkepentingan pada mitra tidak memimpin keputusannya.")
    return about(request, held, form, _("Serahkan pimpinan"), _("Serahkan pimpinan"), lede=lede % {"name": held.chair})
