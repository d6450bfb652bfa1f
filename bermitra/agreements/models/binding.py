"""What it binds to: written when the text is locked, and never changed after it was signed: an addendum ends and begins rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.models.drafting import Agreement, Content, _code
from bermitra.agreements.rules import PARTIES
from bermitra.registry.models import VillageAsset


class BetweenAddenda(models.Model):
    """A row that holds from one addendum on (none: from the beginning) until another one ends it. It is never rewritten."""

    since = models.ForeignKey("agreements.Amendment", on_delete=models.PROTECT, null=True, related_name="+")
    until = models.ForeignKey("agreements.Amendment", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Obligation(BetweenAddenda):
    """A right or a duty of a side, measurable: who, what, by when, shown by what, looked at by whom, or else what."""

    class Kind(models.TextChoices):
        RIGHT = "right", _("Hak")
        DUTY = "duty", _("Kewajiban")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="obligations")
    number = models.SmallIntegerField()
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))
    kind = models.CharField(max_length=5, choices=Kind.choices)
    text = models.TextField()
    due_on = models.DateField(null=True)
    period = models.CharField(max_length=80, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    checker = models.CharField(max_length=120, blank=True)
    sanction = models.CharField(max_length=200, blank=True)
    amount = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="obligation_once")]

    def __str__(self) -> str:
        return self.text


class FundingLine(BetweenAddenda):
    """Where a part of the money or of the goods comes from, and by which way."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="funding")
    number = models.SmallIntegerField()
    source = models.CharField(max_length=160)
    amount = models.BigIntegerField()
    apbdes_code = models.CharField(max_length=10, blank=True)
    channel = models.CharField(max_length=30)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="funding_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_not_negative"),
        ]

    def __str__(self) -> str:
        return self.source


class LimitLine(BetweenAddenda):
    """What neither side may do."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="limits")
    number = models.SmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="limit_once")]

    def __str__(self) -> str:
        return self.text


class SanctionLine(BetweenAddenda):
    """What follows on what breach, and within how many days it may be made good."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="sanctions")
    number = models.SmallIntegerField()
    breach = models.TextField()
    sanction = models.TextField()
    days = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="sanction_once")]

    def __str__(self) -> str:
        return self.breach


class AssetUse(BetweenAddenda):
    """A village asset that is put to use, in which form and for how long."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="asset_uses")
    asset = models.ForeignKey(VillageAsset, on_delete=models.PROTECT, null=True, related_name="uses")
    name = models.CharField(max_length=160)
    form = models.CharField(max_length=20)
    years = models.SmallIntegerField()

    def __str__(self) -> str:
        return self.name


class Annex(BetweenAddenda):
    """A table that is signed with the text: work plan, budget, indicators. ``delivery`` starts from it."""

    class Kind(models.TextChoices):
        WORK_PLAN = "work_plan", _("Rencana kerja")
        BUDGET = "budget", _("Rencana anggaran")
        INDICATORS = "indicators", _("Indikator")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="annexes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    rows: models.JSONField[list[Content], list[Content]] = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "kind"], condition=Q(until=None), name="annex_once")
        ]

    def __str__(self) -> str:
        return self.kind
