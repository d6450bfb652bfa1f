"""Files by their content, papers that were issued, and papers that no longer hold. All three tables only grow."""

from __future__ import annotations

from typing import Any

from django.db import models

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly

CODE_LENGTH = 13  # 65 bits: nobody finds a paper by guessing


class StoredFile(AppendOnly):
    """A file of the store by the hash of its content. Who may read it, the record that points to it decides."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)  # as it was called when it first came
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"


class Paper(AppendOnly):
    """An issued document: its words, its PDF, and the code by which anyone checks it.

    ``source`` is the composed tree, so the page shows the words of the paper and never those of later data.
    ``about`` is the record as the journal names it. The region is a code without a key: this package knows no register,
    and a paper keeps the code of its day when a decree changes it.
    """

    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    kind = models.CharField(max_length=40)
    title = models.TextField()
    tree_hash = models.CharField(max_length=64)  # of words and data: printed on every page
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="papers")
    source: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    about = models.CharField(max_length=80)  # "agreement:7K3M9QXD2A"
    region = models.CharField(max_length=13, blank=True)
    example = models.BooleanField(default=False)
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about", "issued_at"], name="paper_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    def reach(self) -> Reach:
        return Reach(region=self.region)

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class Withdrawal(AppendOnly):
    """A paper that no longer holds, and why. The paper stays: whoever has a print of it must learn that it is void."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="withdrawal")
    why = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"withdrawal of {self.paper.code}"
