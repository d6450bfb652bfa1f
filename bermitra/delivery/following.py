"""Delivery follows the agreement: what was changed or rested there moves the days on which promises fall due."""

from __future__ import annotations

from datetime import timedelta

from bermitra.agreements.changing.queries import rested
from bermitra.agreements.models import Agreement, Suspension
from bermitra.delivery import queries
from bermitra.delivery.actions import wait_for_next
from bermitra.delivery.models import Due, TakenUp
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove


@command("delivery.take_up_change", on="agreement")
def take_up_change(act: Act, *, agreement: Agreement) -> int:
    """Take over what has happened to the agreement since the last time; says how many days came, moved or went."""
    held = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    waiting = not_taken_up(held)
    if not waiting:
        raise NoSuchMove("following", held.state, act.door)
    moved = 0
    for suspension in waiting:
        moved += _after_the_rest(held, suspension)
        TakenUp.objects.create(agreement=held, what=about_of(suspension), at=act.now, by=act.by.code)
        close_duties(act, about=about_of(suspension))
    for duty in queries.duties_of(held):
        wait_for_next(act, duty, agreement)
    act.log("change.taken_up", agreement, days=moved, of=[about_of(each) for each in waiting])
    return moved


def not_taken_up(agreement: Agreement) -> list[Suspension]:
    """Rests that are over and have not moved the days yet, the oldest first."""
    done = set(TakenUp.objects.filter(agreement=agreement).values_list("what", flat=True))
    return [each for each in rested(agreement) if about_of(each) not in done]


def _after_the_rest(agreement: Agreement, suspension: Suspension) -> int:
    """Open days that lay in the rest or behind it move by as long as it lasted, and never past the agreement's last day."""
    if not suspension.moves_dues or suspension.began_on is None or suspension.ended_on is None:
        return 0
    by, (_first, last), moved = suspension.ended_on - suspension.began_on, queries.term_of(agreement), 0
    found = Due.objects.filter(obligation__agreement=agreement, state="open", due_on__gte=suspension.began_on)
    taken = {(each.obligation_id, each.due_on) for each in Due.objects.filter(obligation__agreement=agreement)}
    for due in found.order_by("-due_on", "-pk"):
        day = min(due.due_on + by, last)
        if by > timedelta(0) and (due.obligation_id, day) not in taken:
            taken.add((due.obligation_id, day))
            moved += Due.objects.filter(pk=due.pk, state="open").update(due_on=day)
    return moved


def take_up_due_changes() -> int:
    """What no clerk has taken up yet; says in how many agreements. Of the daily work."""
    found = Agreement.objects.filter(suspensions__state="over").select_related("case__village", "partner").distinct()
    waiting = [each for each in found if not_taken_up(each)]
    for agreement in waiting:
        take_up_change(by=By.the_system(), agreement=agreement)
    return len(waiting)
