"""Who is there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, queries
from bermitra.deliberation.elements import PRIVATE
from bermitra.deliberation.forms import (
    Attendance,
    Participant,
    PersonForm,
)
from bermitra.deliberation.models import (
    Attendee,
)
from bermitra.deliberation.views.common import (
    about,
    asked,
    done,
    meeting_at,
    sent,
)
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.pages import render


def attendance(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    private = any(office.role in queries.CLERKS for office in person_of(request).offices)
    lines = list(held.attendees.order_by("observer", "hamlet", "name", "pk"))
    for each in lines:
        shown = [c for c in each.elements if private or c not in PRIVATE]
        each.said = ", ".join(queries.element_name(c) for c in shown)  # type: ignore[attr-defined]
    context = {"meeting": held, "example": held.example, "lines": lines, "here": queries.presence(held)}
    return render(request, "deliberation/attendance.html", context)


def record_attendance(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    lines = held.attendees.order_by("hamlet", "name", "pk")
    form = Attendance(request.POST or None, lines=lines, session=held.session)
    if sent(request, form):
        actions.record_attendance(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Kehadiran tersimpan."))
    lede = _("Tandai semua yang menandatangani lembar sidang ini. Yang tidak ditandai dianggap tidak hadir.")
    return about(request, held, form, _("Catat kehadiran"), _("Simpan kehadiran"), lede=lede)


def add_attendee(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    early = held.state == "planned"
    form = (PersonForm if early else Participant)(request.POST or None)
    if sent(request, form):
        more = {} if early else {name: form.cleaned_data[name] for name in ("observer", "mark")}
        actions.add_attendee(by=by(request), meeting=held, who=form.who(), **more)
        return done(request, held, _("%(name)s masuk daftar.") % {"name": form.cleaned_data["name"]})
    title = _("Tambah yang diundang") if early else _("Tambah yang hadir tanpa undangan")
    return about(request, held, form, title, _("Simpan"))


def complete_attendee(request: HttpRequest, code: str) -> HttpResponse:
    seen = queries.meetings_visible_to(person_of(request))
    line = get_object_or_404(Attendee.objects.select_related("meeting"), code=code, meeting__in=seen)
    initial = {name: getattr(line, name) for name in ("name", "sex", "hamlet", "elements", "poor")}
    form = PersonForm(request.POST or None, initial=initial)
    if sent(request, form):
        actions.complete_attendee(by=by(request), attendee=line, who=form.who())
        messages.success(request, _("Baris daftar hadir tersimpan."))
        return redirect("page.attendance", code=line.meeting.code)
    back = reverse("page.attendance", args=[line.meeting.code])
    return asked(request, form, title=line.name, verb=_("Simpan baris"), back=back, example=line.meeting.example)
