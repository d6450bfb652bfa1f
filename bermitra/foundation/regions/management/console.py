"""What the two imports show at the console: how far they are, a table of what they found, the file of refused rows."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext

from bermitra.foundation.regions.tables import Refused
from bermitra.foundation.text import inert

WIDTH = 24  # of the bar


class Progress:
    """A bar on a terminal, a line for each step elsewhere; ``steps`` is how many there will be."""

    def __init__(self, out: OutputWrapper, steps: int):
        self.out, self.steps, self.done = out, steps, 0

    def step(self, what: str) -> None:
        """Say what begins now."""
        self._show(what)
        self.done = min(self.done + 1, self.steps)

    def end(self) -> None:
        self.done = self.steps
        if self.out.isatty():
            self._show(gettext("Selesai."))
            self.out.write("")

    def _show(self, what: str) -> None:
        if not self.out.isatty():
            self.out.write(what)
            return
        full = WIDTH * self.done // self.steps
        self.out.write(f"\r[{'█' * full}{'·' * (WIDTH - full)}] {what:<48.48}", ending="")
        self.out.flush()


def table(rows: Iterable[tuple[str, int]]) -> str:
    """Two columns: what, and how many, written the Indonesian way."""
    held = [(what, number(count)) for what, count in rows]
    left, right = max(len(what) for what, _count in held), max(len(count) for _what, count in held)
    return "\n".join(f"  {what:<{left}}  {count:>{right}}" for what, count in held)


def agreed(question: str) -> bool:
    """Ask; where nobody can answer, the answer is no."""
    return sys.stdin.isatty() and input(question).strip().casefold() in ("ya", "y")


def number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def write_refused(home: Path, source: str, refused: Sequence[Refused], now: datetime) -> Path:
    """Write the refused rows to a file of their own in the instance's folder and return its path."""
    folder = home / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"ditolak-{Path(source).name.split('.')[0]}-{now:%Y%m%d-%H%M%S}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        lines = csv.writer(out)
        lines.writerow((gettext("berkas"), gettext("baris"), gettext("nilai"), gettext("alasan")))
        lines.writerows((each.file, each.row or "", inert(each.value), each.reason) for each in refused)
    return path
