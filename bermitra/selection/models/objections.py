"""What was said against a result."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.flow import Label
from bermitra.registry.models import Partner
from bermitra.selection.models.calls import Call
from bermitra.selection.models.codes import _code
from bermitra.selection.rules import OBJECTION, OBJECTION_LABELS


class Objection(models.Model):
    """An objection to a provisional result, by a partner or a resident, and what was answered."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="objections")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=12, choices=[(key, label.public) for key, label in OBJECTION_LABELS.items()])
    answer = models.TextField(blank=True)
    filed_at = models.DateTimeField()
    by = models.CharField(max_length=13)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(OBJECTION.states)), name="objection_state_known"),
            models.CheckConstraint(condition=Q(state="filed") | ~Q(answer=""), name="objection_answered_with_words"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> Label:
        return OBJECTION_LABELS[self.state]

    def reach(self) -> Reach:
        return self.call.reach()
