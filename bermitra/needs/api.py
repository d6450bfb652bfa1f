"""How a later stage says that a partnership answers a need, or no more. Joins the running act: no door, but a journal line."""

from __future__ import annotations

from collections.abc import Iterable

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.moving import move_on
from bermitra.needs.models import Need
from bermitra.needs.rules import NEED


def tie_needs(act: Act, needs: Iterable[Need]) -> None:
    """A partnership that answers these needs is on its way: priorities among them are offered."""
    for need in needs:
        if need.state == "priority":
            move_on(act, NEED, need, door="needs.mark_offered")
            act.log("need.offered", need)


def release_needs(act: Act, needs: Iterable[Need]) -> None:
    """The partnership came to nothing: what was offered is a priority as before."""
    for need in needs:
        if need.state == "offered":
            move_on(act, NEED, need, door="needs.release")
            act.log("need.released", need)
