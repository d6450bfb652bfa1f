"""Calls as the public sees them: what a village asks for, how it will choose, and how it chose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case, CaseNeed
from bermitra.partnership.queries import form_label, said
from bermitra.portal.announced import Change, Hashes, changes, hashes, moment_in, rests_on
from bermitra.portal.lists import lying, within
from bermitra.portal.objected import Objected, objections
from bermitra.portal.rows import Row, Rows, Worked, instant
from bermitra.portal.villages import lies_in, path_of
from bermitra.selection.criteria import criteria, statements
from bermitra.selection.models import (
    Call,
    CallChange,
    Criterion,
    DirectAppointment,
    Dossier,
    Objection,
    ObjectionStep,
    Proposal,
    Question,
    Ranking,
)
from bermitra.selection.points import points, points_of
from bermitra.selection.queries import (
    UNDER_WAY,
    Guard,
    announced_calls,
    kept_guards,
    public_calls,
    public_ranking,
    reasons_of,
    vision_is_open,
)
from bermitra.selection.rules import CANDIDATES, CHANNELS, DIRECT_KINDS, OBJECTION_LABELS, PROPOSAL_LABELS, UNREAD
from bermitra.selection.terms import SECTIONS

OPEN, CLOSED = "terbuka", "ditutup"
TABS = {OPEN: _("Masih terbuka"), CLOSED: _("Sudah ditutup")}
DIRECTLY = _("Penunjukan langsung")


def found(tab: str, place: Region | None = None) -> QuerySet[Call]:
    """Open calls, those that end first on top; or closed ones, the newest first."""
    calls = public_calls(open_only=tab == OPEN)
    if tab == CLOSED:
        calls = calls.exclude(state="open")
    if place is not None:
        calls = calls.filter(case__in=Case.objects.filter(within(place, "village")).values("pk"))
    return calls.select_related("case__village__parent__parent__parent").only(
        "code",
        "title",
        "state",
        "deadline",
        "direct",
        "opened_at",
        "case__village",
        "case__example",
        *lying("case__village"),
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
    """``23 Maret 2026 pukul 15.00 WIB``, as the clock of the village shows it; nothing where a partner is appointed directly."""
    return "" if call.direct else moment_in(call.case.village_id, call.deadline)


def lines(calls: Sequence[Call], now: datetime) -> list[dict[str, str]]:
    """What the rows component writes."""
    return [
        {
            "title": openly(call.title),
            "url": reverse("page.call", args=[call.code]),
            "small": f"{call.case.village.name}, {lies_in(path_of(call.case.village))} · {ends(call) or gettext(DIRECTLY)}",
            "state": word_of(call, now),
            "kind": "doing" if is_open(call, now) else "ok" if call.state == "awarded" else "idle",
        }
        for call in calls
    ]


def is_open(call: Call, now: datetime) -> bool:
    """Whether it still takes proposals: a call is over at its deadline, not when somebody closes it."""
    return call.state == "open" and call.deadline is not None and now < call.deadline


def word_of(call: Call, now: datetime) -> str:
    if call.state == "draft":
        return gettext("Ditarik untuk diperbaiki")
    if call.direct and call.state == "provisional":
        return gettext(DIRECTLY)
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
class Directly:
    """A partner appointed without rivals, with the reason; ``goes``: it stands, or went on to the meeting."""

    partner: str
    url: str
    kind: str
    explanation: str
    evidence: str
    on: datetime | None
    word: str
    goes: bool


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
    def rests_on(self) -> list[tuple[str, str]]:
        """The rest of the terms of reference, from the case."""
        return rests_on(self.call.case, self._rows.need_rows or ())

    @property
    def channels(self) -> list[str]:
        return [gettext(CHANNELS[each]) for each in self.call.channels if each in CHANNELS]

    @property
    def zone(self) -> str:
        """Whose clock counts: ``WIB``."""
        return str(zone_of(self.call.case.village_id))

    @cached_property
    def vision_open(self) -> bool:
        return vision_is_open(self.call)

    @property
    def at_the_desk(self) -> bool:
        """Taken back to be repaired, or given up there: what it asks is being written anew, and is nobody's yet."""
        return self.call.state == "draft" or (self.call.state == "cancelled" and self.call.opened_at is None)

    @property
    def changes(self) -> list[Change]:
        return changes(self._rows.change_rows or (), self.call.case.village_id)

    @property
    def hashes(self) -> Hashes | None:
        weights = {row["code"]: row["weight"] for row in self._rows.weight_rows or ()}
        return hashes(self.call, weights, self.vision_open)

    @property
    def vision(self) -> list[str]:
        """What the village stands by; partners read it once all proposals are in."""
        if not self.vision_open:
            return []
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
        """How many proposals took part; nothing is said of it while they are sealed, and nobody did where one was appointed."""
        return 0 if self.call.state == "open" or self.call.direct else self._rows.came_count or 0

    @property
    def took_part(self) -> str:
        """How many were judged, and how many were out by the check before; who stepped back unopened is in neither."""
        judged, out = len(self.ranking), self._rows.out_count or 0
        told = ngettext("%(n)s usulan ikut dan dinilai.", "%(n)s usulan ikut dan dinilai.", judged) % {"n": judged}
        if not out:
            return told
        return gettext("%(all)s usulan ikut: %(judged)s dinilai, %(out)s gugur dalam seleksi administrasi.") % {
            "all": judged + out, "judged": judged, "out": out,
        }  # fmt: skip

    @property
    def directs(self) -> list[Directly]:
        """Direct appointments to this call, the newest first."""
        return [_directly(row) for row in self._rows.direct_rows or ()]

    @property
    def objections(self) -> list[tuple[str, int]]:
        """How many objections there were, by what became of them."""
        counted = Counter(row["state"] for row in self._rows.objection_rows or ())
        return [(gettext(OBJECTION_LABELS[state].public), n) for state, n in sorted(counted.items())]

    @property
    def answers(self) -> list[Objected]:
        """Each objection with its answers; what was objected, and by whom, is not shown."""
        today = self.now.astimezone(tz(zone_of(self.call.case.village_id))).date()
        return objections(self._rows.objection_rows or (), self._rows.word_rows or (), today)

    @property
    def guards(self) -> tuple[Guard, ...]:
        """What the award needs, met and unmet; nothing while the call is being written anew, or once it is over without one."""
        return kept_guards(self.call) if self.call.state in (*UNDER_WAY, "awarded") else ()


