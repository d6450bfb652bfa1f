"""Which office would have opened a door that stayed shut, and is not in its term today (FD-02)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.accounts.permissions import fits, may_see, table
from bermitra.foundation.accounts.rules import STAYING_IN_OFFICE, TermFacts
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Finding, examine, unmet


@dataclass(frozen=True)
class Lapsed:
    """An office out of its term, with what FD-02 says of it."""

    office: Appointment
    findings: tuple[Finding, ...]

    @property
    def called(self) -> str:
        """``Kepala Desa, Pandanarum``, or the party's code where a partner gave the office."""
        where = self.office.region.name if self.office.region else self.office.party
        return f"{self.office.called}, {where}" if where else self.office.called

    @property
    def term(self) -> str:
        days = {"first": long_date(self.office.since), "last": long_date(self.office.until)}
        return gettext("%(first)s sampai %(last)s") % days

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [
            (gettext("Jabatan Anda"), self.called),
            (gettext("Masa jabatan"), self.term),
            (gettext("Surat keputusan"), self.office.decree),
        ]

    @property
    def sentence(self) -> str:
        """All of it in one line, for programs."""
        held = {"office": self.called, "term": self.term, "decree": self.office.decree}
        says = gettext("Jabatan Anda %(office)s berlaku %(term)s, menurut %(decree)s.") % held
        return f"{says} {gettext('Minta kantor kabupaten mencatat surat keputusan yang baru.')}"


def behind_the_door(person: Person, door: str, reach: Reach | None = None) -> Lapsed | None:
    """The latest office out of its term that would open ``door`` for this person; asked once the door stayed shut.

    ``reach`` is that of the record where it is known; else only a door that no office of today opens is looked into.
    """
    row = table().get(door)
    if row is None or (reach is None and may_see(row, person)):
        return None

    def opens(office: Any) -> bool:
        scope = row.scope_of(office.role)
        if scope is None or reach is None:
            return scope is not None
        return fits(scope, reach, office.region_id or "", office.party, person.code)

    return next((each for each in _out_of_term(person) if opens(each.office)), None)


def behind_the_key(person: Person, offices: list[int]) -> Lapsed | None:
    """The latest office out of its term among those (by primary key) that a program's key was made in."""
    return next((each for each in _out_of_term(person) if each.office.pk in offices), None)


def _out_of_term(person: Person) -> list[Lapsed]:
    today = clock.today()
    found = []
    for office in Appointment.objects.given_to(person):
        facts = TermFacts(office.since, today, office.until)
        if findings := unmet(examine(STAYING_IN_OFFICE, facts, standing(office.region_id or ""))):
            found.append(Lapsed(office, findings))
    return found
