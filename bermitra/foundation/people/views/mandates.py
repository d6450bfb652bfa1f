"""Letters of power, and one's own telephone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Mandate
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents.handing import download
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import act_page, content_of, render, typed_in
from bermitra.foundation.people import actions, queries
from bermitra.foundation.people.forms import Contact, Empower


def record_mandate(request: HttpRequest) -> HttpResponse:
    """The givers on offer are those who sign for one's own village or partner today."""
    person = person_of(request)
    givers = [
        each for each in queries.signing_offices(person) if may_open(person, "accounts.record_mandate", each.reach())
    ]
    if not givers:
        return render(request, "people/no_giver.html")
    form = Empower(**typed_in(request), givers=givers)

    def does() -> Mandate:
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        recorded: Mandate = actions.record_mandate(by=by(request), **given)
        return recorded

    return act_page(
        request,
        form,
        does,
        heading=_("Catat surat kuasa"),
        lede=_("Penanda tangan memberi kuasa tertulis kepada orang lain dari pihak yang sama."),
        verb=_("Catat surat kuasa"),
        says=_("Surat kuasa tercatat dan menunggu pengesahan orang lain dari pihak Anda."),
        back=reverse("page.work_box"),
        go=lambda done: reverse("page.appointment", kwargs={"code": done.appointment_id}),
    )


def mandate_file(request: HttpRequest, code: str) -> HttpResponse:
    seen = queries.appointments_visible_to(person_of(request)).values("pk")
    found = get_object_or_404(Mandate.objects.select_related("file"), code=code, appointment__in=seen)
    return download(found.file)


def change_contact(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = Contact(**typed_in(request), person=person, initial={"phone": person.phone, "email": person.email})
    hours = queries.contact_facts(person, person.region_id or "").contact_change_cooling_hours
    return act_page(
        request,
        form,
        lambda: actions.change_contact(by=by(request), person=person, **form.cleaned_data),
        heading=_("Ganti nomor atau surel"),
        lede=_("Sesudah diganti, tanda tangan elektronik menunggu %(n)s jam. Anda dan rekan sekantor diberi tahu.")
        % {"n": hours},
        verb=_("Simpan nomor dan surel"),
        says=_("Nomor dan surel tersimpan."),
        back=reverse("page.my_data"),
    )
