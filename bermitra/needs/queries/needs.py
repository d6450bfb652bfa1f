"""Reading needs, and what was said about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import F, Model, Q, QuerySet, Subquery, Sum

from bermitra.deliberation.queries import offices_in
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.models import Region
from bermitra.needs.models import Need, Voice
from bermitra.needs.rules import UNMET, NeedFacts, PuttingOffFacts, SplittingFacts, VerifyingFacts

PUBLIC_NEEDS = UNMET
GONE = ("withdrawn", "merged")
# Doors through which the figures of a need are said: who went through one does not verify them (ND-11).
SAYING = (
    "needs.record", "needs.revise", "needs.count_beneficiaries", "needs.set_cost", "needs.set_goals",
    "needs.propose_from_index", "needs.import_needs",
)  # fmt: skip


@dataclass(frozen=True)
class NeedFilters:
    """What a list of needs is narrowed to; empty is everything."""

    sector: str = ""
    state: str = ""
    hamlet: str = ""


def needs_visible_to(person: Any) -> QuerySet[Need]:
    return Need.objects.filter(offices_in(person))


def needs_found(person: Any, wanted: NeedFilters) -> QuerySet[Need]:
    """Needs of the places in which a person has an office. A hamlet also finds what its people said of another's need."""
    found = needs_visible_to(person)
    if wanted.sector:
        found = found.filter(sector=wanted.sector)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.hamlet:
        said = Voice.objects.filter(hamlet=wanted.hamlet).values("need")
        found = found.filter(Q(hamlet=wanted.hamlet) | Q(pk__in=said) | Q(merged__in=said)).distinct()
    return found


def hamlets_of(person: Any) -> list[str]:
    """The hamlets that needs and voices of these places name, for a filter. One statement."""
    here = needs_visible_to(person)
    named = here.exclude(hamlet="").order_by().values_list("hamlet")
    heard = Voice.objects.filter(need__in=here).order_by().values_list("hamlet")
    return sorted(hamlet for (hamlet,) in named.union(heard))


def needs_of(village: Region | str) -> QuerySet[Need]:
    """All needs of a village that were not withdrawn or merged, those with a rank first."""
    return (
        Need.objects.filter(village=village)
        .exclude(state__in=GONE)
        .order_by(F("rank").asc(nulls_last=True), "-severity", "pk")
    )


def public_needs(village: Region | str) -> QuerySet[Need]:
    """Needs that are to be met, from their submission on; they hold no person's name."""
    return needs_of(village).filter(state__in=PUBLIC_NEEDS)


def backlog(person: Any, after: int = 0) -> QuerySet[Need]:
    """What is still to be met, the longest waiting first: it survives the years. What follows the need of the key ``after``, where
    one is given."""
    found = needs_visible_to(person).filter(state__in=UNMET).order_by("created_at", "pk")
    if not after:
        return found
    at = Subquery(Need.objects.filter(pk=after).values("created_at"))
    return found.filter(Q(created_at__gt=at) | Q(created_at=at, pk__gt=after))


def need_facts(need: Need) -> NeedFacts:
    return NeedFacts(
        description=need.text,
        hamlet=need.hamlet,
        beneficiaries=max(need.beneficiaries, need.households),
        source=need.source,
    )


# What was said ----------------------------------------------------------------------------------------------------------


def voices_of(need: Need) -> QuerySet[Voice]:
    """What was said about a need and about those that were merged into it, in the order of saying."""
    return (
        Voice.objects.filter(Q(need=need) | Q(need__merged_into=need)).select_related("need").order_by("heard_on", "pk")
    )


def heard(need: Need) -> int:
    """How many voices can be read with a need."""
    return voices_of(need).order_by().count()


def people_by_hamlet(voices: list[Voice]) -> list[tuple[str, int]]:
    """How many people spoke in each hamlet, most first; who spoke twice counts twice."""
    sums: dict[str, int] = {}
    for each in voices:
        sums[each.hamlet] = sums.get(each.hamlet, 0) + each.people
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))


def merge_targets(need: Need) -> QuerySet[Need]:
    """Needs into which this one may be merged: of its village, submitted, and not before a Musyawarah."""
    found = Need.objects.filter(village=need.village_id, state="submitted").exclude(pk=need.pk)
    return found.order_by("title", "pk")


def splitting_facts(need: Need) -> SplittingFacts:
    return SplittingFacts(into=need.merged_into.state if need.merged_into else "")


def verifying_facts(need: Need, verifier: str) -> VerifyingFacts:
    """Who said the figures is read from the journal: one statement."""
    said = Event.objects.filter(about=about_of(need), door__in=SAYING).values_list("actor", flat=True)
    return VerifyingFacts(verifier=verifier, said_by=frozenset(said))


# What somebody looks at when he says that it is so.
FIGURES = (
    "title", "text", "sector", "severity", "hamlet", "location", "male", "female", "households", "poor_households",
    "cost_low", "cost_high", "theme", "goals", "groups", "source",
)  # fmt: skip


def figures_hash(need: Need) -> str:
    """SHA-256 over the figures of a need: a verification is one of these, and of no others."""
    return said_hash(need, FIGURES)


def said_hash(held: Model, fields: tuple[str, ...]) -> str:
    rows = [[field, str(getattr(held, field))] for field in fields]
    return sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def putting_off_facts(need: Need, *, chair: bool) -> PuttingOffFacts:
    return PuttingOffFacts(decided=need.state in ("priority", "offered"), chair=chair)


def people_heard(needs: list[int]) -> dict[int, int]:
    """How many people the voices of these needs count, by the key of the need that shows them. One statement."""
    said = Voice.objects.filter(Q(need__in=needs) | Q(need__merged_into__in=needs)).order_by()
    sums: dict[int, int] = {}
    for need, into, people in said.values_list("need", "need__merged_into").annotate(Sum("people")):
        shown = need if need in needs else into
        sums[shown] = sums.get(shown, 0) + people
    return sums
