"""``make bench NAME=pages``: what a visitor waits for, against bare Django views in the same run (P1-P4, P7, P8, P17, P18).

The floor (F1: one indexed query, FL: a list of 20 out of 83,762 villages) and the site stand behind gunicorn with two sync
workers each, on SQLite, on the loopback; both are asked in turn by one and by eight visitors. Public pages are asked as a
visitor does, who gets them from memory where nothing has changed since the last one, and as one for whom they are made
anew: the goals are those of the first, the ratios of the second stand in the table. Statements (P7) and growth (P17: the
same pages over 1,000, 84,000 and 650,000 villages) are those of pages made anew. The data are made once (some minutes) and
kept in ``BERMITRA_BENCH``, or beside other temporary files where that is unset; they are made anew when the tables or the
making changed.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import urlsplit

from bench.common import REPEATS, Report, middle, ratio, seconds
from bench.floor.record import SIZES, WHOLE, write_floor
from bench.floor.servers import served
from bench.floor.statements import ANEW
from bench.floor.visitors import Answer, asking, once, visit

ROOT = Path(__file__).parents[1]
SITE, FLOOR = "bermitra.site.wsgi:application", "bench.floor.site:application"
F1, FL = "/v/33.04.19.2001/", "/list?after=40000"
LISTS = ("villages", "country", "partners", "partnerships", "calls")
ONES = ("village", "partner", "call", "partnership")
WORK = ("signed-in",)
VISITORS = {1: 0.5, 8: 0.7}  # how many at once, and for how many seconds a round
GROWTH_SECONDS = 0.4
KB = 1_000
PEERS = """\
peer P1: Hypha 555 / 1,824 ms (p95, 1 and 8 visitors, on another day, as all of these)
peer P2: Healthchecks 19.5 / 81 ms
peer P3: Hypha 69 ms, OpenSID 73 ms (p50)
peer P4: Hypha 335 ms (p50)
peer P7: Healthchecks 4-10, Hypha 25-139 statements
peer P8: Healthchecks 80 KB, Hypha 248 KB, OpenSID 803 KB
peer P18: RSR 22 s"""


@dataclass(frozen=True)
class Goal:
    """A page against its floor: ``centile`` 50 or 95."""

    name: str
    page: str
    floor: str
    centile: int
    bound: float


GOALS = (
    *(Goal("P1", page, FL, 95, 3) for page in LISTS),
    *(Goal("P2", page, F1, 95, 4) for page in ONES),
    *(Goal("P2", page, F1, 95, 10) for page in WORK),
    Goal("P3", "home", F1, 50, 3),
    Goal("P4", "search", FL, 95, 4),
)


def main() -> None:
    kept = kept_data()
    homes = {rows: kept / str(rows) for rows in SIZES}
    report = Report("pages, gunicorn with two sync workers, sqlite")
    counted = {rows: statements(home) for rows, home in homes.items()}
    pages = {rows: requests(home, counted[rows]["cookie"]) for rows, home in homes.items()}
    first_requests(report, homes[WHOLE], anew(homes[WHOLE])["home"])
    with ExitStack() as stack:
        ports = {rows: stack.enter_context(site(home)) for rows, home in homes.items()}
        bare = stack.enter_context(served(FLOOR, BENCH_FLOOR=str(kept / "floor.sqlite3")))
        waiting(report, bare, ports[WHOLE], pages[WHOLE], anew(homes[WHOLE]))
        growth(report, ports, {rows: {**pages[rows], **anew(home)} for rows, home in homes.items()})
        weight(report, ports[WHOLE], pages[WHOLE])
    asked(report, {rows: each["pages"] for rows, each in counted.items()})
    print(PEERS)
    report.end()


# The data of record --------------------------------------------------------------------------------------------------


def kept_data(sizes: tuple[int, ...] = SIZES) -> Path:
    """A folder with an instance of each size and the floor's file; it carries the sum of what made it in its name."""
    place = Path(os.environ.get("BERMITRA_BENCH") or Path(gettempdir()) / "bermitra-bench-kept")
    kept = place / made_of()
    for rows in sizes:
        whole(kept / str(rows), lambda half, rows=rows: run("bench.floor.record", str(rows), home=half))  # type: ignore[misc]
    whole(kept / "floor.sqlite3", write_floor)
    return kept


