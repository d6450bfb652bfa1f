"""Verbs of the Musyawarah: invite, count, decide, write down, sign, bind; and the steps of consent.

Only the BPD's chair moves a meeting on; clerks keep its lists and draft its minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256
from typing import Any

from django.utils import timezone

from bermitra.deliberation import queries
from bermitra.deliberation.models import (
    Attendee,
    ConsentProcess,
    ConsentStep,
    Countersignature,
    Decision,
    Invitee,
    Meeting,
    MeetingObjection,
    Subject,
    TopicAnswer,
)
from bermitra.deliberation.rules import (
    BINDING,
    CONSENT,
    CONSENT_STEPS,
    CONSENTING,
    COUNTERSIGNING,
    DECIDING,
    FINALISING,
    INVITING,
    MUSYAWARAH,
    OPENING,
    OPENING_AGAIN,
    SIGNERS,
    STEPPING,
    DecidingFacts,
    SignerFacts,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import issue_paper, keep_file, withdraw_paper
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _

Capacity = Countersignature.Capacity
SIGNS_AS: dict[str, Countersignature.Capacity] = {
    roles.BPD_CHAIR.key: Capacity.CHAIR,
    roles.BPD_MEMBER.key: Capacity.MINUTE_TAKER,
    roles.VILLAGE_SECRETARY.key: Capacity.MINUTE_TAKER,
    roles.VILLAGE_HEAD.key: Capacity.HEAD,
    roles.RESIDENT.key: Capacity.COMMUNITY,
    roles.GROUP_REP.key: Capacity.COMMUNITY,
}

# The standing list ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Who:
    """A line of a list of people as it was typed."""

    name: str
    sex: str
    hamlet: str
    elements: tuple[str, ...]
    poor: bool = False


@command("deliberation.list_invitees", on="village")
def list_invitees(act: Act, *, village: Region, people: Sequence[Who]) -> None:
    """Add people to the village's standing list of invitees; who stands on it by name and hamlet is brought up to date."""
    held = {(e.name.casefold(), e.hamlet.casefold()): e for e in Invitee.objects.filter(village=village)}
    new = []
    for who in people:
        values = {"sex": who.sex, "elements": list(who.elements), "poor": who.poor, "active": True}
        same = held.get((who.name.casefold(), who.hamlet.casefold()))
        if same is not None:
            Invitee.objects.filter(pk=same.pk).update(**values)
        else:
            made = {"village": village, "name": who.name, "hamlet": who.hamlet, "created_at": act.now}
            new.append(Invitee(created_by=act.by.code, **made, **values))
    Invitee.objects.bulk_create(new)
    act.log("invitees.listed", village, new=len(new), renewed=len(people) - len(new))


@command("deliberation.retire_invitee", on="invitee")
def retire_invitee(act: Act, *, invitee: Invitee) -> None:
    """From now on this person is not invited any more; earlier lists keep the name."""
    if not Invitee.objects.filter(pk=invitee.pk, active=True).update(active=False):
        raise NoSuchMove("invitee", "retired", act.door)
    act.log("invitee.retired", invitee)


# Calling -------------------------------------------------------------------------------------------------------------


@command("deliberation.plan", on="village")
def plan(
    act: Act,
    *,
    village: Region,
    kind: str,
    topic: str,
    place: str,
    held_on: date,
    starts: time,
    example: bool = False,
) -> Meeting:
    meeting = Meeting.objects.create(
        village=village,
        kind=Meeting.Kind(kind),
        topic=topic,
        place=place,
        held_on=held_on,
        starts=starts,
        state=MUSYAWARAH.through(act.door, MUSYAWARAH.start),
        example=example,
        created_at=act.now,
        created_by=act.by.code,
    )
    act.log("musyawarah.planned", meeting)
    _due(act, meeting, "deliberation.invite", _("Kirim undangan musyawarah: {topic}"), meeting.held_on)
    return meeting


