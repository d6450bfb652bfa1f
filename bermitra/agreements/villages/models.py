"""The decree by which a village is merged, split or made a kelurahan, and each agreement that passes by it."""

from __future__ import annotations

from django.db import models

from bermitra.agreements.models.drafting import _code
from bermitra.agreements.villages.rules import ANSWERS, INSTRUMENTS, KINDS
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case


class VillageChange(AppendOnly):
    """What became of ``village``, by which decree and from which day. It is never written anew: another decree follows it."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    instrument = models.CharField(max_length=10, choices=list(INSTRUMENTS.items()))
    number = models.CharField(max_length=80)
    dated = models.DateField()
    holds_from = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.village_id} {self.kind}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class Takeover(AppendOnly):
    """One agreement passes from a village to another: the case names who holds it now, these rows who held it until when."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    change = models.ForeignKey(VillageChange, on_delete=models.PROTECT, related_name="takeovers")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="takeovers")
    before = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "case"], name="case_passes_once_by_a_change")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.before_id} → {self.after_id}"

    def reach(self) -> Reach:
        return self.case.reach()


class TakeoverAnswer(AppendOnly):
    """What the partner says of it. The law passes the agreement on; an answer stops nothing and is read by both villages."""

    takeover = models.ForeignKey(Takeover, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=list(ANSWERS.items()))
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.takeover_id} {self.kind}"
