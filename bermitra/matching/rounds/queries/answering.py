"""What is asked of a pair at the moment in which a side says yes: the offer as it was read, and the five gates once more."""

from __future__ import annotations

from bermitra.foundation.regions.models import Region
from bermitra.matching import market
from bermitra.matching.engine.features import BadInput
from bermitra.matching.engine.score import Weights
from bermitra.matching.models import Introduction
from bermitra.matching.rounds.policy import Policy
from bermitra.matching.rounds.rules import AsReadFacts
from bermitra.matching.shortlists.pairs import facts_of
from bermitra.matching.shortlists.rules import PairFacts
from bermitra.needs.models import Offer
from bermitra.needs.offers.places import terms_of
from bermitra.needs.offers.rules import STANDING

# No need of the village counts any more, or the offer names nothing that it is able to do: no sector is shared.
NOTHING_SHARED = PairFacts(
    covers=True, shared_sectors=0, vetoes_touched=0, ask_low=0, ask_high=0, budget_low=0, budget_high=0,
    goals_village=1, goals_offer=1, goals_shared=1, vision_percent=100, vision_min_percent=0,
)  # fmt: skip


def as_read_facts(made: Introduction, offer: Offer) -> AsReadFacts:
    """``offer`` is the row as it is now."""
    return AsReadFacts(
        standing=offer.state in STANDING and (offer.places or 0) >= 1,
        same=terms_of(offer) == made.offer.terms,
    )


def pair_facts(made: Introduction) -> PairFacts:
    """The two as the records have them now, by the round's own numbers."""
    policy = Policy.read(made.round.policy)
    village = market.with_aims(Region.objects.filter(pk=made.village.village_id)).get()
    offer = market.with_reach(Offer.objects.filter(pk=made.offer.offer_id), village.pk[:5]).get()
    rows = market.of_pair(village, offer, policy.unverified_weight)
    if not rows.villages or not rows.offers:
        return NOTHING_SHARED
    try:
        return facts_of(rows.market(), Weights(policy.village_weight, policy.partner_weight, policy.vision_min))
    except BadInput:
        return NOTHING_SHARED
