"""Reading offers: who sees which, what narrows the public list, and the facts that their rules are asked about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.module_loading import import_string

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import add_months
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine, unmet
from bermitra.needs.models import Offer, OfferAbility, OfferArea
from bermitra.needs.offers.rules import (
    CHANGEABLE,
    CHANGING,
    OPEN,
    PARTS,
    PUBLISHING,
    READ,
    STANDING,
    ChangingFacts,
    OfferFacts,
)
from bermitra.needs.queries.labels import english
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import of_body
from bermitra.registry.queries.standing import standing_of, standings_of
from bermitra.registry.queries.villages import OF_REGENCY
from bermitra.registry.rules import verdict_fresh

CHUNK = 500  # offers of which the partners are asked about at once

# Who sees which ---------------------------------------------------------------------------------------------------------

EVER_READ = Q(published_at__isnull=False) & ~Q(state="draft")


def offers_visible_to(person: Person) -> QuerySet[Offer]:
    """Those of one's own partner; and to the regency in which a partner is registered what was ever published, not while it is a draft."""
    wanted = Q(pk__in=[])
    for office in person.offices:
        if office.party:
            wanted |= Q(partner__code=office.party)
        elif office.region_id and office.role in OF_REGENCY:
            wanted |= Q(partner__registered_in__code__startswith=office.region_id) & EVER_READ
    return Offer.objects.filter(wanted)


def public_offers() -> QuerySet[Offer]:
    """Every offer that was published, also one that rests or is over; not while it is written anew."""
    return Offer.objects.filter(EVER_READ).select_related("partner__merged_into")


def open_offers(day: date | None = None) -> QuerySet[Offer]:
    """Those that a village may take up on this day, the newest first."""
    found = public_offers().filter(state=OPEN, valid_until__gte=day or clock.today())
    return found.order_by("-published_at", "code")


def offers_of(partner: Partner) -> QuerySet[Offer]:
    """Of every entry of this body."""
    return Offer.objects.filter(of_body(partner.kept_id))


