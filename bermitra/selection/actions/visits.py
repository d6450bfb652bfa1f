"""What the panel sees and hears outside the papers, after the opening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.partnership import queries as cases
from bermitra.selection.actions.common import free_of_interest, its_call
from bermitra.selection.models import Proposal, SiteVisit
from bermitra.selection.queries import visited_from
from bermitra.selection.rules import PROPOSAL, VISITED_IN, VISITS


@command("selection.record_site_visit", on="proposal")
def record_site_visit(
    act: Act,
    *,
    proposal: Proposal,
    kind: str,
    day: date,
    place: str,
    present: Sequence[str],
    found: str,
    file: Content | None = None,
) -> SiteVisit:
    """A visit at a partner's or a talk with it, between the opening and today, until the levels are revealed (SL-11, SL-12).

    What was found stands beside the proposal for all who score it, and in the comparison.
    """
    call = its_call(act, proposal)
    if proposal.state not in VISITED_IN:
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    cases.require([free_of_interest(act, call)], standing(call.case.village_id))
    if kind not in VISITS or not present or not found:
        raise ValueError("a visit or an interview, with who was there and what was found")
    if not visited_from(call) <= day <= clock.today():
        raise ValueError("between the opening and today")
    visit = SiteVisit.objects.create(
        proposal=proposal,
        kind=kind,
        day=day,
        place=place,
        present=list(present),
        found=found,
        file=keep_file(by=act, content=file) if file is not None else None,
        at=act.now,
        by=act.by.code,
    )
    act.log("site_visit.recorded", proposal, kind=kind, day=day.isoformat())
    return visit
