"""Who was erased, and which values were taken away, in a list apart from the database: codes, nothing else.

An older copy of the database brings them back; the list, which lies with the keys and travels in their archive, says whom to
erase again. The newest list counts, so an older database is put back with the newest archive of the keys.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from bermitra.foundation.home import make_rooms
from bermitra.foundation.personal.models import ErasureRequest

FILE = "erased"
PERSON, VALUE = "person", "value"


def note(kind: str, codes: Iterable[str], home: Path | None = None) -> None:
    """Add to the list what does not stand in it; on disk when this returns."""
    place = home or settings.BERMITRA_HOME
    held = listed(place)
    new = [line for code in codes if (line := (kind, code)) not in held]
    if not new:
        return
    make_rooms(place)
    handle = os.open(place / "keys" / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.writelines(f"{kind} {code}\n" for kind, code in new)
        out.flush()
        os.fsync(out.fileno())


def listed(home: Path | None = None) -> frozenset[tuple[str, str]]:
    """Kind and code of each line; a line that was cut off in the middle is passed over."""
    try:
        content = ((home or settings.BERMITRA_HOME) / "keys" / FILE).read_text(encoding="ascii")
    except FileNotFoundError:
        return frozenset()
    lines = (line.split() for line in content.splitlines())
    return frozenset((line[0], line[1]) for line in lines if len(line) == 2 and line[0] in (PERSON, VALUE))


def note_all() -> None:
    """Everybody whom the database knows as erased: where a line was lost between the act and the list, it is made up for."""
    note(PERSON, ErasureRequest.objects.filter(done_at__isnull=False).values_list("person__code", flat=True))
