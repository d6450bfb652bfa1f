"""Partners: the list, and one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.foundation.pages import render
from bermitra.portal import partners, partnerships
from bermitra.portal.forms import NarrowPartners
from bermitra.portal.lists import LIST, address, code_of, counted
from bermitra.portal.views import asked
from bermitra.registry.queries.partners import SORTS


def listed(request: HttpRequest) -> HttpResponse:
    """``?jenis= &di= &q=`` narrow it, ``?setelah=`` goes on behind one."""
    form = NarrowPartners(request.GET)
    chosen = form.chosen()
    place = asked.place(chosen.get("di", ""))
    found, after = partners.found(chosen, clock.today(), place), code_of(request.GET.get("setelah", ""))
    sort = SORTS[chosen.get("urut", "")]
    page = list((partners.behind(found, after, sort) if after else found)[: LIST + 1])
    base = reverse("page.partners")
    context = {
        "form": form,
        "place": place,
        "chosen": chosen,
        "chips": asked.chips(form, chosen, place, base),
        "says": counted(found).words(_("mitra")),
        "lines": partners.lines(page[:LIST], clock.today()),
        "next": address(chosen, setelah=page[LIST - 1].code) if len(page) > LIST else "",
        "first": base + address(chosen) if after else "",
        "example": any(partner.example for partner in page[:LIST]),
    }
    return render(request, "portal/partners.html", context)


def one(request: HttpRequest, code: str) -> HttpResponse:
    if away := asked.elsewhere("page.partner", code):
        return away
    shown = partners.show(code, clock.today())
    if shown is None:
        if kept := partners.leads_to(code):
            return redirect("page.partner", code=kept, permanent=True)
        raise Http404(_("Tidak ada mitra dengan kode ini."))
    context = {
        "shown": shown,
        "partner": shown.partner,
        "cases": partnerships.lines(shown.cases, partner=False),
        "more": len(shown.cases) == partners.CASES,
        "example": shown.partner.example,
    }
    return render(request, "portal/partner.html", context)
