"""Verbs of the Musyawarah: invite, count, decide, write down, sign, bind.

Only the BPD's chair moves a meeting on; clerks keep its lists and draft its minutes.
"""

from bermitra.deliberation.actions.attendance import (
    UNTIL_FINAL,
    add_attendee,
    complete_attendee,
    keep_sheet,
    record_attendance,
)
from bermitra.deliberation.actions.binding import annul, answer_objection, make_binding, object_to
from bermitra.deliberation.actions.calling import cancel, invite, plan, table_text
from bermitra.deliberation.actions.common import Who
from bermitra.deliberation.actions.deciding import answer_topic, hand_chair, record_decision
from bermitra.deliberation.actions.decree import issue_decree
from bermitra.deliberation.actions.lists import list_invitees, retire_invitee
from bermitra.deliberation.actions.minutes import (
    countersign,
    draft_minutes,
    draw_again,
    finalise_minutes,
    record_signed_sheet,
    return_minutes,
)
from bermitra.deliberation.actions.sessions import adjourn, open_second_session, open_session, postpone
from bermitra.deliberation.actions.signs import explain_sign

__all__ = [
    "UNTIL_FINAL",
    "Who",
    "add_attendee",
    "adjourn",
    "annul",
    "answer_objection",
    "answer_topic",
    "cancel",
    "complete_attendee",
    "countersign",
    "draft_minutes",
    "draw_again",
    "explain_sign",
    "finalise_minutes",
    "hand_chair",
    "invite",
    "issue_decree",
    "keep_sheet",
    "list_invitees",
    "make_binding",
    "object_to",
    "open_second_session",
    "open_session",
    "plan",
    "postpone",
    "record_attendance",
    "record_decision",
    "record_signed_sheet",
    "retire_invitee",
    "return_minutes",
    "table_text",
]
