"""One human being, and how he is found."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts.models.codes import _person_code
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region

if TYPE_CHECKING:
    from bermitra.foundation.accounts.models.offices import Appointment


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
    contact_changed_at = models.DateTimeField(null=True)  # by the person itself; a new number does not sign at once
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    example = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()
    DROPPED = "batal."  # how the user name begins of whoever was proposed, turned down and never let in
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

    @property
    def dropped(self) -> bool:
        return not self.is_active and self.username.startswith(self.DROPPED)

    @cached_property
    def offices(self) -> tuple[Appointment, ...]:
        """The offices held today, read once per request; each is a role with its reach."""
        return self.appointments.acted_in(clock.today())  # type: ignore[attr-defined, no-any-return]

    def reach(self) -> Reach:
        return Reach(region=self.region_id or "", person=self.code)
