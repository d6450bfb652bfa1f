"""The policy of a round: everything that decides its result and is no data of a side. Pure.

It is drafted from the norms of the regency, published at the opening, and locked by its hash: whoever reads the hash on the
day of the opening knows on the day of the result that nobody has turned a screw in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from bermitra.matching.engine.features import TIERS

POOREST = (0, 1)  # sangat tertinggal, tertinggal


@dataclass(frozen=True)
class Policy:
    """Whole percents and numbers. ``unverified_weight``: what counts of a field that nobody has verified. ``tiers``: places
    in ``TIERS`` that the reserve is for, disjoint by themselves, as a village has one status. ``min_offers``: with fewer it
    ends as a ranked list. There is no cap per district or regency: it lifts nobody, and makes both sides lose
    (docs/decisions/0006-matching.md)."""

    village_weight: int
    partner_weight: int
    vision_min: int
    unverified_weight: int
    size: int
    floor_slots: int
    reserve_percent: int
    tiers: tuple[int, ...]
    partners_per_village: int
    min_offers: int

    @classmethod
    def of_norms(cls, numbers: Mapping[str, Any]) -> Policy:
        """As the regency's norms have it."""
        reserve = numbers["round_reserve_percent"]
        return cls(
            village_weight=numbers["village_weight_percent"],
            partner_weight=numbers["partner_weight_percent"],
            vision_min=numbers["vision_min_percent"],
            unverified_weight=numbers["unverified_weight_percent"],
            size=numbers["shortlist_size"],
            floor_slots=numbers["shortlist_floor_slots"],
            reserve_percent=reserve,
            tiers=POOREST if reserve else (),
            partners_per_village=numbers["round_partners_per_village"],
            min_offers=numbers["round_min_offers"],
        )

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> Policy:
        """From the row. Raises TypeError where a part is missing or not known."""
        return cls(**{**held, "tiers": tuple(held["tiers"])})

    def written(self) -> dict[str, Any]:
        """As the row and the certificate hold it."""
        return {**asdict(self), "tiers": list(self.tiers)}

    @property
    def hash(self) -> str:
        """SHA-256 of its canonical JSON (RFC 8785)."""
        return sha256(rfc8785.dumps(self.written())).hexdigest()

    def tier_names(self) -> list[str]:
        return [TIERS[each] for each in self.tiers]