@command("deliberation.table_text", on="meeting")
def table_text(
    act: Act,
    *,
    meeting: Meeting,
    kind: str,
    title: str,
    text: str = "",
    text_hash: str = "",
    subject_code: str = "",
    instead_of: str = "",
) -> Subject:
    """Put a subject on the agenda, or renew the text of one that is undecided.

    A new subject comes before the invitation is sent, a newer text until it is decided on. A subject without a record of
    its own gets a code here, and the hash of its words. ``instead_of`` names the subject whose newer version this is.
    """
    meeting = _held(meeting)
    text_hash = text_hash or sha256(text.encode()).hexdigest()
    subject_code = subject_code or new_code(10)
    found = meeting.subjects.filter(code=instead_of or subject_code, decision__isnull=True).first()
    allowed = ("planned",) if found is None else ("planned", "invited", "waiting_quorum", "adjourned", "in_session")
    if meeting.state not in allowed or (instead_of and found is None):
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    subject = found or Subject(meeting=meeting)
    before = subject.text_hash
    subject.code, subject.kind, subject.title = subject_code, Subject.Kind(kind), title
    subject.text, subject.text_hash, subject.tabled_at = text, text_hash, act.now
    subject.save()
    act.log("subject.tabled", meeting, subject=subject.code, text=text_hash, instead_of=before)
    return subject


@command("deliberation.invite", on="meeting")
def invite(act: Act, *, meeting: Meeting, number: str, invited_on: date, paper: Prepared | None = None) -> Meeting:
    """Invite everybody on the standing list as it is now; the list of this meeting is fixed with it."""
    meeting = _held(meeting)
    numbers = standing(meeting.village_id)
    act.require(INVITING, queries.inviting_facts(meeting, act.role), numbers)
    known = {name.casefold() for name in meeting.attendees.values_list("name", flat=True)}
    Attendee.objects.bulk_create(
        Attendee(
            meeting=meeting,
            name=each.name,
            sex=each.sex,
            elements=each.elements,
            hamlet=each.hamlet,
            poor=each.poor,
        )
        for each in Invitee.objects.filter(village_id=meeting.village_id, active=True).order_by("hamlet", "name", "pk")
        if each.name.casefold() not in known
    )
    _move(act, meeting, invitation_number=number, invited_on=invited_on)
    if paper is not None:
        issue_paper(by=act, paper=paper)
    act.log("musyawarah.invited", meeting, invited=meeting.attendees.filter(invited=True).count())
    close_duties(act, about=about_of(meeting))
    _due(act, meeting, "deliberation.open_session", _("Buka sidang musyawarah: {topic}"), meeting.held_on)
    return meeting


@command("deliberation.cancel", on="meeting")
def cancel(act: Act, *, meeting: Meeting, why: str) -> Meeting:
    meeting = _held(meeting)
    _move(act, meeting, ended_why=why)
    act.log("musyawarah.cancelled", meeting)
    close_duties(act, about=about_of(meeting))
    return meeting


# Who is there --------------------------------------------------------------------------------------------------------

SIGNING_IN = ("invited", "waiting_quorum", "adjourned", "in_session")


@command("deliberation.add_attendee", on="meeting")
def add_attendee(act: Act, *, meeting: Meeting, who: Who, observer: bool = False, mark: str = "") -> Attendee:
    """Before the invitation: one more to invite, for this meeting only. From then on: someone who came uninvited."""
    meeting = _held(meeting)
    early = meeting.state == "planned"
    if not early and meeting.state not in SIGNING_IN:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    attendee = Attendee.objects.create(
        meeting=meeting,
        name=who.name,
        sex=who.sex,
        elements=list(who.elements),
        hamlet=who.hamlet,
        poor=who.poor,
        invited=early and not observer,
        observer=observer,
        session=0 if early else meeting.session,
        mark="" if early else mark or Attendee.Mark.PAPER,
    )
    act.log("attendee.added", meeting, attendee=attendee.code, invited=attendee.invited)
    return attendee


@command("deliberation.record_attendance", on="meeting")
def record_attendance(act: Act, *, meeting: Meeting, signed: Sequence[str], thumbs: Sequence[str] = ()) -> Meeting:
    """The attendance sheet of this session as it stands: codes of those who signed, and of those who left a thumbprint."""
    meeting = _held(meeting)
    if meeting.state not in SIGNING_IN:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    lines = meeting.attendees.all()
    here = [*signed, *thumbs]
    lines.filter(session=meeting.session).exclude(code__in=here).update(session=0, mark="")
    lines.filter(code__in=set(signed) - set(thumbs)).update(session=meeting.session, mark=Attendee.Mark.PAPER)
    lines.filter(code__in=thumbs).update(session=meeting.session, mark=Attendee.Mark.THUMB)
    counted = queries.presence(meeting)
    act.log("attendance.recorded", meeting, session=meeting.session, present=counted.present, of=counted.invited)
    return meeting


