"""Who holds what where, what passes on with an office, and what was entered in whose name."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate
from django.utils.translation import gettext

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import (
    AccessLetter,
    Appointment,
    AppointmentQuerySet,
    Assistance,
    AssistedEntry,
    EntryContest,
    HandOver,
    Person,
)
from bermitra.foundation.accounts.permissions import JOINED, authorise
from bermitra.foundation.accounts.queries import OFFICES_WITH_TERMS, hands
from bermitra.foundation.accounts.separation import Pair, between
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import SYSTEM, Act, By, Reach
from bermitra.foundation.commands.door import Knock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.passing import assigned
from bermitra.foundation.people.rules import (
    ENDING,
    ENDING_AN_OFFICER,
    GIVING,
    GIVING_WIDELY,
    HANDED_OVER,
    PROPOSALS,
    AssistanceFacts,
    ContactFacts,
    ContestFacts,
    EmpoweredFacts,
    EndingFacts,
    GiverFacts,
    GivingFacts,
    HandingFacts,
    HelperFacts,
    HolderFacts,
    KnownFacts,
    MandateFacts,
    SuccessionFacts,
)
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Rule

VILLAGE_LEVEL = 4
OF_A_VILLAGE = frozenset(each.key for each in roles.ALL if each.reach is Scope.VILLAGE) - {roles.ASSISTING_OFFICER.key}
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


def _about(model: type[Any]) -> Any:
    """``about`` of a duty that belongs to the row of the outer query."""
    return Concat(Value(f"{model._meta.model_name}:"), Cast(OuterRef("pk"), CharField()))


def role_at(person: Person, door: str, reach: Reach, among: Container[str] = ()) -> str:
    """The role in which this person would open the door, the password confirmed; empty where it stays shut.

    Of several one ``among`` those named, where there is one.
    """
    try:
        return authorise(Knock(door, By(person=person, confirmed_at=clock.real_now()), reach), among)
    except NotAllowed:
        return ""


def act_as(act: Act, among: Container[str]) -> None:
    """Act in the office that the rules ask for, where the one who acts holds it beside the one that opened the door."""
    if isinstance(act.by.person, Person) and act.role != JOINED:
        act.role = role_at(act.by.person, act.door, act.reach, among)


def proposers_of(role: str) -> frozenset[str]:
    """The offices that propose this one (FD-19)."""
    return frozenset(each for each, proposed in PROPOSALS.items() if role in proposed)


def proposals_of(person: Person, village: Region) -> list[str]:
    """The offices of the village that this person proposes, in whichever of the own offices."""
    held = [each for each in PROPOSALS if role_at(person, "accounts.propose_office", village.reach(), (each,)) == each]
    return list(dict.fromkeys(role for each in held for role in PROPOSALS[each]))


def known_facts(village: Region, known: Person | None) -> KnownFacts:
    """For FD-49. An account that a proposal of this village made, and nothing else, may be proposed here again."""
    if known is None:
        return KnownFacts(known=False, of_the_village=False)
    here = Q(region=village, party="")
    elsewhere = Appointment.objects.filter(person=known).exclude(here)
    return KnownFacts(known=True, of_the_village=_held(known, here) or not elsewhere.exists())


def giving_facts(appointment: Appointment, confirmer: str, role: str) -> GivingFacts:
    """For FD-20, FD-21 and FD-48: as if ``confirmer`` (a code) confirmed in this role, or at the counter in one act."""
    return GivingFacts(
        proposer=appointment.proposed_by,
        holder=appointment.person.code,
        confirmer=confirmer,
        confirmer_role=role,
        given_by=appointment.office.given_by,
        counter=confirmer == SYSTEM or (role == JOINED and appointment.role not in roles.WIDE),
        one_hand=appointment.role in roles.WIDE and hands((appointment.proposed_by, confirmer)) == 1,
        proposer_has_the_key=appointment.role in roles.WIDE and _set_the_password(appointment),
    )


def _set_the_password(appointment: Appointment) -> bool:
    """Whether the proposer, or somebody who is no second person beside him, made the last letter that the holder used."""
    used = AccessLetter.objects.filter(person=appointment.person_id, used_at__isnull=False)
    last = used.order_by("-used_at", "-pk").first()
    return last is not None and hands((appointment.proposed_by, last.issued_by)) == 1


def giving(appointment: Appointment) -> tuple[Rule, ...]:
    """The rules that are asked of whoever confirms this office."""
    return GIVING_WIDELY if appointment.role in roles.WIDE else GIVING


def ending_facts(appointment: Appointment, ender: str, role: str) -> EndingFacts:
    """For FD-29 and FD-50."""
    return EndingFacts(
        ender,
        role,
        appointment.person.code,
        appointment.office.given_by,
        system=ender == SYSTEM,
        last_officer=appointment.role == roles.DPMD_OFFICER.key and _is_the_last(appointment),
    )


def _is_the_last(appointment: Appointment) -> bool:
    same = Appointment.objects.in_force(clock.today()).filter(role=appointment.role, region=appointment.region)
    return [each.pk for each in same[:2]] == [appointment.pk]


def ending(appointment: Appointment) -> tuple[Rule, ...]:
    """The rules that are asked of whoever ends this office."""
    return ENDING_AN_OFFICER if appointment.role == roles.DPMD_OFFICER.key else ENDING


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
    return clashes_with(role, held_beside(person, region, but))


def clashes_with(role: str, others: Iterable[Appointment]) -> list[Clash]:
    """The same of offices that were read already: those held in the place of the one."""
    found = []
    for other in others:
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


def handing_facts(predecessor: Appointment, actor: str, role: str, successors: Iterable[str]) -> HandingFacts:
    """For FD-16 and FD-30: as if ``actor`` (a code) wrote the hand-over to one of these down in this role."""
    concerned = frozenset((predecessor.person.code, *successors))
    return HandingFacts(predecessor.role, predecessor.office.given_by, actor, role, concerned)


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


def empowered_facts(giver: Appointment, known: Person | None) -> EmpoweredFacts:
    """For FD-17: whether ``known``, who has an account already, holds an office of the giver's house or held one to its end."""
    if known is None:
        return EmpoweredFacts(known=False, of_the_house=False)
    if giver.party:
        now = any(office.party == giver.party for office in known.offices)
        house = Q(party=giver.party)
    else:
        now = False
        house = Q(region=giver.region, party="")
    return EmpoweredFacts(known=True, of_the_house=now or _held(known, house))


