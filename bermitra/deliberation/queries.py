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

from bermitra.deliberation.elements import COMMUNITY, PRIVATE, REQUIRED, elements
from bermitra.deliberation.models import (
    Attendee,
    BpdDecree,
    Countersignature,
    Decision,
    Invitee,
    JointAnswer,
    JointOffer,
    JointPlace,
    Meeting,
    ReadyText,
    Subject,
    Witness,
)
from bermitra.deliberation.rules import (
    BINDING,
    COUNTERSIGNING,
    FINALISING,
    INVITING,
    OPENING,
    OPENING_AGAIN,
    POSTPONING,
    BindingFacts,
    DecreeFacts,
    FailingFacts,
    InvitingFacts,
    MinutesFacts,
    NumberFacts,
    OpeningFacts,
    SecondSessionFacts,
    SignerFacts,
    drawn,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import WorkingDays
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, Standing, examine
from bermitra.foundation.text import name_key
from bermitra.registry.overlaps import person_key

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


def decision_on(subject_code: str, village: str = "") -> Decided | None:
    """The newest decision on this subject that was not annulled; of one ``village``, where several decide on it. Two
    statements."""
    found = standing_decisions(subject_code)
    if village:
        found = found.filter(subject__meeting__village=village)
    newest = found.first()
    return decided(newest) if newest is not None else None


def standing_decisions(subject_code: str) -> QuerySet[Decision]:
    """All decisions on this subject that were not annulled, the newest first."""
    return (
        Decision.objects.filter(subject__code=subject_code)
        .exclude(subject__meeting__state="annulled")
        .select_related("subject__meeting")
        .order_by("-decided_at", "-pk")
    )


def decided(found: Decision, invited: int | None = None) -> Decided:
    """``invited``: how many were, where that has been counted already."""
    meeting = found.subject.meeting
    if invited is None:
        invited = meeting.attendees.filter(invited=True).count()
    return Decided(
        meeting_code=meeting.code,
        meeting_state=meeting.state,
        agreed=found.result == Decision.Result.AGREED,
        binding=meeting.state == "binding",
        text_hash=found.text_hash,
        held_on=meeting.held_on,
        minutes_number=meeting.minutes_number,
        minutes_on=meeting.minutes_on,
        invited=invited,
        present=found.present,
        conditions=found.conditions,
    )


def decree_on(subject_code: str) -> BpdDecree | None:
    """The decree of the BPD on this subject, with its paper; those of annulled meetings hold no longer."""
    return (
        BpdDecree.objects.filter(subject__code=subject_code)
        .exclude(subject__meeting__state="annulled")
        .select_related("paper__file")
        .order_by("-issued_at", "-pk")
        .first()
    )


def subjects_to_decree(meeting: Meeting) -> list[Subject]:
    """What a binding decision agreed to and no decree says yet."""
    if meeting.state != "binding":
        return []
    return [
        each
        for each in meeting.subjects.all()
        if each.decision.result == Decision.Result.AGREED and not hasattr(each, "decree")
    ]


def tabled_at(subject_code: str, village: str = "") -> Subject | None:
    """The newest meeting that has this subject before it, as its :class:`Subject`; cancelled ones aside. ``village``: of
    that one only."""
    found = Subject.objects.filter(code=subject_code).exclude(meeting__state__in=("cancelled", "annulled"))
    if village:
        found = found.filter(meeting__village=village)
    return found.select_related("meeting").order_by("-tabled_at", "-pk").first()


def texts_waiting(villages: Iterable[str]) -> QuerySet[ReadyText]:
    """Texts of later stages that wait for a meeting: neither on an agenda nor decided since they were offered."""
    here = Subject.objects.filter(code=OuterRef("code"), meeting__village=OuterRef("village"))
    subjects = here.exclude(meeting__state__in=("cancelled", "annulled"))
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


def listed(meeting: Meeting, name: str, hamlet: str, but: str = "") -> bool:
    """Whether another line has this name and is not from another hamlet; a hamlet that is not known is no other one.
    Before the invitation the standing list counts as well."""
    lines = list(meeting.attendees.exclude(code=but).values_list("name", "hamlet"))
    if meeting.state == "planned":
        standing_list = Invitee.objects.filter(village_id=meeting.village_id, active=True)
        lines += standing_list.values_list("name", "hamlet")
    key, here = person_key(name), hamlet.casefold()
    return any(
        person_key(other) == key and (not here or not place or place.casefold() == here) for other, place in lines
    )


def here_now(meeting: Meeting) -> list[Attendee]:
    """Who takes part in this session and decides: those on its list but the observers."""
    return [each for each in meeting.attendees.all() if each.session == meeting.session and not each.observer]


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
            bool(
                each.name
                and each.mark
                and (each.observer or (each.hamlet and each.elements))
                and (each.mark != Attendee.Mark.THUMB or each.helped_by)
            )
            for each in here
        ),
    )


