"""What a village is after, and what it will not have."""

from __future__ import annotations

from django.db import models

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region
from bermitra.needs.models.codes import _code


class VillageAims(models.Model):
    """Goals that a village follows, and risks that it will not have: codes of ``data/risks.yaml``."""

    village = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="aims")
    goals: models.JSONField[list[int], list[int]] = models.JSONField(default=list)  # of SDGs Desa, 1 to 18
    vetoes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    example = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=13)

    class Meta:
        verbose_name_plural = "village aims"

    def __str__(self) -> str:
        return self.village_id

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class VetoLift(models.Model):
    """A proposal to lift one veto of a village. Its Musyawarah decides on the words of which ``hash`` is kept."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    veto = models.CharField(max_length=30)
    why = models.CharField(max_length=300)
    hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="proposed")
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="veto_lift_village")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.veto}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)
