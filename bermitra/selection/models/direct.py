"""A partner that was appointed without rivals, and why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.partnership.models import Case
from bermitra.selection.models.calls import Call
from bermitra.selection.models.codes import _code
from bermitra.selection.models.proposals import Proposal
from bermitra.selection.rules import DIRECT_KINDS


class DirectAppointment(AppendOnly):
    """One direct appointment: the kind of reason, its explanation and its evidence, as everybody reads them.

    A row stays whatever becomes of it; the state of ``proposal`` tells. ``continues``: the running cooperation that is
    continued, where that is the reason.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="direct_appointments")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="direct_appointment")
    kind = models.CharField(max_length=20, choices=list(DIRECT_KINDS.items()))
    explanation = models.TextField()
    evidence = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    continues = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="direct_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(DIRECT_KINDS)), name="direct_kind_known"),
            models.CheckConstraint(condition=~Q(explanation=""), name="direct_is_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.call_id}"

    def reach(self) -> Reach:
        return self.proposal.reach()
