"""Lists of rounds that hypothesis draws, with reserves, own orders and strikes, and one of a whole regency."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import rfc8785
from hypothesis import strategies as st

from bermitra.matching.engine.certificate import TRIAL, certify, round_list
from bermitra.matching.engine.features import MOST, encode
from bermitra.matching.engine.rounds import Choice, reserved_of
from bermitra.matching.engine.score import Weights
from tests.matching.engine.markets import random_rows, rows, weights

THROWN = "3516 2243 6615 1324"
# What :func:`regency` follows.
POLICY = {
    "village_weight": 60, "partner_weight": 60, "vision_min": 0, "unverified_weight": 50, "size": 8, "floor_slots": 2,
    "reserve_percent": 30, "tiers": [0, 1], "partners_per_village": 1, "min_offers": 5,
}  # fmt: skip


@st.composite
def round_lists(draw) -> dict[str, Any]:
    """Own orders name pairs of the computed lists only: they are those that a certificate without orders shows. In two of
    three all offers are open to all villages, so that places are scarce and lists are long."""
    villages, offers = draw(rows)
    if draw(st.integers(0, 2)):
        villages = [replace(row, vetoes=(), ask=(0, MOST), needs=(30, *row.needs[1:])) for row in villages]
        offers = [
            replace(row, everywhere=True, places=1 + row.places % 2, abilities=(60, *row.abilities[1:]))
            for row in offers
        ]
    size = draw(st.integers(1, 6))
    asked: dict[str, Any] = {
        "weights": replace(draw(weights), vision=draw(st.sampled_from((0, 0, 20)))),
        "size": size,
        "floor_slots": draw(st.integers(0, size)),
        "reserve": {row.id: draw(st.integers(0, row.places)) for row in offers},
        "tiers": draw(st.sets(st.integers(0, 4), max_size=3)),
        "village_quota": draw(st.integers(1, 3)),
        "cap": draw(st.sampled_from((None, None, 1, 2))),
    }
    first = round_list(villages, offers, **asked)
    lists = lists_of(first)
    both = {id: [row[0] for row in each] for id, each in lists["lists"].items()}
    others = {id: each["ranks"] for id, each in lists["offers"].items()}
    orders = {"village_orders": draw(choices(both)), "offer_orders": draw(choices(others))}
    return round_list(villages, offers, **asked, **orders)


def lists_of(listed: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = certify(listed, TRIAL)["result"]
    return result


@st.composite
def choices(draw, lists: dict[str, list[str]]) -> dict[str, Choice]:
    found = {}
    for id, others in lists.items():
        if others and draw(st.booleans()):
            mixed = draw(st.permutations(others))
            ordered = draw(st.integers(0, len(mixed)))
            struck = draw(st.integers(0, 1)) if ordered < len(mixed) else 0
            found[id] = Choice(tuple(mixed[:ordered]), tuple(mixed[ordered : ordered + struck]))
    return found


def regency(villages: int = 60, offers: int = 25, **more: Any) -> dict[str, Any]:
    """A larger round with reserves of a third, without own orders."""
    village_rows, offer_rows = random_rows(7, villages, offers)
    market = encode(village_rows, offer_rows)
    reserve = dict(zip(market.offers, reserved_of(market.q, 30).tolist(), strict=True))
    asked: dict[str, Any] = {
        "weights": Weights(60, 60, 0),
        "size": 8,
        "floor_slots": 2,
        "reserve": reserve,
        "tiers": (0, 1),
        "about": {"policy": POLICY, "policy_hash": sha256(rfc8785.dumps(POLICY)).hexdigest()},
    }
    return round_list(village_rows, offer_rows, **{**asked, **more})
