"""What was said of things that a partner and officials of a village share. What is shared is found, never kept."""

from __future__ import annotations

from django.db import models

from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.registry.models.partners import Partner


class ConflictExplanation(AppendOnly):
    """The partner says what a found item is. ``item`` is its key: other data make another item, that is explained
    anew."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="conflict_explanations")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=12)
    text = models.CharField(max_length=500)
    explained_at = models.DateTimeField()
    explained_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["item"], name="conflict_explained_item")]

    def __str__(self) -> str:
        return f"explanation of {self.item}"


class ConflictReview(AppendOnly):
    """Somebody without the conflict looked at it. The newest counts; ``kind`` is what was shared."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="conflict_reviews")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=12)
    kind = models.CharField(max_length=10)
    acceptable = models.BooleanField()
    tie = models.BooleanField()  # a real tie that was declared, and not a mistake or another person of this name
    reason = models.CharField(max_length=500)
    until = models.DateField()  # the last day of the office on the village's side
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["item"], name="conflict_reviewed_item")]

    def __str__(self) -> str:
        return f"review of {self.item}"
