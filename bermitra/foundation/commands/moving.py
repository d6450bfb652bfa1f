"""The one way a record goes from state to state: through a door of its flow, if no other act was quicker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.flow import Flow, NoSuchMove

AT_ONCE = 500  # rows a statement


def move_on(act: Act, flow: Flow, record: Any, target: str | None = None, *, door: str = "", **also: Any) -> None:
    """Take ``record`` through the running door (or ``door``, where a joined act goes through another), with what is written
    ``also``. The row is asked, not the object: raises :class:`NoSuchMove` where the door does not open from the state that
    was read, or where the row has left it.
    """
    door, source = door or act.door, record.state
    onward = flow.through(door, source, target)
    if not type(record)._default_manager.filter(pk=record.pk, state=source).update(state=onward, **also):
        raise NoSuchMove(flow.name, source, door)
    for name, value in {"state": onward, **also}.items():
        setattr(record, name, value)


def move_all_on(act: Act, flow: Flow, records: Sequence[Any]) -> None:
    """Take many ``records`` of one table through the running door, a statement for each state they are in (and for each
    :data:`AT_ONCE` of them). Raises :class:`NoSuchMove`, as :func:`move_on` does, where one of them cannot go."""
    for source in sorted({each.state for each in records}):
        together = [each for each in records if each.state == source]
        onward = flow.through(act.door, source)
        for start in range(0, len(together), AT_ONCE):
            part = together[start : start + AT_ONCE]
            rows = type(part[0])._default_manager.filter(pk__in=[each.pk for each in part], state=source)
            if rows.update(state=onward) != len(part):
                raise NoSuchMove(flow.name, source, act.door)
            for each in part:
                each.state = onward
