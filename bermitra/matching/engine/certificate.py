"""The file with which anybody computes a round or a draw again: all that went in, what came out, and hashes over both.

Two steps, so that nobody can bend the list to the throw. First the *list* (``round_list``, or what a draw publishes) stands
open with its hash. Then dice or balls are thrown, and :func:`certify` makes of both the certificate:

    kind       "round" or "draw"            version    1
    list       as it was published          list_hash  SHA-256 of its canonical JSON
    thrown     the figures                  seed       SHA-256(list_hash thrown); tickets and lots come of it
    result     below                        check      of a round: what ``verify`` counted
    sha256     of the canonical JSON of all the rest

A list that was put right after an objection keeps the seed of the throw: then ``seed_list_hash`` stands there as well, the
hash of the list that was published before the throw, and the seed is SHA-256(seed_list_hash thrown).

The result of a round: ``pairs`` introduced; ``lists``: each village's pairs in its order, [offer, a, b, h, fate, cut-off] in
millionths; ``villages``: state, ``told`` (the place in its list to tell of, or null), struck and refused pairs; ``offers``:
seats, cut-offs and ``ranks``, its villages in its order. A round that was too small is *plain*: only ``lists`` and ``ranks``.

All numbers are whole and JSON is canonical (RFC 8785), so that equal content has equal bytes. ``plain`` computes the same
certificate with no line of this package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any, NoReturn

import numpy as np
import rfc8785

from bermitra.foundation.text import _, shown
from bermitra.matching.engine import draw, rounds
from bermitra.matching.engine.exposure import with_floor
from bermitra.matching.engine.features import BadInput, Market, OfferRow, Problem, VillageRow, encode
from bermitra.matching.engine.rounds import Choice, Fate, Policy, State
from bermitra.matching.engine.score import Weights
from bermitra.matching.engine.shortlist import drawn, shortlist
from bermitra.matching.engine.verify import verify

Json = dict[str, Any]
VERSION = 1
TRIAL = "0" * 20  # what a simulation throws: known beforehand, so that nobody takes it for a result
MOST_BYTES = 64_000_000
MOST_SIZE = 1_000  # of one side's list
_BROKEN = _("Berkas ini bukan sertifikat putaran atau undian yang utuh."), _("Unduh lagi berkas aslinya.")


def round_list(
    villages: Iterable[VillageRow],
    offers: Iterable[OfferRow],
    *,
    weights: Weights,
    size: int,
    floor_slots: int = 0,
    reserve: Mapping[str, int],
    tiers: Iterable[int],
    village_quota: int = 1,
    cap: int | None = None,
    village_orders: Mapping[str, Choice] | None = None,
    offer_orders: Mapping[str, Choice] | None = None,
    plain: bool = False,
    about: Mapping[str, Any] | None = None,
) -> Json:
    """What is published and hashed before the throw. ``reserve``: seats of each offer by its id; ``about``: whatever says
    which round this is. The order in which rows, sets or tiers are given does not matter."""
    return {
        "about": dict(about or {}),
        "villages": [
            {
                "id": row.id, "regency": row.regency, "needs": list(row.needs), "potentials": list(row.potentials),
                "goals": sorted(set(row.goals)), "vetoes": sorted(set(row.vetoes)), "ask": list(row.ask), "tier": row.tier,
            }
            for row in sorted(villages, key=lambda row: (row.regency, row.id))
        ],
        "offers": [
            {
                "id": row.id, "abilities": list(row.abilities), "seeks": list(row.seeks), "goals": sorted(set(row.goals)),
                "risks": sorted(set(row.risks)), "budget": list(row.budget), "areas": sorted(set(row.areas)),
                "everywhere": row.everywhere, "places": row.places, "reserve": reserve.get(row.id, 0),
            }
            for row in sorted(offers, key=lambda row: row.id)
        ],
        "weights": asdict(weights),
        "size": size,
        "floor_slots": floor_slots,
        "tiers": sorted(set(tiers)),
        "village_quota": village_quota,
        "cap": cap,
        "village_orders": _written(village_orders),
        "offer_orders": _written(offer_orders),
        "plain": plain,
    }  # fmt: skip


def without_reserve(listed: Json) -> Json:
    """The same list with no seat reserved: what a simulation is compared with."""
    return {**listed, "offers": [{**offer, "reserve": 0} for offer in listed["offers"]]}


def list_hash(listed: Json) -> str:
    """SHA-256 of the canonical JSON of a list, in hexadecimal letters."""
    return sha256(rfc8785.dumps(listed)).hexdigest()


def certify(listed: Json, thrown: str, seed_list_hash: str | None = None) -> Json:
    """The certificate of a round or of a draw (a list with "entrants") for what was thrown: :data:`TRIAL` in a simulation,
    nothing in a draw with a place for everybody. ``seed_list_hash``: of the list before the throw, where it was another.

    Raises :class:`BadInput` with all that is wrong.
    """
    if not isinstance(listed, dict):
        raise BadInput([Problem("", "list", "", *_BROKEN)])
    is_draw = "entrants" in listed
    content: Json = {"kind": "draw" if is_draw else "round", "version": VERSION, "list": listed}
    try:
        content["list_hash"] = list_hash(listed)
        content["thrown"] = draw.figures(thrown) if thrown or not is_draw else ""
        if seed_list_hash is not None and seed_list_hash != content["list_hash"]:
            content["seed_list_hash"] = seed_list_hash
        hashed = str(content.get("seed_list_hash", content["list_hash"]))
        seed = draw.seed(hashed, content["thrown"]) if content["thrown"] else b""
        content["seed"] = seed.hex()
        content |= _draw(listed, seed) if is_draw else _round(listed, seed)
    except (KeyError, TypeError, AttributeError, OverflowError, rfc8785.CanonicalizationError) as error:
        raise BadInput([Problem("", "list", shown(str(error)), *_BROKEN)]) from error
    content["sha256"] = digest(content)
    return content


def replay(certificate: Json) -> Json:
    """The certificate computed again from its list, its throw and its ``seed_list_hash``; equal to it if it is true. Raises
    :class:`BadInput`."""
    try:
        listed, thrown, before = certificate["list"], certificate["thrown"], certificate.get("seed_list_hash")
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInput([Problem("", "list", "", *_BROKEN)]) from error
    return certify(listed, thrown, before)


def digest(certificate: Json) -> str:
    """SHA-256 of the canonical JSON of all but ``sha256`` itself."""
    return sha256(rfc8785.dumps({key: value for key, value in certificate.items() if key != "sha256"})).hexdigest()


def as_bytes(certificate: Json) -> bytes:
    """The file: canonical JSON."""
    return rfc8785.dumps(certificate)


def read(data: bytes) -> Json:
    """The certificate in a file. Raises :class:`BadInput` unless every byte is where the canonical form has it and the
    digest is that of the content."""
    if len(data) > MOST_BYTES:
        raise BadInput([Problem("", "file", str(len(data)), *_BROKEN)])
    try:
        found = json.loads(data, parse_float=_refused, parse_constant=_refused)
        canonical = isinstance(found, dict) and rfc8785.dumps(found) == data
    except (ValueError, RecursionError) as error:
        raise BadInput([Problem("", "file", shown(str(error)), *_BROKEN)]) from error
    if not canonical or found.get("sha256") != digest(found):
        raise BadInput([Problem("", "sha256", shown(sha256(data).hexdigest()), *_BROKEN)])
    result: Json = found
    return result


def _refused(number: str) -> NoReturn:
    raise ValueError(number)


def _written(orders: Mapping[str, Choice] | None) -> Json:
    return {
        id: {"first": list(choice.first), "struck": sorted(set(choice.struck))}
        for id, choice in (orders or {}).items()
        if choice.first or choice.struck
    }


def _choices(orders: Json) -> dict[str, Choice]:
    return {id: Choice(tuple(each["first"]), tuple(each["struck"])) for id, each in orders.items()}


def _market(listed: Json) -> Market:
    villages = [VillageRow(**{**row, "ask": tuple(row["ask"])}) for row in listed["villages"]]
    offers = [
        OfferRow(**{key: value for key, value in row.items() if key != "reserve"} | {"budget": tuple(row["budget"])})
        for row in listed["offers"]
    ]
    return encode(villages, offers)


def _round(listed: Json, seed: bytes) -> Json:
    if listed["size"] > MOST_SIZE:
        says, remedy = _("Daftar satu pihak paling banyak 1.000 baris."), _("Pendekkan daftarnya.")
        raise BadInput([Problem("", "size", str(listed["size"]), says, remedy)])
    market, weights = _market(listed), Weights(**listed["weights"])
    seats = {row["id"]: row["reserve"] for row in listed["offers"]}
    policy = Policy.of(
        market, reserve=[seats[id] for id in market.offers], tiers=listed["tiers"], cap=listed["cap"],
        village_quota=listed["village_quota"],
    )  # fmt: skip
    # by the lots of no seed, since it is chosen from before the throw
    lists = shortlist(market, weights, listed["size"])
    if listed["floor_slots"]:
        lists = with_floor(market, lists, weights, listed["floor_slots"])
    edges = rounds.build_edges(
        market, lists, weights, drawn(market, seed.hex()),
        _choices(listed["village_orders"]), _choices(listed["offer_orders"]),
    )  # fmt: skip
    if listed["plain"]:
        return {"result": {"lists": _lists(market, edges), "ranks": _ranks(market, edges)}, "check": {}}
    matched = rounds.deferred_acceptance(edges, policy)
    report = verify(edges, policy, matched)
    told = rounds.outcomes(edges, policy, matched)
    village, offer = edges.village[matched].tolist(), edges.offer[matched].tolist()
    result = {
        "pairs": [[market.villages[v], market.offers[o]] for v, o in zip(village, offer, strict=True)],
        "lists": _lists(market, edges, told),
        "villages": _villages(market, edges, told),
        "offers": _offers(market, edges, told),
    }
    counts = {key: value for key, value in asdict(report).items() if key != "examples"}
    return {"result": result, "check": counts}


def _lists(market: Market, edges: rounds.Edges, told: rounds.Outcomes | None = None) -> Json:
    columns = [edges.a.tolist(), edges.b.tolist(), edges.h.tolist()]
    if told is not None:
        columns += [[Fate(fate).name.lower() for fate in told.fate.tolist()], told.cutoff.tolist()]
    rows = [[market.offers[o], *rest] for o, *rest in zip(edges.offer.tolist(), *columns, strict=True)]
    ends = edges.ptr.tolist()
    return {id: rows[ends[at] : ends[at + 1]] for at, id in enumerate(market.villages)}


def _ranks(market: Market, edges: rounds.Edges) -> dict[str, list[str]]:
    """Each offer's villages, the one that it would have first first."""
    order = np.lexsort((-edges.key, edges.offer))
    ends = np.searchsorted(edges.offer[order], np.arange(len(market.offers) + 1)).tolist()
    names = [market.villages[v] for v in edges.village[order].tolist()]
    return {id: names[ends[at] : ends[at + 1]] for at, id in enumerate(market.offers)}


