"""Permits and decrees that the law asks of others."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.agreements import queries
from bermitra.agreements.models import Agreement, BpdDecree, Permit
from bermitra.agreements.rules import DRAFT_FLOW
from bermitra.agreements.waiting import now_waits, tell_both
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content as FileContent
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.text import _
from bermitra.partnership.life import move
from bermitra.partnership.models import Case
from bermitra.partnership.queries import agreed_sheet
from bermitra.partnership.rules import FLOW as CASE_FLOW


@command("agreements.request_permit", on="agreement")
def request_permit(act: Act, *, agreement: Agreement, because: str) -> Permit:
    """Ask for the regent's written permit, through the camat, for an agreed text."""
    if agreement.state != "text_agreed":
        raise NoSuchMove(DRAFT_FLOW.name, agreement.state, act.door)
    permit = Permit.objects.create(
        agreement=agreement,
        text_hash=queries.newest_version(agreement).text_hash,
        asked_because=because,
        requested_at=act.now,
        requested_by=act.by.code,
    )
    move(act, agreement.case)
    now_waits(act, agreement)
    tell(
        act,
        says=_("Desa mengajukan izin Bupati atau Wali Kota untuk “{title}”. Mohon diteruskan."),
        params={"title": agreement.title},
        about=f"case:{agreement.case.code}",
        url_name="page.agreement_room",
        code=agreement.case.code,
        role=roles.CAMAT.key,
        region=agreement.case.village_id[:8],
    )
    act.log("permit.requested", agreement, case=agreement.case.code, text=permit.text_hash)
    return permit


@command("agreements.grant_permit", on="agreement")
def grant_permit(
    act: Act, *, agreement: Agreement, number: str, dated: date, file: FileContent | None = None
) -> Permit:
    """The written permit, by number and day; the letter itself may be added."""
    kept = keep_file(by=act, content=file) if file is not None else None
    permit = _answer(act, agreement, Permit.State.GRANTED, number=number, dated=dated, file=kept)
    tell_both(act, agreement, _("Izin tertulis untuk “{title}” diberikan."))
    act.log("permit.granted", agreement, case=agreement.case.code)
    return permit


@command("agreements.refuse_permit", on="agreement")
def refuse_permit(act: Act, *, agreement: Agreement, reason: str) -> Permit:
    """No permit, and why; the text goes back to the village."""
    permit = _answer(act, agreement, Permit.State.REFUSED, answer=reason)
    tell_both(act, agreement, _("Izin untuk “{title}” ditolak. Alasannya ada di halaman naskah."))
    act.log("permit.refused", agreement, case=agreement.case.code)
    return permit


def _answer(act: Act, agreement: Agreement, state: Permit.State, **said: Any) -> Permit:
    permit = Permit.objects.filter(agreement=agreement, state=Permit.State.REQUESTED).first()
    if permit is None:
        raise NoSuchMove(CASE_FLOW.name, agreement.case.state, act.door)
    move(act, agreement.case)
    move_on(act, DRAFT_FLOW, agreement)
    permit.state, permit.answered_at, permit.answered_by = state, act.now, act.by.code
    for name, value in said.items():
        setattr(permit, name, value)
    permit.save()
    now_waits(act, agreement)
    return permit


@command("agreements.issue_bpd_decree", on="case")
def issue_bpd_decree(
    act: Act, *, case: Case, number: str, dated: date, about: str, file: FileContent | None = None
) -> BpdDecree:
    """The BPD agrees to what the village takes upon itself by the sheet that the meeting agreed to (AG-08, AG-45)."""
    held = agreed_sheet(case)
    if case.state not in ("drafting", "awaiting_permit") or held is None:
        raise NoSuchMove(CASE_FLOW.name, case.state, act.door)
    kept = keep_file(by=act, content=file) if file is not None else None
    decree = BpdDecree.objects.create(
        case=case,
        sheet_hash=held.text_hash,
        number=number,
        dated=dated,
        about=about,
        file=kept,
        at=act.now,
        by=act.by.code,
    )
    act.log("bpd_decree.issued", case, decree=decree.pk, sheet=held.text_hash)
    return decree
