"""Calls, sealed proposals, the panel and what it wrote, the ranking, and what was said against it.

A proposal is written in ``Proposal.draft``, which only its partner reads, and leaves it as an append-only version: what is
scored is exactly what was sealed. Nothing here hands out the content of a version; ``queries.opened`` does, once it may.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case
from bermitra.partnership.rules import FIELDS
from bermitra.registry.models import Partner
from bermitra.selection.rules import (
    CALL,
    CALL_LABELS,
    OBJECTION,
    OBJECTION_LABELS,
    PROPOSAL,
    PROPOSAL_LABELS,
    SEATS,
    UNSOLICITED,
    Label,
)

Json = dict[str, Any]
OUT = ("withdrawn", "late", "disqualified", "not_chosen")  # when the call is opened again, these may come again


def _code() -> str:
    return new_code(10)


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
    frozen_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=20)
    round = models.SmallIntegerField(default=1)  # of scoring; an upheld objection begins another
    panel_decree = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    opening_minutes = models.CharField(max_length=60, blank=True)
    opening_witnesses: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # names, never public
    revealed_at = models.DateTimeField(null=True)
    published_on = models.DateField(null=True)  # the provisional result
    ended_why = models.TextField(blank=True)  # of a failed or cancelled call
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
                condition=Q(state__in=("draft", "cancelled")) | (~Q(frozen_hash="") & Q(deadline__isnull=False)),
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


class Proposal(models.Model):
    """A partner's offer: to a call (sealed until it is opened), or of its own accord to a village (``call`` is empty)."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="proposals")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="proposals")
    # Of the partner's own accord: to which village, about what; its case begins when it is sent.
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="proposals")
    title = models.CharField(max_length=200, blank=True)
    field_of_government = models.CharField(max_length=40, choices=list(FIELDS.items()), blank=True)
    forms: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    draft: models.JSONField[Json, Json] = models.JSONField(default=dict)
    state = models.CharField(max_length=20)
    sealed_at = models.DateTimeField(null=True)
    asked_documents = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True)
    completed_note = models.TextField(blank=True)
    out_because = models.TextField(blank=True)  # why it is out: told to the partner
    answer_due = models.DateField(null=True)
    accepted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["call", "state"], name="proposal_of_call")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(PROPOSAL.states | UNSOLICITED.states)), name="proposal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(call__isnull=False, village__isnull=True) | Q(call__isnull=True, village__isnull=False),
                name="proposal_to_a_call_or_a_village",
            ),
            models.UniqueConstraint(
                fields=["call", "partner"],
                condition=Q(call__isnull=False) & ~Q(state__in=OUT),
                name="proposal_once",
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state__in=("proposed", "accepted", "chosen")),
                name="one_candidate_of_a_call",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> Label:
        return PROPOSAL_LABELS[self.state]

    def reach(self) -> Reach:
        """Whoever's call it is, with its panel; and the partner's own people."""
        parties = frozenset({self.partner.code})
        if self.call is not None:
            call = self.call.reach()
            return Reach(region=call.region, parties=parties, assigned=call.assigned)
        return Reach(region=self.village_id or "", parties=parties)


class ProposalVersion(AppendOnly):
    """A proposal as it was sent. The newest counts; scores name the version they judge."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    content: models.JSONField[Json, Json] = models.JSONField()
    content_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"


class Reading(AppendOnly):
    """Somebody outside the partner has read a proposal: who and when, for the partner to see."""

    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="proposal_read_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.role}"


class ProposalFile(models.Model):
    """A file that goes with a proposal; its hash stands in the version that was sent with it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "file"], name="proposal_file_once")]

    def __str__(self) -> str:
        return self.title


class Score(AppendOnly):
    """One level by one scorer on one criterion, with the reason, on the version that was sealed."""

    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="scores")
    panelist = models.ForeignKey(Panelist, on_delete=models.PROTECT, related_name="scores_given")
    round = models.SmallIntegerField()
    criterion = models.CharField(max_length=30)
    level = models.SmallIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "panelist", "round", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=4), name="score_level_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.level}"


class Ranking(AppendOnly):
    """One line of the published provisional result. ``total`` is the exact fraction as text, such as 245/3."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="rankings")
    round = models.SmallIntegerField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    place = models.SmallIntegerField(null=True)  # none below the threshold or a floor
    total = models.CharField(max_length=40)
    points: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    below_floor: models.JSONField[list[str], list[str]] = models.JSONField()
    vision_agreement = models.SmallIntegerField()
    core_missing = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "round", "proposal"], name="ranked_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.total}"


class Candidacy(AppendOnly):
    """Who proposed which candidate, when."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="candidacies")
    minutes_number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.proposal_id}"


class Objection(models.Model):
    """An objection to a provisional result, by a partner or a resident, and what was answered."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="objections")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=12, choices=[(key, label.public) for key, label in OBJECTION_LABELS.items()])
    answer = models.TextField(blank=True)
    filed_at = models.DateTimeField()
    by = models.CharField(max_length=13)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(OBJECTION.states)), name="objection_state_known"),
            models.CheckConstraint(condition=Q(state="filed") | ~Q(answer=""), name="objection_answered_with_words"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> Label:
        return OBJECTION_LABELS[self.state]

    def reach(self) -> Reach:
        return self.call.reach()


class WrittenAnswer(AppendOnly):
    """The village's written answer to a partner about its own offer."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="written_answer")
    letter_number = models.CharField(max_length=60)
    minutes_number = models.CharField(max_length=60)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return self.letter_number
