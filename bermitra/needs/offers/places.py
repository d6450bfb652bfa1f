"""Places of an offer that wait for the answers to an introduction, and what the offer said when the two were brought together.

While a place waits, the offer stays as both sides read it (MT-36), and no other introduction is given that place. Parts of the
acts of a later stage; the offer itself moves nowhere.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import rfc8785
from django.db.models import F

from bermitra.foundation.commands.act import Act
from bermitra.foundation.norms.queries import standing
from bermitra.needs.models import Offer
from bermitra.needs.offers.rules import STANDING, UNTOUCHED, UntouchedFacts

SAID = (
    "title", "brings", "forms", "seeks", "goals", "vision", "risks", "everywhere", "budget_low", "budget_high",
    "term_months", "conditions", "gifts_to_persons",
)  # fmt: skip


def terms_of(offer: Offer) -> str:
    """SHA-256 of all that an offer says to a village. Its last day, its places and what an office found are no part of it."""
    said: dict[str, Any] = {name: getattr(offer, name) for name in SAID}
    # Whole rupiah go beyond what canonical JSON takes for a number.
    said |= {name: str(said[name]) for name in ("budget_low", "budget_high")}
    said["abilities"] = sorted([each.sector, each.level, each.what] for each in offer.abilities.all())
    said["areas"] = sorted(each.region_id for each in offer.areas.all())
    return sha256(rfc8785.dumps(said)).hexdigest()


def hold_place(offer: Offer, terms: str = "") -> bool:
    """Keep a place for a pair that was introduced. False where the offer stands no more, no place is free, or it says
    something else by now than ``terms``, where those are given."""
    held = Offer.objects.select_for_update().get(pk=offer.pk)
    if held.state not in STANDING or (held.places or 0) <= held.held or (terms and terms_of(held) != terms):
        return False
    Offer.objects.filter(pk=held.pk).update(held=F("held") + 1)
    return True


def release_place(offer: Offer) -> None:
    """The pair has answered, or its time is over."""
    Offer.objects.filter(pk=offer.pk, held__gt=0).update(held=F("held") - 1)


def require_untouched(act: Act, offer: Offer) -> None:
    """Raise ``Refused`` while a village may still say yes to what the offer says. ``offer`` is held by the running act."""
    act.require(UNTOUCHED, UntouchedFacts(offer.held), standing(offer.partner.registered_in_id))
