"""Pages about people: fetch, act, say, go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts import actions, roles, separation
from bermitra.foundation.accounts.forms import NewLetter, UseLetter
from bermitra.foundation.accounts.letters import access_letter
from bermitra.foundation.accounts.models import AccessLetter
from bermitra.foundation.accounts.queries import people_visible_to
from bermitra.foundation.accounts.sign_in import as_name_or_phone
from bermitra.foundation.accounts.throttle import slow_down
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.rules import Refused


@never_cache
def use_letter(request: HttpRequest) -> HttpResponse:
    """First access, or a new password: the name and the one-time code on the paper."""
    form = UseLetter(request.POST or None, initial={"login": request.GET.get("nama", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/use_letter.html", {"form": form}, status=422 if form.is_bound else 200)
    slow_down(request, as_name_or_phone(form.cleaned_data["login"]))
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


def issue_letter(request: HttpRequest, code: str) -> HttpResponse:
    someone = get_object_or_404(people_visible_to(person_of(request)), code=code)
    form = NewLetter(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "someone": someone}
        return render(request, "accounts/issue_letter.html", context, status=422 if form.is_bound else 200)
    letter = actions.issue_letter(by=by(request), person=someone, reason=form.cleaned_data["reason"])
    return redirect("page.access_letter", code=letter.code)


@never_cache
def print_letter(request: HttpRequest, code: str) -> HttpResponse:
    seen = people_visible_to(person_of(request))
    letter = get_object_or_404(AccessLetter.objects.select_related("person__region"), code=code, person__in=seen)
    context = {"letter": letter, "good": letter.is_good(clock.now()), **access_letter(letter, reverse)}
    return render(request, "accounts/access_letter.html", context)


def role_book(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/roles.html", {"roles": [_told(each) for each in roles.ALL]})


def _told(role: roles.Role) -> dict[str, Any]:
    """A role with the names of those who give it, of what it is kept apart from, and the acts it must not combine."""
    return {
        "key": role.key,
        "name": role.name,
        "says": role.says,
        "may_never": role.may_never,
        "appointed": role.appointed,
        "given_by": [] if role.key in roles.NOT_APPOINTED else [roles.BY_KEY[key].name for key in role.given_by],
        "apart": [roles.BY_KEY[key].name for key in role.apart],
        "pairs": separation.of_role(role.key),
    }
