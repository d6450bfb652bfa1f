"""``make bench NAME=import``: the register and the index against bare loading of the same rows (P11, P12, memory).

The floor is what no program on this stack goes below: rows that lie ready in memory, by ``executemany`` (SQLite) or COPY
(PostgreSQL) into one table with three indexes, in one transaction. For a spreadsheet the floor reads it with calamine
first. With ``DATABASE_URL`` on an empty PostgreSQL the same is measured there.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bench.common import Report, alternately, own_home, ratio, seconds

DAY = date(2025, 4, 25)
MEMORY = """
from bench.common import own_home, peak_memory
with own_home():
    from django.core.management import call_command
    import os
    call_command("migrate", verbosity=0)
    before = peak_memory()
    call_command("import_regions", *{words}, stdout=open(os.devnull, "w"))
    print(before, peak_memory())
"""


def main() -> None:
    with own_home() as home:
        from django.core.management import call_command
        from django.db import connection

        if connection.vendor != "sqlite" and connection.introspection.table_names():
            sys.exit("DATABASE_URL names a database that is not empty.")
        call_command("migrate", verbosity=0)
        measure(home, connection)


def measure(home: Path, connection: Any) -> None:
    from bermitra.foundation.commands.act import By
    from bermitra.foundation.regions.actions import import_register
    from bermitra.foundation.regions.load import plan_register
    from bermitra.foundation.regions.register import SHIPPED, read_register

    report = Report(f"import, {connection.vendor}")
    table, sheet = home / "regions.csv", home / "regions.xlsx"
    table.write_bytes(gzip.decompress(SHIPPED.read_bytes()))
    rows = floor_rows(read_register(table).areas)
    write_sheet(sheet, table)

    def load(path: Path) -> None:
        plan = plan_register(read_register(path), decree="bench", day=DAY)
        if plan.found:
            import_register(by=By.the_system(), plan=plan)

    def first(path: Path) -> float:
        empty(connection)
        return seconds(lambda: load(path))

    def floor(of_sheet: bool) -> float:
        bare_table(connection)
        return seconds(lambda: bare_load(connection, with_cells(sheet, rows) if of_sheet else rows))

    taken = alternately(
        {
            "floor: ready rows": lambda: floor(False),
            "CSV, first load": lambda: first(table),
            "CSV, unchanged": lambda: seconds(lambda: load(table)),
            "floor: XLSX and ready rows": lambda: floor(True),
            "XLSX, first load": lambda: first(sheet),
        }
    )
    for what, times in taken.items():
        report.times(what, times)
    bare, bare_sheet = taken["floor: ready rows"], taken["floor: XLSX and ready rows"]
    report.goal("P11-first-load", ratio(taken["CSV, first load"], bare), 3)
    report.goal("P11-unchanged", ratio(taken["CSV, unchanged"], bare), 2)
    report.goal("P12-xlsx", ratio(taken["XLSX, first load"], bare_sheet), 1.5)
    if connection.vendor == "sqlite":
        growths = [memory(home, [str(path)]) for path in (table, sheet)]
        report.goal("P11-growth-of-memory", growths[0][1] - growths[0][0], 100, unit=" MB")
        report.goal("memory-at-the-peak", max(peak for _before, peak in growths), 300, unit=" MB")
    report.end()


def floor_rows(areas: dict[str, tuple[str, str]]) -> list[tuple[Any, ...]]:
    """The rows that the product writes, decoded and ready."""
    from bermitra.foundation.regions.register import key_of, level_of, parent_of

    return [
        (code, level_of(code), kind, name, key_of(name, kind), parent_of(code) or None, True, None, None, 0, 0)
        for code, (name, kind) in sorted(areas.items())
    ]


def write_sheet(sheet: Path, table: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(sheet, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for number, line in enumerate(table.read_text("utf-8").splitlines()):
            page.write_row(number, 0, line.split(","))


def with_cells(sheet: Path, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The ready rows, after all cells of the sheet were read."""
    import python_calamine

    cells = python_calamine.CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python()
    assert len(cells) == len(rows) + 1
    return rows


def bare_table(connection: Any) -> None:
    text = 'text COLLATE "C"' if connection.vendor == "postgresql" else "text"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute(
            f"CREATE TABLE bare (code {text} PRIMARY KEY, level smallint, kind text, name text, name_key {text},"
            f" parent {text}, active bool, since date, until date, members int, villages int)"
        )
        cursor.execute("CREATE INDEX bare_name ON bare (name_key, code)")
        cursor.execute("CREATE INDEX bare_parent ON bare (parent)")


def bare_load(connection: Any, rows: list[tuple[Any, ...]]) -> None:
    from django.db import transaction

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy("COPY bare FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ",".join("?" * len(rows[0]))
            cursor.connection.executemany(f"INSERT INTO bare VALUES ({marks})", rows)


def empty(connection: Any) -> None:
    """Take the register away, as no product code may: the guards are lowered for it."""
    from bermitra.foundation.journal.guard import lower_guards, raise_guards

    lower_guards(connection)
    with connection.cursor() as cursor:
        for table in ("namelist", "regionalias", "villageindex", "registerload", "region"):
            cursor.execute(f"DELETE FROM regions_{table}")
        cursor.execute("VACUUM")
    raise_guards(connection)


def memory(home: Path, words: list[str]) -> tuple[float, float]:
    """Before and at the peak of a first load in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY.format(words=words)], cwd=Path(__file__).parents[1], capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    before, peak = done.stdout.split()
    return float(before), float(peak)


if __name__ == "__main__":
    main()
