"""``make bench NAME=selection``: closing a call with 300 proposals and 5 scorers, and lists of 1,000 calls and 13,000 proposals.

From the deadline to the comparison: the worker closes the call, all seals are opened, the levels are laid side by side and
ranked, and the page that compares them is made (goal: one second together). Each repeat begins from the same file. What the
comparison weighs is P8 of a page at work; the public list of calls is P1, the reviewers' list of one call's proposals among
13,000 is P6, and what each page asks the database is P7, with the floors of ``bench.pages`` in the same run.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.common import REPEATS, Report, middle, own_home, ratio, seconds
from bench.floor.record import write_floor
from bench.floor.servers import served
from bench.floor.visitors import asking, visit
from bench.pages import F1, FL, FLOOR, KB, SITE, Weighed, centile, row

PUBLIC = ("calls", "calls-regency", "call")
WORK = {"proposals": "sekdes.asing", "room": "lksd", "comparison": "lksd"}  # who reads them
GOALS = {"calls": ("P1", FL, 3), "calls-regency": ("P1", FL, 3), "call": ("P2", F1, 4), "proposals": ("P6", FL, 5)}
VISITORS = {1: 0.4, 8: 0.6}  # how many at once, and for how many seconds a round
PEER = "peer P6: UN Partner Portal 457 / 1,569 ms (p95, 1 and 8 visitors, on another day)"


def main() -> None:
    with own_home() as home:
        from django.conf import settings

        from bench.floor.calls import everything
        from bermitra.site.ready import make_ready

        make_ready(lambda _words: None, register=False)
        pages = everything()
        report = Report("selection, gunicorn with two sync workers, sqlite")
        from_the_deadline(report, Path(settings.DATABASES["default"]["NAME"]), pages["comparison"])
        cookies = {name: signed_in(who) for name, who in WORK.items()}
        asked(report, pages)
        write_floor(home / "floor.sqlite3")
        served_pages(report, home, pages, cookies)
        print(PEER)
        report.end()


# From the deadline to the comparison ----------------------------------------------------------------------------------
def from_the_deadline(report: Report, file: Path, comparison: str) -> None:
    """The steps in turn, from the same file each time; the last turn's file stays for the pages."""
    kept = file.with_suffix(".kept")
    whole(file, kept)
    rounds: list[dict[str, float]] = []
    for turn in range(-1, REPEATS):  # one to warm up
        whole(kept, file)
        taken = steps(comparison)
        if turn >= 0:
            rounds.append(taken)
    for step in rounds[0]:
        report.times(step, [each[step] for each in rounds])
    report.goal("from-the-deadline-to-the-comparison", middle(sum(each.values()) for each in rounds), 1, unit=" s")