def _held(person: Person, house: Q) -> bool:
    """Whether the person holds an office of this village or party, or held one to its end."""
    own = Q(role__in=OF_A_VILLAGE) | ~Q(party="")
    begun = Appointment.objects.filter(house, own, state__in=Appointment.HOLDING, since__lte=clock.today())
    return begun.filter(person=person).exists()


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


def contact_of_doer(by: By, region: str) -> ContactFacts:
    """The same of whoever acts; the system has no telephone that somebody could have changed."""
    if isinstance(by.person, Person):
        return contact_facts(by.person, region)
    return ContactFacts(NEVER, standing(region).numbers["contact_change_cooling_hours"])


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


def giver_facts(village: str, ends_on: date, giver: str = "") -> GiverFacts:
    """For FD-18: the head with the code ``giver``; of a letter on paper, any head in office (a Pj. beside the one who leaves)."""
    heads = Appointment.objects.in_force(clock.today()).filter(role=roles.VILLAGE_HEAD.key, region_id=village)
    if giver:
        heads = heads.filter(person__code=giver)
    return GiverFacts(heads.aggregate(last=Max("until"))["last"], ends_on)


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


def helper_facts(helper: Person, village: str) -> HelperFacts:
    """For FD-27: the offices held today, the one of a helper apart."""
    held = Appointment.objects.in_force(clock.today()).filter(person=helper).exclude(role=roles.ASSISTING_OFFICER.key)
    of_village = [each for each in held if each.region_id == village and each.office.reach is Scope.VILLAGE]
    return HelperFacts(
        of_the_village=bool(of_village),
        of_a_party=any(each.party for each in held),
        recorder_takes_part=False,
    )


def recorder_facts(assistance: Assistance, recorder: str) -> HelperFacts:
    """For FD-27, where the letter is on paper: laid down by the helper himself, or by the one who asked for him?"""
    own = recorder in (assistance.helper.code, assistance.requested_by)
    return replace(helper_facts(assistance.helper, assistance.village_id), recorder_takes_part=own)


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
