"""The shortlists of a regency: asked for, computed beside the pages, read and never edited."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region
from bermitra.needs.models import Offer


def _code() -> str:
    return new_code(10)


class Shortlist(models.Model):
    """One computation of who fits whom in a regency, with everything that it was computed from said in numbers.

    ``weights`` are whole percents (village, partner, vision, unverified); ``hash`` is SHA-256 of the arrays that went in,
    ``rows_hash`` of the lists that came out. ``measures`` say how evenly villages are shown. Of a regency one is ready at a
    time; the rows of one that was replaced are let go, and what it was computed with stays. ``tries``: how often a worker has
    begun it, the last time at ``begun_at``; only the rows of the last try count.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Menunggu giliran")
        COMPUTING = "computing", _("Sedang dihitung")
        READY = "ready", _("Siap dibaca")
        REPLACED = "replaced", _("Sudah diganti")
        FAILED = "failed", _("Gagal dihitung")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    regency = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=13)
    step = models.SmallIntegerField(default=0)  # how far the worker has come
    tries = models.SmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    size = models.SmallIntegerField()  # entries of a list
    floor_slots = models.SmallIntegerField()  # of them for villages that are seldom shown
    weights = models.JSONField()
    computed_at = models.DateTimeField(null=True)
    hash = models.CharField(max_length=64, blank=True)
    rows_hash = models.CharField(max_length=64, blank=True)
    villages = models.IntegerField(default=0)
    offers = models.IntegerField(default=0)
    measures = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    failure = models.CharField(max_length=300, blank=True)
    example = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["regency", "state", "-id"], name="shortlist_of_regency")]
        constraints = [
            models.UniqueConstraint(
                fields=["regency"], condition=Q(state__in=("asked", "computing")), name="shortlist_waits_once"
            ),
            models.UniqueConstraint(fields=["regency"], condition=Q(state="ready"), name="shortlist_ready_once"),
            models.CheckConstraint(condition=Q(floor_slots__gte=0, size__gt=0), name="shortlist_size_positive"),
        ]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(region=self.regency_id)


class ShortlistRow(models.Model):
    """A place on a list: of a village (which offers fit it) or of an offer (which villages fit it).

    ``h``, ``a`` and ``b`` are millionths. ``reasons``: at most six, each with its points (they sum to ``h``), the field that it
    comes from, the code of its record, and whether that was verified. ``floor``: in a place kept for the seldom shown.
    """

    class Side(models.TextChoices):
        VILLAGE = "village", _("Daftar desa")
        OFFER = "offer", _("Daftar tawaran")

    shortlist = models.ForeignKey(Shortlist, on_delete=models.PROTECT, related_name="rows")
    side = models.CharField(max_length=8, choices=Side.choices)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    rank = models.SmallIntegerField()
    h = models.IntegerField()
    a = models.IntegerField()
    b = models.IntegerField()
    floor = models.BooleanField(default=False)
    reasons = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["village", "side", "rank"], name="shortlist_row_village"),
            models.Index(fields=["offer", "side", "rank"], name="shortlist_row_offer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "side", "village", "offer"], name="shortlist_pair_once"),
            models.CheckConstraint(condition=Q(rank__gte=1, h__gte=0, h__lte=1_000_000), name="shortlist_row_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.offer_id}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)
