"""Tables that only grow. Corrections are new rows; triggers made by ``guard`` refuse every change of an old one."""

from __future__ import annotations

from django.db import models


class AppendOnly(models.Model):
    """Base of every table whose rows are never changed or deleted, on either database."""

    append_only = True  # what the guard looks for

    class Meta:
        abstract = True


class Event(AppendOnly):
    """One line of the journal. ``body`` is what was hashed; the other columns repeat parts of it for searching."""

    seq = models.BigIntegerField(primary_key=True)
    act = models.CharField(max_length=10)  # one act may write several lines
    at = models.DateTimeField()
    actor = models.CharField(max_length=13)  # opaque code of a person, "system" or "public"
    door = models.CharField(max_length=80)
    verb = models.CharField(max_length=80)
    about = models.CharField(max_length=80)  # "need:7K3M9QXD2A"
    region = models.CharField(max_length=13, blank=True)
    body = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["about", "seq"], name="event_about"),
            models.Index(fields=["region", "seq"], name="event_region"),
            models.Index(fields=["actor", "seq"], name="event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.about}"


class Checkpoint(AppendOnly):
    """A signed statement: so many lines, this root. Published, it makes every earlier line unchangeable in silence."""

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    frontier = models.JSONField()  # roots of the perfect subtrees, so that the next checkpoint need not read the past
    note = models.TextField()  # C2SP tlog-checkpoint, signed

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"
