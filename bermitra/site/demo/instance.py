"""The instance that an example lives in: its mark, its one password, and starting anew. A real instance is left alone."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.home import make_rooms
from bermitra.foundation.journal.guard import lower_guards
from bermitra.site.demo.memory import Memory

WORDS = ("padi", "bukit", "sungai", "kapulaga", "gamelan", "lebak", "tegalan", "wantilan", "kentongan", "rumbia")


class NotAnExample(Exception):
    """The instance holds people who are no example: nothing is played in it and nothing is taken away."""


def room() -> Path:
    """Where the example keeps what is its own; its being there is the mark of an example instance."""
    place: Path = settings.BERMITRA_HOME / "demo"
    return place


def enter() -> None:
    """Go into an empty instance or into one that holds the example. Raises :class:`NotAnExample`."""
    if Person.objects.filter(example=False).exists():
        raise NotAnExample
    if not Person.objects.exists():
        shutil.rmtree(room(), ignore_errors=True)  # what was remembered of a database that is no more
    room().mkdir(mode=0o700, exist_ok=True)


def start_anew() -> None:
    """Empty the database and the files of an example instance; the keys stay. Raises :class:`NotAnExample`."""
    if not Person.objects.exists():
        return
    if Person.objects.filter(example=False).exists() or not room().is_dir():
        raise NotAnExample
    lower_guards(connection)
    call_command("flush", verbosity=0, interactive=False)  # its end raises the guards again
    for each in (room(), settings.BERMITRA_HOME / "files"):
        shutil.rmtree(each, ignore_errors=True)
    make_rooms(settings.BERMITRA_HOME)


def password() -> str:
    """The one password of all people of this instance's example, made once."""
    path = room() / "kata-sandi"
    if not path.is_file():
        made = f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"
        path.touch(mode=0o600)
        path.write_text(f"{made}\n", encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


def memory_of(story: str) -> Memory:
    return Memory(room() / f"{story}.json")
