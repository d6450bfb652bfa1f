"""What the village meeting decided about the candidate."""

from __future__ import annotations

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Refused, unmet
from bermitra.foundation.text import _
from bermitra.partnership import queries as cases
from bermitra.partnership.life import agree_sheet, choose_partner, drop_sheet, move, now_waits
from bermitra.partnership.models import Case
from bermitra.partnership.rules import FLOW, VILLAGE_INITIATIVE
from bermitra.selection.actions.common import call_for, case_onward, hold, tell_out
from bermitra.selection.actions.guarding import keep
from bermitra.selection.actions.offering import offers_to, refused, tell_of, written_answer_due
from bermitra.selection.life import (
    call_to,
    proposals_to,
    tell_partner,
)
from bermitra.selection.models import (
    Call,
)
from bermitra.selection.queries import (
    award_findings,
    consent_facts,
    unsolicited_asked,
)
from bermitra.selection.rules import (
    CONSENTING,
    REFUSING,
)

NOT_AGREED = _("Musyawarah Desa belum menyetujui.")


@command("selection.forward_to_musyawarah", on="call")
def forward_to_musyawarah(act: Act, *, call: Call) -> Case:
    """Everything on the list of guards but the meeting's own word is met: the result stood long enough, the others have their
    sheets, objections are over, and the candidate stands by its proposal (SL-21 to SL-24)."""
    hold(call)
    case = call.case
    asked = tuple(each for each in award_findings(call) if each.rule not in CONSENTING)
    if missing := unmet(asked):
        raise Refused(missing)
    case_onward(act, case)
    act.log("candidate.forwarded", case, call=call.code)
    return case


@command("selection.record_consent", on="case")
def record_consent(act: Act, *, case: Case) -> Case:
    """The meeting agreed to this candidate and to exactly this sheet, and its minutes bind (SL-32).

    Of a call the whole list of guards is asked once more at this moment: a verdict that fell, a tie that was found or an appeal
    that came after the candidate was forwarded stops the award as it would have stopped the forwarding. An own offer meets all
    that it met before the meeting once more, with the sheet as it is now (SL-26, SL-08).
    """
    of, held = cases.term_sheet(case), standing(case.village_id)
    call = call_for(act, case) if case.route == VILLAGE_INITIATIVE else None
    if call is not None:
        hold(call)
        asked = award_findings(call)
    else:
        offered = unsolicited_asked(case, case.partner, held) if case.partner is not None else []
        asked = cases.findings([(CONSENTING, consent_facts(case, of)), *offered], held)
    if missing := unmet(asked):
        raise Refused(missing)
    if of is None:
        raise NoSuchMove(FLOW.name, case.state, act.door)
    move(act, case, "drafting" if call is not None else "consent_given")
    agree_sheet(act, of)
    if call is not None:
        call_to(act, call)
        keep(call, asked)
        for each in proposals_to(act, call):
            if each.state == "not_chosen":
                tell_out(act, each, _("Usulan berperingkat lain yang terpilih."))
            else:
                tell_partner(
                    act, each.partner, _("Musyawarah Desa menyetujui “{title}”."), code=each.code, title=case.title
                )
    now_waits(act, case, written_answer_due(case, held) if call is None else None)
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
            tell_out(act, each, NOT_AGREED)
        choose_partner(act, case, None)
    else:
        if of is not None:
            drop_sheet(act, of)
        for each in offers_to(act, case):
            tell_of(act, refused(act, each, NOT_AGREED), _("Musyawarah Desa belum menyetujui “{title}”."))
    now_waits(act, case)
    act.log("refusal.recorded", case)
    return case
