"""What the site does around every page: its language, its privacy, and plain answers where a door stayed shut."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from bermitra.foundation.accounts.throttle import TooManyTries
from bermitra.foundation.commands.errors import KeyMissing, KeyUsedOtherwise, NotAllowed, StepUpNeeded
from bermitra.foundation.fields import say
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.pages import does_not_fit, render
from bermitra.foundation.rules import Refused
from bermitra.foundation.spoken import DoesNotFit
from bermitra.foundation.text import BadInput
from bermitra.site.language import language_of
from bermitra.site.parts import again
from bermitra.site.views import not_allowed

Answer = Callable[[HttpRequest], HttpResponse]


class ChosenLanguage:
    """The whole answer in the reader's language."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PrivatePagesStayPrivate:
    """Pages of signed-in people are kept by no cache; signing out clears what the browser kept."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = bool(request.session.get("_auth_user_id"))
        response = self.get_response(request)
        if signed_in or request.user.is_authenticated:
            add_never_cache_headers(response)
            response.headers["Cache-Control"] = "no-store, private"
        if signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class PlainAnswers:
    """A shut door becomes a page that says why and how to go on, with the status that fits."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case Refused():
                return render(request, "409.html", {"findings": error.findings, **again(request)}, status=409)
            case NoSuchMove() | KeyUsedOtherwise():
                return render(request, "409.html", {"findings": (), **again(request)}, status=409)
            case NotAllowed():
                return not_allowed(request, error)
            case StepUpNeeded():
                return render(request, "403.html", status=403)
            case KeyMissing():
                return render(request, "400.html", status=400)
            case BadInput():
                return render(request, "400.html", {"sentence": say(error)}, status=400)
            case DoesNotFit():
                return does_not_fit(error)
            case TooManyTries():
                return respond_429(request)
        return None
