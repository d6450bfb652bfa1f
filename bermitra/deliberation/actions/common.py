"""How the life of a meeting and of a consent moves, and whom it makes wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bermitra.deliberation import interests
from bermitra.deliberation.models import (
    JointPlace,
    Meeting,
    MeetingObjection,
)
from bermitra.deliberation.rules import (
    AS_CHAIR,
    MUSYAWARAH,
    ActorFacts,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import withdraw_paper
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _


@dataclass(frozen=True)
class Who:
    """A line of a list of people as it was typed."""

    name: str
    sex: str
    hamlet: str
    elements: tuple[str, ...]
    poor: bool = False


def held_now(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from others until this act is done."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def move(act: Act, meeting: Meeting, target: str | None = None, **changes: Any) -> None:
    move_on(act, MUSYAWARAH, meeting, target, **changes)


def open_due(
    act: Act, meeting: Meeting, door: str, says: str, due_on: date | None, role: str = roles.BPD_CHAIR.key
) -> None:
    open_duty(
        act,
        door=door,
        about=about_of(meeting),
        code=meeting.code,
        says=says,
        region=meeting.village_id,
        role=role,
        due_on=due_on,
        topic=meeting.topic,
    )


def await_letter(act: Act, place: JointPlace, due_on: date) -> None:
    """The decision of an asked village binds: its head is to answer the village that offers, in writing."""
    open_duty(
        act,
        door="deliberation.answer_joint_offer",
        about=about_of(place),
        code=place.offer.code,
        says=_("Jawab penawaran antar-Desa secara tertulis: {topic}"),
        region=place.village_id,
        role=roles.VILLAGE_HEAD.key,
        due_on=due_on,
        topic=place.offer.title,
    )


def await_taking_back(act: Act, place: JointPlace) -> None:
    """A newer decision of an asked village binds and its letter says otherwise: its head takes the letter back, and answers
    anew."""
    open_duty(
        act,
        door="deliberation.withdraw_joint_answer",
        about=about_of(place),
        code=place.offer.code,
        says=_("Tarik jawaban desa yang tidak sesuai keputusan baru, lalu jawab lagi: {topic}"),
        region=place.village_id,
        role=roles.VILLAGE_HEAD.key,
        due_on=place.answer_by or place.offer.answer_by,
        topic=place.offer.title,
    )


def tell_village(act: Act, meeting: Meeting, says: str) -> None:
    """Tell everybody who works in the village."""
    params = {"topic": meeting.topic}
    tell(
        act,
        says=says,
        params=params,
        about=about_of(meeting),
        url_name="page.meeting",
        code=meeting.code,
        region=meeting.village_id,
    )


def withdraw_papers(act: Act, meeting: Meeting, kind: str, why: str) -> None:
    for paper in Paper.objects.filter(about=about_of(meeting), kind=kind, withdrawal__isnull=True):
        withdraw_paper(by=act, paper=paper, why=why)


def as_chair(act: Act, meeting: Meeting) -> None:
    """Who has an interest in a partner that was decided on does not act as chair of the BPD (DB-67)."""
    person = Person.objects.filter(code=act.by.code).first()
    tied = person is not None and interests.tied_actor(meeting, person)
    act.require(AS_CHAIR, ActorFacts(tied), standing(meeting.village_id))


def await_answer(act: Act, meeting: Meeting, objection: MeetingObjection) -> None:
    open_duty(
        act,
        door="deliberation.answer_objection",
        about=about_of(objection),
        belongs_to=about_of(meeting),
        code=objection.code,
        says=_("Jawab keberatan warga: {topic}"),
        region=meeting.village_id,
        role=roles.BPD_CHAIR.key,
        topic=meeting.topic,
    )
