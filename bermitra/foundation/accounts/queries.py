"""Reading people and their offices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person, Token
from bermitra.foundation.accounts.rules import ISSUING, READING_A_LETTER, IssuingFacts, OfficeFacts, ReadingFacts
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import SYSTEM
from bermitra.foundation.journal.models import Event
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine

COUNCIL_KEYS = frozenset({roles.BPD_CHAIR.key, roles.BPD_MEMBER.key})
OFFICES_WITH_TERMS = frozenset({roles.VILLAGE_HEAD.key, roles.BPD_CHAIR.key, roles.BPD_MEMBER.key})


def people_visible_to(person: Person) -> QuerySet[Person]:
    """Oneself, and for a regency's officer everybody who lives or holds an office in the regency."""
    wanted = Q(pk=person.pk)
    for office in person.offices:
        if office.role in (roles.DPMD_OFFICER.key, roles.REGENT_OFFICE.key, roles.AUDITOR.key) and office.region_id:
            held = Appointment.objects.filter(person=OuterRef("pk"), region__code__startswith=office.region_id)
            wanted |= Q(region__code__startswith=office.region_id) | Q(Exists(held))
    return Person.objects.filter(wanted)


# The offices of a village as its page lists them, the government before the council.
GOVERNING = (roles.VILLAGE_HEAD, roles.VILLAGE_SECRETARY, roles.VILLAGE_TREASURER, roles.VILLAGE_OFFICIAL)
COUNCIL = (roles.BPD_CHAIR, roles.BPD_MEMBER)
IN_VILLAGE_ORDER = {role.key: place for place, role in enumerate((*GOVERNING, *COUNCIL))}


@dataclass(frozen=True)
class HeldOffice:
    """One line of "Jabatan desa"; ``now``: it counts on the day asked for. ``place`` orders government before council."""

    appointment: Appointment
    now: bool
    place: int

    @property
    def council(self) -> bool:
        return self.appointment.role in COUNCIL_KEYS


def offices_of(region: Region | str, day: date, *, past: bool = True) -> list[HeldOffice]:
    """Government and council of a village on ``day``, and (``past``) those who held their offices before, newest first.

    Offices that are only proposed, or were turned down, are left out, as are the operator and others who hold no office of
    law. One statement; person and region are read along. What is public of it is the holder's name and the term.
    """
    code = region if isinstance(region, str) else region.pk
    found = Appointment.objects.filter(region_id=code, party="", role__in=IN_VILLAGE_ORDER)
    found = found.exclude(state=Appointment.State.PROPOSED).exclude(turned_down()).filter(since__lte=day)
    lines = [
        HeldOffice(each, each.state in Appointment.HOLDING and each.until >= day, IN_VILLAGE_ORDER[each.role])
        for each in found.select_related("person", "region").order_by("-since", "pk")
    ]
    return sorted((each for each in lines if past or each.now), key=lambda each: (not each.now, each.place))


def turned_down() -> Q:
    """Offices that were proposed and ended before anybody confirmed them: nobody held them. The row alone does not say so;
    the journal does."""
    about = Concat(Value(f"{Appointment._meta.model_name}:"), Cast(OuterRef("pk"), CharField()))
    lines = Event.objects.filter(about=about)
    proposed, confirmed = (Exists(lines.filter(verb=f"appointment.{each}")) for each in ("proposed", "confirmed"))
    return Q(proposed, ~confirmed, state=Appointment.State.ENDED)


# Whoever was proposed, turned down and never let in (``enrolling.drop_many``): known by a name only.
DROPPED = Q(is_active=False, username__startswith=Person.DROPPED)


def by_name_or_phone(text: str) -> Person | None:
    """The person with this user name or telephone number (in +62 form)."""
    return Person.objects.filter(Q(username=text) | (Q(phone=text) & ~Q(phone=""))).first()


