"""People, the offices they hold, what they were trusted with, the letters that give them their first
access, and the keys of their programs."""

from bermitra.foundation.accounts.models.aliases import PartyAlias
from bermitra.foundation.accounts.models.assistance import Assistance, AssistedEntry, EntryContest
from bermitra.foundation.accounts.models.codes import _person_code
from bermitra.foundation.accounts.models.letters import AccessLetter
from bermitra.foundation.accounts.models.offices import (
    Appointment,
    AppointmentQuerySet,
    HandOver,
    Mandate,
    OfficeContest,
)
from bermitra.foundation.accounts.models.people import Person, PersonManager
from bermitra.foundation.accounts.models.tokens import Token

__all__ = [
    "AccessLetter",
    "Appointment",
    "AppointmentQuerySet",
    "Assistance",
    "AssistedEntry",
    "EntryContest",
    "HandOver",
    "Mandate",
    "OfficeContest",
    "PartyAlias",
    "Person",
    "PersonManager",
    "Token",
    "_person_code",
]
