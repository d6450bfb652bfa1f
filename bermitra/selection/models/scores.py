"""What the panel wrote, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bermitra.foundation.journal.models import AppendOnly
from bermitra.selection.models.calls import Call, Panelist
from bermitra.selection.models.codes import Json
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
    # Keys of the seats whose levels counted; none in rounds of before this was kept.
    counted: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
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


class Feedback(AppendOnly):
    """What a partner that was not proposed gets: its own sheet of the round with the reasons, without the scorers' names.

    ``data`` as ``queries.feedback.sheets`` gives it. A copy and no reference: it stays as it was sent.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="feedback")
    round = models.SmallIntegerField()
    data: models.JSONField[Json, Json] = models.JSONField()
    words = models.TextField(blank=True)  # of the panel, beside the sheet
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "round"], name="feedback_once_a_round")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.round}"


class GuardList(models.Model):
    """The guards of the award of a call as they stood when they were asked last (``queries.guards``), for every page alike.

    Derived, and no record: it is asked again after each act that can change it and on each new day, and written only where it
    differs, so that its ``at`` tells nothing of acts that are still sealed. Once the call is awarded it stays. ``lines``: one a
    guard, ``code``, ``holds`` and the ``numbers`` of its sentence.
    """

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="guard_list")
    lines: models.JSONField[list[Json], list[Json]] = models.JSONField()
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="guards_changed_last")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.day}"
