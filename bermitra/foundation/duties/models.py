"""What is due. One table for the whole house: stages open and close its rows inside their acts, pages only read them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from bermitra.foundation.accounts import roles
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region

OPEN = Q(closed_at=None)


def _code() -> str:
    return new_code(10)


class Duty(models.Model):
    """Something that waits for an office, a party or one person, until the act that does it closes the row.

    ``door`` is the act that is waited for and ``url_code`` what its address takes; ``about`` is the record it is
    about, ``belongs_to`` the one around that record, with which it ends as well (the case of a question). An office is
    named by ``role`` with ``region`` or ``party``; where both stand, the role says which of the two holds the office,
    and the other one sees that it waits. ``person`` narrows it to one human being.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    door = models.CharField(max_length=80)
    about = models.CharField(max_length=80)
    belongs_to = models.CharField(max_length=80, blank=True)
    url_code = models.CharField(max_length=13, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    party = models.CharField(max_length=10, blank=True)
    role = models.CharField(max_length=30, blank=True, choices=[(each.key, each.name) for each in roles.ALL])
    person = models.CharField(max_length=10, blank=True)
    says = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by_act = models.CharField(max_length=10)
    closed_at = models.DateTimeField(null=True)
    closed_by_act = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            # Two, because an empty region is NULL, and NULLs are never equal.
            models.UniqueConstraint(
                fields=["about", "door", "role", "party", "person", "region"],
                condition=OPEN & Q(region__isnull=False),
                name="duty_open_once_in_place",
            ),
            models.UniqueConstraint(
                fields=["about", "door", "role", "party", "person"],
                condition=OPEN & Q(region__isnull=True),
                name="duty_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(person="") | ~Q(party="") | Q(region__isnull=False), name="duty_waits_for_somebody"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by_act="") | (Q(closed_at__isnull=False) & ~Q(closed_by_act="")),
                name="duty_is_closed_by_an_act",
            ),
        ]
        # A work box asks for open rows by person, office, place or party; closed ones, which soon are most of the table,
        # stand only in the index by record and in that of the key to Region, by which a new code is given. For an office
        # ``person`` is empty, as in nearly every row: it leads where it is asked, or SQLite, which knows averages only,
        # would think that emptiness finds few rows and look through them all.
        indexes = [
            models.Index(fields=["person", "role", "region"], condition=OPEN, name="duty_of_office"),
            models.Index(fields=["person", "region", "door"], condition=OPEN, name="duty_of_place"),
            models.Index(fields=["person", "party", "door"], condition=OPEN, name="duty_of_party"),
            models.Index(fields=["region", "due_on"], condition=OPEN, name="duty_seen_in_place"),
            models.Index(fields=["party", "due_on"], condition=OPEN, name="duty_seen_by_party"),
            models.Index(fields=["due_on", "id"], condition=OPEN & Q(due_on__isnull=False), name="duty_by_day"),
            models.Index(fields=["about"], name="duty_by_record"),
            models.Index(fields=["belongs_to"], condition=OPEN, name="duty_by_record_around"),
        ]

    def __str__(self) -> str:
        return f"{self.door} {self.about}"

    @property
    def sentence(self) -> str:
        """In the reader's language, with its values filled in."""
        return gettext(self.says).format(**self.params)

    def reach(self) -> Reach:
        parties = frozenset({self.party} if self.party else ())
        assigned = frozenset({self.person} if self.person else ())
        return Reach(region=self.region_id or "", parties=parties, person=self.person, assigned=assigned)
