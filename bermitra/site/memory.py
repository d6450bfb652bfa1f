"""Public pages as they were answered last, kept by each process until something changes.

Making a page takes thirty times as long as handing out a ready one, and most visitors open the same few. What an open
page says depends on its address, the reader's language, the state of the instance and the time. Every change of state
goes through the journal, so the hash of its newest line stands for the state; whoever reads after an act finds another
hash, and everything that was kept before it is forgotten. What is derived beside the journal (the guards of an award,
which are asked again after an act) stands for itself by the moment at which it changed last. Time changes a page by
itself at midnight (in one of three zones, so on a full hour) and when a call ends, so nothing is kept beyond the next
of these. Where the journal is empty, nothing is kept at all.

Never kept, and never given: anything for a visitor with another cookie than that of the language or of a form's safety
mark, so signed-in people neither fill this memory nor meet it. Never kept: pages with a form that posts (verification,
signing in), answers that set a cookie, stream, say for themselves how long they hold (``Cache-Control``), are larger than
``LARGEST`` or anything but 200. Of one path no more than ``QUERIES`` questions are kept, and none beyond ``LONGEST``, so
that searches do not push out the pages.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.foundation.spoken import speaks_json
from bermitra.selection.models import GuardList
from bermitra.selection.queries import public_calls, public_rival_calls
from bermitra.site.language import language_of

MOST = 16_000_000  # bytes a process: some three thousand pages
LARGEST = 64_000  # bytes of one answer
AROUND = 1_500  # bytes that an answer takes beside its content: headers and bookkeeping
QUERIES = 50
LONGEST = 300  # letters of a question
READING = frozenset({"GET", "HEAD"})
HOUR = timedelta(hours=1)

_STATE = (
    f'SELECT hash, (SELECT max(at) FROM "{GuardList._meta.db_table}") '
    f'FROM "{Event._meta.db_table}" ORDER BY seq DESC LIMIT 1'
)

Key = tuple[str, str, str, str, bool, bool]  # path, query, site, language, compressed, for a program


@dataclass(frozen=True)
class Moment:
    """A state of the instance, and the time in which no page changes by itself."""

    head: str
    since: datetime
    until: datetime

    def holds(self, head: str, now: datetime) -> bool:
        return self.head == head and self.since <= now < self.until


@dataclass(frozen=True)
class Kept:
    content: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        return len(self.content) + AROUND

    def answer(self) -> HttpResponse:
        return HttpResponse(self.content, headers=dict(self.headers))


class Memory:
    """Answers of one moment, the one asked for least lately given up first. Safe for several threads."""

    def __init__(self, most: int = MOST, queries: int = QUERIES) -> None:
        self._most, self._queries = most, queries
        self._lock = Lock()
        self._moment: Moment | None = None
        self._forget()

    def _forget(self) -> None:
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._of_path: Counter[str] = Counter()
        self.size = 0

    def forget(self) -> None:
        with self._lock:
            self._moment = None
            self._forget()

    def moment(self) -> Moment | None:
        """The present one; nothing where the instance has no history. One statement, two more for a new moment."""
        newest, now, held = _state(), clock.now(), self._moment
        if held is not None and held.holds(newest, now):
            return held
        if not newest:
            return None
        begun = Moment(newest, now, _changes_by_itself(now))
        with self._lock:
            self._moment = begun
            self._forget()
        return begun

    def find(self, moment: Moment, key: Key) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key) if self._moment is moment else None
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def keep(self, moment: Moment, key: Key, kept: Kept) -> None:
        """Nothing is kept of a moment that is over by now, nor where this path has enough."""
        with self._lock:
            if self._moment is not moment or key in self._kept or self._of_path[key[0]] >= self._queries:
                return
            self._kept[key] = kept
            self._of_path[key[0]] += 1
            self.size += kept.size
            while self.size > self._most:
                (path, *_rest), oldest = self._kept.popitem(last=False)
                self._of_path[path] -= 1
                self.size -= oldest.size


def _state() -> str:
    """What stands for everything that a public page may say; empty without a history. In plain SQL: most answers to
    visitors cost no more than this."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        row = cursor.fetchone()
    return f"{row[0]} {row[1]}" if row else ""


def _changes_by_itself(now: datetime) -> datetime:
    """The next full hour, or the end of a call or of an asking for rivals where that comes first."""
    next_hour = now.replace(minute=0, second=0, microsecond=0) + HOUR
    calls = public_calls(open_only=True).filter(deadline__gt=now).values_list("deadline", flat=True).first()
    rivals = public_rival_calls(open_only=True).filter(deadline__gt=now).values_list("deadline", flat=True).first()
    return min(filter(None, (next_hour, calls, rivals)))


MEMORY = Memory()


class RememberedPages:
    """Stands outside compression, so that what is kept is ready to be sent. Developers' pages are always made anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        if settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.harmless = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        moment = self._moment_for(request)
        if moment is None:
            return self.get_response(request)
        key = _key(request)
        if kept := MEMORY.find(moment, key):
            answer = kept.answer()
            return get_conditional_response(request, etag=answer.headers.get("ETag"), response=answer) or answer
        answer = self.get_response(request)
        if request.method == "GET" and _may_be_kept(request, answer):
            MEMORY.keep(moment, key, Kept(answer.content, tuple(answer.headers.items())))
        return answer

    def _moment_for(self, request: HttpRequest) -> Moment | None:
        """Nothing for a visitor who gets a page of his own, or where the database does not answer: the page will say so."""
        if (
            request.method not in READING
            or "Authorization" in request.headers
            or not request.COOKIES.keys() <= self.harmless
        ):
            return None
        if len(request.META.get("QUERY_STRING", "")) > LONGEST:
            return None
        try:
            return MEMORY.moment()
        except DatabaseError:
            return None


def _key(request: HttpRequest) -> Key:
    site = f"{request.scheme}://{request.get_host()}"
    compressed = bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    return (
        request.path,
        request.META.get("QUERY_STRING", ""),
        site,
        language_of(request),
        compressed,
        speaks_json(request),
    )


def _may_be_kept(request: HttpRequest, answer: HttpResponse) -> bool:
    if answer.status_code != 200 or answer.streaming or answer.cookies or answer.has_header("Cache-Control"):
        return False
    if len(answer.content) > LARGEST or request.resolver_match is None:
        return False
    row = table().get(request.resolver_match.url_name or "")
    return row is not None and row.methods == READING and row.scope_of(roles.PUBLIC.key) is not None
