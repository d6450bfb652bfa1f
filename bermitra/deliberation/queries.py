"""Reading meetings, their attendance and what they decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import get_language

from bermitra.deliberation.elements import COMMUNITY, REQUIRED, elements
from bermitra.deliberation.models import (
    Countersignature,
    Decision,
    Invitee,
    Meeting,
    ReadyText,
    Subject,
)
from bermitra.deliberation.rules import (
    BINDING,
    FINALISING,
    INVITING,
    OPENING,
    OPENING_AGAIN,
    POSTPONING,
    BindingFacts,
    FailingFacts,
    InvitingFacts,
    MinutesFacts,
    OpeningFacts,
    SecondSessionFacts,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, Standing, examine
from bermitra.foundation.text import name_key

CLERKS = frozenset(
    {
        roles.VILLAGE_SECRETARY.key, roles.VILLAGE_OPERATOR.key, roles.ASSISTING_OFFICER.key, roles.BPD_CHAIR.key,
    }
)  # fmt: skip


# Whose meetings -----------------------------------------------------------------------------------------------------


def offices_in(person: Any) -> Q:
    """The villages in which a person's offices lie: the village itself, or all of a district or regency."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.region_id and len(office.region_id) >= 5:
            wanted |= Q(village__code__startswith=office.region_id)
    return wanted


def meetings_visible_to(person: Any) -> QuerySet[Meeting]:
    return Meeting.objects.filter(offices_in(person))


def invitees_visible_to(person: Any) -> QuerySet[Invitee]:
    """Names and marks of poverty: for the village's own clerks only."""
    places = [office.region_id for office in person.offices if office.role in CLERKS]
    return Invitee.objects.filter(village_id__in=places)


def public_meetings(village: Region | str) -> QuerySet[Meeting]:
    """Meetings from their invitation on, with counts and without names; ``here`` counts who signed and may decide."""
    counted = Count("attendees", filter=Q(attendees__session=F("session"), attendees__observer=False))
    invited = Count("attendees", filter=Q(attendees__invited=True))
    return (
        Meeting.objects.filter(village=village)
        .exclude(state__in=("planned", "cancelled"))
        .annotate(here=counted, asked=invited)
        .order_by("-held_on", "-pk")
    )


# Decisions, as later stages ask for them ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Decided:
    """What a meeting decided on a subject. ``binding`` once signed, published and through its objection window."""

    meeting_code: str
    meeting_state: str
    agreed: bool
    binding: bool
    text_hash: str
    held_on: date
    minutes_number: str
    minutes_on: date | None
    invited: int
    present: int
    conditions: str


def decision_on(subject_code: str) -> Decided | None:
    """The newest decision on this subject that was not annulled. Two statements."""
    found = (
        Decision.objects.filter(subject__code=subject_code)
        .exclude(subject__meeting__state="annulled")
        .select_related("subject__meeting")
        .order_by("-decided_at", "-pk")
        .first()
    )
    if found is None:
        return None
    meeting = found.subject.meeting
    return Decided(
        meeting_code=meeting.code,
        meeting_state=meeting.state,
        agreed=found.result == Decision.Result.AGREED,
        binding=meeting.state == "binding",
        text_hash=found.text_hash,
        held_on=meeting.held_on,
        minutes_number=meeting.minutes_number,
        minutes_on=meeting.minutes_on,
        invited=meeting.attendees.filter(invited=True).count(),
        present=found.present,
        conditions=found.conditions,
    )


def tabled_at(subject_code: str) -> Subject | None:
    """The newest meeting that has this subject before it, as its :class:`Subject`; cancelled ones aside."""
    return (
        Subject.objects.filter(code=subject_code)
        .exclude(meeting__state__in=("cancelled", "annulled"))
        .select_related("meeting")
        .order_by("-tabled_at", "-pk")
        .first()
    )


def texts_waiting(villages: Iterable[str]) -> QuerySet[ReadyText]:
    """Texts of later stages that wait for a meeting: neither on an agenda nor decided since they were offered."""
    subjects = Subject.objects.filter(code=OuterRef("code")).exclude(meeting__state__in=("cancelled", "annulled"))
    return (
        ReadyText.objects.filter(village_id__in=list(villages))
        .exclude(Exists(subjects.filter(decision__isnull=True)))
        .exclude(Exists(subjects.filter(decision__decided_at__gte=OuterRef("offered_at"))))
        .order_by("offered_at", "pk")
    )


