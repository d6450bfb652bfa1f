"""The guards of an award in their stages, the same on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext

from bermitra.foundation.fields import filled
from bermitra.selection.queries import Guard, next_unmet, staged

register = template.Library()


@register.inclusion_tag("selection/guard_list.html")
def guard_list(guards: Sequence[Guard]) -> dict[str, Any]:
    """How many conditions are met and which is the next; then each stage with its own.

    A met one says what is true; an unmet one what it asks, what helps, and who can do it. A stage stands open while it is under
    way: where the next condition waits, and where some are met and some are not. Its count is seen in any case.
    """
    stages = staged(guards)
    following = next_unmet(stages)
    return {
        "met": sum(each.met for each in stages),
        "all": sum(len(each.guards) for each in stages),
        "next": _line(following) if following else None,
        "stages": [
            {
                "title": gettext(each.title),
                "met": each.met,
                "all": len(each.guards),
                "whole": each.whole,
                "open": not each.whole and (each.met > 0 or following in each.guards),
                "lines": [_line(guard) for guard in each.guards],
            }
            for each in stages
        ],
    }


def _line(guard: Guard) -> dict[str, str]:
    numbers = guard.finding.numbers
    return {
        "code": guard.code,
        "mark": "yes" if guard.holds else "no",
        "says": filled(guard.says, numbers),
        "remedy": "" if guard.holds else filled(guard.finding.rule.remedy, numbers),
        "who": "" if guard.holds else ", ".join(gettext(name) for name in guard.offices),
    }
