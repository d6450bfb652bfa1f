"""A partner's documents as its own page and its due diligence show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.registry.due_diligence.book import book
from bermitra.registry.forms import (
    documents_for,
)
from bermitra.registry.models import Partner, PartnerDocument
from bermitra.registry.queries.verifications import documents_of
from bermitra.registry.queries.words import said


def document_items(partner: Partner, *, linked: bool) -> list[dict[str, Any]]:
    """Every document this kind can show: what is held with its state, what is missing as missing."""
    held, today = documents_of(partner), clock.today()
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
