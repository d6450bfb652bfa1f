"""What happens to an agreement while it runs, kept beside it: nothing that was signed is written anew."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bermitra.agreements.changing.rules import CAUSES, SUSPENSION_FLOW, SUSPENSION_LABELS
from bermitra.agreements.models.drafting import Agreement, Content, _code
from bermitra.agreements.rules import PARTIES
from bermitra.foundation.commands.act import Reach


class Suspension(models.Model):
    """A time in which the agreement rests: asked for by one side, agreed to by the other, with a last day.

    ``frozen`` are the duties that rest, as they read when it was asked for; ``goes_on`` says what is done all the same.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="suspensions")
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))  # that asked
    cause = models.CharField(max_length=20, choices=list(CAUSES.items()))
    happened_on = models.DateField()
    reason = models.TextField()
    frozen: models.JSONField[list[Content], list[Content]] = models.JSONField(default=list)
    goes_on = models.TextField(blank=True)
    until = models.DateField()
    moves_dues = models.BooleanField(default=True)  # whether due days move by the time it rested
    state = models.CharField(max_length=10, choices=list(SUSPENSION_LABELS.items()))
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # the first day on which it went on
    answer = models.TextField(blank=True)  # why it was refused, or how it goes on
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(SUSPENSION_FLOW.states)), name="suspension_state_known"
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state__in=("proposed", "resting")), name="one_suspension_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="suspension_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.cause}"

    def reach(self) -> Reach:
        return self.agreement.reach()
