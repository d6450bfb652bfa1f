"""Askings for rivals of an offer as the public sees them: for which need, what is asked, until when, and who was chosen why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.personal.open_text import openly
from bermitra.partnership.models import CaseNeed, CasePotential
from bermitra.partnership.queries import form_label, said
from bermitra.partnership.rules import FIELDS, NOT_PUBLIC
from bermitra.portal.announced import moment_in
from bermitra.portal.lists import lying
from bermitra.portal.rows import Row, Rows, Worked, instant
from bermitra.portal.villages import lies_in, path_of
from bermitra.selection.criteria import statements
from bermitra.selection.models import Proposal, RivalCall
from bermitra.selection.queries import WAS_OPENED, public_rival_calls, takes_rivals


def found() -> QuerySet[RivalCall]:
    """All of them, the newest first, each with the need that it is about."""
    needs = CaseNeed.objects.filter(case=OuterRef("case")).order_by("pk").values("need__title")[:1]
    potentials = CasePotential.objects.filter(case=OuterRef("case")).order_by("pk").values("potential__title")[:1]
    return (
        public_rival_calls()
        .select_related("case__village__parent__parent__parent")
        .annotate(need=Subquery(needs), potential=Subquery(potentials))
        .only(
            "code", "deadline", "called_at", "opened_at", "closed_at", "case__village", "case__example",
            *lying("case__village"),
        )
    )  # fmt: skip


def behind(calls: QuerySet[RivalCall], code: str) -> QuerySet[RivalCall]:
    """What follows the one of this code."""
    last = RivalCall.objects.filter(code=code)
    called, key = Subquery(last.values("called_at")), Subquery(last.values("pk"))
    return calls.filter(Q(called_at__lt=called) | Q(called_at=called, pk__lt=key))


def lines(calls: Sequence[Any], now: datetime) -> list[dict[str, str]]:
    """What the rows component writes."""
    return [
        {
            "title": openly(each.need or each.potential or ""),
            "url": reverse("page.rival_call", args=[each.code]),
            "small": f"{each.case.village.name}, {lies_in(path_of(each.case.village))} · {ends(each)}",
            "state": word_of(each, now),
            "kind": "doing" if takes_rivals(each, now) else "ok" if each.closed_at else "idle",
        }
        for each in calls
    ]


def ends(asked: RivalCall) -> str:
    """``23 Maret 2026 pukul 23.59 WIB``, as the clock of the village shows it."""
    return moment_in(asked.case.village_id, asked.deadline)


def word_of(asked: RivalCall, now: datetime) -> str:
    if asked.closed_at is not None:
        return gettext("Selesai")
    if asked.opened_at is not None:
        return gettext("Dibandingkan")
    return gettext("Masih terbuka") if takes_rivals(asked, now) else gettext("Ditutup, belum dibuka")


@dataclass(frozen=True)
class Offered:
    """Who took part, once all is decided."""

    partner: str
    url: str
    first: bool
    chosen: bool
    left: str  # the day on which its partner took it back, after all had been opened; empty: it stayed


@dataclass(frozen=True)
class Shown:
    asked: RivalCall
    now: datetime

    @property
    def _rows(self) -> Any:
        """The asking with its annotated columns."""
        return self.asked

    @property
    def open(self) -> bool:
        return takes_rivals(self.asked, self.now)

    @property
    def word(self) -> str:
        return word_of(self.asked, self.now)

    @property
    def ends(self) -> str:
        return ends(self.asked)

    @property
    def needs(self) -> list[Row]:
        return [{**row, "title": openly(row["title"])} for row in self._rows.need_rows or ()]

    @property
    def potentials(self) -> list[str]:
        return [openly(row["title"]) for row in self._rows.potential_rows or ()]

    @property
    def title(self) -> str:
        """By the need, never by what the first partner calls its offer."""
        return next(iter([*(row["title"] for row in self.needs), *self.potentials]), gettext("Usulan pembanding"))

    @property
    def field(self) -> str:
        return gettext(FIELDS[self.asked.case.field_of_government])

    @property
    def forms(self) -> list[str]:
        """Of the case, once it is public: before that they are what the first partner offers."""
        return [form_label(code) for code in self.asked.case.forms] if self.public else []

    @property
    def public(self) -> bool:
        return self.asked.case.state not in NOT_PUBLIC

    @property
    def vision(self) -> list[str]:
        """What the village stands by. The head said it after reading the first offer, so its rivals know it as well."""
        return [said(each.text) for each in statements().values() if each.code in self.asked.village_ticks]

    @property
    def offered(self) -> list[Offered]:
        """By name once all is decided; before that only how many were opened."""
        if self.asked.closed_at is None:
            return []
        return [
            Offered(
                row["name"],
                reverse("page.partner", args=[row["code"]]),
                row["rival"] is None,
                row["own"] == self.asked.chosen,
                self._day(row["left"]),
            )
            for row in self._rows.offer_rows or ()
        ]

    def _day(self, text: str | None) -> str:
        at = instant(text)
        return date_format(at.astimezone(tz(zone_of(self.asked.case.village_id))).date(), "j F Y") if at else ""

    @property
    def left(self) -> int:
        """How many were taken back after the opening, also before all is decided."""
        return sum(row["left"] is not None for row in self._rows.offer_rows or ())

    @property
    def rivals(self) -> int:
        """How many others offered; nothing is said of it while they are sealed."""
        return sum(row["rival"] is not None for row in self._rows.offer_rows or ())


def _asked(code: str) -> QuerySet[RivalCall]:
    needs = CaseNeed.objects.filter(case=OuterRef("case")).order_by("pk")
    potentials = CasePotential.objects.filter(case=OuterRef("case")).order_by("pk")
    opened = Proposal.objects.filter(
        WAS_OPENED, case=OuterRef("case"), call=None, case__rival_call__opened_at__isnull=False
    )
    return (
        public_rival_calls()
        .filter(code=code)
        .select_related("case__village__parent__parent__parent")
        .annotate(
            need_rows=Rows(
                needs, title="need__title", households="need__households", male="need__male", female="need__female"
            ),
            potential_rows=Rows(potentials, title="potential__title"),
            offer_rows=Rows(
                opened.order_by("created_at", "pk"), own="code", name="partner__name", code="partner__code",
                rival="rival_of_id", left="withdrawn_at",
            ),
        )
    )  # fmt: skip


_ASKED = Worked(_asked)


def show(code: str, now: datetime) -> Shown | None:
    """One statement."""
    asked: RivalCall | None = _ASKED.first(code)
    return Shown(asked, now) if asked is not None else None
