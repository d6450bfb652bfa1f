"""What the next doors ask, door by door, before anybody knocks."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Finding, Standing
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case
from bermitra.partnership.rules import VILLAGE_INITIATIVE
from bermitra.selection.models import Call, Proposal
from bermitra.selection.queries.award import (
    admission_asked,
    candidate_asked,
    consent_facts,
    failing_facts,
    forward_facts,
    giving_up_facts,
    published_facts,
    reopening_facts,
)
from bermitra.selection.queries.calls import frozen_facts, opening_asked, standing_for, ticked_anew_facts
from bermitra.selection.queries.guards import kept_guards
from bermitra.selection.queries.moderation import again_facts, moderation_facts_of, spreads
from bermitra.selection.queries.offers import answer_time_facts, unsolicited_asked, village_asked
from bermitra.selection.queries.panel import panel_facts, scorers, scorers_facts
from bermitra.selection.queries.results import next_in_rank
from bermitra.selection.queries.rivals import rival_call_of, seal_facts
from bermitra.selection.queries.seen import call_of
from bermitra.selection.rules import (
    ANSWERING_IN_TIME,
    CONSENTING,
    DECLINING,
    FAILING,
    FORWARDING,
    FROZEN,
    GIVING_UP,
    MODERATING,
    PANEL,
    PUBLISHED,
    REOPENING,
    REVEALING,
    SCORING_AGAIN,
    SEAL,
    TICKED_ANEW,
    DeclineFacts,
)


def checks(case: Case) -> dict[str, tuple[Finding, ...]]:
    """What the next doors of this stage ask, door by door, before anybody knocks."""
    call = call_of(case)
    held = standing_for(call) if call is not None else standing(case.village_id)
    return {door: asked_of(door, case, call, held) for door in _CHECKED.get(case.state, ())}


_CHECKED = {
    "preparing_terms": ("selection.open_call",),
    "call_failed": ("selection.reopen_call",),
    "offers_received": ("selection.start_selection",),
    "administrative_selection": ("selection.complete_admin_check",),
    "substantive_selection": ("selection.reveal_scores", "selection.propose_candidate"),
    "candidate_proposed": ("selection.forward_to_musyawarah",),
    "awaiting_musyawarah": ("selection.record_consent",),
    "initial_check": ("selection.accept_for_musyawarah",),
    "comparison": ("selection.open_rivals", "selection.close_comparison"),
    "consent_given": ("selection.answer_in_writing",),
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
        if case.route != VILLAGE_INITIATIVE and case.partner is not None:
            return cases.findings([*asked, *unsolicited_asked(case, case.partner, held)], held)
        return _with_kept(call or call_of(case), cases.findings(asked, held))
    if door == "selection.accept_for_musyawarah" and case.partner is not None:
        asked = unsolicited_asked(case, case.partner, held)
    elif door == "selection.call_for_rivals":
        asked = village_asked(case, held)
    elif door in ("selection.open_rivals", "selection.close_comparison"):
        rivals = rival_call_of(case)
        asked = [(SEAL, seal_facts(rivals, door == "selection.open_rivals"))] if rivals else []
    elif door == "selection.decline_unsolicited":
        rivals = rival_call_of(case)
        asked = [(DECLINING, DeclineFacts(opened=rivals.opened_at is not None))] if rivals else []
    elif door == "selection.answer_in_writing":
        asked = [(ANSWERING_IN_TIME, answer_time_facts(case, held))]
    elif call is not None:
        match door:
            case "selection.open_call":
                asked = opening_asked(call, held, clock.today())
            case "selection.reopen_call":
                asked = [(TICKED_ANEW, ticked_anew_facts(call))]
            case "selection.start_selection":
                asked = [(FROZEN, frozen_facts(call)), (PANEL, panel_facts(call, held))]
            case "selection.complete_admin_check":
                asked = admission_asked(call, proposals)
            case "selection.reveal_scores":
                asked = _revealing(call, held, declarations) if call.revealed_at is None else []
            case "selection.moderate_scores" if call.revealed_at is not None:
                asked = [(MODERATING, moderation_facts_of(call, held))]
            case "selection.score_again" if call.revealed_at is not None:
                asked = [
                    (MODERATING, moderation_facts_of(call, held)),
                    (SCORING_AGAIN, again_facts(call, spreads(call), held)),
                ]
            case "selection.cancel_call":
                asked = [(GIVING_UP, giving_up_facts(call, held))]
            case "selection.propose_candidate" | "selection.propose_next" if call.revealed_at is not None:
                line = next_in_rank(call)
                asked = candidate_asked(line, call, held) if line else []
            case "selection.reopen_scoring":
                asked = [(REOPENING, reopening_facts(call))]
            case "selection.fail_call" if not call.direct:
                asked = [(FAILING, failing_facts(call, held))]
            case "selection.forward_to_musyawarah":
                today = clock.today()
                asked = [(FORWARDING, forward_facts(call, held, today))]
                if not call.direct:
                    asked = [(PUBLISHED, published_facts(call, held, today)), *asked]
                return _with_kept(call, cases.findings(asked, held))
    return cases.findings(asked, held)


def _revealing(call: Call, held: Standing, declarations: dict[int, bool] | None) -> cases.Asked:
    judges = scorers(call, declarations)
    return [(PANEL, panel_facts(call, held, judges)), (REVEALING, scorers_facts(call, held, judges))]


def _with_kept(call: Call | None, asked: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What the door asks of its own, and which of the other guards of the award are still open (:func:`kept_guards`); those that
    are met stand in the list of the room. The word of the meeting only where the door itself asks for it."""
    codes = {each.code for each in asked} | {rule.code for rule in CONSENTING}
    kept = kept_guards(call) if call else ()
    return (*asked, *(each.finding for each in kept if not each.holds and each.code not in codes))
