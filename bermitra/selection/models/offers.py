"""The village's written answer to a partner's own offer."""

from __future__ import annotations

from django.db import models

from bermitra.foundation.journal.models import AppendOnly
from bermitra.partnership.models import Case


class WrittenAnswer(AppendOnly):
    """The village's written answer to a partner about its own offer."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="written_answer")
    letter_number = models.CharField(max_length=60)
    minutes_number = models.CharField(max_length=60)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return self.letter_number
