"""Verbs of a need's figures: count, reckon, aim, and have another look at them."""

from __future__ import annotations

from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.needs import queries
from bermitra.needs.models import Need
from bermitra.needs.rules import AIMED_IN, AS_READ, COUNTED_IN, NEED, VERIFIED_IN, VERIFYING, SeenFiguresFacts


@command("needs.count_beneficiaries", on="need")
def count_beneficiaries(
    act: Act, *, need: Need, male: int, female: int, households: int, poor_households: int, idm_indicator: str = ""
) -> Need:
    """How many it touches, in sums only; until the need is submitted, and again while it waits for a later year."""
    counts = {"male": male, "female": female, "households": households, "poor_households": poor_households}
    need = locked(need)
    if idm_indicator != need.idm_indicator:
        need.index_year = need.index_score = None
    index = {"idm_indicator": idm_indicator, "index_year": need.index_year, "index_score": need.index_score}
    _write(act, need, COUNTED_IN, **counts, **index, **unverified(need))
    act.log("need.counted", need, male=male, female=female, households=households)
    return need


@command("needs.set_cost", on="need")
def set_cost(act: Act, *, need: Need, cost_low: int | None, cost_high: int | None) -> Need:
    """Whole rupiah, from the smallest useful step to all of it; nothing where nobody has reckoned it. What lies before a
    Musyawarah keeps the cost with which it was brought there."""
    need = locked(need)
    _write(act, need, AIMED_IN, cost_low=cost_low, cost_high=cost_high, **unverified(need))
    act.log("need.costed", need, low=cost_low, high=cost_high)
    return need


@command("needs.set_goals", on="need")
def set_goals(act: Act, *, need: Need, theme: str, goals: list[int], groups: list[str]) -> Need:
    """What it belongs to: a theme, goals of SDGs Desa, and the groups of residents whom it touches most."""
    need = locked(need)
    _write(act, need, AIMED_IN, theme=theme, goals=sorted(set(goals)), groups=list(groups), **unverified(need))
    act.log("need.aimed", need, theme=theme, goals=need.goals)
    return need


@command("needs.verify_figures", on="need")
def verify_figures(act: Act, *, need: Need, seen: str) -> Need:
    """Another than who wrote or counted has looked at the figures (ND-11), those that he read (``seen``: their hash, ND-22); a
    later change takes it away."""
    need = locked(need)
    act.require(AS_READ, SeenFiguresFacts(seen, queries.figures_hash(need)), standing(need.village_id))
    act.require(VERIFYING, queries.verifying_facts(need, act.by.code), standing(need.village_id))
    _write(act, need, VERIFIED_IN, verified_at=act.now, verified_by=act.by.code)
    act.log("need.verified", need, severity=need.severity, male=need.male, female=need.female)
    return need


def unverified(need: Need) -> dict[str, Any]:
    """What is written beside new figures: nobody has looked at them. Where a published score says how grave the need is, that
    still stands, from the day on which the draft was made of it: how grave it is, and neither how many nor how much."""
    return {"verified_at": need.created_at if need.index_year else None, "verified_by": ""}


def locked(need: Need) -> Need:
    """The row as it stands, until the act ends: what another wrote since it was read is not undone."""
    return Need.objects.select_for_update().get(pk=need.pk)


def _write(act: Act, need: Need, states: tuple[str, ...], **values: Any) -> None:
    """Write while the row is in one of these states: another act may have moved it since it was read."""
    if not Need.objects.filter(pk=need.pk, state__in=states).update(**values):
        raise NoSuchMove(NEED.name, need.state, act.door)
    for name, value in values.items():
        setattr(need, name, value)