@command("deliberation.complete_attendee", on="attendee")
def complete_attendee(act: Act, *, attendee: Attendee, who: Who) -> Attendee:
    """Fill in or correct a line of the list, until the minutes are final."""
    meeting = _held(attendee.meeting)
    if meeting.state not in (*SIGNING_IN, "minutes_draft"):
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    attendee.name, attendee.sex, attendee.hamlet, attendee.poor = who.name, who.sex, who.hamlet, who.poor
    attendee.elements = list(who.elements)
    attendee.save(update_fields=["name", "sex", "hamlet", "poor", "elements"])
    act.log("attendee.completed", meeting, attendee=attendee.code)
    return attendee


# Sessions ------------------------------------------------------------------------------------------------------------


@command("deliberation.open_session", on="meeting")
def open_session(act: Act, *, meeting: Meeting, chair: str, minute_taker: str) -> Meeting:
    meeting = _held(meeting)
    numbers = standing(meeting.village_id)
    act.require(OPENING, queries.opening_facts(meeting, act.role, numbers.numbers), numbers)
    _move(act, meeting, chair=chair, minute_taker=minute_taker, opened_at=act.now)
    act.log("musyawarah.opened", meeting, session=meeting.session)
    _to_decide(act, meeting)
    return meeting


@command("deliberation.postpone", on="meeting")
def postpone(act: Act, *, meeting: Meeting) -> Meeting:
    """Wait a little on the same day: too few have signed."""
    meeting = _held(meeting)
    _move(act, meeting, waiting_since=act.now)
    act.log("musyawarah.postponed", meeting, present=queries.presence(meeting).signed_in)
    return meeting


@command("deliberation.adjourn", on="meeting")
def adjourn(act: Act, *, meeting: Meeting, held_on: date, starts: time) -> Meeting:
    """The quorum failed: a second session is set, and the attendance of the first is kept as a number."""
    meeting = _held(meeting)
    first_on, first_present = meeting.held_on, queries.presence(meeting).signed_in
    _move(
        act,
        meeting,
        session=2,
        held_on=held_on,
        starts=starts,
        first_held_on=first_on,
        first_present=first_present,
    )
    act.log("musyawarah.adjourned", meeting, present=meeting.first_present)
    close_duties(act, about=about_of(meeting))
    says = _("Buka sidang kedua musyawarah: {topic}")
    _due(act, meeting, "deliberation.open_second_session", says, held_on)
    return meeting


@command("deliberation.open_second_session", on="meeting")
def open_second_session(
    act: Act, *, meeting: Meeting, chair: str, minute_taker: str, held_on: date | None = None
) -> Meeting:
    """The second session goes on with those present. ``held_on``: the day on which it was really held."""
    meeting = _held(meeting)
    numbers = standing(meeting.village_id)
    held_on = held_on or meeting.held_on
    act.require(OPENING_AGAIN, queries.second_session_facts(meeting, act.role, held_on, numbers.numbers), numbers)
    _move(act, meeting, held_on=held_on, chair=chair, minute_taker=minute_taker, opened_at=act.now)
    act.log("musyawarah.second_session_opened", meeting)
    _to_decide(act, meeting)
    return meeting


def _to_decide(act: Act, meeting: Meeting) -> None:
    close_duties(act, about=about_of(meeting))
    _due(act, meeting, "deliberation.record_decision", _("Catat keputusan musyawarah: {topic}"), meeting.held_on)


# Deciding ------------------------------------------------------------------------------------------------------------


@command("deliberation.answer_topic", on="meeting")
def answer_topic(act: Act, *, meeting: Meeting, topic: int, answer: str) -> TopicAnswer:
    """What the meeting said on one of the nine topics; it may be worded better until the minutes are final."""
    meeting = _held(meeting)
    if meeting.state not in ("in_session", "minutes_draft"):
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    said, _new = TopicAnswer.objects.update_or_create(meeting=meeting, topic=topic, defaults={"answer": answer})
    act.log("topic.answered", meeting, topic=topic)
    return said


