"""Who holds what where, what passes on with an office, and what was entered in whose name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate
from django.utils.translation import gettext

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import (
    Appointment,
    AppointmentQuerySet,
    Assistance,
    AssistedEntry,
    EntryContest,
    HandOver,
    Person,
)
from bermitra.foundation.accounts.queries import OFFICES_WITH_TERMS
from bermitra.foundation.accounts.separation import Pair, between
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.passing import assigned
from bermitra.foundation.people.rules import (
    AssistanceFacts,
    ContactFacts,
    ContestFacts,
    HelperFacts,
    HolderFacts,
    MandateFacts,
    SuccessionFacts,
)
from bermitra.foundation.regions.models import Region

VILLAGE_LEVEL = 4
SIGNING = frozenset({roles.VILLAGE_HEAD.key, roles.PARTNER_SIGNATORY.key})
# What may be entrusted by letter, by whoever signs for the house: never the signature of a village, which law gives to
# its head alone (UU 6/2014 ps 26).
ENTRUSTED = {
    roles.VILLAGE_HEAD.key: (roles.VILLAGE_OFFICIAL.key, roles.VILLAGE_COOP_UNIT.key, roles.VILLAGE_OPERATOR.key),
    roles.PARTNER_SIGNATORY.key: (roles.PARTNER_SIGNATORY.key, roles.PARTNER_REP.key),
}


# Offices --------------------------------------------------------------------------------------------------------------
def appointments_visible_to(person: Person) -> AppointmentQuerySet:
    """One's own; all of the village or partner in whose house one holds an office; of one's district or regency all."""
    seen = Q(person=person)
    for office in person.offices:
        if office.party:
            seen |= Q(party=office.party)
        elif office.region_id and office.office.reach is Scope.VILLAGE:
            seen |= Q(region_id=office.region_id)
        elif office.region_id and office.office.reach in (Scope.DISTRICT, Scope.REGENCY):
            seen |= Q(region__code__startswith=office.region_id)
            if office.office.reach is Scope.REGENCY:
                seen |= Q(region=None, person__region__code__startswith=office.region_id)
    found: AppointmentQuerySet = Appointment.objects.filter(seen).select_related("person", "region")
    return found


def villages_of(person: Person) -> list[Region]:
    """The villages in whose house this person works, each once."""
    found = {
        office.region_id: office.region
        for office in person.offices
        if office.region is not None and office.region.level == VILLAGE_LEVEL and not office.party
    }
    return [each for each in found.values() if each is not None]


def offices_ending(today: date, until: date) -> QuerySet[Appointment]:
    """Offices of places in force that end by ``until`` and were never reminded of. Mandates of helpers end quietly."""
    reminded = Duty.objects.filter(about=_about(Appointment), door="accounts.hand_over")
    found = Appointment.objects.in_force(today).filter(until__lte=until, role__in=HANDED_OVER)
    return found.filter(~Exists(reminded)).select_related("person", "region").order_by("until", "pk")


HANDED_OVER = frozenset(
    each.key
    for each in (
        roles.VILLAGE_HEAD, roles.VILLAGE_SECRETARY, roles.VILLAGE_TREASURER, roles.BPD_CHAIR, roles.CAMAT,
        roles.DPMD_OFFICER,
    )
)  # fmt: skip


def _about(model: type[Any]) -> Any:
    """``about`` of a duty that belongs to the row of the outer query."""
    return Concat(Value(f"{model._meta.model_name}:"), Cast(OuterRef("pk"), CharField()))


def holder_facts(appointment: Appointment) -> HolderFacts:
    """For FD-22 and FD-23: earlier terms of the person in this office, and what is held beside it in the same place."""
    earlier = Appointment.objects.filter(
        person=appointment.person, role=appointment.role, region=appointment.region, acting=False,
        since__lt=appointment.since,
    ).exclude(state=Appointment.State.PROPOSED)  # fmt: skip
    termed = appointment.role in OFFICES_WITH_TERMS and not appointment.acting
    held = held_beside(appointment.person, appointment.region_id or "", appointment.pk)
    return HolderFacts(
        terms=earlier.count() + 1 if termed else 0,
        most_terms=standing(appointment.region_id or "").numbers["office_max_terms"],
        apart=tuple(sorted({each.role for each in held if each.role in appointment.office.apart})),
    )


def held_beside(person: Person, region: str, but: int = 0) -> list[Appointment]:
    """Other offices that the person holds today in this place."""
    found = Appointment.objects.in_force(clock.today()).filter(person=person, region_id=region).exclude(pk=but)
    return list(found.order_by("since", "pk")) if region else []


@dataclass(frozen=True)
class Clash:
    """Two offices of one person that law keeps apart, or that open two acts which nobody may do in one matter."""

    office: str
    says: tuple[str, ...]


def clashes(person: Person, role: str, region: str, but: int = 0) -> list[Clash]:
    """What is to be known before this person is given this office here: told beforehand, refused at the act itself."""
    found = []
    for other in held_beside(person, region, but):
        says = [gettext(each.says) for each in pairs(role, other.role)]
        if other.role in roles.BY_KEY[role].apart:
            says.insert(0, gettext("Hukum memisahkan kedua jabatan ini."))
        if says:
            found.append(Clash(other.called, tuple(says)))
    return found


def pairs(one: str, other: str) -> tuple[Pair, ...]:
    return between(one, other) if one != other else ()


# Passing on -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Passing:
    """One line of what goes from one holder to the next."""

    kind: str
    says: str
    count: int


def succession_facts(predecessor: Appointment, successor: Appointment) -> SuccessionFacts:
    def place(of: Appointment) -> tuple[str, str | None, str]:
        return of.role, of.region_id, of.party

    today = clock.today()
    return SuccessionFacts(
        same_office=place(predecessor) == place(successor),
        other_person=predecessor.person_id != successor.person_id,
        successor_holds=successor.state in Appointment.HOLDING and successor.since <= today <= successor.until,
    )


def successors(predecessor: Appointment) -> list[Appointment]:
    """Who holds the same office today beside the predecessor, the newest first."""
    found = Appointment.objects.in_force(clock.today()).filter(
        role=predecessor.role, region=predecessor.region, party=predecessor.party
    )
    return list(found.exclude(person=predecessor.person_id).select_related("person", "region").order_by("-since"))


def open_duties_of(appointment: Appointment) -> QuerySet[Duty]:
    """Open duties that wait for this very person in the place of the office."""
    return Duty.objects.filter(
        OPEN, person=appointment.person.code, region__code__startswith=appointment.region_id or "-"
    )


def passing(predecessor: Appointment) -> list[Passing]:
    """What goes over: what waits for the office, what waits for the person, what is in the person's charge."""
    waits = Duty.objects.filter(OPEN, role=predecessor.role, region_id=predecessor.region_id, person="").count()
    own = open_duties_of(predecessor).count()
    lines = [
        Passing("office", gettext("Tugas yang menunggu jabatan ini"), waits),
        Passing("person", gettext("Tugas atas nama pejabat lama"), own),
    ]
    for each in assigned():
        count = each.held_by(predecessor.person.code, predecessor.region_id or "-").count()
        lines.append(Passing(each.model, gettext(each.says), count))
    return lines


