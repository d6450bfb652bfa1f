"""The sanction register."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.workbooks import Wrong, empty_form
from bermitra.registry import actions
from bermitra.registry.forms import LISTING_COLUMNS, ImportListings, ListParty, Reason, read_rows
from bermitra.registry.queries.listings import listings_visible_to
from bermitra.registry.queries.matches import partners_like

PAGE = 50


def listings(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found, today = list(listings_visible_to(person)[:PAGE]), clock.today()
    items = []
    for each in found:
        over = hasattr(each, "lift") or (each.until is not None and each.until < today)
        may_lift = not over and may_open(person, "registry.lift_listing", each.reach())
        items.append({"listing": each, "over": over, "may_lift": may_lift})
    context = {"items": items, "may_list": _regency_for(person, "registry.list_party") is not None}
    return render(request, "registry/listings.html", context)


def _regency_for(person: Person, door: str) -> Region | None:
    regions = (office.region for office in person.offices)
    return next((each for each in regions if each and may_open(person, door, each.reach())), None)


def list_party(request: HttpRequest) -> HttpResponse:
    region = _regency_for(person_of(request), "registry.list_party")
    form = ListParty(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.list_party(by=by(request), region=region, **form.cleaned_data),
        heading=_("Catat pihak dalam daftar sanksi"),
        lede=_("Nama yang sama atau mirip pada berkas mitra akan ditinjau sebelum putusan."),
        verb=_("Catat pihak"),
        says=_("Pihak tercatat dalam daftar sanksi."),
        back=reverse("page.listings"),
    )


def import_listings(request: HttpRequest) -> HttpResponse:
    """All rows or none; what is wrong is shown row by row, and nothing is saved."""
    region = _regency_for(person_of(request), "registry.import_listings")
    form, wrong = ImportListings(**typed_in(request)), list[Wrong]()
    if request.method == "POST" and form.is_valid():
        good, wrong = read_rows(form.cleaned_data["table"])
        if not wrong:
            partners_like(
                {row["name"]: row["name"] for row in good}
            )  # seconds, before the act: it finds them remembered
            new = actions.import_listings(
                by=by(request), region=region, rows=[actions.ListedRow(**row) for row in good]
            )
            messages.success(
                request,
                ngettext(
                    "%(n)d pihak baru tercatat dalam daftar sanksi.",
                    "%(n)d pihak baru tercatat dalam daftar sanksi.",
                    new,
                )
                % {"n": new},
            )
            return redirect("page.listings")
    context = {
        "form": form,
        "verb": _("Muat semua baris"),
        "back": reverse("page.listings"),
        "columns": [_("Baris"), _("Nama"), _("Yang perlu diperbaiki")],
        "wrong": [[each.row, each.cells.get("nama", "") or "–", each.says] for each in wrong[:PAGE]],
        "more": max(len(wrong) - PAGE, 0),
    }
    return render(request, "registry/listings_import.html", context, status=422 if form.is_bound else 200)


def listings_table(request: HttpRequest) -> FileResponse:
    """The table to fill in."""
    return empty_form("daftar-sanksi", LISTING_COLUMNS, {})


def lift_listing(request: HttpRequest, code: str) -> HttpResponse:
    listing = get_object_or_404(listings_visible_to(person_of(request)), code=code)
    form = Reason(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.lift_listing(by=by(request), listing=listing, **form.cleaned_data),
        heading=_("Cabut catatan sanksi"),
        lede=listing.name,
        verb=_("Cabut catatan"),
        says=_("Catatan dicabut; riwayatnya tetap."),
        back=reverse("page.listings"),
    )
