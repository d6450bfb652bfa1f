"""Villages with counted needs and partners with published offers, as rows: what lists are computed from.

The doors that lead to such rows are tested in their own rooms (``tests/needs``); here only what they say matters.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.matching.models import Shortlist
from bermitra.matching.shortlists import actions
from bermitra.matching.shortlists.computing import compute_waiting
from bermitra.needs.models import Need, Offer, OfferAbility, OfferArea, Potential, VillageAims
from bermitra.registry.models import Partner
from tests.people import NEIGHBOUR, OURS, place

NEED: dict[str, Any] = {
    "title": "Air bersih dusun atas", "text": "Mata air jauh dari dusun.", "sector": "drinking_water", "severity": 5,
    "hamlet": "Wetan", "male": 141, "female": 133, "households": 129, "state": "priority", "created_by": "system",
    "cost_low": 50_000_000, "cost_high": 90_000_000, "goals": [6],
}  # fmt: skip
POTENTIAL: dict[str, Any] = {
    "title": "Kapulaga di bawah sengon", "kind": "crops", "strength": 75, "state": "published", "created_by": "system",
}  # fmt: skip
OFFER: dict[str, Any] = {
    "title": "Jaringan air bersih desa", "brings": "Pipa, bak, dan pendampingan.", "forms": ["csr"],
    "seeks": ["raw_supply"], "goals": [6, 8], "places": 3, "budget_low": 40_000_000, "budget_high": 80_000_000,
    "term_months": 24, "state": "published", "created_by": "system",
}  # fmt: skip


def a_need(village: str = OURS, *, verified: bool = True, **more: Any) -> Need:
    now = clock.now()
    given = {**NEED, "created_at": now, "verified_at": now if verified else None, **more}
    return Need.objects.create(village=place(village), **given)


def a_potential(village: str = OURS, *, verified: bool = True, **more: Any) -> Potential:
    now = clock.now()
    given = {**POTENTIAL, "created_at": now, "verified_at": now if verified else None, **more}
    return Potential.objects.create(village=place(village), **given)


def aims(village: str = OURS, goals: tuple[int, ...] = (6,), vetoes: tuple[str, ...] = ()) -> VillageAims:
    return VillageAims.objects.create(
        village=place(village), goals=list(goals), vetoes=list(vetoes), set_at=clock.now(), set_by="system"
    )


def an_offer(
    partner: Partner,
    *,
    abilities: dict[str, int] | None = None,
    verified: bool = True,
    areas: tuple[str, ...] = ("33.04",),
    **more: Any,
) -> Offer:
    now: datetime = clock.now()
    given = {
        **OFFER, "created_at": now, "published_at": now, "valid_until": clock.today() + timedelta(days=365),
        "everywhere": not areas, **more,
    }  # fmt: skip
    offer = Offer.objects.create(partner=partner, **given)
    for sector, level in (abilities or {"drinking_water": 75}).items():
        OfferAbility.objects.create(
            offer=offer,
            sector=sector,
            level=level,
            what=f"Pernah di bidang {sector}",
            verified_at=now if verified else None,
        )
    for area in areas:
        OfferArea.objects.create(offer=offer, region=place(area))
    return offer


def a_shortlist(regency: str = "33.04") -> Shortlist:
    """Asked for and computed, as the worker does it."""
    asked = actions.ask_shortlist(by=By.the_system(), regency=place(regency))
    compute_waiting()
    asked.refresh_from_db()
    return asked


def two_villages_and_an_offer(partner: Partner) -> Offer:
    """Ours with verified figures and a potential that the offer seeks; the neighbour on its own word and without one."""
    a_need()
    a_potential()
    aims()
    a_need(NEIGHBOUR, verified=False, severity=3)
    aims(NEIGHBOUR)
    return an_offer(partner)
