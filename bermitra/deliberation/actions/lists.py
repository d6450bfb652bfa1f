"""The village's standing list of invitees."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.deliberation.actions.common import (
    Who,
)
from bermitra.deliberation.models import (
    Invitee,
)
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.regions.models import Region


@command("deliberation.list_invitees", on="village")
def list_invitees(act: Act, *, village: Region, people: Sequence[Who]) -> None:
    """Add people to the village's standing list of invitees; who stands on it by name and hamlet is brought up to date."""
    held = {(e.name.casefold(), e.hamlet.casefold()): e for e in Invitee.objects.filter(village=village)}
    new = []
    for who in people:
        values = {"sex": who.sex, "elements": list(who.elements), "poor": who.poor, "active": True}
        same = held.get((who.name.casefold(), who.hamlet.casefold()))
        if same is not None:
            Invitee.objects.filter(pk=same.pk).update(**values)
        else:
            made = {"village": village, "name": who.name, "hamlet": who.hamlet, "created_at": act.now}
            new.append(Invitee(created_by=act.by.code, **made, **values))
    Invitee.objects.bulk_create(new)
    act.log("invitees.listed", village, new=len(new), renewed=len(people) - len(new))


@command("deliberation.retire_invitee", on="invitee")
def retire_invitee(act: Act, *, invitee: Invitee) -> None:
    """From now on this person is not invited any more; earlier lists keep the name."""
    if not Invitee.objects.filter(pk=invitee.pk, active=True).update(active=False):
        raise NoSuchMove("invitee", "retired", act.door)
    act.log("invitee.retired", invitee)
