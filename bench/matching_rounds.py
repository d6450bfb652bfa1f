"""Rounds, for ``make bench NAME=matching``; alone: ``make bench NAME=matching_rounds``.

Deferred acceptance over the lists of real villages (``bench.floor.market``), with a reserve of 30 %: against the package
``matching`` (1.4.3, hospitals and residents) on 4,000 villages without a reserve, which it does not know, its making of a
game and its solving together; the verifier against the solver over the whole country; the growth of time with the number of
pairs; the same loop without numba. Blocking pairs are counted in every round that is run here.

The package is looked for in the folder ``BERMITRA_PEER``, else among what is installed; where it is not, that line says so.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import os
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bench.common import Report, alternately, middle, ratio, seconds

FEW, SOME = 4_000, 16_000  # villages, beside the whole country
VILLAGES_AN_OFFER = 7.5  # as 75,252 have 10,000
K, RESERVE = 20, 30
PEER_STACK, PEER_DEPTH = 512 * 1024 * 1024, 1_000_000  # the package copies deeply


def main() -> None:
    from bench.floor import market as made
    from bermitra.matching.engine.features import encode

    report = Report("rounds, one thread")
    measured(report, encode(made.villages(), made.offers(10_000)))
    report.end()


def measured(report: Report, country: Any) -> None:
    """Add the rows and goals of rounds to a report; ``country`` is the market of all villages."""
    from bermitra.matching.engine.verify import verify

    few, some = parted(FEW), parted(SOME)
    rounds = {str(size): made_of(market) for size, market in ((FEW, few), (SOME, some), ("all", country))}
    solved = {name: partial(solve, *each) for name, each in rounds.items()}
    answers = {name: work() for name, work in solved.items()}
    reports = {name: verify(*rounds[name], answer) for name, answer in answers.items()}
    works: dict[str, Callable[[], float]] = {name: partial(seconds, work) for name, work in solved.items()}
    works["verify"] = lambda: seconds(lambda: verify(*rounds["all"], answers["all"]))
    times = alternately(works)
    for name, (edges, _policy) in rounds.items():
        report.times(f"round of {len(edges.ptr) - 1} villages, {len(edges.offer)} pairs", times[name])
    report.times("its verifier", times["verify"])
    report.goal("verifier-to-solver", ratio(times["verify"], times["all"]), 4)
    pairs = [len(rounds[name][0].offer) for name in (str(SOME), "all")]
    growth = math.log(ratio(times["all"], times[str(SOME)])) / math.log(pairs[1] / pairs[0])
    report.goal("growth-exponent-in-pairs-of-rounds", growth, 1.1)
    edges, policy = rounds[str(SOME)]
    loop = alternately({"loop": lambda: seconds(lambda: solve(edges, policy, "numpy"))}, 3)["loop"]
    report.times(f"round of {SOME} villages, without numba", loop)
    differing = sum(int((solve(*each, "numpy") != answers[name]).sum()) for name, each in rounds.items())
    report.goal("differences-of-rounds-without-numba", differing, 0)
    bare, answer = against_peer(report, few)
    reports["peer"] = verify(*bare, answer)
    report.goal("blocking-pairs", sum(each.blocking for each in reports.values()), 0)
    report.goal("broken-bounds", sum(not each.sound for each in reports.values()), 0)


def parted(villages: int) -> Any:
    """A smaller market: villages of regencies all over the country, and offers that are good somewhere among them."""
    from bench.floor import market as made
    from bermitra.matching.engine.features import encode

    by_regency: dict[str, list[Any]] = {}
    for row in made.villages():
        by_regency.setdefault(row.regency, []).append(row)
    codes = sorted(by_regency)
    spread = sorted(codes, key=lambda code: (codes.index(code) % 17, code))  # each 17th, then the ones after them
    rows = [row for code in spread for row in by_regency[code]][:villages]
    here = sorted({row.regency for row in rows})
    offers = made.offers(round(villages / VILLAGES_AN_OFFER), coverage=lambda lots, _all: made.mixed(lots, here))
    return encode(rows, offers)


def made_of(market: Any, reserve: int = RESERVE) -> tuple[Any, Any]:
    """(edges, policy) of a round over the lists of both sides."""
    from bermitra.matching.engine.rounds import Policy, build_edges
    from bermitra.matching.engine.score import Weights
    from bermitra.matching.engine.shortlist import drawn, shortlist

    lists = shortlist(market, Weights(), K)
    return build_edges(market, lists, Weights(), drawn(market, "0")), Policy.of(market, reserve=reserve)


def solve(edges: Any, policy: Any, backend: str = "numba") -> Any:
    from bermitra.matching.engine.rounds import deferred_acceptance

    return deferred_acceptance(edges, policy, backend=backend)


def against_peer(report: Report, market: Any) -> tuple[tuple[Any, Any], Any]:
    """The round and our result; goals where the package is there."""
    edges, policy = made_of(market, reserve=0)
    answer = solve(edges, policy)
    if (games := peer()) is None:
        report.goals.append("faster-than-the-package-matching: not measured, it is not installed (BERMITRA_PEER)")
        return (edges, policy), answer
    ours = alternately({"ours": lambda: seconds(lambda: solve(edges, policy))})["ours"]
    wishes, ranks, places = as_dictionaries(edges, policy)
    found: dict[str, Any] = {}

    def theirs() -> None:
        game = games.HospitalResident.create_from_dictionaries(wishes, ranks, places)
        found["pairs"] = {(str(v), str(o)) for o, held in game.solve(optimal="resident").items() for v in held}

    taken = [seconds(lambda: on_a_deep_stack(theirs)) for _time in range(3)]
    mine = {
        (f"v{v}", f"o{o}") for v, o in zip(edges.village[answer].tolist(), edges.offer[answer].tolist(), strict=True)
    }
    report.times(f"round of {FEW} villages, no reserve", ours)
    report.times("the package matching", taken)
    report.goal("faster-than-the-package-matching", middle(taken) / middle(ours), 100, more_is_better=True)
    report.goal("differences-to-the-package", len(mine ^ found["pairs"]), 0)
    return (edges, policy), answer


def peer() -> Any:
    if folder := os.environ.get("BERMITRA_PEER"):
        sys.path.append(folder)
    return importlib.import_module("matching.games") if importlib.util.find_spec("matching") else None


def as_dictionaries(edges: Any, policy: Any) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, int]]:
    """Wishes of villages, ranks of offers and places, by names; without those that nobody names."""
    wishes: dict[str, list[str]] = {}
    asking: dict[int, list[tuple[int, str]]] = {}
    rows: Sequence[Sequence[int]] = [each.tolist() for each in (edges.village, edges.offer, edges.key)]
    for v, o, key in zip(*rows, strict=True):
        wishes.setdefault(f"v{v}", []).append(f"o{o}")
        asking.setdefault(o, []).append((-key, f"v{v}"))
    ranks = {f"o{o}": [v for _key, v in sorted(each)] for o, each in asking.items()}
    return wishes, ranks, {f"o{o}": int(policy.places[o]) for o in asking}


def on_a_deep_stack(work: Callable[[], None]) -> None:
    before, depth = threading.stack_size(PEER_STACK), sys.getrecursionlimit()
    sys.setrecursionlimit(PEER_DEPTH)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(depth)
        threading.stack_size(before)


if __name__ == "__main__":
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[threads] = "1"  # read when NumPy is loaded
    main()