def meetings_open_for_subjects(village: Region | str) -> QuerySet[Meeting]:
    """Meetings of a village whose agenda may still be added to."""
    return Meeting.objects.filter(village=village, state="planned").order_by("held_on", "pk")


# Who was there ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Presence:
    """The sums of an attendance list. ``signed_in`` counts invitees of this session only: they make the quorum."""

    invited: int
    signed_in: int
    present: int
    male: int
    female: int
    invited_elements: frozenset[str]
    present_elements: frozenset[str]
    rows: int
    complete: int


def presence(meeting: Meeting) -> Presence:
    """One statement; counted here, as elements are lists."""
    lines = list(meeting.attendees.all())
    here = [each for each in lines if each.session == meeting.session]
    deciding = [each for each in here if not each.observer]
    return Presence(
        invited=sum(each.invited for each in lines),
        signed_in=sum(each.invited for each in deciding),
        present=len(deciding),
        male=sum(each.sex == "L" for each in deciding),
        female=sum(each.sex == "P" for each in deciding),
        invited_elements=frozenset(e for each in lines if each.invited for e in each.elements) & COMMUNITY,
        present_elements=frozenset(e for each in deciding for e in each.elements) & COMMUNITY,
        rows=len(here),
        complete=sum(
            bool(each.name and each.mark and (each.observer or (each.hamlet and each.elements))) for each in here
        ),
    )


def element_name(code: str) -> str:
    """The name of an element in the reader's language."""
    element = elements().get(code)
    if element is None:
        return code
    return element.en if (get_language() or "id").startswith("en") else element.id


# Facts for the rules ------------------------------------------------------------------------------------------------
# Counted here and not in the database, so that a page that has read a meeting's lists once asks no more.


def read_whole(meeting: Meeting) -> Meeting:
    """Read the lists that a meeting can have in its state, one statement each."""
    subjects = Prefetch("subjects", Subject.objects.select_related("decision").order_by("pk"))
    lists: list[str | Prefetch[Any]] = ["attendees", subjects]
    lists += ["answers"] if meeting.opened_at else []
    signatures = Prefetch("signatures", Countersignature.objects.select_related("sheet"))
    lists += [signatures] if meeting.minutes_hash else []
    lists += ["objections"] if meeting.published_on else []
    prefetch_related_objects([meeting], *lists)
    return meeting


_WORKING = WorkingDays()


def inviting_facts(meeting: Meeting, role: str) -> InvitingFacts:
    """Whom the invitation reaches: the standing list as it is now, with those added for this meeting."""
    lists: list[list[str]] = [each.elements for each in meeting.attendees.all() if each.invited]
    if meeting.state == "planned":
        lists += Invitee.objects.filter(village_id=meeting.village_id, active=True).values_list("elements", flat=True)
    return InvitingFacts(
        convened_by=role,
        invited_elements=frozenset(code for each in lists for code in each) & COMMUNITY,
        required_elements=REQUIRED,
        subjects=len(meeting.subjects.all()),
    )


def opening_facts(meeting: Meeting, role: str, now: datetime, numbers: Mapping[str, Any]) -> OpeningFacts:
    here, since = presence(meeting), meeting.waiting_since
    return OpeningFacts(
        convened_by=role,
        signed_in=here.signed_in,
        invited=here.invited,
        session=meeting.session,
        quorum=numbers["musyawarah_quorum"],
        today=timezone.localdate(now),
        session_on=meeting.held_on,
        waited_hours=Fraction(int((now - since).total_seconds()), 3600) if since else Fraction(0),
        wait_hours=numbers["musyawarah_wait_hours"],
    )


def failing_facts(meeting: Meeting, today: date, numbers: Mapping[str, Any]) -> FailingFacts:
    here = presence(meeting)
    return FailingFacts(here.signed_in, here.invited, numbers["musyawarah_quorum"], today, meeting.held_on)


def second_session_facts(
    meeting: Meeting, role: str, today: date, second_on: date, numbers: Mapping[str, Any]
) -> SecondSessionFacts:
    """Of a first session that is being given up, or was."""
    first_on = meeting.first_held_on or (meeting.held_on if meeting.state == "waiting_quorum" else None)
    return SecondSessionFacts(
        convened_by=role,
        first_on=first_on or second_on,
        second_on=second_on,
        first_attempt_recorded=first_on is not None,
        days=numbers["musyawarah_second_session_days"],
        today=today,
        session_on=second_on,
    )


