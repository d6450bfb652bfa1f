"""The agreement and its text by turns; permits and decrees that it needs."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.models.stamping import Stamped
from bermitra.agreements.rules import BINDS_IN, DRAFT_FLOW, LABELS, PARTIES
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.flow import Label
from bermitra.foundation.journal.models import AppendOnly
from bermitra.partnership.models import Case, TermSheet
from bermitra.registry.models import Partner

Content = dict[str, Any]
WHOLE_IN = ("in_force", "locked", "suspended")  # states of an agreement that has its paper and its days


def _code() -> str:
    return new_code(10)


class Agreement(Stamped):
    """One Perjanjian Bersama. A case has one that lives; an abandoned one stays for the record.

    Until it is locked, its text is the newest :class:`DraftVersion`. Locking writes dates and rows below and issues
    ``paper``: from then on these are the agreement.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="agreements")
    sheet = models.ForeignKey(TermSheet, on_delete=models.PROTECT, related_name="+")  # that the meeting agreed to
    title = models.CharField(max_length=200)
    forms: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    state = models.CharField(max_length=20)
    text_version = models.SmallIntegerField(default=1)  # the newest draft
    reviewer = models.CharField(max_length=10, blank=True)  # code of the legal reviewer who was asked
    gates: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)  # condition -> its proof
    left_because = models.TextField(blank=True)  # why it was abandoned
    # From locking on.
    village_number = models.CharField(max_length=60, blank=True)
    partner_number = models.CharField(max_length=60, blank=True)
    made_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    value = models.BigIntegerField(null=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="agreement")
    pages = models.SmallIntegerField(default=0)  # of the paper
    locked_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)  # the summary
    summary = models.TextField(blank=True)
    stamp = models.CharField(max_length=10, blank=True)  # duty stamp: "physical", "electronic" or ""
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["state", "-in_force_at", "-id"], name="agreement_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state="abandoned"), name="one_living_agreement_of_a_case"
            ),
            models.CheckConstraint(condition=Q(state__in=sorted(DRAFT_FLOW.states)), name="agreement_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=WHOLE_IN)
                & Q(paper__isnull=False, made_on__isnull=False, starts_on__isnull=False, ends_on__isnull=False)
                | ~Q(state__in=WHOLE_IN),
                name="locked_agreement_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="agreement_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(
            region=self.case.village_id,
            parties=frozenset({self.partner.code}),
            assigned=frozenset({self.reviewer} if self.reviewer else ()),
        )

    @property
    def label(self) -> Label:
        return LABELS[self.state]

    @property
    def binds(self) -> bool:
        """What was agreed holds, also while it rests."""
        return self.state in BINDS_IN


class DraftVersion(AppendOnly):
    """One text of the draft: the values and wordings it is made from, its clauses as they read, and their hash.

    ``changes`` say what was changed, from what to what; with ``reason`` they are the memory of the negotiation: what each
    side wanted first, what was settled, and why.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))
    content: models.JSONField[Content, Content] = models.JSONField()
    clauses: models.JSONField[list[Content], list[Content]] = models.JSONField()
    changes: models.JSONField[list[Content], list[Content]] = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="draft_version_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"


class Acceptance(AppendOnly):
    """A side accepts one text, by its hash. A newer text wants a new acceptance."""

    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="acceptances")
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "party"], name="accepted_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.party}"


class LegalReview(AppendOnly):
    """What a legal reviewer said of a text; it is advice, and refuses nothing."""

    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="reviews")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.version_id} {self.at:%Y-%m-%d}"


class Permit(models.Model):
    """The regent's written permit for the use of a village asset: asked for, then granted or refused."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Diajukan")
        GRANTED = "granted", _("Diberikan")
        REFUSED = "refused", _("Ditolak")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="permits")
    text_hash = models.CharField(max_length=64, default="")  # of the text it was asked for
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    asked_because = models.TextField()
    number = models.CharField(max_length=80, blank=True)
    dated = models.DateField(null=True)
    answer = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=13)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state="requested"), name="one_open_permit_of_an_agreement"
            ),
            models.CheckConstraint(condition=~Q(state="granted") | ~Q(number=""), name="granted_permit_has_number"),
        ]

    def __str__(self) -> str:
        return self.number or self.state


class BpdDecree(AppendOnly):
    """The decree by which the BPD agrees to what the village takes upon itself."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bpd_decrees")
    sheet_hash = models.CharField(max_length=64, default="")  # of the sheet it was given for
    number = models.CharField(max_length=80)
    dated = models.DateField()
    about = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return self.number
