"""Whom a change or a rest waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bermitra.agreements.changing.models import AddendumSlot, Amendment, Suspension
from bermitra.agreements.models import Agreement
from bermitra.agreements.queries import sides_missing
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
    party: str = "",
) -> None:
    """``party``: the partner whose office it is, where that is not the agreement's own."""
    village, of_partner = agreement.case.village_id, role in (roles.PARTNER_REP.key, roles.PARTNER_SIGNATORY.key)
    open_duty(
        act,
        door=door,
        about=about,
        code=code,
        region=village[:8] if role == roles.CAMAT.key else village,
        party=(party or agreement.partner.code) if of_partner else "",
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
            if party == suspension.ready_by:
                continue
            asks(
                act, agreement, door="agreements.resume", about=about, code=suspension.code, role=SIGNER[party],
                says=_("Lanjutkan “{title}” sebelum hari terakhir penundaan."), due_on=suspension.until,
            )  # fmt: skip


def amendment_waits(act: Act, amendment: Amendment) -> None:
    """What waited is done; whoever is awaited now has it in the work box."""
    agreement, about, code = amendment.agreement, about_of(amendment), amendment.code
    close_duties(act, about=about)
    days = standing(agreement.case.village_id).numbers
    by = {name: clock.today() + timedelta(days=int(days[name])) for name in ("amendment_response_days", "signing_days")}

    def wait(door: str, role: str, says: str, due_on: date | None = None, party: str = "") -> None:
        asks(act, agreement, door=door, about=about, code=code, role=role, says=says, due_on=due_on, party=party)

    partner = amendment.partner.code
    answers = OTHER[amendment.party]
    if amendment.state == "drafted":
        wait("agreements.offer_amendment", SIGNER[amendment.party], _("Lengkapi lalu kirim usul perubahan “{title}”."))
    elif amendment.state == "offered":
        says = _("Jawab usul perubahan “{title}”.")
        wait("agreements.agree_amendment", SIGNER[answers], says, by["amendment_response_days"], partner)
    elif amendment.state == "awaiting_musyawarah":
        says = _("Bawa perubahan “{title}” ke Musyawarah Desa, lalu catat hasilnya.")
        wait("agreements.record_amendment_consent", roles.BPD_CHAIR.key, says)
    elif amendment.state == "parties_agreed":
        wait("agreements.lock_amendment", roles.VILLAGE_HEAD.key, _("Kunci adendum “{title}” yang disepakati."))
    elif amendment.state == "locked":
        _signing(wait, amendment, by["signing_days"], partner)


def _signing(wait: Callable[..., None], amendment: Amendment, due_on: date, partner: str) -> None:
    for slot in AddendumSlot.objects.filter(amendment=amendment, state="invited"):
        wait("agreements.sign_amendment", SIGNER[slot.party], _("Tandatangani adendum “{title}”."), due_on, partner)
    scan = amendment.scans.order_by("-pk").first()
    if scan is not None:
        says, missing = _("Cocokkan pindaian adendum “{title}”, lalu sahkan."), sides_missing(scan)
        for party, role in ((ONE, roles.BPD_CHAIR.key), (OTHER[ONE], roles.PARTNER_SIGNATORY.key)):
            if party in missing:
                wait("agreements.confirm_amendment_scan", role, says, None, partner)