def hand_overs_visible_to(person: Person) -> QuerySet[HandOver]:
    seen = appointments_visible_to(person).values("pk")
    return HandOver.objects.filter(Q(successor__in=seen) | Q(predecessor__in=seen)).select_related(
        "predecessor__person", "successor__person", "successor__region", "paper__file"
    )


# Written powers -------------------------------------------------------------------------------------------------------
def signing_offices(person: Person) -> list[Appointment]:
    """Offices that sign, of the houses this person belongs to: whose power a letter may pass on."""
    houses = Q(pk__in=())
    for office in person.offices:
        if office.party:
            houses |= Q(party=office.party, role=roles.PARTNER_SIGNATORY.key)
        elif office.office.reach is Scope.VILLAGE and office.region_id:
            houses |= Q(region_id=office.region_id, role=roles.VILLAGE_HEAD.key)
    found = Appointment.objects.in_force(clock.today()).filter(houses).select_related("person", "region")
    return list(found.order_by("role", "since", "pk"))


def mandate_facts(giver: Appointment, holder: Person, role: str, dated: date, until: date) -> MandateFacts:
    today = clock.today()
    holds = giver.state in Appointment.HOLDING and giver.since <= today <= giver.until
    return MandateFacts(
        giver_signs=holds and giver.role in SIGNING,
        giver_until=giver.until,
        until=until,
        dated=dated,
        today=today,
        other_person=holder.pk != giver.person_id,
        office_can_be_given=role in ENTRUSTED.get(giver.role, ()),
    )


# Contact --------------------------------------------------------------------------------------------------------------
NEVER = 10**6  # hours: longer than any life


