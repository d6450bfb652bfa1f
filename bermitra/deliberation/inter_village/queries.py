"""Reading offers between villages: who sees them, what is offered, what each village answered, whom it sends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bermitra.deliberation.inter_village.rules import (
    ASKED_BY_LAW,
    CALLING,
    CONTENTS,
    DECIDING_JOINTLY,
    DELEGATION,
    JOINT_TOPICS,
    SENDING,
    CallingFacts,
    DelegationFacts,
    JointFacts,
    JointMinutesFacts,
    OfferFacts,
    SignedFacts,
)
from bermitra.deliberation.models import (
    Decision,
    Delegate,
    JointAnswer,
    JointMeeting,
    JointOffer,
    JointPlace,
    JointSeat,
    Meeting,
    Subject,
)
from bermitra.deliberation.queries import (
    Decided,
    decided,
    fitting_kind,
    joint_subjects,
    offices_in,
    open_element,
    standing_decisions,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.queries import holders
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine

# Whose offers --------------------------------------------------------------------------------------------------------


def offers_visible_to(person: Any) -> QuerySet[JointOffer]:
    """Offers of and to the villages of a person's offices; one that is not sent yet is known in its own village only."""
    asked = JointPlace.objects.filter(offices_in(person), offer=OuterRef("pk"))
    own = [office.region_id for office in person.offices if office.region_id]
    return JointOffer.objects.filter(Exists(asked)).filter(~Q(state="draft") | Q(village_id__in=own))


def public_offers() -> QuerySet[JointOffer]:
    """What everybody may read: offers from their sending on."""
    return JointOffer.objects.filter(sent_on__isnull=False)


# What is offered -----------------------------------------------------------------------------------------------------


def text_of(offer: JointOffer) -> dict[str, Any]:
    """What the villages agree to, in a fixed form."""
    return {
        "offer": offer.code,
        "edition": offer.edition,
        "title": offer.title,
        "purpose": offer.purpose,
        "field": offer.field_of_government,
        "villages": sorted(offer.places.filter(out=False).values_list("village_id", flat=True)),
        "delegates": offer.delegates,
        "contents": {name: offer.contents.get(name, "") for name in CONTENTS},
    }


