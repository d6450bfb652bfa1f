"""An agreement rests for a time: one side asks, the other agrees, and it goes on by itself after the last day."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from bermitra.agreements.actions.common import side_of
from bermitra.agreements.changing import queries
from bermitra.agreements.changing.models import Suspension
from bermitra.agreements.changing.rules import GOING_ON, OF_ITSELF, SUSPENDING, SUSPENSION_FLOW, GoingOnFacts
from bermitra.agreements.changing.waiting import asks, suspension_waits
from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import DRAFT_FLOW
from bermitra.agreements.waiting import tell_both
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import examine, unmet
from bermitra.foundation.text import _
from bermitra.partnership.life import move


@command("agreements.propose_suspension", on="agreement")
def propose_suspension(
    act: Act,
    *,
    agreement: Agreement,
    cause: str,
    happened_on: date,
    reason: str,
    until: date,
    moves_dues: bool,
    goes_on: str = "",
    caused_by: str = "",
) -> Suspension:
    """Ask the other side to let the agreement rest until ``until`` at the latest (AG-36)."""
    held = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)  # one is asked for at a time
    today, frozen = localdate(act.now), queries.frozen_duties(agreement)
    if held.state != "in_force" or queries.open_suspension(held) is not None:
        raise NoSuchMove(DRAFT_FLOW.name, held.state, act.door)
    norms = standing(agreement.case.village_id)
    before = queries.days_rested(held)
    facts = queries.suspension_facts(cause, happened_on, until, len(frozen), today, today, norms, before)
    act.require(SUSPENDING, facts, norms)
    suspension = Suspension.objects.create(
        agreement=agreement,
        party=side_of(act),
        cause=cause,
        caused_by=OF_ITSELF.get(cause, caused_by),
        happened_on=happened_on,
        reason=reason,
        frozen=frozen,
        goes_on=goes_on,
        until=until,
        moves_dues=moves_dues,
        state=SUSPENSION_FLOW.through(act.door, SUSPENSION_FLOW.start),
        proposed_at=act.now,
        proposed_by=act.by.code,
    )
    suspension_waits(act, suspension)
    tell_both(act, agreement, _("Penundaan “{title}” diusulkan. Alasannya ada di halaman perjanjian."))
    act.log("suspension.proposed", suspension, agreement=agreement.code, cause=cause, party=suspension.party)
    return suspension


@command("agreements.suspend", on="suspension")
def suspend(act: Act, *, suspension: Suspension) -> Suspension:
    """The other side agrees: from today on what was promised rests, until the last day at most (AG-36)."""
    agreement, today = suspension.agreement, localdate(act.now)
    if side_of(act) == suspension.party:
        raise NoSuchMove(SUSPENSION_FLOW.name, suspension.state, act.door)
    norms = standing(agreement.case.village_id)
    said_on = localdate(suspension.proposed_at)
    facts = queries.suspension_facts(
        suspension.cause, suspension.happened_on, suspension.until, len(suspension.frozen), said_on, today, norms,
        queries.days_rested(agreement),
    )  # fmt: skip
    act.require(SUSPENDING, facts, norms)
    if suspension.until <= today:
        raise NoSuchMove(SUSPENSION_FLOW.name, suspension.state, act.door)
    move_on(act, SUSPENSION_FLOW, suspension, began_on=today)
    move_on(act, DRAFT_FLOW, agreement)
    move(act, agreement.case)
    suspension_waits(act, suspension)
    tell_both(act, agreement, _("“{title}” ditunda sementara. Hari terakhirnya ada di halaman perjanjian."))
    act.log("agreement.suspended", agreement, case=agreement.case.code, suspension=suspension.code)
    return suspension


@command("agreements.refuse_suspension", on="suspension")
def refuse_suspension(act: Act, *, suspension: Suspension, reason: str) -> Suspension:
    """The other side does not agree, or who asked takes it back; everybody reads why."""
    move_on(act, SUSPENSION_FLOW, suspension, answer=reason)
    suspension_waits(act, suspension)
    tell_both(act, suspension.agreement, _("“{title}” tidak jadi ditunda. Alasannya ada di halaman perjanjian."))
    act.log("suspension.refused", suspension, agreement=suspension.agreement.code, party=side_of(act))
    return suspension


@command("agreements.resume", on="suspension")
def resume(act: Act, *, suspension: Suspension, how: str = "") -> Suspension:
    """The agreement goes on from today, where those say so who may end the rest (AG-78), or its last day has passed;
    delivery then takes up how its days move. Else the word of this side is kept, and the other one is asked."""
    agreement, today = suspension.agreement, localdate(act.now)
    norms = standing(agreement.case.village_id)
    said = frozenset({suspension.ready_by, "" if act.by.system else side_of(act)} - {""})
    if not act.by.system and unmet(examine(GOING_ON, GoingOnFacts(said, suspension.caused_by), norms)):
        return _ready(act, suspension, how)
    move_on(act, SUSPENSION_FLOW, suspension, "over", ended_on=today, answer=how or suspension.answer)
    move_on(act, DRAFT_FLOW, agreement)
    move(act, agreement.case)
    suspension_waits(act, suspension)
    asks(
        act, agreement, door="delivery.take_up_change", about=about_of(suspension), code=agreement.code,
        role=roles.VILLAGE_SECRETARY.key, says=_("Sesuaikan tenggat “{title}” setelah penundaan."),
    )  # fmt: skip
    tell_both(act, agreement, _("“{title}” berjalan lagi."))
    act.log("agreement.resumed", agreement, case=agreement.case.code, suspension=suspension.code)
    return suspension


def _ready(act: Act, suspension: Suspension, how: str) -> Suspension:
    side = side_of(act)
    if suspension.ready_by == side:  # said already
        raise NoSuchMove(SUSPENSION_FLOW.name, suspension.state, act.door)
    move_on(act, SUSPENSION_FLOW, suspension, "resting", ready_by=side, answer=how)
    suspension_waits(act, suspension)
    tell_both(act, suspension.agreement, _("Satu pihak siap melanjutkan “{title}”. Pihak lain menjawabnya."))
    act.log("suspension.ready", suspension, agreement=suspension.agreement.code, party=side)
    return suspension


def resume_due(today: date) -> int:
    """Agreements whose last day of rest has passed go on by themselves; says how many."""
    over = list(queries.suspension_over(today))
    for suspension in over:
        resume(by=By.the_system(), suspension=suspension)
    return len(over)
