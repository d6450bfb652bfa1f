"""Villages as parties, partners of every kind, what was checked of them, and who is under sanction."""

from bermitra.registry.models.codes import _code
from bermitra.registry.models.conflicts import ConflictExplanation, ConflictReview
from bermitra.registry.models.flags import FlagReopening, FlagReply, FlagReview, RiskFlag
from bermitra.registry.models.listings import Listing, ListingLift, MatchReview
from bermitra.registry.models.merges import PartnerChange, PartnerMerge, PartnerSplit
from bermitra.registry.models.onboarding import OnboardedOffice, OnboardingDecision, OnboardingLetter, OnboardingLoad
from bermitra.registry.models.owners import Owner, OwnerDeclaration
from bermitra.registry.models.partners import Partner, PartnerDocument
from bermitra.registry.models.requests import PartnerRequest
from bermitra.registry.models.verifications import VerdictRecord, Verification
from bermitra.registry.models.village_history import Correction, OverdueReport, VillageTable
from bermitra.registry.models.villages import PlanLine, UmbrellaRegulation, VillageAsset, VillageProfile

__all__ = [
    "ConflictExplanation",
    "ConflictReview",
    "Correction",
    "FlagReopening",
    "FlagReply",
    "FlagReview",
    "Listing",
    "ListingLift",
    "MatchReview",
    "OnboardedOffice",
    "OnboardingDecision",
    "OnboardingLetter",
    "OnboardingLoad",
    "OverdueReport",
    "Owner",
    "OwnerDeclaration",
    "Partner",
    "PartnerChange",
    "PartnerDocument",
    "PartnerMerge",
    "PartnerRequest",
    "PartnerSplit",
    "PlanLine",
    "RiskFlag",
    "UmbrellaRegulation",
    "VerdictRecord",
    "Verification",
    "VillageAsset",
    "VillageProfile",
    "VillageTable",
    "_code",
]
