"""The server's clock, which a story or a test may set; nothing a client sends ever moves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    return _set_to.get() or timezone.now()


def real_now() -> datetime:
    """The clock on the wall, which nobody sets: how long ago a password was asked for is always real time."""
    return timezone.now()


def today() -> date:
    """Today where the instance stands."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock show ``moment`` inside the block. Only ``bermitra demo`` and tests do this."""
    if timezone.is_naive(moment):
        raise ValueError("a moment without a zone")
    before = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(before)
