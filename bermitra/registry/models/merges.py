"""What became of an entry: changed, merged with another of the same body, or taken apart again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.registry.models.codes import _code
from bermitra.registry.models.partners import Partner


class PartnerChange(AppendOnly):
    """A change of a partner's own facts: by itself, or corrected by its regency, then with a reason.

    ``before`` and ``after`` hold what differs. ``former_name`` is the name it had, where the name was changed.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="changes")
    correction = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    after: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    former_name = models.CharField(max_length=160, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["partner", "changed_at"], name="partner_change_newest")]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.changed_at:%Y-%m-%d}"

    def reach(self) -> Reach:
        return self.partner.reach()


class PartnerMerge(AppendOnly):
    """Two entries of one body: the later one leads to ``kept`` for good, unless they are split again."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    kept = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="merges_away")
    reason = models.CharField(max_length=300)
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(kept=F("merged")), name="partner_merge_of_two")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.kept.reach()


class PartnerSplit(AppendOnly):
    """A merge that was wrong, and why."""

    merge = models.OneToOneField(PartnerMerge, on_delete=models.PROTECT, related_name="split")
    reason = models.CharField(max_length=300)
    split_at = models.DateTimeField()
    split_by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"split of {self.merge_id}"
