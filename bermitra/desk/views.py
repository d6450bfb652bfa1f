"""Perlu Anda kerjakan: the first page after signing in."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.queries import letters_told_to
from bermitra.foundation.accounts.who import person_of


def work_box(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    context = {
        "offices": person.offices,
        "offices_of_regency": any(office.role == roles.DPMD_OFFICER.key for office in person.offices),
        "letters": letters_told_to(person)[:5],
        "second_factor": is_mfa_enabled(person),
    }
    return render(request, "desk/work_box.html", context)
