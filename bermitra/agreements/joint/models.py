"""The Peraturan Bersama: its text by turns of several villages, who was heard, who signed, where it was promulgated."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.joint.rules import JOINT_FLOW, LABELS
from bermitra.agreements.models.drafting import _code
from bermitra.deliberation.models import JointOffer
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.flow import Label
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region

Content = dict[str, Any]


class JointRegulation(models.Model):
    """One Peraturan Bersama of several villages, grown from the offer that all of them agreed to.

    ``village`` is the one that drafts and does what is done for all; where it left, the next one. Until it is locked its text
    is the newest :class:`JointVersion`.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    offer = models.ForeignKey(JointOffer, on_delete=models.PROTECT, related_name="regulations")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12)
    text_version = models.SmallIntegerField(default=1)
    left_because = models.TextField(blank=True)
    # From locking on.
    made_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="joint_regulation")
    locked_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    in_force_on = models.DateField(null=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # signed with ink
    scan_by = models.CharField(max_length=13, blank=True)
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer"], condition=~Q(state="abandoned"), name="one_living_regulation_of_an_offer"
            ),
            models.CheckConstraint(condition=Q(state__in=sorted(JOINT_FLOW.states)), name="joint_state_known"),
            models.CheckConstraint(
                condition=Q(
                    state__in=("locked", "signed", "in_force"),
                    paper__isnull=False,
                    made_on__isnull=False,
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                )
                | ~Q(state__in=("locked", "signed", "in_force")),
                name="locked_regulation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="joint_regulation_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)

    @property
    def label(self) -> Label:
        return LABELS[self.state]


class JointParty(models.Model):
    """A village in a Peraturan Bersama: its own number, who signs for it, where it was promulgated."""

    regulation = models.ForeignKey(JointRegulation, on_delete=models.PROTECT, related_name="parties")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    number = models.SmallIntegerField(null=True)
    # Who signs, as the paper prints it; from locking on.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=160, blank=True)
    mandate = models.CharField(max_length=80, blank=True)
    mandate_from = models.DateField(null=True)
    mandate_until = models.DateField(null=True)
    # Promulgation.
    gazette_number = models.CharField(max_length=40, blank=True)
    gazette_on = models.DateField(null=True)
    promulgated_by = models.CharField(max_length=120, blank=True)  # the secretary's name

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["regulation", "village"], name="joint_party_once")]

    def __str__(self) -> str:
        return self.village_id

    def reach(self) -> Reach:
        return Reach(region=self.village_id)

    @property
    def field(self) -> str:
        """Its signature field in the paper."""
        return f"head_{self.village_id.replace('.', '')}"


class JointVersion(AppendOnly):
    """One text: what was filled in and worded, its chapters as they read, and their hash."""

    regulation = models.ForeignKey(JointRegulation, on_delete=models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")  # whose proposal it is
    content: models.JSONField[Content, Content] = models.JSONField()
    chapters: models.JSONField[list[Content], list[Content]] = models.JSONField()
    changes: models.JSONField[list[Content], list[Content]] = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regulation", "number"], name="joint_version_once")]

    def __str__(self) -> str:
        return f"{self.regulation_id} v{self.number}"


class JointTextAcceptance(AppendOnly):
    """The head of a village accepts one text, by its hash. A newer text wants a new acceptance."""

    version = models.ForeignKey(JointVersion, on_delete=models.PROTECT, related_name="acceptances")
    party = models.ForeignKey(JointParty, on_delete=models.PROTECT, related_name="acceptances")
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "party"], name="joint_text_accepted_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.party_id}"


class JointConsultation(AppendOnly):
    """How a village heard its residents about the draft. ``said`` are their proposals, each with the answer it was given."""

    party = models.ForeignKey(JointParty, on_delete=models.PROTECT, related_name="consultations")
    version = models.ForeignKey(JointVersion, on_delete=models.PROTECT, related_name="consultations")
    held_on = models.DateField()
    place = models.CharField(max_length=120)
    men = models.IntegerField()
    women = models.IntegerField()
    hamlets: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    said: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(men__gte=0, women__gte=0) & ~Q(men=0, women=0), name="somebody_was_consulted"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.held_on}"


class JointTextSignature(AppendOnly):
    """A village head's signature, for these bytes only: by account, or read from the signed print."""

    class Mode(models.TextChoices):
        ELECTRONIC = "electronic", _("Elektronik")
        CERTIFIED = "certified", _("Tanda tangan elektronik tersertifikasi")
        WET = "wet", _("Tanda tangan basah")

    party = models.ForeignKey(JointParty, on_delete=models.PROTECT, related_name="signatures")
    mode = models.CharField(max_length=10, choices=Mode.choices)
    name = models.CharField(max_length=120)
    text_hash = models.CharField(max_length=64)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)  # who signed by account, or who compared the scan
    read_aloud_by = models.CharField(max_length=120, blank=True, default="")  # signed by thumbprint: who read it to him
    act = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "text_hash"], name="joint_text_signed_once")]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return self.party.reach()


class JointSignedFile(AppendOnly):
    """The PDF with this signature and those before it."""

    signature = models.OneToOneField(JointTextSignature, on_delete=models.PROTECT, related_name="signed_file")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    certificate = models.CharField(max_length=64, default="")  # SHA-256 of the signer's
    field = models.CharField(max_length=60, default="")  # its place in the file; "" as reserved

    def __str__(self) -> str:
        return f"{self.signature_id}"
