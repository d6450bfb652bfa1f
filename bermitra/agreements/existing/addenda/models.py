"""An addendum to an agreement from before, the scan of its signed print, and who compared it."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q

from bermitra.agreements.existing.addenda.rules import ASSET_FORMS, FLOW, LABELS, OVER
from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.models.scanning import ComparedScan, Scanned
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile

# What the partner and the meeting agree to; the numbers, the day and the place are the paper's.
TERMS = (
    "reason", "touches", "changes", "ends_on", "value", "asset_form", "permit_number", "evaluated_on", "evaluation",
)  # fmt: skip


def _code() -> str:
    return new_code(10)


class EarlierAddendum(models.Model):
    """What shall hold instead. ``changes``: article, page of the scan, before, after. ``ends_on`` and ``value`` are what the
    record says from then on, ``None`` where they stay; ``held`` keeps what they were
    when it was proposed, and from then on what they were when it came to hold."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    earlier = models.ForeignKey(EarlierAgreement, on_delete=models.PROTECT, related_name="addenda")
    number = models.SmallIntegerField()  # the nth that was proposed
    state = models.CharField(max_length=10)
    reason = models.TextField()
    touches: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    changes: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    ends_on = models.DateField(null=True)
    value = models.BigIntegerField(null=True)
    asset_form = models.CharField(max_length=10, choices=list(ASSET_FORMS.items()), blank=True)
    permit_number = models.CharField(max_length=80, blank=True)
    evaluated_on = models.DateField(null=True)
    evaluation = models.TextField(blank=True)
    held: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    offered_by = models.CharField(max_length=10, blank=True)  # code of the head who stands behind it
    agreed_by = models.CharField(max_length=10, blank=True)  # and of the partner's signatory, where it has an account
    partner_signer = models.CharField(max_length=120, blank=True)  # as typed, where it has none
    partner_office = models.CharField(max_length=120, blank=True)
    partner_mandate = models.CharField(max_length=160, blank=True)
    village_number = models.CharField(max_length=60, blank=True)
    partner_number = models.CharField(max_length=60, blank=True)
    made_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="earlier_addendum")
    pages = models.SmallIntegerField(default=0)
    left_because = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=13)
    in_force_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "number"], name="earlier_addendum_once"),
            models.UniqueConstraint(
                fields=["earlier"], condition=~Q(state__in=sorted(OVER)), name="one_earlier_addendum_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=sorted(FLOW.states)), name="earlier_addendum_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=("locked", "in_force")) | Q(paper__isnull=False, made_on__isnull=False),
                name="locked_earlier_addendum_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} adendum {self.number}"

    def reach(self) -> Reach:
        return self.earlier.reach()

    @property
    def text_hash(self) -> str:
        """Of what is agreed to and decided on, whoever bears which name today."""
        said = {name: getattr(self, name) for name in TERMS}
        text = json.dumps([self.code, said], sort_keys=True, ensure_ascii=False, default=date.isoformat)
        return sha256(text.encode()).hexdigest()

    @property
    def registered(self) -> StoredFile | None:
        """The file whose print is signed."""
        return self.paper.file if self.paper else None

    @property
    def said(self) -> str:
        return LABELS[self.state][0]

    @property
    def waiting(self) -> str:
        return LABELS[self.state][1]


class EarlierAddendumScan(Scanned):
    """The scan of an addendum that was signed with ink."""

    addendum = models.ForeignKey(EarlierAddendum, on_delete=models.PROTECT, related_name="scans")

    def __str__(self) -> str:
        return f"{self.addendum_id} {self.at:%Y-%m-%d}"


class EarlierAddendumConfirmation(ComparedScan):
    """One person compared the scan with the locked addendum, page by page."""

    scan = models.ForeignKey(EarlierAddendumScan, on_delete=models.PROTECT, related_name="confirmations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "by"], name="earlier_addendum_confirmed_once_by_each")]

    def __str__(self) -> str:
        return f"{self.scan_id} {self.by}"
