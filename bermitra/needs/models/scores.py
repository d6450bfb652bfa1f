"""Scores of the published village index, indicator by indicator."""

from __future__ import annotations

from django.db import models

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region


class VillageScores(models.Model):
    """One village and year of a published index: whole scores 0 to 5 by the code of the indicator (``S01`` to ``L03``)."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.SmallIntegerField()
    scores: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField()
    published_code = models.CharField(max_length=13)

    class Meta:
        verbose_name_plural = "village scores"
        constraints = [models.UniqueConstraint(fields=["village", "year"], name="village_scores_once")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.year}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)
