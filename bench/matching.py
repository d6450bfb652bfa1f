"""``make bench NAME=matching``: shortlists of the whole country on one thread, and the rounds made of them.

75,252 desa with their own index (``bench.floor.market`` says what is real) and 10,000 generated offers: the best twenty of both
sides, compiled, against NumPy regency by regency in the same run, and the distance to the dense products alone, which have
neither gates nor lists. Growth and memory are those of 50,000 offers. Without numba: the same bits, and a regency of 400
villages and 500 offers. Needs ``BERMITRA_DATA``; without it nothing is measured.
"""

from __future__ import annotations

import math
import os
from dataclasses import replace
from functools import partial
from typing import Any

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[threads] = "1"  # read when NumPy is loaded

from bench.common import Report, alternately, middle, peak_memory, ratio, seconds  # noqa: E402

FEW, MANY = 10_000, 50_000
K = 20
REGENCY, VILLAGES, OFFERS = "11.08", 400, 500  # Aceh Utara has more villages than any other
GIB = 1073  # MB


def main() -> None:
    from bench.floor import market as made
    from bench.matching_rounds import measured as rounds
    from bermitra.matching.engine.features import encode

    report = Report("matching, one thread")
    rows = made.villages()
    few = encode(rows, made.offers(FEW))
    report.rows.append(("first call, compiled or from its cache", f"{timed(few, 'numba'):.3f} s", "", ""))
    grown(report, few, encode(rows, made.offers(MANY)))
    against_numpy(report, few)
    near = [row for row in rows if row.regency == REGENCY][:VILLAGES]
    regency = encode(near, [replace(row, everywhere=True) for row in made.offers(OFFERS)])
    alone = alternately({"numpy": partial(timed, regency, "numpy")})["numpy"]
    report.times(f"a regency of {VILLAGES} x {OFFERS}, without numba", alone)
    report.goal("regency-without-numba", middle(alone), 1, unit=" s")
    rounds(report, few)
    report.end()


def lists(market: Any, backend: str) -> Any:
    from bermitra.matching.engine.score import Weights
    from bermitra.matching.engine.shortlist import shortlist

    return shortlist(market, Weights(), K, backend=backend)


def timed(market: Any, backend: str) -> float:
    return seconds(lambda: lists(market, backend))


def grown(report: Report, few: Any, many: Any) -> None:
    """From 10,000 to 50,000 offers; before NumPy's floor takes memory of its own."""
    markets = {f"{FEW} offers": few, f"{MANY} offers": many}
    times = alternately({name: partial(timed, market, "numba") for name, market in markets.items()})
    pairs = {name: int(market.pairs.sum()) for name, market in markets.items()}
    for name, taken in times.items():
        report.times(f"{name}, {pairs[name] / 1e6:.0f} million covered pairs", taken)
    (small, less), (large, more) = pairs.items()
    growth = math.log(ratio(times[large], times[small])) / math.log(more / less)
    report.goal("growth-exponent-in-pairs", growth, 1.1)
    report.goal(f"memory-{MANY}-offers", peak_memory(), GIB, unit=" MB")


def against_numpy(report: Report, market: Any) -> None:
    from bench.floor.region_blocked import best, products
    from bermitra.matching.engine.score import Weights

    floor, bound, plain, compiled = "floor: NumPy by regency", "dense products alone", "without numba", "compiled"
    times = alternately(
        {
            compiled: partial(timed, market, "numba"),
            floor: lambda: seconds(lambda: best(market, Weights(), K)),
            bound: lambda: seconds(lambda: products(market)),
            plain: partial(timed, market, "numpy"),
        }
    )
    for what, taken in times.items():
        report.times(f"{FEW} offers, {what}", taken)
    for what, figure in ((bound, ratio(times[compiled], times[bound])), (plain, ratio(times[plain], times[compiled]))):
        report.rows.append(
            (f"compiled to {what}", f"1 : {figure:.1f}" if what == plain else f"{figure:.1f} : 1", "", "")
        )
    report.goal("faster-than-numpy", ratio(times[floor], times[compiled]), 30, more_is_better=True)
    report.goal("differences-without-numba", differences(lists(market, "numba"), lists(market, "numpy")), 0)
    both = zip(scores(lists(market, "numba")), best(market, Weights(), K), strict=True)
    off = max(int(abs(one - other).max()) for one, other in both)
    report.goal("millionths-off-the-floor", off, 2)


def scores(found: Any) -> tuple[Any, Any]:
    """As the floor gives them: 0 for none."""
    return found.v_score.clip(0), found.o_score.clip(0)


def differences(one: Any, other: Any) -> int:
    """In how many places of all lists two shortlists differ."""
    names = ("v_offer", "v_score", "o_village", "o_score")
    return sum(int((getattr(one, name) != getattr(other, name)).sum()) for name in names)


if __name__ == "__main__":
    main()
