"""Needs and potentials of a village, and the priorities that its Musyawarah sets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region


def _code() -> str:
    return new_code(10)


class Need(models.Model):
    """What residents lack, in their own words, with how many it touches and where the figures come from."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    hamlet = models.CharField(max_length=60, blank=True)
    location = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    sector = models.CharField(max_length=30)
    severity = models.SmallIntegerField()
    male = models.IntegerField(default=0)
    female = models.IntegerField(default=0)
    households = models.IntegerField(default=0)
    poor_households = models.IntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)
    idm_indicator = models.CharField(max_length=5, blank=True)
    state = models.CharField(max_length=12, default="draft")
    rank = models.SmallIntegerField(null=True)  # in the priorities of the year that were set
    next_year = models.SmallIntegerField(null=True)  # of a deferred need: when it is discussed again
    why = models.CharField(max_length=300, blank=True)  # of a deferral or a withdrawal
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="need_village")]
        constraints = [
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=5), name="need_severity_one_to_five"),
            models.CheckConstraint(
                condition=Q(male__gte=0, female__gte=0, households__gte=0, poor_households__gte=0),
                name="need_counts_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)

    @property
    def beneficiaries(self) -> int:
        return self.male + self.female


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
    state = models.CharField(max_length=10, default="draft")
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="potential_village")]
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="potential_quantity_positive")]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


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
