"""Append-only tables refuse every change, on either database and after every migration."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from bermitra.foundation.journal.checks import keeps_its_promises
from bermitra.foundation.journal.guard import guarded_tables, lower_guards, standing_triggers, wanted_triggers
from bermitra.foundation.journal.models import Event
from bermitra.foundation.journal.writing import Line, append


@pytest.fixture
def line(db) -> Event:
    return append([Line("test.done", "thing:1")], act="A", at=timezone.now(), actor="system", role="system", door="x")[
        0
    ]


def refused(work) -> None:
    with pytest.raises(DatabaseError, match="tidak boleh diubah"), transaction.atomic():
        work()
    assert Event.objects.count() == 1


def sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def test_every_append_only_table_is_guarded(db):
    assert {"journal_event", "journal_checkpoint", "norms_regencynorm"} <= set(guarded_tables())
    assert standing_triggers(connection) == set(wanted_triggers())


def test_neither_the_orm_nor_sql_changes_a_line(line):
    refused(lambda: Event.objects.update(verb="x"))
    refused(lambda: line.delete())
    refused(lambda: sql("UPDATE journal_event SET verb = 'x'"))
    refused(lambda: sql("DELETE FROM journal_event"))
    again = Event(**{f.name: getattr(line, f.name) for f in Event._meta.fields} | {"verb": "x"})
    refused(lambda: Event.objects.bulk_create(
        [again], update_conflicts=True, unique_fields=["seq"], update_fields=["verb"]
    ))  # fmt: skip


def test_the_back_doors_of_sqlite(line):
    if connection.vendor == "sqlite":
        columns = ", ".join(f.column for f in Event._meta.fields)
        refused(lambda: sql(f"INSERT OR REPLACE INTO journal_event ({columns}) SELECT {columns} FROM journal_event"))


def test_the_back_doors_of_postgresql(line):
    if connection.vendor == "postgresql":
        refused(lambda: sql("TRUNCATE journal_event"))
        refused(lambda: sql("SET LOCAL session_replication_role = replica; UPDATE journal_event SET verb = 'x'"))


def test_a_rebuilt_table_is_guarded_again(real_transactions):
    field = Event._meta.get_field("door")
    wider = models.CharField(max_length=81)
    wider.set_attributes_from_name("door")
    wider.model = Event
    lower_guards(connection)  # what SQLite does without a word when Django rebuilds the table
    with connection.schema_editor() as editor:
        editor.alter_field(Event, field, wider)
    assert not standing_triggers(connection)
    assert [each.id for each in keeps_its_promises(["default"])][:1] == ["journal.E002"]
    call_command("migrate", verbosity=0)
    assert standing_triggers(connection) == set(wanted_triggers())
    lower_guards(connection)
    with connection.schema_editor() as editor:
        editor.alter_field(Event, wider, field)
