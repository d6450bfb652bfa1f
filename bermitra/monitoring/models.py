"""What an agreement is measured by, what was measured, and the reports that go to the BPD and on to the regency."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.models import Agreement
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.flow import Label
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.monitoring.indicators import DIRECTIONS, FAMILIES, OWNERS, REQUIRED_FAMILIES
from bermitra.monitoring.rules import FRAMEWORK, FRAMEWORK_LABELS, REPORT, REPORT_LABELS, VALUE, VALUE_LABELS

Content = dict[str, Any]


def _code() -> str:
    return new_code(10)


# Indicators -----------------------------------------------------------------------------------------------------------


class Framework(models.Model):
    """The indicators of one agreement. The clerk drafts it, the head of the village or the partner's signatory adopts it.

    ``sub_field`` is the free word by which the regency's register knows what the agreement is about.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="framework")
    sub_field = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=13)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(FRAMEWORK.states)), name="framework_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.state}"

    def reach(self) -> Reach:
        return self.agreement.reach()

    @property
    def label(self) -> Label:
        return FRAMEWORK_LABELS[self.state]


class Indicator(models.Model):
    """One thing that is measured, from its baseline on. ``known`` is its code in the shipped list, empty for one of their own.

    ``index_item`` points to an indicator of an official index; ``index_points`` is what the parties hope to add to its
    score, from which only an estimate follows.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="indicators")
    number = models.SmallIntegerField()
    known = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=160)
    family = models.CharField(max_length=20, choices=list(FAMILIES.items()))
    unit = models.CharField(max_length=40)
    scale = models.SmallIntegerField(default=0)
    direction = models.CharField(max_length=5, choices=list(DIRECTIONS.items()))
    people = models.BooleanField(default=False)
    baseline = models.BigIntegerField(null=True)
    baseline_on = models.DateField(null=True)
    method = models.CharField(max_length=200, blank=True)
    data_owner = models.CharField(max_length=30, choices=list(OWNERS.items()), blank=True)
    index_item = models.CharField(max_length=5, blank=True)
    index_points = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="indicator_number_once"),
            models.CheckConstraint(condition=Q(scale__gte=0, scale__lte=3), name="indicator_scale"),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return self.framework.reach()

    @property
    def required_family(self) -> bool:
        return self.family in REQUIRED_FAMILIES


class Target(models.Model):
    """What the indicator shall have reached at the end of a year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    year = models.SmallIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="target_once_a_year")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"


class Value(models.Model):
    """One measurement. It counts, and is public, once somebody else has approved it."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    amount = models.BigIntegerField()
    measured_on = models.DateField()
    source = models.CharField(max_length=160, blank=True)
    method = models.CharField(max_length=200, blank=True)
    scheme_version = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10)
    returned_because = models.CharField(max_length=300, blank=True)
    measured_at = models.DateTimeField()
    measured_by = models.CharField(max_length=13)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=13, blank=True)

    class Meta:
        indexes = [models.Index(fields=["indicator", "state", "-measured_on", "-id"], name="value_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(VALUE.states)), name="value_state_known"),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(checked_by=""), name="approved_value_was_checked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.measured_on}"

    def reach(self) -> Reach:
        return self.indicator.reach()

    @property
    def label(self) -> Label:
        return VALUE_LABELS[self.state]


# Reports --------------------------------------------------------------------------------------------------------------


class Report(models.Model):
    """A report of the village on its cooperation: every year on all agreements, in between on the progress of one.

    While it is open, ``words`` hold what the village writes and the two amounts what its own cash book says. Sending it
    freezes ``content``, which the paper shows; a report sent again after a question has a new paper.
    """

    class Kind(models.TextChoices):
        ANNUAL = "annual", _("Laporan tahunan")
        PROGRESS = "progress", _("Laporan kemajuan")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="cooperation_reports")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="reports")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    year = models.SmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10)
    words: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    received = models.BigIntegerField(null=True)  # whole rupiah, as the village's cash book has it
    spent = models.BigIntegerField(null=True)
    number = models.CharField(max_length=60, blank=True)  # of the letter
    dated = models.DateField(null=True)
    content: models.JSONField[Content, Content] = models.JSONField(default=dict)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="report")
    example = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=13)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["village", "year"], name="report_of_village")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(REPORT.states)), name="report_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="report_ends_later"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(paper__isnull=False, sent_at__isnull=False), name="sent_report_has_paper"
            ),
            models.CheckConstraint(
                condition=Q(kind="annual", agreement=None) | Q(kind="progress", agreement__isnull=False),
                name="progress_is_of_one_agreement",
            ),
            models.UniqueConstraint(
                fields=["village", "year"], condition=Q(kind="annual"), name="one_annual_report_a_year"
            ),
            models.UniqueConstraint(
                fields=["agreement", "starts_on"], condition=Q(kind="progress"), name="one_progress_report_a_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.village_id} {self.year}"

    def reach(self) -> Reach:
        parties = frozenset({self.agreement.partner.code}) if self.agreement is not None else frozenset()
        return Reach(region=self.village_id, parties=parties)

    @property
    def label(self) -> Label:
        return REPORT_LABELS[self.state]


class ReportStep(AppendOnly):
    """A step of a report on its lawful way: who had it in hand, when, and what was asked or answered."""

    class Kind(models.TextChoices):
        SENT = "sent", _("Dikirim ke BPD, tembusan camat")
        QUESTIONED = "questioned", _("BPD bertanya")
        ANSWERED = "answered", _("Dijawab dan dikirim lagi")
        RECEIVED = "received", _("Diterima BPD")
        FORWARDED = "forwarded", _("Diteruskan camat ke kabupaten")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    role = models.CharField(max_length=30)

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"
