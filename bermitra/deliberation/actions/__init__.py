"""Verbs of the Musyawarah: invite, count, decide, write down, sign, bind; and the steps of consent.

Only the BPD's chair moves a meeting on; clerks keep its lists and draft its minutes.
"""

from bermitra.deliberation.actions.attendance import add_attendee, complete_attendee, record_attendance
from bermitra.deliberation.actions.binding import annul, answer_objection, make_binding, object_to
from bermitra.deliberation.actions.calling import cancel, invite, plan, table_text
from bermitra.deliberation.actions.common import Who
from bermitra.deliberation.actions.consent import begin_consent, give_consent, record_consent_step, refuse_consent
from bermitra.deliberation.actions.deciding import answer_topic, record_decision
from bermitra.deliberation.actions.lists import list_invitees, retire_invitee
from bermitra.deliberation.actions.minutes import (
    countersign,
    draft_minutes,
    finalise_minutes,
    record_signed_sheet,
    return_minutes,
)
from bermitra.deliberation.actions.sessions import adjourn, open_second_session, open_session, postpone

__all__ = [
    "Who",
    "add_attendee",
    "adjourn",
    "annul",
    "answer_objection",
    "answer_topic",
    "begin_consent",
    "cancel",
    "complete_attendee",
    "countersign",
    "draft_minutes",
    "finalise_minutes",
    "give_consent",
    "invite",
    "list_invitees",
    "make_binding",
    "object_to",
    "open_second_session",
    "open_session",
    "plan",
    "postpone",
    "record_attendance",
    "record_consent_step",
    "record_decision",
    "record_signed_sheet",
    "refuse_consent",
    "retire_invitee",
    "return_minutes",
    "table_text",
]
