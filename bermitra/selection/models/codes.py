"""What the tables of a selection share."""

from __future__ import annotations

from typing import Any

from bermitra.foundation.codes import new_code

Json = dict[str, Any]

# When the call is opened again, these may come again.
OUT = ("withdrawn", "late", "disqualified", "lapsed", "not_chosen")


def _code() -> str:
    return new_code(10)