@command("deliberation.record_decision", on="meeting")
def record_decision(
    act: Act,
    *,
    meeting: Meeting,
    subject_code: str,
    result: str,
    mode: str,
    approving: int = 0,
    votes_for: int = 0,
    votes_against: int = 0,
    votes_abstain: int = 0,
    secret: bool = False,
    conditions: str = "",
    reason: str = "",
    despite: str = "",
) -> Decision:
    """Write down what was decided on the text that lies before the meeting. With the last subject the session closes.

    ``despite`` is the typed reason that lets a rule of unconfirmed basis pass.
    """
    meeting = _held(meeting)
    subject = meeting.subjects.filter(code=subject_code, decision__isnull=True).first()
    if subject is None:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    norms = standing(meeting.village_id)
    counted = queries.presence(meeting)
    facts = DecidingFacts(
        signed_in=counted.signed_in,
        invited=counted.invited,
        session=meeting.session,
        quorum=norms.numbers["musyawarah_quorum"],
        agreed=result == Decision.Result.AGREED,
        mode=mode,
        present=counted.present,
        approving=approving,
        in_favour=votes_for,
        against=votes_against,
        abstaining=votes_abstain,
        consensus_share=norms.numbers["consensus_share"],
        vote_majority=norms.numbers["vote_majority"],
        held_on=meeting.held_on,
        recorded_on=timezone.localdate(act.now),
        opened=meeting.opened_at is not None,
    )
    passed = act.require(DECIDING, facts, norms, despite)
    decision = Decision.objects.create(
        subject=subject,
        result=Decision.Result(result),
        mode=Decision.Mode(mode),
        secret=secret,
        present=counted.present,
        approving=approving if mode == Decision.Mode.CONSENSUS else 0,
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstain=votes_abstain,
        conditions=conditions,
        reason="\n".join(filter(None, (reason, despite))),
        text_hash=subject.text_hash,
        decided_at=act.now,
        decided_by=act.by.code,
    )
    last = not meeting.subjects.filter(decision__isnull=True).exists()
    _move(act, meeting, "minutes_draft" if last else "in_session")
    act.log(
        "musyawarah.decided",
        meeting,
        subject=subject.code,
        result=decision.result,
        text=decision.text_hash,
        present=decision.present,
        passed_over=list(passed),
    )
    if last:
        close_duties(act, about=about_of(meeting))
        due = queries.minutes_due(meeting, norms.numbers)
        _due(act, meeting, "deliberation.finalise_minutes", _("Selesaikan berita acara: {topic}"), due)
    return decision


# Minutes -------------------------------------------------------------------------------------------------------------


@command("deliberation.draft_minutes", on="meeting")
def draft_minutes(
    act: Act,
    *,
    meeting: Meeting,
    number: str = "",
    dated: date | None = None,
    ends: time | None = None,
    discussion: str = "",
    absence_reason: str = "",
) -> Meeting:
    """What the minutes say besides lists, answers and decisions."""
    meeting = _held(meeting)
    if meeting.state not in ("in_session", "minutes_draft"):
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    meeting.minutes_number, meeting.minutes_on, meeting.ends = number, dated, ends
    meeting.discussion, meeting.absence_reason = discussion, absence_reason
    meeting.save(update_fields=["minutes_number", "minutes_on", "ends", "discussion", "absence_reason"])
    act.log("minutes.drafted", meeting)
    return meeting


@command("deliberation.finalise_minutes", on="meeting")
def finalise_minutes(act: Act, *, meeting: Meeting, paper: Prepared | None = None) -> Meeting:
    """Fix the words of the minutes; from now on they are signed or returned."""
    meeting = _held(meeting)
    norms = standing(meeting.village_id)
    facts = queries.minutes_facts(meeting, timezone.localdate(act.now), norms.numbers)
    passed = act.require(FINALISING, facts, norms)
    _move(act, meeting, minutes_hash=queries.minutes_hash(meeting))
    if paper is not None:
        issue_paper(by=act, paper=paper)
    act.log("minutes.finalised", meeting, words=meeting.minutes_hash, passed_over=list(passed))
    _await_signatures(act, meeting)
    return meeting


@command("deliberation.return_minutes", on="meeting")
def return_minutes(act: Act, *, meeting: Meeting, why: str) -> Meeting:
    """Back to the draft: earlier signatures stay on record and count for the earlier words only."""
    meeting = _held(meeting)
    _withdraw_papers(act, meeting, "minutes", why)
    _move(act, meeting, minutes_hash="")
    act.log("minutes.returned", meeting)
    close_duties(act, about=about_of(meeting))
    _due(act, meeting, "deliberation.finalise_minutes", _("Perbaiki berita acara: {topic}"), None)
    return meeting


