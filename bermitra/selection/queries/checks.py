"""What the next doors ask, door by door, before anybody knocks."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Finding, Standing
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case
from bermitra.selection.models import Call, Proposal
from bermitra.selection.queries.award import admission_asked, candidate_asked, consent_facts, forward_facts
from bermitra.selection.queries.calls import frozen_facts, opening_asked, standing_for
from bermitra.selection.queries.offers import unsolicited_asked
from bermitra.selection.queries.panel import panel_facts, scorers_facts
from bermitra.selection.queries.results import next_in_rank
from bermitra.selection.queries.seen import call_of
from bermitra.selection.rules import CONSENTING, FORWARDING, FROZEN, PANEL, REVEALING


def checks(case: Case) -> dict[str, tuple[Finding, ...]]:
    """What the next doors of this stage ask, door by door, before anybody knocks."""
    call = call_of(case)
    held = standing_for(call) if call is not None else standing(case.village_id)
    return {door: asked_of(door, case, call, held) for door in _CHECKED.get(case.state, ())}


_CHECKED = {
    "preparing_terms": ("selection.open_call",),
    "offers_received": ("selection.start_selection",),
    "administrative_selection": ("selection.complete_admin_check",),
    "substantive_selection": ("selection.reveal_scores", "selection.propose_candidate"),
    "candidate_proposed": ("selection.forward_to_musyawarah",),
    "awaiting_musyawarah": ("selection.record_consent",),
    "initial_check": ("selection.accept_for_musyawarah",),
}


def asked_of(
    door: str,
    case: Case,
    call: Call | None,
    held: Standing,
    declarations: dict[int, bool] | None = None,
    proposals: Sequence[Proposal] | None = None,
) -> tuple[Finding, ...]:
    """What one door asks, rule by rule; nothing for a door that asks nothing, or not yet.

    ``declarations`` as :func:`declared` gives them and the opened ``proposals``, where the page has read them already.
    """
    asked: cases.Asked = []
    if door == "selection.record_consent":
        asked = [(CONSENTING, consent_facts(case, cases.term_sheet(case)))]
    elif door == "selection.accept_for_musyawarah" and case.partner is not None:
        asked = unsolicited_asked(case, case.partner, held)
    elif call is not None:
        match door:
            case "selection.open_call":
                asked = opening_asked(call, held, clock.today())
            case "selection.start_selection":
                asked = [(FROZEN, frozen_facts(call)), (PANEL, panel_facts(call, held))]
            case "selection.complete_admin_check":
                asked = admission_asked(call, proposals)
            case "selection.reveal_scores":
                asked = [(REVEALING, scorers_facts(call, held, declarations))] if call.revealed_at is None else []
            case "selection.propose_candidate" | "selection.propose_next" if call.revealed_at is not None:
                line = next_in_rank(call)
                asked = candidate_asked(line, call, held) if line else []
            case "selection.forward_to_musyawarah":
                asked = [(FORWARDING, forward_facts(call, held, clock.today()))]
    return cases.findings(asked, held)
