"""The one way a record goes from state to state: through a door of its flow, if no other act was quicker."""

from __future__ import annotations

from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.flow import Flow, NoSuchMove


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
