"""Offers of partners: the list, its files, one of them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import sheets
from bermitra.foundation.pages import render
from bermitra.needs.models import Offer
from bermitra.needs.offers.queries import behind
from bermitra.portal import offers
from bermitra.portal.forms import NarrowOffers
from bermitra.portal.lists import LIST, address, code_of, counted
from bermitra.portal.views import asked


def listed(request: HttpRequest) -> HttpResponse:
    """``?di= &bidang= &jenis= &bentuk= &dicari= &q=`` narrow it, ``?setelah=`` goes on behind one."""
    form = NarrowOffers(request.GET)
    chosen = form.chosen()
    place = asked.place(chosen.get("di", ""))
    found, after = offers.found(chosen, place, clock.today()), code_of(request.GET.get("setelah", ""))
    page = list((behind(found, after) if after else found)[: LIST + 1])
    base = reverse("page.offers")
    context = {
        "form": form,
        "place": place,
        "chosen": chosen,
        "chips": asked.chips(form, chosen, place, base),
        "says": counted(found).words(_("tawaran")),
        "lines": offers.lines(page[:LIST]),
        "next": address(chosen, setelah=page[LIST - 1].code) if len(page) > LIST else "",
        "first": base + address(chosen) if after else "",
        "query": address(chosen),
        "example": any(each.example for each in page[:LIST]),
    }
    return render(request, "portal/offers.html", context)


def csv(request: HttpRequest) -> HttpResponseBase:
    rows = offers.file_rows(_offers(request), request.build_absolute_uri("/")[:-1])
    return sheets.csv(_name(), offers.COLUMNS, rows)


def xlsx(request: HttpRequest) -> HttpResponseBase:
    rows = offers.file_rows(_offers(request), request.build_absolute_uri("/")[:-1])
    return sheets.xlsx(_name(), _("Tawaran mitra"), offers.COLUMNS, rows)


def _offers(request: HttpRequest) -> QuerySet[Offer]:
    chosen = NarrowOffers(request.GET).chosen()
    return offers.found(chosen, asked.place(chosen.get("di", "")), clock.today())


def _name() -> str:
    return f"tawaran-{timezone.localdate():%Y%m%d}"


def one(request: HttpRequest, code: str) -> HttpResponse:
    if away := asked.elsewhere("page.offer", code):
        return away
    shown = offers.show(code, clock.today())
    if shown is None:
        raise Http404(_("Tidak ada tawaran dengan kode ini."))
    context = {
        "shown": shown,
        "offer": shown.offer,
        "partner": shown.partner,
        "example": shown.offer.example,
        "village": _village_of(request),
        "here": urlencode({"next": request.path}),
    }
    return render(request, "portal/offer.html", context)


def _village_of(request: HttpRequest) -> str:
    """The code of the village for which the reader may ask how well an offer fits it; empty for everybody else."""
    person, row = request.user, table()["page.pair"]
    if not isinstance(person, Person):
        return ""
    own = (each.region_id for each in person.offices if row.scope_of(each.role) and len(each.region_id or "") == 13)
    return next(own, "") or ""
