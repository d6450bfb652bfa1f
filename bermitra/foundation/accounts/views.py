"""Pages about people: fetch, act, say, go."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts import actions, roles
from bermitra.foundation.accounts.forms import Enrol, Find, NewLetter, UseLetter
from bermitra.foundation.accounts.letters import access_letter
from bermitra.foundation.accounts.models import AccessLetter, Appointment
from bermitra.foundation.accounts.queries import newest_letter, people_visible_to
from bermitra.foundation.accounts.throttle import slow_down
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.rules import Refused

PAGE = 50


@never_cache
def use_letter(request: HttpRequest) -> HttpResponse:
    """First access, or a new password: the name and the one-time code on the paper."""
    form = UseLetter(request.POST or None, initial={"login": request.GET.get("nama", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/use_letter.html", {"form": form}, status=422 if form.is_bound else 200)
    slow_down(request, form.cleaned_data["login"])
    password = form.cleaned_data["password"]
    try:
        actions.use_letter(
            by=by(request),
            person=form.person(),
            code=Secret(form.cleaned_data["code"]),
            password_hash=Secret(make_password(password)),
        )
    except Refused as refused:
        context = {"form": form, "findings": refused.findings}
        return render(request, "accounts/use_letter.html", context, status=409)
    messages.success(request, _("Kata sandi baru tersimpan. Silakan masuk."))
    return redirect("account_login")


def people(request: HttpRequest) -> HttpResponse:
    form = Find(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = people_visible_to(person_of(request))
    if text:
        found = found.filter(Q(full_name__icontains=text) | Q(username__icontains=text))
    page = list(found.order_by("full_name", "pk").select_related("region")[: PAGE + 1])
    context = {"form": form, "people": page[:PAGE], "more": len(page) > PAGE, "text": text}
    return render(request, "accounts/people.html", context)


def person(request: HttpRequest, code: str) -> HttpResponse:
    someone = get_object_or_404(people_visible_to(person_of(request)), code=code)
    context = {
        "someone": someone,
        "offices": Appointment.objects.filter(person=someone).select_related("region").order_by("-since"),
        "letter": newest_letter(someone),
        "now": clock.now(),
    }
    return render(request, "accounts/person.html", context)


def enrol(request: HttpRequest) -> HttpResponse:
    form = Enrol(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/enrol.html", {"form": form}, status=422 if form.is_bound else 200)
    letter = actions.enrol(by=by(request), **form.cleaned_data)
    return redirect("page.access_letter", code=letter.code)


def issue_letter(request: HttpRequest, code: str) -> HttpResponse:
    someone = get_object_or_404(people_visible_to(person_of(request)), code=code)
    form = NewLetter(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "someone": someone}
        return render(request, "accounts/issue_letter.html", context, status=422 if form.is_bound else 200)
    letter = actions.issue_letter(by=by(request), person=someone, reason=form.cleaned_data["reason"])
    return redirect("page.access_letter", code=letter.code)


def end_appointment(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    someone = get_object_or_404(people_visible_to(person_of(request)), code=code)
    office = get_object_or_404(Appointment.objects.filter(person=someone).select_related("person"), pk=pk)
    if request.method == "POST":
        actions.end_appointment(by=by(request), appointment=office)
        messages.success(request, _("Jabatan diakhiri. Catatan lama tetap tersimpan."))
        return redirect("page.person", code=code)
    return render(request, "accounts/end_appointment.html", {"someone": someone, "office": office})


@never_cache
def print_letter(request: HttpRequest, code: str) -> HttpResponse:
    seen = people_visible_to(person_of(request))
    letter = get_object_or_404(AccessLetter.objects.select_related("person__region"), code=code, person__in=seen)
    context = {"letter": letter, "good": letter.is_good(clock.now()), **access_letter(letter, reverse)}
    return render(request, "accounts/access_letter.html", context)


def my_data(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/my_data.html", {"me": person_of(request), "offices": person_of(request).offices})


def role_book(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/roles.html", {"roles": roles.ALL})
