"""Reading the scores of the published index, and which of them speak of a need."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.regions.models import Region
from bermitra.needs.index import HIGHEST, LAST_YEAR, Indicator, indicators
from bermitra.needs.models import Need, VillageScores
from bermitra.needs.rules import ProposingFacts


@dataclass(frozen=True)
class Suggestion:
    """A low score of the newest published year. ``need``: what the village has made of it already."""

    indicator: Indicator
    year: int
    score: int
    need: Need | None

    @property
    def severity(self) -> int:
        return self.indicator.severity(self.score)


def newest_scores(village: Region | str) -> VillageScores | None:
    return VillageScores.objects.filter(village=village).order_by("-year").first()


def needs_by_indicator(village: Region | str) -> dict[str, Need]:
    """The needs of a village that rest on an indicator, by its code; the newest where there are several. One that was merged
    is still there."""
    found = Need.objects.filter(village=village).exclude(idm_indicator="").exclude(state="withdrawn")
    return {need.idm_indicator: need for need in found.order_by("pk")}


def suggestions(village: Region | str) -> list[Suggestion]:
    """Every low score that speaks of a need, the gravest first. Two statements."""
    held = newest_scores(village)
    if held is None:
        return []
    needs = needs_by_indicator(village)
    found = [
        Suggestion(each, held.year, score, needs.get(code))
        for code, each in indicators().items()
        if (score := held.scores.get(code)) is not None and each.says_need(score)
    ]
    return sorted(found, key=lambda each: (-each.severity, each.indicator.code))


def suggestion(village: Region | str, code: str) -> Suggestion:
    """What the newest score of one indicator says; where none is published, that nothing is lacking. Two statements."""
    held, indicator = newest_scores(village), indicators()[code]
    if held is None:
        return Suggestion(indicator, LAST_YEAR, HIGHEST, None)
    return Suggestion(indicator, held.year, held.scores.get(code, HIGHEST), needs_by_indicator(village).get(code))


def proposing_facts(found: Suggestion) -> ProposingFacts:
    return ProposingFacts(low=found.indicator.says_need(found.score), proposed=found.need is not None)
