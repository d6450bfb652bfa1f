"""Perlu Anda kerjakan: the first page after signing in."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from bermitra.desk import box
from bermitra.desk.box import address, own_line, starts, waiting_line
from bermitra.desk.case import (
    GIVEN_UP,
    STEP,
    case_for,
    checks,
    doors_of,
    due,
    facts,
    history,
    preparing,
    remedies,
    rooms,
)
from bermitra.desk.forms import Narrow
from bermitra.desk.queries import counted, narrowed
from bermitra.foundation.accounts.queries import letters_told_to
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.duties.queries import duties_for, later_than, may_open, waited_for
from bermitra.foundation.messages.queries import notices_for, unread_count
from bermitra.partnership.queries import term_sheet

PAGE = 20
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
    held, asked = term_sheet(one), checks(one, person)
    waits, doors = due(one, person, today), doors_of(one, person, asked)
    context = {
        "case": one,
        "label": one.label,
        "example": one.example,
        "next": waits.next,
        "steps": [*doors.onward, *waits.waiting],
        "leaving": doors.leaving,
        "step": 0 if one.state in GIVEN_UP else STEP[one.phase],
        "preparing": preparing(one, person, held),
        "findings": [each for group in asked.values() for each in group],
        "acts": remedies(one, person, asked),
        "facts": facts(one, held),
        "rooms": rooms(one, person),
        "history": history(one),
        "note_url": address("partnership.note", code) if may_open(person, "partnership.note", one.reach()) else "",
    }
    return render(request, "desk/case.html", context)