def element_name(code: str) -> str:
    """The name of an element in the reader's language."""
    element = elements().get(code)
    if element is None:
        return code
    return element.en if (get_language() or "id").startswith("en") else element.id


def open_element(code: str) -> str:
    """The element as it may stand beside a name: empty where it would mark a person."""
    return "" if code in PRIVATE else code


# Facts for the rules ------------------------------------------------------------------------------------------------
# Counted here and not in the database, so that a page that has read a meeting's lists once asks no more.


def read_whole(meeting: Meeting) -> Meeting:
    """Read the lists that a meeting can have in its state, one statement each."""
    offered = Exists(JointOffer.objects.filter(code=OuterRef("code")))
    known = Subject.objects.select_related("decision", "decree").annotate(joint=offered).order_by("pk")
    subjects = Prefetch("subjects", known)
    lists: list[str | Prefetch[Any]] = ["attendees", subjects]
    lists += ["answers"] if meeting.opened_at else []
    signatures = Prefetch("signatures", Countersignature.objects.select_related("sheet"))
    witnesses = Prefetch("witnesses", Witness.objects.select_related("attendee"))
    lists += [signatures, witnesses] if meeting.minutes_hash else []
    lists += ["objections"] if meeting.published_on else []
    prefetch_related_objects([meeting], *lists)
    return meeting


_WORKING = WorkingDays()


NOTICE = {
    Meeting.Kind.PLANNED: "musyawarah_invitation_days",
    Meeting.Kind.SUDDEN: "sudden_musyawarah_invitation_days",
}


def inviting_facts(meeting: Meeting, role: str, numbers: Mapping[str, Any], invited_on: date) -> InvitingFacts:
    """Whom the invitation reaches, and when: the standing list as it is now, with those added for this meeting."""
    lists: list[list[str]] = [each.elements for each in meeting.attendees.all() if each.invited]
    if meeting.state == "planned":
        lists += Invitee.objects.filter(village_id=meeting.village_id, active=True).values_list("elements", flat=True)
    return InvitingFacts(
        convened_by=role,
        invited_elements=frozenset(code for each in lists for code in each) & COMMUNITY,
        required_elements=REQUIRED,
        subjects=len(meeting.subjects.all()),
        notice=(meeting.held_on - invited_on).days,
        notice_wanted=numbers[NOTICE[Meeting.Kind(meeting.kind)]],
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
        delegations_missing=delegations_missing(meeting),
    )


def delegations_missing(meeting: Meeting) -> int:
    """Joint offers, still asked of this village, that the meeting agreed to without saying whom the village sends."""
    if not may_send(meeting):
        return 0
    asked = JointOffer.objects.filter(
        state="sent", places__village=meeting.village_id, places__out=False, places__left_out_on__isnull=True
    )
    named = meeting.delegates.values("offer__code")
    return joint_subjects(meeting).filter(code__in=asked.values("code")).exclude(code__in=named).count()


