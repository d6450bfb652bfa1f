"""Entries that somebody makes for a village: by whose mandate, what was entered, what the village says against it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts.models.codes import _person_code
from bermitra.foundation.accounts.models.offices import Appointment
from bermitra.foundation.accounts.models.people import Person
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region


class Assistance(models.Model):
    """A helper prepares for a village what its operator might prepare, under the head's own mandate, until a day.

    Once granted, the helper holds the office of an assisting officer in the village (``appointment``); it ends with it.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Menunggu mandat")
        ACTIVE = "active", _("Mandat berlaku")
        CONTESTED = "contested", _("Isian digugat desa")
        ENDED = "ended", _("Berakhir")

    GRANTED = (State.ACTIVE, State.CONTESTED)

    code = models.CharField(max_length=10, unique=True, default=_person_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    helper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assistances")
    purpose = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=13)
    number = models.CharField(max_length=120, blank=True)  # of the head's letter
    since = models.DateField(null=True)
    until = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # the signed sheet
    granted_at = models.DateTimeField(null=True)
    granted_by = models.CharField(max_length=13, blank=True)
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, null=True, related_name="assistance")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=13, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="assistance_place")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("active", "contested"))
                | Q(since__isnull=False, appointment__isnull=False, granted_at__isnull=False) & ~Q(number=""),
                name="assistance_has_a_mandate",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__gte=F("since")), name="assistance_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def stands(self, day: date) -> str:
        """In words: after its last day nothing is entered any more, though its row is closed only by the night's work."""
        if self.state in self.GRANTED and self.until < day:
            return gettext("Berakhir")
        return str(self.get_state_display())

    def reach(self) -> Reach:
        return Reach(region=self.village_id, person=self.helper.code, assigned=frozenset({self.helper.code}))


class AssistedEntry(AppendOnly):
    """One act under a mandate and one record it touched; written by the door itself."""

    assistance = models.ForeignKey(Assistance, on_delete=models.PROTECT, related_name="entries")
    act = models.CharField(max_length=10)
    door = models.CharField(max_length=80)
    about = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "about"], name="assisted_entry_once")]
        indexes = [models.Index(fields=["about"], name="assisted_entry_record")]

    def __str__(self) -> str:
        return f"{self.door} {self.about}"

    def reach(self) -> Reach:
        return self.assistance.reach()


class EntryContest(models.Model):
    """The village says that an entry made in its name is wrong, and why; the helper or the secretary answers for it."""

    entry = models.ForeignKey(AssistedEntry, on_delete=models.PROTECT, related_name="contests")
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=13)
    role = models.CharField(max_length=30)
    at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(answered_at=None), name="entry_contested_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="contest_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.by}"

    def reach(self) -> Reach:
        return self.entry.reach()
