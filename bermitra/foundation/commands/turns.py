"""Writers of a SQLite file take turns, first come first served.

SQLite's own busy wait is unfair: at saturation one of eight writers got a single turn in six seconds. The lock file is
opened by each process for itself, after it was forked: a handle inherited through fork excludes nobody.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

_handles: dict[tuple[int, str], int] = {}
_in_this_process = threading.Lock()


@contextmanager
def writers_turn(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait for the turn and hold it; on PostgreSQL, and for a database in memory, there is nothing to wait for."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield
        return
    handle = _handle(str(connection.settings_dict["NAME"]))
    with _in_this_process:  # flock counts per open file, so threads of one process must queue here
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)


def _handle(database: str) -> int:
    key = (os.getpid(), database)
    if key not in _handles:
        _handles[key] = os.open(Path(f"{database}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return _handles[key]
