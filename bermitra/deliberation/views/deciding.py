"""What the meeting says and decides."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, queries
from bermitra.deliberation.forms import (
    DecisionForm,
    Topic,
)
from bermitra.deliberation.rules import TOPICS
from bermitra.deliberation.views.common import (
    about,
    done,
    meeting_at,
    sent,
)
from bermitra.foundation.accounts.who import by
from bermitra.foundation.rules import Finding, Refused


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
    """Each subject has its own address, so that one that is sent twice is not taken for the next."""
    held = meeting_at(request, code)
    undecided = held.subjects.filter(decision__isnull=True).order_by("pk")
    wanted = request.GET.get("pokok")
    subject = (undecided.filter(code=wanted) if wanted else undecided).first()
    if subject is None:
        return redirect("page.meeting", code=code)
    if not wanted:
        return redirect(f"{reverse('deliberation.record_decision', args=[code])}?pokok={subject.code}")
    form = DecisionForm(request.POST or None, ask_despite="despite" in request.POST)
    findings: tuple[Finding, ...] = ()
    status = 0
    if sent(request, form):
        try:
            actions.record_decision(by=by(request), meeting=held, subject_code=subject.code, **form.counts())
            return done(request, held, _("Keputusan tercatat."))
        except Refused as refused:
            if not all(each.yields for each in refused.findings):
                raise
            findings, status = refused.findings, 409
            form = DecisionForm(ask_despite=True, initial=request.POST.dict())
    lede = _("Yang boleh memutuskan dan hadir: %(n)s orang.") % {"n": queries.presence(held).present}
    more = {"lede": lede, "findings": findings, "status": status, "subject": subject}
    return about(request, held, form, subject.title, _("Catat keputusan"), **more)
