"""The order of a year's needs, as it is put before a Musyawarah and set there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region
from bermitra.needs.models.codes import _code
from bermitra.needs.models.needs import Need


class PriorityList(models.Model):
    """The needs of a year in the order that is put before a Musyawarah. ``hash`` is of the rows as they were tabled."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Disusun")
        TABLED = "tabled", _("Dibahas Musyawarah")
        SET = "set", _("Ditetapkan")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["village", "year"], name="priority_list_village")]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class PriorityRow(models.Model):
    list = models.ForeignKey(PriorityList, on_delete=models.PROTECT, related_name="rows")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="rows")
    rank = models.SmallIntegerField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "need"], name="need_once_in_list"),
            models.UniqueConstraint(fields=["list", "rank"], name="rank_once_in_list"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.need_id}"

    def reach(self) -> Reach:
        return self.list.reach()