@command("deliberation.countersign", on="meeting")
def countersign(act: Act, *, meeting: Meeting) -> Countersignature:
    """Sign the minutes with one's own account, in the capacity of one's office."""
    meeting = _held(meeting)
    signer = Person.objects.get(code=act.by.code)
    capacity = SIGNS_AS[act.role]
    signature = _sign(act, meeting, capacity, signer.full_name)
    act.log("minutes.countersigned", meeting, capacity=capacity.value, words=meeting.minutes_hash)
    _after_signing(act, meeting)
    return signature


@command("deliberation.record_signed_sheet", on="meeting")
def record_signed_sheet(
    act: Act,
    *,
    meeting: Meeting,
    sheet: Content,
    chair: str = "",
    minute_taker: str = "",
    village_head: str = "",
    resident: str = "",
) -> Meeting:
    """Take over signatures from the signed print, whose scan is kept; who recorded them is written beside each."""
    meeting = _held(meeting)
    recorder = Person.objects.get(code=act.by.code)
    kept = keep_file(by=act, content=sheet)
    names = {
        Capacity.CHAIR: chair,
        Capacity.MINUTE_TAKER: minute_taker,
        Capacity.HEAD: village_head,
        Capacity.COMMUNITY: resident,
    }
    signed = queries.signed_capacities(meeting)
    taken = [capacity for capacity, name in names.items() if name and capacity not in signed]
    for capacity in taken:
        _sign(act, meeting, capacity, names[capacity], kept, recorder.full_name)
    if not taken:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    act.log("minutes.sheet_recorded", meeting, capacities=[each.value for each in taken], file=kept.sha256)
    _after_signing(act, meeting, signed_sheet=kept)
    return meeting


def _sign(
    act: Act, meeting: Meeting, capacity: Countersignature.Capacity, name: str, sheet: StoredFile | None = None,
    recorded_by_name: str = "",
) -> Countersignature:  # fmt: skip
    if meeting.state != "countersigning":
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    facts = SignerFacts(capacity=capacity.value, present=queries.was_there(meeting, name))
    act.require(COUNTERSIGNING, facts, standing(meeting.village_id))
    if meeting.signatures.filter(minutes_hash=meeting.minutes_hash, capacity=capacity, name=name).exists():
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    return Countersignature.objects.create(
        meeting=meeting,
        capacity=capacity,
        name=name,
        minutes_hash=meeting.minutes_hash,
        sheet=sheet,
        signed_at=act.now,
        by=act.by.code,
        recorded_by_name=recorded_by_name,
    )


def _after_signing(act: Act, meeting: Meeting, **changes: Any) -> None:
    """With the last signature the minutes are published, and the residents' objection window opens."""
    if not queries.signed_capacities(meeting) >= SIGNERS:
        _move(act, meeting, "countersigning", **changes)
        _await_signatures(act, meeting)
        return
    _move(act, meeting, "objection_window", published_on=timezone.localdate(act.now), **changes)
    close_duties(act, about=about_of(meeting))
    ends = queries.window_ends(meeting, standing(meeting.village_id).numbers)
    _due(act, meeting, "deliberation.make_binding", _("Tetapkan keputusan mengikat: {topic}"), ends)
    _tell(act, meeting, _("Berita acara terbit, warga boleh berkeberatan: {topic}"))


def _await_signatures(act: Act, meeting: Meeting) -> None:
    close_duties(act, about=about_of(meeting))
    missing = SIGNERS - queries.signed_capacities(meeting)
    awaited = {Capacity.CHAIR: roles.BPD_CHAIR, Capacity.MINUTE_TAKER: roles.VILLAGE_SECRETARY,
               Capacity.HEAD: roles.VILLAGE_HEAD}  # fmt: skip
    for capacity, role in awaited.items():
        if capacity in missing:
            says = _("Tandatangani berita acara: {topic}")
            _due(act, meeting, "deliberation.countersign", says, None, role.key)


# Objections, and binding ---------------------------------------------------------------------------------------------


