"""The agreement in plain words: in the language of the place, and how residents got to know it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.models.drafting import Agreement
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly


class LocalSummary(AppendOnly):
    """The summary in another language than Indonesian, as somebody of the place wrote it. The newest of a language that a
    second person has confirmed counts."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="local_summaries")
    text_hash = models.CharField(max_length=64)  # of the text that was summed up
    language = models.CharField(max_length=40)
    text = models.TextField()
    writer = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.language}"

    def reach(self) -> Reach:
        return self.agreement.reach()


class LocalSummaryRead(AppendOnly):
    """A second person of the village has read it and says that it says the same; from then on it is shown."""

    summary = models.OneToOneField(LocalSummary, on_delete=models.PROTECT, related_name="second_look")
    name = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.summary_id} {self.name}"


class SummaryTold(AppendOnly):
    """The summary was read aloud in a meeting, or handed out, on a day."""

    class Way(models.TextChoices):
        ALOUD = "aloud", _("Dibacakan dalam pertemuan warga")
        HANDED = "handed", _("Dibagikan kepada warga")
        BOARD = "board", _("Ditempel di papan pengumuman")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="told")
    text_hash = models.CharField(max_length=64)  # of the text that was summed up
    way = models.CharField(max_length=10, choices=Way.choices)
    told_on = models.DateField()
    place = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.told_on}"
