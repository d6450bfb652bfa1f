"""Calls as the public sees them: what a village asks for, how it will choose, and how it chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from bermitra.foundation.calendar import local_time, tz, zone_of
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case
from bermitra.partnership.queries import form_label, said
from bermitra.portal.lists import lying, within
from bermitra.portal.rows import Row, Rows, Worked
from bermitra.portal.villages import lies_in, path_of
from bermitra.selection.criteria import criteria, statements
from bermitra.selection.models import Call, Criterion, Objection, Proposal, Question, Ranking
from bermitra.selection.queries import public_calls, public_ranking, reasons_of
from bermitra.selection.rules import CHANNELS, OBJECTION_LABELS
from bermitra.selection.terms import SECTIONS

OPEN, CLOSED = "terbuka", "ditutup"
TABS = {OPEN: _("Masih terbuka"), CLOSED: _("Sudah ditutup")}
SENT = ("draft", "withdrawn", "late")  # proposals that did not take part


def found(tab: str, place: Region | None = None) -> QuerySet[Call]:
    """Open calls, those that end first on top; or closed ones, the newest first."""
    calls = public_calls(open_only=tab == OPEN)
    if tab == CLOSED:
        calls = calls.exclude(state="open")
    if place is not None:
        calls = calls.filter(case__in=Case.objects.filter(within(place, "village")).values("pk"))
    return calls.select_related("case__village__parent__parent__parent").only(
        "code", "title", "state", "deadline", "opened_at", "case__village", "case__example", *lying("case__village")
    )


def behind(calls: QuerySet[Call], tab: str, code: str) -> QuerySet[Call]:
    """What follows the call of this code in the order of its tab."""
    last = Call.objects.filter(code=code)
    key = Subquery(last.values("pk"))
    if tab == OPEN:
        ends = Subquery(last.values("deadline"))
        return calls.filter(Q(deadline__gt=ends) | Q(deadline=ends, pk__gt=key))
    opened = Subquery(last.values("opened_at"))
    return calls.filter(Q(opened_at__lt=opened) | Q(opened_at=opened, pk__lt=key))


def ends(call: Call) -> str:
    """``23 Maret 2026 pukul 15.00 WIB``, as the clock of the village shows it."""
    if call.deadline is None:
        return ""
    zone = zone_of(call.case.village_id)
    day = date_format(call.deadline.astimezone(tz(zone)).date(), "j F Y")
    return f"{day} {local_time(call.deadline, zone)}"


def lines(calls: Sequence[Call], now: datetime) -> list[dict[str, str]]:
    """What the rows component writes."""
    return [
        {
            "title": openly(call.title),
            "url": reverse("page.call", args=[call.code]),
            "small": f"{call.case.village.name}, {lies_in(path_of(call.case.village))} · {ends(call)}",
            "state": word_of(call, now),
            "kind": "doing" if is_open(call, now) else "ok" if call.state == "awarded" else "idle",
        }
        for call in calls
    ]


def is_open(call: Call, now: datetime) -> bool:
    """Whether it still takes proposals: a call is over at its deadline, not when somebody closes it."""
    return call.state == "open" and call.deadline is not None and now < call.deadline


def word_of(call: Call, now: datetime) -> str:
    if call.state != "open" or call.deadline is None:
        return gettext(call.label.public)
    if not is_open(call, now):
        return gettext("Ditutup")
    zone = tz(zone_of(call.case.village_id))
    days = (call.deadline.astimezone(zone).date() - now.astimezone(zone).date()).days
    if not days:
        return gettext("Tutup hari ini")
    return ngettext("Tutup %(n)s hari lagi", "Tutup %(n)s hari lagi", days) % {"n": days}


# The page of one call -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Weighed:
    """A criterion: what it asks, and how much of the hundred it gives."""

    code: str
    name: str
    asks: str
    weight: int


@dataclass(frozen=True)
class Placed:
    """A line of the published result, with the reasons that were given, without the scorers' names."""

    place: int | None
    partner: str
    url: str
    total: str
    agreement: int
    points: list[tuple[Weighed, str, list[str]]]
    below: list[str]
    chosen: bool


