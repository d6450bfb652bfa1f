"""What sees every act before its lines are written: the setting ``COMMAND_WITNESS``."""

from __future__ import annotations

from bermitra.foundation.commands.act import Act
from bermitra.foundation.people.actions import assisted
from bermitra.selection.actions.guarding import look_again


def witness(act: Act) -> None:
    """Entries made in a village's name are marked; the guards of awards that the act may change are asked again."""
    assisted.witness(act)
    look_again(act)
