"""Askings for rivals of an offer: all of them, and one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.foundation.pages import render
from bermitra.portal import rivals
from bermitra.portal.lists import LIST, address, code_of
from bermitra.portal.views import asked


def listed(request: HttpRequest) -> HttpResponse:
    """``?setelah=`` goes on behind one."""
    after, found = code_of(request.GET.get("setelah", "")), rivals.found()
    page = list((rivals.behind(found, after) if after else found)[: LIST + 1])
    context = {
        "lines": rivals.lines(page[:LIST], clock.now()),
        "next": address({}, setelah=page[LIST - 1].code) if len(page) > LIST else "",
        "first": reverse("page.rival_calls") if after else "",
        "example": any(each.case.example for each in page[:LIST]),
    }
    return render(request, "portal/rival_calls.html", context)


def one(request: HttpRequest, code: str) -> HttpResponse:
    if away := asked.elsewhere("page.rival_call", code):
        return away
    shown = rivals.show(code, clock.now())
    if shown is None:
        raise Http404(_("Tidak ada permintaan usulan pembanding dengan kode ini."))
    case = shown.asked.case
    return render(
        request,
        "portal/rival_call.html",
        {"shown": shown, "asked": shown.asked, "case": case, "example": case.example},
    )