def signed_in(key: int) -> Person | None:
    """The person of a session, with the offices of today: one statement for every page of whoever holds an office."""
    held = Appointment.objects.filter(person=key, person__is_active=True).select_related("person")
    offices = held.acted_in(clock.today())
    if not offices:
        return Person.objects.filter(pk=key, is_active=True).first()
    person: Person = offices[0].person
    person.offices = offices
    return person


def hands(codes: Iterable[str]) -> int:
    """How many people surely act behind these codes, where a decision is to be of two.

    Whoever printed an access letter held its code for a moment: for thirty days the printer and the other are not two.
    """
    among = set(codes)
    printed = AccessLetter.objects.filter(
        issued_at__gte=clock.now() - AccessLetter.TOLD_FOR, person__code__in=among, issued_by__in=among - {SYSTEM}
    ).exclude(person__code=F("issued_by"))
    return max(len(among - set(printed.values_list("person__code", flat=True))), 1)


def issuing_facts(person: Person, issuer: str) -> IssuingFacts:
    """For FD-39. What the system gave at the console was proposed by nobody; a proposer's hand is a proposer."""
    wide = Appointment.objects.filter(person=person, role__in=roles.WIDE, until__gte=clock.today())
    proposers = wide.exclude(state=Appointment.State.ENDED).values_list("proposed_by", flat=True)
    proposed_by = frozenset(proposers) - {SYSTEM, ""}
    one_hand = any(hands((issuer, each)) == 1 for each in proposed_by)
    return IssuingFacts(issuer, proposed_by | {issuer} if one_hand else proposed_by)


def reading_findings(letter: AccessLetter, reader: str) -> tuple[Finding, ...]:
    """What is asked before a code is shown: FD-47, and FD-39 once more, as an office may be proposed after the printing."""
    made = examine(READING_A_LETTER, ReadingFacts(reader, letter.issued_by))
    return (*made, *examine(ISSUING, issuing_facts(letter.person, reader)))


def newest_letter(person: Person) -> AccessLetter | None:
    return AccessLetter.objects.filter(person=person).order_by("-issued_at", "-pk").first()


def letters_told_to(person: Person) -> QuerySet[AccessLetter]:
    """Letters issued in the last thirty days for other officers of the villages in which ``person`` holds an office.

    To an officer of a regency those for whoever holds an office over the same regency: a colleague sees what was printed
    by another, and may ask its holder.
    """
    villages = [o.region_id for o in person.offices if o.region_id and o.region is not None and o.region.level == 4]
    regencies = [o.region_id for o in person.offices if o.role == roles.DPMD_OFFICER.key and o.region_id]
    wide = Appointment.objects.in_force(clock.today()).filter(role__in=roles.WIDE, region__in=regencies)
    told = Q(person__region_id__in=villages) | Q(person__in=wide.values("person"))
    return (
        AccessLetter.objects.filter(told, issued_at__gte=clock.now() - AccessLetter.TOLD_FOR)
        .exclude(person=person)
        .select_related("person")
        .order_by("-issued_at")
    )


def whole_years(since: date, until: date) -> int:
    """Years begun between two days, both counted: 1 January 2020 to 31 December 2027 are eight."""
    years = until.year - since.year
    return years + (1 if (until.month, until.day) >= (since.month, since.day) else 0)


def office_facts(appointment: Appointment) -> OfficeFacts:
    termed = appointment.role in OFFICES_WITH_TERMS
    return OfficeFacts(
        decree=appointment.decree,
        term_years=whole_years(appointment.since, appointment.until) if termed else 0,
        longest_term_years=standing(appointment.region_id or "").numbers["office_term_years"],
    )


def tokens_held(person: Person) -> QuerySet[Token]:
    """Keys of this person's programs that were not taken back and are not over, newest first."""
    return Token.objects.filter(person=person, withdrawn_at=None, until__gte=clock.today()).order_by("-made_at", "-pk")
