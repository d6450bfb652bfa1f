"""``{% load openly %}``: what people typed, without the numbers by which a person is found."""

from __future__ import annotations

from django import template

from bermitra.foundation.personal import open_text

register = template.Library()


@register.filter
def openly(text: str | None) -> str:
    return open_text.openly(text) if text else ""
