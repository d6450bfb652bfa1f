"""Many villages from one table: hand it over, see what was understood, save, have a camat's confirmed, print the letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.codes import show_phone
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.workbooks import Sheet, empty_form, to_mend
from bermitra.foundation.rules import examine
from bermitra.foundation.text import _ as marked
from bermitra.registry import actions, printing
from bermitra.registry.forms import Reason
from bermitra.registry.forms.onboarding import CHOICES, COLUMNS, SALT, Held, Read, Upload, read
from bermitra.registry.models import OnboardingLoad
from bermitra.registry.queries.onboarding import confirming_asked, load_of_file, loads_visible_to, offices_of
from bermitra.registry.rules import ONBOARDING_LABELS
from bermitra.registry.views.common import open_doors

SHOWN = 20
PAGE = 100
DISTRICT = 3
WAYS = {"waiting": "fix", "confirmed": "ok", "declined": "idle"}
DOORS = ("registry.confirm_load", "registry.decline_load")
OF_THIS_SESSION = "letters_of_loads"
OFFICE_HEADS = (
    marked("Desa"),
    marked("Petugas"),
    marked("Jabatan"),
    marked("Surat keputusan"),
    marked("Masa jabatan"),
    marked("Keadaan"),
)
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
    if load.state == "waiting":
        messages.success(request, _("Tabel terkirim. Jabatannya berlaku setelah dinas memeriksa surat keputusannya."))
        return redirect("page.onboarding_load", code=load.code)
    return redirect(_letters_of_this_session(request, load))


def _letters_of_this_session(request: HttpRequest, load: OnboardingLoad) -> str:
    """From now on this session, and no other, may print the letters of the load."""
    request.session[OF_THIS_SESSION] = [*request.session.get(OF_THIS_SESSION, []), load.code]
    return reverse("page.onboarding_letters", args=[load.code])


def _first_page(request: HttpRequest, place: Region, form: Upload) -> HttpResponse:
    loads = [_load_line(each) for each in loads_visible_to(person_of(request))[:SHOWN]]
    context = {"form": form, "place": place, "loads": loads, "waits": place.level == DISTRICT}
    return render(request, "registry/onboarding.html", context, status=422 if form.is_bound else 200)


def _load_line(load: OnboardingLoad) -> dict[str, str]:
    count = _("%(n)s petugas dari %(villages)s desa") % {"n": load.people, "villages": load.villages}
    skipped = (
        ngettext("%(n)s baris dilewati", "%(n)s baris dilewati", load.skipped) % {"n": load.skipped}
        if load.skipped
        else ""
    )
    day = date_format(localdate(load.loaded_at), "j F Y")
    return {
        "title": load.file_name,
        "url": reverse("page.onboarding_load", args=[load.code]),
        "small": " · ".join(filter(None, (day, load.region.name, count, skipped))),
        "state": _(ONBOARDING_LABELS[load.state]),
        "kind": WAYS[load.state],
    }


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
        "waits": place.level == DISTRICT,
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


# A camat's table --------------------------------------------------------------------------------------------------------
def onboarding_load(request: HttpRequest, code: str) -> HttpResponse:
    """What a load holds and how it stands; ``?hal=`` turns the pages of a long one."""
    load = get_object_or_404(loads_visible_to(person_of(request)), code=code)
    offices = Paginator(offices_of(load), PAGE).get_page(request.GET.get("hal"))
    person = person_of(request)
    context = {
        "load": load,
        "state": _(ONBOARDING_LABELS[load.state]),
        "way": WAYS[load.state],
        "waiting": load.state == "waiting",
        "offices": offices,
        "columns": [_(head) for head in OFFICE_HEADS],
        "rows": [_office_row(each) for each in offices],
        "doors": open_doors(person, DOORS, load, code) if load.state == "waiting" else [],
        "letters": load.state == "confirmed" and code in request.session.get(OF_THIS_SESSION, []),
    }
    return render(request, "registry/onboarding_load.html", context)


def _office_row(office: Appointment) -> list[str]:
    return [
        office.region.name if office.region else "",
        office.person.full_name,
        office.called,
        " · ".join(filter(None, (office.decree, long_date(office.decree_on) if office.decree_on else ""))),
        f"{long_date(office.since)} – {long_date(office.until)}",
        office.stands(clock.today()),
    ]


def _waiting(request: HttpRequest, code: str) -> tuple[OnboardingLoad, str]:
    load = get_object_or_404(loads_visible_to(person_of(request)), code=code)
    return load, reverse("page.onboarding_load", args=[code])


def confirm_load(request: HttpRequest, code: str) -> HttpResponse:
    load, back = _waiting(request, code)
    asked = confirming_asked(load, person_of(request).code, clock.today()) if load.state == "waiting" else []
    held = standing(load.region_id)
    return act_page(
        request,
        forms.Form(**typed_in(request)),
        lambda: actions.confirm_load(by=by(request), load=load),
        heading=_("Sahkan tabel petugas?"),
        lede=_(
            "Anda menyatakan sudah mencocokkan %(n)s jabatan dengan surat keputusannya. Jabatannya langsung berlaku."
        )
        % {"n": load.people},
        verb=_("Sahkan dan buat surat akses"),
        says=_("Tabel disahkan. Cetak surat aksesnya sekarang."),
        back=back,
        kicker=load.region.name,
        findings=[each for rules, facts in asked for each in examine(rules, facts, held)],
        go=lambda confirmed: _letters_of_this_session(request, confirmed),
    )


def decline_load(request: HttpRequest, code: str) -> HttpResponse:
    load, back = _waiting(request, code)
    form = Reason(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.decline_load(by=by(request), load=load, **form.cleaned_data),
        heading=_("Tolak tabel petugas"),
        lede=_("Tidak satu pun jabatan dalam tabel ini berlaku. Camat membaca alasannya."),
        verb=_("Tolak tabel"),
        says=_("Tabel ditolak. Camat diberi tahu."),
        back=back,
        kicker=load.region.name,
        go=back,
    )


# Letters ----------------------------------------------------------------------------------------------------------------
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
    """A load whose letters came of an act of this person: of the own table, or of confirming a camat's."""
    person = person_of(request)
    own = Q(loaded_by=person.code, proposed=False) | Q(decision__by=person.code, decision__confirmed=True)
    return get_object_or_404(loads_visible_to(person).filter(own), code=code)


def _place(request: HttpRequest) -> Region:
    """The district or regency in which this person may take villages in."""
    person: Person = person_of(request)
    held: list[Any] = [office.region for office in person.offices if office.region is not None and not office.party]
    place = next((each for each in held if may_open(person, "registry.onboard_villages", each.reach())), None)
    if place is None:
        raise Http404
    return place