def with_parts(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Two statements more, for any number of offers."""
    abilities = OfferAbility.objects.select_related("verified_in").order_by("-level", "sector")
    areas = OfferArea.objects.select_related("region").order_by("region")
    return offers.prefetch_related(Prefetch("abilities", abilities), Prefetch("areas", areas))


# What narrows the public list -------------------------------------------------------------------------------------------


def reaching(place: Region) -> Q:
    """Offers that reach a place of any level: everywhere, an area above it, itself, or an area in it."""
    above = [place.code[:length] for length in (2, 5) if length <= len(place.code)]
    here = Q(region__in=above)
    if len(place.code) < 5:
        here |= Q(region__code__startswith=f"{place.code}.")
    return Q(everywhere=True) | Q(Exists(OfferArea.objects.filter(here, offer=OuterRef("pk"))))


def narrowed(offers: QuerySet[Offer], chosen: dict[str, str], place: Region | None) -> QuerySet[Offer]:
    """By sector, place, kind of partner, form of cooperation, what is sought in return, and words of the title."""
    if place is not None:
        offers = offers.filter(reaching(place))
    if sector := chosen.get("bidang"):
        offers = offers.filter(Exists(OfferAbility.objects.filter(offer=OuterRef("pk"), sector=sector)))
    if kind := chosen.get("jenis"):
        offers = offers.filter(partner__kind=kind)
    if form := chosen.get("bentuk"):
        offers = _holding(offers, "forms", form)
    if interest := chosen.get("dicari"):
        offers = _holding(offers, "seeks", interest)
    if words := chosen.get("q"):
        offers = offers.filter(Q(title__icontains=words) | Q(partner__name__icontains=words))
    return offers


def _holding(offers: QuerySet[Offer], field: str, code: str) -> QuerySet[Offer]:
    """Those whose list of codes holds this one, on either database."""
    return offers.annotate(**{f"{field}_text": Cast(field, TextField())}).filter(
        **{f"{field}_text__contains": f'"{code}"'}
    )


def behind(offers: QuerySet[Offer], code: str) -> QuerySet[Offer]:
    """What follows the offer of this code in the order of :func:`open_offers`."""
    at = Subquery(Offer.objects.filter(code=code).values("published_at"))
    return offers.filter(Q(published_at__lt=at) | Q(published_at=at, code__gt=code))


# The book of forms, which a later stage keeps --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _book() -> Callable[[], dict[str, dict[str, str]]]:
    """The function that ``FORMS_OF_COOPERATION`` names: the forms that a third party may offer, by code, in each language."""
    return cast(Callable[[], dict[str, dict[str, str]]], import_string(settings.FORMS_OF_COOPERATION))


def form_choices() -> list[tuple[str, str]]:
    return [(code, name["en" if english() else "id"]) for code, name in _book()().items()]


def form_labels(codes: Iterable[str]) -> list[str]:
    known = dict(form_choices())
    return [known.get(code, code) for code in codes]


# Facts and checks -------------------------------------------------------------------------------------------------------


def lacking(offer: Offer) -> frozenset[str]:
    """The parts of an offer that say nothing yet; no statement where its parts were read along."""
    said = {
        "brings": offer.brings != "",
        "abilities": bool(offer.abilities.all()),
        "forms": bool(offer.forms),
        "seeks": bool(offer.seeks),
        "where": offer.everywhere or bool(offer.areas.all()),
        "places": bool(offer.places),
        "budget": offer.budget_high is not None,
        "term": offer.term_months is not None,
        "goals": bool(offer.goals),
    }
    return frozenset(part for part, filled in said.items() if not filled)


def offer_facts(offer: Offer, numbers: Mapping[str, Any], today: date) -> OfferFacts:
    """For ND-05, ND-06, ND-16 and ND-18 to ND-20."""
    return OfferFacts(
        filled=frozenset(PARTS) - lacking(offer),
        gifts_to_persons=offer.gifts_to_persons,
        valid_until=offer.valid_until,
        today=today,
        last_day=add_months(today, numbers["offer_valid_months"]),
        abilities=len(offer.abilities.all()),
        offer_abilities_most=numbers["offer_abilities_most"],
        budget_low=offer.budget_low,
        budget_high=offer.budget_high,
        offer_budget_span=numbers["offer_budget_span"],
        open_ones=offers_of(offer.partner).filter(state=OPEN).exclude(pk=offer.pk).count(),
        open_offers_of_body=numbers["open_offers_of_body"],
    )


def publishing_checks(offer: Offer, today: date | None = None) -> tuple[Finding, ...]:
    """All that publishing asks, as lines to tick: the offer itself, and how its partner stands (RG-13)."""
    day, norms = today or clock.today(), standing(offer.partner.registered_in_id)
    return (
        *examine(PUBLISHING, offer_facts(offer, norms.numbers, day), norms),
        *examine((verdict_fresh,), standing_of(offer.partner, day), norms),
    )


def changing_checks(offer: Offer) -> tuple[Finding, ...]:
    """What keeps an offer from being changed now; nothing where it may be."""
    found = examine(CHANGING, ChangingFacts(open=offer.state in READ))
    return tuple(each for each in found if not each.holds)


def checks(offer: Offer) -> tuple[Finding, ...]:
    """What the next door of this offer asks."""
    return publishing_checks(offer) if offer.state in CHANGEABLE else ()


def words_hash(offer: Offer) -> str:
    """Of what somebody reads who looks at the abilities of an offer."""
    said = sorted((each.sector, each.level, each.what) for each in offer.abilities.all())
    return sha256(json.dumps([offer.title, offer.brings, offer.forms, said]).encode()).hexdigest()


def to_be_verified(offer: Offer) -> list[OfferAbility]:
    """Abilities that no office has looked at since they were last said."""
    return [each for each in offer.abilities.all() if not each.verified_reason]


def fallen(day: date) -> list[Offer]:
    """Open ones whose partner may publish nothing on this day (RG-13). Few statements for each chunk of offers."""
    found: list[Offer] = []
    waiting = Offer.objects.filter(state=OPEN).select_related("partner__merged_into").order_by("pk")
    last = 0
    while chunk := list(waiting.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        bodies = {each.partner_id: each.partner for each in chunk}
        stand = standings_of(bodies.values(), day)
        norms = {place: standing(place) for place in {each.registered_in_id for each in bodies.values()}}
        out = {
            pk
            for pk, partner in bodies.items()
            if unmet(examine((verdict_fresh,), stand[pk], norms[partner.registered_in_id]))
        }
        found += [each for each in chunk if each.partner_id in out]
    return found


def ending_before(day: date) -> QuerySet[Offer]:
    """Published ones whose last day lies before this one, unless an introduction still waits for its answers."""
    found = Offer.objects.filter(state__in=STANDING, valid_until__lt=day, held=0)
    return found.select_related("partner").order_by("pk")
