"""Reading lists: those of a village, of an offer, of a regency, and who may."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.matching.market import reaching
from bermitra.matching.models import Shortlist, ShortlistRow
from bermitra.matching.shortlists.rules import WAITING, AskingFacts
from bermitra.needs.models import Offer
from bermitra.needs.offers.queries import EVER_READ
from bermitra.needs.offers.queries import reaching as reach_to
from bermitra.needs.offers.rules import OPEN

READY = Shortlist.State.READY
NOBODY = Q(pk__in=())


# Who sees what --------------------------------------------------------------------------------------------------------


def regencies_of(person: Any) -> set[str]:
    """Codes of the regencies whose lists this person reads as a whole."""
    return _places(person, "page.shortlist", length=5)


def villages_of(person: Any) -> set[str]:
    """Codes of the villages in whose house this person works, or of which they are a resident with an account."""
    return _places(person, "page.fitting_partners", length=13)


def _places(person: Any, door: str, length: int) -> set[str]:
    row = table()[door]
    return {
        office.region_id
        for office in person.offices
        if row.scope_of(office.role) and len(office.region_id or "") == length
    }


def parties_of(person: Any) -> set[str]:
    """Codes of the partners that this person speaks for."""
    row = table()["page.fitting_villages"]
    return {office.party for office in person.offices if office.party and row.scope_of(office.role)}


def shortlists_visible_to(person: Any) -> QuerySet[Shortlist]:
    return Shortlist.objects.filter(regency__in=regencies_of(person)).select_related("regency")


def villages_visible_to(person: Any) -> QuerySet[Region]:
    """Villages whose list this person reads: the own, and those of the own regency."""
    wanted = Q(pk__in=villages_of(person))
    for code in regencies_of(person):
        wanted |= Q(pk__gt=f"{code}.", pk__lt=f"{code}/")
    return Region.objects.filter(wanted, level=4, active=True)


def offers_visible_to(person: Any) -> QuerySet[Offer]:
    """Offers whose list this person reads: the own in every state; to a regency, those once published that reach it."""
    wanted = Q(partner__code__in=parties_of(person))
    for code in regencies_of(person):
        wanted |= Q(reach_to(Region(code=code, level=2))) & EVER_READ
    return Offer.objects.filter(wanted).select_related("partner")


def offers_to_compare(person: Any) -> QuerySet[Offer]:
    """Offers that this person may hold against a village: the own in every state, and whatever was ever published."""
    return Offer.objects.filter(Q(partner__code__in=parties_of(person)) | EVER_READ)


# Lists ----------------------------------------------------------------------------------------------------------------


def newest(regency: str) -> Shortlist | None:
    """The shortlist of a regency that is read now: the last one that became ready."""
    return Shortlist.objects.filter(regency=regency, state=READY).order_by("-pk").first()


def waiting(regency: str) -> Shortlist | None:
    return Shortlist.objects.filter(regency=regency, state__in=WAITING).first()


def rows_of_village(village: Region | str) -> QuerySet[ShortlistRow]:
    """The offers that fit a village, best first, and that it may still take up today."""
    rows = ShortlistRow.objects.filter(village=village, side=ShortlistRow.Side.VILLAGE, shortlist__state=READY)
    rows = rows.filter(offer__state=OPEN, offer__valid_until__gte=clock.today())
    return rows.select_related("offer__partner__merged_into", "shortlist").order_by("rank")


def rows_of_offer(offer: Offer, regencies: set[str] | None = None) -> QuerySet[ShortlistRow]:
    """The villages that fit an offer in all regencies (or these), best first; a list has places in each regency."""
    rows = ShortlistRow.objects.filter(offer=offer, side=ShortlistRow.Side.OFFER, shortlist__state=READY)
    if regencies is not None:
        rows = rows.filter(shortlist__regency__in=regencies)
    return rows.select_related("offer", "village__parent", "shortlist__regency").order_by("-h", "pk")


def behind(rows: QuerySet[ShortlistRow], mark: str) -> QuerySet[ShortlistRow]:
    """What follows a row of the order (h falling, key rising)."""
    h, _dash, key = mark.partition("-")
    if not (h.isascii() and h.isdigit() and len(h) < 10 and key.isascii() and key.isdigit() and len(key) < 19):
        return rows
    return rows.filter(Q(h__lt=int(h)) | Q(h=int(h), pk__gt=int(key)))


def asking_facts(regency: str) -> AskingFacts:
    last = newest(regency)
    return AskingFacts(
        waiting=waiting(regency) is not None,
        offers=reaching(regency).count(),
        outlived=last is not None and last.offers > 0,
    )


def numbers_of(regency: str) -> tuple[dict[str, int], int, int]:
    """Weights, length of a list and kept places as they stand in the regency today. One statement."""
    numbers = standing(regency).numbers
    weights = {
        "village": numbers["village_weight_percent"],
        "partner": numbers["partner_weight_percent"],
        "vision": numbers["vision_min_percent"],
        "unverified": numbers["unverified_weight_percent"],
    }
    size: int = numbers["shortlist_size"]
    return weights, size, min(numbers["shortlist_floor_slots"], size - 1)