def minutes_facts(meeting: Meeting, today: date, numbers: Mapping[str, Any]) -> MinutesFacts:
    here = presence(meeting)
    cooperation = any(each.kind == Subject.Kind.COOPERATION for each in meeting.subjects.all())
    return MinutesFacts(
        present_elements=here.present_elements,
        required_elements=REQUIRED,
        required_count=numbers["required_elements_present"],
        absence_reason=meeting.absence_reason,
        rows_complete=here.complete,
        rows_total=here.rows,
        meeting_kind="cooperation" if cooperation else "other",
        topics_answered=sum(each.answer != "" for each in meeting.answers.all()),
        numbered=meeting.minutes_number != "" and meeting.minutes_on is not None,
        working_days_since_meeting=_WORKING.between(meeting.held_on, max(today, meeting.held_on)),
        working_days_allowed=numbers["minutes_working_days"],
    )


def signed_capacities(meeting: Meeting) -> frozenset[str]:
    """In which capacities the minutes, as they are worded now, have been signed."""
    return frozenset(each.capacity for each in meeting.signatures.all() if each.minutes_hash == meeting.minutes_hash)


def on_sheet(meeting: Meeting) -> list[Countersignature]:
    """The signatures under the words of now that were taken from the signed print, in the order of their capacities."""
    found = [e for e in meeting.signatures.all() if e.sheet_id is not None and e.minutes_hash == meeting.minutes_hash]
    order = list(Countersignature.Capacity)
    return sorted(found, key=lambda each: order.index(Countersignature.Capacity(each.capacity)))


def signatures_hash(meeting: Meeting) -> str:
    """What who makes a decision binding has before him: the words, who signed them as what, and the scans of the sheet."""
    if not meeting.minutes_hash:
        return ""
    signed = meeting.signatures.filter(minutes_hash=meeting.minutes_hash).values_list(
        "capacity", "name", "sheet__sha256"
    )
    lines = sorted("|".join((capacity, name, sheet or "")) for capacity, name, sheet in signed)
    return sha256("\n".join((meeting.minutes_hash, *lines)).encode()).hexdigest()


def binding_facts(
    meeting: Meeting,
    today: date,
    numbers: Mapping[str, Any],
    by: str = "",
    names_read: Mapping[str, str] | None = None,
) -> BindingFacts:
    """``by`` is the code of the person who is about to make the decision binding; ``names_read`` what he reads on the
    sheet by capacity. Before anybody has read them they count as read: the page asks for them."""
    since = meeting.published_on
    raised = list(meeting.objections.all()) if since else []
    names = frozenset((each.capacity, name_key(each.name)) for each in on_sheet(meeting))
    read = names if names_read is None else frozenset((each, name_key(name)) for each, name in names_read.items())
    return BindingFacts(
        signed_by=signed_capacities(meeting),
        objections=len(raised),
        answered=sum(each.answer != "" for each in raised),
        working_days_since_publication=_WORKING.between(since, today) if since else 0,
        window_days=numbers["minutes_objection_working_days"],
        sheet_recorded_by=frozenset(each.by for each in on_sheet(meeting)),
        binding_by=by,
        names_recorded=names,
        names_read=read,
    )


def window_ends(meeting: Meeting, numbers: Mapping[str, Any]) -> date | None:
    """The first day on which the decision may be made binding."""
    if meeting.published_on is None:
        return None
    return _WORKING.add(meeting.published_on, numbers["minutes_objection_working_days"])


def minutes_due(meeting: Meeting, numbers: Mapping[str, Any]) -> date:
    return _WORKING.add(meeting.held_on, numbers["minutes_working_days"])


def was_there(meeting: Meeting, name: str) -> bool:
    """Whether someone of this name signed the attendance list as a participant."""
    here = meeting.attendees.filter(session=meeting.session, observer=False).values_list("name", flat=True)
    return name.casefold() in {each.casefold() for each in here}


# What is signed -----------------------------------------------------------------------------------------------------


