"""Verbs of a list of priorities: order it, bring it before a Musyawarah, set what that decided."""

from __future__ import annotations

from django.db.models import F

from bermitra.deliberation.actions import table_text
from bermitra.deliberation.models import Meeting, Subject
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.needs import queries
from bermitra.needs.models import Need, PriorityList, PriorityRow
from bermitra.needs.rules import (
    LIST,
    NEED,
    PRIORITISING,
    TABLING,
)


@command("needs.draft_priorities", on="village")
def draft_priorities(act: Act, *, village: Region, year: int, title: str, example: bool = False) -> PriorityList:
    priorities = PriorityList.objects.create(
        village=village,
        year=year,
        title=title,
        state=LIST.through(act.door, LIST.start),
        example=example,
        created_at=act.now,
        created_by=act.by.code,
    )
    act.log("priorities.drafted", priorities, year=year)
    return priorities


@command("needs.place", on="priorities")
def place(act: Act, *, priorities: PriorityList, need: Need, reason: str, rank: int | None = None) -> PriorityRow:
    """Put a need on the list, at the end or before the one that holds this rank; a need that stands on it is moved.

    A list that lies before a Musyawarah may still be reordered; it is tabled again then, for the decision names its hash.
    """
    priorities = _changeable(act, priorities)
    if need.village_id != priorities.village_id:
        raise NoSuchMove(LIST.name, priorities.state, act.door)
    _take_out(priorities, need)
    end = priorities.rows.count() + 1
    rank = min(max(rank or end, 1), end)
    _shift(priorities, rank, 1)
    row = PriorityRow.objects.create(list=priorities, need=need, rank=rank, reason=reason)
    act.log("priorities.placed", priorities, need=need.code, rank=rank)
    return row


@command("needs.drop", on="priorities")
def drop(act: Act, *, priorities: PriorityList, need: Need) -> PriorityList:
    priorities = _changeable(act, priorities)
    if not _take_out(priorities, need):
        raise NoSuchMove(LIST.name, priorities.state, act.door)
    act.log("priorities.dropped", priorities, need=need.code)
    return priorities


@command("needs.table", on="priorities")
def table(act: Act, *, priorities: PriorityList, meeting: Meeting) -> PriorityList:
    """Bring the list before a Musyawarah of the village; its needs are under discussion from now on."""
    priorities = PriorityList.objects.select_for_update().get(pk=priorities.pk)
    if meeting.village_id != priorities.village_id:
        raise NoSuchMove(LIST.name, priorities.state, act.door)
    act.require(TABLING, queries.tabling_facts(priorities), standing(priorities.village_id))
    for need in Need.objects.filter(rows__list=priorities):
        move_on(act, NEED, need, "discussed")
    move_on(act, LIST, priorities, hash=queries.rows_hash(priorities))
    table_text(
        by=act,
        meeting=meeting,
        kind=Subject.Kind.PRIORITIES.value,
        title=priorities.title,
        text=queries.rows_in_words(priorities),
        text_hash=priorities.hash,
        subject_code=priorities.code,
    )
    act.log("priorities.tabled", priorities, meeting=meeting.code, text=priorities.hash)
    open_duty(
        act,
        door="needs.prioritise",
        about=about_of(priorities),
        code=priorities.code,
        says=_("Tetapkan prioritas sesuai keputusan musyawarah: {title}"),
        region=priorities.village_id,
        role=roles.BPD_CHAIR.key,
        title=priorities.title,
    )
    return priorities


@command("needs.prioritise", on="priorities")
def prioritise(act: Act, *, priorities: PriorityList) -> PriorityList:
    """Set what a binding Musyawarah decided on these very rows; nothing else makes a need a priority."""
    priorities = PriorityList.objects.select_for_update().get(pk=priorities.pk)
    act.require(PRIORITISING, queries.priority_facts(priorities), standing(priorities.village_id))
    move_on(act, LIST, priorities)
    for row in priorities.rows.select_related("need").order_by("rank"):
        move_on(act, NEED, row.need, rank=row.rank)
    act.log("need.prioritised", priorities, needs=[row.need.code for row in priorities.rows.select_related("need")])
    close_duties(act, about=about_of(priorities))
    return priorities


def _changeable(act: Act, priorities: PriorityList) -> PriorityList:
    held = PriorityList.objects.select_for_update().get(pk=priorities.pk)
    if held.state == PriorityList.State.SET:
        raise NoSuchMove(LIST.name, held.state, act.door)
    return held


def _take_out(priorities: PriorityList, need: Need) -> bool:
    row = priorities.rows.filter(need=need).first()
    if row is None:
        return False
    row.delete()
    _shift(priorities, row.rank, -1)
    return True


def _shift(priorities: PriorityList, start: int, by: int) -> None:
    """Move all ranks from ``start`` on by one place; over a far number, as no two rows may share a rank on the way."""
    far = 10_000
    priorities.rows.filter(rank__gte=start).update(rank=F("rank") + far)
    priorities.rows.filter(rank__gte=far).update(rank=F("rank") - far + by)
