"""What a village has and could bring into a partnership."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.place import PLACES, Point
from bermitra.foundation.regions.models import Region
from bermitra.needs.models.codes import _code


class Potential(models.Model):
    """What the village has and could bring into a partnership, measured, with its limits."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    quantity = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    unit = models.CharField(max_length=40, blank=True)
    season = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    limit = models.CharField(max_length=300, blank=True)  # what nature allows
    culture_note = models.CharField(max_length=300, blank=True)
    strength = models.SmallIntegerField(null=True)  # a step of the scale in potentials.yaml: 0, 25, 50, 75 or 100
    place = models.CharField(max_length=120, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=PLACES, null=True)  # degrees; south is below zero
    longitude = models.DecimalField(max_digits=9, decimal_places=PLACES, null=True)  # degrees east
    # Rows of {"what", "amount"}: whole rupiah a year, None where nobody has reckoned it.
    costs: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    benefits: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    verified_at = models.DateTimeField(null=True)  # measure and strength, looked at by another than who wrote them
    verified_by = models.CharField(max_length=13, blank=True)
    state = models.CharField(max_length=10, default="draft")
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="potential_village")]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="potential_quantity_positive"),
            models.CheckConstraint(condition=Q(strength__in=[0, 25, 50, 75, 100]), name="potential_strength_step"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="potential_point",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)
