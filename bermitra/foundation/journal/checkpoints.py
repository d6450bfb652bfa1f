"""Making signed checkpoints, and checking the whole journal against itself and against them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from bermitra.foundation.journal.chain import GENESIS, body, chained
from bermitra.foundation.journal.merkle import Frontier
from bermitra.foundation.journal.models import Checkpoint, Event
from bermitra.foundation.journal.signing import checkpoint_text, note_holds, signed_note, signing_key

BATCH = 5_000


def origin() -> str:
    """The name of this journal in its checkpoints: host of the instance and the word that makes it unique there."""
    return f"{urlsplit(settings.BERMITRA_ORIGIN).netloc}/jurnal"


def make_checkpoint(now: datetime) -> Checkpoint | None:
    """Sign what the journal holds now; None when nothing came since the last one or another process was quicker."""
    last = Checkpoint.objects.order_by("-size").first()
    frontier = Frontier(last.size, [bytes.fromhex(each) for each in last.frontier]) if last else Frontier()
    head = last.head if last else GENESIS
    before = frontier.size
    for event in Event.objects.filter(seq__gt=before).order_by("seq").only("seq", "hash").iterator(BATCH):
        frontier.add([bytes.fromhex(event.hash)])
        head = event.hash
    if frontier.size == before:
        return None
    text = checkpoint_text(origin(), frontier.size, frontier.root())
    made = Checkpoint(
        size=frontier.size,
        at=now,
        root=frontier.root().hex(),
        head=head,
        frontier=[each.hex() for each in frontier.roots],
        note=signed_note(text, origin(), signing_key(settings.BERMITRA_HOME)),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return None
    return made


@dataclass
class Verdict:
    """What a check of the whole journal found. ``troubles`` name the first bad line and the reason, in Indonesian."""

    lines: int = 0
    checkpoints: int = 0
    head: str = GENESIS
    root: str = ""
    troubles: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.troubles


def verify(progress: Callable[[int], None] = lambda _: None) -> Verdict:
    """Recompute every hash, compare every column with what was hashed, and check every checkpoint.

    Stops at the first line that is wrong: all after it hang on it.
    """
    verdict, frontier = Verdict(), Frontier()
    points = iter(Checkpoint.objects.order_by("size").iterator(BATCH))
    waiting = next(points, None)
    key = signing_key(settings.BERMITRA_HOME).public_key()
    for event in _lines():
        trouble = _trouble_of(event, verdict.lines + 1, verdict.head)
        if trouble:
            verdict.troubles.append(trouble)
            return verdict
        verdict.lines, verdict.head = event.seq, event.hash
        frontier.add([bytes.fromhex(event.hash)])
        while waiting is not None and waiting.size == frontier.size:
            root = frontier.root()
            signed = waiting.note.startswith(checkpoint_text(origin_of(waiting.note), waiting.size, root) + "\n")
            if not signed or (waiting.root, waiting.head) != (root.hex(), event.hash):
                verdict.troubles.append(f"Titik periksa {waiting.size} tidak cocok dengan jurnal.")
            elif not note_holds(waiting.note, origin_of(waiting.note), key):
                verdict.troubles.append(f"Tanda tangan titik periksa {waiting.size} tidak sah.")
            verdict.checkpoints += 1
            waiting = next(points, None)
        if event.seq % BATCH == 0:
            progress(event.seq)
    if waiting is not None:
        verdict.troubles.append(f"Titik periksa menyebut {waiting.size} baris, jurnal hanya berisi {verdict.lines}.")
    verdict.root = frontier.root().hex()
    return verdict


def origin_of(note: str) -> str:
    """The name a note was signed under; an instance that moved keeps its old checkpoints."""
    return note.split("\n", 1)[0]


def _lines() -> Iterator[Event]:
    return Event.objects.order_by("seq").iterator(BATCH)


def _trouble_of(event: Event, wanted: int, previous: str) -> str:
    if event.seq != wanted:
        return f"Baris {wanted} hilang; yang ada baris {event.seq}."
    if chained(previous, event.body) != event.hash:
        return f"Baris {event.seq} tidak cocok dengan sidik jarinya."
    try:
        line = json.loads(event.body)
        canonical = body(line)
    except ValueError:
        return f"Baris {event.seq} bukan JSON baku."
    columns = {
        "seq": event.seq,
        "act": event.act,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor,
        "door": event.door,
        "verb": event.verb,
        "about": event.about,
        "region": event.region,
    }
    if canonical != event.body or any(line.get(name) != value for name, value in columns.items()):
        return f"Kolom baris {event.seq} berbeda dari isi yang disegel."
    return ""
