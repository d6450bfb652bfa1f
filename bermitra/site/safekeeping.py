"""Backup and restore: database and files in one archive, keys in another that belongs elsewhere.

The database is copied by its own means (``VACUUM INTO``, ``pg_dump``): a plain copy of a live SQLite file lacks
acknowledged rows. Files are added after it; they only ever grow, so every row finds its file.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import By
from bermitra.foundation.journal.models import Event
from bermitra.foundation.personal import actions, forgotten
from bermitra.foundation.personal.models import PersonalValue

FORMAT = "bermitra-backup/1"
SQLITE, POSTGRES = "database.sqlite3", "database.pgdump"


class SafekeepingError(Exception):
    """The sentence says what stands in the way; nothing was changed."""


def back_up(folder: Path, now: datetime) -> tuple[Path, Path]:
    """Write the archive and the keys; returns both paths. Raises :class:`SafekeepingError`."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"bermitra-{now:%Y%m%d-%H%M%S}"
    archive, keys = folder / f"{stem}.tar.gz", folder / f"{stem}.keys.tar"
    if archive.exists() or keys.exists():
        raise SafekeepingError(f"{archive.name} sudah ada. Pilih folder lain.")
    with tempfile.TemporaryDirectory(dir=folder) as room:
        dump, head = _dump(Path(room))
        files = settings.BERMITRA_HOME / "files"
        manifest = {
            "format": FORMAT,
            "made_at": now.isoformat(),
            "database": dump.name,
            "database_sha256": _digest(dump),
            "journal": head,
            "files": sorted(
                str(p.relative_to(files)) for p in files.rglob("*") if p.is_file() and p.suffix != ".part"
            ),  # a file that is just being written has no row yet
        }
        note = Path(room, "manifest.json")
        note.write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
        half = archive.with_suffix(".part")
        with tarfile.open(half, "w:gz", compresslevel=3) as out:
            half.chmod(0o600)
            out.add(note, "manifest.json")
            out.add(dump, dump.name)
            for name in manifest["files"]:
                out.add(files / name, f"files/{name}")
        half.rename(archive)
    forgotten.note_all()
    with tarfile.open(keys, "w") as out:
        keys.chmod(0o600)
        out.add(settings.BERMITRA_HOME / "keys", "keys")
    return archive, keys


def restore(archive: Path, keys: Path) -> dict[str, Any]:
    """Put an archive and its keys into the empty instance that is configured; returns the manifest.

    Raises :class:`SafekeepingError` where the instance is not empty or the archive is not whole.
    """
    if connection.introspection.table_names():
        raise SafekeepingError("Basis data ini sudah berisi. Pulihkan ke BERMITRA_HOME dan basis data yang kosong.")
    connection.close()
    home: Path = settings.BERMITRA_HOME
    with tempfile.TemporaryDirectory(dir=home) as room:
        _unpack(archive, Path(room))
        _unpack(keys, Path(room))
        try:
            manifest: dict[str, Any] = json.loads(Path(room, "manifest.json").read_text(encoding="utf-8"))
            dump = Path(room, manifest["database"])
            whole = manifest["format"] == FORMAT and _digest(dump) == manifest["database_sha256"]
            missing = [name for name in manifest["files"] if not Path(room, "files", name).is_file()]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SafekeepingError(f"{archive.name} bukan cadangan Bermitra, atau rusak.") from error
        if not whole or missing:
            raise SafekeepingError(f"{archive.name} tidak utuh. Pakai cadangan yang lain.")
        known = forgotten.listed(home)
        _load(dump)
        for kind in ("files", "keys"):
            shutil.rmtree(home / kind, ignore_errors=True)
            source = Path(room, kind)
            shutil.move(source, home / kind) if source.exists() else (home / kind).mkdir(mode=0o700)
        (home / "keys").chmod(0o700)
        for kind in (forgotten.PERSON, forgotten.VALUE):  # what this machine knew, where its list is the newer one
            forgotten.note(kind, sorted(code for of, code in known if of == kind), home)
    return manifest


def erase_again() -> int:
    """Whoever was erased after the copy was made is erased again; says how many people and values there were."""
    gone = forgotten.listed()
    people = Person.objects.filter(code__in=[code for kind, code in gone if kind == forgotten.PERSON])
    people = people.exclude(erasure_requests__done_at__isnull=False)
    values = PersonalValue.objects.filter(code__in=[code for kind, code in gone if kind == forgotten.VALUE])
    back = list(people.values_list("code", flat=True)), list(values.values_list("code", flat=True))
    if any(back):
        actions.erase_again(by=By.the_system(), people=back[0], values=back[1])
    return len(back[0]) + len(back[1])


def journal_head() -> dict[str, Any]:
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    return dict(zip(("seq", "hash"), last or (0, ""), strict=True))


def _dump(room: Path) -> tuple[Path, dict[str, Any]]:
    """The copy, and the head of the journal as the copy holds it: the live one may have moved on meanwhile."""
    if connection.vendor == "sqlite":
        target = room / SQLITE
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return target, _journal_in(target)
    target = room / POSTGRES
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"
        )
        return target, journal_head()


def _load(dump: Path) -> None:
    if (dump.name == SQLITE) != (connection.vendor == "sqlite"):
        kind = "SQLite" if dump.name == SQLITE else "PostgreSQL"
        raise SafekeepingError(f"Cadangan ini dari {kind}. Setel DATABASE_URL ke {kind} lebih dahulu.")
    if connection.vendor == "sqlite":
        target = Path(settings.DATABASES["default"]["NAME"])
        for leftover in (f"{target}-wal", f"{target}-shm"):
            Path(leftover).unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dump, target)
        target.chmod(0o600)
        return
    _run("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={_database()}", str(dump))


def _journal_in(dump: Path) -> dict[str, Any]:
    table = Event._meta.db_table
    answer = _sqlite(dump, f"SELECT seq, hash FROM {table} ORDER BY seq DESC LIMIT 1")
    return {"seq": answer[0], "hash": answer[1]} if answer else {"seq": 0, "hash": ""}


def _sqlite(path: Path, question: str) -> Any:
    held = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return held.execute(question).fetchone()
    finally:
        held.close()


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *words: str) -> None:
    """One of PostgreSQL's own programs, told of the server by its usual variables."""
    found = shutil.which(program) or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)), None
    )
    if found is None:
        raise SafekeepingError(f"Program {program} tidak ada. Pasang paket postgresql-client.")
    held = connection.settings_dict
    variables = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = {name: str(held[key]) for name, key in variables.items() if held.get(key)}
    host = held.get("OPTIONS", {}).get("host")
    done = subprocess.run(  # noqa: S603  a fixed program, no shell
        [found, *words], env={"PATH": "/usr/bin:/bin", **({"PGHOST": host} if host else {}), **env},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SafekeepingError(f"{program}: {done.stderr.strip()[:400]}")


def _unpack(archive: Path, room: Path) -> None:
    try:
        with tarfile.open(archive) as held:
            held.extractall(room, filter="data")
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise SafekeepingError(f"{archive.name} tidak dapat dibuka: {error}") from error


def _digest(path: Path) -> str:
    with path.open("rb") as held:
        return file_digest(held, "sha256").hexdigest()