def minutes_data(meeting: Meeting) -> dict[str, Any]:
    """Everything that the minutes state, in a fixed form: what the four signatures are given for."""
    here = presence(meeting)
    return {
        "meeting": meeting.code,
        "village": meeting.village_id,
        "kind": meeting.kind,
        "topic": meeting.topic,
        "place": meeting.place,
        "held_on": meeting.held_on.isoformat(),
        "starts": f"{meeting.starts:%H:%M}",
        "ends": f"{meeting.ends:%H:%M}" if meeting.ends else "",
        "session": meeting.session,
        "invitation": meeting.invitation_number,
        "number": meeting.minutes_number,
        "edition": meeting.edition,
        "dated": meeting.minutes_on.isoformat() if meeting.minutes_on else "",
        "chair": meeting.chair,
        "minute_taker": meeting.minute_taker,
        "invited": here.invited,
        "signed_in": here.signed_in,
        "present": here.present,
        "male": here.male,
        "female": here.female,
        **_first_session(meeting),
        "discussion": meeting.discussion,
        "absence_reason": meeting.absence_reason,
        "topics": {str(each.topic): each.answer for each in meeting.answers.order_by("topic")},
        "decisions": [
            {
                "subject": each.code,
                "title": each.title,
                "text": each.decision.text_hash,
                "result": each.decision.result,
                "mode": each.decision.mode,
                "secret": each.decision.secret,
                "approving": each.decision.approving,
                "for": each.decision.votes_for,
                "against": each.decision.votes_against,
                "abstain": each.decision.votes_abstain,
                "conditions": each.decision.conditions,
                "reason": each.decision.reason,
            }
            for each in decided_subjects(meeting)
        ],
    }


def _first_session(meeting: Meeting) -> dict[str, Any]:
    """The session whose quorum failed, where the one that decided is the second."""
    if meeting.first_held_on is None:
        return {}
    return {"first_held_on": meeting.first_held_on.isoformat(), "first_present": meeting.first_present}


def decided_subjects(meeting: Meeting) -> list[Subject]:
    return list(meeting.subjects.filter(decision__isnull=False).select_related("decision").order_by("pk"))


def minutes_hash(meeting: Meeting) -> str:
    text = json.dumps(minutes_data(meeting), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class ElementCount:
    invited: int
    male: int
    female: int


def by_element(meeting: Meeting) -> dict[str, ElementCount]:
    """How many of each element were asked and came, in the order of the list; elements nobody stands for are left out."""
    lines = [each for each in meeting.attendees.all() if not each.observer]
    counted = {}
    for code in elements():
        mine = [each for each in lines if code in each.elements]
        here = [each for each in mine if each.session == meeting.session]
        if mine:
            counted[code] = ElementCount(
                invited=sum(each.invited for each in mine),
                male=sum(each.sex == "L" for each in here),
                female=sum(each.sex == "P" for each in here),
            )
    return counted


ASKED_IN = (
    "planned",
    "invited",
    "waiting_quorum",
    "adjourned",
    "in_session",
    "minutes_draft",
    "countersigning",
    "objection_window",
)


def checks(meeting: Meeting, today: date, norms: Standing | None = None, by: str = "") -> tuple[Finding, ...]:
    """What the next deciding door asks in this state, as lines to tick; ``by`` is the code of who looks."""
    if meeting.state not in ASKED_IN:
        return ()
    norms = norms or standing(meeting.village_id)
    chair = roles.BPD_CHAIR.key
    match meeting.state:
        case "planned":
            return examine(INVITING, inviting_facts(meeting, chair), norms)
        case "invited" | "waiting_quorum":
            return examine(OPENING, opening_facts(meeting, chair, clock.now(), norms.numbers), norms)
        case "adjourned":
            again = second_session_facts(meeting, chair, today, meeting.held_on, norms.numbers)
            return examine(OPENING_AGAIN, again, norms)
        case "in_session" | "minutes_draft":
            return examine(FINALISING, minutes_facts(meeting, today, norms.numbers), norms)
        case "countersigning" | "objection_window":
            return examine(BINDING, binding_facts(meeting, today, norms.numbers, by), norms)
    return ()


def failing_checks(meeting: Meeting, today: date) -> tuple[Finding, ...]:
    """What is asked before the first session is put off or given up."""
    norms = standing(meeting.village_id)
    return examine(POSTPONING, failing_facts(meeting, today, norms.numbers), norms)


def earlier_than(found: QuerySet[Meeting], last: Meeting) -> QuerySet[Meeting]:
    """The rest of a list of meetings, newest first, behind the last one shown."""
    return found.filter(Q(held_on__lt=last.held_on) | Q(held_on=last.held_on, pk__lt=last.pk))