def hash_of(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def in_words(offer: JointOffer) -> str:
    """The text as it is read out in every village. It is Indonesian, as all papers are."""
    places = offer.places.filter(out=False).select_related("village").order_by("village_id")
    names = ", ".join(each.village.name for each in places)
    lines = [
        f"Kerja sama antar-Desa: {offer.title}",
        f"Desa: {names}",
        f"Tujuan: {PURPOSES[offer.purpose]}",
        f"Bidang: {FIELDS[offer.field_of_government]}",
        f"Delegasi setiap desa: {offer.delegates} orang",
        *(f"{title}: {offer.contents[name]}" for name, title in CONTENTS.items() if offer.contents.get(name)),
    ]
    return "\n".join(lines)


PURPOSES: dict[str, str] = {
    JointOffer.Purpose.BUSINESS: "usaha bersama bernilai ekonomi",
    JointOffer.Purpose.SERVICES: "pelayanan, pembangunan, dan pemberdayaan antar-Desa",
    JointOffer.Purpose.SECURITY: "keamanan dan ketertiban",
}
FIELDS: dict[str, str] = {
    JointOffer.Field.GOVERNMENT: "penyelenggaraan pemerintahan desa",
    JointOffer.Field.DEVELOPMENT: "pelaksanaan pembangunan desa",
    JointOffer.Field.COMMUNITY: "pembinaan kemasyarakatan desa",
    JointOffer.Field.EMPOWERMENT: "pemberdayaan masyarakat desa",
}


def offer_facts(
    offer: JointOffer, sent_on: date, numbers: Mapping[str, Any], answer_by: date | None = None
) -> OfferFacts:
    """``answer_by``: the day that one village is given, where it is not that of the offer."""
    places = [each.village for each in offer.places.select_related("village")]
    others = [each for each in places if each.pk != offer.village_id]
    return OfferFacts(
        village=offer.village_id,
        others=frozenset(each.pk for each in others),
        kelurahan=sum(each.kind == Region.Kind.KELURAHAN for each in places),
        contents_filled=sum(offer.contents.get(name, "") != "" for name in ASKED_BY_LAW),
        sent_on=sent_on,
        answer_by=answer_by or offer.answer_by,
        answer_days=numbers["village_answer_reminder_days"],
    )


def offer_checks(offer: JointOffer, today: date, said: Iterable[Answer] | None = None) -> tuple[Finding, ...]:
    """What sending asks, or once it is sent what calling the delegates asks, as lines to tick. ``said``: the answers, where
    they have been read."""
    if offer.state not in ("draft", "sent") or under_way(offer) is not None:
        return ()
    norms = standing(offer.village_id)
    if offer.state == "draft":
        return examine(SENDING, offer_facts(offer, today, norms.numbers), norms)
    return examine(CALLING, calling_facts(offer, answers(offer) if said is None else said, today, today), norms)


def away(offer: JointOffer) -> list[Region]:
    """The villages that are asked and lie in another regency: with them it is cooperation between regencies. One statement."""
    places = offer.places.filter(out=False).exclude(village__code__startswith=offer.village_id[:5])
    return [each.village for each in places.select_related("village__parent__parent").order_by("village_id")]


def referred(offer: JointOffer) -> list[Region]:
    """The areas with which no village makes a Peraturan Bersama: those of another regency, and kelurahan. One statement."""
    places = offer.places.filter(out=False).exclude(village_id=offer.village_id)
    found = [each.village for each in places.select_related("village__parent__parent").order_by("village_id")]
    return [each for each in found if each.pk[:5] != offer.village_id[:5] or each.kind == Region.Kind.KELURAHAN]


def letters_of(offer: JointOffer) -> QuerySet[Paper]:
    """The letters to the villages that were asked, as far as they hold."""
    return offer_letters(offer.places.all())


def offer_letters(places: Iterable[JointPlace]) -> QuerySet[Paper]:
    """The letters with which these villages were asked, as far as they hold, the newest last."""
    about = [about_of(place) for place in places]
    return Paper.objects.filter(about__in=about, kind="joint_offer_letter", withdrawal__isnull=True).order_by("pk")


def head_of(village: str, today: date) -> str:
    """Who is head of the village, as the registry of offices knows it; empty where nobody is."""
    found = holders(roles.VILLAGE_HEAD.key, village, "", today).order_by("-since", "pk").first()
    return found.person.full_name if found is not None else ""


# What each village answered ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What one village says to the text of now. ``state``: waiting, pending (decided, not binding yet), agreed, refused,
    silent (its silence was closed), or out (it is not asked about this text).

    ``decision`` is the newest of its Musyawarah, ``delegates`` are those that the minutes of that meeting name, ``written``
    is its answer in writing that is in force.
    """

    place: JointPlace
    state: str
    decision: Decision | None
    decided: Decided | None
    delegates: tuple[Delegate, ...]
    written: JointAnswer | None

    @property
    def offers(self) -> bool:
        """Whether this is the village that offers: it asks nobody to write to it."""
        return self.place.village_id == self.place.offer.village_id

    @property
    def in_writing(self) -> bool:
        """Whether its head has said yes in writing, as its newest decision has it."""
        kind = self.written.kind if self.written is not None else JointAnswer.Kind.DECLINE
        return kind != JointAnswer.Kind.DECLINE and kind == self.fitting_kind

    @property
    def fitting_kind(self) -> str:
        """The answer that says what the village decided; empty while nothing is decided."""
        return "" if self.decided is None else fitting_kind(self.decided.agreed, self.decided.conditions)

    @property
    def outdated(self) -> bool:
        """Whether a newer decision binds that the letter in force does not say: it is taken back before another is written."""
        return (
            self.state in ("agreed", "refused") and self.written is not None and self.written.kind != self.fitting_kind
        )

    @property
    def beside(self) -> str:
        """What the letter adds in words of the head's own to the conditions of the Musyawarah; empty where it repeats them."""
        if self.written is None or (self.decided is not None and self.written.notes == self.decided.conditions):
            return ""
        return self.written.notes

    @property
    def takes_part(self) -> bool:
        return self.state == "agreed" and bool(self.delegates) and (self.offers or self.in_writing)

    @property
    def awaited(self) -> bool:
        """Whether its decision or its written answer is still missing."""
        if self.state in ("out", "silent"):
            return False
        return self.state in ("waiting", "pending") or not (self.offers or self.written is not None)

    @property
    def to_write(self) -> bool:
        """Whether its decision binds and only the letter of its head is missing."""
        return self.state in ("agreed", "refused") and self.awaited

    @property
    def due(self) -> date:
        """The day until which it may answer."""
        return self.place.answer_by or self.place.offer.answer_by

    @property
    def since(self) -> date | None:
        """When it was asked, the last time."""
        return self.place.asked_on or self.place.offer.sent_on


def answers(offer: JointOffer) -> list[Answer]:
    """One for each village, the one that offers first. Four statements."""
    newest: dict[str, Decision] = {}
    meetings: dict[str, Meeting] = {}
    counted = Count("subject__meeting__attendees", filter=Q(subject__meeting__attendees__invited=True))
    for each in standing_decisions(offer.code).filter(text_hash=offer.text_hash).annotate(asked=counted):
        village = each.subject.meeting.village_id
        if village not in newest:
            newest[village], meetings[village] = each, each.subject.meeting
    named: dict[int, list[Delegate]] = {}
    for delegate in Delegate.objects.filter(offer=offer, meeting__in=meetings.values()).order_by("pk"):
        named.setdefault(delegate.meeting_id, []).append(delegate)
    places = sorted(
        offer.places.select_related("village"), key=lambda e: (e.village_id != offer.village_id, e.village_id)
    )
    said = {village: decided(each, each.asked) for village, each in newest.items()}  # type: ignore[attr-defined]
    letters = written_now(offer)
    return [
        Answer(
            place=place,
            state=_answer(place, said.get(place.village_id)),
            decision=newest.get(place.village_id),
            decided=said.get(place.village_id),
            delegates=tuple(named.get(meetings[place.village_id].pk, ())) if place.village_id in meetings else (),
            written=letters.get(place.pk),
        )
        for place in places
    ]


def written_now(offer: JointOffer) -> dict[int, JointAnswer]:
    """The written answers in force, by the key of the village's place: to the text of now, not taken back, on decisions
    that were not annulled."""
    found = JointAnswer.objects.filter(place__offer=offer, text_hash=offer.text_hash, withdrawal__isnull=True).exclude(
        decision__subject__meeting__state="annulled"
    )
    return {
        each.place_id: each
        for each in found.select_related("place__village", "decision__subject__meeting", "paper").order_by("pk")
    }


def unwritten(said: Iterable[Answer]) -> list[Answer]:
    """The asked villages whose written answer is missing; those whose silence was closed aside."""
    return [each for each in said if not each.offers and each.written is None and each.state not in ("out", "silent")]


def notes_of(said: Iterable[Answer]) -> list[tuple[str, str, str]]:
    """What the Musyawarah of each village that agreed with notes asks for, by its name, and what its head wrote beside it: the
    delegates speak of it first."""
    return [
        (each.place.village.name, each.decided.conditions, each.beside)
        for each in said
        if each.decided is not None and each.written is not None and each.written.kind == JointAnswer.Kind.WITH_NOTES
    ]


def letters_by_village(offer: JointOffer) -> dict[str, JointAnswer]:
    return {each.place.village_id: each for each in written_now(offer).values()}


def _answer(place: JointPlace, found: Decided | None) -> str:
    if place.out or place.left_out_on is not None:
        return "out" if place.out else "silent"
    if found is None:
        return "waiting"
    if not found.binding:
        return "pending"
    return "agreed" if found.agreed else "refused"


# Whom a village sends ------------------------------------------------------------------------------------------------


def joint_subject(meeting: Meeting, code: str = "") -> Subject | None:
    """The joint offer that this meeting agreed to, as its subject: that of ``code``, else the first without delegates."""
    agreed = joint_subjects(meeting)
    if code:
        return agreed.filter(code=code).first()
    named = Delegate.objects.filter(meeting=meeting).values("offer__code")
    return agreed.exclude(code__in=named).first() or agreed.first()


def delegation_facts(
    sexes: Iterable[str], elements: Iterable[str], wanted: int, numbers: Mapping[str, Any]
) -> DelegationFacts:
    sexes = list(sexes)
    return DelegationFacts(
        named=len(sexes),
        wanted=wanted,
        women=sexes.count("P"),
        women_percent=numbers["bkad_women_min_percent"],
        elements=frozenset(elements),
    )


def delegation_checks(offer: JointOffer, delegates: Iterable[Delegate], village: str) -> tuple[Finding, ...]:
    named, norms = list(delegates), standing(village)
    facts = delegation_facts([e.sex for e in named], [e.element for e in named], offer.delegates, norms.numbers)
    return examine(DELEGATION, facts, norms)


# The Musyawarah antar-Desa -------------------------------------------------------------------------------------------


def joint_meetings_visible_to(person: Any) -> QuerySet[JointMeeting]:
    return JointMeeting.objects.filter(offer__in=offers_visible_to(person))


def under_way(offer: JointOffer) -> JointMeeting | None:
    """The Musyawarah antar-Desa that is called and not signed yet. None asked where the offer's meetings have been read."""
    called = [each for each in offer.meetings.all() if each.state not in ("signed", "cancelled")]
    return max(called, key=lambda each: each.pk, default=None)


def invitation_of(meeting: JointMeeting) -> QuerySet[Paper]:
    """The invitation of this meeting: it was issued by the act that made the meeting."""
    return Paper.objects.filter(
        about=about_of(meeting.offer), kind="joint_invitation", issued_at=meeting.created_at, withdrawal__isnull=True
    )


def minutes_of(meeting: JointMeeting) -> QuerySet[Paper]:
    """The minutes as far as they hold, the newest first."""
    return Paper.objects.filter(about=about_of(meeting), withdrawal__isnull=True).order_by("-issued_at", "-pk")


def calling_facts(offer: JointOffer, said: Iterable[Answer], today: date, held_on: date) -> CallingFacts:
    said = list(said)
    willing = [each for each in said if each.state == "agreed" and each.delegates]
    awaited = [each for each in said if each.awaited]
    return CallingFacts(
        taking_part=len(willing),
        offering=any(each.offers for each in willing),
        in_writing=sum(each.takes_part and not each.offers for each in willing),
        awaited=len(awaited),
        today=today,
        answer_by=max((each.due for each in awaited), default=offer.answer_by),
        held_on=held_on,
    )


def seats_of(meeting: JointMeeting) -> list[JointSeat]:
    """The villages that take part, by code, each with its delegation as ``delegates``."""
    seats = list(meeting.seats.select_related("village", "named_in").order_by("village_id"))
    named: dict[int, list[Delegate]] = {}
    found = Delegate.objects.filter(offer=meeting.offer_id, meeting__in=[each.named_in_id for each in seats])
    for delegate in found.order_by("pk"):
        named.setdefault(delegate.meeting_id, []).append(delegate)
    for seat in seats:
        seat.delegates = named.get(seat.named_in_id, [])  # type: ignore[attr-defined]
    return seats


def is_full(seat: Any) -> bool:
    """Whether the whole delegation that the village's binding minutes name is there."""
    return (
        seat.named_in.state == "binding"
        and bool(seat.delegates)
        and {each.code for each in seat.delegates} <= set(seat.present)
    )


def taking_part(meeting: JointMeeting) -> list[JointSeat]:
    """The villages whose own decision and written yes stand; one whose decision was annulled meanwhile takes no part."""
    said = [each for each in answers(meeting.offer) if each.state in ("agreed", "pending")]
    still = {each.place.village_id for each in said if each.offers or each.in_writing}
    return [each for each in seats_of(meeting) if each.village_id in still]


def signing_seats(meeting: JointMeeting) -> list[JointSeat]:
    """The villages of the minutes, each with the head who is to sign: as written once the words are final, before that
    as the minutes will state it on their day."""
    if meeting.minutes_hash:
        return [each for each in seats_of(meeting) if each.head]
    seats = taking_part(meeting)
    for seat in seats:
        seat.head = head_of(seat.village_id, meeting.minutes_on or meeting.held_on)
    return seats


def joint_facts(meeting: JointMeeting, agreed: bool | None = None) -> JointFacts:
    seats = taking_part(meeting)
    return JointFacts(
        villages_taking_part=len(seats),
        offering=any(each.village_id == meeting.offer.village_id for each in seats),
        villages_with_full_delegation=sum(is_full(each) for each in seats),
        topics_answered=sum(bool(meeting.topics.get(str(number))) for number in JOINT_TOPICS),
        voices_for=sum(each.agrees is True for each in seats),
        voices_against=sum(each.agrees is False for each in seats),
        dues_said=sum(each.dues is not None for each in seats),
        agreed=agreed,
    )


def joint_checks(meeting: JointMeeting) -> tuple[Finding, ...]:
    """What deciding asks, as lines to tick."""
    if meeting.state != "in_session":
        return ()
    return examine(DECIDING_JOINTLY, joint_facts(meeting), standing(meeting.offer.village_id))


def joint_minutes_facts(meeting: JointMeeting, today: date) -> JointMinutesFacts:
    """Of a meeting that carries the number and day of its minutes."""
    return JointMinutesFacts(
        numbered=meeting.minutes_number != "" and meeting.minutes_on is not None,
        heads_missing=sum(each.head == "" for each in signing_seats(meeting)),
        held_on=meeting.held_on,
        dated=meeting.minutes_on,
        today=today,
    )


def signed_facts(meeting: JointMeeting) -> SignedFacts:
    still = {each.pk for each in taking_part(meeting)}
    seats = signing_seats(meeting)
    return SignedFacts(signing=len(seats), bound=sum(e.pk in still and e.named_in.state == "binding" for e in seats))


def wording_now(meeting: JointMeeting) -> dict[str, str]:
    """The contents as the delegates word them."""
    return {name: meeting.contents.get(name, meeting.offer.contents.get(name, "")) for name in CONTENTS}


def differences(meeting: JointMeeting) -> list[tuple[str, str, str]]:
    """Each content that the delegates word otherwise: its name, as offered, as worded now."""
    now = wording_now(meeting)
    return [
        (name, meeting.offer.contents.get(name, ""), now[name])
        for name in CONTENTS
        if now[name] != meeting.offer.contents.get(name, "")
    ]


def joint_minutes_data(meeting: JointMeeting) -> dict[str, Any]:
    """Everything that the joint minutes state, in a fixed form: what every village head signs."""
    letters = letters_by_village(meeting.offer)
    return {
        "meeting": meeting.code,
        "offer": meeting.offer.code,
        "text": meeting.offer.text_hash,
        "place": meeting.place,
        "held_on": meeting.held_on.isoformat(),
        "starts": f"{meeting.starts:%H:%M}",
        "ends": f"{meeting.ends:%H:%M}" if meeting.ends else "",
        "invitation": meeting.invitation_number,
        "number": meeting.minutes_number,
        "edition": meeting.edition,
        "dated": meeting.minutes_on.isoformat() if meeting.minutes_on else "",
        "chair": meeting.chair,
        "minute_taker": meeting.minute_taker,
        "topics": meeting.topics,
        "result": meeting.result,
        "reason": meeting.reason,
        "discussion": meeting.discussion,
        "changed": {name: now for name, _before, now in differences(meeting)},
        "villages": [
            {
                "village": seat.village_id,
                "minutes": seat.named_in.minutes_number,
                "answer": letters[seat.village_id].number if seat.village_id in letters else "",
                "asked": letters[seat.village_id].notes if seat.village_id in letters else "",
                "agrees": seat.agrees,
                "dues": seat.dues,
                "note": seat.note,
                "head": seat.head,
                "delegates": [
                    {
                        "name": each.name,
                        "sex": each.sex,
                        "element": open_element(each.element),
                        "present": each.code in seat.present,
                    }
                    for each in seat.delegates  # type: ignore[attr-defined]
                ],
            }
            for seat in signing_seats(meeting)
        ],
    }


def unsigned_seats(meeting: JointMeeting) -> QuerySet[JointSeat]:
    """The villages of the minutes whose head has not signed them as they are worded now."""
    written = meeting.seats.exclude(head="")
    return written.exclude(signatures__minutes_hash=meeting.minutes_hash).order_by("village_id")


def sheet_seen(meeting: JointMeeting) -> str:
    """What who confirms a signed sheet has before him: the words and the scan."""
    return f"{meeting.minutes_hash}:{meeting.sheet.sha256}" if meeting.sheet is not None else ""


@dataclass(frozen=True)
class JointDecided:
    """What the villages agreed to together, for the Peraturan Bersama: every head has signed its minutes."""

    meeting_code: str
    text_hash: str
    villages: tuple[str, ...]
    minutes_number: str
    minutes_on: date | None


def joint_decision_on(code: str) -> JointDecided | None:
    """The joint decision on the text of this offer; None while there is none, where the text was worded anew, and where
    the decision of one of its villages binds no more."""
    found = JointMeeting.objects.filter(offer__code=code, offer__state="agreed", state="signed").select_related("offer")
    meeting = found.order_by("-signed_on", "-pk").first()
    if meeting is None:
        return None
    seats = meeting.seats.exclude(head="").order_by("village_id")
    if seats.exclude(named_in__state="binding").exists():
        return None
    return JointDecided(
        meeting_code=meeting.code,
        text_hash=meeting.offer.text_hash,
        villages=tuple(seats.values_list("village_id", flat=True)),
        minutes_number=meeting.minutes_number,
        minutes_on=meeting.minutes_on,
    )
