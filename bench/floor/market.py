"""The market of the benches of matching: every desa of the register, with its own index, and generated offers.

What is real: the codes of 75,252 desa, the published status and the three parts of the index of 2024, and needs out of the
scores of indicators of the latest year that are known of a village (2,499 villages of 31 provinces). **A village without
scores takes those of the village that is nearest by the three parts of its index** (social, economic, ecological), of its own
province where any is known there, else of the country; the few without an index take the parts that are in the middle of their
province. Scores become needs as in the product (``needs.index``), all drafts taken as counted; a village whose indicators
show no need has a light one in the sector of its lowest score, as its residents would still name one.

What is not real, as nobody publishes it: potentials, vetoes and amounts of villages, and all offers; drawn from one seed, in
the spread of a design study. Goals follow the sectors that a village needs most and an offer serves.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from bermitra.foundation.regions.register import DESA, SHIPPED
from bermitra.matching.engine.features import POTENTIALS, SECTORS, TIERS, OfferRow, VillageRow
from bermitra.needs.catalogue import risks, sectors
from bermitra.needs.index import indicators

INDEX, SCORES = "idm/idm_2024.csv.gz", "kebutuhan/idm_indikator_desa_2021_2024.csv.gz"
PARTS = ("iks", "ike", "ikl")
SEED = 6
MOST_GOALS = 6
# SDGs Desa that work in each sector serves, in the order of the sectors
GOALS = (
    (2, 3, 12), (6, 3), (6, 3, 11), (3, 2, 5), (4, 5, 10), (4, 8, 5), (1, 5, 10), (11, 16, 3), (18, 16, 4), (16, 11), (11, 1, 9),
    (7, 9, 13), (9, 17), (9, 11, 8), (2, 6, 13), (2, 8, 12, 15), (2, 8, 14), (8, 12, 5, 1), (8, 9, 12), (8, 1, 10), (8, 12, 18),
    (12, 14, 15, 6), (13, 11, 15), (16, 17, 18),
)  # fmt: skip

Areas = Collection[str] | None  # regencies, or everywhere
Coverage = Callable[[np.random.Generator, Sequence[str]], Areas]


def data() -> Path:
    """The folder of public registers; ends the bench with a sentence where none is named."""
    folder = os.environ.get("BERMITRA_DATA")
    if not folder:
        print("not measured: BERMITRA_DATA is unset, a folder with the public registers (see README)")
        sys.exit(0)
    return Path(folder)


@lru_cache(maxsize=1)
def villages() -> list[VillageRow]:
    """All desa of the register, in the order of their codes."""
    folder = data()
    codes = _desa()
    index = {row["kode"]: row for row in _rows(folder / INDEX)}
    parts = _parts(codes, index)
    lent = _lent(codes, parts, _scores(folder / SCORES))
    needs = {id(scores): _needs(scores) for scores in lent}
    lots = np.random.default_rng(SEED)
    liking = {regency: lots.dirichlet(np.full(POTENTIALS, 0.5)) for regency in sorted({code[:5] for code in codes})}
    rows = []
    for code, scores in zip(codes, lent, strict=True):
        status = index[code]["status"] if code in index else ""
        low = int(np.exp(lots.normal(17.5, 1))) // 1000 * 1000
        rows.append(
            VillageRow(
                id=code,
                regency=code[:5],
                needs=needs[id(scores)],
                potentials=_potentials(lots, liking[code[:5]]),
                goals=_goals(needs[id(scores)]),
                vetoes=_risks(lots, 0.08),
                ask=(low, int(low * lots.uniform(2, 20))),
                tier=TIERS.index(status) if status in TIERS else None,
            )
        )
    return rows


def offers(many: int, *, coverage: Coverage | None = None, seed: int = SEED) -> list[OfferRow]:
    """Generated offers: one to four sectors, rather those that many villages need, one to six interests, a budget for one
    village, places. ``coverage`` says where each is good; without one it is :func:`mixed`."""
    lots = np.random.default_rng([seed, many])
    rows = villages()
    regencies = sorted({row.regency for row in rows})
    needed = (np.array([row.needs for row in rows]) > 0).mean(axis=0) ** 0.7 + 0.05
    needed /= needed.sum()
    reach = coverage or mixed
    found = []
    for number in range(many):
        abilities, seeks = [0] * SECTORS, [0] * POTENTIALS
        for sector in lots.choice(SECTORS, lots.integers(1, 5), replace=False, p=needed):
            abilities[sector] = int(lots.choice((25, 50, 75, 100), p=(0.1, 0.3, 0.35, 0.25)))
        for interest in lots.choice(POTENTIALS, lots.integers(1, 7), replace=False):
            seeks[interest] = 100
        low = int(np.exp(lots.normal(17.5, 1.2))) // 1000 * 1000
        areas = reach(lots, regencies)
        found.append(
            OfferRow(
                id=f"T{number:06}",
                abilities=tuple(abilities),
                seeks=tuple(seeks),
                goals=_goals(abilities) | frozenset(lots.integers(1, 19, lots.integers(0, 3)).tolist()),
                risks=_risks(lots, 0.04),
                budget=(low, int(low * lots.uniform(3, 60))),
                areas=() if areas is None else areas,
                everywhere=areas is None,
                places=int(np.clip(lots.lognormal(1.2, 1.0), 1, 200)),
            )
        )
    return found


def mixed(lots: np.random.Generator, regencies: Sequence[str]) -> Areas:
    """55 % of offers in one to three regencies of a province, 25 % in a province, 12 % in three to eight, 8 % everywhere."""
    kind = lots.choice(4, p=(0.55, 0.25, 0.12, 0.08))
    if kind == 3:
        return None
    homes = sorted({regency[:2] for regency in regencies})
    chosen = lots.choice(homes, min(len(homes), lots.integers(3, 9)) if kind == 2 else 1, replace=False)
    inside = [regency for regency in regencies if regency[:2] in set(chosen.tolist())]
    if kind == 0:
        inside = lots.choice(inside, min(len(inside), lots.integers(1, 4)), replace=False).tolist()
    return tuple(inside)


# What is real ---------------------------------------------------------------------------------------------------------


def _desa() -> list[str]:
    return sorted(row["code"] for row in _rows(SHIPPED) if row["kind"] == DESA)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def _parts(codes: list[str], index: dict[str, dict[str, str]]) -> np.ndarray:
    """f64[V,3]: the parts of the index, the middle of its province where a village has none."""
    held = [[float(index[code][part] or "nan") if code in index else np.nan for part in PARTS] for code in codes]
    parts = np.array(held)
    province = np.array([code[:2] for code in codes])
    for row in np.flatnonzero(np.isnan(parts).any(axis=1)):
        parts[row] = np.nanmedian(parts[province == province[row]], axis=0)
    return parts


def _scores(path: Path) -> dict[str, dict[str, int]]:
    """Scores of the latest year of each village of which any are known."""
    latest: dict[str, tuple[str, dict[str, int]]] = {}
    for row in _rows(path):
        if row["kode"] and row["tahun"] > latest.get(row["kode"], ("", {}))[0]:
            latest[row["kode"]] = row["tahun"], {code: int(row[code]) for code in indicators() if row[code] != ""}
    return {code: scores for code, (_year, scores) in latest.items()}


def _lent(codes: list[str], parts: np.ndarray, scores: dict[str, dict[str, int]]) -> list[dict[str, int]]:
    """Its own scores, or those of the nearest by the parts of the index; ties go to the lower code."""
    place = {code: row for row, code in enumerate(codes)}
    known = np.array(sorted(place[code] for code in scores if code in place))
    province = np.array([code[:2] for code in codes])
    found: list[dict[str, int]] = []
    near = {home: known[province[known] == home] for home in sorted(set(province.tolist()))}
    for row, code in enumerate(codes):
        if code not in scores:
            lenders = near[code[:2]] if len(near[code[:2]]) else known
            code = codes[lenders[((parts[lenders] - parts[row]) ** 2).sum(axis=1).argmin()]]
        found.append(scores[code])
    return found


def _needs(scores: dict[str, int]) -> tuple[int, ...]:
    needs = [0] * SECTORS
    for code, score in scores.items():
        indicator = indicators()[code]
        if indicator.says_need(score):
            place = sectors()[indicator.sector].position
            needs[place] = max(needs[place], 20 * indicator.severity(score))
    if not any(needs):
        asked = [code for code in scores if indicators()[code].draft == "automatic"]
        lowest = min(asked, key=lambda code: (scores[code], -indicators()[code].urgency))
        needs[sectors()[indicators()[lowest].sector].position] = 20
    return tuple(needs)


# What is drawn --------------------------------------------------------------------------------------------------------


def _goals(weights: Sequence[int]) -> frozenset[int]:
    """Of the gravest sectors, the first as many as a village would name."""
    goals: list[int] = []
    for sector in sorted((at for at in range(SECTORS) if weights[at]), key=lambda at: -weights[at]):
        goals += [goal for goal in GOALS[sector] if goal not in goals]
    return frozenset(goals[:MOST_GOALS])


def _potentials(lots: np.random.Generator, liking: np.ndarray) -> tuple[int, ...]:
    strengths = [0] * POTENTIALS
    chances = (liking + 1e-3) / (liking + 1e-3).sum()
    for kind in lots.choice(POTENTIALS, lots.integers(2, 6), replace=False, p=chances):
        strengths[kind] = int(lots.choice((25, 50, 75, 100)))
    return tuple(strengths)


def _risks(lots: np.random.Generator, chance: float) -> frozenset[int]:
    return frozenset(np.flatnonzero(lots.random(len(risks())) < chance).tolist())
