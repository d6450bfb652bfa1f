"""Coming into force."""

from __future__ import annotations

from bermitra.agreements import queries
from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import BINDS_IN, DRAFT_FLOW
from bermitra.agreements.waiting import now_waits, tell_both
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _
from bermitra.partnership.life import move
from bermitra.partnership.queries import require


@command("agreements.activate", on="agreement")
def activate(
    act: Act,
    *,
    agreement: Agreement,
    village_number: str = "",
    partner_number: str = "",
    stamp: str = "",
    stamp_serial: str = "",
) -> Agreement:
    """Record the numbers of both sides and bring the agreement into force (AG-21, AG-22). A number that was signed stays."""
    one = agreement.village_number or village_number
    two = agreement.partner_number or partner_number
    if agreement.stamped_id:  # what was put on the file itself stays
        stamp, stamp_serial = agreement.stamp, agreement.stamp_serial
    held = standing(agreement.case.village_id)
    require(queries.activating_asked(agreement.case, one, two, stamp), held)
    move(act, agreement.case)
    move_on(
        act,
        DRAFT_FLOW,
        agreement,
        None,
        village_number=one,
        partner_number=two,
        stamp=stamp,
        stamp_serial=stamp_serial,
        in_force_at=act.now,
    )
    now_waits(act, agreement)
    open_duty(
        act,
        door="delivery.draft_plan",
        about=f"case:{agreement.case.code}",
        code=agreement.code,
        region=agreement.case.village_id,
        role=roles.VILLAGE_SECRETARY.key,
        says=_("Susun rencana kerja untuk “{title}”."),
        title=agreement.title,
    )
    tell_both(act, agreement, _("Perjanjian “{title}” mulai berlaku."))
    act.log("agreement.activated", agreement, case=agreement.case.code)
    return agreement


@command("agreements.publish_summary", on="agreement")
def publish_summary(act: Act, *, agreement: Agreement, summary: str) -> Agreement:
    """Publish what the agreement says in plain words."""
    found = Agreement.objects.filter(pk=agreement.pk, state__in=BINDS_IN)
    if not found.update(summary=summary, published_at=act.now):
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    agreement.summary, agreement.published_at = summary, act.now
    act.log("summary.published", agreement)
    return agreement
