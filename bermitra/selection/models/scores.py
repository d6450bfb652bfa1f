"""What the panel wrote, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bermitra.foundation.journal.models import AppendOnly
from bermitra.selection.models.calls import Call, Panelist
from bermitra.selection.models.proposals import Proposal, ProposalVersion


class Score(AppendOnly):
    """One level by one scorer on one criterion, with the reason, on the version that was sealed."""

    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="scores")
    panelist = models.ForeignKey(Panelist, on_delete=models.PROTECT, related_name="scores_given")
    round = models.SmallIntegerField()
    criterion = models.CharField(max_length=30)
    level = models.SmallIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "panelist", "round", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=4), name="score_level_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.level}"


class Ranking(AppendOnly):
    """One line of the published provisional result. ``total`` is the exact fraction as text, such as 245/3."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="rankings")
    round = models.SmallIntegerField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    place = models.SmallIntegerField(null=True)  # none below the threshold or a floor
    total = models.CharField(max_length=40)
    points: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    below_floor: models.JSONField[list[str], list[str]] = models.JSONField()
    vision_agreement = models.SmallIntegerField()
    core_missing = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "round", "proposal"], name="ranked_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.total}"


class Candidacy(AppendOnly):
    """Who proposed which candidate, when."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="candidacies")
    minutes_number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.proposal_id}"
