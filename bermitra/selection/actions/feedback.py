"""Whoever was not proposed gets its own sheet with the reasons, by itself when a candidate is proposed."""

from __future__ import annotations

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.text import _
from bermitra.selection.actions.common import hold
from bermitra.selection.models import Call, Feedback, Proposal
from bermitra.selection.queries import sheets, without_feedback
from bermitra.selection.rules import CALL


@command("selection.send_feedback", on="call")
def send_feedback(act: Act, *, call: Call, words: str = "") -> Call:
    """Send their sheets to those who have none yet: of a call that failed after its levels were revealed, or of one whose
    candidate was proposed before there were sheets (SL-24)."""
    hold(call)
    # A ranking is nobody's before it is everybody's.
    published = call.revealed_at is not None and call.state != "scoring"
    sent = give_feedback(act, call, words) if published else []
    if not sent:
        raise NoSuchMove(CALL.name, call.state, act.door)
    act.log("feedback.sent", call, proposals=[each.code for each in sent], round=call.round)
    return call


def give_feedback(act: Act, call: Call, words: str = "") -> list[Proposal]:
    """Joins the running act: a sheet for everybody who has none of this round, and a notice that leads to it."""
    waiting = list(without_feedback(call))
    data = sheets(call, waiting)
    Feedback.objects.bulk_create(
        [
            Feedback(proposal=each, round=call.round, data=data[each.pk], words=words, at=act.now, by=act.by.code)
            for each in waiting
        ]
    )
    for each in waiting:
        tell(
            act,
            says=_("Alasan dan lembar nilai usulan Anda untuk “{title}” dapat dibaca."),
            params={"title": call.title},
            about=about_of(each),
            url_name="page.feedback",
            code=each.code,
            party=each.partner.code,
            role=roles.PARTNER_REP.key,
        )
    return waiting
