"""``make bench NAME=registry``: who is who at the size of the country (P1, P2, P7, P17; what is like a name; onboarding).

The lists of partners (10,000 beside the 84,000 villages of the register) and of villages, narrowed and ordered, public and
at the desk of a regency's officer; the partners with a name like the one that is being typed; and the officers of 500
villages from one workbook to one PDF of letters. Floors, servers and data are those of ``bench.pages``, of which the two
smaller sizes are made. As in ``bench.pages`` the goals are those of a visitor, who gets a public list from memory where
nothing has changed, and what is made anew stands in the table; what is typed, and growth, are always made anew.
"""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.common import REPEATS, Report, middle, ratio
from bench.floor.office import OFFICE, PUBLIC, TYPED
from bench.floor.record import SIZES, WHOLE
from bench.floor.servers import served
from bench.floor.statements import ANEW
from bench.floor.visitors import asking, visit
from bench.pages import F1, FL, FLOOR, centile, kept_data, row, run, site

SMALL = SIZES[0]
VISITORS = {1: 0.4, 8: 0.6}  # how many at once, and for how many seconds a round
GROWTH_SECONDS = 0.4
REGENCY, VILLAGES = "11.08", 500  # Aceh Utara has more villages than any other
ONBOARDINGS = 3
PEER = "peer P1: Hypha 555 / 1,824 ms (p95, 1 and 8 visitors, on another day)"


def main() -> None:
    kept = kept_data((SMALL, WHOLE))
    homes = {rows: kept / str(rows) for rows in (SMALL, WHOLE)}
    report = Report("registry, gunicorn with two sync workers, sqlite")
    counted = {rows: json.loads(run("bench.floor.office", home=home)) for rows, home in homes.items()}
    pages = {rows: requests(each["cookie"]) for rows, each in counted.items()}
    with ExitStack() as stack:
        ports = {rows: stack.enter_context(site(home)) for rows, home in homes.items()}
        bare = stack.enter_context(served(FLOOR, BENCH_FLOOR=str(kept / "floor.sqlite3")))
        waiting(report, bare, ports[WHOLE], pages[WHOLE] | visitors_pages())
        growth(report, ports, pages)
    asked(report, {rows: each["pages"] for rows, each in counted.items()})
    onboarding(report)
    print(PEER)
    report.end()


def requests(cookie: str) -> dict[str, bytes]:
    """Everything made anew, the public lists under a name that says so."""
    at_desk = {name: asking(address, cookie) for name, address in OFFICE.items()}
    typed = {name: asking(address, ANEW) for name, address in TYPED.items()}
    return at_desk | typed | {f"{name} anew": asking(address, ANEW) for name, address in PUBLIC.items()}


def visitors_pages() -> dict[str, bytes]:
    return {name: asking(address) for name, address in PUBLIC.items()}


def waiting(report: Report, bare: int, port: int, pages: dict[str, bytes]) -> None:
    """P1 for public lists and for what is asked while typing, against FL; P2 for the desk, against F1."""
    ways = {F1: (bare, asking(F1)), FL: (bare, asking(FL))} | {name: (port, each) for name, each in pages.items()}
    taken: dict[tuple[str, int], list[list[float]]] = {(name, many): [] for name in ways for many in VISITORS}
    for turn in range(-1, REPEATS):  # one to warm up
        for name, (at, request) in ways.items():
            for many, long in VISITORS.items():
                times = visit(at, request, visitors=many, seconds=long)
                if turn >= 0:
                    taken[name, many].append(times)
    tails = {key: [centile(each, 95) for each in rounds] for key, rounds in taken.items()}
    for key, rounds in taken.items():
        row(report, f"{key[0]}, {key[1]} at once", [centile(each, 50) for each in rounds], tails[key])
    for name in pages:
        goal, floor, bound = ("P2", F1, 10) if name in OFFICE else ("P1", FL, 4 if name in TYPED else 3)
        for many in VISITORS:
            figure = ratio(tails[name, many], tails[floor, many])
            if name.endswith(" anew"):
                report.rows.append((f"{goal}-{name}-{many}", f"{figure:.2f} floors", "", ""))
            else:
                report.goal(f"{goal}-{name}-{many}", figure, bound)
    report.goal("guard-p95-8", max(middle(tails[name, 8]) for name in pages), 100, unit=" ms")


def growth(report: Report, ports: dict[int, int], pages: dict[int, dict[str, bytes]]) -> None:
    """P17: the same page at both sizes in turn, one visitor."""
    middles: dict[tuple[str, int], list[float]] = {(name, rows): [] for name in pages[WHOLE] for rows in ports}
    for turn in range(-1, REPEATS):
        for name, rows in middles:
            times = visit(ports[rows], pages[rows][name], visitors=1, seconds=GROWTH_SECONDS)
            if turn >= 0:
                middles[name, rows].append(centile(times, 50))
    for name in pages[WHOLE]:
        bound = 1.3 if name in TYPED else 1.15  # what is typed is a search
        report.goal(f"P17-{name}-{WHOLE}", ratio(middles[name, WHOLE], middles[name, SMALL]), bound)


def asked(report: Report, counted: dict[int, dict[str, dict[str, int]]]) -> None:
    """P7: statements of each page, the commonest shape, and whether they are the same at both sizes."""
    whole = counted[WHOLE]
    for name in whole:
        numbers = " / ".join(str(each[name]["statements"]) for each in counted.values())
        report.rows.append((f"{name}, statements", numbers, "", ""))
    report.goal("P7-public", max(whole[name]["statements"] for name in PUBLIC | TYPED), 6)
    report.goal("P7-desk", max(whole[name]["statements"] for name in OFFICE), 12)
    report.goal("P7-one-shape", max(each["commonest"] for each in whole.values()), 2)
    unequal = [name for name in whole if len({each[name]["statements"] for each in counted.values()}) > 1]
    report.goal("P7-unequal-pages", len(unequal), 0)


def onboarding(report: Report) -> None:
    """Workbook in, one act, letters out; each time in an instance that holds the register and nothing else."""
    rounds: list[dict[str, Any]] = []
    for _turn in range(ONBOARDINGS):
        with TemporaryDirectory(prefix="bermitra-bench-") as folder:
            said = run("bench.floor.onboarded", REGENCY, str(VILLAGES), home=Path(folder))
            rounds.append(json.loads(said.splitlines()[-1]))
    for step in rounds[0]:
        report.times(f"onboarding of {VILLAGES}, {step}", [each[step] for each in rounds])
    report.goal(f"onboarding-{VILLAGES}", middle(sum(each.values()) for each in rounds), 20, unit=" s")


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    main()
