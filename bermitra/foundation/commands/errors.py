"""Why a door stayed shut. ``site.middleware.PlainAnswers`` turns each into a page."""

from __future__ import annotations

from bermitra.foundation.commands.act import Reach


class DoorError(Exception):
    """Base of all refusals of a door; nothing was changed."""


class NotAllowed(DoorError):
    """The permission table does not let this person do this to this record (HTTP 403). ``reach``: the record's, if known."""

    def __init__(self, door: str, who: str, reach: Reach | None = None):
        self.door, self.who, self.reach = door, who, reach
        super().__init__(f"{who} may not open {door}")


class StepUpNeeded(DoorError):
    """The password must be asked for again before this act."""

    def __init__(self, door: str):
        self.door = door
        super().__init__(f"{door} wants a fresh confirmation")


class KeyUsedOtherwise(DoorError):
    """The same key came with other content (HTTP 409)."""


class KeyMissing(DoorError):
    """A request without an idempotency key (HTTP 400)."""
