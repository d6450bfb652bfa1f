"""Direct appointments: the list, the counts, their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bermitra.foundation.documents import sheets
from bermitra.foundation.pages import render
from bermitra.portal import direct
from bermitra.portal.forms import NarrowDirect
from bermitra.portal.lists import LIST, address, code_of
from bermitra.portal.views import asked
from bermitra.selection.queries import direct_counts


def listed(request: HttpRequest) -> HttpResponse:
    """``?menurut=kabupaten|desa|mitra`` counts by one of these; ``?di= &jenis=`` narrow it, ``?setelah=`` goes on behind one.

    A count is of all kinds of reasons: ``jenis`` narrows the list alone.
    """
    form = NarrowDirect(request.GET)
    chosen, tab = form.chosen(), _tab(request)
    if tab:
        chosen.pop("jenis", None)
    place = asked.place(chosen.get("di", ""))
    base, went_on = reverse("page.direct"), request.GET.get("setelah", "")
    shown, more, example = _groups(tab, place, went_on) if tab else _list(chosen, place, went_on)
    context = {
        "form": form,
        "place": place,
        "tab": tab,
        "tabs": [(words, base + address(chosen, menurut=name), name == tab) for name, words in direct.TABS.items()],
        "chosen": chosen,
        "chips": asked.chips(form, chosen, place, base),
        "counts": direct_counts(place.code if place else ""),
        "shown": shown,
        "next": address(chosen, menurut=tab, setelah=more) if more else "",
        "first": base + address(chosen, menurut=tab) if went_on else "",
        "query": address(chosen, menurut=tab),
        "example": example,
    }
    return render(request, "portal/direct.html", context)


def _tab(request: HttpRequest) -> str:
    typed = request.GET.get("menurut", "")
    return typed if typed in direct.TABS else direct.EACH


def _list(chosen: dict[str, str], place: Any, went_on: str) -> tuple[Any, str, bool]:
    found, after = direct.found(chosen.get("jenis", ""), place), code_of(went_on)
    page = list((direct.behind(found, after) if after else found)[: LIST + 1])
    more = page[LIST - 1].code if len(page) > LIST else ""
    return direct.lines(page[:LIST]), more, any(each.call.case.example for each in page[:LIST])


def _groups(tab: str, place: Any, went_on: str) -> tuple[Any, str, bool]:
    found, key = direct.groups(tab, place), direct.key_of(tab, went_on)
    page = list((direct.groups_behind(found, key) if key is not None else found)[: LIST + 1])
    more = str(page[LIST - 1]["key"]) if len(page) > LIST else ""
    cells = direct.counted_cells(tab, page[:LIST])
    return direct.table_of(tab, cells) if cells else None, more, False


def csv(request: HttpRequest) -> HttpResponseBase:
    columns, rows = _whole(request)
    return sheets.csv(_name(), columns, rows)


def xlsx(request: HttpRequest) -> HttpResponseBase:
    columns, rows = _whole(request)
    return sheets.xlsx(_name(), _("Penunjukan langsung"), columns, rows)


def _whole(request: HttpRequest) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    """All rows of the page that the file is offered on."""
    chosen, tab = NarrowDirect(request.GET).chosen(), _tab(request)
    place = asked.place(chosen.get("di", ""))
    if tab:
        return direct.group_columns(tab), direct.group_file_rows(tab, direct.groups(tab, place))
    found = direct.found(chosen.get("jenis", ""), place)
    return direct.COLUMNS, direct.file_rows(found, request.build_absolute_uri("/")[:-1])


def _name() -> str:
    return f"penunjukan-langsung-{timezone.localdate():%Y%m%d}"
