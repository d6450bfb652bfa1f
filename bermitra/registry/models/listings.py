"""The sanction register and the watch-list, and who looked whether a listed name is a partner."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.registry.models.codes import _code
from bermitra.registry.models.partners import Partner


class Listing(AppendOnly):
    """A body under sanction or watched, by name; with ``partner`` where it is known to be that one."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    name = models.CharField(max_length=160)
    legal_name_key = models.CharField(max_length=200, db_index=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="listings")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")  # the regency that listed it
    source = models.CharField(max_length=160)
    basis = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)
    listed_at = models.DateTimeField()
    listed_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="listing_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(region=self.region_id)


class ListingLift(AppendOnly):
    """A listing that no longer holds, and why."""

    listing = models.OneToOneField(Listing, on_delete=models.PROTECT, related_name="lift")
    reason = models.CharField(max_length=300)
    lifted_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"lift of {self.listing_id}"


class MatchReview(AppendOnly):
    """Somebody looked whether a listed name is this partner; a reviewed non-match is remembered. The newest counts."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="reviews")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="match_reviews")
    same = models.BooleanField()
    reason = models.CharField(max_length=300)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.listing_id} {self.partner_id} {self.same}"
