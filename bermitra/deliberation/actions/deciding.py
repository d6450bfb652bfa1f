"""What the meeting says and decides."""

from __future__ import annotations

from django.utils import timezone

from bermitra.deliberation import queries
from bermitra.deliberation.actions.common import (
    held_now,
    move,
    open_due,
)
from bermitra.deliberation.models import (
    Decision,
    Meeting,
    TopicAnswer,
)
from bermitra.deliberation.rules import (
    DECIDING,
    MUSYAWARAH,
    DecidingFacts,
)
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _


@command("deliberation.answer_topic", on="meeting")
def answer_topic(act: Act, *, meeting: Meeting, topic: int, answer: str) -> TopicAnswer:
    """What the meeting said on one of the nine topics; it may be worded better until the minutes are final."""
    meeting = held_now(meeting)
    if meeting.state not in ("in_session", "minutes_draft"):
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    said, _new = TopicAnswer.objects.update_or_create(meeting=meeting, topic=topic, defaults={"answer": answer})
    act.log("topic.answered", meeting, topic=topic)
    return said


@command("deliberation.record_decision", on="meeting")
def record_decision(
    act: Act,
    *,
    meeting: Meeting,
    subject_code: str,
    result: str,
    mode: str,
    approving: int = 0,
    votes_for: int = 0,
    votes_against: int = 0,
    votes_abstain: int = 0,
    secret: bool = False,
    conditions: str = "",
    reason: str = "",
    despite: str = "",
) -> Decision:
    """Write down what was decided on the text that lies before the meeting. With the last subject the session closes.

    ``despite`` is the typed reason that lets a rule of unconfirmed basis pass.
    """
    meeting = held_now(meeting)
    subject = meeting.subjects.filter(code=subject_code, decision__isnull=True).first()
    if subject is None:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    norms = standing(meeting.village_id)
    counted = queries.presence(meeting)
    facts = DecidingFacts(
        signed_in=counted.signed_in,
        invited=counted.invited,
        session=meeting.session,
        quorum=norms.numbers["musyawarah_quorum"],
        agreed=result == Decision.Result.AGREED,
        mode=mode,
        present=counted.present,
        approving=approving,
        in_favour=votes_for,
        against=votes_against,
        abstaining=votes_abstain,
        consensus_share=norms.numbers["consensus_share"],
        vote_majority=norms.numbers["vote_majority"],
        held_on=meeting.held_on,
        recorded_on=timezone.localdate(act.now),
        opened=meeting.opened_at is not None,
    )
    passed = act.require(DECIDING, facts, norms, despite)
    decision = Decision.objects.create(
        subject=subject,
        result=Decision.Result(result),
        mode=Decision.Mode(mode),
        secret=secret,
        present=counted.present,
        approving=approving if mode == Decision.Mode.CONSENSUS else 0,
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstain=votes_abstain,
        conditions=conditions,
        reason="\n".join(filter(None, (reason, despite))),
        text_hash=subject.text_hash,
        decided_at=act.now,
        decided_by=act.by.code,
    )
    last = not meeting.subjects.filter(decision__isnull=True).exists()
    move(act, meeting, "minutes_draft" if last else "in_session")
    act.log(
        "musyawarah.decided",
        meeting,
        subject=subject.code,
        result=decision.result,
        text=decision.text_hash,
        present=decision.present,
        passed_over=list(passed),
    )
    if last:
        close_duties(act, about=about_of(meeting))
        due = queries.minutes_due(meeting, norms.numbers)
        open_due(act, meeting, "deliberation.finalise_minutes", _("Selesaikan berita acara: {topic}"), due)
    return decision
