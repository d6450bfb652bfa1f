"""What passes from one side to the other, how it was received, and where the village's inventory holds it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bermitra.delivery.handing.rules import (
    CONDITIONS,
    GIVERS,
    HANDOVER_FLOW,
    HANDOVER_LABELS,
    VERDICTS,
    Verdict,
    measured,
)
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.flow import Label
from bermitra.foundation.journal.models import AppendOnly
from bermitra.partnership.models import Case
from bermitra.registry.models import VillageAsset


def _code() -> str:
    return new_code(10)


class GoodsHandover(models.Model):
    """One handing over on one day. The side that gives writes it; the other one answers row by row, and then there is ``paper``.

    It hangs on the case, not on the agreement: what was given without any paper has none of ours behind it.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    giver = models.CharField(max_length=3, choices=list(GIVERS.items()))
    number = models.CharField(max_length=60)  # of the paper, as the side that gives numbers its papers
    on = models.DateField()
    place = models.CharField(max_length=120)
    keeper = models.CharField(max_length=160, blank=True)  # who keeps it up
    witness_one = models.CharField(max_length=120, blank=True)
    witness_two = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10)
    because = models.CharField(max_length=500, blank=True)  # why it was sent back, or withdrawn
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=13)
    # Who handed over, as it stood on that day.
    offered_at = models.DateTimeField(null=True)
    offered_by = models.CharField(max_length=13, blank=True)
    giver_name = models.CharField(max_length=120, blank=True)
    giver_office = models.CharField(max_length=30, blank=True)
    # Who received.
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=13, blank=True)
    receiver_name = models.CharField(max_length=120, blank=True)
    receiver_office = models.CharField(max_length=30, blank=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="goods_handover")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(HANDOVER_FLOW.states)), name="goods_handover_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="received") | Q(paper__isnull=False, received_at__isnull=False),
                name="received_handover_has_paper",
            ),
        ]
        indexes = [models.Index(fields=["case", "-on", "-id"], name="handover_newest")]

    def __str__(self) -> str:
        return self.number

    def reach(self) -> Reach:
        return self.case.reach()

    @property
    def label(self) -> Label:
        return HANDOVER_LABELS[self.state]

    @property
    def receiver(self) -> str:
        return "one" if self.giver == "two" else "two"


class HandoverItem(models.Model):
    """A row: goods, works or land. ``verdict`` and ``shortage`` are the receiving side's, written once."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    handover = models.ForeignKey(GoodsHandover, on_delete=models.PROTECT, related_name="items")
    number = models.SmallIntegerField()
    item_code = models.CharField(max_length=40, blank=True)  # kode aset, where it has one already
    name = models.CharField(max_length=160)
    make = models.CharField(max_length=160, blank=True)  # kind, brand, type
    quantity = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=20)
    value = models.BigIntegerField()
    condition = models.CharField(max_length=15, choices=list(CONDITIONS.items()))
    place = models.CharField(max_length=120, blank=True)
    proof = models.CharField(max_length=120, blank=True)  # of ownership
    for_village = models.BooleanField()  # becomes an asset of the village
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=12, choices=list(VERDICTS.items()), blank=True)
    shortage = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "number"], name="handover_item_number_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0, value__gte=0), name="handover_item_figures_possible"),
            models.CheckConstraint(
                condition=Q(verdict__in=("", Verdict.RECEIVED)) | ~Q(shortage=""), name="handover_shortage_is_said"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return self.handover.reach()

    @property
    def measure(self) -> str:
        return measured(self.quantity, self.unit)

    @property
    def came(self) -> bool:
        """Whether it passed over, with or without a shortage."""
        return self.verdict in (Verdict.RECEIVED, Verdict.SHORT)


class InventoryRecord(AppendOnly):
    """What became the village's stands in its inventory, and from now on among its assets here."""

    item = models.OneToOneField(HandoverItem, on_delete=models.PROTECT, related_name="inventory")
    asset = models.OneToOneField(VillageAsset, on_delete=models.PROTECT, related_name="handed_over")
    number = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.number