@command("deliberation.object", on="meeting")
def object_to(act: Act, *, meeting: Meeting, name: str, text: str) -> MeetingObjection:
    meeting = _held(meeting)
    _move(act, meeting)
    objection = MeetingObjection.objects.create(
        meeting=meeting, name=name, text=text, raised_at=act.now, raised_by=act.by.code
    )
    act.log("decision.objected", meeting, objection=objection.code)
    open_duty(
        act,
        door="deliberation.answer_objection",
        about=about_of(meeting),
        code=objection.code,
        says=_("Jawab keberatan warga: {topic}"),
        region=meeting.village_id,
        role=roles.BPD_CHAIR.key,
        topic=meeting.topic,
    )
    return objection


@command("deliberation.answer_objection", on="objection")
def answer_objection(act: Act, *, objection: MeetingObjection, answer: str) -> MeetingObjection:
    meeting = _held(objection.meeting)
    _move(act, meeting)
    done = MeetingObjection.objects.filter(pk=objection.pk, answer="").update(answer=answer, answered_at=act.now)
    if not done:
        raise NoSuchMove("objection", "answered", act.door)
    act.log("objection.answered", meeting, objection=objection.code)
    if not meeting.objections.filter(answer="").exists():
        close_duties(act, about=about_of(meeting), door=act.door)
    return objection


@command("deliberation.make_binding", on="meeting")
def make_binding(act: Act, *, meeting: Meeting) -> Meeting:
    meeting = _held(meeting)
    norms = standing(meeting.village_id)
    today = timezone.localdate(act.now)
    act.require(BINDING, queries.binding_facts(meeting, today, norms.numbers, act.by.code), norms)
    _move(act, meeting, bound_on=today)
    act.log("decision.bound", meeting, words=meeting.minutes_hash)
    close_duties(act, about=about_of(meeting))
    _tell(act, meeting, _("Keputusan musyawarah mengikat: {topic}"))
    return meeting


@command("deliberation.annul", on="meeting")
def annul(act: Act, *, meeting: Meeting, why: str) -> Meeting:
    """The BPD takes its own meeting back, for a stated reason; its decisions no longer count anywhere."""
    meeting = _held(meeting)
    _withdraw_papers(act, meeting, "minutes", why)
    _move(act, meeting, ended_why=why)
    act.log("decision.annulled", meeting)
    close_duties(act, about=about_of(meeting))
    _tell(act, meeting, _("Keputusan musyawarah dinyatakan tidak sah: {topic}"))
    return meeting


# Consent of those affected -------------------------------------------------------------------------------------------


@command("deliberation.begin_consent", on="village")
def begin_consent(
    act: Act,
    *,
    village: Region,
    about: str,
    title: str,
    group: str,
    language: str,
    informed_on: date,
    example: bool = False,
) -> ConsentProcess:
    """Hand the information to the affected group and begin; after a refusal all steps begin anew."""
    process = ConsentProcess.objects.select_for_update().filter(about=about).first()
    if process is None:
        process = ConsentProcess(about=about, village=village, example=example, round=0, state=CONSENT.start)
    elif process.village_id != village.pk:
        raise NoSuchMove(CONSENT.name, process.state, act.door)
    process.state = CONSENT.through(act.door, process.state)
    process.round += 1
    process.title, process.group, process.language, process.informed_on = title, group, language, informed_on
    process.refused_why, process.begun_at, process.begun_by = "", act.now, act.by.code
    process.save()
    act.log("consent.begun", process, about_case=about, round=process.round)
    _await_step(act, process)
    return process


@command("deliberation.record_consent_step", on="process")
def record_consent_step(
    act: Act,
    *,
    process: ConsentProcess,
    number: int,
    held_on: date,
    minutes_number: str,
    minutes: str,
    male: int,
    female: int,
    local_language: bool,
) -> ConsentStep:
    process = _held_consent(process)
    norms = standing(process.village_id)
    facts = queries.consent_facts(
        process, step=number, held_on=held_on, minutes_number=minutes_number, numbers=norms.numbers
    )
    act.require(STEPPING, facts, norms)
    _move_consent(act, process)
    step = _step(act, process, number, held_on, minutes_number, minutes, male, female, local_language)
    act.log("consent.step_recorded", process, step=number, male=male, female=female)
    _await_step(act, process)
    return step


