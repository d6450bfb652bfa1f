"""Rounds of a regency: who was invited, what each side chose, what came out with its reasons, and what was said against it.

What it is computed from is kept in two files of the store: ``inputs`` (the market as it stood when the invitations closed,
and from the locking of the choices on the whole published list) and ``certificate`` (for anybody to compute again). An order
of a village holds codes of rows of ``RoundOffer``, an order of an offer those of ``RoundVillage``: a village keeps its row
when a decree gives it a new code, and ``listed_as`` is the code under which the files know it.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.flow import Label
from bermitra.foundation.regions.models import Region
from bermitra.matching.rounds.lives import (
    INTRODUCTION,
    INTRODUCTION_LABELS,
    OBJECTION,
    OBJECTION_LABELS,
    ROUND,
    ROUND_LABELS,
    RUN,
    RUN_LABELS,
)
from bermitra.needs.models import Offer

Json = dict[str, Any]


def _code() -> str:
    return new_code(10)


class Round(models.Model):
    """One round of a regency. ``policy`` is what ``rounds.policy`` describes, locked by ``policy_hash`` at the opening.

    ``list_hash`` is published when the choices are locked; only then are dice or balls thrown (``thrown``), which with it
    give ``seed``, in a meeting that was announced before (``meeting_at``, ``meeting_place``). The list of that moment stays
    in ``first_inputs`` and ``first_list_hash``, and the seed with it, whatever is put right after an objection. ``plain``:
    there were too few offers, so that it ends as a ranked list. ``report`` is what the verifier and the second
    implementation said, with sums over the whole round.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    regency = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    title = models.CharField(max_length=200)
    programme = models.TextField(blank=True)
    why = models.TextField(blank=True)
    policy: models.JSONField[Json, Json] = models.JSONField(default=dict)
    policy_hash = models.CharField(max_length=64, blank=True)
    invite_until = models.DateField(null=True)
    prefer_until = models.DateField(null=True)
    objections_until = models.DateField(null=True)
    answer_until = models.DateField(null=True)
    inputs = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    list_hash = models.CharField(max_length=64, blank=True)
    first_inputs = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    first_list_hash = models.CharField(max_length=64, blank=True, default="")
    meeting_at = models.DateTimeField(null=True)
    meeting_place = models.CharField(max_length=120, blank=True, default="")
    thrown = models.CharField(max_length=200, blank=True)
    thrown_at = models.DateTimeField(null=True)
    thrown_place = models.CharField(max_length=120, blank=True)
    witnesses: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        default=list
    )  # name and office of each; names are never public
    seed = models.CharField(max_length=64, blank=True)
    certificate = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    report: models.JSONField[Json, Json] = models.JSONField(default=dict)
    plain = models.BooleanField(default=False)
    corrected: models.JSONField[list[str], list[str]] = models.JSONField(
        default=list
    )  # codes of sides that are read anew
    changed = models.TextField(blank=True)  # what was put right in the inputs after an upheld objection
    times_run = models.SmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    void_why = models.TextField(blank=True)
    state = models.CharField(max_length=12)
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [
            models.Index(fields=["regency", "-id"], name="round_of_regency"),
            models.Index(fields=["state", "-id"], name="round_by_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(ROUND.states)), name="round_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "void")) | ~Q(policy_hash=""), name="open_round_is_frozen"
            ),
            models.CheckConstraint(condition=Q(seed="") | ~Q(list_hash=""), name="seed_after_the_list"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> Label:
        return ROUND_LABELS[self.state]

    def reach(self) -> Reach:
        return Reach(region=self.regency_id)


class RoundVillage(models.Model):
    """A village in a round, also one that may not take part: then ``missing`` says why, in codes of ``rounds.rules``.

    ``joined`` is None until it has answered. ``acceptable`` are the offers that were computed for it, the best first, each
    with ``code`` (of ``RoundOffer``), ``a``, ``b`` and ``h`` in millionths. ``order`` holds those it ranked itself.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="villages")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    tier = models.SmallIntegerField(null=True)  # a place in ``engine.features.TIERS``, 0 the poorest
    eligible = models.BooleanField()
    missing: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    invited_at = models.DateTimeField(null=True)
    joined = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=300, blank=True)  # said when the invitation was declined
    listed_as = models.CharField(max_length=13, blank=True)
    sources: models.JSONField[Json, Json] = models.JSONField(default=dict)  # which records its numbers come from
    acceptable: models.JSONField[list[Json], list[Json]] = models.JSONField(default=list)
    order: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    struck: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    chosen_at = models.DateTimeField(null=True)
    outcome: models.JSONField[Json, Json] = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["village", "-id"], name="round_of_village")]
        constraints = [
            models.UniqueConstraint(fields=["round", "village"], name="village_once_in_round"),
            models.CheckConstraint(condition=Q(eligible=True) | Q(invited_at=None), name="only_eligible_is_invited"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.village_id}"

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class RoundOffer(models.Model):
    """An offer in a round, with the places it had when the round opened and those of them that are reserved.

    ``terms``: fingerprint of what it said when both sides read it to choose (``needs.offers.places.terms_of``).
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="offers")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    places = models.IntegerField()
    reserve = models.IntegerField()
    terms = models.CharField(max_length=64, blank=True, default="")
    joined = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=300, blank=True)
    sources: models.JSONField[Json, Json] = models.JSONField(default=dict)
    acceptable: models.JSONField[list[Json], list[Json]] = models.JSONField(default=list)
    order: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    struck: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    chosen_at = models.DateTimeField(null=True)
    outcome: models.JSONField[Json, Json] = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "offer"], name="offer_once_in_round"),
            models.CheckConstraint(
                condition=Q(places__gte=1, reserve__gte=0, reserve__lte=F("places")), name="round_places_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.offer_id}"

    def reach(self) -> Reach:
        """The partner's own people; the regency of the round sees it as well."""
        return Reach(region=self.round.regency_id, parties=frozenset({self.offer.partner.code}))


class Introduction(models.Model):
    """A pair that a round introduced. ``a``, ``b`` and ``h`` are in millionths; ``reasons`` as ``engine.explain`` gave them."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="introductions")
    village = models.ForeignKey(RoundVillage, on_delete=models.PROTECT, related_name="introductions")
    offer = models.ForeignKey(RoundOffer, on_delete=models.PROTECT, related_name="introductions")
    a = models.IntegerField()
    b = models.IntegerField()
    h = models.IntegerField()
    reasons: models.JSONField[list[Json], list[Json]] = models.JSONField(default=list)
    state = models.CharField(max_length=20)
    village_answered_at = models.DateTimeField(null=True)
    partner_answered_at = models.DateTimeField(null=True)
    declined_by = models.CharField(max_length=10, blank=True)  # village or partner
    why = models.TextField(blank=True)  # of whoever declined
    until = models.DateField()
    case = models.CharField(max_length=10, blank=True)  # code of the case of a later stage that it became

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "offer"], name="introduced_once"),
            models.CheckConstraint(condition=Q(state__in=sorted(INTRODUCTION.states)), name="introduction_state_known"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(why=""), name="introduction_declined_with_words"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> Label:
        return INTRODUCTION_LABELS[self.state]

    def reach(self) -> Reach:
        """Both sides'."""
        return Reach(region=self.village.village_id, parties=frozenset({self.offer.offer.partner.code}))


class RoundObjection(models.Model):
    """What a village or a partner that took part says against a provisional result, and the answer."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="objections")
    village = models.ForeignKey(RoundVillage, on_delete=models.PROTECT, null=True, related_name="+")
    offer = models.ForeignKey(RoundOffer, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=12)
    answer = models.TextField(blank=True)
    filed_at = models.DateTimeField()
    by = models.CharField(max_length=13)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=13, blank=True)
    used = models.BooleanField(default=False)  # an upheld one, after which the round was computed again

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(OBJECTION.states)), name="round_objection_state_known"),
            models.CheckConstraint(condition=Q(state="filed") | ~Q(answer=""), name="round_objection_answered"),
            models.CheckConstraint(
                condition=Q(village__isnull=True, offer__isnull=False) | Q(village__isnull=False, offer__isnull=True),
                name="round_objection_of_one_side",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> Label:
        return OBJECTION_LABELS[self.state]

    def reach(self) -> Reach:
        return self.round.reach()


class RoundRun(models.Model):
    """One piece of work that a round asked the worker for: what each side may choose from, the whole list with its hash, a
    trial, or the result.

    ``problem`` is a plain sentence where it failed; ``result`` that of a trial, see ``computing.trial``.
    """

    class Kind(models.TextChoices):
        CHOICES = "choices", _("Daftar pilihan kedua pihak")
        LIST = "list", _("Daftar lengkap sebelum angka dilempar")
        TRIAL = "trial", _("Simulasi")
        RESULT = "result", _("Hasil putaran")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    state = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=13)
    done_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    result: models.JSONField[Json, Json] = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], condition=Q(state="asked"), name="round_run_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(RUN.states)), name="round_run_state_known"),
            models.UniqueConstraint(fields=["round"], condition=Q(state="asked"), name="one_round_run_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.round_id}"

    @property
    def label(self) -> Label:
        return RUN_LABELS[self.state]

    def reach(self) -> Reach:
        return self.round.reach()
