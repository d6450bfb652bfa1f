"""What a partner shows and declares: its documents, and who owns, controls and leads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import add_months
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.text import _
from bermitra.registry.actions.conflicts import tell_of_refused
from bermitra.registry.actions.villages import _kept
from bermitra.registry.due_diligence.book import book
from bermitra.registry.models import Owner, OwnerDeclaration, Partner, PartnerDocument
from bermitra.registry.queries.conflicts import refused_and_gone
from bermitra.registry.rules import DECLARING_OWNERS, OwnershipFacts


@command("registry.add_document", on="partner")
def add_document(
    act: Act,
    *,
    partner: Partner,
    kind: str,
    number: str,
    dated: date,
    issuer: str = "",
    expires_on: date | None = None,
    file: Content | None = None,
) -> PartnerDocument:
    """Record a document; where none is printed on it, its end follows from the book."""
    known = book().documents[kind]
    if expires_on is None and known.validity_months is not None:
        expires_on = add_months(dated, known.validity_months)
    document = PartnerDocument.objects.create(
        partner=partner,
        kind=known.code,
        number=number,
        issuer=issuer,
        dated=dated,
        expires_on=expires_on,
        file=_kept(act, file),
        added_at=act.now,
        added_by=act.by.code,
    )
    for older in PartnerDocument.objects.filter(partner=partner, kind=known.code).exclude(pk=document.pk):
        close_duties(act, about=about_of(older))  # it was to be renewed
    act.log("partner_document.added", partner, kind=kind, expires_on=expires_on.isoformat() if expires_on else "")
    return document


@command("registry.withdraw_document", on="document")
def withdraw_document(act: Act, *, document: PartnerDocument, reason: str) -> PartnerDocument:
    """The partner takes a document back: it counts no more, the line stays. A checked one is told to the regency."""
    withdrawn = {"withdrawn_at": act.now, "withdrawn_by": act.by.code, "withdrawn_reason": reason}
    if not PartnerDocument.objects.filter(pk=document.pk, withdrawn_at=None).update(**withdrawn):
        raise NoSuchMove("partner_document", "withdrawn", act.door)
    close_duties(act, about=about_of(document))
    partner = document.partner
    act.log("partner_document.withdrawn", partner, kind=document.kind, document=document.pk)
    if document.check_state == PartnerDocument.Check.CHECKED:
        tell(
            act,
            says=_("{partner} menarik dokumen yang sudah diperiksa."),
            params={"partner": partner.name},
            about=about_of(partner),
            url_name="page.partner_history",
            code=partner.code,
            role=roles.DPMD_OFFICER.key,
            region=partner.registered_in_id[:5],
        )
    document.refresh_from_db()
    return document


@command("registry.declare_owners", on="partner")
def declare_owners(act: Act, *, partner: Partner, owners: Sequence[dict[str, Any]]) -> OwnerDeclaration:
    """The partner says who owns, controls and leads it, all at once, and which political post each of them holds.

    Each of ``owners`` has name, capacity, political_tie and may have share_bp. The newest declaration counts.
    """
    together = sum(each.get("share_bp") or 0 for each in owners)
    act.require(DECLARING_OWNERS, OwnershipFacts(persons=len(owners), shares_together=together))
    refused = refused_and_gone(partner, clock.today())
    declaration = OwnerDeclaration.objects.create(partner=partner, declared_at=act.now, declared_by=act.by.code)
    Owner.objects.bulk_create(
        Owner(
            partner=partner,
            declaration=declaration,
            name=each["name"],
            capacity=Owner.Capacity(each["capacity"]),
            share_bp=each.get("share_bp"),
            political_tie=each["political_tie"],
            declared_at=act.now,
            declared_by=act.by.code,
        )
        for each in owners
    )
    act.log("owners.declared", partner, owners=len(owners), share_bp=together)
    tell_of_refused(act, partner, refused)
    return declaration
