"""Where an agreement stands in a chain."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bermitra.agreements.chains.rules import AGREEMENT, LEVELS
from bermitra.agreements.models.drafting import Agreement
from bermitra.foundation.commands.act import Reach


class ChainPlace(models.Model):
    """The level of an agreement and the one it is made under. An agreement without a place is one that stands alone.

    While the text is drafted, its newest version says the same; the words of the text are made from that.
    """

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="chain")
    level = models.CharField(max_length=3, choices=list(LEVELS.items()), default=AGREEMENT)
    under = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="made_under")
    end_told_at = models.DateTimeField(null=True)  # that the one above has ended

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=sorted(LEVELS)), name="chain_level_known"),
            models.CheckConstraint(condition=Q(under=None) | ~Q(under=F("agreement")), name="chain_not_under_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.level}"

    def reach(self) -> Reach:
        return self.agreement.reach()
