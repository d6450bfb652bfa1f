"""What both sides do under an agreement: the plan, what falls due, money and goods, and training."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.models import Agreement, FundingLine, Obligation
from bermitra.delivery.handing.models import GoodsHandover, HandoverItem, InventoryRecord
from bermitra.delivery.rules import (
    DUE_FLOW,
    IN_FORCE,
    PLACE_FLOW,
    PLACE_LABELS,
    PLAN_FLOW,
    PLAN_LABELS,
    THEMES,
    TRAINING_FLOW,
    TRAINING_LABELS,
    Label,
    standing_of_due,
)
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.journal.models import AppendOnly

__all__ = ["GoodsHandover", "HandoverItem", "InventoryRecord"]  # tables of the inner room, for whoever looks for them

VILLAGE, PARTNER = "one", "two"  # the parties, as the agreement numbers them
SEXES = {"L": _("Laki-laki"), "P": _("Perempuan")}


def _code() -> str:
    return new_code(10)


# The plan ------------------------------------------------------------------------------------------------------------
class Plan(models.Model):
    """What is done when, by whom, with whose money: one plan of both sides, in use once both have adopted the same."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="plan")
    state = models.CharField(max_length=10)
    version = models.SmallIntegerField(default=1)
    # The meeting with residents that it was made in: counts, no names.
    met_on = models.DateField(null=True)
    met_at = models.CharField(max_length=120, blank=True)
    met_men = models.IntegerField(default=0)
    met_women = models.IntegerField(default=0)
    met_said = models.TextField(blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=13)
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=sorted(PLAN_FLOW.states)), name="plan_state_known")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.agreement.reach()

    @property
    def label(self) -> Label:
        return PLAN_LABELS[self.state]


class Adoption(AppendOnly):
    """One side adopts the plan as it stands, by its hash. A plan changed since then wants a new adoption."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="adoptions")
    party = models.CharField(max_length=3)
    text_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "party", "text_hash"], name="adopted_once_by_party")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.party}"


class Activity(models.Model):
    """One thing that is done: for which promises, with which result, by whom on each side, and who keeps it up after."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="activities")
    number = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    theme = models.CharField(max_length=15, choices=list(THEMES.items()))
    output = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    target = models.IntegerField()
    place = models.CharField(max_length=120, blank=True)  # hamlet or spot
    starts = models.DateField()
    ends = models.DateField()
    lead_village = models.CharField(max_length=120, blank=True)
    lead_partner = models.CharField(max_length=120, blank=True)
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    cost = models.BigIntegerField(default=0)
    execution_mode = models.CharField(max_length=30, blank=True)
    sdg = models.SmallIntegerField(null=True)  # 1 to 18, SDGs Desa
    lasting = models.BooleanField(default=False)  # leaves an asset or a service behind
    owner_after_end = models.CharField(max_length=200, blank=True)
    obligations: Any = models.ManyToManyField(Obligation, related_name="activities")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="activity_number_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="activity_ends_later"),
            models.CheckConstraint(condition=Q(cost__gte=0, target__gte=1), name="activity_figures_possible"),
            models.CheckConstraint(condition=Q(sdg=None) | Q(sdg__gte=1, sdg__lte=18), name="activity_sdg_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return self.plan.reach()


class ActivityFunding(models.Model):
    """How much of an activity is paid from which line of the agreement."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="funding")
    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "line"], name="activity_funded_once_by_line"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="activity_funding_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} ← {self.line_id}"


class Progress(AppendOnly):
    """How far an activity has come, as one side saw it on a day."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="progress")
    percent = models.SmallIntegerField()
    done = models.IntegerField(default=0)  # of the target, in its unit
    text = models.TextField(blank=True)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    party = models.CharField(max_length=3)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="progress_is_a_percent"),
        ]
        indexes = [models.Index(fields=["activity", "-on", "-id"], name="progress_newest")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.percent}%"


