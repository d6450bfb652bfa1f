"""Home, search, and the places of the register."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.foundation.documents import sheets
from bermitra.foundation.fields import say
from bermitra.foundation.norms.queries import local_words
from bermitra.foundation.pages import render
from bermitra.foundation.regions import queries
from bermitra.foundation.regions.models import Region, RegisterLoad
from bermitra.foundation.text import BadInput
from bermitra.portal import calls, finding, front, partners, partnerships, villages
from bermitra.portal.forms import Find
from bermitra.portal.lists import LIST
from bermitra.portal.villages import areas_in, one, rows, table_of
from bermitra.registry.letters import office_line

CASES = 10  # partnerships on the page of a village


def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    open_calls, signed = front.open_calls(), front.newly_signed()
    context = {
        "form": Find(),
        "numbers": front.numbers(),
        "calls": calls.lines(open_calls, now),
        "signed": signed,
        "example": any(call.case.example for call in open_calls) or any(each.example for each in signed),
    }
    return render(request, "portal/home.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """A name or code may mean several areas and partners, or none: the page shows them apart and never chooses.

    The code of one thing leads straight to its page.
    """
    form = Find(request.GET if "q" in request.GET else None)
    hits, named = None, []
    if form.is_bound and form.is_valid():
        if page := finding.page_of_code(form.cleaned_data["q"]):
            return redirect(page)
        try:
            hits = queries.search(form.cleaned_data["q"], after=request.GET.get("setelah", "")[:13])
            if finding.may_be_partner(hits):
                named = finding.partners_named(form.cleaned_data["q"])
        except BadInput as bad:
            form.add_error("q", say(bad))
    if hits and len(hits.found) == 1 and not hits.more and hits.found[0].region.level == 4 and _is_code(hits.asked):
        return redirect("page.village", code=hits.found[0].region.code)
    context = {
        "form": form,
        "hits": hits,
        "partners": [partners.plain_line(each) for each in named[: finding.MOST]],
        "more_partners": len(named) > finding.MOST,
        "only_areas": hits is not None and not finding.may_be_partner(hits),
        "more": f"?{urlencode({'q': hits.asked, 'setelah': hits.more})}" if hits is not None and hits.more else "",
    }
    return render(request, "portal/search.html", context, status=422 if form.is_bound and form.errors else 200)


def village_list(request: HttpRequest) -> HttpResponse:
    """The country, a province, a regency or a district: what lies in it, and its villages page by page."""
    place = _place(request)
    page = queries.villages_in(place, request.GET.get("setelah", "")[:13], LIST)
    listed = rows(page.rows)
    inside = f"?{urlencode({'di': place.code})}" if place else ""
    following = {**({"di": place.code} if place else {}), "setelah": page.more}
    context = {
        "form": Find(),
        "place": place,
        "path": [each for each in listed[0].path if each.level < place.level] if place and listed else (),
        "below": areas_in(place),
        "page": page,
        "table": table_of(listed, place),
        "inside": inside,
        "next": f"?{urlencode(following)}" if page.more else "",
        "first": f"{reverse('page.villages')}{inside}" if request.GET.get("setelah") else "",
        "load": queries.last_load(RegisterLoad.Kind.REGIONS),
    }
    return render(request, "portal/villages.html", context)


def villages_csv(request: HttpRequest) -> HttpResponseBase:
    place = _place(request)
    return sheets.csv(_name(place), villages.COLUMNS, villages.file_rows(place, as_numbers=False))


def villages_xlsx(request: HttpRequest) -> HttpResponseBase:
    place = _place(request)
    return sheets.xlsx(_name(place), _("Desa"), villages.COLUMNS, villages.file_rows(place, as_numbers=True))


def _name(place: Region | None) -> str:
    return f"desa-{place.code if place else 'indonesia'}-{timezone.localdate():%Y%m%d}"


def village(request: HttpRequest, code: str) -> HttpResponse:
    found = one(code, clock.today())
    if found is None:
        now = next(iter(queries.former(code)), None)
        if now is None:
            raise Http404(_("Tidak ada desa dengan kode ini."))
        return redirect("page.village", code=now.region_id)
    cases = list(partnerships.found({}, found.village)[: CASES + 1])
    context = {
        "found": found,
        "village": found.village,
        "life": found.life,
        "reached": office_line(getattr(found.village, "profile", None)),
        "words": local_words(code),
        "cases": partnerships.lines(cases[:CASES], village=False),
        "more_cases": len(cases) > CASES,
        "example": found.life.example or any(case.example for case in cases),
    }
    return render(request, "portal/village.html", context)


def village_by_digits(request: HttpRequest, digits: str) -> HttpResponse:
    """33041920 01 without its dots, as spreadsheets and other systems write it."""
    dotted = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
    return redirect("page.village", code=dotted, permanent=True)


def _place(request: HttpRequest) -> Region | None:
    """The area named in ``di``; 404 for one that is not in the register."""
    code = request.GET.get("di", "")
    if not code:
        return None
    place = queries.region(code)
    if place is None or place.level == 4:
        raise Http404(_("Tidak ada wilayah dengan kode ini."))
    return place


def _is_code(asked: str) -> bool:
    return asked.replace(".", "").isdigit()
