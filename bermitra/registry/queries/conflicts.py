"""What officials of villages and partners share, as it is found today, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.personal.models import Kind
from bermitra.foundation.personal.queries import same_fingerprint
from bermitra.registry.models import ConflictExplanation, ConflictReview, Owner, Partner, PartnerChange
from bermitra.registry.overlaps import Overlap, Who, joined, overlaps, phones_in
from bermitra.registry.queries.bodies import entries_of
from bermitra.registry.queries.dealings import Dealing, dealings
from bermitra.registry.queries.likeness import threshold
from bermitra.registry.rules import ExaminerFacts, OverlapFacts

NO_OFFICIALS = frozenset({roles.RESIDENT.key, roles.GROUP_REP.key})
OVER_VILLAGES = frozenset({roles.CAMAT.key, roles.DPMD_OFFICER.key, roles.REGENT_OFFICE.key, roles.AUDITOR.key})
OF_VILLAGE = frozenset({roles.VILLAGE_HEAD.key, roles.BPD_CHAIR.key, roles.VILLAGE_COOP_UNIT.key})


@dataclass(frozen=True)
class Found:
    """Something shared by a partner and a village, with the newest explanation and the newest look at it."""

    partner: Partner
    village: str
    overlap: Overlap
    explanation: ConflictExplanation | None
    review: ConflictReview | None

    @property
    def key(self) -> str:
        """Stands in addresses; it changes with the data it was found by."""
        return _key(self.partner, self.village, self.overlap)

    @property
    def settled(self) -> bool:
        """Explained, looked at, and acceptable. An explanation that came after the look is looked at again."""
        return self.review is not None and self.review.acceptable and not self.waits

    @property
    def waits(self) -> bool:
        """Explained, and nobody has looked at this explanation yet."""
        said, seen = self.explanation, self.review
        return said is not None and (seen is None or said.explained_at > seen.reviewed_at)

    @property
    def refused(self) -> bool:
        return self.review is not None and not self.review.acceptable and not self.waits


def _key(partner: Partner, village: str, overlap: Overlap) -> str:
    return sha256(f"{partner.code}|{village}|{overlap.said}".encode()).hexdigest()[:12]


def found_in(
    pairs: Iterable[Dealing], day: date, partners: Mapping[int, Partner] | None = None
) -> dict[Dealing, tuple[Found, ...]]:
    """By partner and village what they share on ``day``; three statements for any number of pairs (four where their
    partners are not handed in), two more where something is shared.

    A regency among the places is passed over: its officers are no party to the partnership.
    """
    wanted = sorted({pair for pair in pairs if len(pair[1]) == 13})
    if not wanted:
        return {}
    known = partners or Partner.objects.in_bulk({partner for partner, _village in wanted})
    officials, theirs = _sides({village for _partner, village in wanted}, known.values(), day)
    left, right = ({who.code for side in sides.values() for who in side} - {""} for sides in (officials, theirs))
    accounts = frozenset(same_fingerprint(Kind.ACCOUNT, left, right))
    shared = {pair: overlaps(officials[pair[1]], theirs[pair[0]], threshold(), accounts) for pair in wanted}
    keys = {(*pair, each): _key(known[pair[0]], pair[1], each) for pair, found in shared.items() for each in found}
    explained, reviewed = (_newest(model, keys.values()) for model in (ConflictExplanation, ConflictReview))
    answer: dict[Dealing, tuple[Found, ...]] = {}
    for pair, found in shared.items():
        said = [(each, keys[*pair, each]) for each in found]
        answer[pair] = tuple(
            Found(known[pair[0]], pair[1], e, explained.get(key), reviewed.get(key)) for e, key in said
        )
    return answer


def found_between(partner: Partner, village: str, day: date) -> tuple[Found, ...]:
    return found_in([(partner.pk, village)], day, {partner.pk: partner}).get((partner.pk, village), ())


def _newest(model: Any, keys: Iterable[str]) -> dict[str, Any]:
    wanted = set(keys)
    return {each.item: each for each in model.objects.filter(item__in=wanted).order_by("pk")} if wanted else {}


def explained_first(item: str) -> datetime | None:
    """When the partner said something of this item for the first time."""
    said = ConflictExplanation.objects.filter(item=item).order_by("pk")
    return said.values_list("explained_at", flat=True).first()


def _sides(
    villages: Iterable[str], partners: Iterable[Partner], day: date, stood: datetime | None = None
) -> tuple[dict[str, list[Who]], dict[int, list[Who]]]:
    """The officials of each village with its own account, and of each partner (all entries of the body) its people here,
    its owners and officers, and the body itself with its telephones; two statements, a third where entries were merged.

    ``stood``: owners, officers and telephones are those that the partner had declared by that moment.
    """
    villages, entries = list(villages), entries_of(partners)
    of_code = {each.code: key for key, body in entries.items() for each in body}
    of_entry = {each.pk: key for key, body in entries.items() for each in body}
    officials: dict[str, list[Who]] = {
        village: [Who("", gettext("Rekening kas desa"), village, body=True)] for village in villages
    }
    theirs: dict[int, list[Who]] = {key: [] for key in entries}
    held = Appointment.objects.in_force(day).exclude(role__in=NO_OFFICIALS)
    for office in (
        held.filter(Q(region__in=villages, party="") | Q(party__in=of_code)).select_related("person").order_by("pk")
    ):
        side = theirs[of_code[office.party]] if office.party else officials[str(office.region_id)]
        side.append(_in_office(office))
    for owner in _owners(of_entry, stood):
        theirs[of_entry[owner.partner_id]].append(Who(owner.name, str(owner.get_capacity_display())))
    contacts = _contacts_at(of_entry, stood) if stood else {}
    for key, body in entries.items():
        theirs[key] = joined(theirs[key])
        for each in body:
            phones = sorted(phones_in(contacts.get(each.pk, each.contact))) or [""]
            itself = gettext("Lembaga itu sendiri")
            theirs[key] += [Who(each.name, itself, each.code, phone, body=True) for phone in phones]
    return {village: joined(side) for village, side in officials.items()}, theirs


def _in_office(office: Appointment) -> Who:
    who = office.person
    return Who(who.full_name, office.called, code=who.code, phone=who.phone, until=office.until)


def _owners(entries: Iterable[int], stood: datetime | None) -> list[Owner]:
    """Of the newest declaration of each entry; where there is none, those that were declared alone."""
    by_then = Q(declared_at__lte=stood) if stood else Q()
    found = list(Owner.objects.filter(by_then, partner__in=entries).order_by("pk"))
    newest = {each.partner_id: each.declaration_id for each in found}
    return [each for each in found if each.declaration_id == newest[each.partner_id]]


def _contacts_at(entries: Iterable[int], stood: datetime) -> dict[int, str]:
    """By entry whose contact line was changed since, as it was at that moment; one statement."""
    since = PartnerChange.objects.filter(partner__in=entries, changed_at__gt=stood).order_by("-changed_at", "-pk")
    changes = since.values_list("partner", "before")
    return {partner: before["contact"] for partner, before in changes if "contact" in before}  # the first one stays


def overlap_facts(found: Iterable[Found]) -> OverlapFacts:
    """For RG-15."""
    shared = list(found)
    return OverlapFacts(
        shared_items=len(shared),
        explained_items=sum(each.settled for each in shared),
        hidden_ownership=any(each.refused for each in shared),
    )


def overlap_facts_of(partners: Iterable[Partner], village: str, day: date) -> OverlapFacts:
    """For RG-15, of all these partners with one village together."""
    known = {each.pk: each for each in partners}
    found = found_in([(each, village) for each in known], day, known)
    return overlap_facts(each for shared in found.values() for each in shared)


def overlap_facts_where_examined(partner: Partner, region: str, day: date) -> OverlapFacts:
    """For RG-15, where a file is concluded: with the village itself, or with those of the regency it deals with."""
    pairs = dealings(partners=[partner], within=region)
    found = found_in({*pairs, (partner.pk, region)}, day)
    return overlap_facts(each for shared in found.values() for each in shared)


def declares_interest(partner: Partner, day: date) -> bool:
    """Whether a real tie with an official still in office was declared and found acceptable; one statement."""
    newest = {each.item: each for each in ConflictReview.objects.filter(partner=partner).order_by("pk")}
    return any(each.acceptable and each.tie and each.until >= day for each in newest.values())


def examiner_facts(person: Any, partner: Partner, day: date, opened: datetime | None) -> ExaminerFacts:
    """For RG-22: whether somebody holds an office of this partner, or shares something with its people.

    Of what the partner says of itself counts what stood when the matter was ``opened`` (the file sent, the flag raised,
    the item explained): naming an officer afterwards shuts nobody out.
    """
    if not isinstance(person, Person):
        return ExaminerFacts(offices_of_partner=0, shared_items=0)
    held = Appointment.objects.in_force(day).filter(person=person, party=partner.code)
    own = Who(person.full_name, "", code=person.code, phone=person.phone)
    theirs = _sides((), [partner], day, opened)[1][partner.pk]
    certain = [each for each in overlaps([own], theirs, threshold()) if not each.near]
    return ExaminerFacts(offices_of_partner=held.count(), shared_items=len(certain))


def pairs_visible_to(person: Person) -> tuple[frozenset[Dealing], bool]:
    """The pairs whose conflicts this person may read, and whether it reads them as one of a partner's own people."""
    pairs: set[Dealing] = set()
    for office in person.offices:
        if office.party:
            pairs |= dealings(partners=Partner.objects.filter(code=office.party))
        elif office.region_id and office.role in OVER_VILLAGES | OF_VILLAGE:
            pairs |= dealings(within=office.region_id)
    own = bool(pairs) and all(office.party for office in person.offices)
    return frozenset(pairs), own
