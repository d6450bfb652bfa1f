"""The site does not start with an address or a door that the permission table does not name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands.door import doors
from bermitra.foundation.commands.permits import EVERYONE, SIGNED_IN


def url_names() -> Iterator[str | None]:
    """The name of every address of the site (None: an address without a name)."""
    yield from _names(get_resolver().url_patterns)


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str | None]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns)
        else:
            yield each.name


@register()
def check_for_gaps(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Every address and door has its row, every row its address or door, every named role exists."""
    names, rows = set(url_names()), table()
    found: list[CheckMessage] = [
        Error(f"Alamat {name!r} tidak ada dalam tabel izin.", id="accounts.E001")
        for name in sorted(names - rows.keys(), key=str)
    ]
    found += [
        Error(f"Pintu {door!r} tidak ada dalam tabel izin.", id="accounts.E002")
        for door in sorted(doors.keys() - rows.keys())
    ]
    found += [
        Error(f"Tabel izin menyebut {name!r}, yang tidak ada.", id="accounts.E003")
        for name in sorted(rows.keys() - names - doors.keys())
    ]
    known = roles.BY_KEY.keys() | {EVERYONE, SIGNED_IN}
    found += [
        Error(f"{row.name}: peran {role!r} tidak dikenal.", id="accounts.E004")
        for row in rows.values()
        for role in sorted(row.scopes.keys() - known)
    ]
    return found
