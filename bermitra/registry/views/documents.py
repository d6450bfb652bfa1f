"""A partner's documents as its own page and its due diligence show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.registry.due_diligence.book import REGISTER, book
from bermitra.registry.due_diligence.verdict import File, required
from bermitra.registry.forms import (
    documents_for,
)
from bermitra.registry.models import Partner, PartnerDocument, Verification
from bermitra.registry.queries.verifications import documents_of
from bermitra.registry.queries.words import said


def document_items(
    partner: Partner, *, linked: bool, held: Mapping[str, PartnerDocument] | None = None
) -> list[dict[str, Any]]:
    """Every document this kind can show: what is held with its state, what is missing as missing."""
    held, today = documents_of(partner) if held is None else held, clock.today()
    items = []
    for document in documents_for(book().kinds[partner.kind]):
        each = held.get(document.code)
        words, kind = _document_state(each, today)
        small = f"{each.number} · {each.issuer}".rstrip(" ·") if each else said(document.issuer)
        url = (
            reverse("page.partner_document", args=[partner.code, document.code])
            if linked and each and each.file
            else ""
        )
        items.append(
            {"title": said(document.name), "small": small, "state": words, "kind": kind, "held": each, "url": url}
        )
    return items


def _document_state(document: PartnerDocument | None, today: date) -> tuple[str, str]:
    if document is None:
        return _("Belum ada"), "idle"
    if document.expires_on and document.expires_on < today:
        return _("Habis berlaku"), "late"
    kinds = {PartnerDocument.Check.CHECKED.value: "ok", PartnerDocument.Check.DISPUTED.value: "fix"}
    return str(document.get_check_state_display()), kinds.get(document.check_state, "doing")


def missing_items(
    partner: Partner, verification: Verification | None, held: Mapping[str, PartnerDocument], *, may_add: bool
) -> list[dict[str, str]]:
    """What this kind must still show before its due diligence can be sent, with the way to it for its own people."""
    today = clock.today()
    good = {kind for kind, each in held.items() if not (each.expires_on and each.expires_on < today)}
    facts = verification.facts if verification else {}
    asked = required(book(), File(kind=partner.kind, stage=REGISTER, facts=facts))
    path = reverse("registry.add_document", args=[partner.code])
    return [
        {
            "title": said(each.name),
            "small": said(each.issuer),
            "url": f"{path}?dokumen={each.code}" if may_add else "",
            "state": _("Habis berlaku") if each.code in held else _("Belum ada"),
            "kind": "late" if each.code in held else "idle",
        }
        for each in asked
        if each.code not in good
    ]
