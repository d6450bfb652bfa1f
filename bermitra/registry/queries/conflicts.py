"""What officials of villages and partners share, as it is found today, and what was said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeVar

from django.db.models import Exists, Q
from django.utils.translation import gettext

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.codes import is_village
from bermitra.foundation.personal.models import Kind
from bermitra.foundation.personal.queries import same_fingerprint
from bermitra.registry.models import ConflictExplanation, ConflictReview, Partner, PartnerChange
from bermitra.registry.overlaps import Overlap, Shared, Who, joined, named_in, overlaps, person_key, phones_in
from bermitra.registry.queries.bodies import bodies_of, of_body, owners_of_bodies
from bermitra.registry.queries.dealings import Dealing, dealings
from bermitra.registry.queries.likeness import threshold
from bermitra.registry.queries.villages import OF_REGENCY, WATCHING_PARTNERS
from bermitra.registry.rules import ExaminerFacts, OverlapFacts

Said = TypeVar("Said", ConflictExplanation, ConflictReview)
NO_OFFICIALS = frozenset({roles.RESIDENT.key, roles.GROUP_REP.key})
OVER_VILLAGES = OF_REGENCY | {roles.CAMAT.key}


@dataclass(frozen=True)
class Found:
    """Something shared by a partner and a village, with the newest explanation and the newest look at it.

    ``keys``: what was said of it may stand under any entry of the body. ``gone``: it was refused, and the partner says
    other things of itself now. Nothing is found any more, and the refusal holds until somebody looks at it again.
    """

    partner: Partner
    village: str
    keys: tuple[str, ...]
    overlap: Overlap
    explanation: ConflictExplanation | None
    review: ConflictReview | None
    gone: bool = False

    @property
    def key(self) -> str:
        """Stands in addresses; it changes with the data it was found by."""
        return self.keys[0]

    @property
    def settled(self) -> bool:
        """Explained, looked at, and acceptable. An explanation that came after the look is looked at again."""
        return self.review is not None and self.review.acceptable and not self.waits

    @property
    def dismissed(self) -> bool:
        """Looked at, and found to be a mistake or another person of this name."""
        return self.settled and self.review is not None and not self.review.tie

    @property
    def waits(self) -> bool:
        """Explained, and nobody has looked at this explanation yet."""
        said, seen = self.explanation, self.review
        return said is not None and (seen is None or said.explained_at > seen.reviewed_at)

    @property
    def refused(self) -> bool:
        return self.review is not None and not self.review.acceptable and not self.waits


def found_in(
    pairs: Iterable[Dealing], day: date, partners: Mapping[int, Partner] | None = None, beside: Iterable[Person] = ()
) -> dict[Dealing, tuple[Found, ...]]:
    """By partner and village what they share on ``day``; three statements for any number of pairs (four where their
    partners are not handed in), one more each where entries were merged, something was looked at, something is shared.

    A regency among the places is passed over: its officers are no party to the partnership. ``beside``: people who hold no
    office of the village and are looked at as its officials are; who holds none has no words behind his name.
    """
    wanted = sorted({pair for pair in pairs if is_village(pair[1])})
    if not wanted:
        return {}
    known = partners or Partner.objects.in_bulk({partner for partner, _village in wanted})
    bodies, villages = bodies_of(known.values()), {village for _partner, village in wanted}
    officials, theirs, looked = _sides(villages, bodies, day)
    if also := [Who(each.full_name, "", code=each.code, phone=each.phone) for each in beside]:
        officials = {village: joined([*side, *also]) for village, side in officials.items()}
    left, right = ({who.code for side in sides.values() for who in side} - {""} for sides in (officials, theirs))
    accounts = frozenset(same_fingerprint(Kind.ACCOUNT, left, right))
    looks = _looks(bodies, villages) if looked else {}
    answer: dict[Dealing, list[Found]] = {}
    for pair in wanted:
        partner, village = known[pair[0]], pair[1]
        shared = overlaps(officials[village], theirs[partner.kept_id], threshold(), accounts)
        items = [(tuple(_key(each.code, village, one) for each in bodies[partner.kept_id]), one) for one in shared]
        answer[pair] = _found(partner, village, items, looks.get((partner.kept_id, village), {}), day)
    explained = _explained(answer)
    return {
        pair: tuple(replace(each, explanation=_newest(explained, each.keys)) for each in found)
        for pair, found in answer.items()
    }


def found_between(partner: Partner, village: str, day: date) -> tuple[Found, ...]:
    return found_in([(partner.pk, village)], day, {partner.pk: partner}).get((partner.pk, village), ())


@dataclass(frozen=True)
class Tied:
    """People whose interest a partner is, by the keys of their names: its own, and the officials of a village who share
    something with it."""

    own: frozenset[str] = frozenset()
    sharing: frozenset[str] = frozenset()


def tied_to(code: str, village: str, day: date) -> Tied:
    """For rooms that know people by name only; three statements more than :func:`found_between` takes.

    What was looked at and found to be another person, or a mistake, ties nobody; a real tie does, also where it was
    declared and found acceptable.
    """
    partner = Partner.objects.filter(code=code).first()
    if partner is None:
        return Tied()
    theirs = _sides((), bodies_of([partner]), day)[1][partner.kept_id]
    shared = [each for each in found_between(partner, village, day) if not each.dismissed]
    return Tied(
        own=frozenset(person_key(each.name) for each in theirs if not each.body),
        sharing=frozenset(person_key(each.overlap.official.name) for each in shared if not each.overlap.official.body)
        - {""},
    )


def tied_people(people: Iterable[Person], partners: Iterable[Partner], village: str, day: date) -> frozenset[int]:
    """Keys of those of ``people`` who share a person, a telephone or an account with one of these partners, hold an office
    there, or are named by it where its owners say whom they are close to. One statement more than :func:`found_in` takes.

    What was looked at and found to be another person, or a mistake, ties nobody. A name that is only near counts for
    officials alone: of others nobody is asked about it.
    """
    people, known = list(people), {each.pk: each for each in partners}
    if not people or not known:
        return frozenset()
    shared = found_in([(key, village) for key in known], day, known, people)
    found = [each for one in shared.values() for each in one if not each.dismissed and not each.gone]
    tied = {each.overlap.official.code for each in found if not each.overlap.near or each.overlap.official.as_what}
    owners = owners_of_bodies({each.kept_id for each in known.values()})
    close = [each.political_tie for declared in owners.values() for each in declared]
    return frozenset(
        each.pk for each in people if each.code in tied or any(named_in(line, each.full_name) for line in close)
    )


def _key(code: str, village: str, overlap: Overlap) -> str:
    return sha256(f"{code}|{village}|{overlap.said}".encode()).hexdigest()[:12]


def _looks(bodies: Mapping[int, list[Partner]], villages: Iterable[str]) -> dict[Dealing, dict[str, ConflictReview]]:
    """By body and village, the newest look at each item; one statement."""
    root_of = {entry.pk: root for root, body in bodies.items() for entry in body}
    looks: dict[Dealing, dict[str, ConflictReview]] = defaultdict(dict)
    for each in ConflictReview.objects.filter(partner__in=root_of, village__in=villages).order_by("pk"):
        looks[root_of[each.partner_id], each.village_id][each.item] = each
    return looks


def _found(
    partner: Partner,
    village: str,
    items: Iterable[tuple[tuple[str, ...], Overlap]],
    looks: Mapping[str, ConflictReview],
    day: date,
) -> list[Found]:
    """What is shared now, and what was refused before and is no longer found."""
    found = [Found(partner, village, keys, one, None, _newest(looks, keys)) for keys, one in items]
    seen = {key for each in found for key in each.keys}
    for key, look in looks.items():
        if key not in seen and not look.acceptable and look.until >= day:
            nobody = Overlap(Shared(look.kind), Who("", "", until=look.until), Who("", ""))  # who it was is not kept
            found.append(Found(partner, village, (key,), nobody, None, look, gone=True))
    return found


def _explained(answer: Mapping[Dealing, list[Found]]) -> dict[str, ConflictExplanation]:
    """By item, the newest explanation; one statement where something is shared."""
    wanted = {key for found in answer.values() for each in found for key in each.keys}
    said = ConflictExplanation.objects.filter(item__in=wanted).order_by("pk") if wanted else ()
    return {each.item: each for each in said}


def _newest(said: Mapping[str, Said], keys: Iterable[str]) -> Said | None:
    return max((said[key] for key in keys if key in said), key=lambda each: each.pk, default=None)


def refused_and_gone(partner: Partner, day: date) -> dict[str, Found]:
    """By item, what was refused of this body and is no longer found; one statement where nothing was refused."""
    refused = ConflictReview.objects.filter(of_body(partner.kept_id), acceptable=False, until__gte=day)
    villages = set(refused.values_list("village", flat=True))
    found = found_in([(partner.pk, village) for village in villages], day, {partner.pk: partner})
    return {each.key: each for shared in found.values() for each in shared if each.gone and each.refused}


def village_of(item: str) -> str:
    """Of an item that somebody said something of, its village; else empty."""
    for model in (ConflictExplanation, ConflictReview):
        said = model.objects.filter(item=item).values_list("village", flat=True).first()
        if said:
            return str(said)
    return ""


def explained_first(items: Iterable[str]) -> datetime | None:
    """When the partner said something of this item for the first time."""
    said = ConflictExplanation.objects.filter(item__in=items).order_by("pk")
    return said.values_list("explained_at", flat=True).first()


def _sides(
    villages: Iterable[str], bodies: Mapping[int, list[Partner]], day: date, stood: datetime | None = None
) -> tuple[dict[str, list[Who]], dict[int, list[Who]], bool]:
    """The officials of each village with its own account, and of each body (its entries given) its people here, its
    owners and officers, and the body itself with its telephones; two statements.

    ``stood``: owners, officers and telephones are those that the partner had declared by that moment. The last of the
    answer is false where nobody has ever looked at a conflict of these bodies: read along, to spare a statement.
    """
    root_of = {each.code: root for root, body in bodies.items() for each in body}
    officials: dict[str, list[Who]] = {
        village: [Who("", gettext("Rekening kas desa"), village, body=True)] for village in villages
    }
    theirs: dict[int, list[Who]] = {root: [] for root in bodies}
    held = Appointment.objects.in_force(day).exclude(role__in=NO_OFFICIALS)
    looks = ConflictReview.objects.filter(partner__in=[each.pk for body in bodies.values() for each in body])
    held = held.filter(Q(region__in=officials, party="") | Q(party__in=root_of)).annotate(looked=Exists(looks))
    offices = list(held.select_related("person").order_by("pk"))
    for office in offices:
        side = theirs[root_of[office.party]] if office.party else officials[str(office.region_id)]
        side.append(_in_office(office))
    for root, owners in owners_of_bodies(bodies, stood).items():
        theirs[root] += [Who(each.name, str(each.get_capacity_display())) for each in owners]
    contacts = _contacts_at([each.pk for body in bodies.values() for each in body], stood) if stood else {}
    for root, body in bodies.items():
        theirs[root] = joined(theirs[root])
        for each in body:
            phones = sorted(phones_in(contacts.get(each.pk, each.contact))) or [""]
            itself = gettext("Lembaga itu sendiri")
            theirs[root] += [Who(each.name, itself, each.code, phone, body=True) for phone in phones]
    looked = not offices or bool(offices[0].looked)
    return {village: joined(side) for village, side in officials.items()}, theirs, looked


def _in_office(office: Appointment) -> Who:
    who = office.person
    return Who(who.full_name, office.called, code=who.code, phone=who.phone, until=office.until)


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
    """Whether a real tie of this body with an official still in office was declared and found acceptable; one statement."""
    looks = ConflictReview.objects.filter(of_body(partner.kept_id)).order_by("pk")
    newest = {each.item: each for each in looks}
    return any(each.acceptable and each.tie and each.until >= day for each in newest.values())


def examiner_facts(
    person: Any, partner: Partner, day: date, opened: datetime | None, village: str = ""
) -> ExaminerFacts:
    """For RG-22: whether somebody holds an office of this body, or shares something with its people.

    Of what the partner says of itself counts what stood when the matter was ``opened`` (the file sent, the flag raised,
    the item explained): naming an officer afterwards shuts nobody out. What was looked at for this ``village`` and found to
    be another person, or a mistake, ties nobody either.
    """
    if not isinstance(person, Person):
        return ExaminerFacts(offices_of_partner=0, shared_items=0)
    body = bodies_of([partner])
    codes = [each.code for each in body[partner.kept_id]]
    held = Appointment.objects.in_force(day).filter(person=person, party__in=codes)
    own = Who(person.full_name, "", code=person.code, phone=person.phone)
    theirs = _sides((), body, day, opened)[1][partner.kept_id]
    certain = [each for each in overlaps([own], theirs, threshold()) if not each.near]
    if certain and village:
        cleared = {each.overlap.said for each in found_between(partner, village, day) if each.dismissed}
        certain = [each for each in certain if each.said not in cleared]
    return ExaminerFacts(offices_of_partner=held.count(), shared_items=len(certain))


def pairs_visible_to(person: Person) -> tuple[frozenset[Dealing], bool]:
    """The pairs whose conflicts this person may read, and whether it reads them as one of a partner's own people."""
    pairs: set[Dealing] = set()
    for office in person.offices:
        if office.party:
            pairs |= dealings(partners=Partner.objects.filter(code=office.party))
        elif office.region_id and office.role in OVER_VILLAGES | WATCHING_PARTNERS:
            pairs |= dealings(within=office.region_id)
    own = bool(pairs) and all(office.party for office in person.offices)
    return frozenset(pairs), own
