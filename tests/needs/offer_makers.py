"""Offers of a partner, filled in and published through the product's own doors."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.foundation.calendar import add_months
from bermitra.foundation.commands import clock
from bermitra.needs.models import Offer
from bermitra.needs.offers import actions
from bermitra.registry.models import Partner
from tests.people import People, place

WORDS: dict[str, Any] = {
    "title": "Pipa dan pelatihan air bersih desa",
    "brings": "Pipa 2 km, dua pelatih, dan perawatan satu tahun.",
    "forms": ["tjsl", "latih"],
}


def a_draft(people: People, partner: Partner, who: str = "mitra", **words: Any) -> Offer:
    return actions.record_offer(by=people.by(who), partner=partner, **{**WORDS, **words})


def a_full_offer(people: People, partner: Partner, who: str = "mitra", **changes: Any) -> Offer:
    """A draft of which every part is said; ``changes`` are arguments of the acts, by their name."""
    words = {name: changes[name] for name in WORDS if name in changes}
    offer = a_draft(people, partner, who, **words)
    for sector, level in changes.get("abilities", {"drinking_water": 75, "sanitation": 50}).items():
        actions.set_ability(by=people.by(who), offer=offer, sector=sector, level=level, what="12 desa sejak 2021")
    actions.seek_return(
        by=people.by(who), offer=offer, seeks=changes.get("seeks", ["social_licence", "social_benefit"]),
        conditions="Ada kelompok pengelola.", gifts_to_persons=changes.get("gifts_to_persons", False),
    )  # fmt: skip
    areas = [place(code) for code in changes.get("areas", ["33.04"])]
    actions.place_offer(
        by=people.by(who), offer=offer, everywhere=not areas, areas=areas, places=changes.get("places", 3)
    )
    actions.fund_offer(
        by=people.by(who), offer=offer, budget_low=50_000_000, budget_high=200_000_000, term_months=24,
        valid_until=changes.get("valid_until", half_a_year_on()),
    )  # fmt: skip
    actions.aim_offer(
        by=people.by(who), offer=offer, goals=changes.get("goals", [6, 3]), vision="Air bersih untuk semua.",
        risks=changes.get("risks", []),
    )  # fmt: skip
    return Offer.objects.select_related("partner").get(pk=offer.pk)


def a_published_offer(people: People, partner: Partner, who: str = "mitra", **changes: Any) -> Offer:
    return actions.publish_offer(by=people.by(who), offer=a_full_offer(people, partner, who, **changes))


def half_a_year_on() -> date:
    return add_months(clock.today(), 6)
