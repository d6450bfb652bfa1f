"""Verbs of cooperation between villages: offer one text to all, name whom a village sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils import timezone

from bermitra.deliberation.actions.common import held_now
from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.inter_village import queries
from bermitra.deliberation.inter_village.rules import (
    CONFIRMING,
    CONTENTS,
    DECIDING_JOINTLY,
    DELEGATION,
    FINALISING_JOINTLY,
    INVITING_DELEGATES,
    JOINT_MEETING,
    JOINT_OFFER,
    JOINT_TOPICS,
    MEETING_DAY,
    SENDING,
    SIGNED_JOINTLY,
    JointSheetFacts,
)
from bermitra.deliberation.models import (
    Decision,
    Delegate,
    JointMeeting,
    JointOffer,
    JointPlace,
    JointSeat,
    JointSignature,
    Meeting,
    Subject,
)
from bermitra.deliberation.rules import AS_READ, MUSYAWARAH, OnItsDay, SeenFacts
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file, withdraw_paper
from bermitra.foundation.documents.compose import plain_data
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _

NAMING_IN = ("in_session", "minutes_draft")


@dataclass(frozen=True)
class Sent:
    """Somebody whom a village sends, as typed; ``element`` is the side or element he stands for."""

    name: str
    sex: str
    element: str


def fresh(offer: JointOffer) -> JointOffer:
    """The offer as it is now, kept from others until this act is done."""
    return JointOffer.objects.select_for_update().get(pk=offer.pk)


# The offer -----------------------------------------------------------------------------------------------------------


@command("deliberation.draft_joint_offer", on="village")
def draft_joint_offer(
    act: Act,
    *,
    village: Region,
    title: str,
    purpose: str,
    field: str,
    others: Sequence[str],
    delegates: int,
    answer_by: date,
    example: bool = False,
) -> JointOffer:
    """A cooperation is prepared; nobody else sees it before it is sent. ``others``: codes of the villages to be asked."""
    offer = JointOffer.objects.create(
        village=village,
        title=title,
        purpose=JointOffer.Purpose(purpose),
        field_of_government=JointOffer.Field(field),
        delegates=delegates,
        answer_by=answer_by,
        state=JOINT_OFFER.through(act.door, JOINT_OFFER.start),
        example=example,
        created_at=act.now,
        created_by=act.by.code,
    )
    _ask(offer, others)
    act.log("joint_offer.drafted", offer)
    return offer


def _ask(offer: JointOffer, others: Iterable[str]) -> None:
    wanted = dict.fromkeys([offer.village_id, *others])
    JointPlace.objects.bulk_create(JointPlace(offer=offer, village_id=code) for code in wanted)


@command("deliberation.word_joint_offer", on="offer")
def word_joint_offer(
    act: Act,
    *,
    offer: JointOffer,
    contents: Mapping[str, str] | None = None,
    others: Sequence[str] | None = None,
    delegates: int | None = None,
    answer_by: date | None = None,
) -> JointOffer:
    """Write some of the contents of the law, or whom to ask and until when; what is not given stays as it is."""
    offer, contents = fresh(offer), contents or {}
    unknown = contents.keys() - CONTENTS.keys()
    if unknown:
        raise ValueError(f"no contents {sorted(unknown)}")
    move_on(
        act,
        JOINT_OFFER,
        offer,
        contents={**offer.contents, **contents},
        delegates=delegates or offer.delegates,
        answer_by=answer_by or offer.answer_by,
    )
    if others is not None:
        offer.places.all().delete()
        _ask(offer, others)
    act.log("joint_offer.worded", offer, contents=sorted(contents))
    return offer


@command("deliberation.send_joint_offer", on="offer")
def send_joint_offer(
    act: Act, *, offer: JointOffer, letter_number: str, letters: Sequence[Prepared] = ()
) -> JointOffer:
    """The same text comes before the Musyawarah of every village, the offering one among them; each is told.

    ``letters`` are the letters to the villages that are asked.
    """
    offer = fresh(offer)
    norms, today = standing(offer.village_id), timezone.localdate(act.now)
    act.require(SENDING, queries.offer_facts(offer, today, norms.numbers), norms)
    text_hash = queries.hash_of(queries.text_of(offer))
    move_on(act, JOINT_OFFER, offer, letter_number=letter_number, sent_on=today, text_hash=text_hash)
    put_before_villages(act, offer, _("Penawaran kerja sama antar-Desa menunggu Musyawarah Desa: {title}"))
    for letter in letters:
        issue_paper(by=act, paper=letter)
    act.log("joint_offer.sent", offer, text=text_hash, villages=offer.places.count())
    return offer


def put_before_villages(act: Act, offer: JointOffer, says: str) -> None:
    """Every village has the text of now to decide on, and is told so."""
    text = queries.in_words(offer)
    for place in offer.places.filter(out=False).select_related("village"):
        offer_text(
            act,
            village=place.village,
            code=offer.code,
            kind=Subject.Kind.COOPERATION,
            title=offer.title,
            text_hash=offer.text_hash,
            text=text,
        )
        tell_place(act, offer, place, says)


def tell_place(act: Act, offer: JointOffer, place: JointPlace, says: str, role: str = "") -> None:
    tell(
        act,
        says=says,
        params={"title": offer.title},
        about=about_of(offer),
        url_name="page.joint_offer",
        code=offer.code,
        role=role,
        region=place.village_id,
    )


@command("deliberation.withdraw_joint_offer", on="offer")
def withdraw_joint_offer(act: Act, *, offer: JointOffer, why: str) -> JointOffer:
    """The offer is taken back: no village is asked any more, and its letters no longer hold. A meeting that was called on
    it is cancelled first, or held."""
    offer = fresh(offer)
    if queries.under_way(offer) is not None:
        raise NoSuchMove(JOINT_OFFER.name, offer.state, act.door)
    told = offer.state == "sent"
    move_on(act, JOINT_OFFER, offer, ended_why=why)
    withdraw_text(act, code=offer.code)
    _close_places(act, offer)
    for paper in queries.letters_of(offer):
        withdraw_paper(by=act, paper=paper, why=why)
    for place in offer.places.all() if told else ():
        tell_place(act, offer, place, _("Penawaran kerja sama antar-Desa ditarik: {title}"))
    act.log("joint_offer.withdrawn", offer)
    return offer


def _close_places(act: Act, offer: JointOffer) -> None:
    """No letter is due any more."""
    for place in offer.places.all():
        close_duties(act, about=about_of(place))


def leave_out(act: Act, offer: JointOffer, said: Iterable[queries.Answer]) -> list[str]:
    """Villages without a written answer take no part, and are told; gives their codes."""
    today, left = timezone.localdate(act.now), [each.place for each in queries.unwritten(said)]
    JointPlace.objects.filter(pk__in=[each.pk for each in left]).update(left_out_on=today)
    for place in left:
        withdraw_text(act, code=offer.code, village=place.village_id)
        close_duties(act, about=about_of(place))
        tell_place(act, offer, place, _("Masa jawaban ditutup. Desa Anda tidak menjawab dan tidak ikut: {title}"))
    return [each.village_id for each in left]


@command("deliberation.remind_of_joint_offer", on="place")
def remind_of_joint_offer(act: Act, *, place: JointPlace, times: int, decided: bool = False) -> JointPlace:
    """Silence is no consent: a village that has not answered is told once more. ``decided``: only its letter is missing."""
    if not JointPlace.objects.filter(pk=place.pk, reminded__lt=times).update(reminded=times):
        raise NoSuchMove(JOINT_OFFER.name, "reminded", act.door)
    place.reminded = times
    if decided:
        says = _("Keputusan desa Anda belum dijawabkan secara tertulis. Diam bukan persetujuan: {title}")
        tell_place(act, place.offer, place, says, roles.VILLAGE_HEAD.key)
    else:
        says = _("Penawaran antar-Desa belum diputuskan desa Anda. Diam bukan persetujuan: {title}")
        for role in (roles.BPD_CHAIR, roles.VILLAGE_HEAD):
            tell_place(act, place.offer, place, says, role.key)
    act.log("joint_offer.reminded", place, times=times)
    return place


def remind_of_joint_offers(today: date) -> int:
    """For ``bermitra daily``: villages that have not answered some days after they were asked, and again later."""
    count = 0
    for offer in JointOffer.objects.filter(state="sent"):
        numbers = standing(offer.village_id).numbers
        days = (numbers["village_answer_reminder_days"], numbers["village_answer_days"])
        asked = [offer.sent_on, *offer.places.filter(asked_on__isnull=False).values_list("asked_on", flat=True)]
        if not any(each and each + timedelta(days=min(days)) <= today for each in asked):
            continue
        for answer in queries.answers(offer):
            since = answer.since or today
            due = sum(since + timedelta(days=each) <= today for each in days)
            if (answer.state == "waiting" or answer.to_write) and answer.place.reminded < due:
                key = f"joint-offer:{answer.place.pk}:{offer.edition}:{since}:{due}"
                remind_of_joint_offer(
                    by=By.the_system(key), place=answer.place, times=due, decided=answer.state != "waiting"
                )
                count += 1
    return count


# Whom a village sends ------------------------------------------------------------------------------------------------


@command("deliberation.name_delegates", on="meeting")
def name_delegates(act: Act, *, meeting: Meeting, offer: JointOffer, people: Sequence[Sent]) -> Meeting:
    """The delegates whom this Musyawarah sends, in place of those it named before; its minutes will list them."""
    meeting = held_now(meeting)
    subject = queries.joint_subject(meeting, offer.code)
    if meeting.state not in NAMING_IN or subject is None:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    norms = standing(meeting.village_id)
    facts = queries.delegation_facts(
        [each.sex for each in people], [each.element for each in people], offer.delegates, norms.numbers
    )
    act.require(DELEGATION, facts, norms)
    Delegate.objects.filter(meeting=meeting, offer=offer).delete()
    Delegate.objects.bulk_create(
        Delegate(meeting=meeting, offer=offer, name=each.name, sex=each.sex, element=each.element) for each in people
    )
    act.log("delegates.named", meeting, offer=offer.code, delegates=len(people))
    return meeting


@command("deliberation.renew_delegation", on="place")
def renew_delegation(act: Act, *, place: JointPlace) -> JointPlace:
    """A village that wants to send others decides on the text once more in its own Musyawarah, and names them there."""
    offer = fresh(place.offer)
    if offer.state != "sent" or place.out:
        raise NoSuchMove(JOINT_OFFER.name, offer.state, act.door)
    offer_text(
        act,
        village=place.village,
        code=offer.code,
        kind=Subject.Kind.COOPERATION,
        title=offer.title,
        text_hash=offer.text_hash,
        text=queries.in_words(offer),
    )
    act.log("delegation.renewed", place, offer=offer.code)
    return place


# The Musyawarah antar-Desa -------------------------------------------------------------------------------------------


def _held(meeting: JointMeeting) -> JointMeeting:
    """The meeting as it is now, kept from others until this act is done."""
    return JointMeeting.objects.select_for_update().get(pk=meeting.pk)


def _tell_seats(act: Act, meeting: JointMeeting, says: str, role: str = "") -> None:
    for seat in meeting.seats.order_by("village_id"):
        tell(
            act,
            says=says,
            params={"title": meeting.offer.title},
            about=about_of(meeting),
            url_name="page.joint_meeting",
            code=meeting.code,
            role=role,
            region=seat.village_id,
        )


@command("deliberation.call_joint_meeting", on="offer")
def call_joint_meeting(
    act: Act, *, offer: JointOffer, number: str, held_on: date, starts: time, place: str, paper: Prepared | None = None
) -> JointMeeting:
    """Invite the delegates of every village that takes part; the silence of others is closed with it."""
    offer = fresh(offer)
    if offer.state != "sent":
        raise NoSuchMove(JOINT_OFFER.name, offer.state, act.door)
    said, today = queries.answers(offer), timezone.localdate(act.now)
    act.require(INVITING_DELEGATES, queries.calling_facts(offer, said, today, held_on), standing(offer.village_id))
    if queries.under_way(offer) is not None:
        raise NoSuchMove(JOINT_MEETING.name, "invited", act.door)
    meeting = JointMeeting.objects.create(
        offer=offer,
        place=place,
        held_on=held_on,
        starts=starts,
        state=JOINT_MEETING.through(act.door, JOINT_MEETING.start),
        invitation_number=number,
        invited_on=today,
        example=offer.example,
        created_at=act.now,
        created_by=act.by.code,
    )
    for each in said:
        if each.takes_part:
            JointSeat.objects.create(
                meeting=meeting, village=each.place.village, named_in_id=each.delegates[0].meeting_id
            )
    if paper is not None:
        issue_paper(by=act, paper=paper)
    _tell_seats(act, meeting, _("Delegasi desa Anda diundang ke Musyawarah antar-Desa: {title}"))
    silent = leave_out(act, offer, said)
    act.log("joint_meeting.called", meeting, villages=meeting.seats.count(), left_out=silent)
    return meeting


@command("deliberation.cancel_joint_meeting", on="meeting")
def cancel_joint_meeting(act: Act, *, meeting: JointMeeting, why: str) -> JointMeeting:
    """Before every head has signed, it may come to nothing; its papers hold no more, and another may be called."""
    meeting = _held(meeting)
    move_on(act, JOINT_MEETING, meeting, ended_why=why)
    for paper in (*queries.invitation_of(meeting), *queries.minutes_of(meeting)):
        withdraw_paper(by=act, paper=paper, why=why)
    _tell_seats(act, meeting, _("Musyawarah antar-Desa dibatalkan: {title}"))
    act.log("joint_meeting.cancelled", meeting)
    return meeting


@command("deliberation.record_joint_attendance", on="meeting")
def record_joint_attendance(
    act: Act, *, meeting: JointMeeting, chair: str, minute_taker: str, present: Sequence[str]
) -> JointMeeting:
    """Which delegates are there, by their codes; the first list opens the session. Newer delegations count from here."""
    meeting = _held(meeting)
    facts = OnItsDay(today=timezone.localdate(act.now), session_on=meeting.held_on)
    act.require(MEETING_DAY, facts, standing(meeting.offer.village_id))
    move_on(act, JOINT_MEETING, meeting, chair=chair, minute_taker=minute_taker)
    newest = {e.place.village_id: e.delegates[0].meeting_id for e in queries.answers(meeting.offer) if e.takes_part}
    for seat in meeting.seats.all():
        seat.named_in_id = newest.get(seat.village_id, seat.named_in_id)
        named = Delegate.objects.filter(meeting=seat.named_in_id, offer=meeting.offer).values_list("code", flat=True)
        seat.present = [code for code in named.order_by("pk") if code in set(present)]
        seat.save(update_fields=["named_in", "present"])
    for place in meeting.offer.places.all():  # from here no answer is taken back (DB-76)
        close_duties(act, about=about_of(place), door="deliberation.withdraw_joint_answer")
    act.log("joint_attendance.recorded", meeting, present=len(present))
    return meeting


@command("deliberation.answer_joint_topic", on="meeting")
def answer_joint_topic(act: Act, *, meeting: JointMeeting, topic: int, answer: str) -> JointMeeting:
    meeting = _held(meeting)
    if topic not in JOINT_TOPICS:
        raise ValueError(f"no topic {topic}")
    move_on(act, JOINT_MEETING, meeting, topics={**meeting.topics, str(topic): answer})
    act.log("joint_topic.answered", meeting, topic=topic)
    return meeting


@command("deliberation.word_joint_text", on="meeting")
def word_joint_text(act: Act, *, meeting: JointMeeting, contents: Mapping[str, str]) -> JointMeeting:
    """The contents as the delegates word them. What then differs goes back to every village's own Musyawarah."""
    meeting = _held(meeting)
    move_on(act, JOINT_MEETING, meeting, contents={**meeting.contents, **contents})
    act.log("joint_text.worded", meeting, changed=len(queries.differences(meeting)))
    return meeting


