"""``{% load people %}``: the line that says in whose name a record was entered."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from bermitra.foundation.people.queries import entered_for

register = template.Library()
SHOWN = 3


@register.inclusion_tag("people/entered_for.html", takes_context=True)
def entered_for_village(context: Context) -> dict[str, Any]:
    """On the page of a record (``page.need`` of a code): what was entered there under a village's mandate, and by whom.

    One statement, and only where somebody is signed in and the address names a record.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    name, code = (match.url_name or "", match.kwargs.get("code")) if match else ("", None)
    signed_in = getattr(context.get("user"), "is_authenticated", False)
    if not signed_in or code is None or not name.startswith("page."):
        return {"entries": []}
    return {"entries": entered_for(f"{name.removeprefix('page.')}:{code}", SHOWN), "user": context.get("user")}
