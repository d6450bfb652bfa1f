"""The expected matrix as it was written by hand, and what each of its cells lets one expect of a page."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.permits import EVERYONE, SIGNED_IN, Row

WRITTEN = Path(__file__).with_name("expected.csv")
OPEN = {200, 301, 302, 400, 409, 422}  # shown, done, or refused with a reason: but let in
SHUT = {403, 404}
NO_ROLE = ("name", "kind", "step_up", "within")


@dataclass(frozen=True)
class Expected:
    name: str
    kind: str  # "page", which is only read, or "act"
    step_up: bool
    scopes: dict[str, str]
    within: tuple[str, ...]

    @property
    def methods(self) -> tuple[str, ...]:
        return ("GET", "POST") if self.kind == "act" else ("GET",)

    def scope_of(self, role: str) -> str:
        return self.scopes.get(role) or self.scopes.get(EVERYONE, "")

    def lets_in(self, role: str) -> str:
        """The scope in which somebody signed in with this office comes in ("" for not at all)."""
        return self.scope_of(role) or self.scopes.get(SIGNED_IN, "")


def written() -> dict[str, Expected]:
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})
    return {
        row["name"]: Expected(
            row["name"], row["kind"], row["step_up"] == "yes",
            {role: scope for role, scope in row.items() if role not in NO_ROLE and scope},
            tuple(row["within"].split()),
        )
        for row in rows
    }  # fmt: skip


def differences(expected: dict[str, Expected], table: dict[str, Row]) -> Iterator[str]:
    """One line for each cell in which the code is not what was written."""
    for name in sorted(expected.keys() - table.keys()):
        yield f"{name}: written, but there is no such page or act"
    for name in sorted(table.keys() - expected.keys()):
        yield f"{name}: stands in the table and was not written"
    for name in sorted(expected.keys() & table.keys()):
        yield from _of_row(expected[name], table[name])


def _of_row(want: Expected, row: Row) -> Iterator[str]:
    for role in sorted(want.scopes.keys() | row.scopes.keys()):
        has = row.scopes.get(role)
        if want.scopes.get(role) != (has and has.value):
            yield f"{want.name}, {role}: {has and has.value}, written {want.scopes.get(role)}"
    if want.step_up != row.step_up:
        yield f"{want.name}: step-up {row.step_up}, written {want.step_up}"
    if (want.kind == "act") != ("POST" in row.methods):
        yield f"{want.name}: takes {sorted(row.methods)}, written as {want.kind}"
    if set(want.within) != set(row.within):
        yield f"{want.name}: within {sorted(row.within)}, written {sorted(want.within)}"


ABOVE = tuple(
    role.key
    for role in (
        roles.CAMAT, roles.DPMD_OFFICER, roles.REGENT_OFFICE, roles.AUDITOR, roles.LEGAL_REVIEWER, roles.FACILITATOR,
        roles.PROVINCE_OFFICER, roles.MINISTRY_OFFICER, roles.INSTANCE_ADMIN,
    )
)  # fmt: skip
