"""Calling a meeting: its plan, its subjects, its invitation."""

from __future__ import annotations

from datetime import date, time
from hashlib import sha256

from bermitra.deliberation import queries
from bermitra.deliberation.actions.common import (
    held_now,
    move,
    open_due,
)
from bermitra.deliberation.models import (
    Attendee,
    Invitee,
    Meeting,
    Subject,
)
from bermitra.deliberation.rules import (
    INVITING,
    MUSYAWARAH,
    PLANNING,
    PlanningFacts,
)
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import issue_paper
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _


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
    sudden_because: str = "",
    example: bool = False,
) -> Meeting:
    act.require(PLANNING, PlanningFacts(kind, sudden_because), standing(village.pk))
    meeting = Meeting.objects.create(
        village=village,
        kind=Meeting.Kind(kind),
        sudden_because=sudden_because if kind == Meeting.Kind.SUDDEN else "",
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
    open_due(act, meeting, "deliberation.invite", _("Kirim undangan musyawarah: {topic}"), meeting.held_on)
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
    partner: str = "",
) -> Subject:
    """Put a subject on the agenda, or renew the text of one that is undecided.

    A new subject comes before the invitation is sent, a newer text until it is decided on. A subject without a record of
    its own gets a code here, and the hash of its words. ``instead_of`` names the subject whose newer version this is, ``partner``
    the public code of the partner whose text it is.
    """
    meeting = held_now(meeting)
    text_hash = text_hash or sha256(text.encode()).hexdigest()
    subject_code = subject_code or new_code(10)
    found = meeting.subjects.filter(code=instead_of or subject_code, decision__isnull=True).first()
    allowed = ("planned",) if found is None else ("planned", "invited", "waiting_quorum", "adjourned", "in_session")
    if meeting.state not in allowed or (instead_of and found is None):
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    subject = found or Subject(meeting=meeting)
    before = subject.text_hash
    subject.code, subject.kind, subject.title = subject_code, Subject.Kind(kind), title
    subject.text, subject.text_hash, subject.partner, subject.tabled_at = text, text_hash, partner, act.now
    subject.save()
    act.log("subject.tabled", meeting, subject=subject.code, text=text_hash, instead_of=before)
    return subject


@command("deliberation.invite", on="meeting")
def invite(
    act: Act,
    *,
    meeting: Meeting,
    number: str,
    invited_on: date,
    despite: str = "",
    paper: Prepared | None = None,
    sheet: Prepared | None = None,
) -> Meeting:
    """Invite everybody on the standing list as it is now; the list of this meeting is fixed with it.

    ``despite`` is the typed reason that lets a notice of fewer days pass where the number of days is unconfirmed (DB-02).
    ``sheet`` is the list to be signed by hand, for villages without a signal.
    """
    meeting = held_now(meeting)
    norms = standing(meeting.village_id)
    facts = queries.inviting_facts(meeting, act.role, norms.numbers, invited_on)
    passed = act.require(INVITING, facts, norms, despite)
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
    late_because = despite if passed else ""
    move(act, meeting, invitation_number=number, invited_on=invited_on, late_because=late_because)
    for each in filter(None, (paper, sheet)):
        issue_paper(by=act, paper=each)
    invited = meeting.attendees.filter(invited=True).count()
    act.log("musyawarah.invited", meeting, invited=invited, passed_over=list(passed))
    close_duties(act, about=about_of(meeting))
    open_due(act, meeting, "deliberation.open_session", _("Buka sidang musyawarah: {topic}"), meeting.held_on)
    return meeting


@command("deliberation.cancel", on="meeting")
def cancel(act: Act, *, meeting: Meeting, why: str) -> Meeting:
    meeting = held_now(meeting)
    move(act, meeting, ended_why=why)
    act.log("musyawarah.cancelled", meeting)
    close_duties(act, about=about_of(meeting))
    return meeting
