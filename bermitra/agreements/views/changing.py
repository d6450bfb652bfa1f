"""A change of the text: an article, its blanks, a duty, an account, an annex, the term."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bermitra.agreements import actions, book, queries, text
from bermitra.agreements import forms as shapes
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.agreements.rules import PARTIES
from bermitra.agreements.views.common import about, agreement_at
from bermitra.foundation.accounts.who import by
from bermitra.foundation.pages import data_of, sent


def propose_change(request: HttpRequest, code: str) -> HttpResponse:
    """One place of the text at a time; which one, the address says."""
    held = agreement_at(request, code)
    version = queries.newest_version(held)
    if clause := request.GET.get("pasal"):
        return _change_clause(request, held, version, clause)
    if clause := request.GET.get("isian"):
        return _change_blanks(request, held, version, clause)
    if row := request.GET.get("kewajiban"):
        return _change_duty(request, held, version, row)
    if row := request.GET.get("dana"):
        return _change_account(request, held, version, row)
    if kind := request.GET.get("lampiran"):
        return _change_annex(request, held, version, kind)
    if "panjang" in request.GET:
        return _change_shape(request, held, version)
    if "lembar" in request.GET:
        return _follow_sheet(request, held)
    return _change_term(request, held, version)


def _changed(request: HttpRequest, held: Agreement, **what: Any) -> HttpResponse:
    actions.propose_change(by=by(request), agreement=held, **what)
    messages.success(request, _("Usul perubahan tercatat bersama alasannya."))
    return redirect("page.agreement_draft", code=held.case.code)


def _article(code: str) -> book.Article:
    if code not in book.articles():
        raise Http404
    return book.articles()[code]


def _change_clause(request: HttpRequest, held: Agreement, version: DraftVersion, code: str) -> HttpResponse:
    article = _article(code)
    if text.is_decided(article):
        raise Http404
    now: list[Any] = next((clause["body"] for clause in version.clauses if clause["code"] == code), [])
    form = shapes.Rewording(data_of(request), initial={"typed": text.as_typed(now)})
    if sent(request, form):
        given = form.cleaned_data
        return _changed(request, held, wording={code: given["typed"]}, reason=given["reason"])
    lede = _("Kata sendiri pada naskah harus diputuskan Musyawarah Desa. Tanpa itu naskah tidak dapat dikunci.")
    return about(
        request, held, form, article.title, _("Usulkan perubahan"), lede=lede, steps=_steps(held, f"clause:{code}")
    )


def _change_blanks(request: HttpRequest, held: Agreement, version: DraftVersion, code: str) -> HttpResponse:
    article = _article(code)
    form = shapes.Blanks(article, text.filled_blanks(article, version.content), data_of(request))
    if sent(request, form):
        return _changed(request, held, blanks=form.blanks(), reason=form.cleaned_data["reason"])
    binds = any(slot.binds for slot in article.slots.values())
    lede = _("Isian yang mengikat salah satu pihak harus diputuskan Musyawarah Desa lebih dahulu.") if binds else ""
    return about(
        request, held, form, article.title, _("Usulkan isian"), lede=lede, steps=_steps(held, f"clause:{code}")
    )


def _change_duty(request: HttpRequest, held: Agreement, version: DraftVersion, row: str) -> HttpResponse:
    duties = version.content["topics"]["duties"]
    if not (row.isascii() and row.isdigit()) or int(row) >= len(duties):
        raise Http404
    was = duties[int(row)]
    form = shapes.DutyForm(data_of(request), initial={**was, "due": text.day(was["due"])})
    if sent(request, form):
        given = dict(form.cleaned_data)
        reason, due = given.pop("reason"), given.pop("due")
        duties[int(row)] = {**was, **given, "due": due.isoformat() if due else ""}
        return _changed(request, held, topics={"duties": duties}, reason=reason)
    said = _("Tenggat, ukuran, dan akibat lalai diputuskan Musyawarah Desa pada lembar pokok.")
    lede = f"{text.ended(was['text'])} {said}"
    return about(request, held, form, _("Lengkapi kewajiban"), _("Simpan kewajiban"), lede=lede)


def _change_account(request: HttpRequest, held: Agreement, version: DraftVersion, row: str) -> HttpResponse:
    money = version.content["topics"]["money"]
    if not (row.isascii() and row.isdigit()) or int(row) >= len(money["sources"]):
        raise Http404
    was = money["sources"][int(row)]
    form = shapes.Account(data_of(request), initial={"apbdes_code": was["apbdes_code"]})
    if sent(request, form):
        given = form.cleaned_data
        money["sources"][int(row)] = {**was, "apbdes_code": given["apbdes_code"]}
        return _changed(request, held, topics={"money": money}, reason=given["reason"])
    return about(request, held, form, _("Kode rekening"), _("Simpan kode"), lede=was["from"])


def _change_annex(request: HttpRequest, held: Agreement, version: DraftVersion, kind: str) -> HttpResponse:
    if kind not in text.ANNEXES:
        raise Http404
    rows = version.content["annexes"][kind]
    form = shapes.AnnexRows(kind, data_of(request), initial={"rows": shapes.as_rows(kind, rows)})
    if sent(request, form):
        given = form.cleaned_data
        return _changed(request, held, annexes={kind: given["rows"]}, reason=given["reason"])
    lede = _("Uang pada lampiran berasal dari sumber dana dan kewajiban pada lembar pokok.")
    return about(request, held, form, text.ANNEXES[kind][0], _("Usulkan lampiran"), lede=lede)


def _change_term(request: HttpRequest, held: Agreement, version: DraftVersion) -> HttpResponse:
    days = version.content["topics"]["term"]
    form = shapes.Term(data_of(request), initial={name: text.day(day) for name, day in days.items()})
    if sent(request, form):
        given = form.cleaned_data
        term = {name: given[name].isoformat() for name in ("start", "end")}
        return _changed(request, held, topics={"term": term}, reason=given["reason"])
    lede = _("Jangka waktu yang berbeda dari lembar pokok memerlukan Musyawarah Desa lagi.")
    return about(request, held, form, _("Jangka waktu"), _("Usulkan perubahan"), lede=lede)


def _change_shape(request: HttpRequest, held: Agreement, version: DraftVersion) -> HttpResponse:
    now = "short" if text.is_short(version.content) else "whole"
    form = shapes.Shape(data_of(request), initial={"shape": now})
    if sent(request, form):
        given = form.cleaned_data
        return _changed(request, held, short=given["shape"] == "short", reason=given["reason"])
    lede = _("Naskah ringkas memuat isi wajib yang sama dalam kata yang lebih pendek.")
    return about(request, held, form, _("Panjang naskah"), _("Usulkan perubahan"), lede=lede)


def _follow_sheet(request: HttpRequest, held: Agreement) -> HttpResponse:
    form = shapes.Because(data_of(request))
    if sent(request, form):
        return _changed(request, held, follow_sheet=True, reason=form.cleaned_data["reason"])
    lede = _("Semua pokok naskah diganti dengan lembar pokok yang terakhir disetujui Musyawarah Desa.")
    return about(request, held, form, _("Ikuti lembar pokok terbaru"), _("Ganti pokok naskah"), lede=lede)


def _steps(held: Agreement, what: str) -> list[dict[str, Any]]:
    return [{"step": each, "party": _(PARTIES[each.party])} for each in queries.negotiation(held, what)]