@command("deliberation.say_for_village", on="meeting")
def say_for_village(
    act: Act, *, meeting: JointMeeting, village: str, agrees: bool, dues: int, note: str = ""
) -> JointMeeting:
    """The one voice of a village's delegation, and what the village is to pay a year, in whole rupiah."""
    meeting = _held(meeting)
    move_on(act, JOINT_MEETING, meeting)
    if not meeting.seats.filter(village=village).update(agrees=agrees, dues=dues, note=note):
        raise ValueError(f"{village} has no seat")
    act.log("village.spoke", meeting, village=village, agrees=agrees, dues=dues)
    return meeting


@command("deliberation.decide_jointly", on="meeting")
def decide_jointly(act: Act, *, meeting: JointMeeting, result: str, reason: str = "") -> JointMeeting:
    """Agreed only where every village's delegation is there and says yes."""
    meeting = _held(meeting)
    agreed = Decision.Result(result) == Decision.Result.AGREED
    act.require(DECIDING_JOINTLY, queries.joint_facts(meeting, agreed), standing(meeting.offer.village_id))
    move_on(act, JOINT_MEETING, meeting, result=result, reason=reason, decided_at=act.now)
    act.log("joint_meeting.decided", meeting, result=result, changed=len(queries.differences(meeting)))
    return meeting


