"""Verbs of a need: write it down, submit it, put it off, say that it is met."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.needs import queries
from bermitra.needs.actions.figures import locked, unverified
from bermitra.needs.models import Need
from bermitra.needs.rules import (
    DEFERRING,
    NEED,
    PUTTING_OFF,
    SUBMITTING,
    DeferringFacts,
)


@command("needs.record", on="village")
def record(
    act: Act,
    *,
    village: Region,
    title: str,
    sector: str,
    severity: int,
    text: str = "",
    hamlet: str = "",
    location: str = "",
    source: str = "",
    male: int = 0,
    female: int = 0,
    households: int = 0,
    poor_households: int = 0,
    idm_indicator: str = "",
    example: bool = False,
) -> Need:
    """Write down a need; figures and source may follow before it is submitted."""
    need = Need.objects.create(
        village=village,
        title=title,
        sector=sector,
        severity=severity,
        text=text,
        hamlet=hamlet,
        location=location,
        source=source,
        male=male,
        female=female,
        households=households,
        poor_households=poor_households,
        idm_indicator=idm_indicator,
        state=NEED.through(act.door, NEED.start),
        example=example,
        created_at=act.now,
        created_by=act.by.code,
    )
    act.log("need.recorded", need, sector=sector, severity=severity)
    return need


@command("needs.revise", on="need")
def revise(
    act: Act,
    *,
    need: Need,
    title: str,
    sector: str,
    severity: int,
    text: str,
    hamlet: str,
    location: str,
    source: str,
) -> Need:
    """Other words for a draft. What is called, told, placed or weighed otherwise than the published score is the village's own
    word."""
    need = locked(need)
    words: dict[str, Any] = {"title": title, "text": text, "hamlet": hamlet, "location": location, "source": source}
    if (title, text, sector, severity) != (need.title, need.text, need.sector, need.severity):
        need.index_year = need.index_score = None
        words.update(index_year=None, index_score=None, **unverified(need))
    move_on(act, NEED, need, sector=sector, severity=severity, **words)
    act.log("need.revised", need, sector=sector, severity=severity)
    return need


@command("needs.submit", on="need")
def submit(act: Act, *, need: Need) -> Need:
    need = locked(need)
    act.require(SUBMITTING, queries.need_facts(need), standing(need.village_id))
    move_on(act, NEED, need)
    act.log("need.submitted", need)
    return need


@command("needs.withdraw", on="need")
def withdraw(act: Act, *, need: Need, why: str) -> Need:
    move_on(act, NEED, need, why=why)
    act.log("need.withdrawn", need)
    return need


@command("needs.defer", on="need")
def defer(act: Act, *, need: Need, why: str, next_year: int) -> Need:
    """Carry a need to a later year; it is brought before a Musyawarah again from there. What one has made a priority is put off
    by the chair of the BPD (ND-23), also where the partnership that answered it has ended."""
    need = locked(need)
    facts = DeferringFacts(reason=why, next_year=next_year, this_year=timezone.localdate(act.now).year)
    act.require(DEFERRING, facts, standing(need.village_id))
    chair = act.role == roles.BPD_CHAIR.key
    act.require(PUTTING_OFF, queries.putting_off_facts(need, chair=chair), standing(need.village_id))
    move_on(act, NEED, need, why=why, next_year=next_year, rank=None, deferrals=need.deferrals + 1)
    act.log("need.deferred", need, next_year=next_year)
    return need


@command("needs.confirm_met", on="need")
def confirm_met(act: Act, *, need: Need, why: str) -> Need:
    """The BPD's chair says that the need is met, and by what: it was the Musyawarah that made it a priority."""
    move_on(act, NEED, need, why=why, rank=None)
    act.log("need.met", need)
    return need


@command("needs.reopen", on="need")
def reopen(act: Act, *, need: Need, why: str) -> Need:
    """It is not met after all, or no more: it is discussed again like any other, and its figures are looked at again."""
    move_on(act, NEED, need, why=why, **unverified(need))
    act.log("need.reopened", need)
    return need
