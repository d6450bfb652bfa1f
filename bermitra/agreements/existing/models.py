"""What the regency's list says of an agreement, and what the village records of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from bermitra.agreements.existing.rules import PROPOSAL_FLOW, PROPOSAL_LABELS, Completeness, completeness
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case

FILES = ("text_file", "decree_file", "minutes_file")


def _code() -> str:
    return new_code(10)


class ProposalLoad(AppendOnly):
    """A regency's list of running agreements that was handed over as a table."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    rows = models.IntegerField()
    skipped = models.IntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "file_hash"], name="agreement_list_once")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(region=self.region_id)


class ProposedAgreement(models.Model):
    """A row of such a list, waiting at its village. ``values`` are what was read, days as ISO text; empty is not known."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    load = models.ForeignKey(ProposalLoad, on_delete=models.PROTECT, related_name="proposals")
    row = models.IntegerField()
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    partner_name = models.CharField(max_length=160)
    values: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    state = models.CharField(max_length=10, choices=list(PROPOSAL_LABELS.items()))
    reason = models.CharField(max_length=500, blank=True)  # why it was declined
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="proposed")

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="proposed_at_village")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(PROPOSAL_FLOW.states)), name="proposed_state_known"),
            models.CheckConstraint(condition=~Q(state="taken") | Q(case__isnull=False), name="taken_has_case"),
        ]

    def __str__(self) -> str:
        return self.partner_name

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class EarlierAgreement(models.Model):
    """An agreement that ran before it was recorded. ``None`` and an empty text mean: not known."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="earlier")
    scope = models.TextField()
    sub_field = models.CharField(max_length=120, blank=True)
    further_villages: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # codes, beside the two
    number = models.CharField(max_length=80, blank=True)
    made_on = models.DateField(null=True)
    decree = models.CharField(max_length=80, blank=True)  # of the body between villages (SK BKD)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    value = models.BigIntegerField(null=True)
    beneficiaries = models.IntegerField(null=True)
    minutes_number = models.CharField(max_length=80, blank=True)
    minutes_on = models.DateField(null=True)
    text_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    decree_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    minutes_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    difference = models.CharField(max_length=300, blank=True)  # from a like partnership of the same parties
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=13, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="earlier_ends_later"
            ),
            models.CheckConstraint(
                condition=(Q(value=None) | Q(value__gte=0)) & (Q(beneficiaries=None) | Q(beneficiaries__gte=0)),
                name="earlier_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.scope[:80]

    def reach(self) -> Reach:
        return self.case.reach()

    def held(self) -> dict[str, Any]:
        """The columns that a record may have, files by their key."""
        return {name: getattr(self, f"{name}_id" if name in FILES else name) for name in COLUMNS}

    @property
    def completeness(self) -> Completeness:
        return completeness(self.held(), self.case.coop_type)


EMPTY: tuple[Any, ...] = (None, "", [])
COLUMNS = (
    "scope", "sub_field", "further_villages", "number", "made_on", "decree", "starts_on", "ends_on", "value", "beneficiaries",
    "minutes_number", "minutes_on", *FILES,
)  # fmt: skip


class EarlierEntry(AppendOnly):
    """What the record held after an act, and why it was put right: what stood before stays readable."""

    earlier = models.ForeignKey(EarlierAgreement, on_delete=models.PROTECT, related_name="entries")
    values: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.earlier_id} {self.at:%Y-%m-%d}"
