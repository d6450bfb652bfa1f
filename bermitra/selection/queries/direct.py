"""Direct appointments: what each must meet, who sees its evidence, and how often it happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Substr

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import is_village
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Standing
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case, CaseNeed
from bermitra.partnership.rules import TAKING_A_PART
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import of_body
from bermitra.registry.queries.conflicts import overlap_facts_of, tied_people
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.queries.villages import village_facts
from bermitra.registry.rules import READY_TO_PARTNER, UNTIED
from bermitra.selection.models import Call, DirectAppointment, Proposal, Ranking
from bermitra.selection.queries.award import partner_asked
from bermitra.selection.queries.calls import call_facts, frozen_facts, terms_asked
from bermitra.selection.queries.panel import interest_facts, parts
from bermitra.selection.queries.seen import calls_visible_to
from bermitra.selection.queries.value import agreed_values, split_facts, values_of
from bermitra.selection.rules import (
    DIRECT,
    FROZEN,
    OPENING_CALL,
    READING,
    TICKING,
    UNSPLIT,
    DirectFacts,
    InterestFacts,
    TickFacts,
    no_stopping_flag,
)

AGREED = ("signed", "running", "suspended")  # states of a case whose agreement binds


@dataclass(frozen=True)
class Reason:
    """Why a partner is appointed directly, as it was typed. ``file``: a file was laid beside it."""

    kind: str
    explanation: str
    evidence: str = ""
    file: bool = False


def failures_of(case: Case) -> int:
    """How often a call of this case was announced and nobody offered, or nobody who did reached the bounds, by the journal.
    A panel that gave up before or beside that proves nothing, nor a direct appointment that came to nothing. One statement."""
    calls = [about_of(call) for call in case.calls.all()]
    empty = Q(verb="call.closed", body__contains='"proposals":0')
    too_low = Q(verb="call.failed", body__contains='"nobody_reached":true')
    return Event.objects.filter(empty | too_low, about__in=calls).count()


def continued(case: Case, partner: Partner) -> Case | None:
    """The newest cooperation of this village with this partner that this case goes on with: its agreement is in force, it is
    of the same field, answers one of the same needs or takes one of the same forms, and is worth as much or more."""
    running = Case.objects.filter(of_body(partner.kept_id), village=case.village_id, state__in=AGREED)
    alike = list(running.filter(field_of_government=case.field_of_government).exclude(pk=case.pk).order_by("-pk"))
    if not alike:
        return None
    needs = CaseNeed.objects.filter(need__in=CaseNeed.objects.filter(case=case).values("need"))
    same_need = set(needs.values_list("case", flat=True))
    value, agreed = values_of([case])[case.pk], agreed_values(alike)
    return next(
        (
            each
            for each in alike
            if (each.pk in same_need or set(each.forms) & set(case.forms)) and value <= agreed[each.pk]
        ),
        None,
    )


def out_here(case: Case, partner: Partner) -> bool:
    """Whether the newest proposal that this partner itself sent to the call of this case was put out, or came out below a
    bound. Two statements."""
    sent = Proposal.objects.filter(of_body(partner.kept_id), call__case=case, direct_appointment=None)
    newest = sent.filter(sealed_at__isnull=False).order_by("-pk").first()
    if newest is None or newest.state == "disqualified":
        return newest is not None
    line = Ranking.objects.filter(proposal=newest).order_by("-round").first()
    return line is not None and line.place is None


def direct_facts(case: Case, partner: Partner | None, why: Reason, held: Standing) -> DirectFacts:
    return DirectFacts(
        reason_kind=why.kind,
        explanation=why.explanation,
        published=True,  # by the act itself: from then on the call has a public page that says it
        failures=failures_of(case),
        value_rupiah=values_of([case])[case.pk],
        earlier_agreements=1 if partner is not None and continued(case, partner) is not None else 0,
        out_here=partner is not None and out_here(case, partner),
        evidence_characters=len(why.evidence),
        evidence_file=why.file,
        direct_reason_characters=held.numbers["direct_reason_characters"],
        direct_small_value_rupiah=held.numbers["direct_small_value_rupiah"],
    )


def prepared_asked(call: Call, held: Standing, person: Person | None) -> cases.Asked:
    """What must stand before any partner is named: the terms and what they rest on, the village's statements of vision, and
    somebody who has no part in the case yet and no interest in it."""
    return [*_prepared(call, held, person), (READING, interest_facts(call, person))]


def _prepared(call: Call, held: Standing, person: Person | None) -> cases.Asked:
    case = call.case
    return [
        (TAKING_A_PART, parts(case).facts(person.code if person else "", "propose")),
        *terms_asked(case),
        (OPENING_CALL[:3], call_facts(call, held, clock.today())),
        (READY_TO_PARTNER, village_facts(case.village, held)),
        (TICKING, TickFacts(len(call.vision_ticks))),
        *([(FROZEN, frozen_facts(call))] if call.state == "failed" else []),
    ]


def direct_asked(call: Call, partner: Partner, why: Reason, held: Standing, person: Person | None) -> cases.Asked:
    """Everything that a direct appointment asks; what :func:`prepared_asked` asks comes first."""
    case, stands = call.case, standing_of(partner)
    interest = _interest_in(partner, case, person, interest_facts(call, person))
    return [
        *_prepared(call, held, person),
        (READING, interest),
        (DIRECT, direct_facts(case, partner, why, held)),
        *partner_asked(stands),
        ((no_stopping_flag,), stands),
        (UNTIED, overlap_facts_of([partner], case.village_id, clock.today())),
        (UNSPLIT, split_facts(case, held, partner)),
    ]


def _interest_in(partner: Partner, case: Case, person: Person | None, said: InterestFacts) -> InterestFacts:
    """``said``, and whether something that this person shares with this very partner was found."""
    tied = person is not None and tied_people([person], [partner], case.village_id, clock.today())
    return replace(said, conflict_found=said.conflict_found or bool(tied))


def direct_of(proposal: Proposal) -> DirectAppointment | None:
    """The direct appointment behind a candidate, where there is one."""
    return DirectAppointment.objects.filter(proposal=proposal).select_related("file", "continues").first()


def directs_of(call: Call) -> list[DirectAppointment]:
    """Those of a call, the newest first."""
    found = DirectAppointment.objects.filter(call=call).select_related("proposal__partner", "file", "continues")
    return list(found.order_by("-pk"))


def directs_visible_to(person: Any) -> QuerySet[DirectAppointment]:
    """Those of the calls one sees, and of the own party: with the file that was laid beside the reason."""
    parties = [office.party for office in person.offices if office.party]
    seen = Q(call__in=calls_visible_to(person).values("pk")) | Q(proposal__partner__code__in=parties)
    return DirectAppointment.objects.filter(seen).select_related("file")


# How often it happens, for everybody -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class DirectCounts:
    """``made``: partners appointed directly, whatever came of it; ``awards``: calls that ended with a partner by consent of
    the village meeting, ``awarded`` those of them by direct appointment."""

    made: int
    awarded: int
    awards: int

    @property
    def share_percent(self) -> int | None:
        """Direct ones among all awards, rounded half up; ``None`` without any award."""
        return (self.awarded * 200 + self.awards) // (self.awards * 2) if self.awards else None


def within_region(region: str, village: str) -> Q:
    """Records of a village or of all villages in an area; ``village`` names the column. Empty means the country."""
    if not region:
        return Q()
    if is_village(region):
        return Q(**{f"{village}_id": region})
    return Q(**{f"{village}_id__gt": f"{region}.", f"{village}_id__lt": f"{region}/"})


_COUNTED: dict[str, Any] = {
    "made": Count("direct_appointments", distinct=True),
    "awarded": Count("pk", filter=Q(state="awarded", direct=True), distinct=True),
    "awards": Count("pk", filter=Q(state="awarded"), distinct=True),
}


def direct_counts(region: str = "") -> DirectCounts:
    """In the country, or in the area of this code, of any level. One statement; what the equity board counts."""
    return DirectCounts(**Call.objects.filter(within_region(region, "case__village")).aggregate(**_COUNTED))


def counts_by_area(region: str, length: int) -> QuerySet[Any, dict[str, Any]]:
    """Rows of ``key`` (the first ``length`` characters of the village's code), ``made``, ``awarded`` and ``awards``, most
    appointments first; areas without any are left out."""
    found = Call.objects.filter(within_region(region, "case__village"))
    keyed = found.annotate(key=Substr("case__village_id", Value(1), Value(length)))
    return _most_first(keyed.order_by().values("key").annotate(**_COUNTED))


def counts_by_partner(region: str) -> QuerySet[Any, dict[str, Any]]:
    """Rows of ``key`` (of the entry that stands for the partner) as :func:`counts_by_area` gives them. ``awards`` are those
    that this partner got, directly or in a call."""
    partner = Coalesce("partner__merged_into", "partner")
    won = Q(call__state="awarded", state="chosen")
    found = Proposal.objects.filter(within_region(region, "call__case__village"), call__isnull=False)
    counted = found.order_by().annotate(key=partner).values("key")
    return _most_first(
        counted.annotate(
            made=Count("direct_appointment"),
            awarded=Count("pk", filter=won & Q(direct_appointment__isnull=False)),
            awards=Count("pk", filter=won),
        )
    )


def _most_first(counted: Any) -> QuerySet[Any, dict[str, Any]]:
    found: QuerySet[Any, dict[str, Any]] = counted.filter(made__gt=0).order_by(F("made").desc(), "key")
    return found
