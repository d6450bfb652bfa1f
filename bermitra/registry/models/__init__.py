"""Villages as parties, partners of every kind, what was checked of them, and who is under sanction."""

from bermitra.registry.models.codes import _code
from bermitra.registry.models.listings import Listing, ListingLift, MatchReview
from bermitra.registry.models.partners import Owner, Partner, PartnerDocument
from bermitra.registry.models.verifications import VerdictRecord, Verification
from bermitra.registry.models.villages import PlanLine, UmbrellaRegulation, VillageAsset, VillageProfile

__all__ = [
    "Listing",
    "ListingLift",
    "MatchReview",
    "Owner",
    "Partner",
    "PartnerDocument",
    "PlanLine",
    "UmbrellaRegulation",
    "VerdictRecord",
    "Verification",
    "VillageAsset",
    "VillageProfile",
    "_code",
]