def _call(code: str) -> QuerySet[Call]:
    """The call with its criteria, questions, how many proposals took part, and what came of objections."""
    asked = Question.objects.filter(call=OuterRef("pk")).order_by("asked_at", "pk")
    filed = Objection.objects.filter(call=OuterRef("pk")).order_by("filed_at", "pk")
    words = ObjectionStep.objects.filter(objection__call=OuterRef("pk")).order_by("pk")
    weights = Criterion.objects.filter(call=OuterRef("pk")).order_by("position")
    answered = CaseNeed.objects.filter(case=OuterRef("case")).order_by("need")
    became = CallChange.objects.filter(call=OuterRef("pk")).order_by("pk")
    came = Proposal.objects.filter(call=OuterRef("pk"), direct_appointment=None, sealed_at__isnull=False)
    came = came.exclude(state__in=UNREAD).order_by()
    out = Proposal.objects.filter(
        call=OuterRef("pk"), state="disqualified", sealed_at__gte=OuterRef("opened_at")
    ).order_by()
    directly = DirectAppointment.objects.filter(call=OuterRef("pk")).order_by("-pk")
    return (
        announced_calls()
        .filter(code=code)
        .select_related(
            "case__village__parent__parent__parent",
            "case__partner",
            "case__midterm_line",
            "case__plan_line",
            "guard_list",
        )
        .annotate(
            question_rows=Rows(asked, text="text", answer="answer__text"),
            objection_rows=Rows(filed, key="pk", state="state", partner="partner_id", at="filed_at"),
            word_rows=Rows(words, objection="objection_id", kind="kind", words="words", at="at", due_on="due_on"),
            change_rows=Rows(
                became, kind="kind", reason="reason", before="deadline_before", after="deadline_after", at="at"
            ),
            came_count=Subquery(came.values("call").annotate(n=Count("pk")).values("n")),
            out_count=Subquery(out.values("call").annotate(n=Count("pk")).values("n")),
            need_rows=Rows(answered, title="need__title"),
            weight_rows=Rows(weights, code="code", weight="weight"),
            dossier_there=Exists(Dossier.objects.filter(case=OuterRef("case"), state=Dossier.State.READY)),
            direct_rows=Rows(
                directly,
                kind="kind",
                explanation="explanation",
                evidence="evidence",
                at="at",
                state="proposal__state",
                name="proposal__partner__name",
                partner="proposal__partner__code",
            ),
        )
    )


_CALL = Worked(_call)


def show(code: str, now: datetime) -> Shown | None:
    """Four statements at most: the call with its lists, its result, the reasons, who sits on the panel now."""
    call: Call | None = _CALL.first(code)
    if call is None:
        return None
    ranked = public_ranking(call)
    given = reasons_of(call, ranked)
    return Shown(call, [_placed(line, call, given) for line in ranked], now)


def _directly(row: Row) -> Directly:
    return Directly(
        partner=row["name"],
        url=reverse("page.partner", args=[row["partner"]]),
        kind=gettext(DIRECT_KINDS[row["kind"]]),
        explanation=openly(row["explanation"]),
        evidence=openly(row["evidence"]),
        on=instant(row["at"]),
        word=gettext(PROPOSAL_LABELS[row["state"]].public),
        goes=row["state"] in CANDIDATES,
    )


def weighed(call: Any) -> list[Weighed]:
    known = criteria()
    return [
        Weighed(row["code"], said(known[row["code"]].name), said(known[row["code"]].asks), row["weight"])
        for row in call.weight_rows or ()
        if row["code"] in known
    ]


def _placed(line: Ranking, call: Call, given: dict[tuple[int, str], list[tuple[int, str]]]) -> Placed:
    partner = line.proposal.partner
    earned = points_of(line.points)
    lines = [
        (
            each,
            earned[each.code],
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
        total=points(line.total),
        agreement=line.vision_agreement,
        points=lines,
        below=[said(known[code].name) for code in line.below_floor if code in known],
        chosen=line.proposal.state in CANDIDATES,
    )
