"""Appending lines at the end of a transaction, one chain for the whole instance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from bermitra.foundation.journal.chain import GENESIS, body, chained
from bermitra.foundation.journal.models import Event

CHAIN_LOCK = 0x6265726D  # one advisory lock for the head of the chain


@dataclass(frozen=True)
class Line:
    """What an act says of itself. ``facts`` hold codes and whole numbers, never a person's name, number or free text."""

    verb: str
    about: str
    region: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def append(lines: Sequence[Line], *, act: str, at: datetime, actor: str, role: str, door: str) -> list[Event]:
    """Write ``lines`` behind the head of the chain; call it last inside the act's transaction.

    On SQLite the write lock of the transaction orders the writers; on PostgreSQL an advisory lock does, taken here and
    not earlier, because a lock held during the work costs three quarters of the throughput.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    head = Event.objects.order_by("-seq").values_list("seq", "hash").first() or (0, GENESIS)
    seq, previous = head
    written = []
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    for line in lines:
        seq += 1
        text = body(
            {
                "about": line.about,
                "act": act,
                "actor": actor,
                "at": stamp,
                "door": door,
                "facts": line.facts,
                "region": line.region,
                "role": role,
                "seq": seq,
                "verb": line.verb,
            }
        )
        previous = chained(previous, text)
        written.append(
            Event(
                seq=seq,
                act=act,
                at=at,
                actor=actor,
                door=door,
                verb=line.verb,
                about=line.about,
                region=line.region,
                body=text,
                hash=previous,
            )
        )
    return Event.objects.bulk_create(written)
