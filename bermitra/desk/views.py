"""Perlu Anda kerjakan: the first page after signing in."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from bermitra.agreements.villages.queries import gone_from
from bermitra.desk import box, villages
from bermitra.desk.box import address, own_line, starts, waiting_line
from bermitra.desk.case import (
    case_for,
    checks,
    consent_note,
    doors_of,
    due,
    facts,
    history,
    preparing,
    records_of,
    remedies,
    rooms,
)
from bermitra.desk.forms import Narrow, VillagesAsked
from bermitra.desk.queries import counted, narrowed
from bermitra.desk.villages import Asked
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.accounts.queries import letters_told_to
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.sheets import xlsx
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.duties.queries import duties_for, later_than, may_open, waited_for
from bermitra.foundation.messages.queries import notices_for, unread_count
from bermitra.foundation.pages import render
from bermitra.partnership.queries import term_sheet
from bermitra.partnership.rules import GIVEN_UP, STEP

PAGE = 20
VILLAGE_CODE = 13  # letters of a village's code
SOME = 5


def work_box(request: HttpRequest) -> HttpResponse:
    """``?waktu=`` and ``?wilayah=`` narrow one's own duties, ``?setelah=`` goes on behind one of them."""
    person, today = person_of(request), clock.today()
    narrow = Narrow(request.GET, places={o.region.code: o.region.name for o in person.offices if o.region})
    chosen = narrow.chosen()
    mine = narrowed(duties_for(person), chosen, today)
    last = Duty.objects.filter(code=request.GET["setelah"]).first() if "setelah" in request.GET else None
    page = list((later_than(mine, last) if last else mine)[: PAGE + 1])
    total, late = counted(mine, today)
    waiting = list(waited_for(person, today)[: PAGE + 1])
    context = {
        "narrow": narrow,
        "chosen": chosen,
        "lines": [own_line(each, person, today) for each in page[:PAGE]],
        "more": _next(chosen, page[PAGE - 1]) if len(page) > PAGE else "",
        "total": total,
        "late": late,
        "behind": bool(last),
        "waiting": [waiting_line(each, person, today) for each in waiting[:PAGE]],
        "waiting_more": len(waiting) > PAGE,
        "notices": notices_for(person)[:SOME],
        "unread": unread_count(person),
        "offices": person.offices,
        "letters": letters_told_to(person)[:SOME],
        "starts": starts(person),
        "rooms": box.rooms(person),
        "second_factor": is_mfa_enabled(person),
    }
    return render(request, "desk/work_box.html", context)


def _next(chosen: dict[str, str], last: Duty) -> str:
    return f"{reverse('page.work_box')}?{urlencode({**chosen, 'setelah': last.code})}"


def case(request: HttpRequest, code: str) -> HttpResponse:
    person, today = person_of(request), clock.today()
    one = get_object_or_404(case_for(person), code=code)
    held, about = term_sheet(one), records_of(one)
    asked = checks(one, person, held)
    waits, doors, gone = due(about, person, today), doors_of(one, person, asked), gone_from(one)
    context = {
        "case": one,
        "label": one.label,
        "example": one.example,
        "next": waits.next,
        "steps": [*(() if gone else doors.onward), *waits.waiting],  # nobody signs for a village that is gone
        "leaving": doors.leaving,
        "step": 0 if one.state in GIVEN_UP else STEP[one.phase],
        "preparing": preparing(one, person, held),
        "findings": [each for group in asked.values() for each in group],
        "acts": remedies(one, person, asked),
        "facts": facts(one, held, today),
        "consent": consent_note(one),
        "gone": gone,
        "rooms": rooms(one, person),
        "history": history(one, about),
        "note_url": address("partnership.note", code) if may_open(person, "partnership.note", one.reach()) else "",
    }
    return render(request, "desk/case.html", context)


def village_list(request: HttpRequest) -> HttpResponse | FileResponse:
    """The villages of the officer's district or regency; who serves one village goes straight to its file."""
    place = next(
        (each for each in person_of(request).offices if each.region_id and not each.party and _lists(each)), None
    )
    if place is None:
        raise PermissionDenied
    code = str(place.region_id)
    if len(code) == VILLAGE_CODE:
        return redirect("page.village_file", code=code)
    form = VillagesAsked(request.GET, districts=villages.districts_of(code))
    asked, start = form.asked(), _start(request)
    if request.GET.get("bentuk") == "xlsx":
        return xlsx(f"desa-{code}", "Desa", villages.COLUMNS, villages.file_rows(code, asked))
    rows = villages.found(code, asked)
    page = list(rows.values_list("pk", flat=True)[start : start + villages.PAGE + 1])
    context = {
        "place": place.region,
        "form": form,
        "chosen": asked != Asked(),
        "total": rows.count(),
        "columns": villages.heads(),
        "rows": villages.table_rows(villages.whole(page[: villages.PAGE], villages.newest_year(code))),
        "file": form.address(bentuk="xlsx"),
        "previous": form.address(mulai=max(start - villages.PAGE, 0)) if start else "",
        "next": form.address(mulai=start + villages.PAGE) if len(page) > villages.PAGE else "",
    }
    return render(request, "desk/village_list.html", context)


def _lists(office: Appointment) -> bool:
    """Whether this office opens the list."""
    return table()["page.village_list"].scope_of(office.role) is not None


def _start(request: HttpRequest) -> int:
    """Where the page begins; anything that is no number is the beginning."""
    typed = request.GET.get("mulai", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
