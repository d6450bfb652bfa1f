"""Forms for programs: a JSON object sent to the address of a form is that form, filled in (docs/decisions/0004-json-door.md).

Outermost but for the static files, so that nothing inside reads a cookie of such a request, and no answer of whatever layer
leaves as a page. What is in between, a form's own view included, does not know the difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from bermitra.foundation.accounts import tokens
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.permissions import may_see, table
from bermitra.foundation.accounts.roles import SecondFactor
from bermitra.foundation.accounts.throttle import TooManyTries, slow_down_program
from bermitra.foundation.commands.act import PUBLIC
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.commands.permits import Row
from bermitra.foundation.fields import say
from bermitra.foundation.pages import NOT_KEPT, told
from bermitra.foundation.spoken import read_json
from bermitra.foundation.text import BadInput
from bermitra.site.language import language_of

JSON = "application/json"
READING = ("GET", "HEAD")
KEY = re.compile(r"[A-Za-z0-9-]{16,64}")
# Where access itself is given, taken and mended, and where one-time codes are shown: to people in person only. So are doors
# with ``step_up``.
IN_PERSON = (
    "account_", "mfa_", "accounts.use_letter", "accounts.withdraw_token", "page.tokens", "page.access_letter",
    "page.onboarding_letters",
)  # fmt: skip


class JsonDoor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _bearer(request)
        sends = request.method not in READING and request.content_type == JSON
        if key is None and not sends and not _asks_for_json(request):
            return self.get_response(request)
        request.speaks_json = True  # type: ignore[attr-defined]
        if key is not None or sends:
            _without_cookies(request)
        with translation.override(language_of(request)):
            answer = _misshapen(request) or self.get_response(request)
            answer = _as_json(request, answer)
        if key is not None or sends:
            answer.cookies.clear()
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Whom the key acts for, and what stays shut to it; then the body takes the place of a form's."""
        if not getattr(request, "speaks_json", False):
            return None
        # No cookie came with a body, so there is nothing that another site could ride on.
        request._dont_enforce_csrf_checks = request.method not in READING  # type: ignore[attr-defined]
        row = table().get((request.resolver_match and request.resolver_match.url_name) or "")
        if row is None or request.method not in row.methods:
            return None  # the permission table answers that nothing is here
        if request.method in READING and "POST" not in row.methods:
            request.speaks_json = False  # type: ignore[attr-defined]  # a page, a list, a file: as for everybody
        if refused := _let_in(request, row):
            return refused
        if request.method not in READING:
            _ = request.FILES  # read once, so that looking for files later does not read the body anew
            request.POST = request.spoken  # type: ignore[attr-defined,misc,assignment]
            request.was_filled_in = True  # type: ignore[attr-defined]
            return _before(request)
        return None


def _bearer(request: HttpRequest) -> str | None:
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def _asks_for_json(request: HttpRequest) -> bool:
    """A program that reads; the scripts of our own pages, which browsers mark, ask where JSON is all there is."""
    wanted = request.headers.get("Accept", "")
    reads = request.method in READING and "Sec-Fetch-Mode" not in request.headers
    return reads and JSON in wanted and "text/html" not in wanted


def _without_cookies(request: HttpRequest) -> None:
    request.META.pop("HTTP_COOKIE", None)
    request.COOKIES = {}


# Before the view --------------------------------------------------------------------------------------------------------


def _misshapen(request: HttpRequest) -> JsonResponse | None:
    """An answer where the body cannot be what a form sends; else it is read."""
    if request.method in READING:
        return None
    if request.content_type != JSON or (request.content_params or {}).get("charset", "utf-8").lower() != "utf-8":
        return told(415)
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        says = gettext("Sertakan Idempotency-Key: 16 sampai 64 huruf, angka, atau tanda hubung.")
        return told(400, says)
    try:
        body = request.body
        request.spoken = read_json(body, key)  # type: ignore[attr-defined]
    except RequestDataTooBig:
        return told(413)
    except BadInput as bad:
        return told(400, say(bad))
    whole = "\n".join((request.method or "", request.get_full_path(), "")).encode() + body
    # Under the instance's key: it is kept, and a number that was sent must not be found by trying all there are.
    request.sent_hash = salted_hmac("bermitra/json", whole, algorithm="sha256").hexdigest()  # type: ignore[attr-defined]
    return None


def _let_in(request: HttpRequest, row: Row) -> HttpResponse | None:
    key = _bearer(request)
    if key is not None:
        found = tokens.known(key)
        if found is None:
            lapsed = tokens.lapsed(key)
            return told(401, lapsed.sentence if lapsed else "")
        person, token = found
        try:
            slow_down_program(request, token.code)
        except TooManyTries:
            return told(429)
        request.user = person
        request.token_code = token.code  # type: ignore[attr-defined]
        if row.step_up or row.name.startswith(IN_PERSON):
            return told(403, gettext("Tindakan ini meminta kata sandi Anda. Lakukan di halamannya."))
        if _lacks_second_factor(person):
            return told(403, gettext("Pasang kode tambahan dari ponsel di halaman Data saya lebih dahulu."))
    elif request.method not in READING and row.name.startswith(IN_PERSON):
        return told(403, gettext("Tindakan ini meminta kata sandi Anda. Lakukan di halamannya."))
    if not request.user.is_authenticated and not may_see(row, None):
        return told(401)
    return None


def _lacks_second_factor(person: Person) -> bool:
    required = any(office.office.second_factor is SecondFactor.REQUIRED for office in person.offices)
    return required and not is_mfa_enabled(person)


def _before(request: HttpRequest) -> HttpResponse | None:
    """The answer that this sending had already; or that its key was used for another one, which the form might take as new
    or refuse for reasons of its own."""
    before = _done_before(request)
    if before is None:
        return None
    if before.sent != request.sent_hash:  # type: ignore[attr-defined]
        return told(409, gettext("Idempotency-Key ini sudah dipakai untuk kiriman lain. Pakai yang baru."), unmet=[])
    return (
        told(201, **before.told)
        if before.told
        else told(200, gettext("Kiriman ini sudah dikerjakan sebelumnya."), done=before.door, at="")
    )


def _done_before(request: HttpRequest) -> DoneAct | None:
    actor = request.user.code if isinstance(request.user, Person) else PUBLIC
    key = request.headers["Idempotency-Key"]
    return DoneAct.objects.filter(actor=actor, key=key).first()


# After the view ---------------------------------------------------------------------------------------------------------


def _as_json(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """What a page would have been, as an answer to a program; what is JSON already, or a file, stays as it is."""
    status = answer.status_code
    sends = getattr(request, "was_filled_in", False)
    if sends and status in (301, 302, 303):
        return _done(request, answer.headers["Location"])
    if status >= 400 and not isinstance(answer, JsonResponse):
        plain = told(status)
        for name in ("Allow", "Retry-After"):
            if name in answer.headers:
                plain.headers[name] = answer.headers[name]
        answer = plain
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Bermitra"'
    if _bearer(request) is not None:
        for name, value in NOT_KEPT.items():
            answer.headers[name] = value
    answer.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    return answer


def _done(request: HttpRequest, at: str) -> JsonResponse:
    """What was done; 200 where the page only said something and went on."""
    says = " ".join(str(each) for each in get_messages(request))
    done = _done_before(request)
    if done is None:
        return told(200, says or gettext("Belum ada yang tercatat."), done="", at=at)
    answer = {"says": says or gettext("Tercatat."), "done": done.door, "at": at}
    DoneAct.objects.filter(pk=done.pk).update(told=answer)
    return told(201, **answer)
