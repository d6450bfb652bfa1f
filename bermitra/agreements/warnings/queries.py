"""Reading warnings, what may be warned of, and the facts that the rules ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

import rfc8785
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from bermitra.agreements import linked
from bermitra.agreements.changing.models import Suspension
from bermitra.agreements.changing.queries import holding
from bermitra.agreements.models import Agreement, DraftVersion, LimitLine, Obligation
from bermitra.agreements.queries import agreements_visible_to, side_of_person
from bermitra.agreements.rules import ONE, OTHER
from bermitra.agreements.warnings import ladder
from bermitra.agreements.warnings.ladder import Place, Step
from bermitra.agreements.warnings.models import WarnedOf, WarningLetter, WarningWord
from bermitra.agreements.warnings.rules import (
    CURING,
    FOUND,
    LIVING,
    RECEIPT,
    SENDING,
    WARNABLE,
    CureFacts,
    HeardFacts,
    OrderFacts,
    Point,
    PointFacts,
    ReceiptFacts,
)
from bermitra.foundation.norms.queries import standing
from bermitra.partnership.queries import Asked

_WITH = (
    "agreement__case__village__parent",
    "agreement__case__partner",
    "agreement__partner",
    "paper__file",
    "previous",
)

Late = Callable[[Agreement], Mapping[int, date]]


@lru_cache(maxsize=1)
def _late() -> Late:
    """Which duties of an agreement are late, and since when, by their key. Days are known to a stage above this one; what
    it knows of them is the function that the setting ``LATE_PROMISES`` names."""
    return cast(Late, import_string(settings.LATE_PROMISES))


# Who sees which ------------------------------------------------------------------------------------------------------
def warnings_visible_to(person: Any) -> QuerySet[WarningLetter]:
    """Those of the agreements one sees. What was never sent is read by the side alone that drafted it."""
    places = [office.region_id for office in person.offices if office.region_id]
    parties = [office.party for office in person.offices if office.party]
    own = Q(party=ONE, agreement__case__village__in=places) | Q(party=OTHER[ONE], agreement__partner__code__in=parties)
    found = WarningLetter.objects.filter(agreement__in=agreements_visible_to(person).order_by())
    return found.filter(own | Q(sent_on__isnull=False)).select_related(*_WITH).order_by("-pk")


def words_visible_to(person: Any) -> QuerySet[WarningWord]:
    found = WarningWord.objects.filter(warning__in=warnings_visible_to(person).order_by())
    return found.select_related("file", "warning__agreement__case")


def side_of(person: Any, agreement: Agreement) -> str:
    """The side that this person acts for; "" for whoever only reads."""
    side = side_of_person(person, agreement)
    here = any(office.region_id == agreement.case.village_id for office in person.offices)
    return side if side != ONE or here else ""


# What may be warned of -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Choice:
    """A duty that is late, or a limit: what a side may warn of. ``key`` names it in a form."""

    key: str
    text: str
    late_since: date | None


def choices(agreement: Agreement, party: str) -> list[Choice]:
    """What this side could warn the other of today."""
    late, resting = _late()(agreement), _resting(agreement)
    duties = agreement.obligations.filter(kind=Obligation.Kind.DUTY, party=OTHER[party], until=None, pk__in=list(late))
    found = [Choice(f"kewajiban-{row.number}", row.text, late[row.pk]) for row in duties if row.number not in resting]
    limits = agreement.limits.filter(until=None)
    return [*found, *(Choice(f"batasan-{row.number}", row.text, None) for row in limits)]


def rows_of(agreement: Agreement, keys: list[str]) -> list[WarnedOf]:
    """What these keys name, as rows that are not saved yet; a key that names nothing is passed over."""
    late = _late()(agreement)
    numbers = {
        kind: [int(k.rpartition("-")[2]) for k in keys if k.startswith(kind)] for kind in ("kewajiban", "batasan")
    }
    duties = agreement.obligations.filter(number__in=numbers["kewajiban"])
    limits = agreement.limits.filter(number__in=numbers["batasan"])
    return [
        *(WarnedOf(obligation=row, late_since=late.get(row.pk)) for row in duties),
        *(WarnedOf(limit=row) for row in limits),
    ]


def still_late(warning: WarningLetter) -> list[WarnedOf]:
    """What a warning was about and is not made good: duties that are late today, and its limits."""
    late = _late()(warning.agreement)
    return [
        WarnedOf(obligation=each.obligation, limit=each.limit, late_since=late.get(each.obligation_id or 0))
        for each in points_of(warning)
        if each.limit_id or each.obligation_id in late
    ]


def points_of(warning: WarningLetter) -> list[WarnedOf]:
    return list(warning.points.select_related("obligation", "limit"))


def _resting(agreement: Agreement) -> frozenset[int]:
    """Duties that rest now, or would because of force majeure that was reported and waits for an answer."""
    found = Suspension.objects.filter(agreement=agreement).filter(
        Q(state="resting") | Q(state="proposed", cause="force_majeure")
    )
    return frozenset(int(row["number"]) for each in found for row in each.frozen)


# Facts ---------------------------------------------------------------------------------------------------------------
def point_facts(agreement: Agreement, party: str, rows: list[WarnedOf]) -> PointFacts:
    late = _late()(agreement)
    return PointFacts(party, tuple(_point(each, late) for each in rows), _resting(agreement))


def _point(each: WarnedOf, late: Mapping[int, date]) -> Point:
    if each.obligation is not None:
        duty = each.obligation
        holds = duty.until_id is None and duty.kind == Obligation.Kind.DUTY
        return Point(duty.party, duty.number, holds, duty.pk in late)
    limit = cast(LimitLine, each.limit)
    return Point("", 0, limit.until_id is None, late=False)


@dataclass(frozen=True)
class Text:
    """The text of an agreement as it holds now: its articles, the numbers by which they are quoted, its ladder."""

    clauses: ladder.Clauses
    numbers: dict[str, str]
    steps: tuple[Step, ...]

    def step(self, rung: str) -> Step | None:
        return next((each for each in self.steps if each.code == rung), None)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.steps)


def text_of(agreement: Agreement) -> Text:
    """Nothing is in it where an agreement has no text of ours."""
    try:
        held = holding(agreement)
    except DraftVersion.DoesNotExist:
        return Text([], {}, ())
    numbers = dict(held.numbers)  # type: ignore[arg-type]  # pairs, as JSON keeps them
    steps = ladder.ladder(held.clauses, numbers, standing(agreement.case.village_id).numbers)
    return Text(held.clauses, numbers, steps)


def order_facts(warning: WarningLetter, rows: list[WarnedOf], text: Text, today: date) -> OrderFacts:
    before = warning.previous
    same = Q(points__obligation__in=[each.obligation_id for each in rows if each.obligation_id]) | Q(
        points__limit__in=[each.limit_id for each in rows if each.limit_id]
    )
    others = WarningLetter.objects.filter(same, agreement=warning.agreement, party=warning.party, state__in=LIVING)
    apart = [each for each in (warning.pk, before.pk if before else None) if each]
    return OrderFacts(
        ladder=text.codes,
        rung=warning.rung,
        previous=before.rung if before else "",
        previous_state=before.state if before else "",
        previous_cure_by=before.cure_by if before else None,
        previous_answered=before is not None and before.words.filter(party=OTHER[warning.party]).exists(),
        others=others.exclude(pk__in=apart).distinct().count(),
        today=today,
    )


def receipt_facts(before: WarningLetter | None, text: Text) -> ReceiptFacts:
    """Of the letter that the next one follows; nothing is asked of the first."""
    step = text.step(before.rung) if before is not None else None
    if before is None or step is None or not step.from_receipt:
        return ReceiptFacts(False, False)
    answered = before.words.filter(party=OTHER[before.party]).exists()
    return ReceiptFacts(True, before.handed_on is not None or answered)


def heard_facts(warning: WarningLetter, text: Text, today: date) -> HeardFacts:
    """Contested is what the other side contested last in this chain, of whatever it did not admit since."""
    chain = _chain(warning)
    said = WarningWord.objects.filter(warning__in=chain, kind__in=("admits", "contests")).order_by("-pk").first()
    found = next((each for each in chain if each.panel_minutes), None)  # once found, it stays so in this chain
    return HeardFacts(
        contested=said is not None and said.kind == "contests",
        by_panel=ladder.names_a_panel(text.clauses),
        panel_minutes=found.panel_minutes if found else "",
        panel_on=found.panel_on if found else None,
        today=today,
    )


def sending_asked(warning: WarningLetter, rows: list[WarnedOf], text: Text, today: date) -> Asked:
    """All that is asked before a warning is sent."""
    step = text.step(warning.rung)
    return [
        (WARNABLE, point_facts(warning.agreement, warning.party, rows)),
        (SENDING, order_facts(warning, rows, text, today)),
        (RECEIPT, receipt_facts(warning.previous, text)),
        (CURING, CureFacts(warning.days, step.days if step else 0)),
        (FOUND, heard_facts(warning, text, today)),
    ]


def may_follow(warning: WarningLetter, text: Text, today: date) -> bool:
    """Whether the next rung stands in the agreement, its time has come, and nobody drafts it yet."""
    step = ladder.next_rung(text.steps, warning.rung)
    if step is None:
        return False
    new = WarningLetter(agreement=warning.agreement, party=warning.party, previous=warning, rung=step.code)
    rows = still_late(warning)
    asked: Asked = [(SENDING, order_facts(new, rows, text, today)), (RECEIPT, receipt_facts(warning, text))]
    return bool(rows) and all(each(facts) for rules, facts in asked for each in rules)


def _chain(warning: WarningLetter) -> list[WarningLetter]:
    """This one and all that it follows, the newest first."""
    found: list[WarningLetter] = []
    each: WarningLetter | None = warning
    while each is not None:
        found.append(each)
        each = each.previous
    return found


# In words ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Quoted:
    """A point of a warning with the article that says it, as it reads now, and the sanction linked to it."""

    text: str
    late_since: date | None
    at: Place
    sanction: str
    sanction_at: str


@dataclass(frozen=True)
class Words:
    """All that a warning takes from the agreement: the rung, what follows, and each point with its article."""

    rung: Place
    after: Place
    points: tuple[Quoted, ...]
    days: int
    from_receipt: bool = False

    def digest(self, warning: WarningLetter) -> str:
        """What somebody has read who sends exactly this."""
        whole: Any = {
            "warning": warning.code, "facts": warning.facts, "wanted": warning.wanted, "days": warning.days,
            "happened_on": warning.happened_on.isoformat(), "panel": warning.panel_minutes,
            "rung": [self.rung.place, self.rung.words], "after": [self.after.place, self.after.words],
            "points": [[each.text, each.at.place, each.at.words, each.sanction_at] for each in self.points],
        }  # fmt: skip
        return sha256(rfc8785.dumps(whole)).hexdigest()


def words_of(warning: WarningLetter, text: Text, points: list[WarnedOf] | None = None) -> Words:
    rows = points_of(warning) if points is None else points
    quoted = tuple(_quoted(each, text) for each in rows)
    step = text.step(warning.rung)
    return (
        Words(step.at, step.after, quoted, step.days, step.from_receipt) if step else Words(Place(), Place(), quoted, 0)
    )


def _quoted(each: WarnedOf, text: Text) -> Quoted:
    sanction = each.obligation.sanction if each.obligation is not None else ""
    own = linked.topics_sanctions(text.clauses)
    place = linked.consequence(sanction, own, text.clauses, text.numbers) if sanction else ""
    at = ladder.where(text.clauses, text.numbers, each.text)
    return Quoted(each.text, each.late_since, at, sanction, place)
