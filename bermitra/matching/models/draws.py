"""Draws of lots among villages for scarce places of a programme, and the villages on their lists."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.flow import Label
from bermitra.foundation.regions.models import Region
from bermitra.matching.draws.rules import DRAW_FLOW, DRAW_LABELS, LEFT_OUT, SILENCE
from bermitra.registry.models import Partner


def _code() -> str:
    return new_code(10)


class Draw(models.Model):
    """One draw. Held by the regency, or by a partner for places of its own.

    What decides it stands in the row before the seed is thrown and never changes after: who may be on the list
    (``entry``, ``statuses``, ``districts``, ``rest_months``), the places, the quotas, the list by its hash, the meeting.
    ``attempt`` counts the draws of the same programme that everybody saw, so that one that was voided and held again shows.

    Where its organiser asks the villages first, the programme, its places, the rule and the candidates stand open from
    ``asked_at`` on, each village answers for itself through ``answer_until``, and ``silence`` says what no answer means.
    """

    class Entry(models.TextChoices):
        ALL = "all", _("Semua desa yang memenuhi syarat")
        APPLIED = "applied", _("Desa yang mendaftar dan memenuhi syarat")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    regency = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="draws")
    programme = models.CharField(max_length=160)
    programme_key = models.CharField(max_length=200)  # as names are compared
    what = models.TextField()  # what one place is
    seats = models.IntegerField()
    entry = models.CharField(max_length=10, choices=Entry.choices)
    statuses: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # of the index; empty: all
    districts: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # codes; empty: all
    rest_months = models.SmallIntegerField(default=0)  # who got a place of this programme so lately is left out
    quotas: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # attributes, at most two
    meeting_on = models.DateField(null=True)
    meeting_at = models.TimeField(null=True)
    meeting_place = models.CharField(max_length=160, blank=True)
    silence = models.CharField(max_length=3, choices=list(SILENCE.items()), blank=True)  # empty: nobody was asked
    answer_until = models.DateField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.CharField(max_length=13, blank=True)
    state = models.CharField(max_length=10)
    attempt = models.SmallIntegerField(default=1)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    rule_text = models.TextField(blank=True)  # as it was published
    list_hash = models.CharField(max_length=64, blank=True)
    committed_at = models.DateTimeField(null=True)
    committed_by = models.CharField(max_length=13, blank=True)
    thrown = models.CharField(max_length=60, blank=True)
    means = models.CharField(max_length=80, blank=True)  # "dadu", "bola bernomor"
    witness_one = models.CharField(max_length=120, blank=True)
    witness_one_office = models.CharField(max_length=120, blank=True)
    witness_two = models.CharField(max_length=120, blank=True)
    witness_two_office = models.CharField(max_length=120, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    result_hash = models.CharField(max_length=64, blank=True)
    certificate = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.CharField(max_length=13, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=13, blank=True)
    example = models.BooleanField(default=False)
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=13)

    class Meta:
        indexes = [
            models.Index(fields=["regency", "-prepared_at", "code"], name="draw_of_regency"),
            models.Index(fields=["regency", "programme_key"], name="draw_of_programme"),
            models.Index(fields=["-committed_at", "code"], name="draw_published"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(DRAW_FLOW.states)), name="fair_draw_state_known"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="fair_draw_has_seats"),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(void_reason=""), name="fair_draw_void_says_why"),
            models.CheckConstraint(
                condition=Q(asked_at=None, answer_until=None, silence="")
                | (Q(asked_at__isnull=False, answer_until__isnull=False) & ~Q(silence="")),
                name="fair_draw_asks_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.programme

    def reach(self) -> Reach:
        return Reach(region=self.regency_id, parties=frozenset({self.partner.code} if self.partner else ()))

    @property
    def label(self) -> Label:
        return DRAW_LABELS[self.state]

    @property
    def published(self) -> bool:
        """Its list is, by its hash."""
        return self.committed_at is not None

    @property
    def public(self) -> bool:
        """Everybody sees it: since its villages were asked, or since its list was published."""
        return self.published or self.asked_at is not None


class DrawEntrant(models.Model):
    """A village of the regency in a draw: on the list with its number, or left out with the reason.

    ``listed_…`` and ``attributes`` are the words of the day on which the list was published: its hash is over them, and
    they stay when a decree gives the village another code.
    """

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="entrants")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    listed_code = models.CharField(max_length=13)
    listed_name = models.CharField(max_length=120)
    listed_district = models.CharField(max_length=120)
    attributes: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    applied = models.BooleanField(default=False)
    answer = models.BooleanField(null=True)  # of the village itself, whether it takes part
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=13, blank=True)
    number = models.IntegerField(null=True)  # on the list, from 1
    left_out = models.CharField(max_length=15, blank=True)  # why not on the list
    drawn = models.BooleanField(null=True)
    rank = models.IntegerField(null=True)  # of its lot, 1 the first

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "village"], name="draw_entrant_once"),
            models.UniqueConstraint(fields=["draw", "number"], name="draw_number_once"),
            models.CheckConstraint(condition=Q(number=None) ^ Q(left_out=""), name="draw_entrant_listed_or_left_out"),
            models.CheckConstraint(condition=Q(left_out__in=["", *LEFT_OUT]), name="draw_left_out_known"),
        ]
        indexes = [models.Index(fields=["village", "drawn"], name="draw_entrant_of_village")]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.listed_code}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)