@command("deliberation.finalise_joint_minutes", on="meeting")
def finalise_joint_minutes(
    act: Act,
    *,
    meeting: JointMeeting,
    number: str,
    dated: date,
    ends: time,
    discussion: str = "",
    paper: Prepared | None = None,
) -> JointMeeting:
    """Fix the words of the joint minutes; the head of every village signs them, or they are returned.

    ``paper`` was rendered before, and says exactly what is signed: where a record changed meanwhile, nothing is final.
    """
    meeting = with_minutes(_held(meeting), number=number, dated=dated, ends=ends, discussion=discussion)
    facts = queries.joint_minutes_facts(meeting, timezone.localdate(act.now))
    act.require(FINALISING_JOINTLY, facts, standing(meeting.offer.village_id))
    said, heads = queries.joint_minutes_data(meeting), {e.pk: e.head for e in queries.signing_seats(meeting)}
    if paper is not None and paper.source["data"] != plain_data(said):
        raise NoSuchMove(JOINT_MEETING.name, meeting.state, act.door)
    for seat in meeting.seats.all():  # a village that takes no part any more has no head who signs
        JointSeat.objects.filter(pk=seat.pk).update(head=heads.get(seat.pk, ""))
    move_on(
        act,
        JOINT_MEETING,
        meeting,
        minutes_number=number,
        minutes_on=dated,
        ends=ends,
        discussion=discussion,
        minutes_hash=queries.hash_of(said),
    )
    if paper is not None:
        issue_paper(by=act, paper=paper)
    _tell_seats(act, meeting, _("Berita acara antar-Desa menunggu tanda tangan Anda: {title}"), roles.VILLAGE_HEAD.key)
    act.log("joint_minutes.finalised", meeting, words=meeting.minutes_hash)
    return meeting


