"""The scan of an addendum that was signed with ink, and who compared it with the text."""

from __future__ import annotations

from django.db import models

from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly


class Scanned(AppendOnly):
    """A signed sheet that was scanned. A better one takes the place of the one before it."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pages = models.SmallIntegerField()
    signed_on = models.DateField()
    witnesses: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    # Side -> who read the text to its signatory, where he put a thumbprint.
    read_aloud: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=13)
    uploaded_by_name = models.CharField(max_length=120)

    class Meta:
        abstract = True


class ComparedScan(AppendOnly):
    """One person compared a scan with the locked text, page by page."""

    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30)  # says for which side he compared
    pages = models.SmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        abstract = True
