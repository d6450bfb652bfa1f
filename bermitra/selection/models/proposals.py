"""Proposals of partners.

A proposal is written in ``Proposal.draft``, which only its partner reads, and leaves it as an append-only version: what is
scored is exactly what was sealed. Nothing here hands out the content of a version; ``queries.opened`` does, once it may.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.flow import Label
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case
from bermitra.partnership.rules import FIELDS
from bermitra.registry.models import Partner
from bermitra.selection.models.calls import Call
from bermitra.selection.models.codes import OUT, Json, _code
from bermitra.selection.models.offers import RivalCall
from bermitra.selection.rules import CANDIDATES, PROPOSAL, PROPOSAL_LABELS, UNSOLICITED


class Proposal(models.Model):
    """A partner's offer: to a call (sealed until it is opened), or of its own accord to a village (``call`` is empty)."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="proposals")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="proposals")
    # Of the partner's own accord: to which village, about what; its case begins when it is sent.
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="proposals")
    # An answer to a village that asks for rivals of an offer: sealed until the comparison.
    rival_of = models.ForeignKey(RivalCall, on_delete=models.PROTECT, null=True, related_name="offers")
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
    # Until when whoever is asked answers: a candidate; of an own offer the village, and where it came back the partner.
    answer_due = models.DateField(null=True)
    reminded_on = models.DateField(null=True)  # of that day
    days_late = models.SmallIntegerField(default=0)  # the most that the village was late with an answer to an own offer
    refused_on = models.DateField(null=True)  # an own offer, by the head, by the meeting, or for another one
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # an own offer, by its partner: before the opening, or after it
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
                fields=["rival_of", "partner"],
                condition=Q(rival_of__isnull=False) & ~Q(state__in=OUT),
                name="rival_once",
            ),
            models.CheckConstraint(condition=Q(rival_of=None) | Q(call=None), name="rival_answers_no_call"),
            models.CheckConstraint(condition=Q(days_late__gte=0), name="proposal_days_late_possible"),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state__in=CANDIDATES),
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
    """A file that goes with a proposal; its hash stands in the version that was sent with it.

    ``brought_at``: laid beside the opened proposal when the panel had asked for what was missing. It stands in no version.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    brought_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "file"], name="proposal_file_once")]

    def __str__(self) -> str:
        return self.title
