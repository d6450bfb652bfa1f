"""The letters that give people their first access."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts.models.codes import _person_code
from bermitra.foundation.accounts.models.people import Person
from bermitra.foundation.codes import ALPHABET
from bermitra.foundation.commands.act import Reach


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
