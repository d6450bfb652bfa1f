"""What the village meeting decided about the candidate."""

from __future__ import annotations

from typing import Any

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import agree_sheet, choose_partner, drop_sheet, move, now_waits
from bermitra.partnership.models import Case
from bermitra.partnership.rules import FLOW, VILLAGE_INITIATIVE
from bermitra.selection.actions.common import call_for, case_onward, tell_out
from bermitra.selection.life import (
    call_to,
    proposals_to,
    tell_partner,
)
from bermitra.selection.models import (
    Call,
)
from bermitra.selection.queries import (
    consent_facts,
    forward_facts,
)
from bermitra.selection.rules import (
    CONSENTING,
    FORWARDING,
    REFUSING,
)


@command("selection.forward_to_musyawarah", on="call")
def forward_to_musyawarah(act: Act, *, call: Call) -> Case:
    """The objections are over and the candidate stands by its proposal: the meeting decides (SL-22, SL-23)."""
    case, held = call.case, standing(call.case.village_id)
    act.require(FORWARDING, forward_facts(call, held, clock.today()), held)
    case_onward(act, case)
    act.log("candidate.forwarded", case, call=call.code)
    return case


@command("selection.record_consent", on="case")
def record_consent(act: Act, *, case: Case) -> Case:
    """The meeting agreed to this candidate and to exactly this sheet, and its minutes bind (SL-23, SL-32)."""
    of, held = cases.term_sheet(case), standing(case.village_id)
    asked: list[Any] = [(CONSENTING, consent_facts(case, of))]
    call = call_for(act, case) if case.route == VILLAGE_INITIATIVE else None
    if call is not None:
        asked.append((FORWARDING[1:], forward_facts(call, held, clock.today())))
    cases.require(asked, held)
    if of is None:
        raise NoSuchMove(FLOW.name, case.state, act.door)
    move(act, case, "drafting" if call is not None else "consent_given")
    agree_sheet(act, of)
    if call is not None:
        call_to(act, call)
        for each in proposals_to(act, call):
            if each.state == "not_chosen":
                tell_out(act, each, _("Usulan berperingkat lain yang terpilih."))
            else:
                tell_partner(
                    act, each.partner, _("Musyawarah Desa menyetujui “{title}”."), code=each.code, title=case.title
                )
    now_waits(act, case)
    act.log("consent_decision.recorded", case, sheet=of.code, text=of.text_hash)
    return case


@command("selection.record_refusal", on="case")
def record_refusal(act: Act, *, case: Case) -> Case:
    """The meeting refused, and its minutes bind."""
    of = cases.term_sheet(case)
    act.require(REFUSING, consent_facts(case, of), standing(case.village_id))
    call = call_for(act, case) if case.route == VILLAGE_INITIATIVE else None
    move(act, case, "rejected_by_musyawarah" if call is not None else "rejected")
    if call is not None:
        for each in proposals_to(act, call):
            tell_out(act, each, _("Musyawarah Desa belum menyetujui."))
        choose_partner(act, case, None)
    elif of is not None:
        drop_sheet(act, of)
    now_waits(act, case)
    act.log("refusal.recorded", case)
    return case
