"""The lists of the two sides: which offers fit a village, and which villages fit an offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.pages import render
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _ as marked
from bermitra.matching.figures import decimal
from bermitra.matching.market import COUNTED
from bermitra.matching.models import ShortlistRow
from bermitra.matching.shortlists import queries, reasons, sheets
from bermitra.needs.models import Need, Offer
from bermitra.needs.offers.rules import OPEN
from bermitra.registry.queries import bodies

PAGE = 20
NO_NEED = marked("Belum ada kebutuhan yang ditetapkan Musyawarah Desa sebagai prioritas.")
NOT_COMPUTED = marked("Daftar kabupaten ini belum dihitung. Dinas PMD dapat memintanya kapan saja.")
NOTHING_FITS = marked("Belum ada tawaran yang lolos kelima syarat untuk desa ini. Lihat sebabnya pada setiap tawaran.")
NOT_OPEN = marked("Tawaran ini belum terbit atau sedang dijeda. Desa yang cocok dihitung setelah terbit.")
NOBODY_FITS = marked("Belum ada desa yang lolos kelima syarat untuk tawaran ini, atau daftarnya belum dihitung.")


def fitting(request: HttpRequest) -> HttpResponse:
    """The way in: to one's own list at once where there is one, else what there is to choose from."""
    person = person_of(request)
    villages, regencies = queries.villages_of(person), queries.regencies_of(person)
    own = list(queries.offers_visible_to(person).order_by("-pk")[: PAGE + 1]) if queries.parties_of(person) else []
    if len(villages) == 1 and not own and not regencies:
        return redirect("page.fitting_partners", code=next(iter(villages)))
    places = Region.objects.filter(pk__in=villages | regencies).order_by("pk") if villages or regencies else ()
    shortlists = list(queries.shortlists_visible_to(person).order_by("-pk")[:PAGE]) if regencies else []
    context = {
        "villages": [each for each in places if each.level == 4],
        "offers": own[:PAGE],
        "partner": bool(queries.parties_of(person)),
        "regency": next((each for each in places if each.level == 2), None),
        "shortlists": shortlists,
        "example": any(each.example for each in own) or any(each.example for each in shortlists),
    }
    return render(request, "matching/shortlists/fitting.html", context)


# Of a village ---------------------------------------------------------------------------------------------------------


def fitting_partners(request: HttpRequest, code: str) -> HttpResponse:
    """Best first; ``?setelah=`` goes on behind a rank."""
    village, after = _village(request, code), request.GET.get("setelah", "")
    found = queries.rows_of_village(village)
    if after.isascii() and after.isdigit() and len(after) < 5:
        found = found.filter(rank__gt=int(after))
    page = list(found[: PAGE + 1])
    rows = page[:PAGE]
    newest = rows[0].shortlist if rows else queries.newest(code[:5])
    aims = getattr(village, "aims", None)
    vetoes = frozenset(aims.vetoes) if aims else frozenset()
    context = {
        "village": village,
        "rows": [_partner_row(each, vetoes) for each in rows],
        "first": not after,
        "next": f"?{urlencode({'setelah': rows[-1].rank})}" if len(page) > PAGE else "",
        "changed": bool(rows and newest and aims and newest.computed_at and aims.set_at > newest.computed_at),
        "shortlist": newest,
        "why_empty": "" if rows else _(_why_empty(village, newest is not None)),
        "example": any(each.offer.example for each in rows),
    }
    return render(request, "matching/shortlists/fitting_partners.html", context)


def fitting_partners_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    village = _village(request, code)
    return sheets.handed(kind, f"mitra-cocok-{village.pk}", queries.rows_of_village(village))


def _village(request: HttpRequest, code: str) -> Region:
    seen = queries.villages_visible_to(person_of(request)).select_related("parent__parent", "aims")
    return get_object_or_404(seen, pk=code)


def _partner_row(row: ShortlistRow, vetoes: frozenset[str]) -> dict[str, Any]:
    return {
        "title": row.offer.title,
        "url": reverse("page.offer", args=[row.offer.code]),
        "small": bodies.kept(row.offer.partner).name,
        "score": decimal(row.h),
        "floor": False,
        "lines": reasons.lines(row.reasons, row.village_id, row.offer.code, inside=True),
        "pair": reverse("page.pair", args=[row.village_id, row.offer.code]),
        "touches": not vetoes.isdisjoint(row.offer.risks),
    }


def _why_empty(village: Region, computed: bool) -> str:
    if not Need.objects.filter(village=village, state__in=COUNTED).exists():
        return NO_NEED
    return NOTHING_FITS if computed else NOT_COMPUTED


# Of an offer ----------------------------------------------------------------------------------------------------------


def fitting_villages(request: HttpRequest, code: str) -> HttpResponse:
    """All regencies together, best first; ``?di=`` narrows to one, ``?setelah=`` goes on behind a row."""
    offer, everywhere = _offer_rows(request, code)
    at, own = request.GET.get("di", ""), _own(request, offer)
    rows = (everywhere.filter(shortlist__regency=at) if at else everywhere).select_related("village__aims")
    page = list(queries.behind(rows, request.GET.get("setelah", ""))[: PAGE + 1])
    kept = {"di": at} if at else {}
    last = page[PAGE - 1] if len(page) > PAGE else None
    context = {
        "offer": offer,
        "rows": [_village_row(each, own=own) for each in page[:PAGE]],
        "places": _places(everywhere) if page or at else [],
        "at": at,
        "next": f"?{urlencode({**kept, 'setelah': f'{last.h}-{last.pk}'})}" if last else "",
        "why_empty": "" if page else _(NOBODY_FITS if offer.state == OPEN else NOT_OPEN),
        "example": offer.example,
    }
    return render(request, "matching/shortlists/fitting_villages.html", context)


def fitting_villages_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    offer, rows = _offer_rows(request, code)
    return sheets.handed(kind, f"desa-cocok-{offer.code}", rows)


def _own(request: HttpRequest, offer: Offer) -> bool:
    return offer.partner.code in queries.parties_of(person_of(request))


def _offer_rows(request: HttpRequest, code: str) -> tuple[Offer, QuerySet[ShortlistRow]]:
    """The offer and its rows: all of them for its partner, those of the own regency for an office."""
    offer = get_object_or_404(queries.offers_visible_to(person_of(request)), code=code)
    regencies = None if _own(request, offer) else queries.regencies_of(person_of(request))
    return offer, queries.rows_of_offer(offer, regencies)


def _places(rows: QuerySet[ShortlistRow]) -> Iterable[Region]:
    """The regencies in which an offer has a list, so that the reader can narrow to one."""
    return Region.objects.filter(pk__in=rows.order_by().values("shortlist__regency").distinct()).order_by("name")


def _village_row(row: ShortlistRow, *, own: bool) -> dict[str, Any]:
    village, aims = row.village, getattr(row.village, "aims", None)
    return {
        "title": village.name,
        "url": reverse("page.village", args=[village.pk]),
        "small": ", ".join(each.name for each in (village.parent, row.shortlist.regency) if each),
        "score": decimal(row.h),
        "floor": row.floor,
        "lines": reasons.lines(row.reasons, village.pk, row.offer.code, inside=not own),
        "pair": reverse("page.pair", args=[village.pk, row.offer.code]),
        "touches": aims is not None and not frozenset(aims.vetoes).isdisjoint(row.offer.risks),
    }
