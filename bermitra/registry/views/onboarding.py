"""Many villages from one table: hand it over, see what was understood, save, print the letters."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.codes import show_phone
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.workbooks import Sheet, empty_form, to_mend
from bermitra.foundation.text import _ as marked
from bermitra.registry import actions, printing
from bermitra.registry.forms.onboarding import CHOICES, COLUMNS, SALT, Held, Read, Upload, read
from bermitra.registry.models import OnboardingLoad
from bermitra.registry.queries.onboarding import load_of_file, loads_visible_to

SHOWN = 20
OF_THIS_SESSION = "letters_of_loads"
HEADS = (
    marked("Desa"),
    marked("Petugas"),
    marked("Jabatan"),
    marked("Masa jabatan"),
    marked("Nama pengguna"),
    marked("Telepon"),
)


def onboard_villages(request: HttpRequest) -> HttpResponse | FileResponse:
    """``held`` is the table that was shown already; ``repairs`` asks for its wrong rows as a table."""
    place = _place(request)
    if "held" not in request.POST:
        form = Upload(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return _preview(request, place, form.cleaned_data["table"])
        return _first_page(request, place, form)
    back = Held(request.POST)
    if not back.is_valid():
        again = Upload(request.POST, request.FILES)
        again.errors.clear()
        again.add_error(None, back.errors["held"])
        return _first_page(request, place, again)
    sheet: Sheet = back.cleaned_data["held"]
    found = read(sheet, place, clock.today())
    if "repairs" in request.POST:
        return to_mend("perbaikan-petugas-desa", COLUMNS, found.wrong)
    if not found.newcomers or (found.wrong and not back.cleaned_data["skip"]):
        return _preview(request, place, sheet, status=422)
    load = actions.onboard_villages(
        by=by(request),
        region=place,
        newcomers=found.newcomers,
        file_name=sheet.name[:200],
        file_hash=sheet.sha256,
        skipped=len(found.wrong),
        example=person_of(request).example,
    )
    request.session[OF_THIS_SESSION] = [*request.session.get(OF_THIS_SESSION, []), load.code]
    return redirect("page.onboarding_letters", code=load.code)


def _first_page(request: HttpRequest, place: Region, form: Upload) -> HttpResponse:
    context = {"form": form, "place": place, "loads": loads_visible_to(person_of(request))[:SHOWN]}
    return render(request, "registry/onboarding.html", context, status=422 if form.is_bound else 200)


def _preview(request: HttpRequest, place: Region, sheet: Sheet, status: int = 200) -> HttpResponse:
    """What was understood, and what is to be mended; nothing is saved yet."""
    before = load_of_file(place, sheet.sha256)
    if before is not None:
        form = Upload(request.POST, request.FILES)
        form.errors.clear()
        day = date_format(localdate(before.loaded_at), "j F Y")
        form.add_error("table", _("Berkas ini sudah diimpor %(day)s. Pilih berkas lain.") % {"day": day})
        return _first_page(request, place, form)
    found = read(sheet, place, clock.today())
    context = {
        "place": place,
        "sheet": sheet,
        "found": found,
        "form": Held(initial={"held": sheet.packed(SALT)}),
        "columns": [_(head) for head in HEADS],
        "rows": _rows(found),
        "more": max(len(found.newcomers) - SHOWN, 0),
        "wrong": found.wrong[:SHOWN],
        "wrong_more": max(len(found.wrong) - SHOWN, 0),
        "chosen_none": status == 422 and found.wrong and found.newcomers,
    }
    return render(request, "registry/onboarding_preview.html", context, status=status)


def _rows(found: Read) -> list[list[str]]:
    return [
        [
            each.region.name,
            each.full_name,
            each.title or _(roles.BY_KEY[each.role].name),
            f"{long_date(each.since)} – {long_date(each.until)}",
            each.username,
            show_phone(each.phone) if each.phone else "",
        ]
        for each in found.newcomers[:SHOWN]
    ]


def onboarding_table(request: HttpRequest) -> FileResponse:
    """The empty table, with lists to choose from."""
    return empty_form("petugas-desa", COLUMNS, CHOICES)


@never_cache
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """How far the letters are; the page looks again by itself until they are done."""
    load = _own_load(request, code)
    printing.forget_old()
    mine = code in request.session.get(OF_THIS_SESSION, [])
    progress = printing.go_on(load, reverse) if mine else None
    context = {"load": load, "progress": progress, "mine": mine, "example": person_of(request).example}
    return render(request, "registry/onboarding_letters.html", context)


@never_cache
def print_letters(request: HttpRequest, code: str) -> HttpResponse:
    """The file, to the officer and in the session that took the villages in; each time a line of the journal."""
    load = _own_load(request, code)
    mine = code in request.session.get(OF_THIS_SESSION, [])
    if request.method != "POST" or not mine or not printing.go_on(load, reverse).complete:
        return redirect("page.onboarding_letters", code=code)
    actions.print_letters(by=by(request), load=load)
    answer = HttpResponse(printing.whole(load), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="surat-akses-{load.code}.pdf"'
    return answer


def _own_load(request: HttpRequest, code: str) -> OnboardingLoad:
    person = person_of(request)
    return get_object_or_404(loads_visible_to(person).filter(loaded_by=person.code), code=code)


def _place(request: HttpRequest) -> Region:
    """The district or regency in which this person may take villages in."""
    person: Person = person_of(request)
    held: list[Any] = [office.region for office in person.offices if office.region is not None and not office.party]
    place = next((each for each in held if may_open(person, "registry.onboard_villages", each.reach())), None)
    if place is None:
        raise Http404
    return place
