"""The language of a page: Indonesian, unless the reader chose otherwise."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

LANGUAGES = dict(settings.LANGUAGES)


def language_of(request: HttpRequest) -> str:
    """What the reader chose. Not what the phone says: many here say English, and their owners do not read it."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in LANGUAGES else str(settings.LANGUAGE_CODE)
