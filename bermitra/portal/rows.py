"""Many small lists read with the record they belong to: a public page asks the database six times at most."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler

Row = dict[str, Any]


class Rows(Subquery):
    """The rows of a query, in their order, as one column: a list of what ``fields`` names, read with the outer row.

    What a database has no JSON for comes as text: days are read by :func:`day`, instants by :func:`instant`, and JSON
    inside JSON by :func:`inner`. No rows give ``None`` on PostgreSQL: read the column as ``value or []``.
    """

    output_field = JSONField()  # type: ignore[assignment]  # a plain attribute, as Django's own expressions have it

    def __init__(self, found: QuerySet[Any], **fields: Any):
        super().__init__(found.values(json_row=JSONObject(**fields)))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = '(SELECT JSON_GROUP_ARRAY(JSON("json_row")) FROM (%(subquery)s) AS "lines")'
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = '(SELECT JSONB_AGG("json_row") FROM (%(subquery)s) AS "lines")'
        return self.as_sql(compiler, connection, template=template, **context)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def instant(text: str | None) -> datetime | None:
    """SQLite keeps instants in UTC without saying so."""
    if not text:
        return None
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def inner(value: Any) -> Any:
    """A JSON column of a row: text on SQLite."""
    return json.loads(value) if isinstance(value, str) else value


def first(rows: list[Row] | None) -> Row | None:
    return rows[0] if rows else None


class Worked:
    """A query that is the same for every page of its kind but for one code: its SQL is worked out once in a process.

    With a dozen lists as columns, that takes eight times as long as the database needs to answer. ``build`` gets a
    placeholder and must hand it on as a plain text value, wherever the code belongs. Nothing else in it may depend on the
    moment: what hangs on the day is compared by whoever reads the row.
    """

    PLACE = "\N{REPLACEMENT CHARACTER}code"

    def __init__(self, build: Callable[[str], QuerySet[Any]]):
        self.build = build
        self._kept: dict[str, tuple[QuerySet[Any], SQLCompiler, str, tuple[Any, ...]]] = {}

    def first(self, code: str) -> Any:
        """The one record of this code, with its columns; ``None`` where there is none. One statement."""
        queryset, compiler, sql, params = self._kept.get(connection.vendor) or self._work_out()
        own = copy(compiler)
        own.connection = connection
        filled = tuple(code if each == self.PLACE else each for each in params)
        own.as_sql = lambda *_args, **_kwargs: (sql, filled)  # type: ignore[method-assign]
        asked = queryset.all()
        asked.query.get_compiler = lambda *_args, **_kwargs: own  # type: ignore[method-assign]
        return next(iter(asked), None)

    def _work_out(self) -> tuple[QuerySet[Any], SQLCompiler, str, tuple[Any, ...]]:
        queryset = self.build(self.PLACE)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        self._kept[connection.vendor] = kept = (queryset, compiler, sql, tuple(params))
        return kept