def letters_due(meeting: Meeting) -> QuerySet[JointPlace]:
    """Where this village is asked by another, has decided here on the text of now, and has not answered in writing."""
    decisions = Decision.objects.filter(subject__meeting=meeting)
    written = JointAnswer.objects.filter(
        place=OuterRef("pk"), text_hash=OuterRef("offer__text_hash"), withdrawal__isnull=True
    ).exclude(decision__subject__meeting__state="annulled")
    asked = JointPlace.objects.filter(village=meeting.village_id, out=False, left_out_on__isnull=True)
    return (
        asked.filter(
            offer__state="sent",
            offer__code__in=decisions.values("subject__code"),
            offer__text_hash__in=decisions.values("text_hash"),
        )
        .exclude(offer__village=meeting.village_id)
        .exclude(Exists(written))
        .select_related("offer")
        .order_by("pk")
    )


def fitting_kind(agreed: bool, conditions: str) -> str:
    """The written answer that says what a village decided."""
    if not agreed:
        return str(JointAnswer.Kind.DECLINE)
    return str(JointAnswer.Kind.WITH_NOTES if conditions else JointAnswer.Kind.AGREE)


def letters_to_take_back(meeting: Meeting) -> list[JointPlace]:
    """Where this village has answered another in writing, and has decided otherwise here on the same text."""
    here = {
        each.subject.code: each for each in Decision.objects.filter(subject__meeting=meeting).select_related("subject")
    }
    written = JointAnswer.objects.filter(
        place__village=meeting.village_id, place__offer__state="sent", place__offer__code__in=here, withdrawal__isnull=True,
        text_hash=F("place__offer__text_hash"),
    )  # fmt: skip
    found = written.exclude(decision__subject__meeting__state="annulled").select_related("place__offer").order_by("pk")
    return [
        each.place
        for each in found
        if (said := here[each.place.offer.code]).text_hash == each.text_hash
        and each.kind != fitting_kind(said.result == Decision.Result.AGREED, said.conditions)
    ]


def may_send(meeting: Meeting) -> bool:
    """Whether a joint offer may lie before this meeting; surely known, without a statement, of one that was read whole."""
    return any(
        each.kind == Subject.Kind.COOPERATION and getattr(each, "joint", True) for each in meeting.subjects.all()
    )


def joint_subjects(meeting: Meeting) -> QuerySet[Subject]:
    """The joint offers that this meeting agreed to."""
    agreed = meeting.subjects.filter(
        decision__result=Decision.Result.AGREED, code__in=JointOffer.objects.values("code")
    )
    return agreed.order_by("pk")


def number_facts(meeting: Meeting, number: str) -> NumberFacts:
    others = Meeting.objects.filter(village=meeting.village_id, minutes_number=number).exclude(pk=meeting.pk)
    return NumberFacts(number_taken=number != "" and others.exclude(state="annulled").exists())


def signed_capacities(meeting: Meeting) -> frozenset[str]:
    """In which capacities the minutes, as they are worded now, have been signed."""
    return frozenset(each.capacity for each in meeting.signatures.all() if each.minutes_hash == meeting.minutes_hash)


def residents_signed(meeting: Meeting) -> frozenset[str]:
    """The names of the residents who signed the minutes as they are worded now."""
    resident = Countersignature.Capacity.COMMUNITY
    return frozenset(
        name_key(each.name)
        for each in meeting.signatures.all()
        if each.capacity == resident and each.minutes_hash == meeting.minutes_hash
    )


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
    names_read: Iterable[tuple[str, str]] | None = None,
) -> BindingFacts:
    """``by`` is the code of the person who is about to make the decision binding; ``names_read`` what he reads on the
    sheet, each with its capacity. Before anybody has read them they count as read: the page asks for them."""
    since = meeting.published_on
    raised = list(meeting.objections.all()) if since else []
    names = frozenset((each.capacity, name_key(each.name)) for each in on_sheet(meeting))
    read = names if names_read is None else frozenset((each, name_key(name)) for each, name in names_read)
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
        drawn=frozenset(name_key(each.attendee.name) for each in drawn_now(meeting)),
        residents_signed=residents_signed(meeting),
    )


