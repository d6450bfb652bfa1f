"""People, the offices they hold, and the letters that give them their first access."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.codes import ALPHABET, new_code
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region


def _person_code() -> str:
    return new_code(10)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """One human being. Has an account once a letter was used; e-mail and telephone are optional for everybody."""

    code = models.CharField(max_length=10, unique=True, default=_person_code, editable=False)
    username = models.CharField(_("nama pengguna"), max_length=40, unique=True)
    full_name = models.CharField(_("nama lengkap"), max_length=120)
    phone = models.CharField(_("nomor telepon"), max_length=16, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    example = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone=""), name="person_phone_once"),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="person_email_once"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    @cached_property
    def offices(self) -> tuple[Appointment, ...]:
        """The offices held today, read once per request; each is a role with its reach."""
        held = Appointment.objects.in_force(clock.today()).filter(person=self)
        return tuple(held.select_related("region").order_by("since", "pk"))

    def reach(self) -> Reach:
        return Reach(region=self.region_id or "", person=self.code)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, day: date) -> AppointmentQuerySet:
        return self.filter(state=Appointment.State.CONFIRMED, since__lte=day, until__gte=day)


class Appointment(models.Model):
    """An office: a person, a role, a place or a party, a decree, a first and a last day. It stops by itself."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Diusulkan")
        CONFIRMED = "confirmed", _("Disahkan")
        ENDED = "ended", _("Diakhiri")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=[(each.key, each.name) for each in roles.ALL])
    title = models.CharField(max_length=120, blank=True)  # "Perbekel Bestala": the local word for the office
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    party = models.CharField(max_length=10, blank=True)  # public code of a partner
    decree = models.CharField(max_length=160)
    decree_on = models.DateField(null=True)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    state_at = models.DateTimeField()

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "role"], name="appointment_place")]
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


class AccessLetter(models.Model):
    """A printed letter with a one-time code. The code is not stored: it is derived from a nonce with the instance's key."""

    class Reason(models.TextChoices):
        FIRST = "first", _("Akses pertama")
        PASSWORD = "password", _("Kata sandi hilang")
        PHONE = "phone", _("Ponsel hilang")

    LENGTH = 12  # 60 bits
    DAYS = 30
    TOLD_FOR = timedelta(days=30)  # how long the village is told of it

    code = models.CharField(max_length=10, unique=True, default=_person_code, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    nonce = models.CharField(max_length=32)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=13)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "issued_at"], name="access_letter_person")]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.person.reach()

    def secret(self) -> str:
        """The one-time code that stands on the paper."""
        digest = salted_hmac("accounts.AccessLetter", self.nonce, algorithm="sha256").digest()
        return "".join(ALPHABET[byte % 32] for byte in digest[: self.LENGTH])

    def is_good(self, now: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and now <= self.expires_at
