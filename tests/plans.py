"""What a database would do for the statements of a page: which tables it reads from end to end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Statement = tuple[str, Any]


@contextmanager
def noted() -> Iterator[list[Statement]]:
    """Every reading statement inside, with its values."""
    found: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def read_whole(statement: Statement, table: str) -> list[str]:
    """The steps of this statement's plan that go through all rows of a table."""
    sql, params = statement
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            names = {table, *re.findall(rf'"{table}" ([A-Z]+\d+)\b', sql)}
            steps = [row[3] for row in cursor.fetchall()]
            return [step for step in steps if step.startswith("SCAN ") and step.split()[1] in names]
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        told = cursor.fetchone()[0]
        plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return [step["Node Type"] for step in _steps(plan) if step.get("Relation Name") == table and _whole(step)]


def _steps(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for below in step.get("Plans", ()):
        yield from _steps(below)


def _whole(step: dict[str, Any]) -> bool:
    kind = step["Node Type"]
    return kind == "Seq Scan" or (kind in ("Index Scan", "Index Only Scan") and "Index Cond" not in step)
