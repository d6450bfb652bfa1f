"""Peraturan Bersama: the list, one with all that everybody may know of it, its paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.joint.queries import public_regulations, signed_file
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import html
from bermitra.foundation.documents.handing import shown as handed
from bermitra.foundation.pages import render
from bermitra.portal import regulations
from bermitra.portal.forms import Narrow
from bermitra.portal.lists import LIST, address, code_of
from bermitra.portal.views import asked


def listed(request: HttpRequest) -> HttpResponse:
    """``?di=`` narrows to an area, ``?setelah=`` goes on behind one."""
    form = Narrow(request.GET)
    chosen = form.chosen()
    place = asked.place(chosen.get("di", ""))
    found, after = regulations.found(place), code_of(request.GET.get("setelah", ""))
    page = list((regulations.behind(found, after) if after else found)[: LIST + 1])
    base = reverse("page.public_joint_regulations")
    rows = regulations.lines(page[:LIST], clock.today())
    context = {
        "place": place,
        "chips": asked.chips(form, chosen, place, base),
        "lines": [row | {"url": reverse("page.public_joint_regulation", args=[row["code"]])} for row in rows],
        "next": address(chosen, setelah=page[LIST - 1].code) if len(page) > LIST else "",
        "first": base + address(chosen) if after else "",
        "example": any(each.example for each in page[:LIST]),
    }
    return render(request, "portal/joint_regulations.html", context)


def one(request: HttpRequest, code: str) -> HttpResponse:
    if away := asked.elsewhere("page.public_joint_regulation", code):
        return away
    shown = regulations.show(code, clock.today())
    if shown is None or shown.regulation.paper is None:
        raise Http404(_("Tidak ada Peraturan Bersama dengan kode ini."))
    held = shown.regulation
    context = {
        "shown": shown,
        "regulation": held,
        "example": held.example,
        "text": html.render(shown.regulation.paper.source),
    }
    return render(request, "portal/joint_regulation.html", context)


def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The paper with the signatures of all heads."""
    held = get_object_or_404(public_regulations().select_related("paper__file"), code=code)
    kept = signed_file(held)
    if kept is None:
        raise Http404
    return handed(kept, f"peraturan-bersama-{code}.pdf")
