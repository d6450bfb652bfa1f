"""What is raised against a partner, its reply, and what two people found; nothing of it is ever taken away."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.flow import Label
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.registry.models.codes import _code
from bermitra.registry.models.partners import Partner
from bermitra.registry.rules import FLAG_LABELS, FlagState


class RiskFlag(models.Model):
    """Something seen of a partner that would stop it. ``kind`` is a flag of the book that rests on a fact.

    ``region`` is the village or regency where it was seen: its regency decides. A ``round`` begins when it is raised and
    each time it is opened again. ``proven`` is the last decision, which holds while a new round runs; proven, it is a
    fact of the due diligence before ``counts_until``.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="risk_flags")
    kind = models.CharField(max_length=40)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in FlagState])
    seen = models.TextField()
    source = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=13)
    raised_as = models.CharField(max_length=30)  # the office it was raised in: the partner reads this, not the name
    round = models.SmallIntegerField(default=1)
    round_on = models.DateField()
    due_on = models.DateField()  # the last day of the reply; then, of the decision
    escalated_at = models.DateTimeField(null=True)
    proven = models.BooleanField(null=True)
    decided_on = models.DateField(null=True)
    counts_until = models.DateField(null=True)  # the first day on which it counts no more

    class Meta:
        indexes = [models.Index(fields=["partner", "state"], name="risk_flag_of_partner")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(proven=True) | Q(decided_on__isnull=False, counts_until__isnull=False),
                name="risk_flag_proven_has_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    def reach(self) -> Reach:
        return Reach(region=self.region_id, parties=frozenset({self.partner.code}))

    @property
    def label(self) -> Label:
        return FLAG_LABELS[self.state]

    def counts_on(self, day: date) -> bool:
        return self.proven is True and self.counts_until is not None and day < self.counts_until


class FlagReply(AppendOnly):
    """What the partner answers in a round."""

    flag = models.ForeignKey(RiskFlag, on_delete=models.PROTECT, related_name="replies")
    round = models.SmallIntegerField()
    text = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField()
    replied_by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flag", "round"], name="flag_reply_once_a_round")]

    def __str__(self) -> str:
        return f"reply to {self.flag_id}"


class FlagReview(AppendOnly):
    """What one person found in a round. A decision is two of one opinion: counted from these rows, never kept as a number."""

    flag = models.ForeignKey(RiskFlag, on_delete=models.PROTECT, related_name="reviews")
    round = models.SmallIntegerField()
    proven = models.BooleanField()
    reason = models.CharField(max_length=500)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=13)
    reviewed_as = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flag", "round", "reviewed_by"], name="flag_review_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.proven} on {self.flag_id}"


class FlagReopening(AppendOnly):
    """Why a decided flag was opened again: new facts."""

    flag = models.ForeignKey(RiskFlag, on_delete=models.PROTECT, related_name="reopenings")
    round = models.SmallIntegerField()  # the one that it begins
    reason = models.TextField()
    reopened_at = models.DateTimeField()
    reopened_by = models.CharField(max_length=13)
    reopened_as = models.CharField(max_length=30)

    def __str__(self) -> str:
        return f"reopening of {self.flag_id}"
