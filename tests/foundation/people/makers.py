"""Offices, mandates and entries for a village, in the states that tests begin from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Assistance, Person
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from bermitra.foundation.people import actions
from tests.people import OURS, People, place

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
TERM: dict[str, Any] = {"since": date(2026, 1, 1), "until": date(2027, 12, 31)}


def a_person(people: People, username: str, name: str, where: str = OURS) -> Person:
    """Somebody who lives in a place and holds no office."""
    person = Person(username=username, full_name=name, region_id=where, created_at=LONG_AGO)
    person.set_unusable_password()
    person.save()
    people.held[username] = person
    return person


def holding(person: Person, role: roles.Role, where: str = OURS, **more: Any) -> Appointment:
    """An office in force; ``more`` overrides its columns."""
    given = {
        "decree": "141/9/2024", "since": date(2024, 1, 1), "until": date(2029, 12, 31),
        "state": Appointment.State.CONFIRMED, "state_at": LONG_AGO, **more,
    }  # fmt: skip
    return Appointment.objects.create(person=person, role=role.key, region_id=where or None, **given)


def a_facilitator(people: People, username: str = "pendamping", where: str = OURS) -> Person:
    person = a_person(people, username, "Sari Kusuma", where)
    holding(person, roles.FACILITATOR, where)
    return person


def an_officer(people: People, username: str = "dinas.dua") -> Person:
    """A second officer of our regency, given by the system as the first ones are."""
    person = a_person(people, username, "Nur Hidayati", "33.04")
    holding(person, roles.DPMD_OFFICER, "33.04", proposed_by="system")
    return person


def a_scan(words: str = "surat") -> Content:
    return files.put(f"%PDF {words}".encode(), media_type="application/pdf", name=f"{words}.pdf")


def an_asked_assistance(people: People, helper: Person | None = None, until: date = date(2026, 9, 30)) -> Assistance:
    helper = helper or a_facilitator(people)
    asked: Assistance = actions.request_assistance(
        by=people.by("sekdes"), village=place(OURS), helper=helper, purpose="Kebutuhan desa", until=until
    )
    return asked


def an_assistance(people: People, helper: Person | None = None, until: date = date(2026, 9, 30)) -> Assistance:
    """In force: asked for by the secretary, granted by the head."""
    asked = an_asked_assistance(people, helper, until)
    granted: Assistance = actions.grant_assistance(
        by=people.by("kades"), assistance=asked, number="140/12/2026", until=until
    )
    return granted


@dataclass(frozen=True)
class PartyOf:
    """A partner as far as accounts know of any."""

    code: str = "MTRABCDEFG"

    def reach(self) -> Reach:
        return Reach(region=OURS, parties=frozenset({self.code}))