def made_of() -> str:
    """Changes with the tables, with the example's story and with what writes the rows."""
    files = [*(ROOT / "bermitra").rglob("migrations/*.py"), *(ROOT / "bermitra" / "site" / "demo").rglob("*.*")]
    files += [ROOT / "bench" / "floor" / "record.py"]
    sums = sha256()
    for each in sorted(each for each in files if "__pycache__" not in each.parts):
        sums.update(each.read_bytes())
    return sums.hexdigest()[:12]


def whole(place: Path, make: Callable[[Path], Any]) -> None:
    """Made under another name first, so that what was interrupted is never taken for the whole."""
    if place.exists():
        return
    half = place.with_name(f"half-{place.name}")
    shutil.rmtree(half, ignore_errors=True)
    half.unlink(missing_ok=True)
    half.parent.mkdir(parents=True, exist_ok=True)
    taken = seconds(lambda: make(half))
    half.rename(place)
    print(f"made {place.name} in {taken:.0f} s", flush=True)


def run(module: str, *words: str, home: Path) -> str:
    home.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "BERMITRA_HOME": str(home), "BERMITRA_LOG": "ERROR", "DATABASE_URL": ""}


@contextmanager
def site(home: Path) -> Iterator[int]:
    with served(SITE, **environment(home)) as port:
        yield port


def statements(home: Path) -> dict[str, Any]:
    counted: dict[str, Any] = json.loads(run("bench.floor.statements", home=home))
    return counted


def requests(home: Path, cookie: str) -> dict[str, bytes]:
    pages = json.loads((home / "pages.json").read_text(encoding="utf-8"))
    return {name: asking(address, cookie if name in WORK else "") for name, address in pages.items()}


def anew(home: Path) -> dict[str, bytes]:
    """The public pages as somebody asks for whom nothing is taken from memory."""
    pages = json.loads((home / "pages.json").read_text(encoding="utf-8"))
    return {name: asking(address, ANEW) for name, address in pages.items() if name not in WORK}


# What is measured ----------------------------------------------------------------------------------------------------


