"""The list of partners that an office looks after: filtered, ordered, read on, and taken along as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.sheets import Cell, xlsx
from bermitra.foundation.pages import render
from bermitra.foundation.text import _ as marked
from bermitra.registry.forms import FindPartner, ReadOn
from bermitra.registry.models import Partner, PartnerRequest
from bermitra.registry.queries.partners import SORTS, narrowed, partners_visible_to
from bermitra.registry.queries.requests import COUNTER_ROLES, requests_visible_to
from bermitra.registry.queries.standing import standings_of
from bermitra.registry.queries.words import kind_name
from bermitra.registry.views.common import counter_of, standing_kind, standing_word, verdict_word

PAGE = 20
AT_ONCE = 500  # partners whose standing is read together for a workbook


def partner_list(request: HttpRequest) -> HttpResponse:
    """Partners this person looks after; read on from the last one shown."""
    person = person_of(request)
    form = FindPartner(request.GET)
    chosen = form.chosen()
    found, sort = _found(request, chosen), SORTS[chosen.get("urut", "")]
    on = ReadOn(request.GET)
    after = on.cleaned_data["setelah"] if on.is_valid() else ""
    last = Partner.objects.filter(code=after).first() if after else None
    page = list((sort.behind(found, last) if last else found)[: PAGE + 1])
    more = {**chosen, "setelah": page[PAGE - 1].code} if len(page) > PAGE else {}
    filters = {name: value for name, value in chosen.items() if name != "urut"}
    context = {
        "form": form,
        "filtered": bool(filters),
        "items": _items(page[:PAGE]),
        "next": f"?{urlencode(more)}" if more else "",
        "sheet": f"{reverse('page.partner_sheet')}?{urlencode(chosen)}" if _takes_along(request) else "",
        "may_register": counter_of(person) is not None,
        **_requests(person),
        "example": any(each.example for each in page[:PAGE]),
    }
    return render(request, "registry/partner_list.html", context)


def _requests(person: Person) -> dict[str, Any]:
    """How many bodies wait at the counter, for those who look at them."""
    looks = any(office.role in COUNTER_ROLES for office in person.offices)
    waiting = requests_visible_to(person).filter(state=PartnerRequest.State.WAITING)
    return {"may_see_requests": looks, "requests": waiting.count() if looks else 0}


def _found(request: HttpRequest, chosen: dict[str, str]) -> QuerySet[Partner]:
    seen = narrowed(partners_visible_to(person_of(request)), chosen, clock.today())
    return SORTS[chosen.get("urut", "")].ordered(seen).select_related("seat")


def _takes_along(request: HttpRequest) -> bool:
    return any(not office.party for office in person_of(request).offices)


def _items(partners: list[Partner]) -> list[dict[str, str]]:
    stands = standings_of(partners)
    return [
        {
            "url": reverse("page.partner_file", kwargs={"code": each.code}),
            "title": each.name,
            "small": " · ".join(filter(None, (kind_name(each), each.seat.name if each.seat else ""))),
            "state": standing_word(stands[each.pk]),
            "kind": standing_kind(stands[each.pk]),
        }
        for each in partners
    ]


COLUMNS = (
    marked("Kode"),
    marked("Nama"),
    marked("Jenis"),
    marked("Kedudukan"),
    marked("NIB"),
    marked("Hasil uji tuntas"),
    marked("Berlaku sebelum"),
    marked("Daftar sanksi"),
    marked("Terdaftar"),
)


def partner_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same list, all of its pages."""
    form = FindPartner(request.GET)
    found = _found(request, form.chosen())
    name = f"mitra-{timezone.localdate():%Y%m%d}"
    return xlsx(name, _("Mitra"), COLUMNS, _rows(found.iterator(chunk_size=AT_ONCE)))


def _rows(partners: Iterator[Partner]) -> Iterable[list[Cell]]:
    together: list[Partner] = []
    for each in partners:
        together.append(each)
        if len(together) == AT_ONCE:
            yield from _some_rows(together)
            together = []
    yield from _some_rows(together)


def _some_rows(partners: list[Partner]) -> Iterable[list[Cell]]:
    stands = standings_of(partners)
    for each in partners:
        standing = stands[each.pk]
        yield [
            each.code,
            each.name,
            kind_name(each),
            each.seat.name if each.seat else "",
            each.business_number,
            verdict_word(standing.verdict),
            long_date(standing.stale_on) if standing.stale_on else "",
            _("Ya") if standing.confirmed_matches else _("Perlu ditinjau") if standing.open_matches else _("Tidak"),
            long_date(timezone.localtime(each.registered_at).date()),
        ]
