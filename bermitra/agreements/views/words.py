"""Articles in own words on the sheet that the meeting decides on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import book, queries, text
from bermitra.agreements import forms as shapes
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.pages import ask, data_of, sent
from bermitra.partnership import sheet
from bermitra.partnership.actions import draft_term_sheet
from bermitra.partnership.forms import dropped
from bermitra.partnership.models import Case
from bermitra.partnership.queries import cases_visible_to, term_sheet


def sheet_words(request: HttpRequest, code: str) -> HttpResponse:
    """Put an article on the sheet as the draft words it (``?pasal=``) or as it is typed here, or take one out."""
    case = get_object_or_404(cases_visible_to(person_of(request)), code=code)
    held = term_sheet(case)
    topics = held.topics if held else sheet.blank(case.field_of_government, case.forms)
    rows, data = sheet.words(topics), data_of(request)
    out = dropped(data, len(rows)) if data is not None else None
    form = shapes.OwnWords(_titles(case), data if out is None else None, initial=_as_drafted(request, case))
    if out is not None or sent(request, form):
        row = form.row() if out is None else {"article": rows[out]["article"]}
        rows = [each for each in rows if each["article"] != row["article"]] + [row] * (out is None)
        draft_term_sheet(by=by(request), case=case, topics={"others": {**topics["others"], "words": rows}})
        messages.success(request, _("Tersimpan pada lembar pokok. Bawa lembar itu ke Musyawarah Desa."))
        return redirect("page.term_sheet", code=code)
    return ask(
        request,
        form,
        "partnership/act.html",
        case=case,
        example=case.example,
        title=_("Pasal dalam kata sendiri"),
        verb=_("Simpan pada lembar pokok"),
        back=reverse("page.term_sheet", args=[code]),
        lede=_("Pasal ini menggantikan naskah baku. Musyawarah Desa memutuskannya bersama pokok yang lain."),
        rows=[(each["title"], each["text"], "") for each in rows],
        rows_title=_("Yang sudah ditulis"),
    )


def sheet_terms(request: HttpRequest, code: str) -> HttpResponse:
    """Put what goes into blanks and binds somebody on the sheet; ``?naskah=1`` begins with what the draft says."""
    case = get_object_or_404(cases_visible_to(person_of(request)), code=code)
    held = term_sheet(case)
    topics = held.topics if held else sheet.blank(case.field_of_government, case.forms)
    decided, drafted = text.decided_terms(topics), _filled(request, case)
    form = shapes.Terms(_binding(case, {**decided, **drafted}), {**decided, **drafted}, data_of(request))
    if sent(request, form):
        draft_term_sheet(by=by(request), case=case, topics={"others": {**topics["others"], "terms": form.rows()}})
        messages.success(request, _("Tersimpan pada lembar pokok. Bawa lembar itu ke Musyawarah Desa."))
        return redirect("page.term_sheet", code=code)
    return ask(
        request,
        form,
        "partnership/act.html",
        case=case,
        example=case.example,
        title=_("Harga, bagian hasil, dan isian lain"),
        verb=_("Simpan pada lembar pokok"),
        back=reverse("page.term_sheet", args=[code]),
        lede=_("Isian ini mengikat kedua pihak. Yang dikosongkan mengikuti naskah baku."),
    )


def _binding(case: Case, said: dict[str, Any]) -> dict[str, tuple[str, book.Slot]]:
    """The blanks of these forms that bind somebody, and those in which something is said that does."""
    return {
        name: (article.title, slot)
        for article in _articles(case)
        for name, slot in article.slots.items()
        if slot.binds or (slot.unit == "text" and text.binds_somebody(str(said.get(name, ""))))
    }


def _filled(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The blanks as the newest draft fills them."""
    agreement = queries.agreement_of(case) if "naskah" in request.GET else None
    return dict(queries.newest_version(agreement).content["blanks"]) if agreement else {}


def _titles(case: Case) -> dict[str, str]:
    """The articles of these forms that may stand in other words."""
    return {each.code: each.title for each in _articles(case) if text.is_wordable(each.code)}


def _articles(case: Case) -> list[book.Article]:
    """Those that a text in these forms may hold."""
    return [each for each in book.articles().values() if not each.forms or each.forms & set(case.forms)]


def _as_drafted(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The article that the address names, as the newest draft reads."""
    agreement, code = queries.agreement_of(case), request.GET.get("pasal", "")
    clauses = queries.newest_version(agreement).clauses if agreement and code else []
    return next(
        ({"article": code, "typed": text.as_typed(each["body"])} for each in clauses if each["code"] == code), {}
    )
