"""Every address is looked up in the permission table before its view runs; what is not in it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from bermitra.foundation.accounts import suspended
from bermitra.foundation.accounts.permissions import may_see, table
from bermitra.foundation.accounts.roles import SecondFactor
from bermitra.foundation.accounts.who import by_token, page_that_asks
from bermitra.foundation.commands.permits import Row

SECOND_FACTOR_SEEN = "second_factor_seen"  # in the session: the table of factors need not be read again
FOR_EVERYBODY = ("account_", "mfa_")  # pages on which a missing second factor is made up for


class OnePermissionTable:
    """Fail-closed: unknown name 404, wrong method 405, the public to the sign-in page, a wrong office 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        row = table().get(name or "")
        if row is None:
            raise Http404
        if request.method == "OPTIONS" or request.method not in row.methods:
            return HttpResponseNotAllowed(sorted(row.methods))
        person = request.user if request.user.is_authenticated else None
        if not may_see(row, person):
            if person is None:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            raise PermissionDenied
        if person is None or by_token(request):
            return None
        return self._second_factor(request, row) or self._step_up(request, row)

    def _second_factor(self, request: HttpRequest, row: Row) -> HttpResponse | None:
        """Officers of a regency set up a second factor before anything else."""
        if row.name.startswith(FOR_EVERYBODY) or request.session.get(SECOND_FACTOR_SEEN):
            return None
        offices = request.user.offices  # type: ignore[union-attr]
        if not any(office.office.second_factor is SecondFactor.REQUIRED for office in offices):
            return None
        if is_mfa_enabled(request.user):
            request.session[SECOND_FACTOR_SEEN] = True
            return None
        return HttpResponseRedirect(reverse("mfa_activate_totp"))

    def _step_up(self, request: HttpRequest, row: Row) -> HttpResponse | None:
        """Ask for the password again (and the second factor where enrolled) before a weighty act.

        The form waits meanwhile, but for one that holds what may lie nowhere in the clear, and is then taken up here.
        """
        if not row.step_up:
            return None
        page = page_that_asks(request)
        if not page:
            suspended.take_up(request)
            return None
        if request.method == "POST" and not row.private:
            suspended.suspend(request)
        else:
            suspended.drop(request)
        return redirect_to_login(request.get_full_path(), reverse(page))
