"""The facts of a call that its rules ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import rfc8785
from django.utils import timezone

from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Standing
from bermitra.partnership import queries as cases
from bermitra.partnership.rules import OPENING, SUBMITTING_PRIORITIES, OpeningFacts, village_budget_considered
from bermitra.partnership.rules import in_the_village_plan as in_plan
from bermitra.registry.queries.villages import village_facts
from bermitra.registry.rules import READY_TO_PARTNER
from bermitra.selection import terms
from bermitra.selection.models import Call
from bermitra.selection.queries.panel import panel_facts
from bermitra.selection.rules import OPENING_CALL, PANEL, CallFacts, FrozenFacts


def weights(call: Call) -> dict[str, int]:
    return {each.code: each.weight for each in call.criteria.all()}


def criteria_hash(call: Call, weighed: dict[str, int] | None = None) -> str:
    """What may not change once the call is open: weights, thresholds, ticks and the terms themselves."""
    frozen: Any = {
        "weights": weighed if weighed is not None else weights(call),
        "total": call.threshold_total,
        "each": call.threshold_each,
        "ticks": sorted(call.vision_ticks),
        "terms": call.kak,
        "title": call.title,
        "goals": call.goals,
        "seeks": call.seeks,
        "offers": call.offers,
    }
    return sha256(rfc8785.dumps(frozen)).hexdigest()


def frozen_facts(call: Call) -> FrozenFacts:
    return FrozenFacts(criteria_hash_now=criteria_hash(call), criteria_hash_at_opening=call.frozen_hash)


def call_facts(call: Call, held: Standing, today: date, deadline: datetime | None = None) -> CallFacts:
    case, ends = call.case, deadline or call.deadline
    rows = [*case.benefits, *case.costs]
    return CallFacts(
        empty_sections=len(terms.empty_sections(call.kak)),
        benefit_rows=len(case.benefits),
        cost_rows=len(case.costs),
        rows_without_figure=sum(1 for row in rows if row.get("amount") is None),
        spatial_plan_ok=bool(case.spatial_check and case.spatial_ok),
        environment_ok=bool(case.environment_check and case.environment_ok),
        terms_attached=bool(call.kak),
        channels=tuple(call.channels),
        weights=tuple(weights(call).values()),
        opens_on=today,
        closes_on=timezone.localdate(ends) if ends else today,
        call_min_days=held.numbers["call_min_days"],
    )


def opening_asked(call: Call, held: Standing, today: date, deadline: datetime | None = None) -> cases.Asked:
    """Everything the opening of a call asks, in the order a clerk works through it."""
    case = call.case
    opening = OpeningFacts(case.village.kind, case.coop_type, case.field_of_government, (case.village_id[:5],))
    return [
        (OPENING[:1], opening),
        (SUBMITTING_PRIORITIES, cases.need_facts(case)),
        ((in_plan,), cases.plan_facts_of(case)),
        ((village_budget_considered,), cases.budget_facts(case)),
        (OPENING_CALL, call_facts(call, held, today, deadline)),
        (PANEL, panel_facts(call, held)),
        (READY_TO_PARTNER, village_facts(case.village, held)),
    ]


def standing_for(call: Call) -> Standing:
    """How the rules stand in the call's regency, with the threshold that the call itself announced."""
    held = standing(call.case.village_id)
    return replace(held, numbers={**held.numbers, "score_threshold": call.threshold_total})
