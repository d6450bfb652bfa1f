"""Verbs of the published index: keep its scores, and make a draft of a low one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import InitVar, dataclass
from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region, RegisterLoad
from bermitra.needs import queries
from bermitra.needs.index import INDEX
from bermitra.needs.models import Need, VillageScores
from bermitra.needs.rules import NEED, PROPOSING
from bermitra.needs.scores import ScoreRow, Scores

BATCH = 500


@dataclass
class ScorePlan:
    """Scores of a file compared with what is there; its rows are no field of it, for a command's fingerprint would read them.

    ``there`` has the scores that are kept by village and year.
    """

    source: str
    file_hash: str
    rows: InitVar[Sequence[ScoreRow]]
    there: InitVar[dict[tuple[str, int], dict[str, int]]]

    def __post_init__(self, rows: Sequence[ScoreRow], there: dict[tuple[str, int], dict[str, int]]) -> None:
        self.new = [row for row in rows if row[:2] not in there]
        self.changed = [row for row in rows if row[:2] in there and there[row[:2]] != row[2]]
        self.unchanged = len(rows) - len(self.new) - len(self.changed)


def plan_scores(found: Scores) -> ScorePlan:
    """Compare with what is kept. One statement."""
    kept = VillageScores.objects.values_list("village", "year", "scores")
    there = {(village, year): scores for village, year, scores in kept.iterator()}
    return ScorePlan(found.source, found.sha256, found.rows, there)


@command("needs.import_indicators")
def import_indicators(act: Act, *, plan: ScorePlan) -> RegisterLoad:
    """Keep the published scores of villages, indicator by indicator."""
    rows = [
        VillageScores(village_id=village, year=year, scores=scores, published_code=published)
        for village, year, scores, published in (*plan.new, *plan.changed)
    ]
    VillageScores.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["village", "year"],
        update_fields=["scores", "published_code"],
    )
    counts: dict[str, Any] = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": plan.unchanged}
    load = RegisterLoad.objects.create(
        kind=RegisterLoad.Kind.SCORES,
        file_hash=plan.file_hash,
        source=plan.source[:200],
        counts=counts,
        at=act.now,
        by_code=act.by.code,
    )
    act.log("scores.imported", load, file=plan.file_hash, **counts)
    return load


@command("needs.propose_from_index", on="village")
def propose_from_index(act: Act, *, village: Region, indicator: str, example: bool = False) -> Need:
    """A draft of what a low score says, in our words. Nobody but the village submits it, once it has said where and how many."""
    found = queries.suggestion(village, indicator)
    act.require(PROPOSING, queries.proposing_facts(found), standing(village.code))
    entry, year, score = found.indicator, found.year, found.score
    need = Need.objects.create(
        village=village,
        title=entry.title,
        text=f"{INDEX} {year}, skor {score}: {entry.finding(year, score)}. {entry.activity}",
        sector=entry.sector,
        severity=found.severity,
        source=f"Indeks Desa Membangun ({INDEX}) {year}, indikator {indicator}",
        idm_indicator=indicator,
        index_year=year,
        index_score=score,
        verified_at=act.now,
        state=NEED.through(act.door, NEED.start),
        example=example,
        created_at=act.now,
        created_by=act.by.code,
    )
    act.log("need.proposed_from_index", need, indicator=indicator, year=year, score=score)
    return need
