"""The offices that people hold, the letters they rest on, and how they pass on."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models.aliases import marked_with_aliases, under_every_code
from bermitra.foundation.accounts.models.codes import _person_code
from bermitra.foundation.accounts.models.people import Person
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, day: date) -> AppointmentQuerySet:
        """Those that count on ``day``. One that is contested counts until the office that gave it has looked into it:
        otherwise any complaint would stop a village head."""
        return self.filter(state__in=Appointment.HOLDING, since__lte=day, until__gte=day)

    def acted_in(self, day: date) -> tuple[Appointment, ...]:
        """Those that count on ``day``, oldest first, each under every code of its party; with region, in one statement."""
        held = self.in_force(day).select_related("region").order_by("since", "pk")
        return tuple(under_every_code(marked_with_aliases(held)))

    def given_to(self, person: Person) -> tuple[Appointment, ...]:
        """All that stand confirmed, whatever their terms, the one that lasts longest first; under every code as above."""
        held = self.filter(person=person, state__in=Appointment.HOLDING).select_related("region")
        return tuple(under_every_code(marked_with_aliases(held.order_by("-until", "-pk"))))


class Appointment(models.Model):
    """An office: a person, a role, a place or a party, a decree, a first and a last day. It stops by itself."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Diusulkan")
        CONFIRMED = "confirmed", _("Disahkan")
        CONTESTED = "contested", _("Digugat")
        ENDED = "ended", _("Diakhiri")

    HOLDING = (State.CONFIRMED, State.CONTESTED)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=[(each.key, each.name) for each in roles.ALL])
    title = models.CharField(max_length=120, blank=True)  # "Perbekel Bestala": the local word for the office
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    party = models.CharField(max_length=10, blank=True)  # public code of a partner
    decree = models.CharField(max_length=160)
    decree_on = models.DateField(null=True)
    since = models.DateField()
    until = models.DateField()
    acting = models.BooleanField(default=False)  # a Pj., who holds it until there is a new one
    proposed_by = models.CharField(max_length=13, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    state_at = models.DateTimeField()

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["region", "role"], name="appointment_place"),
            models.Index(fields=["party", "role"], name="appointment_party"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="appointment_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.region_id or self.party}"

    def reach(self) -> Reach:
        """Where the office is held; an office of a partner belongs to where its holder was taken in, so that the regency
        that gave it can end it."""
        parties = frozenset({self.party}) if self.party else frozenset()
        region = self.region_id or self.person.region_id or ""
        return Reach(region=region, parties=parties, person=self.person.code)

    @property
    def office(self) -> roles.Role:
        return roles.BY_KEY[self.role]

    @property
    def called(self) -> str:
        """The office in words: as the place calls it, else the role; an acting one says so."""
        name = self.title or gettext(self.office.name)
        return gettext("Penjabat %(office)s") % {"office": name} if self.acting else name

    def stands(self, day: date) -> str:
        """In words and not by its row alone: an office over its last day has ended, whoever wrote what."""
        if self.state in self.HOLDING and self.until < day:
            return gettext("Berakhir")
        return str(self.get_state_display())


class OfficeContest(AppendOnly):
    """Somebody of the same house says that an office is not rightly held; the one who gave it looks into it."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="contests")
    by = models.CharField(max_length=13)
    role = models.CharField(max_length=30)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.by}"


class Mandate(AppendOnly):
    """A written power: somebody of a village or a partner entrusts an office to another person of the same side.

    The office itself is an appointment like any other, proposed by whoever recorded the letter; the mandate holds what
    is in the letter. It ends with its appointment.
    """

    class Purpose(models.TextChoices):
        SIGN = "sign", _("Menandatangani perjanjian")
        REPRESENT = "represent", _("Mewakili dalam perundingan dan pelaksanaan")
        PREPARE = "prepare", _("Menyiapkan isian dan berkas")

    code = models.CharField(max_length=10, unique=True, default=_person_code, editable=False)
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="mandate")
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    scope = models.CharField(max_length=300)  # for what exactly, as the letter says it
    number = models.CharField(max_length=120)
    dated = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.appointment.reach()


class HandOver(AppendOnly):
    """An office passed from one holder to the next, with what was open in it, and the paper that both sign.

    ``lines`` say what went over: ``{"kind", "says", "count"}`` each.
    """

    code = models.CharField(max_length=10, unique=True, default=_person_code, editable=False)
    predecessor = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="handed_over")
    successor = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="taken_over")
    lines = models.JSONField()
    note = models.CharField(max_length=1000, blank=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor"], name="office_handed_over_once")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.successor.reach()
