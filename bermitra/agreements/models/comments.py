"""What a side says about a place of the text without changing it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bermitra.agreements.models.drafting import Agreement
from bermitra.agreements.rules import PARTIES


class DraftComment(models.Model):
    """A comment on an article, or on the whole text where ``place`` is empty. The other side answers it; the side that made
    it settles it, on the version that then stands."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="comments")
    number = models.SmallIntegerField()
    place = models.CharField(max_length=60, blank=True)  # code of the article
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))
    text = models.TextField()
    version = models.SmallIntegerField()  # that was read
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=13, blank=True)
    settled_in = models.SmallIntegerField(null=True)  # version
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=13, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="draft_comment_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="answered_comment_has_answer",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_in=None) | Q(settled_at__isnull=False, settled_in__isnull=False),
                name="settled_comment_names_version",
            ),
        ]

    def __str__(self) -> str:
        return self.text
