"""Opening a session, putting it off, and the second one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, letters, queries
from bermitra.deliberation.forms import (
    Adjourning,
    Opening,
    OpeningAgain,
    Sure,
)
from bermitra.deliberation.views.common import about, done, meeting_at, remedies
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import sent
from bermitra.foundation.rules import Refused, unmet


def open_session(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    form = Opening(request.POST or None, initial={"chair": person_of(request).full_name})
    if sent(request, form):
        actions.open_session(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Sidang dibuka."))
    more = {
        "findings": queries.checks(held, clock.today(), by=person_of(request).code),
        "acts": remedies(person_of(request), held),
    }
    return about(request, held, form, _("Buka sidang"), _("Buka sidang"), **more)


def postpone(request: HttpRequest, code: str) -> HttpResponse:
    held, form = meeting_at(request, code), Sure(request.POST or None)
    if request.method == "POST":
        actions.postpone(by=by(request), meeting=held)
        return done(request, held, _("Sidang ditunda menunggu peserta lain."))
    hours = standing(held.village_id).numbers["musyawarah_wait_hours"]
    lede = _("Paling lama %(hours)s jam pada hari yang sama. Setelah itu jadwalkan sidang kedua.") % {"hours": hours}
    findings = queries.failing_checks(held, clock.today()) if held.state == "invited" else ()
    return about(request, held, form, _("Tunda menunggu kuorum?"), _("Tunda sidang"), lede=lede, findings=findings)


def adjourn(request: HttpRequest, code: str) -> HttpResponse:
    held, form = meeting_at(request, code), Adjourning(request.POST or None)
    if sent(request, form):
        if held.state == "waiting_quorum" and (refused := unmet(queries.failing_checks(held, clock.today()))):
            raise Refused(refused)
        knock, given = by(request), form.cleaned_data
        sheet = letters.blank_sheet_paper(held, key=knock.key, dated=clock.today(), **given)
        actions.adjourn(by=knock, meeting=held, sheet=sheet, **given)
        return done(request, held, _("Sidang kedua dijadwalkan."))
    days = standing(held.village_id).numbers["musyawarah_second_session_days"]
    lede = _("Sidang kedua pada hari lain, paling lambat %(days)s hari lagi, dan sah dengan peserta yang hadir.") % {
        "days": days
    }
    findings = queries.failing_checks(held, clock.today()) if held.state == "waiting_quorum" else ()
    return about(request, held, form, _("Jadwalkan sidang kedua"), _("Jadwalkan"), lede=lede, findings=findings)


def open_second_session(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    initial = {"chair": person_of(request).full_name, "held_on": held.held_on}
    form = OpeningAgain(request.POST or None, initial=initial)
    if sent(request, form):
        actions.open_second_session(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Sidang kedua dibuka."))
    findings = queries.checks(held, clock.today(), by=person_of(request).code)
    return about(request, held, form, _("Buka sidang kedua"), _("Buka sidang kedua"), findings=findings)
