"""The words that a partner proposes to many villages."""

from __future__ import annotations

from typing import Any

from django.db import models

from bermitra.agreements.models.drafting import Agreement, _code
from bermitra.foundation.commands.act import Reach
from bermitra.partnership.models import Case
from bermitra.registry.models import Partner


class Batch(models.Model):
    """Blanks and wordings of one text, for other texts of the same partner in the same form. Topics are each village's own."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="batches")
    title = models.CharField(max_length=200)
    form = models.CharField(max_length=20)
    pattern = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")  # the text they were taken from
    blanks: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    wording: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    cases = models.ManyToManyField(Case, related_name="batches")
    example = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(parties=frozenset({self.partner.code}))
