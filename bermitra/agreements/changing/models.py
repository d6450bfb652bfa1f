"""What happens to an agreement while it runs, kept beside it: nothing that was signed is written anew."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bermitra.agreements.changing.rules import (
    AMENDMENT_FLOW,
    AMENDMENT_LABELS,
    CAUSES,
    KINDS,
    OVER,
    SLOT_FLOW,
    SLOT_LABELS,
    SUSPENSION_FLOW,
    SUSPENSION_LABELS,
)
from bermitra.agreements.models.drafting import Agreement, Content, _code
from bermitra.agreements.models.scanning import ComparedScan, Scanned
from bermitra.agreements.models.signing import SIGNATURE_FIELDS
from bermitra.agreements.models.stamping import Stamped
from bermitra.agreements.rules import PARTIES
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.registry.models import Partner


class Suspension(models.Model):
    """A time in which the agreement rests: asked for by one side, agreed to by the other, with a last day.

    ``frozen`` are the duties that rest, as they read when it was asked for; ``goes_on`` says what is done all the same.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="suspensions")
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))  # that asked
    cause = models.CharField(max_length=20, choices=list(CAUSES.items()))
    caused_by = models.CharField(max_length=3, blank=True)  # the side whose doing it was; empty: neither's
    happened_on = models.DateField()
    reason = models.TextField()
    frozen: models.JSONField[list[Content], list[Content]] = models.JSONField(default=list)
    goes_on = models.TextField(blank=True)
    until = models.DateField()
    moves_dues = models.BooleanField(default=True)  # whether due days move by the time it rested
    state = models.CharField(max_length=10, choices=list(SUSPENSION_LABELS.items()))
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # the first day on which it went on
    ready_by = models.CharField(max_length=3, blank=True)  # the side that is ready to go on and waits for the other
    answer = models.TextField(blank=True)  # why it was refused, or how it goes on
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(SUSPENSION_FLOW.states)), name="suspension_state_known"
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state__in=("proposed", "resting")), name="one_suspension_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="suspension_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.cause}"

    def reach(self) -> Reach:
        return self.agreement.reach()


class Amendment(Stamped):
    """An addendum: what shall hold instead, worded like a draft and compared with what holds.

    ``content``, ``clauses`` and ``numbers`` are the whole text as it will read; ``changes`` say place by place what it was
    and what it becomes. ``held`` keeps the days, the value and the partner that it ends, for nothing is written anew.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="amendments")
    number = models.SmallIntegerField()  # the nth addendum that was proposed
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))  # that proposes
    state = models.CharField(max_length=20)
    reason = models.TextField()
    new_partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    content: models.JSONField[Content, Content] = models.JSONField()
    clauses: models.JSONField[list[Content], list[Content]] = models.JSONField()
    numbers: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField()
    changes: models.JSONField[list[Content], list[Content]] = models.JSONField(default=list)
    touches: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    text_hash = models.CharField(max_length=64)
    held: models.JSONField[Content, Content] = models.JSONField(default=dict)
    offered_by = models.CharField(max_length=10, blank=True)  # code of the signatory who stands behind it
    agreed_by = models.CharField(max_length=10, blank=True)  # and of the one of the other side
    sent_to_meeting = models.BooleanField(default=False)
    village_number = models.CharField(max_length=60, blank=True)
    partner_number = models.CharField(max_length=60, blank=True)
    made_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="amendment")
    pages = models.SmallIntegerField(default=0)
    left_because = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=13)
    in_force_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="amendment_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=~Q(state__in=sorted(OVER)), name="one_amendment_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=sorted(AMENDMENT_FLOW.states)), name="amendment_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=("locked", "in_force")) | Q(paper__isnull=False, made_on__isnull=False),
                name="locked_amendment_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} adendum {self.number}"

    def reach(self) -> Reach:
        """Of the agreement; a partner that takes another one's place sees it as well."""
        reach = self.agreement.reach()
        parties = reach.parties | {self.new_partner.code} if self.new_partner else reach.parties
        return Reach(region=reach.region, parties=parties, assigned=reach.assigned)

    @property
    def said(self) -> str:
        return AMENDMENT_LABELS[self.state][0]

    @property
    def waiting(self) -> str:
        return AMENDMENT_LABELS[self.state][1]

    @property
    def partner(self) -> Partner:
        """Who is party two once it holds."""
        return self.new_partner or self.agreement.partner


class AddendumSlot(models.Model):
    """A place to sign under an addendum, and how it was signed."""

    class Mode(models.TextChoices):
        ELECTRONIC = "electronic", "Tanda tangan elektronik"
        CERTIFIED = "certified", "Tanda tangan elektronik tersertifikasi"
        WET = "wet", "Tanda tangan basah"

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="slots")
    party = models.CharField(max_length=3, choices=list(PARTIES.items()))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    capacity = models.CharField(max_length=120)
    mandate = models.CharField(max_length=160)
    mandate_from = models.DateField()
    mandate_until = models.DateField()
    text_hash = models.CharField(max_length=64)  # of the PDF that is signed
    state = models.CharField(max_length=10, choices=list(SLOT_LABELS.items()))
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    at = models.DateTimeField(null=True)
    by = models.CharField(max_length=13, blank=True)
    act_code = models.CharField(max_length=10, blank=True)  # the number of the act in the journal
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # with this signature
    certificate = models.CharField(max_length=64, blank=True)  # SHA-256 of the signer's
    stands = models.CharField(max_length=60, blank=True, default="")  # its field in that file; "" as reserved
    read_aloud_by = models.CharField(max_length=120, blank=True, default="")  # signs by thumbprint: who read it to him

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["amendment", "party"], name="one_addendum_slot_of_a_party"),
            models.CheckConstraint(condition=Q(state__in=sorted(SLOT_FLOW.states)), name="addendum_slot_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.party}"

    def reach(self) -> Reach:
        return self.amendment.reach()

    @property
    def field(self) -> str:
        """The name of the signature field in the PDF."""
        return SIGNATURE_FIELDS[self.party]


class AddendumScan(Scanned):
    """The scan of an addendum that was signed with ink."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="scans")

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.at:%Y-%m-%d}"


class AddendumConfirmation(ComparedScan):
    """One person compared the scan with the locked addendum, page by page."""

    scan = models.ForeignKey(AddendumScan, on_delete=models.PROTECT, related_name="confirmations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "by"], name="addendum_confirmed_once_by_each")]

    def __str__(self) -> str:
        return f"{self.scan_id} {self.by}"


class EndReminder(AppendOnly):
    """That both sides were told of the nearing end, so many days before it; of a longer term they are told anew."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="end_reminders")
    ends_on = models.DateField()
    days = models.SmallIntegerField()  # before the end, as the norm says
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "ends_on", "days"], name="reminded_of_end_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.days}"


class Evaluation(AppendOnly):
    """What the partnership has reached so far and what it has not: without it nothing is prolonged."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="evaluations")
    reached = models.TextField()
    missed = models.TextField()
    together_with = models.CharField(max_length=300)  # who evaluated, in words
    prolong = models.BooleanField()  # whether they advise to
    held_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.held_on}"

    def reach(self) -> Reach:
        return self.agreement.reach()
