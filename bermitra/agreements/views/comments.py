"""Comments on the text while it is drafted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import actions, book, queries
from bermitra.agreements import forms as shapes
from bermitra.agreements.models import Agreement, DraftComment
from bermitra.agreements.rules import DRAFTED_IN, PARTIES
from bermitra.agreements.views.common import about, agreement_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import data_of, sent


def comment(request: HttpRequest, code: str) -> HttpResponse:
    """On the article of ``?pasal=``, else on the whole text."""
    held, place = agreement_at(request, code), request.GET.get("pasal", "")
    articles = {clause["code"]: clause["title"] for clause in queries.newest_version(held).clauses}
    if place and place not in articles:
        raise Http404
    form = shapes.Comment(data_of(request))
    if sent(request, form):
        actions.comment(by=by(request), agreement=held, place=place, **form.cleaned_data)
        return _back(request, code, _("Komentar Anda tercatat. Pihak lain dapat menjawabnya."))
    title = _("Komentar tentang {place}").format(place=articles.get(place) or _("seluruh naskah"))
    lede = _("Komentar tidak mengubah naskah. Kedua pihak membacanya di samping pasal.")
    return about(request, held, form, title, _("Kirim komentar"), lede=lede, back=_draft(code))


def answer_comment(request: HttpRequest, code: str, number: int) -> HttpResponse:
    held, form = agreement_at(request, code), shapes.Answer(data_of(request))
    said = _said(held, number)
    if sent(request, form):
        actions.answer_comment(by=by(request), agreement=held, number=number, **form.cleaned_data)
        return _back(request, code, _("Jawaban Anda tercatat."))
    return about(request, held, form, _("Jawab komentar"), _("Kirim jawaban"), lede=said.text, back=_draft(code))


def settle_comment(request: HttpRequest, code: str, number: int) -> HttpResponse:
    held, form = agreement_at(request, code), shapes.Sure(data_of(request))
    said = _said(held, number)
    if sent(request, form):
        actions.settle_comment(by=by(request), agreement=held, number=number)
        return _back(request, code, _("Komentar dinyatakan selesai."))
    return about(
        request, held, form, _("Nyatakan komentar selesai"), _("Nyatakan selesai"), lede=said.text, back=_draft(code)
    )


def _said(held: Agreement, number: int) -> DraftComment:
    return get_object_or_404(DraftComment, agreement=held, number=number)


def _draft(code: str) -> str:
    return reverse("page.agreement_draft", args=[code])


def _back(request: HttpRequest, code: str, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.agreement_draft", code=code)


def remarks_by_place(request: HttpRequest, held: Agreement) -> dict[str, list[dict[str, Any]]]:
    """The comments for the page of the text, by article, with what this person may do about each; those on articles that are no
    longer there stand with those on the whole text."""
    person, reach, code = person_of(request), held.reach(), held.case.code
    drafted = held.state in DRAFTED_IN
    may_answer = drafted and may_open(person, "agreements.answer_comment", reach)
    may_settle = drafted and may_open(person, "agreements.settle_comment", reach)
    side = queries.side_of_person(person, held)
    there = {clause["code"] for clause in queries.newest_version(held).clauses}
    found: dict[str, list[dict[str, Any]]] = {}
    for each in queries.remarks_of(held):
        said = each.comment
        own = said.party == side
        row = {
            "remark": each,
            "party": _(PARTIES[said.party]),
            "article": book.articles()[said.place].title if said.place and said.place not in there else "",
            "answer_url": reverse("agreements.answer_comment", args=[code, said.number])
            if may_answer and each.open and not own and not said.answered_at
            else "",
            "settle_url": reverse("agreements.settle_comment", args=[code, said.number])
            if may_settle and each.open and own
            else "",
        }
        found.setdefault(said.place if said.place in there else "", []).append(row)
    return found
