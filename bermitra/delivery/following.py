"""Delivery follows the agreement: what was changed or rested there moves the days on which promises fall due."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Model, Q
from django.utils.timezone import localdate

from bermitra.agreements.changing.queries import in_force, rested
from bermitra.agreements.models import Agreement, Amendment, Suspension
from bermitra.delivery import queries
from bermitra.delivery.actions import wait_for_next
from bermitra.delivery.handing.models import GoodsHandover
from bermitra.delivery.models import Due, LedgerEntry, Plan, TakenUp, Training
from bermitra.delivery.rules import DUE_FLOW, days_due, months_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import Flow, NoSuchMove
from bermitra.partnership.models import Case


@command("delivery.take_up_change", on="agreement")
def take_up_change(act: Act, *, agreement: Agreement) -> int:
    """Take over what has happened to the agreement since the last time; says how many days came, moved or went."""
    held = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    waiting = not_taken_up(held)
    if not waiting:
        raise NoSuchMove("following", held.state, act.door)
    moved = 0
    for change in waiting:
        if isinstance(change, Suspension):
            moved += _after_the_rest(held, change)
        else:
            moved += _after_the_addendum(act, held, change)
        TakenUp.objects.create(agreement=held, what=about_of(change), at=act.now, by=act.by.code)
        close_duties(act, about=about_of(change), door=act.door)
    for duty in queries.duties_of(held):
        wait_for_next(act, duty, agreement)
    act.log("change.taken_up", agreement, days=moved, of=[about_of(each) for each in waiting])
    return moved


def not_taken_up(agreement: Agreement) -> list[Amendment | Suspension]:
    """Addenda that hold and rests that are over, of which the days know nothing yet; addenda first."""
    done = set(TakenUp.objects.filter(agreement=agreement).values_list("what", flat=True))
    waiting: list[Amendment | Suspension] = [*in_force(agreement), *rested(agreement)]
    return [each for each in waiting if about_of(each) not in done]


def _after_the_addendum(act: Act, agreement: Agreement, amendment: Amendment) -> int:
    """New duties get their days, those that go on as long as the term does get theirs, those that ended wait for nobody.

    Where no plan was adopted yet no promise has a day: the plan will give them all.
    """
    plan = queries.plan_of(agreement)
    if plan is None or plan.state != "adopted":
        return 0
    since = localdate(amendment.in_force_at) if amendment.in_force_at else localdate(act.now)
    starts, ends = queries.term_of(agreement)
    state, came = DUE_FLOW.through(act.door, Flow.start), 0
    for duty in queries.duties_of(agreement):
        there = set(Due.objects.filter(obligation=duty).values_list("due_on", flat=True))
        if there and months_of(duty.period) is None:  # once is once
            continue
        days = days_due(duty.due_on, duty.period, starts, ends)
        new = [day for day in days if day not in there and day >= since]
        Due.objects.bulk_create([Due(obligation=duty, due_on=day, state=state) for day in new])
        came += len(new)
    rests = Due.objects.filter(Q(obligation__until=amendment) | Q(due_on__gt=ends), obligation__agreement=agreement)
    for due in rests.filter(state="open"):
        close_duties(act, about=about_of(due))
    return came


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
    changed = Q(suspensions__state="over") | Q(amendments__state="in_force")
    found = Agreement.objects.filter(changed).select_related("case__village", "partner").distinct()
    waiting = [each for each in found if not_taken_up(each)]
    for agreement in waiting:
        take_up_change(by=By.the_system(), agreement=agreement)
    return len(waiting)


def late_promises(agreement: Agreement) -> dict[int, date]:
    """Which duties are late today and since when, by their key; for the warnings of an agreement.

    Where nothing was planned yet, a duty is late once its first day has passed. While a rest that moves days is not taken
    over, no day is known.
    """
    today = clock.today()
    if any(isinstance(each, Suspension) and each.moves_dues for each in not_taken_up(agreement)):
        return {}
    found: dict[int, date] = {}
    planned: set[int] = set()
    dues = Due.objects.filter(obligation__agreement=agreement, obligation__until=None).order_by("-due_on")
    for due in dues:
        planned.add(due.obligation_id)
        if due.state == "open" and due.due_on < today:
            found[due.obligation_id] = due.due_on  # the earliest comes last
    starts, ends = queries.term_of(agreement)
    for duty in queries.duties_of(agreement).exclude(pk__in=planned):
        day = days_due(duty.due_on, duty.period, starts, ends)[0]
        if day < today:
            found[duty.pk] = day
    return found


def records_of(case: Case) -> list[str]:
    """What duties of this stage may be open about, for a case that another village takes over."""
    dues = Due.objects.filter(obligation__agreement__case=case)
    rows: list[Model] = [*dues, *GoodsHandover.objects.filter(case=case)]
    for table in (Plan, LedgerEntry, Training):
        rows += table._default_manager.filter(agreement__case=case)
    return [about_of(each) for each in rows]
