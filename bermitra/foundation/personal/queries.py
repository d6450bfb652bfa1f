"""Reading what is kept: masked for pages, compared without being read, gathered for the person it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Count, Max, Min, Q, QuerySet

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person, Token
from bermitra.foundation.accounts.queries import people_visible_to
from bermitra.foundation.codes import masked as masked_number
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.journal.models import Event
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.personal.models import (
    OPEN_CASE,
    OPEN_REQUEST,
    DataConsent,
    DataKey,
    ErasureRequest,
    Kind,
    NumberCase,
    PersonalLook,
    PersonalValue,
)
from bermitra.foundation.personal.rules import ErasureFacts
from bermitra.foundation.personal.subjects import Subject

SIGNATORIES = (roles.VILLAGE_HEAD.key, roles.PARTNER_SIGNATORY.key)
AT_ONCE = 5_000  # codes asked for in one statement


def value_of(subject: Subject, kind: str) -> PersonalValue | None:
    found = PersonalValue.objects.filter(subject.of_key("key__"), kind=kind)
    return found.select_related("key__person__region").first()


def masked(subject: Subject, kind: str) -> str:
    """The number with only its last digits readable, as ``nik_visible_digits`` has it; nothing where none is kept."""
    value = value_of(subject, kind)
    return masked_of(value) if value is not None else ""


def masked_of(value: PersonalValue) -> str:
    keep = standing("").numbers["nik_visible_digits"]
    return masked_number(value.opened().decode(), keep)


def kept_at(subject: Subject, kind: str) -> datetime | None:
    """Since when this number stands, for those who let a changed one cool down (FD-10)."""
    found = PersonalValue.objects.filter(subject.of_key("key__"), kind=kind)
    return found.values_list("kept_at", flat=True).first()


def same_fingerprint(kind: str, left: Iterable[str], right: Iterable[str]) -> list[tuple[str, str]]:
    """Who on one side holds the same value of this kind as somebody on the other side; never the value.

    Both sides are codes of people, partners or villages, any mixture of them. Answers pairs (left, right), in order.
    Nobody is paired with themselves.
    """
    left, right, held = set(left), set(right), defaultdict[str, set[str]](set)
    for code, mark in _marks(kind, left | right):
        held[mark].add(code)
    return sorted(
        (one, other) for same in held.values() for one in same & left for other in same & right if one != other
    )


def _marks(kind: str, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    wanted = sorted(set(codes))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        theirs = Q(key__person__code__in=some) | Q(key__party__in=some) | Q(key__region__in=some)
        found = PersonalValue.objects.filter(theirs, kind=kind).exclude(fingerprint="")
        for person, party, region, mark in found.values_list(
            "key__person__code", "key__party", "key__region_id", "fingerprint"
        ):
            yield person or party or region, mark


def signs(person: Person) -> bool:
    """Whether the person holds, or is proposed for, an office that signs agreements."""
    return _held(person).filter(role__in=SIGNATORIES).exists()


def _held(person: Person) -> QuerySet[Appointment]:
    """Offices that are not over, be they only proposed, or contested."""
    found = Appointment.objects.filter(person=person, until__gte=clock.today())
    return found.exclude(state=Appointment.State.ENDED)  # type: ignore[no-any-return]


# What the person itself sees ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A sealed value as its line: ``shown`` is masked, or empty for a picture."""

    value: PersonalValue
    shown: str


def kept_of(person: Person) -> list[Kept]:
    found = PersonalValue.objects.filter(key__person=person).select_related("key").order_by("kind")
    pictures = found.filter(kind=Kind.IDENTITY_SCAN).defer("sealed")
    return [
        *(Kept(each, masked_of(each)) for each in found.exclude(kind=Kind.IDENTITY_SCAN)),
        *(Kept(each, "") for each in pictures),
    ]


def looks_at(person: Person) -> QuerySet[PersonalLook]:
    return PersonalLook.objects.filter(person=person).select_related("by").order_by("-at", "-pk")


def consents_of(person: Person) -> QuerySet[DataConsent]:
    return DataConsent.objects.filter(person=person).order_by("-given_at", "-pk")


def offices_of_a_life(person: Person) -> QuerySet[Appointment]:
    return Appointment.objects.filter(person=person).select_related("region").order_by("-since", "-pk")


def open_request(person: Person) -> ErasureRequest | None:
    return ErasureRequest.objects.filter(OPEN_REQUEST, person=person).first()


@dataclass(frozen=True)
class Traces:
    """How much of the journal a person wrote, and when first and last."""

    lines: int
    first: datetime | None
    last: datetime | None


def traces_of(person: Person) -> Traces:
    told = Event.objects.filter(actor=person.code).aggregate(n=Count("seq"), first=Min("at"), last=Max("at"))
    return Traces(told["n"], told["first"], told["last"])


# What the regency's officer sees --------------------------------------------------------------------------------------


def values_visible_to(person: Person) -> QuerySet[PersonalValue]:
    """Of the people of the officer's regency; the pages that open one ask for a reason first."""
    seen = people_visible_to(person)
    return PersonalValue.objects.filter(key__person__in=seen).select_related("key__person__region")


def cases_visible_to(person: Person) -> QuerySet[NumberCase]:
    found = NumberCase.objects.filter(person__in=people_visible_to(person))
    return found.select_related("person__region", "holder__region").order_by("closed_at", "-opened_at")


def open_cases(person: Person) -> QuerySet[NumberCase]:
    return cases_visible_to(person).filter(OPEN_CASE)


def requests_visible_to(person: Person) -> QuerySet[ErasureRequest]:
    found = ErasureRequest.objects.filter(OPEN_REQUEST, person__in=people_visible_to(person))
    return found.select_related("person__region").order_by("asked_at")


def withdrawn_consents_visible_to(person: Person) -> QuerySet[DataConsent]:
    """Consents whose use somebody in the officer's place must stop."""
    places = [office.region_id for office in person.offices if office.region_id]
    near = Q(pk__in=())
    for place in places:
        near |= Q(person__region__code__startswith=place)
    found = DataConsent.objects.filter(near, withdrawn_at__isnull=False)
    return found.select_related("person__region").order_by("stop_by")


def erasure_facts(person: Person, *, told: bool, letter: str = "") -> ErasureFacts:
    """What stands in the way of an erasure. ``told`` is the officer's word."""
    return ErasureFacts(
        free_fields_shredded=nothing_free_left(person),
        archive_basis_told=told,
        asked=bool(letter) or open_request(person) is not None,
        offices=_held(person).count(),
        duties=Duty.objects.filter(OPEN, person=person.code).count(),
    )


def nothing_free_left(person: Person) -> bool:
    """Whether no value, key, look, telephone, e-mail or way of signing in is kept of a person any more."""
    row = Person.objects.get(pk=person.pk)
    tables = (
        PersonalValue.objects.filter(key__person=person),
        DataKey.objects.filter(person=person),
        PersonalLook.objects.filter(person=person),
        Authenticator.objects.filter(user_id=person.pk),
        EmailAddress.objects.filter(user_id=person.pk),
        Token.objects.filter(person=person).exclude(name="", withdrawn_at__isnull=False),
    )
    reachable = row.phone or row.email or row.is_active or row.has_usable_password()
    return not reachable and not any(each.exists() for each in tables)
