"""What was said against a result, and what was answered."""

from __future__ import annotations

from dataclasses import replace

from django.db import models
from django.db.models import Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.flow import Label
from bermitra.foundation.journal.models import AppendOnly
from bermitra.registry.models import Partner
from bermitra.selection.models.calls import Call
from bermitra.selection.models.codes import _code
from bermitra.selection.rules import OBJECTION, OBJECTION_LABELS, OBJECTION_STEPS, OPEN_OBJECTIONS


class Objection(models.Model):
    """An objection to a provisional result, by a partner or a resident, as it stands now; each word is a step of its own.

    ``text`` is what was filed; ``answer``, ``answered_at`` and ``answered_by`` are of the newest answer.
    """

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
            models.CheckConstraint(
                condition=Q(state__in=("filed", "withdrawn")) | ~Q(answer=""), name="objection_answered_with_words"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> Label:
        return OBJECTION_LABELS[self.state]

    @property
    def waits(self) -> bool:
        """For an answer; nothing is awarded meanwhile."""
        return self.state in OPEN_OBJECTIONS

    def reach(self) -> Reach:
        """Of the house that answers, and of whoever objected: a partner, or one resident alone."""
        if self.partner is not None:
            return replace(self.call.house(), parties=frozenset({self.partner.code}))
        return replace(self.call.house(), person=self.by)


class ObjectionStep(AppendOnly):
    """One word in an objection: filed, answered, appealed, answered again, or withdrawn.

    ``due_on``: until when a step that waits for an answer wants one. An answer after that day is late, and stays so.
    """

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=list(OBJECTION_STEPS.items()))
    words = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        ordering = ["pk"]
        constraints = [
            # A second appeal never slips in, however quickly it follows the first.
            models.UniqueConstraint(fields=["objection"], condition=Q(kind="appealed"), name="objection_appealed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id} {self.kind}"
