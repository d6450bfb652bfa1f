"""What a regency set: numbers and words with their basis, and switches of rules. Rows only grow; the newest counts."""

from __future__ import annotations

from django.db import models

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region


class RegencyNorm(AppendOnly):
    """A value in force in a regency from a day on."""

    regency = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    value = models.JSONField()
    basis = models.CharField(max_length=200)
    effective_from = models.DateField()
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["regency", "name", "effective_from"], name="regency_norm")]

    def __str__(self) -> str:
        return f"{self.name} {self.regency_id} {self.effective_from}"

    def reach(self) -> Reach:
        return Reach(region=self.regency_id)


class RuleSwitch(AppendOnly):
    """A regency's word on a rule: its unverified basis is confirmed, or a rule of the product is switched off or on."""

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed"
        OFF = "off"
        ON = "on"

    regency = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    basis = models.CharField(max_length=200)
    effective_from = models.DateField()
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["regency", "rule", "effective_from"], name="rule_switch")]

    def __str__(self) -> str:
        return f"{self.rule} {self.kind} {self.regency_id}"

    def reach(self) -> Reach:
        return Reach(region=self.regency_id)
