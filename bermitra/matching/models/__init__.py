"""Tables of the three things that are made of needs and offers: lists, rounds and draws."""

from bermitra.matching.models.draws import Draw, DrawEntrant
from bermitra.matching.models.rounds import (
    Introduction,
    Round,
    RoundObjection,
    RoundOffer,
    RoundRun,
    RoundVillage,
)
from bermitra.matching.models.shortlists import Shortlist, ShortlistRow

__all__ = [
    "Draw",
    "DrawEntrant",
    "Introduction",
    "Round",
    "RoundObjection",
    "RoundOffer",
    "RoundRun",
    "RoundVillage",
    "Shortlist",
    "ShortlistRow",
]
