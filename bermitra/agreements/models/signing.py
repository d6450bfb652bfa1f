"""Who signs, and what they signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.models.drafting import Agreement
from bermitra.agreements.rules import PARTIES, SLOT_FLOW, SLOT_LABELS
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly

SIGNATURE_FIELDS = {"one": "PihakKesatu", "two": "PihakKedua"}


class SignatureSlot(models.Model):
    """A place to sign under a locked text: for one named person, with the mandate he or she signs by."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="slots")
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    capacity = models.CharField(max_length=120)  # "Kepala Desa Pandanarum", "Direktur"
    mandate = models.CharField(max_length=160)
    mandate_from = models.DateField()
    mandate_until = models.DateField()
    text_hash = models.CharField(max_length=64)  # of the PDF that is signed
    state = models.CharField(max_length=20, choices=list(SLOT_LABELS.items()))
    declined_because = models.TextField(blank=True)
    read_aloud_by = models.CharField(max_length=120, blank=True, default="")  # signs by thumbprint: who read it to him

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(SLOT_FLOW.states)), name="slot_state_known"),
            models.UniqueConstraint(
                fields=["agreement", "party"], condition=~Q(state="void"), name="one_slot_of_a_party"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.party}"

    @property
    def field(self) -> str:
        """The name of the signature field in the PDF."""
        return SIGNATURE_FIELDS[self.party]


class WetScan(models.Model):
    """The scan of a sheet that was signed with ink; two people look at it before it counts."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu pemeriksa")
        RETURNED = "returned", _("Dikembalikan")
        CONFIRMED = "confirmed", _("Disahkan")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    text_hash = models.CharField(max_length=64)  # of the PDF that was printed
    pages = models.SmallIntegerField()
    signed_on = models.DateField()
    witnesses: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    returned_because = models.TextField(blank=True)
    at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=13)
    uploaded_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state="waiting"), name="one_scan_waits_of_an_agreement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.at:%Y-%m-%d}"


class WetConfirmation(AppendOnly):
    """One person compared the scan with the locked text, page by page."""

    scan = models.ForeignKey(WetScan, on_delete=models.PROTECT, related_name="confirmations")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30)  # says for which side he compared
    pages = models.SmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "by"], name="confirmed_once_by_each")]

    def __str__(self) -> str:
        return f"{self.scan_id} {self.by}"


class Signature(AppendOnly):
    """A signature that counts: of whom, on exactly which bytes, given how. Given on paper, it names who recorded it."""

    class Mode(models.TextChoices):
        ELECTRONIC = "electronic", _("Tanda tangan elektronik")
        CERTIFIED = "certified", _("Tanda tangan elektronik tersertifikasi")
        WET = "wet", _("Tanda tangan basah")

    slot = models.OneToOneField(SignatureSlot, on_delete=models.PROTECT, related_name="signature")
    mode = models.CharField(max_length=10, choices=Mode.choices)
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    act = models.CharField(max_length=10)  # the number of the act in the journal
    second_factor = models.BooleanField(default=False)
    scan = models.ForeignKey(WetScan, on_delete=models.PROTECT, null=True, related_name="signatures")

    def __str__(self) -> str:
        return f"{self.slot_id} {self.mode}"

    def reach(self) -> Reach:
        return self.slot.agreement.reach()


class SignedFile(AppendOnly):
    """The PDF with this signature in it (and those before it): made from the rows after the act, and from then on kept."""

    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="signed_file")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    certificate = models.CharField(max_length=64, default="")  # SHA-256 of the signer's
    field = models.CharField(max_length=60, default="")  # its place in the file; "" as reserved

    def __str__(self) -> str:
        return f"{self.signature_id}"
