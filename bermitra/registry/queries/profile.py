"""What is known of a partner by its kind, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import number_format

from bermitra.foundation import money
from bermitra.foundation.calendar import long_date
from bermitra.registry.due_diligence.book import FieldType, ProfileField, book
from bermitra.registry.models import Partner
from bermitra.registry.queries.words import said

NOTHING: tuple[Any, ...] = (None, "", [], {})


def profile_facts(partner: Partner, *, public: bool = False) -> list[tuple[str, str]]:
    """Name and value of what its kind is asked for, as far as it is known; villages by the names of that day."""
    asked = [each for each in book().kinds[partner.kind].profile if each.public or not public]
    held = [each for each in asked if partner.profile.get(each.code) not in NOTHING]
    return [(said(each.name), _words(each, partner.profile[each.code])) for each in held]


def profile_gaps(partner: Partner) -> list[str]:
    """Names of what its kind is asked for and nobody has said."""
    asked = book().kinds[partner.kind].profile
    return [said(each.name) for each in asked if partner.profile.get(each.code) in NOTHING]


def _words(field: ProfileField, value: Any) -> str:
    match field.type:
        case FieldType.RUPIAH:
            return money.rupiah(value)
        case FieldType.WHOLE:
            return number_format(value, 0, use_l10n=True, force_grouping=True)
        case FieldType.DATE:
            return long_date(date.fromisoformat(value))
        case FieldType.CHOICE:
            return said(dict(field.options)[value])
        case FieldType.CHOICES:
            return ", ".join(said(words) for code, words in field.options if code in value)
        case FieldType.VILLAGES:
            return ", ".join(value.values())
        case FieldType.TEXT | FieldType.YEAR:
            return str(value)
