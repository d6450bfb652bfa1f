"""``DATABASE_URL`` read into Django's settings: ``sqlite:///path`` (default) or ``postgresql://user@host:port/name``."""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# From this one on every SQLite has its JSON functions built in.
SQLITE_WITH_JSON = (3, 38)
# Measured: NORMAL loses acknowledged commits at a power cut, DEFERRED makes writers fail with "database is locked".
# secure_delete: what is erased is overwritten, so that no page of the file keeps a key that was destroyed.
# trusted_schema stays on: SQLite 3.40 calls JSON_VALID unsafe, and Django's JSON columns are checked with it.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
        "PRAGMA cell_size_check=ON;PRAGMA secure_delete=ON;"
    ),
}
POSTGRES_OPTIONS = "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"


class DatabaseUrlError(ValueError):
    """DATABASE_URL names no database that we can open."""


def database(url: str, place: Path) -> dict[str, Any]:
    """The ``DATABASES["default"]`` that ``url`` means; an empty one is the SQLite file of this instance."""
    if not url:
        return _sqlite(place / "db" / "bermitra.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)[1:]
        if not path:
            raise DatabaseUrlError(
                f"DATABASE_URL {url!r}: nama berkas belum ada. Contoh: sqlite:////srv/bermitra.sqlite3"
            )
        return _sqlite(Path(path))
    if parts.scheme in ("postgresql", "postgres"):
        asked = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": asked.pop("host", "") or parts.hostname or "",
            "PORT": str(parts.port or asked.pop("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**asked, "options": POSTGRES_OPTIONS},
        }
    raise DatabaseUrlError(f"DATABASE_URL {url!r}: awali dengan sqlite:/// atau postgresql://")


def _sqlite(path: Path) -> dict[str, Any]:
    if sqlite3.sqlite_version_info < SQLITE_WITH_JSON:
        raise DatabaseUrlError(
            f"SQLite {sqlite3.sqlite_version} tidak punya fungsi JSON. Pakai SQLite 3.38 ke atas, atau PostgreSQL"
        )
    return {
        "ENGINE": "bermitra.site.sqlite",
        "NAME": str(path),
        "OPTIONS": dict(SQLITE_OPTIONS),
        "CONN_MAX_AGE": None,
        # Tools for tests know Django's engine by its name, not ours: told so, they keep the test database in memory.
        "TEST": {"NAME": ":memory:"},
    }