def whole(source: Path, target: Path) -> None:
    """Copy a database that nobody has open."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for beside in ("-wal", "-shm"):
        target.with_name(target.name + beside).unlink(missing_ok=True)
    shutil.copyfile(source, target)


def steps(comparison: str) -> dict[str, float]:
    from bench.floor.calls import all_scores
    from bermitra.foundation.accounts.models import Person
    from bermitra.foundation.commands import clock
    from bermitra.foundation.commands.act import By
    from bermitra.selection import actions
    from bermitra.selection.models import Call
    from tests.people import OURS, People
    from tests.selection.makers import AFTER

    people, taken = People({each.username: each for each in Person.objects.all()}), dict[str, float]()

    def call() -> Any:
        return Call.objects.select_related("case__village", "case__partner").get(case__village=OURS)

    def timed(name: str, act: Callable[..., object], by: By, **given: Any) -> None:
        of = call()
        taken[name] = seconds(lambda: act(by=by, call=of, **given))

    with clock.at(AFTER):
        timed("close_call", actions.close_call, By.the_system())
        witnesses = {"minutes_number": "BA-2", "witnesses": ["Karsono", "Paijo"]}
        timed("start_selection", actions.start_selection, people.by("bpd"), **witnesses)
        for seat in call().seats():
            actions.declare_interest(by=people.by(seat.person.username), call=call(), interest=False)
        actions.complete_admin_check(by=people.by("lksd"), call=call())
        all_scores()
        timed("reveal_scores", actions.reveal_scores, people.by("lksd"))
        reader = reader_as("lksd")
        taken["comparison, first page"] = seconds(lambda: well(reader.get(comparison)))
    return taken


def well(answer: Any) -> None:
    if answer.status_code != 200:
        raise SystemExit(f"answered with {answer.status_code}")


# The pages ------------------------------------------------------------------------------------------------------------
def signed_in(username: str) -> str:
    """A cookie of somebody who has just signed in."""
    from django.conf import settings

    return f"{settings.SESSION_COOKIE_NAME}={reader_as(username).cookies[settings.SESSION_COOKIE_NAME].value}"


def reader_as(username: str) -> Any:
    from django.conf import settings
    from django.test import Client

    from bermitra.foundation.accounts.models import Person

    reader = Client(SERVER_NAME="127.0.0.1")
    reader.force_login(Person.objects.get(username=username), backend=settings.AUTHENTICATION_BACKENDS[0])
    return reader


def asked(report: Report, pages: dict[str, str]) -> None:
    """P7: statements of each page, public ones made anew."""
    from django.test import Client

    from bench.floor.statements import ANEW, count

    anybody = Client(SERVER_NAME="127.0.0.1", headers={"cookie": ANEW})
    counted = {name: count(anybody, pages[name]) for name in PUBLIC}
    counted |= {name: count(reader_as(who), pages[name]) for name, who in WORK.items()}
    for name, each in counted.items():
        report.rows.append((f"{name}, statements", str(each["statements"]), "", ""))
    report.goal("P7-public", max(counted[name]["statements"] for name in PUBLIC), 6)
    report.goal("P7-work", max(counted[name]["statements"] for name in WORK), 12)
    report.goal("P7-one-shape", max(each["commonest"] for each in counted.values()), 2)


def served_pages(report: Report, home: Path, pages: dict[str, str], cookies: dict[str, str]) -> None:
    """P1, P2 and P6 against the floors by one visitor and by eight, and P8 of the comparison and of the room."""
    wanted = {name: asking(address, cookies.get(name, "")) for name, address in pages.items()}
    with ExitStack() as stack:
        environment = {**os.environ, "BERMITRA_HOME": str(home), "BERMITRA_LOG": "ERROR", "DATABASE_URL": ""}
        port = stack.enter_context(served(SITE, **environment))
        bare = stack.enter_context(served(FLOOR, BENCH_FLOOR=str(home / "floor.sqlite3")))
        ways = {F1: (bare, asking(F1)), FL: (bare, asking(FL))} | {name: (port, wanted[name]) for name in GOALS}
        taken: dict[tuple[str, int], list[list[float]]] = {(name, many): [] for name in ways for many in VISITORS}
        for turn in range(-1, REPEATS):
            for name, (at, request) in ways.items():
                for many, long in VISITORS.items():
                    times = visit(at, request, visitors=many, seconds=long)
                    if turn >= 0:
                        taken[name, many].append(times)
        weighed = {name: Weighed(port, wanted[name]) for name in ("comparison", "room", "proposals")}
    tails = {key: [centile(each, 95) for each in rounds] for key, rounds in taken.items()}
    for key, rounds in taken.items():
        row(report, f"{key[0]}, {key[1]} at once", [centile(each, 50) for each in rounds], tails[key])
    for name, (goal, floor, bound) in GOALS.items():
        for many in VISITORS:
            report.goal(f"{goal}-{name}-{many}", ratio(tails[name, many], tails[floor, many]), bound)
    for name, each in weighed.items():
        said = f"{each.first / KB:.1f} KB, next {each.following / KB:.1f} KB, {each.elements} elements"
        report.rows.append((f"{name}, weight", said, "", ""))
    report.goal("P8-work-first", max(each.first for each in weighed.values()) / KB, 40, unit=" KB")
    report.goal("P8-work-next", max(each.following for each in weighed.values()) / KB, 14, unit=" KB")
    report.goal("P8-elements", max(each.elements for each in weighed.values()), 1_500)


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    main()
