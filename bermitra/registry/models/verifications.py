"""A due diligence from its first answer to a verdict, and every verdict with what it was computed from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.registry.models.codes import _code
from bermitra.registry.models.partners import Partner
from bermitra.registry.rules import UNDER_WAY, State


class Verification(models.Model):
    """One due diligence of a partner, from its first answer to a verdict; ``region`` is whose officers look at it.

    ``facts`` are what the partner declares of itself, ``answers`` by question, ``reasons`` by question for every no.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="verifications")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=30, choices=[(each.value, each.value) for each in State], default=State.DRAFT.value
    )
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    reasons: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    reviewer = models.CharField(max_length=10, blank=True)  # code of the officer who took it
    repair_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(state__in=[each.value for each in UNDER_WAY]),
                name="verification_one_under_way",
            ),
        ]
        indexes = [models.Index(fields=["region", "state"], name="verification_desk")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(
            region=self.region_id,
            parties=frozenset({self.partner.code}),
            assigned=frozenset({self.reviewer} if self.reviewer else ()),
        )


class VerdictRecord(AppendOnly):
    """A verdict with all it was computed from, so that it can be computed again. The newest counts.

    ``stale_on`` is the first day on which it no longer serves.
    """

    verification = models.ForeignKey(Verification, on_delete=models.PROTECT, related_name="verdicts")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=30)
    flags: models.JSONField[list[str], list[str]] = models.JSONField()
    repairs: models.JSONField[list[str], list[str]] = models.JSONField()
    counts: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField()
    inputs: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    book_version = models.SmallIntegerField()
    concluded_on = models.DateField()
    stale_on = models.DateField()
    concluded_at = models.DateTimeField()
    concluded_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["partner", "concluded_at"], name="verdict_record_newest")]

    def __str__(self) -> str:
        return f"{self.verdict} {self.concluded_on}"
