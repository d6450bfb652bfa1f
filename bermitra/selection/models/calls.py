"""The call of a village, its criteria, its panel, and what was asked about it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from django.db import models
from django.db.models import Q

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.flow import Label
from bermitra.foundation.journal.models import AppendOnly
from bermitra.partnership.models import Case
from bermitra.selection.models.codes import _code
from bermitra.selection.rules import CALL, CALL_LABELS, CHANGES, SEATS


class Call(models.Model):
    """What a village asks partners for: the terms of reference, the criteria with their weights, and until when."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="calls")
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    goals = models.TextField(blank=True)
    village_vision = models.TextField(blank=True)
    seeks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    offers: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    kak: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict
    )  # sections of ``terms.SECTIONS``
    deadline = models.DateTimeField(null=True)
    channels: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    threshold_total = models.SmallIntegerField()
    threshold_each = models.SmallIntegerField()
    vision_ticks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    vision_seen = models.BooleanField(default=False)  # the ticks were public in an earlier opening, and not saved since
    weights_bounded = models.BooleanField(default=False)  # at its opening, which of old they were not (SL-54)
    frozen_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=20)
    round = models.SmallIntegerField(default=1)  # of scoring; an upheld objection begins another
    panel_decree = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    unsealed_at = models.DateTimeField(null=True)  # when the proposals were opened with minutes
    opening_minutes = models.CharField(max_length=60, blank=True)
    opening_witnesses: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # names, never public
    revealed_at = models.DateTimeField(null=True)
    published_on = models.DateField(null=True)  # the provisional result
    ended_why = models.TextField(blank=True)  # of a failed or cancelled call
    # The last attempt was a direct appointment: no deadline, no rivals; announced (anew) as a call, it is none any more.
    direct = models.BooleanField(default=False)
    drafted_at = models.DateTimeField()

    class Meta:
        indexes = [
            # With the case, so that the open calls of a place are told apart without their rows.
            models.Index(fields=["state", "deadline", "case"], name="call_by_deadline"),
            models.Index(fields=["case"], name="call_of_case"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(CALL.states)), name="call_state_known"),
            models.UniqueConstraint(fields=["case"], condition=~Q(state="cancelled"), name="one_call_of_a_case"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled"))
                | ~Q(frozen_hash="") & (Q(deadline__isnull=False) | Q(direct=True)),
                name="open_call_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(threshold_total__gte=0, threshold_total__lte=100)
                & Q(threshold_each__gte=0, threshold_each__lte=100),
                name="call_thresholds_in_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> Label:
        return CALL_LABELS[self.state]

    def seats(self) -> list[Panelist]:
        """Who sits on the panel now. No statement where the panel was fetched with the call."""
        return [each for each in self.panel.all() if each.left_at is None]

    def house(self) -> Reach:
        """The village's, and of those who sit on the panel."""
        return Reach(region=self.case.village_id, assigned=frozenset(each.person.code for each in self.seats()))

    def reach(self) -> Reach:
        """Of the house, and while objections may come also of the partners who took part."""
        if self.state != "provisional":
            return self.house()
        took_part = self.proposals.exclude(state="draft").values_list("partner__code", flat=True)
        return replace(self.house(), parties=frozenset(took_part))


class CallChange(AppendOnly):
    """What became of an announced call, with the reason, for everybody: the deadlines before and after where they moved."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=list(CHANGES.items()))
    reason = models.TextField(blank=True)
    deadline_before = models.DateTimeField(null=True)
    deadline_after = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(CHANGES)), name="call_change_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.kind}"

    def reach(self) -> Reach:
        return self.call.house()


class Criterion(models.Model):
    """One of the criteria of the book with the weight that this call gives it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=30)
    weight = models.SmallIntegerField()
    position = models.SmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="criterion_once"),
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=100), name="criterion_weight_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.weight}"


class PanelManager(models.Manager["Panelist"]):
    """A seat is never looked at without the person on it."""

    def get_queryset(self) -> models.QuerySet[Panelist]:
        return super().get_queryset().select_related("person")


class Panelist(models.Model):
    """A seat on the panel. Who doesn't score may open, check and propose; who scores may not propose (FD-04)."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="panel")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=10, choices=list(SEATS.items()))
    scores = models.BooleanField(default=True)
    decree = models.CharField(max_length=120)
    appointed_at = models.DateTimeField()
    appointed_by = models.CharField(max_length=13)
    left_at = models.DateTimeField(null=True)
    left_because = models.CharField(max_length=200, blank=True)
    tied_at = models.DateTimeField(null=True)  # when something shared with a partner was found, which still stands

    objects: ClassVar[PanelManager] = PanelManager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], condition=Q(left_at=None), name="panelist_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.call_id}"


class InterestDeclaration(AppendOnly):
    """What a panelist says of interests in this call, before reading anything. The newest counts."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interest = models.BooleanField()
    what = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.call_id} {self.interest}"


class Question(AppendOnly):
    """A question about an open call; who asked is not shown."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.call.reach()


class Answer(AppendOnly):
    """The answer to a question, for everybody alike."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.question_id}"
