"""What was corrected in a village's own records, which tables were loaded into them, and which reports are overdue."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region


class Correction(AppendOnly):
    """One record of a village, changed or taken out: what it said before and why. The journal holds no words; this does.

    ``about`` is the record as the journal names it; ``changed`` holds, by column, what stood there and what stands now.
    """

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="corrections")
    about = models.CharField(max_length=80)  # "planline:7K3M9QXD2A"
    called = models.CharField(max_length=200)  # how the record was called on that day
    changed: models.JSONField[dict[str, list[Any]], dict[str, list[Any]]] = models.JSONField()
    withdrawn = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    corrected_at = models.DateTimeField()
    corrected_by = models.CharField(max_length=13)

    class Meta:
        indexes = [
            models.Index(fields=["village", "-id"], name="correction_of_village"),
            models.Index(fields=["about", "-id"], name="correction_about"),
        ]

    def __str__(self) -> str:
        return f"correction of {self.about}"


class VillageTable(AppendOnly):
    """A table that a village loaded into its records: the file, what came of it, and when."""

    class Kind(models.TextChoices):
        RPJM = "rpjm", "RPJM Desa"
        RKP = "rkp", "RKP Desa"
        ASSETS = "assets", _("Aset desa")

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="loaded_tables")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    year = models.SmallIntegerField(default=0)  # of the plan; assets have none
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added = models.IntegerField()
    changed = models.IntegerField()
    unchanged = models.IntegerField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "kind", "year", "file"], name="village_table_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.village_id}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class OverdueReport(models.Model):
    """A yearly report on cooperation that a village owes. ``monitoring`` opens it and closes it; RG-17 counts the open."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="overdue_reports")
    year = models.SmallIntegerField()
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "year"], condition=Q(closed_at=None), name="overdue_report_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.year} of {self.village_id}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)
