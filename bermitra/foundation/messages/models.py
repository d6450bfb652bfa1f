"""Notices: what happened that somebody should know. Who has read one, and by which way it was passed on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region


def _code() -> str:
    return new_code(10)


class Notice(models.Model):
    """One sentence for one person, for an office, or for everybody of a village or a partner.

    It is never edited, yet it is not an append-only table: it must follow its village to a new code.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    person = models.CharField(max_length=10, blank=True)
    role = models.CharField(max_length=30, blank=True, choices=[(each.key, each.name) for each in roles.ALL])
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    party = models.CharField(max_length=10, blank=True)
    says = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    about = models.CharField(max_length=80)
    url_name = models.CharField(max_length=80, blank=True)
    url_code = models.CharField(max_length=13, blank=True)
    created_at = models.DateTimeField()
    act = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(person="") | ~Q(party="") | Q(region__isnull=False), name="notice_has_a_reader"
            ),
        ]
        # ``person`` leads where it is asked for being empty, as it nearly always is (see Duty).
        indexes = [
            models.Index(fields=["person", "role", "region"], name="notice_to_office"),
            models.Index(fields=["person", "role", "party"], name="notice_to_party"),
            models.Index(fields=["region", "-id"], name="notice_seen_in_place"),
            models.Index(fields=["party", "-id"], name="notice_seen_by_party"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def sentence(self) -> str:
        """In the reader's language, with its values filled in."""
        return gettext(self.says).format(**self.params)

    def reach(self) -> Reach:
        parties = frozenset({self.party} if self.party else ())
        return Reach(region=self.region_id or "", parties=parties, person=self.person)


class NoticeRead(models.Model):
    """This person has seen this notice; an office may have several holders, and each reads for himself."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="readings", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="notice_read_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.person_id}"


class Told(AppendOnly):
    """Somebody says that he passed the notice on. Before that the product says that it is not yet sent."""

    class How(models.TextChoices):
        WA = "wa", _("WhatsApp")
        SPOKEN = "spoken", _("Disampaikan langsung")
        EMAIL = "email", _("Surel")

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="told")
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.CharField(max_length=13)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.notice_id} {self.how}"
