"""The list of guards is kept for the pages: asked again after each act that can change it, and on each new day.

Derived, so no act of its own and no line in the journal. It is worked out after the commit of the act, beside its answer.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from bermitra.foundation.codes import is_village
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.turns import writers_turn
from bermitra.foundation.rules import Finding
from bermitra.selection.actions.by_itself import each_by_itself
from bermitra.selection.models import Call, GuardList
from bermitra.selection.queries import UNDER_WAY, award_findings

AT_ONCE = 3  # calls of the village whose guards are asked again before the act answers


def look_again(act: Act) -> None:
    """For ``COMMAND_WITNESS``: what happened in a village or to a partner may have changed the guards of its running calls."""
    villages = {region for region in (act.reach.region, *(line.region for line in act.lines)) if is_village(region)}
    partners = {
        *act.reach.parties,
        *(line.about.partition(":")[2] for line in act.lines if line.about.startswith("partner:")),
    }
    if villages or partners:
        act.after(partial(_keep_all, frozenset(villages), frozenset(partners)))


def _keep_all(villages: frozenset[str], partners: frozenset[str]) -> None:
    """Beside the answer the few calls of the village itself; all others that were touched are left to the worker."""
    running = Call.objects.filter(state__in=UNDER_WAY)
    here = list(running.filter(case__village__in=villages).order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])
    keep_each(here)
    touched = Q(case__village__in=villages) | Q(proposals__partner__code__in=partners)
    others = running.filter(touched).exclude(pk__in=here)
    if others.exists():
        with writers_turn(connection):
            GuardList.objects.filter(call__in=others.values("pk")).update(day=clock.today() - timedelta(days=1))


def keep_each(calls: Iterable[int]) -> int:
    """Ask the guards of these calls again, each by itself; says how many could be asked."""
    return each_by_itself(calls, keep_guards)


def keep_due_guards(most: int | None = None) -> int:
    """For ``bermitra daily`` and the worker (``most`` at a time): days have gone by, verdicts and windows have ended; says how
    many were asked. Calls that cannot be asked stay due, and take nobody's turn."""
    asked = Q(guard_list=None) | Q(guard_list__day__lt=clock.today())
    kept = 0
    for pk in list(Call.objects.filter(asked, state__in=UNDER_WAY).order_by("pk").values_list("pk", flat=True)):
        if kept == most:
            break
        kept += keep_each([pk])
    return kept


def keep_guards(pk: int) -> None:
    """Ask the guards of one running call, and keep them where they differ from what was kept."""
    with writers_turn(connection), transaction.atomic():
        call = (
            Call.objects.select_for_update(of=("self",))
            .select_related("case__village", "case__partner", "case__midterm_line", "case__plan_line")
            .get(pk=pk)
        )
        if call.state in UNDER_WAY:
            keep(call, award_findings(call))


def keep(call: Call, findings: Iterable[Finding]) -> None:
    """Write ``findings`` as the list of this call; joins the running transaction."""
    lines, today = [_line(each) for each in findings], clock.today()
    held = GuardList.objects.filter(call=call)
    if held.filter(lines=lines).exists():
        held.update(day=today)
    else:
        GuardList.objects.update_or_create(call=call, defaults={"lines": lines, "day": today, "at": clock.now()})


def _line(finding: Finding) -> dict[str, Any]:
    """Its sentences name some numbers; only these are kept."""
    rule = finding.rule
    names = {name for _text, name, *_ in string.Formatter().parse(rule.says + rule.remedy) if name}
    return {
        "code": rule.code,
        "holds": finding.holds,
        "numbers": {name: finding.numbers[name] for name in sorted(names & finding.numbers.keys())},
    }
