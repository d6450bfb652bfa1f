"""Many people taken in at once: persons, offices and first letters, with one line of the journal an office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import F, Value
from django.db.models.functions import Concat, Lower

from bermitra.foundation.accounts.actions.letters import new_letter
from bermitra.foundation.accounts.actions.people import new_person
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.accounts.queries import OFFICES_WITH_TERMS, whole_years
from bermitra.foundation.accounts.rules import CONFIRMING, OfficeFacts
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region

AT_ONCE = 500  # keys in one statement


@dataclass(frozen=True)
class Newcomer:
    """Who, in which office of which place, by which decree, how long."""

    region: Region
    full_name: str
    username: str
    role: str
    decree: str
    since: date
    until: date
    decree_on: date | None = None
    phone: str = ""
    title: str = ""
    acting: bool = False  # a Pj.


def newcomer_facts(role: str, decree: str, since: date, until: date, longest: int) -> OfficeFacts:
    """For FD-01, before there is an appointment; ``longest``: years of a term in this regency."""
    return OfficeFacts(decree, whole_years(since, until) if role in OFFICES_WITH_TERMS else 0, longest)


@dataclass(frozen=True)
class Enrolled:
    """``letters``: the first of each person; none while the offices are only proposed."""

    offices: list[Appointment]
    letters: list[AccessLetter]


@command("accounts.enrol_many", on="region")
def enrol_many(
    act: Act, *, region: Region, newcomers: Sequence[Newcomer], proposed: bool = False, example: bool = False
) -> Enrolled:
    """What ``accounts.enrol`` does, for many: four statements instead of eight for each person (FD-01 is asked of each).

    ``proposed`` offices count once ``confirm_many`` has been through them; until then nobody has a letter.
    """
    longest = standing(region.pk).numbers["office_term_years"]
    for each in newcomers:
        act.require(CONFIRMING, newcomer_facts(each.role, each.decree, each.since, each.until, longest))
    people = [
        new_person(act, each.region, each.full_name, each.username, each.phone, example=example) for each in newcomers
    ]
    Person.objects.bulk_create(people)
    state = Appointment.State.PROPOSED if proposed else Appointment.State.CONFIRMED
    offices = [_office(act, person, each, state) for person, each in zip(people, newcomers, strict=True)]
    Appointment.objects.bulk_create(offices)
    for office in offices:
        act.log(f"appointment.{state}", office, person=office.person.code, role=office.role)
    return Enrolled(offices, [] if proposed else _first_letters(act, people))


@command("accounts.confirm_many", on="region")
def confirm_many(act: Act, *, region: Region, offices: Sequence[Appointment]) -> list[AccessLetter]:
    """Those of the offices that are still proposed count from now on (FD-01); who holds one gets the first letter.

    An office that was ended meanwhile stays ended and gives no letter; so does one whose holder signs in already.
    """
    longest = standing(region.pk).numbers["office_term_years"]
    waiting = [each for each in offices if each.state == Appointment.State.PROPOSED]
    for each in waiting:
        act.require(CONFIRMING, newcomer_facts(each.role, each.decree, each.since, each.until, longest))
    _all_to(act, waiting, Appointment.State.CONFIRMED)
    holders = [each.person for each in offices if each.state in Appointment.HOLDING]
    return _first_letters(act, [each for each in holders if not each.has_usable_password()])


@command("accounts.drop_many", on="region")
def drop_many(act: Act, *, region: Region, offices: Sequence[Appointment]) -> None:
    """Turn down those that are still proposed. Who holds nothing else and never came in is no longer active; the user name
    and the telephone are free again."""
    waiting = [each for each in offices if each.state == Appointment.State.PROPOSED]
    _all_to(act, waiting, Appointment.State.ENDED)
    held = Appointment.objects.exclude(state=Appointment.State.ENDED).values("person")
    for start in range(0, len(waiting), AT_ONCE):
        people = Person.objects.filter(pk__in=[each.person_id for each in waiting[start : start + AT_ONCE]])
        unused = people.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX).exclude(pk__in=held)
        unused.update(username=Lower(Concat(Value(Person.DROPPED), F("code"))), phone="", is_active=False)


def _all_to(act: Act, offices: Sequence[Appointment], state: Appointment.State) -> None:
    for start in range(0, len(offices), AT_ONCE):
        keys = [each.pk for each in offices[start : start + AT_ONCE]]
        moved = Appointment.objects.filter(pk__in=keys, state=Appointment.State.PROPOSED)
        if moved.update(state=state, state_at=act.now) != len(keys):
            raise NoSuchMove("appointment", Appointment.State.PROPOSED, act.door)
    for each in offices:
        each.state, each.state_at = state, act.now
        act.log(f"appointment.{state}", each, person=each.person.code, role=each.role)


def _first_letters(act: Act, people: Sequence[Person]) -> list[AccessLetter]:
    letters = [new_letter(act, person, AccessLetter.Reason.FIRST) for person in people]
    AccessLetter.objects.bulk_create(letters)
    return letters


def _office(act: Act, person: Person, newcomer: Newcomer, state: Appointment.State) -> Appointment:
    return Appointment(
        person=person,
        role=newcomer.role,
        title=newcomer.title,
        region=newcomer.region,
        decree=newcomer.decree,
        decree_on=newcomer.decree_on,
        since=newcomer.since,
        until=newcomer.until,
        acting=newcomer.acting,
        proposed_by=act.by.code,
        state=state,
        state_at=act.now,
    )
