"""A warning as it was drafted and sent, what it is about, and all that both sides said of it afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bermitra.agreements.models.binding import LimitLine, Obligation
from bermitra.agreements.models.drafting import Agreement, _code
from bermitra.agreements.rules import PARTIES
from bermitra.agreements.warnings.rules import SAID, WARNING_FLOW, WARNING_LABELS
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.journal.models import AppendOnly

OUT = ("sent", "claimed", "cured", "followed", "withdrawn")  # states in which it has its paper


class WarningLetter(models.Model):
    """One rung of warning by one side to the other. The next rung is another letter that follows this one."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="warnings")
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))  # that warns
    rung = models.CharField(max_length=10)
    title = models.CharField(max_length=80)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    state = models.CharField(max_length=10)
    facts = models.TextField()  # what happened
    happened_on = models.DateField()
    wanted = models.TextField()  # what must be done
    days = models.SmallIntegerField()  # to make it good, from sending, or from receipt where the agreement says so
    panel_minutes = models.CharField(max_length=80, blank=True)
    panel_on = models.DateField(null=True)
    # From sending on.
    number = models.CharField(max_length=60, blank=True)
    sent_on = models.DateField(null=True)
    cure_by = models.DateField(null=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="warning")
    handed_on = models.DateField(null=True)  # the day on which the printed letter reached the other side
    handed_to = models.CharField(max_length=120, blank=True, default="")
    sent_by = models.CharField(max_length=13, blank=True)
    sent_by_name = models.CharField(max_length=120, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(WARNING_FLOW.states)), name="warning_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=OUT) | Q(paper__isnull=False, sent_on__isnull=False, cure_by__isnull=False),
                name="sent_warning_is_whole",
            ),
            models.UniqueConstraint(
                fields=["previous"], condition=~Q(state="dropped"), name="one_warning_follows_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.rung}"

    def reach(self) -> Reach:
        return self.agreement.reach()

    @property
    def said(self) -> str:
        return WARNING_LABELS[self.state][0]

    @property
    def waiting(self) -> str:
        return WARNING_LABELS[self.state][1]


class WarnedOf(models.Model):
    """One thing that a warning is about: a duty of the other side, or a limit that it broke."""

    warning = models.ForeignKey(WarningLetter, on_delete=models.PROTECT, related_name="points")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, null=True, related_name="warnings")
    limit = models.ForeignKey(LimitLine, on_delete=models.PROTECT, null=True, related_name="warnings")
    late_since = models.DateField(null=True)  # the day on which the duty was due

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(obligation__isnull=False, limit__isnull=True)
                | Q(obligation__isnull=True, limit__isnull=False),
                name="warned_of_one_thing",
            ),
            models.UniqueConstraint(fields=["warning", "obligation"], name="warned_of_a_duty_once"),
            models.UniqueConstraint(fields=["warning", "limit"], name="warned_of_a_limit_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        row = self.obligation or self.limit
        return row.text if row else ""


class WarningWord(AppendOnly):
    """What a side said of a warning that was sent: an answer, that it is made good, or how that was judged."""

    warning = models.ForeignKey(WarningLetter, on_delete=models.PROTECT, related_name="words")
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))
    kind = models.CharField(max_length=10, choices=list(SAID.items()))
    text = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.kind}"

    def reach(self) -> Reach:
        return self.warning.reach()