def with_minutes(meeting: JointMeeting, *, number: str, dated: date, ends: time, discussion: str) -> JointMeeting:
    """The meeting as its minutes will state it; nothing is written."""
    meeting.minutes_number, meeting.minutes_on, meeting.ends = number, dated, ends
    meeting.discussion = discussion
    return meeting


@command("deliberation.return_joint_minutes", on="meeting")
def return_joint_minutes(act: Act, *, meeting: JointMeeting, why: str) -> JointMeeting:
    """Back to be worded anew: earlier signatures stay on record and count for the earlier words only. Minutes that nobody
    is to sign yet lead back into the session, where attendance, voices and decision are put right."""
    meeting = _held(meeting)
    if meeting.state == "minutes":
        move_on(act, JOINT_MEETING, meeting, result="", reason="", decided_at=None)
    else:
        move_on(act, JOINT_MEETING, meeting, minutes_hash="", edition=meeting.edition + 1, sheet=None, sheet_by="")
    for paper in queries.minutes_of(meeting):
        withdraw_paper(by=act, paper=paper, why=why)
    act.log("joint_minutes.returned", meeting)
    return meeting


@command("deliberation.sign_joint_minutes", on="seat")
def sign_joint_minutes(act: Act, *, seat: JointSeat, seen: str) -> JointSignature:
    """The head of one village signs exactly the words he has read (``seen``: their hash) with his own account."""
    meeting = _held(seat.meeting)
    JOINT_MEETING.through(act.door, meeting.state, "signing")
    act.require(AS_READ, SeenFacts(seen, meeting.minutes_hash), standing(seat.village_id))
    if not queries.unsigned_seats(meeting).filter(pk=seat.pk).exists():
        raise NoSuchMove(JOINT_MEETING.name, meeting.state, act.door)
    signer = Person.objects.get(code=act.by.code)
    signature = _sign(act, meeting, seat, signer.full_name)
    act.log("joint_minutes.signed", meeting, village=seat.village_id, words=meeting.minutes_hash)
    _after_signing(act, meeting)
    return signature


