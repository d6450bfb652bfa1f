"""Reading papers."""

from __future__ import annotations

from bermitra.foundation.documents.models import Paper


def by_code(code: str) -> Paper | None:
    """The paper with this code, withdrawn or not; ``None`` where there is none. One statement.

    It takes no person: a code stands on the paper itself, and whoever holds the paper may ask whether it is genuine. What
    else the page shows of the record behind it, the stage of that record decides. ``code`` as ``codes.parse_code`` gives it.
    """
    return Paper.objects.select_related("file", "withdrawal").filter(code=code).first()
