"""What partners offer to villages: the offer, its abilities, and where it reaches."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region
from bermitra.needs.models.codes import _code
from bermitra.registry.models import Partner


class Offer(models.Model):
    """What a partner brings to villages, what it seeks in return, where, for how many of them, and until when.

    ``places`` are those still free, ``held`` those of them that wait for the answers to an introduction, ``places_taken`` those
    that villages have; ``budget_low`` and ``budget_high`` are whole rupiah for one village over the whole term. ``forms`` are
    codes of the book of forms of cooperation, ``seeks`` codes of interests, ``risks`` codes of risks that it brings, ``goals``
    goals of SDGs Desa (1 to 18). ``gifts_to_persons`` is None until the partner has said whether it gives anything to persons.
    An offer counts through ``valid_until``.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    brings = models.TextField(blank=True)
    forms: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    seeks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    goals: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    vision = models.TextField(blank=True)
    risks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    everywhere = models.BooleanField(default=False)
    places = models.IntegerField(null=True)
    places_taken = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    budget_low = models.BigIntegerField(null=True)
    budget_high = models.BigIntegerField(null=True)
    term_months = models.SmallIntegerField(null=True)
    conditions = models.TextField(blank=True)
    gifts_to_persons = models.BooleanField(null=True)
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=10, default="draft")
    why = models.CharField(max_length=300, blank=True)  # of a pause or a withdrawal
    published_at = models.DateTimeField(null=True)  # the first time
    rewritten = models.BooleanField(default=False)  # since it was published last
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [
            models.Index(fields=["partner", "state"], name="offer_partner"),
            models.Index(fields=["state", "-published_at", "code"], name="offer_newest"),
            models.Index(fields=["state", "valid_until"], name="offer_ending"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=0, places_taken__gte=0), name="offer_places_possible"),
            models.CheckConstraint(
                condition=Q(budget_low__isnull=True, budget_high__isnull=True)
                | Q(budget_low__gte=0, budget_high__gte=F("budget_low")),
                name="offer_budget_interval",
            ),
            models.CheckConstraint(condition=Q(term_months__gte=1), name="offer_term_positive"),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return self.partner.reach()


class OfferAbility(models.Model):
    """How far an offer helps in one sector: the partner's own word until the regency of its register has looked."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="abilities")
    sector = models.CharField(max_length=30)
    level = models.SmallIntegerField()  # 25, 50, 75 or 100
    what = models.CharField(max_length=300)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=13, blank=True)
    verified_in = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    verified_reason = models.CharField(max_length=300, blank=True)  # published

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "sector"], name="offer_ability_once"),
            models.CheckConstraint(condition=Q(level__in=[25, 50, 75, 100]), name="offer_ability_level"),
        ]

    def __str__(self) -> str:
        return f"{self.sector} {self.level}"

    def reach(self) -> Reach:
        return self.offer.reach()


class OfferArea(models.Model):
    """A province or a regency that an offer reaches."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="areas")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "region"], name="offer_area_once")]

    def __str__(self) -> str:
        return self.region_id

    def reach(self) -> Reach:
        return self.offer.reach()