@command("deliberation.record_joint_sheet", on="meeting")
def record_joint_sheet(act: Act, *, meeting: JointMeeting, sheet: Content) -> JointMeeting:
    """Lay down the scan of the signed print; it counts for a village once somebody there has confirmed its signature."""
    meeting = _held(meeting)
    kept = keep_file(by=act, content=sheet)
    move_on(act, JOINT_MEETING, meeting, "signing", sheet=kept, sheet_by=act.by.code)
    _tell_seats(act, meeting, _("Lembar bertanda tangan menunggu dicocokkan desa Anda: {title}"))
    act.log("joint_sheet.recorded", meeting, file=kept.sha256)
    return meeting


@command("deliberation.confirm_joint_sheet", on="seat")
def confirm_joint_sheet(act: Act, *, seat: JointSeat, seen: str) -> JointMeeting:
    """Somebody of this village has read the scan: its head, who has not signed by account, signed there."""
    meeting = _held(seat.meeting)
    JOINT_MEETING.through(act.door, meeting.state, "signing")
    norms, waiting = standing(seat.village_id), queries.unsigned_seats(meeting).filter(pk=seat.pk).first()
    if meeting.sheet is None or waiting is None:
        raise NoSuchMove(JOINT_MEETING.name, meeting.state, act.door)
    act.require(CONFIRMING, JointSheetFacts(act.by.code != meeting.sheet_by), norms)
    act.require(AS_READ, SeenFacts(seen, queries.sheet_seen(meeting)), norms)
    _sign(act, meeting, waiting, waiting.head, meeting.sheet)
    act.log("joint_sheet.confirmed", meeting, village=seat.village_id, words=meeting.minutes_hash)
    _after_signing(act, meeting)
    return meeting


