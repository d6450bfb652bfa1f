"""That a line stands in the journal, shown to somebody who has only the line, a signed checkpoint and some hashes between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bermitra.foundation.journal.chain import GENESIS
from bermitra.foundation.journal.merkle import Frontier, leaf, node
from bermitra.foundation.journal.models import Checkpoint, Event


@dataclass(frozen=True)
class Proof:
    """``before`` is the hash of the line before; ``path`` leads from this line to the root that ``note`` signs."""

    event: Event
    before: str
    path: tuple[str, ...]
    note: str


def proof_of(event: Event) -> Proof | None:
    """The way to the first checkpoint that covers the line; ``None`` while there is none.

    Only the lines between two checkpoints are read, however long the journal is: what lies before is in the earlier one.
    """
    point = Checkpoint.objects.filter(size__gte=event.seq).order_by("size").first()
    if point is None:
        return None
    earlier = Checkpoint.objects.filter(size__lt=event.seq).order_by("-size").first()
    done = earlier.size if earlier else 0
    known = _perfect(done, [bytes.fromhex(each) for each in earlier.frontier] if earlier else [])
    lines = Event.objects.filter(seq__gt=done, seq__lte=point.size).order_by("seq").values_list("hash", flat=True)
    for place, found in enumerate(lines, done):
        known[place, place + 1] = leaf(bytes.fromhex(found))
    before = Event.objects.filter(seq=event.seq - 1).values_list("hash", flat=True).first() or GENESIS
    path = _path(known, event.seq - 1, 0, point.size)
    return Proof(event, before, tuple(each.hex() for each in path), point.note)


def _perfect(size: int, roots: list[bytes]) -> dict[tuple[int, int], bytes]:
    """Where the perfect subtrees of a tree of ``size`` leaves lie, with their roots."""
    found, start = {}, 0
    for root in Frontier(size, roots).roots:
        width = 1 << (size - start).bit_length() - 1
        found[start, start + width] = root
        start += width
    return found


def _path(known: Mapping[tuple[int, int], bytes], at: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    cut = start + (1 << (end - start - 1).bit_length() - 1)
    if at < cut:
        return [*_path(known, at, start, cut), _root(known, cut, end)]
    return [*_path(known, at, cut, end), _root(known, start, cut)]


def _root(known: Mapping[tuple[int, int], bytes], start: int, end: int) -> bytes:
    if (start, end) in known:
        return known[start, end]
    cut = start + (1 << (end - start - 1).bit_length() - 1)
    return node(_root(known, start, cut), _root(known, cut, end))
