"""Writing whole registers: the one place of the house that writes rows by COPY and ``executemany``.

A plan is made outside the transaction (decoded, checked, compared) and written inside one command. What a plan is asked
for is its file, its decree and what it was compared with; its rows are no field of it, for a command's fingerprint
would read 91,599 of them again.

A code is only a number, and decrees hand numbers on. Whatever points to an area is moved to the area's new code with it,
in every table that has a key to ``Region``; rows that never change keep the code of their day (``queries.codes_held``).
Where the number of an area that is gone is handed on, its row and all that points to it go on under a code that begins
with letters, so that nothing of the old area is ever read as the new one's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import InitVar, dataclass
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import F, Field, Model

from bermitra.foundation.commands.act import Act
from bermitra.foundation.regions.diff import Differences, differences
from bermitra.foundation.regions.index import Index, IndexRow
from bermitra.foundation.regions.models import NameList, Region, RegionAlias, RegisterLoad, VillageIndex
from bermitra.foundation.regions.register import KINDS, Areas, Register, key_of, level_of, parent_of
from bermitra.foundation.regions.rules import INVENTED
from bermitra.foundation.text import BadInput, _

LARGEST_LOSS = 10  # a register that lacks more than a tenth of what is in force is a part of one, not a decree
INDEX_COLUMNS = ("village_id", "year", "iks", "ike", "ikl", "idm", "status_published", "status_by_threshold",
                 "published_code", "how_matched")  # fmt: skip


class _Row(NamedTuple):
    """A row of ``Region`` as it is read and written here."""

    code: str
    level: int
    kind: str
    name: str
    name_key: str
    parent_id: str | None
    active: bool
    since: date | None
    until: date | None
    members: int
    villages: int

    def ended(self, day: date) -> _Row:
        return self._replace(active=False, until=self.until or day, members=0, villages=0)


COLUMNS = _Row._fields
FIRST_COLUMNS = tuple(name for name in COLUMNS if name not in ("since", "until"))  # which a first load does not know


# The register --------------------------------------------------------------------------------------------------------


@dataclass
class RegisterPlan:
    """A register compared with what is in force. ``day`` is the first day of the decree."""

    source: str
    file_hash: str
    decree: str
    day: date
    compared_with: int  # the load whose areas it was compared with, 0 for none
    areas: InitVar[Areas]
    in_force: InitVar[Areas]
    all_rows_read: InitVar[bool]

    def __post_init__(self, areas: Areas, in_force: Areas, all_rows_read: bool) -> None:
        self.old, self.new = in_force, areas
        self.found: Differences = differences(in_force, areas, all_rows_read=all_rows_read)
        if self.found.kept:
            self.new = areas | {code: in_force[code] for code in self.found.kept if code not in areas}

    @property
    def first(self) -> bool:
        """Whether there is nothing yet to differ from."""
        return not self.old


def plan_register(register: Register, *, decree: str, day: date) -> RegisterPlan:
    """Compare with what is in force. Raises :class:`BadInput` ``register.part`` for a part of a register."""
    plan = RegisterPlan(
        register.source,
        register.sha256,
        decree,
        day,
        newest(RegisterLoad.Kind.REGIONS),
        register.areas,
        areas_in_force(),
        not register.refused,
    )
    if len(plan.found.gone) * LARGEST_LOSS > len(plan.old):
        raise BadInput(
            "register.part",
            _("Berkas {file} tidak memuat {count} dari {total} wilayah. Pakai daftar seluruh Indonesia."),
            file=register.source,
            count=len(plan.found.gone),
            total=len(plan.old),
        )
    return plan


def areas_in_force() -> Areas:
    """What a register is compared with: everything in force but the invented areas of examples."""
    held = _select("SELECT code, name, kind FROM {} WHERE active")
    return {code: (name, kind) for code, name, kind in held if not code.startswith(INVENTED)}


def newest(kind: str) -> int:
    """The key of the last load of this kind, 0 for none; inside a transaction nobody else loads until its end."""
    loads = RegisterLoad.objects.filter(kind=kind).order_by("-pk").values_list("pk", flat=True)
    return (loads.select_for_update() if connection.in_atomic_block else loads).first() or 0


def write_register(act: Act, plan: RegisterPlan) -> RegisterLoad:
    """Write what the plan found. Raises :class:`BadInput` ``register.meanwhile`` where another load came between."""
    _refuse_stale(RegisterLoad.Kind.REGIONS, plan.compared_with)
    keys = {code: key_of(name, kind) for code, (name, kind) in plan.new.items()}
    members, villages = _counts_below(plan.new)
    if plan.first and not Region.objects.exists():
        _insert(Region, FIRST_COLUMNS, _all_rows(plan.new, keys, members, villages))
        aliases: list[RegionAlias] = []
    else:
        aliases = _write_differences(plan, keys, members, villages)
    load = RegisterLoad.objects.create(
        kind=RegisterLoad.Kind.REGIONS,
        file_hash=plan.file_hash,
        source=plan.source[:200],
        decree=plan.decree,
        counts={"in_force": _in_force(plan.new), **plan.found.counts()},
        at=act.now,
        by_code=act.by.code,
    )
    RegionAlias.objects.bulk_create(aliases, batch_size=500)
    _write_names(load, keys)
    return load


def _all_rows(
    areas: Areas, keys: dict[str, str], members: Counter[str], villages: Counter[str]
) -> Iterator[tuple[Any, ...]]:
    """Parents first, then the villages, below which nothing lies: nine rows of ten need not ask."""
    codes = sorted(areas)
    for code in codes:
        if len(code) < 13:
            name, kind = areas[code]
            above = parent_of(code) or None
            yield code, level_of(code), kind, name, keys[code], above, True, members[code], villages[code]
    yield from (
        (code, 4, areas[code][1], areas[code][0], keys[code], code[:8], True, 0, 0) for code in codes if len(code) == 13
    )


def _write_differences(
    plan: RegisterPlan, keys: dict[str, str], members: Counter[str], villages: Counter[str]
) -> list[RegionAlias]:
    """Write the rows that changed, move what points to moved areas; returns the aliases that remember the old ones."""
    found, new = plan.found, plan.new
    rows = {row[0]: _Row(*row) for row in _select(f"SELECT {', '.join(COLUMNS)} FROM {{}}")}
    came_from = {after: before for before, after in found.moved.items()}
    fresh = {*found.new, *came_from}
    lost = {
        code: _put_aside(code, rows)
        for code in _handed_on(rows, fresh)
        if code not in found.moved and (code in came_from or rows[code].name_key != keys[code])  # else it is restored
    }
    changed = {code: rows[code].ended(plan.day) for code in [*found.gone, *found.moved] if code not in new}
    for code, aside in lost.items():
        changed[aside] = rows[code].ended(plan.day)._replace(code=aside)
    for code, (name, kind) in new.items():
        there = rows.get(code)
        since = plan.day if code in fresh else there.since if there else None
        above = parent_of(code) or None
        row = _Row(
            code, level_of(code), kind, name, keys[code], above, True, since, None, members[code], villages[code]
        )
        if row != there:
            changed[code] = row
    _replace(changed[code] for code in sorted(changed, key=lambda code: (len(code), code)))
    _follow({**found.moved, **lost})
    renamed = [code for code in found.renamed if keys[code] != rows[code].name_key or new[code][1] != rows[code].kind]
    became = {**found.moved, **lost, **{code: code for code in renamed}}  # more than another spelling
    return [_alias(rows[code], now, plan) for code, now in became.items()]


def _alias(row: _Row, now: str, plan: RegisterPlan) -> RegionAlias:
    return RegionAlias(
        old_code=row.code,
        old_name=row.name,
        old_key=row.name_key,
        region_id=now,
        since=row.since,
        until=row.until or plan.day,
        decree=plan.decree,
    )


def _handed_on(rows: dict[str, _Row], codes: Iterable[str]) -> list[str]:
    """Those of the codes that an area has, or had when it ended; not those that an area had before it moved on."""
    held = [rows[code] for code in sorted(codes) if code in rows]
    left = RegionAlias.objects.filter(old_code__in=[row.code for row in held if not row.active])
    moved = set(left.exclude(region_id=F("old_code")).values_list("old_code", "until", "old_key"))
    return [row.code for row in held if (row.code, row.until, row.name_key) not in moved]


def _put_aside(code: str, rows: dict[str, _Row]) -> str:
    """A code for the row of an area whose number another one has now: its first digits become letters, A for 0."""
    for letters in (1, 2):
        aside = "".join(chr(ord("A") + int(digit)) for digit in code[:letters]) + code[letters:]
        if aside not in rows:
            return aside
    raise BadInput("register.aside", _("Kode {area} sudah tiga kali berpindah. Hubungi pengelola sistem."), area=code)


def _follow(now: dict[str, str]) -> None:
    """Let every changeable row that points to one of these codes point to what it became. Codes may trade places, so
    all go to a code that nobody has first: the last digit as a letter."""
    if not now:
        return
    between = {after: after[:-1] + chr(ord("a") + int(after[-1])) for after in now.values()}
    for field in pointing_here():
        table, column = field.model._meta.db_table, field.column
        statement = f'UPDATE "{table}" SET "{column}" = %s WHERE "{column}" = %s'
        _many(statement, [(between[after], before) for before, after in now.items()])
        _many(statement, list(between.items()))


def pointing_here() -> list[Field[Any, Any]]:
    """Every column of a changeable table that is a key to ``Region``, links of many to many as well."""
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        if model is not Region
        and model._meta.managed
        and not model._meta.proxy
        and not getattr(model, "append_only", False)
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.related_model is Region
    ]


def _write_names(load: RegisterLoad, keys: dict[str, str]) -> None:
    counted = Counter(keys.values())
    names = "\n".join([f"{key}\t{counted[key]}" for key in sorted(counted) if key])
    NameList.objects.all().delete()
    NameList.objects.create(load=load, names=names)


def _counts_below(areas: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """For every area how many lie directly below, and how many villages anywhere below."""
    members = Counter(map(parent_of, areas))
    villages: Counter[str] = Counter()
    for code, count in members.items():
        if len(code) == 8:
            villages[code] = count
            villages[code[:5]] += count
            villages[code[:2]] += count
    return members, villages


def _in_force(areas: Areas) -> dict[str, int]:
    kinds = Counter(kind for _name, kind in areas.values())
    villages = kinds["desa"] + kinds["kelurahan"] + kinds["desa_adat"]
    return {**{kind: kinds[kind] for kind in KINDS}, "villages": villages, "areas": len(areas)}


# The village index ---------------------------------------------------------------------------------------------------


@dataclass
class IndexPlan:
    """An index of one year compared with what is there."""

    source: str
    file_hash: str
    year: int
    compared_with: int
    register: int  # the load of the register whose villages it was matched with
    rows: InitVar[Sequence[IndexRow]]
    there: InitVar[dict[str, IndexRow]]

    def __post_init__(self, rows: Sequence[IndexRow], there: dict[str, IndexRow]) -> None:
        self.new = [row for row in rows if row[0] not in there]
        self.changed = [row for row in rows if row[0] in there and there[row[0]] != row]
        self.unchanged = len(rows) - len(self.new) - len(self.changed)
        self.statuses = Counter(row[6] for row in rows)
        self.contradicting = sum(row[6] != row[7] for row in rows if row[6])


def plan_index(index: Index) -> IndexPlan:
    asked = f"SELECT {', '.join(INDEX_COLUMNS)} FROM {{}} WHERE year = {index.year:d}"
    there = {row[0]: row for row in _select(asked, VillageIndex)}
    index_load, register_load = newest(RegisterLoad.Kind.INDEX), newest(RegisterLoad.Kind.REGIONS)
    return IndexPlan(index.source, index.sha256, index.year, index_load, register_load, index.rows, there)


def write_index(act: Act, plan: IndexPlan) -> RegisterLoad:
    """Write what the plan found. Raises :class:`BadInput` ``register.meanwhile`` where another load came between."""
    _refuse_stale(RegisterLoad.Kind.REGIONS, plan.register)
    _refuse_stale(RegisterLoad.Kind.INDEX, plan.compared_with)
    table = VillageIndex._meta.db_table
    _many(f'DELETE FROM "{table}" WHERE village_id = %s AND year = %s', [row[:2] for row in plan.changed])
    _insert(VillageIndex, INDEX_COLUMNS, sorted(plan.new + plan.changed))
    return RegisterLoad.objects.create(
        kind=RegisterLoad.Kind.INDEX,
        file_hash=plan.file_hash,
        source=plan.source[:200],
        counts={
            "year": plan.year,
            "new": len(plan.new),
            "changed": len(plan.changed),
            "unchanged": plan.unchanged,
            "contradicting": plan.contradicting,
            "statuses": dict(sorted(plan.statuses.items())),
        },
        at=act.now,
        by_code=act.by.code,
    )


def _refuse_stale(kind: str, compared_with: int) -> None:
    if newest(kind) != compared_with:
        raise BadInput("register.meanwhile", _("Data lain dimuat pada saat yang sama. Ulangi perintah ini."))


# Many rows -----------------------------------------------------------------------------------------------------------


def _select(asked: str, model: type[Model] = Region) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(asked.format(f'"{model._meta.db_table}"'))
        return cursor.fetchall()


def _many(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            # Without it the checks of rows that point here are planned for an empty table: 75,250 walks through 91,599.
            cursor.execute(f'ANALYZE "{table}"')
        else:
            cursor.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({_marks(columns, "?")})', rows)


def _replace(rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert areas, or write over the row of the same code."""
    over = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
    _many(
        f'INSERT INTO "{Region._meta.db_table}" ({", ".join(COLUMNS)}) VALUES ({_marks(COLUMNS, "%s")}) '
        f"ON CONFLICT (code) DO UPDATE SET {over}",
        list(rows),
    )


def _marks(columns: Sequence[str], mark: str) -> str:
    return ", ".join([mark] * len(columns))
