"""``make bench NAME=reserve``: what a reserve of 30 % moves, on the real index and with three ways in which offers may lie.

A study, not a race: rounds of the whole country (``bench.floor.market``), each computed with and without seats reserved for
villages whose published status is tertinggal or sangat tertinggal, over the same lists and tickets. Places are the same in
all three: spread as in the design study; only around cities and palm oil mills; in few programmes that are good everywhere.
What comes out stands in ``docs/studies/reserve.md``. Needs ``BERMITRA_DATA``.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bench.common import Report

OFFERS, PROGRAMMES = 10_000, 500
RESERVE, K, LONG = 30, 20, 60
CITY = 71  # regencies from this number on are cities
SEEDS = (6, 7, 8)
TIERS = ("sangat tertinggal", "tertinggal", "berkembang", "maju", "mandiri", "without")


def main() -> None:
    report = Report("reserve of 30 %")
    unsound = 0
    for name, made in (("mixed", mixed), ("near cities and mills", near), ("national programmes", national)):
        runs = [compared(made(seed)) for seed in SEEDS]
        unsound += sum(run["unsound"] for run in runs)
        shown(name, runs)
    longer = compared(mixed(SEEDS[0]), LONG)
    unsound += longer["unsound"]
    shown(f"mixed, lists of {LONG}", [longer])
    report.goal("unsound-rounds", unsound, 0)
    report.end()


# Where offers lie ------------------------------------------------------------------------------------------------------


def mixed(seed: int) -> list[Any]:
    from bench.floor import market as made

    return made.offers(OFFERS, seed=seed)


def near(seed: int) -> list[Any]:
    """Each offer has its home in a city (seven of ten) or a regency with palm oil mills (by their number), and is good there
    and in the one to three regencies that are nearest to it."""
    from bench.floor import market as made

    def ring(lots: np.random.Generator, regencies: Sequence[str]) -> tuple[str, ...]:
        there, places = points()
        mills = mill_homes()
        cities = [code for code in there if int(code[3:]) >= CITY]
        home = str(lots.choice(cities if lots.random() < 0.7 else mills))
        away = ((places - places[there.index(home)]) ** 2).sum(axis=1)
        return tuple(there[at] for at in np.argsort(away, kind="stable")[: 1 + lots.integers(1, 4)])

    return made.offers(OFFERS, coverage=ring, seed=seed)


def national(seed: int) -> list[Any]:
    """Few, good everywhere, with as many places in all as the others have."""
    from bench.floor import market as made

    rows = made.offers(PROGRAMMES, coverage=lambda _lots, _all: None, seed=seed)
    wanted = sum(row.places for row in made.offers(OFFERS, seed=seed))
    have = sum(row.places for row in rows)
    return [replace(row, places=max(1, round(row.places * wanted / have))) for row in rows]


@lru_cache(maxsize=1)
def points() -> tuple[list[str], np.ndarray]:
    """Regencies and cities, and the middle of the points of their villages in kilometres east and north."""
    from bench.floor import market as made

    held: dict[str, list[tuple[float, float]]] = {}
    with gzip.open(made.data() / "wilayah/desa_kelurahan.csv.gz", "rt", encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["bujur"] and row["lintang"]:
                held.setdefault(row["kode"][:5], []).append(
                    (111.3 * float(row["bujur"]), 110.6 * float(row["lintang"]))
                )
    codes = sorted(held)  # Indonesia lies on the equator: degrees are as long one way as the other
    return codes, np.array([np.mean(held[code], axis=0) for code in codes])


@lru_cache(maxsize=1)
def mill_homes() -> list[str]:
    """The regency of each palm oil mill, as often as it has one."""
    from bench.floor import market as made

    path: Path = made.data() / "mitra/pabrik_kelapa_sawit.csv"
    with path.open(encoding="utf-8", newline="") as table:
        found = [row["kode_kabupaten"] for row in csv.DictReader(table)]
    known = set(points()[0])
    return [code for code in found if code in known]


# What comes out --------------------------------------------------------------------------------------------------------


def compared(offers: list[Any], k: int = K) -> dict[str, Any]:
    """A round without and with the reserve: arrays per tier, and counts of villages that gain or lose by it."""
    from bench.floor import market as made
    from bermitra.matching.engine.features import encode
    from bermitra.matching.engine.rounds import Policy, build_edges, deferred_acceptance
    from bermitra.matching.engine.score import Weights
    from bermitra.matching.engine.shortlist import drawn, shortlist
    from bermitra.matching.engine.verify import verify

    market = encode(made.villages(), offers)
    weights = Weights()
    edges = build_edges(market, shortlist(market, weights, k), weights, drawn(market, "0"))
    place = np.arange(len(edges.offer)) - edges.ptr[edges.village]
    ranks, unsound = [], 0
    for percent in (0, RESERVE):
        policy = Policy.of(market, reserve=percent)
        matched = deferred_acceptance(edges, policy)
        unsound += not verify(edges, policy, matched).sound
        rank = np.full(len(market.villages), np.iinfo(np.int32).max)
        rank[edges.village[matched]] = place[matched]
        ranks.append(rank)
    before, after = ranks
    nobody, poor = np.iinfo(np.int32).max, np.isin(market.tier, (0, 1))
    size = np.bincount(market.tier, minlength=6)
    return {
        "places": int(market.q.sum()),
        "listed": np.bincount(market.tier[np.diff(edges.ptr) > 0], minlength=6) / np.maximum(size, 1),
        "size": size,
        "served": [np.bincount(market.tier[rank < nobody], minlength=6) / np.maximum(size, 1) for rank in ranks],
        "pairs": [int((rank < nobody).sum()) for rank in ranks],
        "reserved": int(policy.reserve.sum()),
        "gain_poor": int((poor & (after < before)).sum()),
        "lose_poor": int((poor & (after > before)).sum()),
        "gain_other": int((~poor & (after < before)).sum()),
        "lose_other": int((~poor & (after > before)).sum()),
        "out_other": int((~poor & (before < nobody) & (after == nobody)).sum()),
        "out_poor": int((poor & (before < nobody) & (after == nobody)).sum()),
        "unsound": unsound,
    }


def shown(name: str, runs: list[dict[str, Any]]) -> None:
    def mid(take: Callable[[dict[str, Any]], float]) -> float:
        return float(np.median([take(run) for run in runs]))

    print(f"\n{name}: {mid(lambda r: r['places']):.0f} places, middle of {len(runs)} seeds")
    print(f"  {'tier':<18} villages  with a list  served, no reserve  served, reserve 30 %")
    for at, tier in enumerate(TIERS):
        if runs[0]["size"][at]:
            row = [mid(lambda r: r["listed"][at])] + [mid(lambda r: r["served"][i][at]) for i in (0, 1)]  # noqa: B023
            print(f"  {tier:<18} {runs[0]['size'][at]:>8}  {row[0]:>11.1%}  {row[1]:>18.1%}  {row[2]:>20.1%}")
    pairs = [mid(lambda r: r["pairs"][i]) for i in (0, 1)]  # noqa: B023
    print(f"  pairs {pairs[0]:.0f} -> {pairs[1]:.0f}, difference {mid(lambda r: r['pairs'][1] - r['pairs'][0]):+.0f}")
    print(f"  seats reserved {mid(lambda r: r['reserved']):.0f}")
    for who, poor in (("reserve's villages", "poor"), ("other villages", "other")):
        counts = [mid(lambda r: r[f"{what}_{poor}"]) for what in ("gain", "lose", "out")]  # noqa: B023
        print(f"  {who}: better {counts[0]:.0f}, worse {counts[1]:.0f}, of these without a partner now {counts[2]:.0f}")


if __name__ == "__main__":
    sys.exit(main())
