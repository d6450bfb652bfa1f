"""Reading lists of priorities, and what was decided on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from bermitra.deliberation.queries import decision_on, offices_in, tabled_at
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine
from bermitra.foundation.text import _
from bermitra.needs.models import Need, PriorityList
from bermitra.needs.rules import (
    PRIORITISING,
    TABLING,
    PriorityFacts,
    TablingFacts,
)


def lists_visible_to(person: Any) -> QuerySet[PriorityList]:
    return PriorityList.objects.filter(offices_in(person))


def priority_list(code: str) -> PriorityList | None:
    return PriorityList.objects.filter(code=code).select_related("village").first()


def priorities_in_force(village: Region | str) -> PriorityList | None:
    """The newest priorities that a Musyawarah has set."""
    found = PriorityList.objects.filter(village=village, state=PriorityList.State.SET)
    return found.order_by("-year", "-pk").first()


def rows_hash(of: PriorityList) -> str:
    """SHA-256 over the rows in their order, each with its cost: what a decision is about. One statement."""
    rows = of.rows.order_by("rank").values_list(
        "rank", "need__code", "need__title", "reason", "need__cost_low", "need__cost_high"
    )
    text = json.dumps(
        {"village": of.village_id, "year": of.year, "title": of.title, "rows": [list(row) for row in rows]},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return sha256(text.encode()).hexdigest()


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
    rows = of.rows.order_by("rank").values_list(
        "rank", "need__title", "need__hamlet", "reason", "need__cost_low", "need__cost_high"
    )
    return "\n".join(
        f"{rank}. {title} ({hamlet}): {reason}. {cost_words(low, high)}"
        for rank, title, hamlet, reason, low, high in rows
    )


def cost_words(low: int | None, high: int | None, say: Callable[[str], str] = str) -> str:
    """From the smallest useful step to all of it; in Indonesian where ``say`` translates nothing, as minutes are written."""
    reckoned = [amount for amount in (low, high) if amount is not None]
    if not reckoned:
        return say(_("Biaya belum dihitung."))
    if reckoned[0] == reckoned[-1]:
        return say(_("Biaya {amount}.")).format(amount=rupiah(reckoned[0]))
    return say(_("Biaya {low} sampai {high}.")).format(low=rupiah(reckoned[0]), high=rupiah(reckoned[-1]))
