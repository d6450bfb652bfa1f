"""What the panel found outside the papers, and what was said where levels lie apart."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.selection.models.calls import Call
from bermitra.selection.models.codes import _code
from bermitra.selection.models.proposals import Proposal
from bermitra.selection.rules import VISITS


class SiteVisit(AppendOnly):
    """What the panel saw at a partner's, or was told by it, after the opening: beside the proposal for all who score it."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=10, choices=list(VISITS.items()))
    day = models.DateField()
    place = models.CharField(max_length=200)
    present: models.JSONField[list[str], list[str]] = models.JSONField()  # names, never public
    found = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=sorted(VISITS)), name="site_visit_kind_known")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.proposal.reach()


class Moderation(AppendOnly):
    """One sitting over the levels of a round. ``again``: the panel found that all score all once more, and why."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="moderations")
    round = models.SmallIntegerField()
    again = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(again=False) | ~Q(reason=""), name="another_round_with_words"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.round}"

    def reach(self) -> Reach:
        return self.call.house()


class ModerationPoint(AppendOnly):
    """What was said of one criterion of one proposal, whose levels lie apart. The newest word of a round counts."""

    moderation = models.ForeignKey(Moderation, on_delete=models.PROTECT, related_name="points")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="moderated")
    criterion = models.CharField(max_length=30)
    note = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moderation", "proposal", "criterion"], name="moderated_once_a_sitting"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.criterion}"
