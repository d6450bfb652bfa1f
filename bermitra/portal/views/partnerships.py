"""Partnerships: the list, its files, one of them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.foundation.documents import sheets
from bermitra.foundation.pages import render
from bermitra.partnership.models import Case
from bermitra.portal import partnership, partnership_rows, partnerships
from bermitra.portal.forms import NarrowPartnerships
from bermitra.portal.lists import LIST, address, code_of, counted
from bermitra.portal.views import asked


def listed(request: HttpRequest) -> HttpResponse:
    """``?di= &tahap= &bidang= &q=`` narrow it, ``?setelah=`` goes on behind one."""
    form = NarrowPartnerships(request.GET)
    chosen = form.chosen()
    place = asked.place(chosen.get("di", ""))
    cases, after = partnerships.found(chosen, place), code_of(request.GET.get("setelah", ""))
    page = list((partnerships.behind(cases, after) if after else cases)[: LIST + 1])
    base = reverse("page.partnerships")
    context = {
        "form": form,
        "place": place,
        "chosen": chosen,
        "chips": asked.chips(form, chosen, place, base),
        "says": counted(cases).words(_("kemitraan")),
        "table": partnerships.table_of(page[:LIST], place),
        "next": address(chosen, setelah=page[LIST - 1].code) if len(page) > LIST else "",
        "first": base + address(chosen) if after else "",
        "query": address(chosen),
        "example": any(case.example for case in page[:LIST]),
    }
    return render(request, "portal/partnerships.html", context)


def csv(request: HttpRequest) -> HttpResponseBase:
    rows = partnerships.file_rows(_cases(request), request.build_absolute_uri("/")[:-1])
    return sheets.csv(_name(), partnerships.COLUMNS, rows)


def xlsx(request: HttpRequest) -> HttpResponseBase:
    rows = partnerships.file_rows(_cases(request), request.build_absolute_uri("/")[:-1])
    return sheets.xlsx(_name(), _("Kemitraan"), partnerships.COLUMNS, rows)


def _cases(request: HttpRequest) -> QuerySet[Case]:
    chosen = NarrowPartnerships(request.GET).chosen()
    return partnerships.found(chosen, asked.place(chosen.get("di", "")))


def _name() -> str:
    return f"kemitraan-{timezone.localdate():%Y%m%d}"


def one(request: HttpRequest, code: str) -> HttpResponse:
    if away := asked.elsewhere("page.partnership", code):
        return away
    case = partnership_rows.one(code)
    if case is None:
        raise Http404(_("Tidak ada kemitraan dengan kode ini."))
    shown = partnership.show(case, clock.today())
    context = {"case": case, "shown": shown, "agreement": shown.agreement, "example": shown.example}
    return render(request, "portal/partnership.html", context)
