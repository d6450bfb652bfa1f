"""Villages that were taken in from one table: which file, by whom, and which letters came of it."""

from __future__ import annotations

from django.db import models

from bermitra.foundation.accounts.models import AccessLetter, Appointment
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region
from bermitra.registry.models.codes import _code


class OnboardingLoad(AppendOnly):
    """One table that was taken in. The same file is taken in once in a region, and again after it was turned down; the rows
    themselves are not kept."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")  # whose officer did it
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    attempt = models.IntegerField(default=1)  # of this file in this region: how often it was turned down, and one
    villages = models.IntegerField()
    people = models.IntegerField()
    skipped = models.IntegerField()  # rows that were left out, as the officer chose
    proposed = models.BooleanField(default=False)  # by a camat: it counts once the regency has confirmed it
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "file_hash", "attempt"], name="onboarding_file_once")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(region=self.region_id)

    @property
    def state(self) -> str:
        """Of ``ONBOARDING_FLOW``: what is proposed waits until there is a decision."""
        if not self.proposed:
            return "confirmed"
        decision = getattr(self, "decision", None)
        return "waiting" if decision is None else "confirmed" if decision.confirmed else "declined"


class OnboardedOffice(AppendOnly):
    """An office that a camat's load proposes; it counts once the regency has confirmed the load."""

    load = models.ForeignKey(OnboardingLoad, on_delete=models.PROTECT, related_name="offices")
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.load_id} {self.appointment_id}"


class OnboardingDecision(AppendOnly):
    """What the regency said of a camat's load, as a whole."""

    load = models.OneToOneField(OnboardingLoad, on_delete=models.PROTECT, related_name="decision")
    confirmed = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)  # why it was turned down
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.load_id} {self.confirmed}"


class OnboardingLetter(AppendOnly):
    """A first letter that came of a load."""

    load = models.ForeignKey(OnboardingLoad, on_delete=models.PROTECT, related_name="letters")
    letter = models.OneToOneField(AccessLetter, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.load_id} {self.letter_id}"
