"""Signs of trouble are explained; nobody can take one away."""

from __future__ import annotations

from bermitra.deliberation import signs
from bermitra.deliberation.actions.common import held_now
from bermitra.deliberation.models import Meeting, SignNote
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove


@command("deliberation.explain_sign", on="meeting")
def explain_sign(act: Act, *, meeting: Meeting, sign: str, text: str) -> SignNote:
    """Say in the open why a sign stands there. It may be said better later; every word stays."""
    meeting = held_now(meeting)
    if sign not in {each.code for each in signs.signs_now(meeting)}:
        raise NoSuchMove("sign", "explained", act.door)
    note = SignNote.objects.create(meeting=meeting, sign=sign, text=text, at=act.now, by=act.by.code)
    act.log("sign.explained", meeting, sign=sign)
    return note
