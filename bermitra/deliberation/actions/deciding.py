"""What the meeting says and decides."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.utils import timezone

from bermitra.deliberation import interests, queries
from bermitra.deliberation.actions.common import (
    held_now,
    move,
    open_due,
)
from bermitra.deliberation.models import (
    Decision,
    Meeting,
    Subject,
    TopicAnswer,
)
from bermitra.deliberation.rules import (
    DECIDING,
    HANDING,
    MUSYAWARAH,
    DecidingFacts,
)
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.registry.overlaps import person_key


@command("deliberation.answer_topic", on="meeting")
def answer_topic(act: Act, *, meeting: Meeting, topic: int, answer: str) -> TopicAnswer:
    """What the meeting said on one of the nine topics; it may be worded better until the minutes are final."""
    meeting = held_now(meeting)
    if meeting.state not in ("in_session", "minutes_draft"):
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    said, _new = TopicAnswer.objects.update_or_create(meeting=meeting, topic=topic, defaults={"answer": answer})
    act.log("topic.answered", meeting, topic=topic)
    return said


@command("deliberation.hand_chair", on="meeting")
def hand_chair(act: Act, *, meeting: Meeting, chair: str) -> Meeting:
    """Somebody else presides from now on: who has an interest in a subject steps back while it is decided on (DB-14)."""
    meeting = held_now(meeting)
    if meeting.state != "in_session":
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    act.require(HANDING, interests.next_chair_facts(meeting, chair), standing(meeting.village_id))
    meeting.chair = chair
    meeting.save(update_fields=["chair"])
    act.log("musyawarah.chair_handed", meeting)
    return meeting


@command("deliberation.record_decision", on="meeting")
def record_decision(
    act: Act,
    *,
    meeting: Meeting,
    subject_code: str,
    seen: str,
    result: str,
    mode: str,
    approving: int = 0,
    votes_for: int = 0,
    votes_against: int = 0,
    votes_abstain: int = 0,
    votes_invalid: int = 0,
    voters: int = 0,
    ballot: str = "",
    secret: bool = False,
    counter_one: str = "",
    counter_two: str = "",
    conditions: str = "",
    reason: str = "",
    despite: str = "",
) -> Decision:
    """Write down what was decided on the text that lies before the meeting. With the last subject the session closes.

    ``seen`` is the hash of the text that was read out. A vote names its ballot, how many voted and the two who counted; a
    consensus has none of these. ``despite`` is the typed reason that lets a rule of unconfirmed basis pass.
    """
    meeting = held_now(meeting)
    subject = meeting.subjects.filter(code=subject_code, decision__isnull=True).first()
    if subject is None:
        raise NoSuchMove(MUSYAWARAH.name, meeting.state, act.door)
    norms = standing(meeting.village_id)
    prefetch_related_objects([meeting], "attendees")
    counted = queries.presence(meeting)
    counters = tuple(person_key(name) for name in (counter_one, counter_two) if name)
    facts = DecidingFacts(
        **vars(interests.interest_facts(meeting, subject, act.by.code)),
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
        about_person=subject.kind == Subject.Kind.PERSON,
        ballot=ballot,
        secret=secret,
        invalid=votes_invalid,
        voters=voters,
        counters=counters,
        may_count=frozenset(person_key(each.name) for each in interests.may_count(meeting)),
        text_read=seen,
        text_now=subject.text_hash,
    )
    passed = act.require(DECIDING, facts, norms, despite)
    voted = mode == Decision.Mode.VOTE
    decision = Decision.objects.create(
        subject=subject,
        result=Decision.Result(result),
        mode=Decision.Mode(mode),
        ballot=Decision.Ballot(ballot) if voted else "",
        secret=secret and voted,
        chair=meeting.chair,
        present=counted.present,
        approving=approving if mode == Decision.Mode.CONSENSUS else 0,
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstain=votes_abstain,
        votes_invalid=votes_invalid,
        voters=voters,
        counter_one=counter_one,
        counter_two=counter_two,
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
