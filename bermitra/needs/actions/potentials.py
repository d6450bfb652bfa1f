"""Verbs of a potential: keep its sheet, publish it, put it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, withdraw_paper
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.place import Point
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.needs import queries
from bermitra.needs.models import Potential
from bermitra.needs.rules import AS_READ, POTENTIAL, PUBLISHING, VERIFYING_POTENTIAL, SeenFiguresFacts


@command("needs.record_potential", on="village")
def record_potential(
    act: Act,
    *,
    village: Region,
    title: str,
    kind: str,
    quantity: Decimal | str | None = None,
    unit: str = "",
    season: str = "",
    owner: str = "",
    limit: str = "",
    culture_note: str = "",
    example: bool = False,
) -> Potential:
    potential = Potential.objects.create(
        village=village,
        title=title,
        kind=kind,
        quantity=quantity,
        unit=unit,
        season=season,
        owner=owner,
        limit=limit,
        culture_note=culture_note,
        state=POTENTIAL.through(act.door, POTENTIAL.start),
        example=example,
        created_at=act.now,
        created_by=act.by.code,
    )
    act.log("potential.recorded", potential, kind=kind)
    return potential


@command("needs.revise_potential", on="potential")
def revise_potential(
    act: Act,
    *,
    potential: Potential,
    title: str,
    kind: str,
    quantity: Decimal | str | None,
    unit: str,
    season: str,
    owner: str,
    limit: str,
    culture_note: str,
) -> Potential:
    """Correct the sheet; one that was published or put away is a draft again."""
    words = {"season": season, "owner": owner, "limit": limit, "culture_note": culture_note}
    unseen: dict[str, Any] = {"verified_at": None, "verified_by": ""}
    move_on(act, POTENTIAL, potential, title=title, kind=kind, quantity=quantity, unit=unit, **words, **unseen)
    _take_back_sheet(act, potential, _("Lembar potensi ini sedang diperbaiki."))
    act.log("potential.revised", potential, kind=kind)
    return potential


@command("needs.rate_potential", on="potential")
def rate_potential(act: Act, *, potential: Potential, strength: int) -> Potential:
    """Choose a step of the scale. Chosen anew, it counts as unverified again."""
    move_on(act, POTENTIAL, potential, strength=strength, verified_at=None, verified_by="")
    _take_back_sheet(act, potential, _("Lembar potensi ini sudah dilengkapi."))
    act.log("potential.rated", potential, strength=strength)
    return potential


@command("needs.locate_potential", on="potential")
def locate_potential(act: Act, *, potential: Potential, place: str, point: Point | None) -> Potential:
    """Where it lies, in words and as a point on the map."""
    latitude, longitude = point or (None, None)
    move_on(act, POTENTIAL, potential, place=place, latitude=latitude, longitude=longitude)
    _take_back_sheet(act, potential, _("Lembar potensi ini sudah dilengkapi."))
    act.log("potential.located", potential, point=int(point is not None))
    return potential


@command("needs.value_potential", on="potential")
def value_potential(
    act: Act, *, potential: Potential, costs: Sequence[Mapping[str, Any]], benefits: Sequence[Mapping[str, Any]]
) -> Potential:
    """What working it costs and brings in a year: rows of ``what`` and ``amount`` (whole rupiah, or None)."""
    tables: dict[str, Any] = {"costs": [dict(row) for row in costs], "benefits": [dict(row) for row in benefits]}
    move_on(act, POTENTIAL, potential, **tables)
    _take_back_sheet(act, potential, _("Lembar potensi ini sudah dilengkapi."))
    act.log("potential.valued", potential, costs=len(costs), benefits=len(benefits))
    return potential


@command("needs.verify_potential", on="potential")
def verify_potential(act: Act, *, potential: Potential, seen: str) -> Potential:
    """Measure and strength were looked at by somebody who did not write them (ND-17), as he read them (``seen``: their hash,
    ND-22)."""
    potential = Potential.objects.select_for_update().get(pk=potential.pk)
    read = SeenFiguresFacts(seen, queries.measure_hash(potential))
    act.require(AS_READ, read, standing(potential.village_id))
    facts = queries.rated_facts(potential, act.by.code)
    act.require(VERIFYING_POTENTIAL, facts, standing(potential.village_id))
    move_on(act, POTENTIAL, potential, verified_at=act.now, verified_by=act.by.code)
    _take_back_sheet(act, potential, _("Lembar potensi ini sudah dilengkapi."))
    act.log("potential.verified", potential, strength=potential.strength)
    return potential


@command("needs.publish_potential", on="potential")
def publish_potential(act: Act, *, potential: Potential) -> Potential:
    potential = Potential.objects.select_for_update().get(pk=potential.pk)
    act.require(PUBLISHING, queries.potential_facts(potential), standing(potential.village_id))
    move_on(act, POTENTIAL, potential)
    act.log("potential.published", potential)
    return potential


@command("needs.archive_potential", on="potential")
def archive_potential(act: Act, *, potential: Potential) -> Potential:
    move_on(act, POTENTIAL, potential)
    _take_back_sheet(act, potential, _("Potensi ini tidak ditawarkan lagi."))
    act.log("potential.archived", potential)
    return potential


@command("needs.print_potential", on="potential")
def print_potential(act: Act, *, potential: Potential, paper: Prepared) -> Paper:
    """Issue the sheet that partners take along; the one before holds no more."""
    move_on(act, POTENTIAL, potential)
    _take_back_sheet(act, potential, _("Diganti lembar yang lebih baru."))
    issued = issue_paper(by=act, paper=paper)
    act.log("potential.printed", potential, paper=issued.code)
    return issued


def _take_back_sheet(act: Act, potential: Potential, why: str) -> None:
    if sheet := queries.sheet_of(potential):
        withdraw_paper(by=act, paper=sheet, why=why)
