"""Pages about people and their programs: fetch, act, say, go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts import actions, roles, separation
from bermitra.foundation.accounts.forms import MakeToken, NewLetter, UseLetter
from bermitra.foundation.accounts.letters import access_letter
from bermitra.foundation.accounts.models import AccessLetter
from bermitra.foundation.accounts.queries import people_visible_to, reading_findings, tokens_held
from bermitra.foundation.accounts.sign_in import as_name_or_phone
from bermitra.foundation.accounts.throttle import slow_down
from bermitra.foundation.accounts.tokens import digest_of, new_key
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.pages import act_page, ask, render, typed_in
from bermitra.foundation.rules import Refused, unmet


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
    if refused := unmet(reading_findings(letter, person_of(request).code)):
        raise Refused(refused)
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


# Programs ---------------------------------------------------------------------------------------------------------------


@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    held = [each for each in tokens_held(me) if each.stands(me, clock.today())]
    return render(request, "accounts/tokens.html", {"tokens": held, "offices": me.offices})


@never_cache
def make_token(request: HttpRequest) -> HttpResponse:
    """The key stands on the answer to the form and nowhere else; a form sent twice cannot show it again."""
    me = person_of(request)
    form = MakeToken(**typed_in(request))
    if request.method != "POST" or not form.is_valid():
        return _token_form(request, form)
    key = new_key()
    try:
        made = actions.make_token(by=by(request), person=me, digest=Secret(digest_of(key)), **form.cleaned_data)
    except Refused as refused:
        return _token_form(request, form, status=409, findings=refused.findings)
    if made.digest != digest_of(key):
        messages.info(request, _("Kunci ini sudah dibuat dan tidak dapat ditampilkan lagi."))
        return redirect("page.tokens")
    return render(request, "accounts/token.html", {"token": made, "key": key})


def _token_form(request: HttpRequest, form: MakeToken, **more: Any) -> HttpResponse:
    return ask(
        request,
        form,
        heading=_("Buat kunci program"),
        lede=_("Dengan kunci ini sebuah program bertindak atas nama Anda, dalam jabatan yang Anda pegang hari ini."),
        verb=_("Buat kunci"),
        back=reverse("page.tokens"),
        **more,
    )


def withdraw_token(request: HttpRequest, code: str) -> HttpResponse:
    me = person_of(request)
    token = get_object_or_404(tokens_held(me), code=code)
    form = Form(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.withdraw_token(by=by(request), token=token),
        heading=_("Cabut kunci program"),
        lede=_("Program yang memakai kunci “%(name)s” langsung kehilangan akses.") % {"name": token.name},
        verb=_("Cabut kunci"),
        back=reverse("page.tokens"),
        says=_("Kunci dicabut."),
    )
