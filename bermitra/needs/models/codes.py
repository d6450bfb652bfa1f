"""The public code that every record of this room gets."""

from __future__ import annotations

from bermitra.foundation.codes import new_code


def _code() -> str:
    return new_code(10)
