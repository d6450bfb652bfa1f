"""Signs of trouble as they are read: the facts of a meeting in one statement, its signs, and how they were explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from bermitra.deliberation.models import (
    AttendanceSheet,
    ConsentStep,
    Countersignature,
    Decision,
    Meeting,
    SignNote,
)
from bermitra.deliberation.rules import EXPLAINING, ExplainedFacts, Sign, SignFacts, signs_of
from bermitra.foundation.calendar import WorkingDays, tz, zone_of
from bermitra.foundation.fields import filled
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Finding, Standing, examine
from bermitra.registry.models import VillageProfile

ASKED_IN = ("minutes_draft", "countersigning", "objection_window")
COLUMNS = (
    "invited_n", "present_n", "women_n", "poor_n", "first_decided", "last_decided", "file_elsewhere", "adults",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A sign with how it was explained, the oldest word first."""

    code: str
    says: str
    notes: tuple[SignNote, ...]


def with_facts(found: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The meetings with the figures that signs are worked out from: counts only, and no name."""
    deciding = Q(attendees__session=F("session"), attendees__observer=False)
    marked_poor = Q(attendees__poor=True) | Q(Contains(Cast("attendees__elements", TextField()), '"poor"'))
    decided = Decision.objects.filter(subject__meeting=OuterRef("pk")).order_by("decided_at").values("decided_at")
    return found.annotate(
        invited_n=Count("attendees", filter=Q(attendees__invited=True)),
        present_n=Count("attendees", filter=deciding),
        women_n=Count("attendees", filter=deciding & Q(attendees__sex="P")),
        poor_n=Count("attendees", filter=deciding & marked_poor),
        first_decided=Subquery(decided[:1]),
        last_decided=Subquery(decided.reverse()[:1]),
        file_elsewhere=_file_elsewhere(),
        adults=Subquery(VillageProfile.objects.filter(village=OuterRef("village")).values("adults")[:1]),
    )


def _file_elsewhere() -> Any:
    """Whether a scan of this meeting also stands for another one, or for a step of a PADIATAPA."""
    lists = AttendanceSheet.objects.filter(meeting=OuterRef("pk")).filter(_in_another("file"))
    signed = Countersignature.objects.filter(meeting=OuterRef("pk"), sheet__isnull=False).filter(_in_another("sheet"))
    return Exists(lists) | Exists(signed)


def _in_another(column: str) -> Any:
    file, own = OuterRef(column), OuterRef("meeting")
    return (
        Exists(AttendanceSheet.objects.filter(file=file).exclude(meeting=own))
        | Exists(Countersignature.objects.filter(sheet=file).exclude(meeting=own))
        | Exists(ConsentStep.objects.filter(file=file))
    )


def signs_in(
    row: Mapping[str, Any], *, village: str, held_on: date, ends: time | None, norms: Standing | None = None
) -> tuple[Sign, ...]:
    """The signs of a meeting whose figures were read with :func:`with_facts`; none before it decided something.

    ``norms`` are read only where they are not given and the decision was entered on a later working day.
    """
    if row["first_decided"] is None:
        return ()
    zone = tz(zone_of(village))
    first: datetime = row["first_decided"].astimezone(zone)
    days = WorkingDays().between(held_on, max(row["last_decided"].astimezone(zone).date(), held_on))
    norms = norms or (standing(village) if days else Standing())
    return signs_of(
        SignFacts(
            first_decided=first,
            ends=datetime.combine(held_on, ends, zone) if ends else None,
            invited=row["invited_n"],
            present=row["present_n"],
            women=row["women_n"],
            poor=row["poor_n"],
            adults=row["adults"],
            file_used_elsewhere=bool(row["file_elsewhere"]),
            working_days=days,
            working_days_allowed=norms.numbers["minutes_working_days"] if days else 0,
        )
    )


def signs_now(meeting: Meeting, norms: Standing | None = None) -> tuple[Sign, ...]:
    """One statement where the meeting was read without its figures; none before the session."""
    if meeting.opened_at is None:
        return ()
    if hasattr(meeting, "first_decided"):
        row = {name: getattr(meeting, name) for name in COLUMNS}
    else:
        row = with_facts(Meeting.objects.filter(pk=meeting.pk)).values(*COLUMNS).get()
    return signs_in(row, village=meeting.village_id, held_on=meeting.held_on, ends=meeting.ends, norms=norms)


def shown(meeting: Meeting, norms: Standing | None = None) -> list[Shown]:
    """The signs of a meeting in the reader's language, each with its explanations."""
    found = signs_now(meeting, norms)
    notes = list(meeting.sign_notes.order_by("pk")) if found else []
    return [
        Shown(each.code, filled(each.says, each.figures), tuple(note for note in notes if note.sign == each.code))
        for each in found
    ]


def findings(meeting: Meeting, signs: Iterable[Shown], norms: Standing | None) -> tuple[Finding, ...]:
    """DB-22 as a line of the page, from the minutes on until the decision binds."""
    if meeting.state not in ASKED_IN:
        return ()
    signs = list(signs)
    explained = frozenset(each.code for each in signs if each.notes)
    return examine(EXPLAINING, ExplainedFacts(frozenset(each.code for each in signs), explained), norms)
