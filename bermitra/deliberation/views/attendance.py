"""Who is there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, interests, queries
from bermitra.deliberation.elements import PRIVATE
from bermitra.deliberation.forms import (
    Attendance,
    AttendanceSheets,
    AttendeeLine,
    Participant,
    PersonForm,
)
from bermitra.deliberation.models import (
    Attendee,
    Meeting,
)
from bermitra.deliberation.views.common import about, asked, done, meeting_at, paper_of
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents import files
from bermitra.foundation.documents.handing import shown
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import render, sent


def attendance(request: HttpRequest, code: str) -> HttpResponse:
    person, held = person_of(request), meeting_at(request, code)
    private = any(office.role in queries.CLERKS for office in person.offices)
    lines = list(held.attendees.order_by("observer", "hamlet", "name", "pk"))
    tied = interests.tied_now(held)
    chair = interests.presiding(held, tied)
    for each in lines:
        tie = interests.tie_of(each.name, tied)
        each.tie = "" if each.observer or each.cleared else tie  # type: ignore[attr-defined]
        shown = [c for c in each.elements if private or c not in PRIVATE]
        each.said = ", ".join(queries.element_name(c) for c in shown)  # type: ignore[attr-defined]
    context = {
        "meeting": held,
        "example": held.example,
        "lines": lines,
        "here": queries.presence(held),
        "chair_tied": chair,
        "sheets": _sheets(held) if may_open(person, "page.attendance_sheet", held.reach()) else [],
        "photos": held.sheets.count(),
        "may_photograph": held.state in actions.UNTIL_FINAL,
        "blank": paper_of(held, "attendance_sheet") if held.state in actions.UNTIL_FINAL else None,
        "may_hand": held.state == "in_session" and may_open(person, "deliberation.hand_chair", held.reach()),
    }
    return render(request, "deliberation/attendance.html", context)


def _sheets(held: Meeting) -> list[dict[str, Any]]:
    url = reverse("page.attendance_sheet", args=[held.code])
    kept = held.sheets.select_related("file").order_by("session", "pk")
    return [{"url": f"{url}?sidik={each.file.sha256}", "session": each.session, "at": each.at} for each in kept]


def keep_sheet(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    form = AttendanceSheets(request.POST or None, request.FILES or None, session=held.session)
    if sent(request, form):
        session, safe = form.given()
        sheets = [files.put(each.content, media_type=each.media_type, name=each.name) for each in safe]
        actions.keep_sheet(by=by(request), meeting=held, session=session, sheets=sheets)
        messages.success(request, _("Foto daftar hadir tersimpan."))
        return redirect("page.attendance", code=code)
    lede = _("Foto tersimpan seperti adanya dan tidak dapat diganti. Yang menambah dan waktunya tercatat.")
    return about(request, held, form, _("Simpan foto daftar hadir"), _("Simpan foto"), lede=lede)


def attendance_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A photograph of the signed list: that of the hash in ``?sidik=``, else the newest."""
    held, wanted = meeting_at(request, code), request.GET.get("sidik", "")
    kept = held.sheets.select_related("file").order_by("-pk")
    found = (kept.filter(file__sha256=wanted) if wanted else kept).first()
    if found is None:
        raise Http404
    return shown(found.file, f"daftar-hadir-{code}")


def record_attendance(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    lines = held.attendees.order_by("hamlet", "name", "pk")
    form = Attendance(request.POST or None, lines=lines, session=held.session)
    if sent(request, form):
        actions.record_attendance(by=by(request), meeting=held, **form.cleaned_data)
        if held.attendees.filter(session=held.session, mark=Attendee.Mark.THUMB, helped_by="").exists():
            messages.success(request, _("Kehadiran tersimpan. Tulis siapa yang membantu setiap cap jempol."))
            return redirect("page.attendance", code=code)
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
    asked_of = ("name", "sex", "hamlet", "elements", "poor", "observer", "cleared", "helped_by")
    initial = {name: getattr(line, name) for name in asked_of}
    tie = interests.tie_of(line.name, interests.tied_now(line.meeting))
    asks = {"same_name": tie != "" or line.cleared != "", "thumb": line.mark == Attendee.Mark.THUMB}
    form = AttendeeLine(request.POST or None, initial=initial, **asks)
    if sent(request, form):
        given = {name: form.cleaned_data.get(name) for name in ("observer", "cleared", "helped_by")}
        actions.complete_attendee(by=by(request), attendee=line, who=form.who(), **given)
        messages.success(request, _("Baris daftar hadir tersimpan."))
        return redirect("page.attendance", code=line.meeting.code)
    more: dict[str, Any] = {
        "back": reverse("page.attendance", args=[line.meeting.code]),
        "example": line.meeting.example,
    }
    if tie:
        more["lede"] = _(
            "Nama ini sama dengan nama orang yang berkepentingan pada mitra: jadikan peninjau, atau jelaskan."
        )
    return asked(request, form, title=line.name, verb=_("Simpan baris"), **more)