@dataclass(frozen=True)
class Shown:
    call: Call
    ranking: list[Placed]
    now: datetime

    @property
    def _rows(self) -> Any:
        """The call with its annotated columns."""
        return self.call

    @property
    def open(self) -> bool:
        return is_open(self.call, self.now)

    @property
    def word(self) -> str:
        return word_of(self.call, self.now)

    @property
    def ends(self) -> str:
        return ends(self.call)

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The terms of reference, in their order."""
        kak = self.call.kak
        return [(gettext(title), openly(kak[name])) for name, title in SECTIONS.items() if kak.get(name)]

    @property
    def channels(self) -> list[str]:
        return [gettext(CHANNELS[each]) for each in self.call.channels if each in CHANNELS]

    @property
    def vision(self) -> list[str]:
        return [said(each.text) for each in statements().values() if each.code in self.call.vision_ticks]

    @property
    def forms(self) -> list[str]:
        return [form_label(code) for code in self.call.case.forms]

    @property
    def weighed(self) -> list[Weighed]:
        return weighed(self.call)

    @property
    def questions(self) -> list[Row]:
        return [
            {"text": openly(row["text"]), "answer": openly(row["answer"] or "")}
            for row in self._rows.question_rows or ()
        ]

    @property
    def came(self) -> int:
        """How many proposals took part; nothing is said of it while they are sealed."""
        return 0 if self.call.state == "open" else self._rows.came_count or 0

    @property
    def objections(self) -> list[tuple[str, int]]:
        """How many objections there were, by what became of them."""
        return [(gettext(OBJECTION_LABELS[row["state"]].public), row["n"]) for row in self._rows.objection_rows or ()]


def _call(code: str) -> QuerySet[Call]:
    """The call with its criteria, questions, how many proposals took part, and what came of objections."""
    asked = Question.objects.filter(call=OuterRef("pk")).order_by("asked_at", "pk")
    filed = Objection.objects.filter(call=OuterRef("pk")).values("state").annotate(n=Count("pk")).order_by("state")
    weights = Criterion.objects.filter(call=OuterRef("pk")).order_by("position")
    came = Proposal.objects.filter(call=OuterRef("pk")).exclude(state__in=SENT).order_by()
    return (
        public_calls()
        .filter(code=code)
        .select_related("case__village__parent__parent__parent", "case__partner")
        .annotate(
            question_rows=Rows(asked, text="text", answer="answer__text"),
            objection_rows=Rows(filed, state="state", n="n"),
            came_count=Subquery(came.values("call").annotate(n=Count("pk")).values("n")),
            weight_rows=Rows(weights, code="code", weight="weight"),
        )
    )


_CALL = Worked(_call)


def show(code: str, now: datetime) -> Shown | None:
    """Four statements at most: the call with its lists, its result, the reasons, who sits on the panel now."""
    call: Call | None = _CALL.first(code)
    if call is None:
        return None
    ranked = public_ranking(call)
    given = reasons_of(call) if ranked else {}
    return Shown(call, [_placed(line, call, given) for line in ranked], now)


def weighed(call: Any) -> list[Weighed]:
    known = criteria()
    return [
        Weighed(row["code"], said(known[row["code"]].name), said(known[row["code"]].asks), row["weight"])
        for row in call.weight_rows or ()
        if row["code"] in known
    ]


def _placed(line: Ranking, call: Call, given: dict[tuple[int, str], list[tuple[int, str]]]) -> Placed:
    partner = line.proposal.partner
    points = [
        (
            each,
            points_shown(line.points[each.code]),
            [f"{level}: {openly(reason)}" for level, reason in given.get((line.proposal_id, each.code), ())],
        )
        for each in weighed(call)
        if each.code in line.points
    ]
    known = criteria()
    return Placed(
        place=line.place,
        partner=partner.name,
        url=reverse("page.partner", args=[partner.code]),
        total=points_shown(line.total),
        agreement=line.vision_agreement,
        points=points,
        below=[said(known[code].name) for code in line.below_floor if code in known],
        chosen=line.proposal.state in ("proposed", "accepted", "chosen"),
    )


def points_shown(text: str) -> str:
    """``81,7`` of the exact fraction 245/3."""
    tenths = round(Fraction(text) * 10)
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else f"{tenths // 10}"
