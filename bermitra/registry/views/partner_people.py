"""The people who act for a partner, and how it brings in one more without the regency."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.people import actions
from bermitra.foundation.people.rows import appointment_rows
from bermitra.registry.forms.people import Colleague
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import with_merged
from bermitra.registry.views.common import partner_at


def partner_people(request: HttpRequest, code: str) -> HttpResponse:
    partner, back = partner_at(request, code)
    person = person_of(request)
    if not may_open(person, "registry.admit_person", partner.reach()) and not _of_its_own(request, partner.code):
        raise PermissionDenied
    today = clock.today()
    codes = Partner.objects.filter(pk__in=with_merged(partner)).values("code")
    found = Appointment.objects.filter(party__in=codes).select_related("person", "region")
    held = found.in_force(today).order_by("person__full_name", "pk")
    context = {
        "partner": partner,
        "file": back,
        "held": appointment_rows(held),
        "waiting": appointment_rows(found.filter(state=Appointment.State.PROPOSED).order_by("pk")),
        "earlier": appointment_rows(
            found.exclude(pk__in=held.values("pk")).exclude(state=Appointment.State.PROPOSED).order_by("-until", "-pk")
        ),
        "may_propose": may_open(person, "accounts.propose_colleague", partner.reach()),
        "may_empower": may_open(person, "accounts.record_mandate", partner.reach()),
    }
    return render(request, "registry/partner_people.html", context)


def _of_its_own(request: HttpRequest, code: str) -> bool:
    return any(office.party == code for office in person_of(request).offices)


def propose_colleague(request: HttpRequest, code: str) -> HttpResponse:
    partner, _file = partner_at(request, code)
    form = Colleague(**typed_in(request))
    region = partner.registered_in
    return act_page(
        request,
        form,
        lambda: actions.propose_colleague(by=by(request), party=partner, region=region, **form.cleaned_data),
        heading=_("Tambahkan orang mitra"),
        lede=_("Penanda tangan lain mengesahkannya. Surat aksesnya dicetak kantor kabupaten."),
        verb=_("Usulkan orang ini"),
        says=_("Usulan tersimpan dan menunggu pengesahan penanda tangan."),
        back=reverse("page.partner_people", kwargs={"code": code}),
    )
