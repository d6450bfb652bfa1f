"""Coming into force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bermitra.agreements import actions, queries
from bermitra.agreements import forms as shapes
from bermitra.agreements.views.common import about, agreement_at, back_to_room
from bermitra.foundation.accounts.who import by
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import data_of, sent
from bermitra.partnership.queries import findings


def activate(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    numbers = {
        "village_number": held.village_number,
        "partner_number": held.partner_number,
        "stamp": held.stamp,
        "stamp_serial": held.stamp_serial,
    }
    form = shapes.Activation(data_of(request), initial=numbers)
    if sent(request, form):
        actions.activate(by=by(request), agreement=held, **form.cleaned_data)
        return back_to_room(request, code, _("Perjanjian berlaku. Ringkasannya dapat diumumkan."))
    norms = standing(held.case.village_id)
    asked = queries.activating_asked(held.case, held.village_number, held.partner_number, held.stamp)
    found = findings(asked, norms)
    lede = _("Nomor yang sudah tercetak pada naskah tidak berubah.")
    return about(request, held, form, _("Catat nomor dan berlakukan"), _("Berlakukan"), lede=lede, findings=found)


def publish_summary(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    form = shapes.Summary(data_of(request), initial={"summary": held.summary or queries.plain_summary(held)})
    if sent(request, form):
        actions.publish_summary(by=by(request), agreement=held, **form.cleaned_data)
        return back_to_room(request, code, _("Ringkasan diumumkan."))
    lede = _("Periksa ringkasan yang dibuat dari pasal, lalu umumkan kepada warga.")
    return about(request, held, form, _("Umumkan ringkasan"), _("Umumkan"), lede=lede)
