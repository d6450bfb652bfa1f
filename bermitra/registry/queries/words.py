"""Texts of the book in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from bermitra.registry.due_diligence.book import Words, book
from bermitra.registry.models import Partner, PartnerRequest


def said(words: Words) -> str:
    """A text of the book in the reader's language."""
    return words.in_language(get_language() or "id")


def kind_name(partner: Partner | PartnerRequest) -> str:
    """What kind of partner it is, in the reader's language."""
    return said(book().kinds[partner.kind].name)
