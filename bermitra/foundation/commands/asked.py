"""A fingerprint of what was asked, so that a used key with other content is noticed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from typing import Any

from django.db.models import Model

from bermitra.foundation.rules import Rule


@dataclass(frozen=True)
class Secret:
    """An argument that must leave no trace: it counts for nothing in the fingerprint, and does not print itself."""

    value: str = field(repr=False)


def fingerprint(door: str, given: dict[str, Any]) -> str:
    """SHA-256 over the door and its arguments, order-free; raises TypeError for an argument that has no plain form."""
    text = json.dumps([door, _plain(given)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Secret):
        return "secret"
    if isinstance(value, Rule):
        return value.code
    if isinstance(value, Fraction | Decimal):
        return str(Fraction(value))  # 12 and 12.00 ask the same
    if isinstance(value, Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(json.dumps(_plain(each), sort_keys=True) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"a command cannot be asked with a {type(value).__name__}")
