"""A slow-down for the page that takes one-time codes: five tries in a quarter of an hour per name and address."""

from __future__ import annotations

from allauth.core import ratelimit
from django.core.exceptions import BadRequest
from django.http import HttpRequest


class TooManyTries(BadRequest):
    """Answered as HTTP 429; the lock is never lasting."""


def slow_down(request: HttpRequest, name: str) -> None:
    """Raise :class:`TooManyTries` when this name or this address was tried too often."""
    if not ratelimit.consume(request, action="login_failed", key=name.lower()):
        raise TooManyTries


def slow_down_sender(request: HttpRequest, action: str) -> None:
    """Raise :class:`TooManyTries` when this address did ``action`` too often; others are not held up by it."""
    if not ratelimit.consume(request, action=action):
        raise TooManyTries
