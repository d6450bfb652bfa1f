"""One place of an addendum at a time; which one, the address says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import book, text
from bermitra.agreements import forms as outer
from bermitra.agreements.changing import actions, queries
from bermitra.agreements.changing import forms as shapes
from bermitra.agreements.changing.models import Amendment
from bermitra.agreements.changing.views.common import asked
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.pages import data_of, sent


def word_amendment(request: HttpRequest, code: str) -> HttpResponse:
    held = get_object_or_404(queries.amendments_visible_to(person_of(request)), code=code)
    places = {
        "pasal": _clause, "isian": _blanks, "kewajiban": _duty, "dana": _source, "batasan": _limits, "tambahan": _added,
        "jangka": _term,
    }  # fmt: skip
    for name, page in places.items():
        if name in request.GET:
            return page(request, held, request.GET[name])
    return _term(request, held, "")


def _worded(request: HttpRequest, held: Amendment, **what: Any) -> HttpResponse:
    actions.word_amendment(by=by(request), amendment=held, **what)
    messages.success(request, _("Perubahan tersimpan. Perbandingannya diperbarui."))
    return redirect("page.amendment", code=held.code)


def _ask(request: HttpRequest, held: Amendment, form: forms.BaseForm, title: str, lede: str = "") -> HttpResponse:
    back = reverse("page.amendment", args=[held.code])
    return asked(request, held.agreement, form, title, _("Simpan perubahan"), back, lede=lede)


def _term(request: HttpRequest, held: Amendment, _which: str) -> HttpResponse:
    days = held.content["topics"]["term"]
    form = shapes.TermOnly(data_of(request), initial={"end": text.day(days["end"])})
    if sent(request, form):
        end = form.cleaned_data["end"].isoformat()
        if end > days["start"]:
            return _worded(request, held, topics={"term": {"start": days["start"], "end": end}})
        form.add_error("end", _("Tanggal berakhir harus setelah tanggal mulai. Pilih tanggal yang lebih akhir."))
    lede = _("Jangka waktu yang lebih panjang adalah perpanjangan: evaluasi dan Musyawarah Desa diperlukan.")
    return _ask(request, held, form, _("Jangka waktu"), lede)


def _clause(request: HttpRequest, held: Amendment, code: str) -> HttpResponse:
    if not text.is_wordable(code):
        raise Http404
    now: list[Any] = next((clause["body"] for clause in held.clauses if clause["code"] == code), [])
    form = outer.Rewording(data_of(request), initial={"typed": text.as_typed(now)})
    del form.fields["reason"]
    if sent(request, form):
        return _worded(request, held, wording={code: form.cleaned_data["typed"]})
    lede = _("Kata-kata yang disusun sendiri dibawa ke Musyawarah Desa.")
    return _ask(request, held, form, book.articles()[code].title, lede)


def _blanks(request: HttpRequest, held: Amendment, code: str) -> HttpResponse:
    if not queries.is_fillable(code):
        raise Http404
    article = book.articles()[code]
    form = outer.Blanks(article, text.filled_blanks(article, held.content), data_of(request))
    del form.fields["reason"]
    if sent(request, form):
        return _worded(request, held, blanks=form.blanks())
    return _ask(request, held, form, article.title)


def _duty(request: HttpRequest, held: Amendment, which: str) -> HttpResponse:
    """A new right or duty, or one that is changed; with an empty text it ends."""
    duties = held.content["topics"]["duties"]
    was: dict[str, Any] = {}
    if which != "baru":
        was = duties[_place(which, len(duties))]
    form = shapes.NewDuty(data_of(request), initial={**was, "due": text.day(was.get("due", ""))})
    if was:
        form.fields["text"].required = False
        form.fields["text"].help_text = _("Kosongkan untuk mengakhiri hak atau kewajiban ini.")
    if sent(request, form):
        given = dict(form.cleaned_data)
        row = {**given, "due": given["due"].isoformat() if given["due"] else ""}
        rows = [*duties, row] if not was else [row if each is was else each for each in duties]
        return _worded(request, held, topics={"duties": [each for each in rows if each["text"]]})
    return _ask(request, held, form, _("Hak dan kewajiban"))


def _source(request: HttpRequest, held: Amendment, which: str) -> HttpResponse:
    money = held.content["topics"]["money"]
    place = _place(which, len(money["sources"]))
    was = money["sources"][place]
    form = shapes.SourceForm(data_of(request), initial={"amount": was["amount"]})
    if sent(request, form):
        sources = [{**row, "amount": form.cleaned_data["amount"]} if row is was else row for row in money["sources"]]
        value = sum(int(row["amount"]) for row in sources)
        return _worded(request, held, topics={"money": {"value": value, "sources": sources}})
    lede = _("Nilai perjanjian mengikuti jumlah semua sumber dana.")
    return _ask(request, held, form, was["from"], lede)


def _limits(request: HttpRequest, held: Amendment, _which: str) -> HttpResponse:
    others = held.content["topics"]["others"]
    form = shapes.Lines(data_of(request), initial={"lines": "\n".join(others["limits"])})
    if sent(request, form):
        return _worded(request, held, topics={"others": {**others, "limits": form.rows()}})
    return _ask(request, held, form, _("Batasan"))


def _added(request: HttpRequest, held: Amendment, _which: str) -> HttpResponse:
    numbers = queries.quoted(held)
    places = [(each["code"], f"{numbers.get(each['code'], '')} {each['title']}") for each in held.clauses]
    form = shapes.OwnArticle(places, data_of(request))
    if sent(request, form):
        return _worded(request, held, added=form.cleaned_data)
    lede = _("Nomor pasal lain tidak bergeser: pasal setelah Pasal 7 menjadi Pasal 7A.")
    return _ask(request, held, form, _("Tambah pasal"), lede)


def _place(which: str, many: int) -> int:
    if not (which.isascii() and which.isdigit()) or int(which) >= many:
        raise Http404
    return int(which)
