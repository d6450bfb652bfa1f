"""The case, what it answers, and the sheet that the village meeting decides on."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.needs.models import Need, Potential
from bermitra.partnership.rules import (
    FIELDS,
    FLOW,
    LABELS,
    ROUTES,
    SHEET_FLOW,
    SHEET_LABELS,
    VILLAGE_INITIATIVE,
    Label,
)
from bermitra.partnership.sheet import Topics
from bermitra.registry.models import Partner, PlanLine


def _case_code() -> str:
    return new_code(10)


class Case(models.Model):
    """One partnership from idea to hand-over. ``partner`` is the candidate first, the partner once the meeting agreed."""

    code = models.CharField(max_length=10, unique=True, default=_case_code, editable=False)
    title = models.CharField(max_length=200)
    route = models.CharField(max_length=20, choices=list(ROUTES.items()))
    coop_type = models.CharField(max_length=20)
    field_of_government = models.CharField(max_length=40, choices=list(FIELDS.items()))
    forms: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # codes of the book of forms
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="cases")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="cases")
    state = models.CharField(max_length=40)
    goals = models.TextField(blank=True)
    # In the plan: one line of each plan, or the paper that changed them.
    midterm_line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, null=True, related_name="+")
    plan_line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, null=True, related_name="cases")
    plan_change = models.CharField(max_length=200, blank=True)
    # What the village can bear.
    budget_note = models.TextField(blank=True)
    village_share = models.BigIntegerField(default=0)
    budget_room = models.BigIntegerField(default=0)
    # Benefit and cost: rows {"what", "amount" rupiah|null, "unit", "source"}.
    benefits: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    costs: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    horizon_years = models.SmallIntegerField(default=1)
    # Place and nature, and whether the people whose land it is must be asked first (PADIATAPA); None: not said yet.
    spatial_check = models.TextField(blank=True)
    spatial_ok = models.BooleanField(null=True)
    environment_check = models.TextField(blank=True)
    environment_ok = models.BooleanField(null=True)
    consent_needed = models.BooleanField(null=True)
    touches: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # of TOUCHES; empty in older rows
    consent_reason = models.TextField(blank=True)
    # Of the village's register: what is put to use (public codes), and who is asked for its permit, and when.
    assets: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    permit_plan = models.TextField(blank=True)
    left_because = models.TextField(blank=True)  # why it was cancelled, withdrawn or declined: shown to everybody
    split_because = models.TextField(blank=True)  # why it stands apart from like cases (SL-35): shown to everybody
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=13)
    example = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["village", "state"], name="case_of_village"),
            models.Index(fields=["partner", "state"], name="case_of_partner"),
            models.Index(fields=["-opened_at", "-id"], name="case_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(FLOW.states)), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(village_share__gte=0, budget_room__gte=0), name="case_money_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(route=VILLAGE_INITIATIVE) | Q(partner__isnull=False), name="case_of_partner_names_it"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        parties = frozenset({self.partner.code}) if self.partner is not None else frozenset()
        return Reach(region=self.village_id, parties=parties)

    @property
    def label(self) -> Label:
        return LABELS[self.state]

    @property
    def phase(self) -> str:
        return LABELS[self.state].phase

    @property
    def benefit_total(self) -> int:
        return sum(row["amount"] or 0 for row in self.benefits)

    @property
    def cost_total(self) -> int:
        return sum(row["amount"] or 0 for row in self.costs)

    @property
    def ratio_hundredths(self) -> int | None:
        """Benefit over cost in hundredths, rounded down; ``None`` without any cost."""
        return self.benefit_total * 100 // self.cost_total if self.cost_total else None


class CaseNeed(models.Model):
    """A need that the case answers."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_needs")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "need"], name="case_need_once")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.need_id}"


class CasePotential(models.Model):
    """A potential that the case puts to use."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_potentials")
    potential = models.ForeignKey(Potential, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "potential"], name="case_potential_once")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.potential_id}"


class CaseNote(AppendOnly):
    """A note of an officer or the partner in the working room of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=13)
    role = models.CharField(max_length=30)

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class TermSheet(models.Model):
    """What the village meeting is asked to agree to. A case may have several, one after the other; one is open at most.

    Its ``text_hash`` is taken when it is tabled and stands in the decision of the meeting, so that exactly this text was
    agreed. A text changed in the meeting is tabled again, with its own hash.
    """

    code = models.CharField(max_length=10, unique=True, default=_case_code, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sheets")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.SmallIntegerField(default=1)  # counts the texts that were tabled
    title = models.CharField(max_length=200)
    topics: models.JSONField[Topics, Topics] = models.JSONField()
    text_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=20, choices=list(SHEET_LABELS.items()))
    drafted_at = models.DateTimeField()
    tabled_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(SHEET_FLOW.states)), name="sheet_state_known"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=("draft", "tabled")), name="one_open_sheet_of_a_case"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="agreed"), name="one_agreed_sheet_of_a_case"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "superseded")) | (~Q(text_hash="") & Q(partner__isnull=False)),
                name="tabled_sheet_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return self.case.reach()


class TabledText(AppendOnly):
    """Every text that was ever tabled, so that an earlier wording can be laid beside a later one."""

    sheet = models.ForeignKey(TermSheet, on_delete=models.PROTECT, related_name="texts")
    version = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    topics: models.JSONField[Topics, Topics] = models.JSONField()
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "version"], name="tabled_text_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id} v{self.version}"
