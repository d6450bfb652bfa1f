"""Questions to a call, and objections to its result."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.throttle import slow_down_sender
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.text import _ as marked
from bermitra.registry.models import Partner
from bermitra.selection import actions, forms
from bermitra.selection.models import Objection, Question
from bermitra.selection.queries import (
    calls_visible_to,
    open_questions,
    public_calls,
)
from bermitra.selection.views.common import (
    Step,
    asked,
    data_of,
    deadline_line,
    done,
    sent,
)


def ask_question(request: HttpRequest, code: str) -> HttpResponse:
    actions.close_due_calls()
    call = get_object_or_404(public_calls(), code=code)
    form = forms.Question(data_of(request))
    if sent(request, form):
        slow_down_sender(request, "ask")
        actions.ask_question(by=by(request), call=call, **form.cleaned_data)
        return done(request, _("Pertanyaan terkirim. Jawabannya tampil bagi semua."), "selection.ask_question", code)
    questions = open_questions(call)
    rows_title = _("Yang sudah ditanyakan")
    return asked(
        request, form, title=openly(call.title), verb=_("Kirim pertanyaan"), back=reverse("page.home"), lede=deadline_line(call),
        questions=questions, rows_title=rows_title,
    )  # fmt: skip


def answer_question(request: HttpRequest, code: str) -> HttpResponse:
    seen = Question.objects.filter(call__in=calls_visible_to(person_of(request)).values("pk"))
    question = get_object_or_404(seen.select_related("call__case__village"), code=code, answer=None)
    form = forms.Answer(data_of(request))
    case = question.call.case
    if sent(request, form):
        actions.answer_question(by=by(request), question=question, **form.cleaned_data)
        return done(request, _("Jawaban terbit bagi semua."), "page.selection", case.code)
    back = reverse("page.selection", args=[case.code])
    return asked(
        request,
        form,
        case=case,
        title=_("Jawab pertanyaan"),
        verb=_("Terbitkan jawaban"),
        back=back,
        lede=question.text,
    )


def file_objection(request: HttpRequest, code: str) -> HttpResponse:
    person = person_of(request)
    call = get_object_or_404(public_calls(), code=code)
    if not may_open(person, "selection.file_objection", call.reach()):
        raise Http404
    party = next((office.party for office in person.offices if office.party), "")
    form = forms.ObjectionText(data_of(request))
    if sent(request, form):
        partner = Partner.objects.filter(code=party).first() if party else None
        actions.file_objection(by=by(request), call=call, partner=partner, **form.cleaned_data)
        messages.success(request, _("Sanggahan terkirim kepada tim seleksi dan BPD."))
        return redirect("page.work_box")
    return asked(
        request,
        form,
        title=_("Ajukan sanggahan"),
        verb=_("Kirim sanggahan"),
        back=reverse("page.work_box"),
        lede=call.title,
    )


OBJECTION_STEPS = {
    "selection.dismiss_objection": Step(
        actions.dismiss_objection,
        marked("Tolak sanggahan dengan alasan"),
        marked("Kirim jawaban"),
        marked("Jawaban terkirim."),
    ),
    "selection.uphold_objection": Step(
        actions.uphold_objection, marked("Terima sanggahan"), marked("Terima sanggahan"), marked("Sanggahan diterima.")
    ),
}


def answer_objection(request: HttpRequest, code: str, door: str) -> HttpResponse:
    one = OBJECTION_STEPS[door]
    seen = Objection.objects.filter(call__in=calls_visible_to(person_of(request)).values("pk"))
    objection = get_object_or_404(seen.select_related("call__case__village"), code=code)
    form = forms.ObjectionAnswer(data_of(request))
    case = objection.call.case
    if sent(request, form):
        one.act(by=by(request), objection=objection, **form.cleaned_data)
        return done(request, _(one.says), "page.selection", case.code)
    back = reverse("page.selection", args=[case.code])
    return asked(request, form, case=case, title=_(one.title), verb=_(one.verb), back=back, lede=objection.text)