@command("deliberation.give_consent", on="process")
def give_consent(
    act: Act,
    *,
    process: ConsentProcess,
    held_on: date,
    minutes_number: str,
    minutes: str,
    male: int,
    female: int,
    local_language: bool,
    given_by: str,
) -> ConsentStep:
    """The last step: the affected group itself agrees, with the conditions that its minutes state."""
    process = _held_consent(process)
    norms = standing(process.village_id)
    number = len(CONSENT_STEPS)
    facts = queries.consent_facts(
        process,
        step=number,
        held_on=held_on,
        minutes_number=minutes_number,
        numbers=norms.numbers,
        affected_present=male + female,
        local_language=local_language,
        given_by=given_by,
    )
    act.require(CONSENTING, facts, norms)
    _move_consent(act, process)
    step = _step(act, process, number, held_on, minutes_number, minutes, male, female, local_language, given_by)
    act.log("consent.given", process, about_case=process.about, male=male, female=female)
    close_duties(act, about=about_of(process))
    return step


@command("deliberation.refuse_consent", on="process")
def refuse_consent(act: Act, *, process: ConsentProcess, why: str) -> ConsentProcess:
    """At any step, and after consent was given, the group may say no."""
    process = _held_consent(process)
    _move_consent(act, process, refused_why=why)
    act.log("consent.refused", process, about_case=process.about)
    close_duties(act, about=about_of(process))
    return process


def _step(
    act: Act, process: ConsentProcess, number: int, held_on: date, minutes_number: str, minutes: str,
    male: int, female: int, local_language: bool, given_by: str = "",
) -> ConsentStep:  # fmt: skip
    return ConsentStep.objects.create(
        process=process,
        round=process.round,
        number=number,
        held_on=held_on,
        minutes_number=minutes_number,
        minutes=minutes,
        male=male,
        female=female,
        local_language=local_language,
        given_by=given_by,
        recorded_at=act.now,
        recorded_by=act.by.code,
    )


def _await_step(act: Act, process: ConsentProcess) -> None:
    close_duties(act, about=about_of(process))
    last = process.state == CONSENT_STEPS[-1]
    open_duty(
        act,
        door="deliberation.give_consent" if last else "deliberation.record_consent_step",
        about=about_of(process),
        code=process.code,
        says=_("Lanjutkan PADIATAPA: {title}"),
        region=process.village_id,
        role=roles.BPD_CHAIR.key,
        title=process.title,
    )


# How a life moves ----------------------------------------------------------------------------------------------------


def _held(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from others until this act is done."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _move(act: Act, meeting: Meeting, target: str | None = None, **changes: Any) -> None:
    before = meeting.state
    meeting.state = MUSYAWARAH.through(act.door, before, target)
    for name, value in changes.items():
        setattr(meeting, name, value)
    if not Meeting.objects.filter(pk=meeting.pk, state=before).update(state=meeting.state, **changes):
        raise NoSuchMove(MUSYAWARAH.name, before, act.door)


def _held_consent(process: ConsentProcess) -> ConsentProcess:
    return ConsentProcess.objects.select_for_update().get(pk=process.pk)


def _move_consent(act: Act, process: ConsentProcess, **changes: Any) -> None:
    before = process.state
    process.state = CONSENT.through(act.door, before)
    if not ConsentProcess.objects.filter(pk=process.pk, state=before).update(state=process.state, **changes):
        raise NoSuchMove(CONSENT.name, before, act.door)


def _due(
    act: Act, meeting: Meeting, door: str, says: str, due_on: date | None, role: str = roles.BPD_CHAIR.key
) -> None:
    open_duty(
        act,
        door=door,
        about=about_of(meeting),
        code=meeting.code,
        says=says,
        region=meeting.village_id,
        role=role,
        due_on=due_on,
        topic=meeting.topic,
    )


def _tell(act: Act, meeting: Meeting, says: str) -> None:
    """Tell everybody who works in the village."""
    params = {"topic": meeting.topic}
    tell(
        act,
        says=says,
        params=params,
        about=about_of(meeting),
        url_name="page.meeting",
        code=meeting.code,
        region=meeting.village_id,
    )


def _withdraw_papers(act: Act, meeting: Meeting, kind: str, why: str) -> None:
    for paper in Paper.objects.filter(about=about_of(meeting), kind=kind, withdrawal__isnull=True):
        withdraw_paper(by=act, paper=paper, why=why)