def contact_facts(person: Person, region: str) -> ContactFacts:
    """For FD-10, asked before a signature: how long ago the person changed its telephone or e-mail."""
    changed = person.contact_changed_at
    hours = NEVER if changed is None else int((clock.now() - changed).total_seconds() // 3600)
    return ContactFacts(hours, standing(region).numbers["contact_change_cooling_hours"])


# Entries for a village ------------------------------------------------------------------------------------------------
def assistances_visible_to(person: Person) -> QuerySet[Assistance]:
    """One's own as a helper; those of the villages in whose house one works; of one's district or regency all."""
    seen = Q(helper=person)
    for office in person.offices:
        if office.region_id and office.office.reach is Scope.VILLAGE and office.role != roles.RESIDENT.key:
            seen |= Q(village_id=office.region_id)
        elif office.region_id and office.office.reach in (Scope.DISTRICT, Scope.REGENCY):
            seen |= Q(village__code__startswith=office.region_id)
        elif office.region_id and office.role == roles.FACILITATOR.key:
            seen |= Q(village_id=office.region_id)
    found = Assistance.objects.filter(seen).select_related("village", "helper", "appointment", "file")
    return found.order_by("-requested_at", "-pk")


def helpers_for(village: Region) -> list[Appointment]:
    """Who might enter for this village: its facilitators, its camat, officers of its regency; none of its own house."""
    own = Appointment.objects.in_force(clock.today()).filter(region=village, person=OuterRef("person"))
    own = own.filter(role__in=[each.key for each in roles.ALL if each.reach is Scope.VILLAGE])
    found = Appointment.objects.in_force(clock.today()).filter(
        Q(role=roles.FACILITATOR.key, region__code__startswith=village.pk[:8])
        | Q(role=roles.CAMAT.key, region_id=village.pk[:8])
        | Q(role=roles.DPMD_OFFICER.key, region_id=village.pk[:5])
    )
    rows = found.filter(~Exists(own)).select_related("person", "region").order_by("person__full_name", "pk")
    return list({each.person_id: each for each in rows}.values())


def helper_facts(helper: Person, village: str, recorder: str = "") -> HelperFacts:
    held = Appointment.objects.in_force(clock.today()).filter(person=helper)
    of_village = [each for each in held if each.region_id == village and each.office.reach is Scope.VILLAGE]
    return HelperFacts(
        of_the_village=bool(of_village),
        of_a_party=any(each.party for each in held),
        records_own_mandate=recorder == helper.code,
    )


def assistance_facts(assistance: Assistance, since: date, until: date, *, signed: bool) -> AssistanceFacts:
    return AssistanceFacts(
        mandate_signed=signed,
        today=clock.today(),
        ends_on=until,
        months=months_begun(since, until),
        assistance_max_months=standing(assistance.village_id).numbers["assistance_max_months"],
    )


def months_begun(since: date, until: date) -> int:
    """Months begun between two days, both counted: 1 January to 30 June are six, to 1 July seven."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months + (until.day >= since.day)


def mandate_in_force(helper: Person, village: str) -> Assistance | None:
    """The mandate under which this person enters for this village today."""
    found = Assistance.objects.filter(helper=helper, village_id=village, state__in=Assistance.GRANTED)
    return found.filter(until__gte=clock.today()).order_by("-granted_at").first()


def entries_of(assistances: QuerySet[Assistance]) -> QuerySet[AssistedEntry]:
    """What was entered, the newest first, each with what the village said against it."""
    contests = Prefetch("contests", queryset=EntryContest.objects.order_by("pk"))
    found = AssistedEntry.objects.filter(assistance__in=assistances).select_related(
        "assistance__helper", "assistance__village"
    )
    return found.prefetch_related(contests).order_by("-at", "-pk")


def contest_facts(entry: AssistedEntry) -> ContestFacts:
    return ContestFacts(
        entered_on=localdate(entry.at),
        today=clock.today(),
        value_check_days=standing(entry.assistance.village_id).numbers["value_check_days"],
    )


def entered_for(about: str, most: int) -> list[Any]:
    """The newest entries made in a village's name on one record, each with ``is_contested``; one statement."""
    open_ones = EntryContest.objects.filter(entry=OuterRef("pk"), answered_at=None)
    found = AssistedEntry.objects.filter(about=about).annotate(is_contested=Exists(open_ones))
    return list(found.select_related("assistance__helper", "assistance__village").order_by("-at", "-pk")[:most])
