"""Who is behind a request, in the terms of a door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.permissions import STEP_UP_SECONDS
from bermitra.foundation.commands.act import By
from bermitra.foundation.spoken import KEY_FIELD, DoesNotFit, Spoken, speaks_json

PAGES_THAT_ASK = {"password": "account_reauthenticate", "mfa": "mfa_reauthenticate"}


def person_of(request: HttpRequest) -> Person:
    """The signed-in person, on pages that the permission table opens to signed-in people only."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def by(request: HttpRequest) -> By:
    """The one who knocks: the signed-in person (or the public) with the key of the form that was sent.

    Raises :class:`DoesNotFit` where a program sent fields that nobody asked for: every act is opened with this, after its
    form has read what it wants.
    """
    if isinstance(request.POST, Spoken) and (misfits := request.POST.misfits()):
        raise DoesNotFit(misfits)
    person = request.user if isinstance(request.user, Person) else None
    key = request.POST.get(KEY_FIELD) or ""
    return By(
        person=person,
        key=key[:64],
        confirmed_at=confirmed_at(request),
        channel="json" if speaks_json(request) else "web",
        token=by_token(request),
        sent=getattr(request, "sent_hash", ""),
    )


def by_token(request: HttpRequest) -> str:
    """The code of the key with which a program acts here (``site.json_door``); empty for people."""
    return str(getattr(request, "token_code", ""))


def confirmed_at(request: HttpRequest) -> datetime | None:
    """When password, and second factor where enrolled, were last asked for again; the older of the two."""
    if not request.user.is_authenticated:
        return None
    moments = [last_confirmed(request, method) for method in _asked_for(request)]
    known = [each for each in moments if each is not None]
    return min(known) if len(known) == len(moments) else None


def page_that_asks(request: HttpRequest) -> str:
    """The name of the page to confirm on before a weighty act; empty once all was asked for freshly enough."""
    earliest = datetime.now(UTC) - timedelta(seconds=STEP_UP_SECONDS)
    for method in _asked_for(request):
        at = last_confirmed(request, method)
        if at is None or at < earliest:
            return PAGES_THAT_ASK[method]
    return ""


def _asked_for(request: HttpRequest) -> list[str]:
    return ["password", "mfa"] if is_mfa_enabled(request.user) else ["password"]


def last_confirmed(request: HttpRequest, method: str) -> datetime | None:
    """When ``method`` ("password" or "mfa") was last asked for again in this session; signing in does not count."""
    records = get_authentication_records(request, request.user)
    at = [each["at"] for each in records if each.get("method") == method and each.get("reauthenticated")]
    return datetime.fromtimestamp(at[-1], UTC) if at else None
