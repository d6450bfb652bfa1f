"""The agreement: its text by turns, what it binds both sides to, its permits and decrees, and its signatures."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.existing.models import EarlierAgreement, EarlierEntry, ProposalLoad, ProposedAgreement
from bermitra.agreements.rules import DRAFT_FLOW, LABELS, PARTIES, SLOT_FLOW, SLOT_LABELS, Label
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.partnership.models import Case, TermSheet
from bermitra.registry.models import Partner, VillageAsset

# The inner room's tables stand with the others for whoever looks for them.
__all__ = ["EarlierAgreement", "EarlierEntry", "ProposalLoad", "ProposedAgreement"]

Content = dict[str, Any]
SIGNATURE_FIELDS = {"one": "PihakKesatu", "two": "PihakKedua"}


def _code() -> str:
    return new_code(10)


class Agreement(models.Model):
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
    stamp_serial = models.CharField(max_length=60, blank=True)
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
                condition=Q(state__in=("locked", "in_force"))
                & Q(paper__isnull=False, made_on__isnull=False, starts_on__isnull=False, ends_on__isnull=False)
                | ~Q(state__in=("locked", "in_force")),
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


# What it binds to: written when the text is locked, and never changed after it was signed -----------------------------
class Obligation(models.Model):
    """A right or a duty of a side, measurable: who, what, by when, shown by what, looked at by whom, or else what."""

    class Kind(models.TextChoices):
        RIGHT = "right", _("Hak")
        DUTY = "duty", _("Kewajiban")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="obligations")
    number = models.SmallIntegerField()
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))
    kind = models.CharField(max_length=5, choices=Kind.choices)
    text = models.TextField()
    due_on = models.DateField(null=True)
    period = models.CharField(max_length=80, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    checker = models.CharField(max_length=120, blank=True)
    sanction = models.CharField(max_length=200, blank=True)
    amount = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="obligation_once")]

    def __str__(self) -> str:
        return self.text


class FundingLine(models.Model):
    """Where a part of the money or of the goods comes from, and by which way."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="funding")
    number = models.SmallIntegerField()
    source = models.CharField(max_length=160)
    amount = models.BigIntegerField()
    apbdes_code = models.CharField(max_length=10, blank=True)
    channel = models.CharField(max_length=30)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="funding_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_not_negative"),
        ]

    def __str__(self) -> str:
        return self.source


class LimitLine(models.Model):
    """What neither side may do."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="limits")
    number = models.SmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="limit_once")]

    def __str__(self) -> str:
        return self.text


class SanctionLine(models.Model):
    """What follows on what breach, and within how many days it may be made good."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="sanctions")
    number = models.SmallIntegerField()
    breach = models.TextField()
    sanction = models.TextField()
    days = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="sanction_once")]

    def __str__(self) -> str:
        return self.breach


class AssetUse(models.Model):
    """A village asset that is put to use, in which form and for how long."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="asset_uses")
    asset = models.ForeignKey(VillageAsset, on_delete=models.PROTECT, null=True, related_name="uses")
    name = models.CharField(max_length=160)
    form = models.CharField(max_length=20)
    years = models.SmallIntegerField()

    def __str__(self) -> str:
        return self.name


class Annex(models.Model):
    """A table that is signed with the text: work plan, budget, indicators. ``delivery`` starts from it."""

    class Kind(models.TextChoices):
        WORK_PLAN = "work_plan", _("Rencana kerja")
        BUDGET = "budget", _("Rencana anggaran")
        INDICATORS = "indicators", _("Indikator")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="annexes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    rows: models.JSONField[list[Content], list[Content]] = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "kind"], name="annex_once")]

    def __str__(self) -> str:
        return self.kind


# Signing ------------------------------------------------------------------------------------------------------------
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
    role = models.CharField(max_length=30)
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

    def __str__(self) -> str:
        return f"{self.signature_id}"
