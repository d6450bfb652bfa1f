"""The selection file of a case as one paper, made by the worker."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.partnership.models import Case
from bermitra.selection.models.codes import _code


class Dossier(models.Model):
    """Everything that was written down in choosing a partner, as one PDF in two editions: for the house, and for everybody.

    Those that were made before stay: each says what was known on its day. ``stage`` is how its call (without one, its case)
    stood when it was asked for. ``tries``: how often a worker has begun it, the last time at ``begun_at``.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Menunggu giliran")
        MAKING = "making", _("Sedang disusun")
        READY = "ready", _("Siap diunduh")
        FAILED = "failed", _("Gagal disusun")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dossiers")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    stage = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=13)
    tries = models.SmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    house = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    public = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "state", "-id"], name="dossier_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=("asked", "making")), name="dossier_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(house__isnull=False, public__isnull=False),
                name="dossier_ready_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.case.reach()
