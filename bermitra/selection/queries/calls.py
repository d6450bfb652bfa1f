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
from bermitra.partnership.models import Case
from bermitra.partnership.rules import OPENING, SUBMITTING_PRIORITIES, OpeningFacts, village_budget_considered
from bermitra.partnership.rules import in_the_village_plan as in_plan
from bermitra.registry.queries.villages import village_facts
from bermitra.registry.rules import READY_TO_PARTNER
from bermitra.selection import criteria, terms
from bermitra.selection.models import Call
from bermitra.selection.queries.assets import asset_plan_facts
from bermitra.selection.queries.panel import panel_facts
from bermitra.selection.queries.value import split_facts
from bermitra.selection.rules import (
    ASSETS_PREPARED,
    CLOSED_OFF,
    OPENING_CALL,
    PANEL,
    TICKED_ANEW,
    UNSPLIT,
    CallFacts,
    FrozenFacts,
    TickedAnewFacts,
)


def weights(call: Call) -> dict[str, int]:
    return {each.code: each.weight for each in call.criteria.all()}


def criteria_hash(call: Call) -> str:
    """What may not change once the call is open: weights, thresholds, ticks and the terms themselves."""
    return sha256(frozen_text(call, whole=True)).hexdigest()


def vision_is_open(call: Call) -> bool:
    """Neither side sees the other's ticks before both are in; a call that failed may be announced once more.

    Whoever is appointed directly ticks when accepting. No statement but for a direct appointment.
    """
    if call.direct:
        return call.proposals.filter(state__in=("accepted", "chosen")).exists()
    return call.state not in CLOSED_OFF or call.state == "closed"


def frozen_text(call: Call, weighed: dict[str, int] | None = None, *, whole: bool) -> bytes:
    """The canonical text behind the hash that everybody may compute again. ``whole``: with the village's ticks.

    Without them as long as they are kept back: there are few enough statements to find the ticks by trying every hash.
    """
    frozen: dict[str, Any] = {
        "weights": weighed if weighed is not None else weights(call),
        "total": call.threshold_total,
        "each": call.threshold_each,
        "terms": call.kak,
        "title": call.title,
        "goals": call.goals,
        "seeks": call.seeks,
        "offers": call.offers,
    }
    if whole:
        frozen["ticks"] = sorted(call.vision_ticks)
    text: bytes = rfc8785.dumps(frozen)
    return text


def public_hash(call: Call) -> str:
    """What papers and pages may show of the frozen hash: the whole one once the visions are open, else that of the rest."""
    if vision_is_open(call):
        return call.frozen_hash
    return sha256(frozen_text(call, whole=False)).hexdigest() if call.frozen_hash else ""


def frozen_facts(call: Call) -> FrozenFacts:
    return FrozenFacts(criteria_hash_now=criteria_hash(call), criteria_hash_at_opening=call.frozen_hash)


def ticked_anew_facts(call: Call) -> TickedAnewFacts:
    """For SL-61: of an opening that is not revised yet the day of its minutes tells, of an earlier one the call itself."""
    return TickedAnewFacts(seen_since=call.vision_seen or call.unsealed_at is not None)


def empty_parts_of_terms(call: Call) -> tuple[str, ...]:
    """What the law's terms of reference still lack: a section, the heading, or the forms that are offered.

    Needs, benefit and cost, plans, place, weights and deadline have rules of their own, which are asked beside this.
    """
    heading = {"goals": call.goals, "village_vision": call.village_vision, "seeks": call.seeks, "offers": call.offers}
    empty = tuple(name for name, value in heading.items() if not value)
    return (*terms.empty_sections(call.kak), *empty, *(() if call.case.forms else ("forms",)))


def call_facts(call: Call, held: Standing, today: date, deadline: datetime | None = None) -> CallFacts:
    case, ends = call.case, deadline or call.deadline
    rows, weighed, numbers = [*case.benefits, *case.costs], weights(call), held.numbers
    return CallFacts(
        empty_sections=len(empty_parts_of_terms(call)),
        benefit_rows=len(case.benefits),
        cost_rows=len(case.costs),
        rows_without_figure=sum(1 for row in rows if row.get("amount") is None),
        spatial_plan_ok=bool(case.spatial_check and case.spatial_ok),
        environment_ok=bool(case.environment_check and case.environment_ok),
        terms_attached=bool(call.kak),
        channels=tuple(call.channels),
        weights=tuple(weighed.values()),
        opens_on=today,
        closes_on=timezone.localdate(ends) if ends else today,
        call_min_days=numbers["call_min_days"],
        least_weight=min(weighed.get(code, 0) for code in criteria.criteria()),
        criterion_weight_min=numbers["criterion_weight_min"],
        greatest_weight=max(weighed.values(), default=0),
        one_criterion_weight_at_most=numbers["one_criterion_weight_at_most"],
        threshold_total=call.threshold_total,
        threshold_each=call.threshold_each,
        score_threshold=numbers.get("score_threshold_of_regency", numbers["score_threshold"]),
        criterion_min_percent=numbers["criterion_min_percent"],
    )


def terms_asked(case: Case) -> cases.Asked:
    """What a village's own initiative rests on, whoever is asked: a village, a need, its plans, its means."""
    opening = OpeningFacts(case.village.kind, case.coop_type, case.field_of_government, (case.village_id[:5],))
    return [
        (OPENING[:1], opening),
        (SUBMITTING_PRIORITIES, cases.need_facts(case)),
        ((in_plan,), cases.plan_facts_of(case)),
        ((village_budget_considered,), cases.budget_facts(case)),
        (ASSETS_PREPARED, asset_plan_facts(case)),
    ]


def opening_asked(call: Call, held: Standing, today: date, deadline: datetime | None = None) -> cases.Asked:
    """Everything the opening of a call asks, in the order a clerk works through it."""
    case = call.case
    return [
        *terms_asked(case),
        (OPENING_CALL, call_facts(call, held, today, deadline)),
        (TICKED_ANEW, ticked_anew_facts(call)),
        (PANEL, panel_facts(call, held)),
        (READY_TO_PARTNER, village_facts(case.village, held)),
        (UNSPLIT, split_facts(case, held)),
    ]


def standing_for(call: Call, day: date | None = None) -> Standing:
    """How the rules stand in the call's regency (on ``day``), with the threshold that the call itself announced; the regency's
    own stays beside it."""
    held = standing(call.case.village_id, day)
    own = {"score_threshold": call.threshold_total, "score_threshold_of_regency": held.numbers["score_threshold"]}
    return replace(held, numbers={**held.numbers, **own})
