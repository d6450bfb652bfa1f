"""Residents object, the BPD answers, and the decision binds or falls."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from bermitra.deliberation import queries, signs
from bermitra.deliberation.actions.common import (
    as_chair,
    await_answer,
    await_letter,
    await_taking_back,
    held_now,
    move,
    tell_village,
    withdraw_papers,
)
from bermitra.deliberation.models import (
    JointAnswer,
    JointPlace,
    Meeting,
    MeetingObjection,
)
from bermitra.deliberation.rules import (
    AS_READ,
    BINDING,
    SeenFacts,
)
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import withdraw_paper
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Refused, examine, unmet
from bermitra.foundation.text import _


@command("deliberation.object", on="meeting")
def object_to(act: Act, *, meeting: Meeting, name: str, text: str) -> MeetingObjection:
    meeting = held_now(meeting)
    move(act, meeting)
    objection = MeetingObjection.objects.create(
        meeting=meeting, name=name, text=text, raised_at=act.now, raised_by=act.by.code
    )
    act.log("decision.objected", meeting, objection=objection.code)
    await_answer(act, meeting, objection)
    return objection


@command("deliberation.answer_objection", on="objection")
def answer_objection(act: Act, *, objection: MeetingObjection, answer: str) -> MeetingObjection:
    meeting = held_now(objection.meeting)
    move(act, meeting)
    done = MeetingObjection.objects.filter(pk=objection.pk, answer="").update(answer=answer, answered_at=act.now)
    if not done:
        raise NoSuchMove("objection", "answered", act.door)
    act.log("objection.answered", meeting, objection=objection.code)
    close_duties(act, about=about_of(objection))
    return objection


@command("deliberation.make_binding", on="meeting")
def make_binding(act: Act, *, meeting: Meeting, seen: str, names: Sequence[tuple[str, str]] = ()) -> Meeting:
    """Make the decision binding, as the second of two people who looked at the signed sheet (DB-29, DB-30, DB-31).

    ``seen`` is the hash of the signatures one had before one, ``names`` the names as they stand on the sheet, each behind
    its capacity.
    """
    meeting = held_now(meeting)
    as_chair(act, meeting)
    norms = standing(meeting.village_id)
    today = timezone.localdate(act.now)
    facts = queries.binding_facts(meeting, today, norms.numbers, act.by.code, names)
    refused = unmet(examine(BINDING, facts, norms))
    stale = unmet(examine(AS_READ, SeenFacts(seen, queries.signatures_hash(meeting)), norms))
    if refused or stale:
        raise Refused((*refused, *stale))
    warned = [each.code for each in signs.findings(meeting, signs.shown(meeting, norms), norms) if not each.holds]
    move(act, meeting, bound_on=today)
    act.log("decision.bound", meeting, words=meeting.minutes_hash, signatures=seen, passed_over=warned)
    close_duties(act, about=about_of(meeting))
    for place in queries.letters_due(meeting):
        await_letter(act, place, place.answer_by or place.offer.answer_by)
    for place in queries.letters_to_take_back(meeting):
        await_taking_back(act, place)
    tell_village(act, meeting, _("Keputusan musyawarah mengikat: {topic}"))
    return meeting


@command("deliberation.annul", on="meeting")
def annul(act: Act, *, meeting: Meeting, why: str) -> Meeting:
    """The BPD takes its own meeting back, for a stated reason; its decisions no longer count anywhere."""
    meeting = held_now(meeting)
    withdraw_papers(act, meeting, "minutes", why)
    withdraw_papers(act, meeting, "bpd_decree", why)
    for place in (*queries.letters_due(meeting), *queries.letters_to_take_back(meeting)):
        close_duties(act, about=about_of(place))
    for answer in JointAnswer.objects.filter(decision__subject__meeting=meeting).select_related("paper"):
        if answer.paper is not None:  # what was written to another village rests on this decision
            withdraw_paper(by=act, paper=answer.paper, why=why)
    fallen = JointAnswer.objects.filter(decision__subject__meeting=meeting, withdrawal__isnull=True)
    move(act, meeting, ended_why=why)
    for answer in fallen.filter(place__offer__state="sent").select_related("place__offer"):
        _await_anew(act, meeting, answer.place)
    act.log("decision.annulled", meeting)
    close_duties(act, about=about_of(meeting))
    tell_village(act, meeting, _("Keputusan musyawarah dinyatakan tidak sah: {topic}"))
    return meeting


def _await_anew(act: Act, meeting: Meeting, place: JointPlace) -> None:
    """The letter fell with its meeting: there is nothing to take back, and another decision that binds is to be written."""
    close_duties(act, about=about_of(place))
    stands = queries.decision_on(place.offer.code, meeting.village_id)
    if stands is not None and stands.binding and stands.text_hash == place.offer.text_hash:
        await_letter(act, place, place.answer_by or place.offer.answer_by)