# What falls due ------------------------------------------------------------------------------------------------------
class Due(models.Model):
    """One day on which an obligation falls due. Late, soon and frozen are computed on the day one looks."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="dues")
    due_on = models.DateField()
    state = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "due_on"], name="due_once_a_day"),
            models.CheckConstraint(condition=Q(state__in=sorted(DUE_FLOW.states)), name="due_state_known"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="due_by_day")]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.due_on}"

    def reach(self) -> Reach:
        return self.obligation.agreement.reach()

    def stands(self, today: date) -> str:
        """``not_due``, ``due``, ``overdue`` or ``frozen`` while nothing was handed in, else the state. Wants the
        agreement fetched along."""
        frozen = self.obligation.agreement.state != IN_FORCE or self.obligation.until_id is not None
        return standing_of_due(self.state, self.due_on, today, frozen=frozen)


class TakenUp(AppendOnly):
    """What happened to the agreement (``suspension:…``, ``amendment:…``) and has been taken over into the days."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="taken_up")
    what = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "what"], name="taken_up_once")]

    def __str__(self) -> str:
        return self.what


class Evidence(AppendOnly):
    """What a side hands in to show that it kept its promise."""

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="evidence")
    text = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    house = models.CharField(max_length=10)  # "village" or the code of the partner
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.due_id} {self.at:%Y-%m-%d}"


class Check(AppendOnly):
    """What the other side says of the evidence."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="check_made")
    accepted = models.BooleanField()
    text = models.TextField(blank=True)
    house = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.evidence_id} {'ok' if self.accepted else 'returned'}"


# Money ---------------------------------------------------------------------------------------------------------------
COUNTING = Q(needs_second=False) | Q(word__confirmed=True)  # of entries: those whose lines are in the book


class LedgerEntry(AppendOnly):
    """One paper about money or goods. It is never changed: a second person's word and a counter-entry are rows beside it.

    Its lines are written when it counts; one that waits for a second person, or was refused, has none.
    """

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("Uang masuk")
        SPENDING = "spending", _("Belanja")
        IN_KIND = "in_kind", _("Barang atau tenaga")
        SHARE = "share", _("Bagi hasil untuk desa")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="entries")
    number = models.IntegerField()  # of the agreement's book, without a gap
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    text = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    channel = models.CharField(max_length=30)  # of the book of forms: whose account, or goods
    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, null=True, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="entries")
    budget_code = models.CharField(max_length=10, blank=True)
    handover = models.ForeignKey(GoodsHandover, on_delete=models.PROTECT, null=True, related_name="entries")  # of goods
    receipt_number = models.CharField(max_length=80, blank=True)
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    needs_second = models.BooleanField()
    before_budget = models.BooleanField(default=False)  # it came in before the village's budget held it
    counter_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="counters")
    reason = models.CharField(max_length=300, blank=True)  # of a counter-entry, or of money outside the term
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="entry_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_amount_positive"),
            models.CheckConstraint(condition=Q(kind="share") | Q(line__isnull=False), name="entry_names_its_source"),
            models.CheckConstraint(
                condition=Q(kind__in=("receipt", "share")) | Q(activity__isnull=False), name="entry_names_its_use"
            ),
            models.CheckConstraint(condition=Q(handover=None) | Q(kind="in_kind"), name="entry_of_a_handover_is_goods"),
            models.CheckConstraint(condition=Q(counter_of=None) | ~Q(reason=""), name="counter_entry_says_why"),
            models.UniqueConstraint(
                fields=["counter_of"], condition=Q(needs_second=False), name="countered_once_by_one_person"
            ),
        ]
        indexes = [models.Index(fields=["agreement", "-on", "-id"], name="entry_newest")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    def reach(self) -> Reach:
        return self.agreement.reach()

    @property
    def state(self) -> str:
        """Read from the rows beside it; fetch them along (``queries.entries_of``)."""
        word = getattr(self, "word", None)
        if word is not None and not word.confirmed:
            return "refused"
        if self.needs_second and word is None:
            return "pending"
        countered = getattr(self, "countered", None)
        if countered is None:
            countered = self.counters.filter(COUNTING).exists()
        if countered:
            return "countered"
        return "held" if self.before_budget and not hasattr(self, "budget_change") else "posted"


class SecondWord(AppendOnly):
    """A second person looked at the entry and its receipt."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="word")
    confirmed = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(confirmed=True) | ~Q(reason=""), name="refused_entry_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {'confirmed' if self.confirmed else 'refused'}"