def decree_facts(subject: Subject, number: str, dated: date, today: date) -> DecreeFacts:
    meeting = subject.meeting
    taken = BpdDecree.objects.filter(village=meeting.village_id, year=dated.year, number__iexact=number)
    return DecreeFacts(
        agreed=subject.decision.result == Decision.Result.AGREED,
        held_on=meeting.held_on,
        dated=dated,
        today=today,
        number_taken=taken.exists(),
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


# The lot ------------------------------------------------------------------------------------------------------------


def in_the_lot(meeting: Meeting) -> list[Attendee]:
    """The residents who took part in the session that decided, in the order of the lot.

    Who leads, takes the minutes, holds an office of the village or only observes is not in it. Of two residents of one
    name the first stands for both, as a signature could not be told from the other's.
    """
    led = {name_key(meeting.chair), name_key(meeting.minute_taker)}
    here = {
        each.code: each
        for each in meeting.attendees.all()
        if each.session == meeting.session and each.mark and not each.observer and name_key(each.name) not in led
        and each.elements and set(each.elements) <= COMMUNITY
    }  # fmt: skip
    order: dict[str, Attendee] = {}
    for code in drawn(meeting.code, lot_edition(meeting), here, len(here)):
        order.setdefault(name_key(here[code].name), here[code])
    return list(order.values())


def witnesses(meeting: Meeting) -> list[Witness]:
    """On whom the lot fell for this edition of the minutes, in its order, with those who were passed over."""
    return [each for each in meeting.witnesses.all() if each.edition == meeting.edition]


def carried(meeting: Meeting) -> list[Witness]:
    """On whom the lot fell for the edition before: they sign this one too, so that nobody returns minutes for another draw."""
    return [each for each in meeting.witnesses.all() if each.edition == meeting.edition - 1]


def lot_edition(meeting: Meeting) -> int:
    """The edition of the minutes for which the lot was drawn that holds now; those carried on keep its time."""
    rows = witnesses(meeting) or carried(meeting)
    if not rows:
        return meeting.edition
    return min(each.edition for each in meeting.witnesses.all() if each.drawn_at == rows[0].drawn_at)


def following(meeting: Meeting) -> list[Attendee]:
    """Who is in the lot and was not drawn yet, in its order."""
    rows = witnesses(meeting) or carried(meeting)
    known = {name_key(each.attendee.name) for each in rows}
    return [each for each in in_the_lot(meeting) if name_key(each.name) not in known]


def called(meeting: Meeting, n: int) -> list[Attendee]:
    """Who signs for the residents: those on whom the lot stands, and whoever follows where these are fewer than ``n``."""
    rows = witnesses(meeting) or carried(meeting)
    stand = [each.attendee for each in rows if not each.passed_over_because]
    return [*stand, *following(meeting)[: max(n - len(stand), 0)]]


def drawn_now(meeting: Meeting) -> list[Witness]:
    """On whom the lot stands: nobody where the minutes were finalised before lots were drawn."""
    return [each for each in witnesses(meeting) if not each.passed_over_because]


def drawn_unsigned(meeting: Meeting) -> list[Witness]:
    """On whom the lot stands and who has not signed the words of now."""
    signed = residents_signed(meeting)
    return [each for each in drawn_now(meeting) if name_key(each.attendee.name) not in signed]


def may_sign_for_residents(meeting: Meeting) -> list[str]:
    """The names that may still stand under the minutes as residents: those drawn, else any one of the participants."""
    if witnesses(meeting):
        return [each.attendee.name for each in drawn_unsigned(meeting)]
    if residents_signed(meeting):
        return []
    here = meeting.attendees.filter(session=meeting.session, observer=False).order_by("name")
    return list(here.values_list("name", flat=True))


def signer_facts(meeting: Meeting, capacity: str, name: str) -> SignerFacts:
    stand = {name_key(each.attendee.name) for each in drawn_now(meeting)}
    return SignerFacts(
        capacity=capacity,
        present=was_there(meeting, name),
        drawn=not witnesses(meeting) or name_key(name) in stand,
    )


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
        **_whys(meeting),
        **_first_session(meeting),
        "discussion": meeting.discussion,
        "absence_reason": meeting.absence_reason,
        "cleared": [{"name": each.name, "why": each.cleared} for each in cleared(meeting)],
        "topics": {str(each.topic): each.answer for each in meeting.answers.order_by("topic")},
        "decisions": [
            {
                "subject": each.code,
                "title": each.title,
                "text": each.decision.text_hash,
                "result": each.decision.result,
                "mode": each.decision.mode,
                "chair": each.decision.chair,
                "ballot": each.decision.ballot,
                "secret": each.decision.secret,
                "voters": each.decision.voters,
                "counters": [name for name in (each.decision.counter_one, each.decision.counter_two) if name],
                "approving": each.decision.approving,
                "for": each.decision.votes_for,
                "against": each.decision.votes_against,
                "abstain": each.decision.votes_abstain,
                "invalid": each.decision.votes_invalid,
                "conditions": each.decision.conditions,
                "reason": each.decision.reason,
            }
            for each in decided_subjects(meeting)
        ],
        **_delegates(meeting),
    }


