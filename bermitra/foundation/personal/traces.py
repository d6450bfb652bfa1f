"""What an erasure leaves in the files of the database after the rows are gone.

SQLite overwrites what it deletes (``secure_delete``), but earlier pages still lie in its log until that is emptied.
PostgreSQL keeps dead rows until they are vacuumed, and their bytes until the space is used again: it can be told to
vacuum, not to overwrite. What is left there is sealed, and the key it was sealed under is one of the dead rows.
"""

from __future__ import annotations

from django.db import connection

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.turns import writers_turn
from bermitra.foundation.personal.models import DataKey, PersonalLook, PersonalValue


def sweep() -> None:
    """Empty the log, or vacuum the tables that an erasure touches; nothing inside somebody's transaction."""
    if connection.in_atomic_block:
        return
    with writers_turn(connection), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for model in (DataKey, PersonalValue, PersonalLook, Person):
            cursor.execute(f'VACUUM "{model._meta.db_table}"')