class BudgetChange(AppendOnly):
    """The village's budget was changed and holds this money now; until then nobody spends it."""

    class Kind(models.TextChoices):
        REGULATION = "perdes", _("Peraturan Desa tentang Perubahan APB Desa")
        HEAD = "perkades", _("Peraturan Kepala Desa tentang Perubahan Penjabaran APB Desa")

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="budget_change")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.CharField(max_length=80)
    dated = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class LedgerLine(AppendOnly):
    """Debit or credit of one account, in whole rupiah. Accounts have names: ``kas:rkd``, ``sumber:2``, ``guna:7K3M…``."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="lines")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, null=True, related_name="+")
    account = models.CharField(max_length=40)
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0), name="ledger_line_has_one_side"
            ),
        ]
        indexes = [models.Index(fields=["agreement", "account"], name="ledger_account")]

    def __str__(self) -> str:
        return f"{self.account} {self.debit - self.credit}"


class KeptTotal(models.Model):
    """The sums of an agreement's book by source, kept by the acts that write its lines. ``line`` is empty for shares."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, null=True, related_name="+")
    received = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "line"], condition=Q(line__isnull=False), name="total_once"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(line__isnull=True), name="share_total_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.line_id}: {self.received} − {self.spent}"


# Training ------------------------------------------------------------------------------------------------------------
class Training(models.Model):
    """A training: what for, by whom, how long, for how many, and how everybody in the village could know of it."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="trainings")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="trainings")
    title = models.CharField(max_length=200)
    need_basis = models.TextField()  # which need of residents it answers, and how one knows
    competency = models.TextField()  # what a participant can do afterwards
    provider = models.CharField(max_length=160)
    place = models.CharField(max_length=120, blank=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    hours = models.SmallIntegerField()
    seats = models.SmallIntegerField()
    criteria = models.TextField(blank=True)
    # Rows {"group", "seats"}; None: not yet said, []: said that there are none.
    quotas: models.JSONField[list[dict[str, Any]] | None, list[dict[str, Any]] | None] = models.JSONField(null=True)
    # Rows {"name", "place"}: the hamlets that are reached, and where one applies there.
    hamlets: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list)
    hamlets_of_village = models.SmallIntegerField(default=0)  # how many the village has
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)  # last day on which one may apply
    list_hash = models.CharField(max_length=64, blank=True)  # of the candidates, from closing on
    state = models.CharField(max_length=20)
    example = models.BooleanField(default=False)
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(TRAINING_FLOW.states)), name="training_state_known"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="training_ends_later"),
            models.CheckConstraint(condition=Q(hours__gte=1, seats__gte=1), name="training_has_room"),
        ]
        indexes = [models.Index(fields=["agreement", "state"], name="training_of_agreement")]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return self.agreement.reach()

    @property
    def label(self) -> Label:
        return TRAINING_LABELS[self.state]


class Applicant(models.Model):
    """A resident who wants to take part; a row with a name, no account. ``code`` is the lot that he or she holds."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="applicants")
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, choices=list(SEXES.items()))
    hamlet = models.CharField(max_length=60)
    element = models.CharField(max_length=40, blank=True)
    poor = models.BooleanField(default=False)  # private: never leaves the work pages
    order = models.IntegerField(null=True)  # in the draw
    state = models.CharField(max_length=15)
    applied_at = models.DateTimeField()
    entered_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(PLACE_FLOW.states)), name="place_state_known"),
        ]
        indexes = [models.Index(fields=["training", "state"], name="place_of_training")]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return self.training.reach()

    @property
    def label(self) -> Label:
        return PLACE_LABELS[self.state]


class Draw(AppendOnly):
    """A drawing of lots that anybody can repeat: the candidates stood open, with their hash, before the seed was thrown."""

    training = models.OneToOneField(Training, on_delete=models.PROTECT, related_name="draw")
    list_hash = models.CharField(max_length=64)
    seed = models.CharField(max_length=60)
    means = models.CharField(max_length=80)  # "dadu", "bola bernomor"
    witness_one = models.CharField(max_length=120)
    witness_two = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.training_id} {self.seed}"


class TrainingDay(models.Model):
    """A day of a training that took place."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    hours = models.SmallIntegerField()
    topic = models.CharField(max_length=200)
    sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # the signed list

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["training", "on"], name="training_day_once"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=24), name="training_day_has_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.training_id} {self.on}"


class Presence(models.Model):
    """Who was there on a day, as the signed list says. A list that was read wrongly is entered again."""

    day = models.ForeignKey(TrainingDay, on_delete=models.PROTECT, related_name="presences")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="presences")
    present = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "applicant"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.day_id} {self.applicant_id}"


class Certificate(AppendOnly):
    """What a participant takes home; its paper is checked by its code."""

    applicant = models.OneToOneField(Applicant, on_delete=models.PROTECT, related_name="certificate")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    percent = models.SmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.applicant_id}"
