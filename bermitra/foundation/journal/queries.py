"""How far the journal is."""

from __future__ import annotations

from django.db import connection

from bermitra.foundation.journal.models import Event

_HEAD = f'SELECT hash FROM "{Event._meta.db_table}" ORDER BY seq DESC LIMIT 1'


def head() -> str:
    """The hash of the newest line, empty where there is none. In plain SQL: most answers to visitors cost no more than this."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        row = cursor.fetchone()
    return str(row[0]) if row else ""