def _sign(
    act: Act, meeting: JointMeeting, seat: JointSeat, name: str, sheet: StoredFile | None = None
) -> JointSignature:
    return JointSignature.objects.create(
        seat=seat, name=name, minutes_hash=meeting.minutes_hash, sheet=sheet, signed_at=act.now, by=act.by.code
    )


def _after_signing(act: Act, meeting: JointMeeting) -> None:
    """With the last signature the offer is agreed to or refused; or, worded anew, it goes back to every village."""
    if queries.unsigned_seats(meeting).exists():
        move_on(act, JOINT_MEETING, meeting, "signing")
        return
    if meeting.result == Decision.Result.AGREED:  # a village may have lost its own decision since they agreed
        act.require(SIGNED_JOINTLY, queries.signed_facts(meeting), standing(meeting.offer.village_id))
    offer, changed = fresh(meeting.offer), queries.differences(meeting)
    contents, today = queries.wording_now(meeting), timezone.localdate(act.now)
    move_on(act, JOINT_MEETING, meeting, "signed", signed_on=today)
    if meeting.result != Decision.Result.AGREED:
        move_on(act, JOINT_OFFER, offer, "refused", ended_why=meeting.reason[:300])
    elif not changed:
        move_on(act, JOINT_OFFER, offer, "agreed")
    else:
        _ask_again(act, meeting, offer, contents, today)
    if offer.state != "sent":
        withdraw_text(act, code=offer.code)
        _close_places(act, offer)
        _tell_seats(act, meeting, _("Berita acara antar-Desa lengkap ditandatangani: {title}"))
    act.log("joint_meeting.signed", meeting, offer=offer.code, state=offer.state)


def _ask_again(act: Act, meeting: JointMeeting, offer: JointOffer, contents: Mapping[str, str], today: date) -> None:
    """The text as it was worded together, before the Musyawarah of every village that took part in wording it."""
    seats = meeting.seats.exclude(head="").values_list("village_id", flat=True)
    offer.places.exclude(village_id__in=list(seats)).update(out=True)
    offer.places.update(reminded=0, left_out_on=None, asked_on=None, letter_number="", answer_by=None)
    _close_places(act, offer)
    days = standing(offer.village_id).numbers["village_answer_days"]
    offer.contents, offer.edition = dict(contents), offer.edition + 1
    offer.text_hash = queries.hash_of(queries.text_of(offer))
    move_on(
        act,
        JOINT_OFFER,
        offer,
        "sent",
        contents=offer.contents,
        edition=offer.edition,
        text_hash=offer.text_hash,
        sent_on=today,
        answer_by=today + timedelta(days=days),
    )
    put_before_villages(act, offer, _("Naskah antar-Desa diubah bersama dan kembali ke Musyawarah Desa: {title}"))
