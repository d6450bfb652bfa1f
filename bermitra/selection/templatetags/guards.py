"""The guards of an award as one list, the same on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext

from bermitra.foundation.accounts import roles
from bermitra.foundation.fields import filled
from bermitra.selection.queries import Guard

register = template.Library()


@register.inclusion_tag("selection/guard_list.html")
def guard_list(guards: Sequence[Guard], shown: bool = False) -> dict[str, Any]:
    """The whole list in the order of the journey, each with tick or cross; an unmet one says what helps, and who can do it.

    ``shown``: the list stands open, where it is what the page is about.
    """
    lines = [
        {
            "code": each.code,
            "mark": "yes" if each.holds else "no",
            "says": filled(each.finding.rule.says, each.finding.numbers),
            "remedy": "" if each.holds else filled(each.finding.rule.remedy, each.finding.numbers),
            "who": "" if each.holds else ", ".join(gettext(roles.BY_KEY[role].name) for role in each.who),
        }
        for each in guards
    ]
    return {"lines": lines, "met": sum(each.holds for each in guards), "all": len(lines), "shown": shown}
