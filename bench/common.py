"""The form of every bench: a table, then one line per goal, and an exit code that says whether any is short.

A bench measures what the product does against a floor in the same run, alternately and at least five times after a
warm-up; an absolute time means nothing on another day.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

REPEATS = 5


@contextmanager
def own_home() -> Iterator[Path]:
    """A home that is gone afterwards, set before the settings are read; makes Django ready."""
    with TemporaryDirectory(prefix="bermitra-bench-") as folder:
        os.environ["BERMITRA_HOME"] = folder
        os.environ["BERMITRA_LOG"] = "ERROR"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bermitra.site.settings")
        import django

        django.setup()
        yield Path(folder)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alternately(works: dict[str, Callable[[], float]], repeats: int = REPEATS) -> dict[str, list[float]]:
    """Run all works in turn, ``repeats`` times after one warm-up; each gives the seconds that count."""
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(repeats):
        for name, work in works.items():
            taken[name].append(work())
    return taken


def middle(times: Iterable[float]) -> float:
    return statistics.median(times)


def ratio(times: list[float], floor: list[float]) -> float:
    """The middle of the ratios of each round: what else the machine does weighs on both sides of it alike."""
    return middle(one / other for one, other in zip(times, floor, strict=True))


def peak_memory() -> float:
    """The most that this process has held, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))


class Report:
    """Collects rows and goals, prints both and ends the bench."""

    def __init__(self, title: str):
        self.rows: list[tuple[str, ...]] = []
        self.goals: list[str] = []
        print(f"{title}: Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")

    def times(self, what: str, times: list[float]) -> None:
        """A row with median, spread and noise (spread over median)."""
        half = middle(times)
        noise = (max(times) - min(times)) / half
        self.rows.append((what, f"{half:.3f} s", f"{min(times):.3f}-{max(times):.3f}", f"{noise:.0%}"))

    def goal(self, name: str, figure: float, bound: float, *, more_is_better: bool = False, unit: str = "") -> None:
        met = figure >= bound if more_is_better else figure <= bound
        sign, word = ">=" if more_is_better else "<=", "ok" if met else "short"
        self.goals.append(f"goal {name}: {figure:.2f}{unit} {sign} {bound:g}{unit} {word}")

    def end(self) -> None:
        table = [("measured", "median", "from-to", "noise"), *self.rows]
        widths = [max(len(row[column]) for row in table) for column in range(4)]
        for row in table:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        print("\n".join(self.goals))
        sys.exit(any(line.endswith("short") for line in self.goals))
