"""Opening a session, putting it off, and the second one where the quorum failed."""

from __future__ import annotations

from datetime import date, time

from django.utils import timezone

from bermitra.deliberation import queries
from bermitra.deliberation.actions.common import (
    held_now,
    move,
    open_due,
)
from bermitra.deliberation.models import (
    Meeting,
)
from bermitra.deliberation.rules import (
    MUSYAWARAH,
    OPENING,
    OPENING_AGAIN,
    POSTPONING,
    SETTING_AGAIN,
)
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import issue_paper
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _


@command("deliberation.open_session", on="meeting")
def open_session(act: Act, *, meeting: Meeting, chair: str, minute_taker: str) -> Meeting:
    meeting = held_now(meeting)
    numbers = standing(meeting.village_id)
    act.require(OPENING, queries.opening_facts(meeting, act.role, act.now, numbers.numbers), numbers)
    move(act, meeting, chair=chair, minute_taker=minute_taker, opened_at=act.now)
    act.log("musyawarah.opened", meeting, session=meeting.session)
    _to_decide(act, meeting)
    return meeting


@command("deliberation.postpone", on="meeting")
def postpone(act: Act, *, meeting: Meeting) -> Meeting:
    """Wait a little on the same day: too few have signed (DB-32, DB-33)."""
    meeting = held_now(meeting)
    _ask_failed(act, meeting)
    move(act, meeting, waiting_since=act.now)
    act.log("musyawarah.postponed", meeting, present=queries.presence(meeting).signed_in)
    return meeting


@command("deliberation.adjourn", on="meeting")
def adjourn(act: Act, *, meeting: Meeting, held_on: date, starts: time, sheet: Prepared | None = None) -> Meeting:
    """The quorum failed: a second session is set for another day, and the attendance of the first is kept as a number.

    ``sheet`` is the list to be signed by hand in it.
    """
    meeting = held_now(meeting)
    _ask_failed(act, meeting)
    norms, today = standing(meeting.village_id), timezone.localdate(act.now)
    act.require(SETTING_AGAIN, queries.second_session_facts(meeting, act.role, today, held_on, norms.numbers), norms)
    first_on, first_present = meeting.held_on, queries.presence(meeting).signed_in
    move(
        act,
        meeting,
        session=2,
        held_on=held_on,
        starts=starts,
        first_held_on=first_on,
        first_present=first_present,
    )
    if sheet is not None:
        issue_paper(by=act, paper=sheet)
    act.log("musyawarah.adjourned", meeting, present=meeting.first_present)
    close_duties(act, about=about_of(meeting))
    says = _("Buka sidang kedua musyawarah: {topic}")
    open_due(act, meeting, "deliberation.open_second_session", says, held_on)
    return meeting


def _ask_failed(act: Act, meeting: Meeting) -> None:
    MUSYAWARAH.through(act.door, meeting.state)
    norms = standing(meeting.village_id)
    act.require(POSTPONING, queries.failing_facts(meeting, timezone.localdate(act.now), norms.numbers), norms)


@command("deliberation.open_second_session", on="meeting")
def open_second_session(
    act: Act, *, meeting: Meeting, chair: str, minute_taker: str, held_on: date | None = None
) -> Meeting:
    """The second session goes on with those present. ``held_on``: the day on which it was really held."""
    meeting = held_now(meeting)
    numbers, today = standing(meeting.village_id), timezone.localdate(act.now)
    held_on = held_on or meeting.held_on
    facts = queries.second_session_facts(meeting, act.role, today, held_on, numbers.numbers)
    act.require(OPENING_AGAIN, facts, numbers)
    move(act, meeting, held_on=held_on, chair=chair, minute_taker=minute_taker, opened_at=act.now)
    act.log("musyawarah.second_session_opened", meeting)
    _to_decide(act, meeting)
    return meeting


def _to_decide(act: Act, meeting: Meeting) -> None:
    close_duties(act, about=about_of(meeting))
    open_due(act, meeting, "deliberation.record_decision", _("Catat keputusan musyawarah: {topic}"), meeting.held_on)
