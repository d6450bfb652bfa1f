"""A slow-down for the pages that take a name and a secret: passwords and one-time codes.

Three bounds (``ACCOUNT_RATE_LIMITS``): of one address, of one name from one address, and of one name from anywhere. The
first two shut for a while; the last one only makes everybody wait, or a stranger who knows a name could keep its owner out.
"""

from __future__ import annotations

from threading import BoundedSemaphore
from time import sleep

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as limits
from django.core.exceptions import BadRequest
from django.http import HttpRequest

PAUSE_SECONDS = 1.0
_WAITING = BoundedSemaphore(2)  # or those who wait would take every thread of the server from the others


class TooManyTries(BadRequest):
    """Answered as HTTP 429; the lock is never lasting."""


def slow_down(request: HttpRequest, name: str) -> limits.RateLimitUsage:
    """Raise :class:`TooManyTries` when this address tried too often, or tried this name too often.

    ``name`` as ``sign_in.as_name_or_phone`` writes it. A name that is tried too often from wherever waits
    ``PAUSE_SECONDS``. What comes back can be rolled back when the try turns out well.
    """
    here = f"{name} {limits.get_ip(request)}"
    used = limits.consume(request, app="allauth.account", action="login_failed", key=here)
    if used is None:
        raise TooManyTries
    anywhere = limits.consume(request, app="allauth.account", action="name_tried", key=name)
    if anywhere is not None:
        used.usage += anywhere.usage
    elif _WAITING.acquire(blocking=False):
        try:
            sleep(PAUSE_SECONDS)
        finally:
            _WAITING.release()
    return used


def slow_down_sender(request: HttpRequest, action: str) -> None:
    """Raise :class:`TooManyTries` when this address did ``action`` too often; others are not held up by it."""
    if not ratelimit.consume(request, action=action):
        raise TooManyTries


def slow_down_program(request: HttpRequest, token: str) -> None:
    """Raise :class:`TooManyTries` when a program with this key asked too often; its person's pages are not held up by it."""
    if not limits.consume(request, app="allauth.account", action="program", key=token, limit_get=True):
        raise TooManyTries
