"""Reading needs, potentials and priorities."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import get_language

from bermitra.deliberation.queries import decision_on, offices_in, tabled_at
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine
from bermitra.needs.catalogue import Kind, Sector, kinds, sectors, units
from bermitra.needs.models import Need, Potential, PriorityList
from bermitra.needs.rules import (
    PRIORITISING,
    TABLING,
    NeedFacts,
    PotentialFacts,
    PriorityFacts,
    TablingFacts,
)

PUBLIC_NEEDS = ("submitted", "discussed", "priority", "backlog")


def needs_visible_to(person: Any) -> QuerySet[Need]:
    return Need.objects.filter(offices_in(person))


def potentials_visible_to(person: Any) -> QuerySet[Potential]:
    return Potential.objects.filter(offices_in(person))


def lists_visible_to(person: Any) -> QuerySet[PriorityList]:
    return PriorityList.objects.filter(offices_in(person))


def needs_of(village: Region | str) -> QuerySet[Need]:
    """All needs of a village that were not withdrawn, those with a rank first."""
    return (
        Need.objects.filter(village=village)
        .exclude(state="withdrawn")
        .order_by(F("rank").asc(nulls_last=True), "-severity", "pk")
    )


def public_needs(village: Region | str) -> QuerySet[Need]:
    """Needs from their submission on; they hold no person's name."""
    return needs_of(village).filter(state__in=PUBLIC_NEEDS)


def potentials_of(village: Region | str) -> QuerySet[Potential]:
    return Potential.objects.filter(village=village).exclude(state="archived").order_by("title", "pk")


def public_potentials(village: Region | str) -> QuerySet[Potential]:
    return potentials_of(village).filter(state="published")


def priority_list(code: str) -> PriorityList | None:
    return PriorityList.objects.filter(code=code).select_related("village").first()


def priorities_in_force(village: Region | str) -> PriorityList | None:
    """The newest priorities that a Musyawarah has set."""
    found = PriorityList.objects.filter(village=village, state=PriorityList.State.SET)
    return found.order_by("-year", "-pk").first()


def rows_hash(of: PriorityList) -> str:
    """SHA-256 over the rows in their order: what a decision is about. One statement."""
    rows = of.rows.order_by("rank").values_list("rank", "need__code", "need__title", "reason")
    text = json.dumps(
        {"village": of.village_id, "year": of.year, "title": of.title, "rows": [list(row) for row in rows]},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return sha256(text.encode()).hexdigest()


# Labels ---------------------------------------------------------------------------------------------------------------


def sector_label(code: str) -> str:
    """The name of a sector in the reader's language."""
    return _named(sectors().get(code), code)


def kind_label(code: str) -> str:
    """The name of a kind of potential in the reader's language."""
    return _named(kinds().get(code), code)


def unit_label(code: str) -> str:
    unit = units().get(code)
    return code if unit is None else unit.en if _english() else unit.id


def _named(entry: Sector | Kind | None, code: str) -> str:
    if entry is None:
        return code
    return entry.en if _english() else entry.id


def _english() -> bool:
    return (get_language() or "id").startswith("en")


# Facts and checks -----------------------------------------------------------------------------------------------------


def need_facts(need: Need) -> NeedFacts:
    return NeedFacts(
        description=need.text,
        hamlet=need.hamlet,
        beneficiaries=max(need.beneficiaries, need.households),
        source=need.source,
    )


def potential_facts(potential: Potential) -> PotentialFacts:
    return PotentialFacts(
        measured=potential.quantity is not None and potential.unit != "",
        season=potential.season,
        owner=potential.owner,
        environment_note=potential.limit,
        culture_note=potential.culture_note,
    )


READY = ("submitted", "backlog", "discussed")


def tabling_facts(of: PriorityList) -> TablingFacts:
    rows = list(of.rows.order_by("rank").values_list("rank", "need__state"))
    return TablingFacts(ranks=tuple(rank for rank, _s in rows), ready=all(state in READY for _r, state in rows))


def priority_facts(of: PriorityList) -> PriorityFacts:
    decided = decision_on(of.code)
    return PriorityFacts(
        minutes_binding=decided is not None and decided.binding,
        decision="" if decided is None else "agreed" if decided.agreed else "refused",
        on_agenda=decided is not None or tabled_at(of.code) is not None,
        same_text=decided is None or decided.text_hash == rows_hash(of),
    )


def checks(of: PriorityList) -> tuple[Finding, ...]:
    """What the next door of a list asks, as lines to tick."""
    norms = standing(of.village_id)
    match of.state:
        case PriorityList.State.DRAFT:
            return examine(TABLING, tabling_facts(of), norms)
        case PriorityList.State.TABLED:
            return examine(PRIORITISING, priority_facts(of), norms)
    return ()


def needs_for_lists(village: Region | str) -> QuerySet[Need]:
    """Needs that may be put on a list: submitted, deferred, or already before a Musyawarah."""
    return Need.objects.filter(village=village, state__in=READY).order_by("-severity", "title", "pk")


def rows_in_words(of: PriorityList) -> str:
    """The rows as they are read out in the meeting. One statement."""
    rows = of.rows.order_by("rank").values_list("rank", "need__title", "need__hamlet", "reason")
    return "\n".join(f"{rank}. {title} ({hamlet}): {reason}" for rank, title, hamlet, reason in rows)


def cautions(kind: Kind) -> tuple[str, ...]:
    """What slows or blocks an offer of this kind, in the reader's language."""
    return tuple(english if _english() else indonesian for indonesian, english in kind.cautions)
