"""A certificate turned into what each side reads: whom it was introduced to, where it waits, and by how much it missed.

The numbers and codes go into the rows of the round as they are; ``queries.telling`` makes sentences of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bermitra.matching import market
from bermitra.matching.engine import explain
from bermitra.matching.engine.features import TIERS, Market, OfferRow, VillageRow
from bermitra.matching.engine.score import Weights, score_pairs
from bermitra.matching.market import Offered, Source, Village
from bermitra.matching.models import RoundOffer, RoundVillage
from bermitra.matching.rounds.policy import Policy
from bermitra.matching.shortlists.reasons import kept

Json = dict[str, Any]


@dataclass(frozen=True)
class Sides:
    """Both sides of a certificate: their rows with the records they come from, and the rows of the round, by the codes that
    the certificate knows them under."""

    rows: market.Rows
    villages: Mapping[str, RoundVillage]
    offers: Mapping[str, RoundOffer]

    @staticmethod
    def of_village(each: Village) -> Json:
        """Which records a village's numbers come from, as its row of the round keeps it."""
        return {"needs": _written(each.needs), "potentials": _written(each.potentials)}

    @staticmethod
    def of_offer(each: Offered) -> Json:
        return {"abilities": _written(each.abilities)}

    @classmethod
    def kept(cls, listed: Json, villages: list[RoundVillage], offers: list[RoundOffer]) -> Sides:
        """As they were when the list was made, whatever has become of the records since."""
        own = {each.listed_as: each for each in villages}
        theirs = {each.offer.code: each for each in offers}
        here = {row["id"]: _village(row, own[row["id"]]) for row in listed["villages"] if row["id"] in own}
        there = {row["id"]: _offer(row, theirs[row["id"]]) for row in listed["offers"] if row["id"] in theirs}
        return cls(market.Rows(listed["about"]["regency"], here, there), own, theirs)


def _written(sources: Mapping[int, Source]) -> Json:
    return {str(at): list(source) for at, source in sources.items()}


def _sources(held: Mapping[str, list[Any]]) -> dict[int, Source]:
    return {int(at): Source(*each) for at, each in held.items()}


def _village(row: Json, of: RoundVillage) -> Village:
    district = of.village.parent.name if of.village.parent else ""
    read = VillageRow(**{**row, "ask": tuple(row["ask"])})
    return Village(read, of.village.name, district, _sources(of.sources["needs"]), _sources(of.sources["potentials"]))


def _offer(row: Json, of: RoundOffer) -> Offered:
    read = OfferRow(
        **{name: value for name, value in row.items() if name != "reserve"} | {"budget": tuple(row["budget"])}
    )
    offer, partner = of.offer, of.offer.partner
    abilities = _sources(of.sources["abilities"])
    return Offered(read, offer.pk, offer.title, partner.name, offer.example, abilities)


# What came out --------------------------------------------------------------------------------------------------------


def of_result(found: Json, sides: Sides, policy: Policy) -> dict[str, Json]:
    """The outcome of every side, by the code of its row of the round."""
    told = _Told(found, sides, policy)
    outcomes = {each.code: told.village(code) for code, each in sides.villages.items() if code in told.lists}
    return outcomes | {each.code: told.offer(code) for code, each in sides.offers.items() if code in told.ranks}


class _Told:
    def __init__(self, found: Json, sides: Sides, policy: Policy):
        self.result, self.sides, self.policy = found["result"], sides, policy
        self.plain: bool = found["list"]["plain"]
        self.lists: dict[str, list[list[Any]]] = self.result["lists"]
        offers = self.result.get("offers", {})
        self.ranks: dict[str, list[str]] = self.result.get("ranks") or {
            code: each["ranks"] for code, each in offers.items()
        }
        self.places = {each["id"]: (each["places"], each["reserve"]) for each in found["list"]["offers"]}
        self.rows = {(code, row[0]): row for code, rows in self.lists.items() for row in rows}
        self.weights = Weights(**found["list"]["weights"])
        self.market: Market = sides.rows.market()

    def village(self, code: str) -> Json:
        pairs = [
            {
                "code": self.sides.offers[row[0]].code,
                "title": self.sides.rows.offers[row[0]].title,
                "who": self.sides.rows.offers[row[0]].partner,
                **self._pair(row),
                **self._reasons(code, row),
            }
            for row in self.lists[code]
        ]
        if self.plain:
            return {"kind": "ranked", "least": self.policy.min_offers, "pairs": pairs}
        how = self.result["villages"][code]
        gate = {"gate": self._gate(code)} if how["state"] == "no_offer" else {}
        parts = {"told": how["told"], "struck": how["struck"], "refused": how["refused"], **gate}
        return {"kind": how["state"], **parts, "pairs": pairs}

    def offer(self, code: str) -> Json:
        pairs = [
            {
                "code": self.sides.villages[village].code,
                "title": self.sides.rows.villages[village].name,
                "who": self.sides.rows.villages[village].district,
                **self._pair(self.rows[village, code]),
            }
            for village in self.ranks[code]
        ]
        places, reserve = self.places[code]
        if self.plain:
            return {"kind": "ranked", "least": self.policy.min_offers, "places": places, "pairs": pairs}
        seats = {name: count for name, count in self.result["offers"][code].items() if name != "ranks"}
        matched = seats["in_reserve"] + seats["in_open"]
        return {
            "kind": "matched" if matched else "none",
            "matched": matched,
            "places": places,
            "free": places - matched,
            "reserve": reserve,
            **seats,
            "pairs": pairs,
        }

    def _pair(self, row: list[Any]) -> Json:
        _other, a, b, h, *fate = row
        return {"a": a, "b": b, "h": h, "fate": fate[0] if fate else "ranked", "cutoff": fate[1] if fate else -1}

    def _reasons(self, village: str, row: list[Any]) -> Json:
        """Only of those who were introduced: all others read theirs on their list."""
        if self.plain or row[4] != "introduced":
            return {}
        at = self.market.village_at[village], self.market.offer_at[row[0]]
        why = explain.why(self.market, self.weights, *at)
        return {"reasons": list(kept(why, self.sides.rows, village, row[0]))}

    def _gate(self, village: str) -> int:
        """The gate that turned most offers away."""
        offers = np.arange(len(self.market.offers))
        v = np.full(len(offers), self.market.village_at[village])
        turned = np.bincount(score_pairs(self.market, v, offers, self.weights).gate, minlength=6)[1:]
        return int(turned.argmax()) + 1 if turned.any() else 0


def sums(found: Json) -> Json:
    """``pairs``, their mean score ``mean_h`` in millionths, and per status how many ``villages`` took part and how many were
    ``introduced``; the last one has no published status (``tier`` null)."""
    introduced = {village for village, _offer in found["result"]["pairs"]}
    scores = [row[3] for rows in found["result"]["lists"].values() for row in rows if row[4] == "introduced"]
    tiers = []
    for tier in (*range(len(TIERS)), None):
        here = {each["id"] for each in found["list"]["villages"] if each["tier"] == tier}
        tiers.append({"tier": tier, "villages": len(here), "introduced": len(here & introduced)})
    mean = sum(scores) // len(scores) if scores else 0
    return {"pairs": len(found["result"]["pairs"]), "mean_h": mean, "tiers": tiers}
