"""An office passes on: what goes over, to whom, and the paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import HandOver
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.handing import download
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.people import actions, queries
from bermitra.foundation.people.forms import PassOn
from bermitra.foundation.people.letters import hand_over_paper
from bermitra.foundation.people.rules import HANDING_OVER
from bermitra.foundation.people.views.offices import appointment_for
from bermitra.foundation.rules import examine


def hand_over(request: HttpRequest, code: int) -> HttpResponse:
    office, person = appointment_for(request, code), person_of(request)
    back = reverse("page.appointment", kwargs={"code": office.pk})
    offered = queries.successors(office)
    role = queries.role_at(person, "accounts.hand_over", office.reach(), office.office.given_by)
    others = [each.person.code for each in offered]
    if not offered and request.method != "POST":
        return render(request, "people/no_successor.html", {"office": office, "back": back})
    form = PassOn(**typed_in(request), offered=offered)

    def does() -> HandOver:
        knock, given = by(request), form.cleaned_data
        paper = hand_over_paper(office, given["successor"], key=knock.key, dated=clock.today(), note=given["note"])
        done: HandOver = actions.hand_over(
            by=knock, predecessor=office, successor=given["successor"], paper=paper, note=given["note"]
        )
        return done

    return act_page(
        request,
        form,
        does,
        "people/act.html",
        heading=_("Serah terima jabatan"),
        lede=_("%(name)s, %(office)s. Tugas dan berkas di tangannya berpindah sekaligus; jabatannya berakhir.")
        % {"name": office.person.full_name, "office": office.called},
        verb=_("Serahkan dan buat berita acara"),
        says=_("Serah terima tercatat. Cetak berita acaranya untuk ditandatangani."),
        back=back,
        go=lambda done: reverse("page.hand_over", kwargs={"code": done.code}),
        passing=queries.passing(office),
        findings=examine(HANDING_OVER, queries.handing_facts(office, person.code, role, others)),
    )


def hand_over_page(request: HttpRequest, code: str) -> HttpResponse:
    done = get_object_or_404(queries.hand_overs_visible_to(person_of(request)), code=code)
    return render(request, "people/hand_over.html", {"done": done})


def hand_over_pdf(request: HttpRequest, code: str) -> HttpResponse:
    done = get_object_or_404(queries.hand_overs_visible_to(person_of(request)), code=code)
    return download(done.paper.file)
