"""Who is there: the list of a session."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.deliberation import interests, queries
from bermitra.deliberation.actions.common import (
    Who,
    held_now,
)
from bermitra.deliberation.models import (
    AttendanceSheet,
    Attendee,
    Meeting,
)
from bermitra.deliberation.rules import (
    CLEARING,
    LISTING,
    MUSYAWARAH,
    ClearingFacts,
    LineFacts,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.registry.overlaps import person_key

SIGNING_IN = ("invited", "waiting_quorum", "adjourned", "in_session")
UNTIL_FINAL = (*SIGNING_IN, "minutes_draft")


@command("deliberation.add_attendee", on="meeting")
def add_attendee(act: Act, *, meeting: Meeting, who: Who, observer: bool = False, mark: str = "") -> Attendee:
    """Before the invitation: one more to invite, for this meeting only. From then on: someone who came uninvited."""
    meeting = held_now(meeting)
    early = meeting.state == "planned"
    if not early and meeting.state not in SIGNING_IN:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    twice = queries.listed(meeting, who.name, who.hamlet)
    act.require(LISTING, LineFacts(same_person=twice), standing(meeting.village_id))
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
def record_attendance(
    act: Act, *, meeting: Meeting, signed: Sequence[str], thumbs: Sequence[str] = (), helper: str = ""
) -> Meeting:
    """The attendance sheet of this session as it stands: codes of those who signed, and of those who left a thumbprint.

    ``helper`` is the name of who helped with the thumbprints that no helper was written beside yet.
    """
    meeting = held_now(meeting)
    if meeting.state not in SIGNING_IN:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    lines = meeting.attendees.all()
    here = [*signed, *thumbs]
    lines.filter(session=meeting.session).exclude(code__in=here).update(session=0, mark="", helped_by="")
    with_pen = {"session": meeting.session, "mark": Attendee.Mark.PAPER, "helped_by": ""}
    lines.filter(code__in=set(signed) - set(thumbs)).update(**with_pen)
    lines.filter(code__in=thumbs).exclude(session=meeting.session).update(helped_by="")  # of the session before
    lines.filter(code__in=thumbs).update(session=meeting.session, mark=Attendee.Mark.THUMB)
    lines.filter(code__in=thumbs, helped_by="").update(helped_by=helper)
    counted = queries.presence(meeting)
    act.log("attendance.recorded", meeting, session=meeting.session, present=counted.present, of=counted.invited)
    return meeting


@command("deliberation.keep_sheet", on="meeting")
def keep_sheet(act: Act, *, meeting: Meeting, session: int, sheets: Sequence[Content]) -> Meeting:
    """Photographs of the list that was signed in a session, until the minutes are final. They stay as they were taken."""
    meeting = held_now(meeting)
    if meeting.state not in UNTIL_FINAL or not 1 <= session <= meeting.session:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    held = set(meeting.sheets.filter(session=session).values_list("file__sha256", flat=True))
    new = {each.sha256: each for each in sheets if each.sha256 not in held}
    if not new:
        raise NoSuchMove("attendance_sheet", "kept", act.door)
    for each in new.values():
        file = keep_file(by=act, content=each)
        AttendanceSheet.objects.create(meeting=meeting, session=session, file=file, at=act.now, by=act.by.code)
    act.log("attendance.sheet_kept", meeting, session=session, files=list(new))
    return meeting


@command("deliberation.complete_attendee", on="attendee")
def complete_attendee(
    act: Act,
    *,
    attendee: Attendee,
    who: Who,
    observer: bool | None = None,
    cleared: str | None = None,
    helped_by: str | None = None,
) -> Attendee:
    """Fill in or correct a line of the list, until the minutes are final.

    ``observer``: this person steps back, or takes part again. ``cleared`` says why this is another person than the one of
    the same name who would have to (DB-39), ``helped_by`` who helped with a thumbprint. What is not given stays, but for a
    reason that was written of another name.
    """
    meeting = held_now(attendee.meeting)
    if meeting.state not in UNTIL_FINAL:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    observing = attendee.observer if observer is None else observer
    changed = _changed(attendee, who, observing)
    facts = LineFacts(
        written_over=_written_over(meeting, attendee, changed),
        same_person=bool(changed & {"name", "hamlet"})
        and queries.listed(meeting, who.name, who.hamlet, but=attendee.code),
    )
    act.require(LISTING, facts, standing(meeting.village_id))
    same_name = person_key(who.name) == person_key(attendee.name)
    if cleared is None:
        cleared = attendee.cleared if same_name else ""
    if cleared != attendee.cleared or not same_name:
        changed |= {"cleared"} if cleared != attendee.cleared else set()
        _clear(act, meeting, attendee, who.name, cleared)
    attendee.name, attendee.sex, attendee.hamlet, attendee.poor = who.name, who.sex, who.hamlet, who.poor
    attendee.elements = list(who.elements)
    attendee.observer = observing
    if helped_by is not None and attendee.mark == Attendee.Mark.THUMB:
        changed |= {"helped_by"} if helped_by != attendee.helped_by else set()
        attendee.helped_by = helped_by
    typed = ("name", "sex", "hamlet", "poor", "elements", "observer", "cleared", "cleared_by", "helped_by")
    attendee.save(update_fields=typed)
    stands = {"observer": attendee.observer, "cleared": attendee.cleared != ""}
    act.log("attendee.completed", meeting, attendee=attendee.code, changed=sorted(changed), stands=stands)
    return attendee


def _changed(attendee: Attendee, who: Who, observer: bool) -> set[str]:
    """The names of the fields that would be another."""
    typed = {"name": who.name, "sex": who.sex, "hamlet": who.hamlet, "poor": who.poor, "observer": observer}
    changed = {name for name, value in typed.items() if value != getattr(attendee, name)}
    return changed | ({"elements"} if set(who.elements) != set(attendee.elements) else set())


def _written_over(meeting: Meeting, attendee: Attendee, changed: set[str]) -> bool:
    """Whether something is lost of a line that a decision was made with; what was empty may be filled."""
    if attendee.session != meeting.session or not meeting.subjects.filter(decision__isnull=False).exists():
        return False
    lost = {name for name in changed if name not in ("hamlet", "elements", "poor") or getattr(attendee, name)}
    if lost == {"observer"} and not attendee.observer:
        return not interests.steps_back(meeting, attendee)
    return bool(lost)


def _clear(act: Act, meeting: Meeting, attendee: Attendee, name: str, cleared: str) -> None:
    """Nobody writes it of himself, nor does the chair of the BPD of who presides."""
    key = person_key(name)
    own = key in map(person_key, Person.objects.filter(code=act.by.code).values_list("full_name", flat=True))
    presides = act.role == roles.BPD_CHAIR.key and key == person_key(meeting.chair)
    facts = ClearingFacts(cleared_himself=cleared != "" and (own or presides))
    act.require(CLEARING, facts, standing(meeting.village_id))
    attendee.cleared, attendee.cleared_by = cleared, act.by.code if cleared else ""
