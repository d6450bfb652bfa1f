"""A partner's own offer: asking others for rival offers, and the village's written answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.partnership.models import Case
from bermitra.selection.models.codes import _code


class RivalCall(models.Model):
    """The village asks other partners for an offer for the same need, before it takes one that came by itself to its meeting.

    What it asks, why and until when is for everybody; nobody reads a rival's offer before the opening with minutes.
    ``village_ticks`` are the statements of vision that the village stands by, said before any rival is read.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rival_call")
    asks = models.TextField()
    reason = models.TextField()
    village_ticks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    called_at = models.DateTimeField()
    called_by = models.CharField(max_length=13)
    deadline = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opening_minutes = models.CharField(max_length=60, blank=True)
    opening_witnesses: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # names, never public
    closed_at = models.DateTimeField(null=True)
    chosen = models.CharField(max_length=10, blank=True)  # code of the proposal that goes on; empty: none
    closed_because = models.TextField(blank=True)  # why this one, or why none: for everybody
    closed_by = models.CharField(max_length=13, blank=True)

    class Meta:
        indexes = [models.Index(fields=["closed_at", "deadline"], name="rival_call_by_deadline")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at=None) | ~Q(opening_minutes=""), name="rivals_opened_with_minutes"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(closed_because=""), name="comparison_closed_with_words"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(region=self.case.village_id)


class WrittenAnswer(AppendOnly):
    """The village's written answer to a partner about its own offer."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="written_answer")
    letter_number = models.CharField(max_length=60)
    minutes_number = models.CharField(max_length=60)
    text = models.TextField()
    due_on = models.DateField(null=True)  # the last of the days that the regency allows after the meeting
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return self.letter_number

    @property
    def days_late(self) -> int:
        return max(0, (localdate(self.at) - self.due_on).days) if self.due_on else 0
