"""``bermitra worker``: what is done beside the pages: calls and candidacies that end; dossiers, shortlists and
rounds that were asked for; checkpoints of the journal, at most ten lines or five minutes late."""

from __future__ import annotations

import logging
import os
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from bermitra.foundation.commands.turns import writers_turn
from bermitra.foundation.journal.checkpoints import make_checkpoint
from bermitra.foundation.journal.models import Checkpoint, Event
from bermitra.matching.jobs import ROOMS
from bermitra.selection.actions import close_due_calls, keep_due_guards, lapse_due_candidates
from bermitra.selection.binding import make_waiting as make_dossiers

EVERY_LINES = 10
EVERY_SECONDS = 300
PAUSE_SECONDS = 2.0
GUARDS_AT_ONCE = 50  # calls whose guards are asked again before the worker looks for other work
CALLS: tuple[Callable[[], object], ...] = (
    close_due_calls,
    lapse_due_candidates,
    partial(keep_due_guards, GUARDS_AT_ONCE),
)
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Mengerjakan hal-hal di belakang layar, terutama menandatangani titik periksa jurnal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Satu putaran, lalu selesai.")

    def handle(self, *args: Any, **options: Any) -> None:
        with asked_to_stop() as stop:
            go_round(stop, once=options["once"])


@contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """Set by the first signal to end, so that a round is finished. Whoever called the command gets his own handlers back."""
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def go_round(stop: threading.Event, *, once: bool) -> None:
    """Round after round until told to stop, or one."""
    parent = os.getppid()
    while True:
        for work in (lambda: one_round(at_once=once), *CALLS, make_dossiers, *ROOMS):
            try:
                work()
            except Exception:  # one call that cannot be closed must not end the checkpoints, nor the worker
                if once:
                    raise
                log.exception("putaran ini gagal dan diulang")
                connection.close()
        if once or stop.wait(PAUSE_SECONDS) or os.getppid() != parent:
            return  # a worker does not outlive the server that started it


def one_round(*, at_once: bool = False) -> None:
    """Sign a checkpoint when ten lines or five minutes have gone by since the last one."""
    last = Checkpoint.objects.order_by("-size").values_list("size", "at").first()
    size, at = last or (0, None)
    head = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    now = timezone.now()
    late = at is None or (now - at).total_seconds() >= EVERY_SECONDS
    if head > size and (at_once or late or head - size >= EVERY_LINES):
        with writers_turn(connection):
            make_checkpoint(now)
