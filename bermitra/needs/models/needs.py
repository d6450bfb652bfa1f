"""What residents lack, and what was said about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.needs.models.codes import _code


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
    # Whole rupiah that meeting it takes: from the smallest useful step to all of it.
    cost_low = models.BigIntegerField(null=True)
    cost_high = models.BigIntegerField(null=True)
    goals: models.JSONField[list[int], list[int]] = models.JSONField(default=list)  # of SDGs Desa, 1 to 18
    groups: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # of residents whom it touches most
    theme = models.CharField(max_length=30, blank=True)
    idm_indicator = models.CharField(max_length=5, blank=True)
    # Where it was drafted from a published score and still says what the score says: the year and the score.
    index_year = models.SmallIntegerField(null=True)
    index_score = models.SmallIntegerField(null=True)
    # Empty while the figures are only the village's word. Without a name it was the published score that said it.
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=13, blank=True)
    state = models.CharField(max_length=12, default="draft")
    rank = models.SmallIntegerField(null=True)  # in the priorities of the year that were set
    next_year = models.SmallIntegerField(null=True)  # of a deferred need: when it is discussed again
    deferrals = models.SmallIntegerField(default=0)  # how often it was carried to a later year
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    why = models.CharField(max_length=300, blank=True)  # of a deferral, a withdrawal, a merging, or that it is met
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
            models.CheckConstraint(
                condition=Q(cost_low__isnull=True, cost_high__isnull=True)
                | Q(cost_low__gte=1, cost_high__gte=F("cost_low")),
                name="need_cost_interval",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="need_merged_into_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)

    @property
    def beneficiaries(self) -> int:
        return self.male + self.female


class Voice(AppendOnly):
    """What a hamlet's meeting or a group of residents said about a need: sums and words, no names.

    It stays with the need that it was said about, also where that one is merged into another.
    """

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="voices")
    hamlet = models.CharField(max_length=60)
    group = models.CharField(max_length=30, blank=True)  # an element of the community; empty: the whole hamlet
    people = models.IntegerField()
    text = models.TextField()
    heard_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="voice_of_somebody")]

    def __str__(self) -> str:
        return f"{self.hamlet}: {self.people}"

    def reach(self) -> Reach:
        return self.need.reach()
