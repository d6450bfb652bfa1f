"""A candidate who does not answer in its days is out; the next in rank may be proposed."""

from __future__ import annotations

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.text import _
from bermitra.selection.actions.by_itself import each_by_itself
from bermitra.selection.actions.common import hold, its_call, tell_out
from bermitra.selection.actions.direct import candidate_is_out
from bermitra.selection.life import proposal_to
from bermitra.selection.models import Proposal
from bermitra.selection.rules import PROPOSAL

SILENT = _("Pencalonan tidak dijawab sampai hari terakhirnya.")


@command("selection.lapse_candidate", on="proposal")
def lapse_candidate(act: Act, *, proposal: Proposal) -> Proposal:
    """The last day for the candidate's answer has gone by without one: it is out, and told why; the panel goes on."""
    call = its_call(act, proposal)
    hold(call)
    proposal.refresh_from_db(fields=["state", "answer_due"])
    if proposal.answer_due is None or clock.today() <= proposal.answer_due:
        raise NoSuchMove(PROPOSAL.name, proposal.state, act.door)
    proposal_to(act, proposal, out_because=SILENT)
    close_duties(act, about=about_of(proposal))
    tell_out(act, proposal, SILENT)
    says = _("Calon mitra “{title}” tidak menjawab. Usulkan yang berikut, atau nyatakan gagal.")
    candidate_is_out(act, call, SILENT, says)
    act.log("candidate.lapsed", proposal, call=call.code)
    return proposal


def lapse_due_candidates() -> int:
    """For ``bermitra daily`` and the worker: every candidate whose last day lies before this one; says how many."""
    due = Proposal.objects.filter(state="proposed", answer_due__lt=clock.today(), call__state="provisional")
    found = due.select_related("partner", "call__case__village", "call__case__partner").order_by("pk")
    return each_by_itself(found, lambda proposal: lapse_candidate(by=By.the_system(), proposal=proposal))
