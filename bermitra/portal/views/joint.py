"""What villages offer one another: the list, and one offer with every answer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.foundation.pages import render
from bermitra.portal import joint
from bermitra.portal.forms import Narrow
from bermitra.portal.lists import LIST, address, code_of
from bermitra.portal.views import asked


def listed(request: HttpRequest) -> HttpResponse:
    """``?di=`` narrows to an area, ``?setelah=`` goes on behind one."""
    form = Narrow(request.GET)
    chosen = form.chosen()
    place = asked.place(chosen.get("di", ""))
    found, after = joint.found(place), code_of(request.GET.get("setelah", ""))
    page = list((joint.behind(found, after) if after else found)[: LIST + 1])
    base = reverse("page.public_joint_offers")
    context = {
        "place": place,
        "chips": asked.chips(form, chosen, place, base),
        "lines": joint.lines(page[:LIST]),
        "next": address(chosen, setelah=page[LIST - 1].code) if len(page) > LIST else "",
        "first": base + address(chosen) if after else "",
        "example": any(each.example for each in page[:LIST]),
    }
    return render(request, "portal/joint_offers.html", context)


def one(request: HttpRequest, code: str) -> HttpResponse:
    if away := asked.elsewhere("page.public_joint_offer", code):
        return away
    shown = joint.show(code, clock.today())
    if shown is None:
        raise Http404(_("Tidak ada penawaran antar-Desa dengan kode ini."))
    context = {"shown": shown, "offer": shown.offer, "example": shown.offer.example}
    return render(request, "portal/joint_offer.html", context)
