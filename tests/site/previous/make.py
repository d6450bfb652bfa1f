"""Makes the backup of a release: one partnership told to its end by that release's own code, backed up by that release.

Run inside a checkout of the release, on an empty instance (see README.md). Of the files only the smallest come along, and the
manifest names no other; the database is the very copy that the release made.
"""

from __future__ import annotations

import json
import os
import sys
import tarfile
import tempfile
from pathlib import Path

KEY = (
    "kunci contoh untuk uji, bukan rahasia\n"  # a sentence, not a secret: it signs the checkpoint of this backup alone
)
STORY = "pandanarum"
FILES = 8  # so many come along


def main(release: str, target: Path) -> None:
    keys = Path(os.environ["BERMITRA_HOME"]) / "keys"
    keys.mkdir(parents=True, mode=0o700)
    (keys / "checkpoint").write_text(KEY, encoding="ascii")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bermitra.site.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.journeys.told import tell

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    tell(STORY)
    call_command("journal_checkpoint")
    with tempfile.TemporaryDirectory() as room:
        call_command("backup", room)
        (archive,) = Path(room).glob("*.tar.gz")
        with tarfile.open(archive) as held:
            held.extractall(Path(room, "out"), filter="data")
        pack(Path(room, "out"), target / f"{release}-{connection.vendor}.tar.xz")


def pack(room: Path, target: Path) -> None:
    note = room / "manifest.json"
    manifest = json.loads(note.read_text(encoding="utf-8"))
    manifest["files"] = sorted(manifest["files"], key=lambda name: (room / "files" / name).stat().st_size)[:FILES]
    note.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    with tarfile.open(target, "w:xz", preset=9) as out:
        for name in ("manifest.json", manifest["database"], *(f"files/{each}" for each in manifest["files"])):
            out.add(room / name, name, filter=nobody)


def nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
