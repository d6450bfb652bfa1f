"""Triggers that refuse to change an append-only table, made after every migration on either database.

After ``migrate`` and not in a migration: Django rebuilds a table on SQLite for the smallest change of a column, and its
triggers are gone without a word. On PostgreSQL a row trigger lets TRUNCATE through and an ordinary trigger sleeps while
``session_replication_role`` is ``replica``; hence a statement trigger, and ENABLE ALWAYS for both.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

REASON = "baris ini tidak boleh diubah atau dihapus"


def guarded_tables() -> list[str]:
    """Every table of a concrete ``AppendOnly`` model of this project."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False))


def wanted_triggers() -> dict[str, tuple[str, str]]:
    """Trigger name -> (table, event) as they must stand."""
    return {f"guard_{t}_{e.lower()}": (t, e) for t in guarded_tables() for e in ("UPDATE", "DELETE")}


def raise_guards(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers of all append-only tables that exist; harmless where they stand already."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '%: {REASON}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';"
                " END $$"
            )
        for name, (table, event) in wanted_triggers().items():
            if table not in tables:
                continue
            if connection.vendor == "sqlite":
                cursor.execute(
                    f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {event} ON "{table}" '
                    f"BEGIN SELECT RAISE(ABORT, '{table}: {REASON}'); END"
                )
                continue
            also = " OR TRUNCATE" if event == "DELETE" else ""
            cursor.execute(
                f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {event}{also} ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()"
            )
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"')


def lower_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away. Only test databases that are emptied between tests do this."""
    with connection.cursor() as cursor:
        for name, (table, _event) in wanted_triggers().items():
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def standing_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the guards that stand, and on PostgreSQL also fire always."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {row[0] for row in cursor.fetchall()} & set(wanted_triggers())


def after_migrate(using: str, **_: object) -> None:
    """Receiver of ``post_migrate``."""
    raise_guards(connections[using])
