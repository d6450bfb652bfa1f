"""The language of a page: Indonesian, unless the reader chose otherwise."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from bermitra.foundation.spoken import speaks_json

LANGUAGES = dict(settings.LANGUAGES)


def language_of(request: HttpRequest) -> str:
    """What the reader chose. Not what the phone says: many here say English, and their owners do not read it. A program,
    which has no cookie, says what its reader reads."""
    if speaks_json(request) and not request.COOKIES:
        asked = (tag for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
        return next((tag[:2] for tag in asked if tag[:2] in LANGUAGES), str(settings.LANGUAGE_CODE))
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in LANGUAGES else str(settings.LANGUAGE_CODE)
