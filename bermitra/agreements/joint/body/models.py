"""The BKAD, its seats, the dues of the villages, and their joining and leaving."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.joint.body.rules import BODY_LABELS, MEMBER_LABELS, OFFICES
from bermitra.agreements.joint.models import JointRegulation, _code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region


class JointBody(models.Model):
    """One BKAD for one Peraturan Bersama. Of its account we keep in whose name and at which bank it is, no number."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    regulation = models.OneToOneField(JointRegulation, on_delete=models.PROTECT, related_name="body")
    name = models.CharField(max_length=160)
    decree_number = models.CharField(max_length=80)
    decree_on = models.DateField()
    bank = models.CharField(max_length=120)
    account_name = models.CharField(max_length=160)
    until = models.DateField()  # of its term
    state = models.CharField(max_length=8, choices=list(BODY_LABELS.items()), default="formed")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="joint_body")  # newest decree
    words_hash = models.CharField(max_length=64, default="")  # of decree, account and seats as every head accepts them
    formed_at = models.DateTimeField()  # when it was proposed, and from the last acceptance on when it was formed
    formed_by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return self.regulation.reach()

    def keeper_for(self, payer: str) -> str:
        """The village that looks into the account for money of ``payer``: the treasurer's, or the next office's where that pays."""
        order = ("treasurer", "chair", "secretary", "member")
        seats = sorted(self.seats.filter(until=None), key=lambda each: order.index(each.office))
        return next((each.village_id for each in seats if each.village_id != payer), "")


class JointBodyAcceptance(AppendOnly):
    """The head of a village accepts the body as it is proposed, by the hash of its words."""

    body = models.ForeignKey(JointBody, on_delete=models.PROTECT, related_name="acceptances")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    words_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "village", "words_hash"], name="joint_body_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.village_id}"


class JointBodySeat(models.Model):
    """Who sits in it for which village; a seat that was handed over ends, and another begins."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    body = models.ForeignKey(JointBody, on_delete=models.PROTECT, related_name="seats")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, choices=[("L", _("Laki-laki")), ("P", _("Perempuan"))])
    office = models.CharField(max_length=10, choices=list(OFFICES.items()))
    since = models.DateField()
    until = models.DateField(null=True)  # None: sits now
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "office"],
                condition=Q(until=None) & ~Q(office="member"),
                name="one_holder_of_a_joint_office",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class JointHeadSignature(AppendOnly):
    """The head of a village signs a paper by account: a decree on the board of the body, or what his village states."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="head_signatures")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=60)  # its place in the paper
    name = models.CharField(max_length=120)
    capacity = models.CharField(max_length=160)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    act = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "village"], name="joint_paper_signed_once")]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class JointHeadSignedFile(AppendOnly):
    """The PDF with this signature and those before it."""

    signature = models.OneToOneField(JointHeadSignature, on_delete=models.PROTECT, related_name="signed_file")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    certificate = models.CharField(max_length=64)  # SHA-256 of the signer's

    def __str__(self) -> str:
        return f"{self.signature_id}"


class JointDue(models.Model):
    """What a village owes the body for one year, as the signed text says."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    body = models.ForeignKey(JointBody, on_delete=models.PROTECT, related_name="dues")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    amount = models.BigIntegerField()
    due_on = models.DateField()

    class Meta:
        ordering = ["year", "village_id"]
        constraints = [
            models.UniqueConstraint(fields=["body", "village", "year"], name="joint_due_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="joint_due_is_money"),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.year}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class JointDuePayment(AppendOnly):
    """Money that a village says it has paid; it counts from the :class:`JointDueReceipt` on."""

    due = models.ForeignKey(JointDue, on_delete=models.PROTECT, related_name="payments")
    amount = models.BigIntegerField()
    paid_on = models.DateField()
    receipt = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="joint_payment_is_money"),
            models.UniqueConstraint(fields=["due", "receipt"], name="joint_receipt_once"),
        ]

    def __str__(self) -> str:
        return self.receipt

    def reach(self) -> Reach:
        """Of the village that looks into the account, never of the one that pays."""
        return Reach(region=self.due.body.keeper_for(self.due.village_id))


class JointDueReceipt(AppendOnly):
    """Somebody of another village has looked at the body's account: the money is there, or it is not."""

    payment = models.OneToOneField(JointDuePayment, on_delete=models.PROTECT, related_name="seen")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")  # for which he looked
    found = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.payment_id} {self.found}"


class JointMembership(models.Model):
    """A village that wants to leave, or that is asked to join; the text comes before its own Musyawarah."""

    class Kind(models.TextChoices):
        JOIN = "join", _("Bergabung")
        LEAVE = "leave", _("Menarik diri")
        GONE = "gone", _("Tidak ada lagi sebagai desa")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    regulation = models.ForeignKey(JointRegulation, on_delete=models.PROTECT, related_name="memberships")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    reason = models.TextField()
    dues = models.BigIntegerField(default=0)  # a year, of one that joins
    text_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=5, choices=list(MEMBER_LABELS.items()))
    joint_minutes = models.CharField(
        max_length=80, blank=True
    )  # as typed, of memberships settled before meetings were read
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="+")  # its head's statement
    stated_by = models.CharField(max_length=120, blank=True)  # the head's name
    stated_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=13)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "village"], condition=Q(state="asked"), name="one_open_joint_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.village_id}"

    def reach(self) -> Reach:
        return self.regulation.reach()