def centile(times: list[float], which: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[which - 1]


def row(report: Report, what: str, middles: list[float], tails: list[float]) -> None:
    noise = (max(middles) - min(middles)) / middle(middles)
    spread = f"{min(middles):.2f}-{max(middles):.2f}"
    report.rows.append((what, f"p50 {middle(middles):.2f}, p95 {middle(tails):.2f} ms", spread, f"{noise:.0%}"))


def waiting(report: Report, bare: int, port: int, pages: dict[str, bytes], made: dict[str, bytes]) -> None:
    """P1-P4 and the guard: floors and pages in turn, by one visitor and by eight; ``made`` are those made anew."""
    ways = {F1: (bare, asking(F1)), FL: (bare, asking(FL))} | {name: (port, each) for name, each in pages.items()}
    ways |= {f"{name} anew": (port, each) for name, each in made.items()}
    taken: dict[tuple[str, int], list[list[float]]] = {(name, many): [] for name in ways for many in VISITORS}
    for turn in range(-1, REPEATS):  # one to warm up
        for name, (at, request) in ways.items():
            for many, long in VISITORS.items():
                times = visit(at, request, visitors=many, seconds=long)
                if turn >= 0:
                    taken[name, many].append(times)
    held = {
        (key, which): [centile(each, which) for each in rounds] for key, rounds in taken.items() for which in (50, 95)
    }
    for name, many in taken:
        row(report, f"{name}, {many} at once", held[(name, many), 50], held[(name, many), 95])
    for goal in GOALS:
        for many in VISITORS:
            figure = ratio(held[(goal.page, many), goal.centile], held[(goal.floor, many), goal.centile])
            name = goal.name if goal.page in ("home", "search") else f"{goal.name}-{goal.page}"
            report.goal(f"{name}-{many}", figure, goal.bound)
            if goal.page in made:
                again = ratio(held[(f"{goal.page} anew", many), goal.centile], held[(goal.floor, many), goal.centile])
                report.rows.append((f"{name}-{many}, made anew", f"{again:.2f} floors", "", ""))
    slowest = max(middle(held[(name, 8), 95]) for name in ways if name not in (F1, FL))
    report.goal("guard-p95-8", slowest, 100, unit=" ms")


def growth(report: Report, ports: dict[int, int], pages: dict[int, dict[str, bytes]]) -> None:
    """P17: the same page at each size in turn, one visitor."""
    middles: dict[tuple[str, int], list[float]] = {(name, rows): [] for name in pages[WHOLE] for rows in SIZES}
    for turn in range(-1, REPEATS):
        for name, rows in middles:
            times = visit(ports[rows], pages[rows][name], visitors=1, seconds=GROWTH_SECONDS)
            if turn >= 0:
                middles[name, rows].append(centile(times, 50))
    least, *larger = SIZES
    for name in pages[WHOLE]:
        bounds = (1.3, 2) if name == "search" else (1.15, 1.25)
        for rows, bound in zip(larger, bounds, strict=True):
            report.goal(f"P17-{name}-{rows}", ratio(middles[name, rows], middles[name, least]), bound)


def first_requests(report: Report, home: Path, request: bytes) -> None:
    """P18: the first answer of a site that has just started, against the same one warm."""
    firsts, warm = [], []
    for _turn in range(REPEATS):
        with site(home) as port:
            firsts.append(seconds(lambda port=port: once(port, request)))  # type: ignore[misc]
            visit(port, request, visitors=2, seconds=0.3)  # both workers
            warm.append(centile(visit(port, request, visitors=1, seconds=0.3), 50) / 1000)
    report.times("home, first after a start", firsts)
    report.goal("P18-ratio", ratio(firsts, warm), 10)
    report.goal("P18-longest", max(firsts), 1, unit=" s")


def weight(report: Report, port: int, pages: dict[str, bytes]) -> None:
    """P8: bytes on the wire, requests and elements. The next visit asks for the page alone: the rest never changes."""
    weighed = {name: Weighed(port, request) for name, request in pages.items()}
    public = {name: each for name, each in weighed.items() if name not in WORK}
    for kind, which, first, following in (("public", public, 20, 10), ("work", {n: weighed[n] for n in WORK}, 40, 14)):
        report.goal(f"P8-{kind}-first", max(each.first for each in which.values()) / KB, first, unit=" KB")
        report.goal(f"P8-{kind}-next", max(each.following for each in which.values()) / KB, following, unit=" KB")
    for name, each in weighed.items():
        report.rows.append((f"{name}, weight", f"{each.first / KB:.1f} KB, next {each.following / KB:.1f} KB", "", ""))
    report.goal("P8-requests", max(each.requests for each in weighed.values()), 4)
    report.goal("P8-third-parties", sum(len(each.foreign) for each in weighed.values()), 0)
    report.goal("P8-elements", max(weighed[name].elements for name in LISTS), 1_500)


class Weighed(HTMLParser):
    """A page with everything that a browser fetches for it."""

    def __init__(self, port: int, request: bytes):
        super().__init__()
        self.elements, self.wanted, self.foreign = 0, set[str](), set[str]()
        page = once(port, request)
        self.feed(plain(page).decode())
        others = [once(port, asking(address)) for address in sorted(self.wanted)]
        self.following = len(page.whole)
        self.first = self.following + sum(len(each.whole) for each in others)
        self.requests = 1 + len(others)
        for each in others:
            if "immutable" not in each.headers.get("cache-control", ""):
                self.following += len(each.whole)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        said = dict(attrs)
        fetched = tag in ("script", "img") or (tag == "link" and said.get("rel") in ("stylesheet", "icon", "preload"))
        address = said.get("src") or said.get("href") or "" if fetched else ""
        if address and not address.startswith("data:"):
            (self.foreign if urlsplit(address).netloc else self.wanted).add(address)


def plain(answer: Answer) -> bytes:
    import gzip

    return gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" else answer.body


def asked(report: Report, counted: dict[int, dict[str, dict[str, int]]]) -> None:
    """P7: statements of each page, the commonest shape, and whether they are the same at every size."""
    all_pages = counted[WHOLE]
    for name in all_pages:
        numbers = [str(counted[rows][name]["statements"]) for rows in SIZES]
        report.rows.append((f"{name}, statements", " / ".join(numbers), "", ""))
    public = [each["statements"] for name, each in all_pages.items() if name not in WORK]
    report.goal("P7-public", max(public), 6)
    report.goal("P7-signed-in", max(all_pages[name]["statements"] for name in WORK), 12)
    report.goal("P7-one-shape", max(each["commonest"] for each in all_pages.values()), 2)
    unequal = [name for name in all_pages if len({counted[rows][name]["statements"] for rows in SIZES}) > 1]
    report.goal("P7-unequal-pages", len(unequal), 0)


if __name__ == "__main__":
    main()
