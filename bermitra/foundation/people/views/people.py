"""The regency's counter: who is known, which offices each holds and held."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.forms import Enrol, Find
from bermitra.foundation.accounts.models import Appointment, Assistance, HandOver
from bermitra.foundation.accounts.queries import (
    DROPPED,
    issuing_facts,
    newest_letter,
    people_visible_to,
    reading_findings,
)
from bermitra.foundation.accounts.rules import ISSUING
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.people import actions, queries
from bermitra.foundation.people.forms import Further
from bermitra.foundation.people.rows import appointment_rows, assistance_rows
from bermitra.foundation.rules import examine, unmet

PAGE = 50


def people(request: HttpRequest) -> HttpResponse:
    form = Find(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = people_visible_to(person_of(request)).exclude(DROPPED)
    if text:
        found = found.filter(Q(full_name__icontains=text) | Q(username__icontains=text))
    page = list(found.order_by("full_name", "pk").select_related("region")[: PAGE + 1])
    context = {"form": form, "people": page[:PAGE], "more": len(page) > PAGE, "text": text}
    return render(request, "people/people.html", context)


def person(request: HttpRequest, code: str) -> HttpResponse:
    someone = get_object_or_404(people_visible_to(person_of(request)), code=code)
    today = clock.today()
    held = list(Appointment.objects.filter(person=someone).select_related("region", "person").order_by("-since", "-pk"))
    counts = [each for each in held if each.state in Appointment.HOLDING and each.since <= today <= each.until]
    open_ones = [each for each in held if each in counts or each.state == Appointment.State.PROPOSED]
    letter, reader = newest_letter(someone), person_of(request).code
    context = {
        "someone": someone,
        "offices": appointment_rows(open_ones),
        "earlier": appointment_rows(each for each in held if each not in open_ones),
        "clashes": _clashes(counts),
        "hand_overs": HandOver.objects.filter(
            Q(predecessor__person=someone) | Q(successor__person=someone)
        ).select_related("predecessor__person", "successor__person"),
        "assistances": assistance_rows(
            Assistance.objects.filter(helper=someone).select_related("village", "helper").order_by("-pk")
        ),
        "letter": letter,
        "opens": letter is not None and letter.is_good(clock.now()) and not unmet(reading_findings(letter, reader)),
        "another_prints": bool(unmet(examine(ISSUING, issuing_facts(someone, reader)))),
        "now": clock.now(),
    }
    return render(request, "people/person.html", context)


def _clashes(held: list[Appointment]) -> list[tuple[str, queries.Clash]]:
    """Each two offices of one person that clash, once."""
    found: dict[frozenset[str], tuple[str, queries.Clash]] = {}
    for each in held:
        beside = [one for one in held if one.region_id and one.region_id == each.region_id and one.pk != each.pk]
        for clash in queries.clashes_with(each.role, beside):
            found.setdefault(frozenset((each.called, clash.office)), (each.called, clash))
    return list(found.values())


def enrol(request: HttpRequest) -> HttpResponse:
    form = Enrol(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/enrol.html", {"form": form}, status=422 if form.is_bound else 200)
    office = actions.enrol(by=by(request), **form.cleaned_data)
    letter = newest_letter(office.person)
    if letter is None:
        messages.success(request, _("Usulan tersimpan. Petugas lain mengesahkannya, lalu mencetak surat aksesnya."))
        return redirect("page.appointment", code=office.pk)
    return redirect("page.access_letter", code=letter.code)


def enrol_further(request: HttpRequest, code: str) -> HttpResponse:
    someone = get_object_or_404(people_visible_to(person_of(request)), code=code)
    form = Further(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.enrol_further(by=by(request), person=someone, **form.cleaned_data),
        heading=_("Tambah jabatan"),
        lede=_("Untuk %(name)s. Langsung berlaku; jabatan di tingkat kabupaten menunggu pengesahan petugas lain.")
        % {"name": someone.full_name},
        verb=_("Catat jabatan"),
        says=_("Jabatan tercatat."),
        back=reverse("page.person", kwargs={"code": code}),
    )
