"""Reading potentials."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from bermitra.deliberation.queries import offices_in
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.models import Region
from bermitra.needs.catalogue import Kind
from bermitra.needs.models import Potential
from bermitra.needs.queries.labels import english
from bermitra.needs.queries.needs import said_hash
from bermitra.needs.rules import PotentialFacts, RatedFacts

# Doors through which the measure and the strength of a potential are said: who went through one does not verify it (ND-17).
SAYING = ("needs.record_potential", "needs.revise_potential", "needs.rate_potential")
MEASURE = ("title", "kind", "quantity", "unit", "season", "owner", "limit", "culture_note", "strength")
SHEET = "potential_sheet"  # the kind of its paper


def potentials_visible_to(person: Any) -> QuerySet[Potential]:
    return Potential.objects.filter(offices_in(person))


def potentials_of(village: Region | str) -> QuerySet[Potential]:
    return Potential.objects.filter(village=village).exclude(state="archived").order_by("title", "pk")


def public_potentials(village: Region | str) -> QuerySet[Potential]:
    return potentials_of(village).filter(state="published")


def potential_facts(potential: Potential) -> PotentialFacts:
    return PotentialFacts(
        measured=potential.quantity is not None and potential.unit != "",
        season=potential.season,
        owner=potential.owner,
        environment_note=potential.limit,
        culture_note=potential.culture_note,
    )


def rated_facts(potential: Potential, verifier: str) -> RatedFacts:
    """Who said what stands there is read from the journal: one statement."""
    said = Event.objects.filter(about=about_of(potential), door__in=SAYING).values_list("actor", flat=True)
    return RatedFacts(rated=potential.strength is not None, verifier=verifier, said_by=frozenset(said))


def measure_hash(potential: Potential) -> str:
    """SHA-256 over what a verification says of a potential: what it is, its measure and its strength."""
    return said_hash(potential, MEASURE)


def sheet_of(potential: Potential) -> Paper | None:
    """The printed sheet that holds now."""
    found = Paper.objects.filter(about=about_of(potential), kind=SHEET, withdrawal__isnull=True)
    return found.select_related("file").order_by("-pk").first()


def cautions(kind: Kind) -> tuple[str, ...]:
    """What slows or blocks an offer of this kind, in the reader's language."""
    place = 1 if english() else 0
    return tuple(said[place] for said in kind.cautions)
