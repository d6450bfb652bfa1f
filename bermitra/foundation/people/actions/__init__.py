"""Verbs about people: their offices and how these pass on, written mandates, entries made for a village.

The doors are named for accounts, whose records they change; they stand here because they open duties and tell people.
"""

from bermitra.foundation.people.actions.assistance import (
    contest_entry,
    correct_entry,
    end_assistance,
    end_due_assistances,
    grant_assistance,
    record_assistance_mandate,
    request_assistance,
)
from bermitra.foundation.people.actions.contact import change_contact
from bermitra.foundation.people.actions.handover import hand_over
from bermitra.foundation.people.actions.mandates import record_mandate
from bermitra.foundation.people.actions.offices import (
    appoint,
    appoint_for_party,
    confirm_appointment,
    contest_appointment,
    end_appointment,
    enrol,
    enrol_further,
    propose_colleague,
    propose_office,
    remind_of_ending,
    remind_of_endings,
)

__all__ = [
    "appoint",
    "appoint_for_party",
    "change_contact",
    "confirm_appointment",
    "contest_appointment",
    "contest_entry",
    "correct_entry",
    "end_appointment",
    "end_assistance",
    "end_due_assistances",
    "enrol",
    "enrol_further",
    "grant_assistance",
    "hand_over",
    "propose_colleague",
    "propose_office",
    "record_assistance_mandate",
    "record_mandate",
    "remind_of_ending",
    "remind_of_endings",
    "request_assistance",
]
