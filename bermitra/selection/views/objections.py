"""Questions to a call, and objections to its result."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.throttle import slow_down_sender
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import data_of, render, sent
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.text import _ as marked
from bermitra.registry.models import Partner
from bermitra.selection import actions, forms
from bermitra.selection.models import Call, Objection, Question
from bermitra.selection.queries import (
    appeal_facts,
    appeal_until,
    calls_visible_to,
    objections_until,
    open_questions,
    own_objections,
    public_calls,
    standing_for,
    words_of,
)
from bermitra.selection.rules import appealed_once_and_in_time
from bermitra.selection.views.common import Step, asked, deadline_line, done


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
        filed = actions.file_objection(by=by(request), call=call, partner=partner, **form.cleaned_data)
        return done(request, _("Sanggahan terkirim kepada tim seleksi dan BPD."), "page.objection", filed.code)
    return asked(
        request,
        form,
        title=_("Ajukan sanggahan"),
        verb=_("Kirim sanggahan"),
        back=reverse("page.work_box"),
        lede=f"{openly(call.title)}. {_how_to_object(call)}",
    )


def _how_to_object(call: Call) -> str:
    until = objections_until(call, standing_for(call))
    told = _("Isi sanggahan dan nama Anda tidak ditampilkan kepada umum; jawabannya terbuka bagi semua.")
    if until is None:
        return told
    return _("Sanggahan atas hasil ini diterima sampai %(day)s.") % {"day": long_date(until)} + " " + told


def objection(request: HttpRequest, code: str) -> HttpResponse:
    """The own objection with every word said in it, and what may be done now."""
    one = _own_objection(request, code)
    held = standing(one.call.case.village_id)
    until = appeal_until(one, held) if one.state == "dismissed" and one.call.state == "provisional" else None
    may_appeal = until is not None and appealed_once_and_in_time(appeal_facts(one, held))
    possible = ["selection.appeal_objection"] if may_appeal else ["selection.withdraw_objection"] if one.waits else []
    reach = one.reach()
    context = {
        "call": one.call,
        "example": one.call.case.example,
        "state": _(one.label.public),
        "waiting": _("Jawabannya sudah ada. Bila belum memuaskan, Anda boleh mengajukan sanggah banding.")
        if may_appeal
        else _(one.label.waiting),
        "steps": said_in(one),
        "until": until if may_appeal else None,
        "doors": [
            {"url": reverse(door, args=[code]), "verb": _(OWN_STEPS[door].title)}
            for door in possible
            if may_open(person_of(request), door, reach)
        ],
    }
    return render(request, "selection/objection.html", context)


def _own_objection(request: HttpRequest, code: str) -> Objection:
    return get_object_or_404(own_objections(person_of(request)), code=code)


def said_in(one: Objection) -> list[dict[str, Any]]:
    """Every word in its order, as the house and the one who objected read it."""
    return [
        {"what": _(each.get_kind_display()), "words": each.words, "at": each.at, "due_on": each.due_on}
        for each in words_of(one)
    ]


OWN_STEPS = {
    "selection.withdraw_objection": Step(
        actions.withdraw_objection,
        marked("Tarik sanggahan"),
        marked("Tarik sanggahan"),
        marked("Sanggahan ditarik."),
        forms.Withdrawal,
    ),
    "selection.appeal_objection": Step(
        actions.appeal_objection,
        marked("Ajukan sanggah banding"),
        marked("Kirim sanggah banding"),
        marked("Sanggah banding terkirim. Orang lain akan menjawabnya."),
        forms.Appeal,
    ),
}


FOLLOWS = {
    "selection.withdraw_objection": marked("Sanggahan yang ditarik tetap tercatat, tetapi tidak menahan hasil lagi."),
    "selection.appeal_objection": marked("Orang lain yang menjawabnya. Sanggah banding hanya satu kali."),
}


def own_step(request: HttpRequest, code: str, door: str) -> HttpResponse:
    """Withdraw the own objection, or contradict its answer."""
    step, one = OWN_STEPS[door], _own_objection(request, code)
    form = step.form(data_of(request))
    if sent(request, form):
        step.act(by=by(request), objection=one, **form.cleaned_data)
        return done(request, _(step.says), "page.objection", code)
    back = reverse("page.objection", args=[code])
    lede = f"{openly(one.call.title)}. {_(FOLLOWS[door])}"
    return asked(request, form, title=_(step.title), verb=_(step.verb), back=back, lede=lede, **_so_far(one))


def _so_far(one: Objection) -> dict[str, Any]:
    """What was said before, above the form."""
    said = [{"text": f"{each['what']}, {long_date(each['at'])}", "answer": each["words"]} for each in said_in(one)]
    return {"questions": said, "rows_title": _("Yang sudah dikatakan")}


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


ANSWERING = {
    "selection.dismiss_objection": marked(
        "Hasil tetap. Tulis alasannya; semua orang membacanya pada halaman penawaran, tanpa nama penyanggah."
    ),
    "selection.uphold_objection": marked(
        "Sanggahan ini benar. Tulis alasannya; mitra tidak ditetapkan sebelum kesalahannya diperbaiki."
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
    said = {"lede": _(ANSWERING[door]), **_so_far(objection)}
    return asked(request, form, case=case, title=_(one.title), verb=_(one.verb), back=back, **said)
