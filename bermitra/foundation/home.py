"""Where an instance keeps what is its own: database, files and keys, apart from one another and from the code."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """``BERMITRA_HOME``, or ``./var`` where it is unset."""
    return Path(os.environ.get("BERMITRA_HOME") or "var").resolve()


def make_rooms(place: Path) -> None:
    """Create the three rooms; only their owner may look into any of them."""
    for room in ("db", "files", "keys"):
        (place / room).mkdir(mode=0o700, parents=True, exist_ok=True)


def secret(place: Path, name: str) -> str:
    """A key of this instance, made at first use and readable by its owner alone."""
    path = place / "keys" / name
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        make_rooms(place)
    made = secrets.token_urlsafe(48)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker: its key is the key
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(made + "\n")
    return made
