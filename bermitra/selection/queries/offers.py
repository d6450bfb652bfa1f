"""What a partner's own offer must meet."""

from __future__ import annotations

from bermitra.foundation.commands import clock
from bermitra.foundation.rules import Standing
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case
from bermitra.partnership.rules import SUBMITTING_PRIORITIES, village_budget_considered
from bermitra.registry.models import Partner
from bermitra.registry.queries.conflicts import overlap_facts_of
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.queries.villages import village_facts
from bermitra.registry.rules import UNTIED, village_ready_to_partner
from bermitra.selection.queries.award import partner_asked


def unsolicited_asked(case: Case, partner: Partner, held: Standing) -> cases.Asked:
    """What a partner's own offer must meet before the village meeting hears of it; the visions are compared in the act."""
    return [
        (SUBMITTING_PRIORITIES, cases.need_facts(case)),
        ((village_budget_considered,), cases.budget_facts(case)),
        ((village_ready_to_partner,), village_facts(case.village, held)),
        *partner_asked(standing_of(partner)),
        (UNTIED, overlap_facts_of([partner], case.village_id, clock.today())),
    ]
