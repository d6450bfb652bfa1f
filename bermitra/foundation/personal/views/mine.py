"""One's own data: what is held, who looked, what was allowed; take it along, take it back."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.accounts.queries import newest_letter
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.personal import actions, rules
from bermitra.foundation.personal.breaches import announced, told_to
from bermitra.foundation.personal.export import bundle
from bermitra.foundation.personal.forms import Allow, KeepIdentityScan, KeepNik
from bermitra.foundation.personal.models import DataConsent, Kind, NumberCase, PersonalValue
from bermitra.foundation.personal.queries import (
    consents_of,
    erasure_facts,
    kept_of,
    looks_at,
    offices_of_a_life,
    open_request,
    signs,
    traces_of,
)
from bermitra.foundation.rules import Finding, Refused, examine

SOME = 20


def privacy(request: HttpRequest) -> HttpResponse:
    """For everybody: what is asked of whom, why, for how long, and what one may demand."""
    numbers = standing("").numbers
    context = {
        "digits": numbers["nik_visible_digits"],
        "hours": numbers["consent_withdrawal_hours"],
        "years": numbers["archive_retention_years"],
        "backup_days": BACKUP_DAYS,
        "notice_hours": numbers["data_breach_notice_hours"],
        "breaches": announced(SOME),
    }
    return render(request, "personal/privacy.html", context)


@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    kept = kept_of(me)
    context = {
        "me": me,
        "offices": [_office(each) for each in offices_of_a_life(me)],
        "kept": kept,
        "signs": signs(me),
        "missing": {Kind.NIK, Kind.IDENTITY_SCAN} - {each.value.kind for each in kept},
        "looks": looks_at(me)[:SOME],
        "consents": consents_of(me),
        "letter": newest_letter(me),
        "traces": traces_of(me),
        "erasure": open_request(me),
        "breaches": told_to(me),
    }
    return render(request, "personal/my_data.html", context)


def _office(held: Appointment) -> tuple[Appointment, str, str]:
    """An office with how it stands today, in a word and as the kind of its badge."""
    today = clock.today()
    counts = held.state == Appointment.State.CONFIRMED and held.until >= today
    return held, held.stands(today), "ok" if counts else "idle"


@sensitive_post_parameters("nik")
@never_cache
def keep_nik(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    form = KeepNik(request.POST or None)

    def does() -> None:
        number, agreed = Secret(form.cleaned_data["nik"]), form.cleaned_data["agreed"]
        answer = actions.keep_nik(by=by(request), person=me, number=number, agreed=agreed)
        if isinstance(answer, NumberCase):
            raise Refused([Finding(rules.number_is_of_one_person, holds=False)])

    said = _("NIK tersimpan, terkunci untuk Anda.")
    return act_page(request, form, does, "personal/keep_nik.html", says=said, go="page.my_data", **_asked(me))


@never_cache
def keep_identity_scan(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    form = KeepIdentityScan(**typed_in(request))

    def does() -> None:
        picture, agreed = form.cleaned_data["picture"], form.cleaned_data["agreed"]
        actions.keep_identity_scan(by=by(request), person=me, picture=picture, agreed=agreed)

    said = _("Foto KTP tersimpan, terkunci untuk Anda.")
    return act_page(request, form, does, "personal/keep_identity_scan.html", says=said, go="page.my_data", **_asked(me))


@never_cache
def my_value(request: HttpRequest, code: str) -> HttpResponse:
    """Written out in full, to its owner only."""
    return render(request, "personal/my_value.html", shown_in_full(_mine(request, code)))


def remove_value(request: HttpRequest, code: str) -> HttpResponse:
    value = _mine(request, code)
    form = forms.Form(**typed_in(request))

    def does() -> None:
        actions.remove_value(by=by(request), value=value)

    said = _("Data itu sudah dihapus.")
    return act_page(request, form, does, "personal/remove_value.html", says=said, go="page.my_data", value=value)


@never_cache
def export_my_data(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    if request.method != "POST":
        return render(request, "personal/export.html", {"me": me})
    actions.export_my_data(by=by(request), person=me)
    head = {"Content-Disposition": f'attachment; filename="data-saya-{me.username}.zip"'}
    return HttpResponse(bundle(me, clock.now()), content_type="application/zip", headers=head)


def record_data_consent(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    form = Allow(request.POST or None)

    def does() -> None:
        actions.record_data_consent(by=by(request), person=me, purpose=form.cleaned_data["purpose"])

    said = _("Izin tercatat. Anda boleh menariknya kapan saja.")
    return act_page(request, form, does, "personal/record_data_consent.html", says=said, go="page.my_data")


def withdraw_data_consent(request: HttpRequest, code: str) -> HttpResponse:
    me = person_of(request)
    consent = get_object_or_404(DataConsent.objects.filter(person=me, withdrawn_at=None), code=code)
    hours = standing(me.region_id or "").numbers["consent_withdrawal_hours"]
    form = forms.Form(**typed_in(request))

    def does() -> None:
        actions.withdraw_data_consent(by=by(request), consent=consent)

    return act_page(
        request, form, does, "personal/withdraw_data_consent.html", says=_("Izin ditarik."), go="page.my_data",
        consent=consent, hours=hours,
    )  # fmt: skip


def request_erasure(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    form = forms.Form(**typed_in(request))

    def does() -> None:
        actions.request_erasure(by=by(request), person=me)

    context = {"findings_now": examine((rules.nothing_is_left_open,), erasure_facts(me, told=False)), **what_stays(me)}
    said = _("Permintaan terkirim kepada kantor kabupaten.")
    return act_page(request, form, does, "personal/request_erasure.html", says=said, go="page.my_data", **context)


def withdraw_erasure_request(request: HttpRequest) -> HttpResponse:
    asked = open_request(person_of(request))
    if asked is None:
        messages.info(request, _("Tidak ada permintaan penghapusan yang berjalan."))
        return redirect("page.my_data")
    form = forms.Form(**typed_in(request))

    def does() -> None:
        actions.withdraw_erasure_request(by=by(request), request=asked)

    said = _("Permintaan penghapusan dibatalkan.")
    return act_page(request, form, does, "personal/withdraw_erasure_request.html", says=said, go="page.my_data")


def what_stays(person: Person) -> dict[str, Any]:
    """For the sentence on what an erasure leaves, and for how long."""
    return {"years": standing(person.region_id or "").numbers["archive_retention_years"], "backup_days": BACKUP_DAYS}


BACKUP_DAYS = 35  # after which an operator deletes a backup (docs/operating.md)


def shown_in_full(value: PersonalValue) -> dict[str, Any]:
    """A number as it is, a picture as a ``data:`` address: it has no address of its own."""
    content = value.opened()
    if value.kind == Kind.IDENTITY_SCAN:
        return {"value": value, "picture": f"data:{value.media_type};base64,{b64encode(content).decode()}"}
    return {"value": value, "number": content.decode()}


def _mine(request: HttpRequest, code: str) -> PersonalValue:
    own = PersonalValue.objects.filter(key__person=person_of(request)).select_related("key__person")
    return get_object_or_404(own, code=code)


def _asked(me: Person) -> dict[str, Any]:
    """Only a signatory is asked; to everybody else the page says why not."""
    facts = rules.NeedFacts(nik_given=True, purpose=rules.SIGNATORY_IDENTITY if signs(me) else "", basis_recorded=True)
    return {"signs": signs(me), "findings_now": examine((rules.personal_data_needed,), facts)}