def _delegates(meeting: Meeting) -> dict[str, Any]:
    """Whom the village sends into a Musyawarah antar-Desa, where it sends anybody."""
    named = meeting.delegates.select_related("offer").order_by("pk")
    lines = [{"offer": e.offer.code, "name": e.name, "sex": e.sex, "element": open_element(e.element)} for e in named]
    return {"delegates": lines} if lines else {}


def _whys(meeting: Meeting) -> dict[str, str]:
    """Why it was sudden and why its invitation came late, where it was so."""
    said = {"sudden_because": meeting.sudden_because, "late_because": meeting.late_because}
    return {name: why for name, why in said.items() if why}


def cleared(meeting: Meeting) -> list[Attendee]:
    """Who took part and is another person than the one of that name who would have had to step back."""
    lines = meeting.attendees.filter(session=meeting.session, observer=False)
    return list(lines.exclude(cleared="").order_by("name", "pk"))


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


def checks(
    meeting: Meeting, today: date, norms: Standing | None = None, by: str = "", invited_on: date | None = None
) -> tuple[Finding, ...]:
    """What the next deciding door asks in this state, as lines to tick; ``by`` is the code of who looks.

    ``invited_on`` is the day that an invitation is about to bear: today, while none was typed.
    """
    if meeting.state not in ASKED_IN:
        return ()
    norms = norms or standing(meeting.village_id)
    chair = roles.BPD_CHAIR.key
    match meeting.state:
        case "planned":
            return examine(INVITING, inviting_facts(meeting, chair, norms.numbers, invited_on or today), norms)
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


def signs_for_residents(person: Any, meeting: Meeting) -> bool:
    """Whether this person would sign as a resident: officials of the village sign in their office."""
    mine = {office.role for office in person.offices if office.region_id == meeting.village_id}
    return bool(mine) and mine <= {roles.RESIDENT.key, roles.GROUP_REP.key}


def signing_checks(person: Any, meeting: Meeting) -> tuple[Finding, ...]:
    """What is asked of a resident before he countersigns with his own account; of officials nothing is."""
    if meeting.state != "countersigning" or not signs_for_residents(person, meeting):
        return ()
    facts = signer_facts(meeting, Countersignature.Capacity.COMMUNITY, person.full_name)
    return examine(COUNTERSIGNING, facts, standing(meeting.village_id))


def failing_checks(meeting: Meeting, today: date) -> tuple[Finding, ...]:
    """What is asked before the first session is put off or given up."""
    norms = standing(meeting.village_id)
    return examine(POSTPONING, failing_facts(meeting, today, norms.numbers), norms)


def earlier_than(found: QuerySet[Meeting], last: Meeting) -> QuerySet[Meeting]:
    """The rest of a list of meetings, newest first, behind the last one shown."""
    return found.filter(Q(held_on__lt=last.held_on) | Q(held_on=last.held_on, pk__lt=last.pk))
