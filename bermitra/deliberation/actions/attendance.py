"""Who is there: the list of a session."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.deliberation import queries
from bermitra.deliberation.actions.common import (
    Who,
    held_now,
)
from bermitra.deliberation.models import (
    Attendee,
    Meeting,
)
from bermitra.deliberation.rules import (
    MUSYAWARAH,
)
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove

SIGNING_IN = ("invited", "waiting_quorum", "adjourned", "in_session")


@command("deliberation.add_attendee", on="meeting")
def add_attendee(act: Act, *, meeting: Meeting, who: Who, observer: bool = False, mark: str = "") -> Attendee:
    """Before the invitation: one more to invite, for this meeting only. From then on: someone who came uninvited."""
    meeting = held_now(meeting)
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
    meeting = held_now(meeting)
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
    meeting = held_now(attendee.meeting)
    if meeting.state not in (*SIGNING_IN, "minutes_draft"):
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    attendee.name, attendee.sex, attendee.hamlet, attendee.poor = who.name, who.sex, who.hamlet, who.poor
    attendee.elements = list(who.elements)
    attendee.save(update_fields=["name", "sex", "hamlet", "poor", "elements"])
    act.log("attendee.completed", meeting, attendee=attendee.code)
    return attendee
