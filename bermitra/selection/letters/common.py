"""What the papers of a selection share: the head of the paper, its QR, days and hours, masks, and the two editions."""

from __future__ import annotations

import json
from collections.abc import Callable, Container
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from bermitra.foundation.calendar import date_in_words, local_time, long_moment, tz, zone_of
from bermitra.foundation.documents.compose import Issued, Tree, compose
from bermitra.foundation.documents.model import Document, Letterhead, Slot, Text, fill
from bermitra.foundation.documents.typst_pdf import render
from bermitra.foundation.norms.queries import local_words
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.text import shown
from bermitra.partnership.models import Case
from bermitra.registry.letters import head_slot, letterhead_of
from bermitra.selection.criteria import criteria, statements
from bermitra.selection.models import Call

UNANNOUNCED = ("draft", "cancelled")  # of a call in these states no paper is everybody's
KEPT = 24  # papers of calls that were printed last, some 100 kB each

Made = TypeVar("Made", bound=Callable[..., Any])


class Edition(StrEnum):
    """For whom a paper is printed. Names of witnesses and of the panel stand in the house's alone."""

    HOUSE = "house"
    PUBLIC = "public"


def in_indonesian(make: Made) -> Made:
    """A paper is Indonesian whatever language the page is read in (UU 24/2009 ps 31)."""

    @wraps(make)
    def made(*args: Any, **kwargs: Any) -> Any:
        with override("id"):
            return make(*args, **kwargs)

    return cast(Made, made)


def pdf_of(document: Document, *, code: str, address: str, example: bool) -> bytes:
    """Without a code it is a draft, and says so on every page."""
    return render(compose(document, Issued(code, address, example)))


@lru_cache(maxsize=KEPT)
def _rendered(tree: str) -> bytes:
    """The same words give the same file: whoever asks for the same paper again waits for nothing."""
    return render(json.loads(tree))


def call_pdf(document: Document, call: Call) -> bytes:
    return _rendered(json.dumps(call_tree(document, call)))


def call_tree(document: Document, call: Call) -> Tree:
    """A paper of a call; its QR leads to the page where everybody reads the same. A draft has no such page yet."""
    code, address = ("", "") if call.state == "draft" else (call.code, page_of(call))
    return compose(document, Issued(code, address, call.case.example))


def page_of(call: Call) -> str:
    return settings.BERMITRA_ORIGIN + reverse("page.call", args=[call.code])


def page_of_case(case: Case) -> str:
    return settings.BERMITRA_ORIGIN + reverse("page.partnership", args=[case.code])


# Who writes ----------------------------------------------------------------------------------------------------------
def words_of(case: Case) -> dict[str, str]:
    return local_words(case.village_id)


def village_of(case: Case) -> str:
    return f"{words_of(case)['village']} {case.village.name}"


def head_of_paper(case: Case) -> Letterhead:
    return letterhead_of(case.village, words_of(case))


def signed_by_head(case: Case, day: date) -> tuple[str, tuple[Slot, ...]]:
    """The one place to sign on a paper of the village."""
    return "", (head_slot(case.village, words_of(case), day, field="head"),)


# Days and hours ------------------------------------------------------------------------------------------------------
def day_of(case: Case, at: datetime) -> date:
    """The day that the clock of the village showed."""
    return at.astimezone(tz(zone_of(case.village_id))).date()


def moment_of(case: Case, at: datetime | None) -> str:
    """``23 Maret 2026, pukul 15.00 WIB``."""
    return long_moment(at, zone_of(case.village_id)) if at else "–"


def second_of(case: Case, at: datetime | None) -> str:
    """To the second, as seals are compared with the deadline: ``23-03-2026 14.59.58``."""
    return f"{at.astimezone(tz(zone_of(case.village_id))):%d-%m-%Y %H.%M.%S}" if at else "–"


def weekday_of(case: Case, at: datetime) -> str:
    """``Senin, 23 Maret 2026, pukul 15.00 WIB``."""
    return f"{date_in_words(day_of(case, at)).split(',')[0]}, {moment_of(case, at)}"


def on_this_day(case: Case, at: datetime) -> Text:
    """``Senin, dua puluh tiga Maret dua ribu dua puluh enam (23-03-2026), pukul 09.00 WIB``."""
    day = day_of(case, at)
    zone = zone_of(case.village_id)
    return fill(
        "{words} ({short}), {hour}", words=date_in_words(day), short=f"{day:%d-%m-%Y}", hour=local_time(at, zone)
    )


# Words and figures ---------------------------------------------------------------------------------------------------
def said(text: str, most: int = 0) -> str:
    """What somebody typed, as everybody may read it: in one piece, or shortened to ``most`` letters."""
    open_text = openly(text)
    return shown(open_text, most) if most else open_text


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that somebody typed, without the empty ones."""
    return tuple(line.strip() for line in said(text).split("\n") if line.strip())


def some(items: list[str], most: int, letters: int) -> str:
    """The first of a list in one line, and how many more there are."""
    first = "; ".join(said(each, letters) for each in items[:most])
    return f"{first}; dan {len(items) - most} hal lain" if len(items) > most else first


def by_eight(key: str) -> str:
    """A hash in groups of eight letters, so that it breaks at the margin."""
    return " ".join(key[start : start + 8] for start in range(0, len(key), 8))


def statements_in(ticks: Container[str]) -> tuple[Text, ...]:
    """The ticked statements of vision, in the order of the book."""
    return tuple(each.text["id"] for each in statements().values() if each.code in ticks)


def criterion_name(code: str) -> str:
    book = criteria()
    return book[code].name["id"] if code in book else code
