"""Verbs of voices: write down what a hamlet or a group said, bring needs together that mean the same, take them apart again."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.needs import queries
from bermitra.needs.actions.figures import locked
from bermitra.needs.models import Need, Voice
from bermitra.needs.rules import HEARD_IN, MERGING, NEED, SPLITTING, MergingFacts


@command("needs.add_voice", on="need")
def add_voice(act: Act, *, need: Need, hamlet: str, text: str, people: int, heard_on: date, group: str = "") -> Voice:
    """What a meeting of a hamlet, or a group of its residents, said about a need: how many they were, and no names."""
    held = locked(need)
    if held.state not in HEARD_IN:
        raise NoSuchMove(NEED.name, held.state, act.door)
    voice = Voice.objects.create(
        need=held,
        hamlet=hamlet,
        group=group,
        people=people,
        text=text,
        heard_on=heard_on,
        at=act.now,
        by=act.by.code,
    )
    act.log("need.heard", held, people=people, group=group)
    return voice


@command("needs.merge", on="need")
def merge(act: Act, *, need: Need, into: Need, why: str) -> Need:
    """Read ``need`` as one with ``into``: all its voices, and those merged into it before, are read there (ND-04)."""
    both = Need.objects.select_for_update().filter(pk__in=(need.pk, into.pk), state="submitted")
    if len(both) != 2 or need.village_id != into.village_id:
        raise NoSuchMove(NEED.name, need.state, act.door)
    before = queries.heard(need) + queries.heard(into)
    Need.objects.filter(merged_into=need).update(merged_into=into)
    move_on(act, NEED, need, merged_into=into, why=why)
    facts = MergingFacts(voices_before=before, voices_after=queries.heard(into))
    act.require(MERGING, facts, standing(need.village_id))
    act.log("need.merged", need, into=into.code, voices=before)
    return into


@command("needs.split", on="need")
def split(act: Act, *, need: Need) -> Need:
    """A need of its own again, with its voices, as long as no Musyawarah has the merged one before it (ND-12)."""
    into = Need.objects.select_for_update().filter(merged=need).first()
    if into is None:
        raise NoSuchMove(NEED.name, need.state, act.door)
    need.merged_into = into
    act.require(SPLITTING, queries.splitting_facts(need), standing(need.village_id))
    move_on(act, NEED, need, merged_into=None, why="")
    act.log("need.split", need, out_of=into.code)
    return need
