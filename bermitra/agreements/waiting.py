"""Whom an agreement waits for: after every act the duties of its case say it anew."""

from __future__ import annotations

from datetime import timedelta

from bermitra.agreements.models import Agreement, SignatureSlot
from bermitra.agreements.queries import sides_missing, waiting_scan
from bermitra.agreements.rules import ONE, TWO
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _

HEAD, SECRETARY, BPD = roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key, roles.BPD_CHAIR.key
PARTNER, SIGNATORY = roles.PARTNER_REP.key, roles.PARTNER_SIGNATORY.key
# Who compares ink with the text, of each side; the one who uploaded the scan is refused.
COMPARING = {ONE: (BPD,), TWO: (PARTNER, SIGNATORY)}
# State of the text -> the door, the office and what is asked of it.
BY_STATE = {
    "village_turn": ("agreements.pass_turn", SECRETARY, _("Susun naskah “{title}”, lalu serahkan giliran.")),
    "partner_turn": ("agreements.pass_turn", PARTNER, _("Periksa naskah “{title}”, lalu usulkan atau terima.")),
    "legal_review": ("agreements.give_legal_review", roles.LEGAL_REVIEWER.key, _("Beri telaah hukum untuk “{title}”.")),
    "text_agreed": ("agreements.finalise", HEAD, _("Kunci naskah “{title}” yang sudah disepakati.")),
}


def now_waits(act: Act, agreement: Agreement) -> None:
    """What waited is done; whoever is awaited now has it in the work box."""
    close_duties(act, about=f"case:{agreement.case.code}")
    if agreement.state in BY_STATE:
        if agreement.case.state == "awaiting_permit":
            _open(
                act,
                agreement,
                "agreements.grant_permit",
                roles.REGENT_OFFICE.key,
                _("Jawab permohonan izin “{title}”."),
            )
            return
        _open(act, agreement, *BY_STATE[agreement.state], days="draft_turn_days")
    elif agreement.state == "locked" and agreement.case.state == "signed":
        _open(act, agreement, "agreements.activate", SECRETARY, _("Catat nomor dan berlakukan “{title}”."))
    elif agreement.state == "locked":
        _signing(act, agreement)


def _signing(act: Act, agreement: Agreement) -> None:
    for slot in SignatureSlot.objects.filter(agreement=agreement, state="invited"):
        office = HEAD if slot.party == ONE else SIGNATORY
        _open(act, agreement, "agreements.sign", office, _("Tandatangani perjanjian “{title}”."), days="signing_days")
    scan = waiting_scan(agreement)
    if scan is not None and SignatureSlot.objects.filter(agreement=agreement, state="paper_uploaded").exists():
        says = _("Cocokkan pindaian perjanjian “{title}”, lalu sahkan.")
        for side in sides_missing(scan):
            for office in COMPARING[side]:
                _open(act, agreement, "agreements.confirm_wet_signatures", office, says)
    if SignatureSlot.objects.filter(agreement=agreement, state="declined").exists():
        _open(act, agreement, "agreements.invite_signer", SECRETARY, _("Undang lagi penanda tangan “{title}”."))


def _open(act: Act, agreement: Agreement, door: str, role: str, says: str, days: str = "") -> None:
    case = agreement.case
    due = None
    if days:
        due = clock.today() + timedelta(days=int(standing(case.village_id).numbers[days]))
    open_duty(
        act,
        door=door,
        about=f"case:{case.code}",
        code=case.code,
        region=_region(role, case.village_id),
        party=agreement.partner.code if role in (PARTNER, SIGNATORY) else "",
        role=role,
        person=agreement.reviewer if role == roles.LEGAL_REVIEWER.key else "",
        due_on=due,
        says=says,
        title=agreement.title,
    )


def _region(role: str, village: str) -> str:
    """Where the office sits."""
    return {roles.REGENT_OFFICE.key: village[:5]}.get(role, village)


def tell_both(act: Act, agreement: Agreement, says: str, **params: str | int) -> None:
    """Put it into the inbox of the village and of the partner."""
    for where in ({"region": agreement.case.village_id}, {"party": agreement.partner.code}):
        tell(
            act,
            says=says,
            params={"title": agreement.title, **params},
            about=f"case:{agreement.case.code}",
            url_name="page.agreement_room",
            code=agreement.case.code,
            **where,
        )
