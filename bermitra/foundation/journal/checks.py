"""What must hold before anything is served: guards up, and a database that keeps what it acknowledged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Tags
from django.core.checks import register as register_check
from django.db import connections
from django.db.utils import OperationalError, ProgrammingError

from bermitra.foundation.journal.guard import guarded_tables, standing_triggers, wanted_triggers


def register() -> None:
    register_check(Tags.database)(keeps_its_promises)


def keeps_its_promises(databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Runs with ``check --database default`` and at the start of ``serve`` and ``worker``."""
    return [trouble for using in databases or () for trouble in _troubles(using)]


def _troubles(using: str) -> list[CheckMessage]:
    connection = connections[using]
    try:
        tables = set(connection.introspection.table_names())
    except (OperationalError, ProgrammingError) as error:
        return [Error(f"Basis data tidak dapat dibuka: {error}", id="journal.E001")]
    found: list[CheckMessage] = []
    there = {t for t in guarded_tables() if t in tables}
    missing = {n for n, (t, _) in wanted_triggers().items() if t in there} - standing_triggers(connection)
    if missing:
        found.append(Error(f"Penjaga hilang: {', '.join(sorted(missing))}", hint="bermitra migrate", id="journal.E002"))
    asked = {
        "sqlite": {"PRAGMA synchronous": "2", "PRAGMA journal_mode": "wal", "PRAGMA recursive_triggers": "1"},
        "postgresql": {"SHOW fsync": "on", "SHOW synchronous_commit": "on", "SHOW full_page_writes": "on"},
    }[connection.vendor]
    memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        for question, wanted in ({} if memory else asked).items():
            cursor.execute(question)
            answer = str(cursor.fetchone()[0])
            if answer != wanted:
                found.append(Error(f"{question} menjawab {answer}, seharusnya {wanted}", id="journal.E003"))
    return found
