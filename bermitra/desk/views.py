"""Perlu Anda kerjakan: the first page after signing in."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.queries import letters_told_to


def work_box(request: HttpRequest) -> HttpResponse:
    context = {
        "offices": request.user.offices,
        "offices_of_regency": any(office.role == roles.DPMD_OFFICER.key for office in request.user.offices),
        "letters": letters_told_to(request.user)[:5],
        "second_factor": is_mfa_enabled(request.user),
    }
    return render(request, "desk/work_box.html", context)
