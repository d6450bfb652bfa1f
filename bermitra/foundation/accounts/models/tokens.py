"""Keys with which a program acts for a person."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.crypto import constant_time_compare

from bermitra.foundation.accounts.models.codes import _person_code
from bermitra.foundation.accounts.models.people import Person
from bermitra.foundation.commands.act import Reach


class Token(models.Model):
    """A key for a program, made by the person it acts for. The key itself is shown once and kept nowhere.

    It acts in the ``offices`` that its person held when it was made and still holds, never in later ones. ``seal`` is of
    the person's password: with a new password, by hand or by letter, the key ends.
    """

    DAYS = 366  # to its last day at the latest: a year, whichever
    MOST = 10  # of one person at one time

    code = models.CharField(max_length=10, unique=True, default=_person_code, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the key, which is 256 random bits
    seal = models.CharField(max_length=64)
    offices = models.JSONField()  # keys of appointments
    made_at = models.DateTimeField()
    until = models.DateField()
    used_at = models.DateTimeField(null=True)  # to the hour
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.person.reach()

    def stands(self, person: Person, day: date) -> bool:
        """Whether it counts on ``day`` for ``person``, who is its person with the offices of that day."""
        return self.is_good(person, day) and any(office.pk in self.offices for office in person.offices)

    def is_good(self, person: Person, day: date) -> bool:
        """Whether it would count in an office: neither taken back, nor over, nor of an older password."""
        return (
            self.withdrawn_at is None
            and day <= self.until
            and constant_time_compare(self.seal, person.get_session_auth_hash())
        )
