"""Whom a change or a rest waits for."""

from __future__ import annotations

from datetime import date, timedelta

from bermitra.agreements.changing.models import Suspension
from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import ONE, OTHER, PARTIES
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _

SIGNER = {ONE: roles.VILLAGE_HEAD.key, OTHER[ONE]: roles.PARTNER_SIGNATORY.key}


def asks(
    act: Act,
    agreement: Agreement,
    *,
    door: str,
    about: str,
    code: str,
    role: str,
    says: str,
    due_on: date | None = None,
) -> None:
    of_partner = role in (roles.PARTNER_REP.key, roles.PARTNER_SIGNATORY.key)
    open_duty(
        act,
        door=door,
        about=about,
        code=code,
        region=agreement.case.village_id,
        party=agreement.partner.code if of_partner else "",
        role=role,
        due_on=due_on,
        says=says,
        title=agreement.title,
    )


def answer_by(agreement: Agreement) -> date:
    """The day until which the other side answers."""
    days = int(standing(agreement.case.village_id).numbers["amendment_response_days"])
    return clock.today() + timedelta(days=days)


def suspension_waits(act: Act, suspension: Suspension) -> None:
    """What waited is done; whoever is awaited now has it in the work box."""
    agreement, about = suspension.agreement, about_of(suspension)
    close_duties(act, about=about)
    if suspension.state == "proposed":
        asks(
            act, agreement, door="agreements.suspend", about=about, code=suspension.code,
            role=SIGNER[OTHER[suspension.party]], says=_("Jawab usul penundaan “{title}”."), due_on=answer_by(agreement),
        )  # fmt: skip
    elif suspension.state == "resting":
        for party in PARTIES:
            asks(
                act, agreement, door="agreements.resume", about=about, code=suspension.code, role=SIGNER[party],
                says=_("Lanjutkan “{title}” sebelum hari terakhir penundaan."), due_on=suspension.until,
            )  # fmt: skip
