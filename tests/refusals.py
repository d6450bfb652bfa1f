"""Which rules refuse an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bermitra.foundation.rules import Refused


def codes(act: Callable[..., object], **given: Any) -> tuple[str, ...]:
    """The codes of the rules that refuse it; it fails where none does."""
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.codes