def _villages(market: Market, edges: rounds.Edges, told: rounds.Outcomes) -> Json:
    columns = zip(
        market.villages, told.state.tolist(), told.pair.tolist(), edges.ptr[:-1].tolist(), edges.struck.tolist(),
        edges.refused.tolist(), strict=True,
    )  # fmt: skip
    return {
        id: {
            "state": State(state).name.lower(),
            "told": pair - start if pair >= 0 else None,
            "struck": struck,
            "refused": refused,
        }
        for id, state, pair, start, struck, refused in columns
    }


def _offers(market: Market, edges: rounds.Edges, told: rounds.Outcomes) -> Json:
    ranks = _ranks(market, edges)
    names = ("in_reserve", "in_open", "reserve_cutoff", "open_cutoff", "idle")
    columns = zip(*(getattr(told, name).tolist() for name in names), strict=True)
    return {
        id: {**dict(zip(names, row, strict=True)), "ranks": ranks[id]}
        for id, row in zip(market.offers, columns, strict=True)
    }


def _draw(listed: Json, seed: bytes) -> Json:
    entrants = [draw.Entrant(row["id"], row["attributes"]) for row in listed["entrants"]]
    if not seed and listed["seats"] < len(entrants):
        raise BadInput([Problem("", "thrown", "", *draw.THROWN)])
    found = draw.draw(entrants, listed["seats"], listed["quotas"], seed)
    result = {
        "winners": list(found.winners),
        "everybody": found.everybody,
        "chance": list(found.chance),
        "lots": [{**asdict(each), "cell": list(each.cell)} for each in found.lots],
        "margins": [asdict(each) for each in found.margins],
    }
    return {"result": result}
