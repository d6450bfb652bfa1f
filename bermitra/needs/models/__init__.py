"""Needs of a village with their voices, the priorities that its Musyawarah sets, potentials, aims, and offers of partners."""

from bermitra.needs.models.aims import VetoLift, VillageAims
from bermitra.needs.models.codes import _code
from bermitra.needs.models.needs import Need, Voice
from bermitra.needs.models.offers import Offer, OfferAbility, OfferArea
from bermitra.needs.models.potentials import Potential
from bermitra.needs.models.priorities import PriorityList, PriorityRow
from bermitra.needs.models.scores import VillageScores

__all__ = [
    "Need",
    "Offer",
    "OfferAbility",
    "OfferArea",
    "Potential",
    "PriorityList",
    "PriorityRow",
    "VetoLift",
    "VillageAims",
    "VillageScores",
    "Voice",
    "_code",
]
