"""A draw again, by the recipe in words of ``draw`` and with fractions, for ``plain``. Standard library only."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from typing import Any

Json = dict[str, Any]
Spot = tuple[int, int]


def number(*parts: object) -> int:
    """SHA-256 of the parts with slashes between them, as a whole number."""
    return int.from_bytes(sha256("/".join(map(str, parts)).encode()).digest(), "big")


def by_lot(seed: str, id: str) -> tuple[int, str]:
    return int(sha256((seed + id).encode()).hexdigest(), 16), id


def outcome(listed: Json, seed: str) -> Json:
    """The ``result`` of a draw's certificate. ``seed``: hexadecimal letters, or nothing with a place for everybody."""
    people = {row["id"]: tuple(row["attributes"][quota] for quota in listed["quotas"]) for row in listed["entrants"]}
    places = min(listed["seats"], len(people))
    members = {cell: sorted(id for id in people if people[id] == cell) for cell in sorted(set(people.values()))}
    chance = Fraction(places, len(people))
    if places == len(people):
        given = {cell: len(ids) for cell, ids in members.items()}
    else:
        given = rounded({cell: len(ids) * chance for cell, ids in members.items()}, len(people), seed)
    rank = {id: at for at, id in enumerate(sorted(people, key=lambda id: by_lot(seed, id)), start=1)}
    lots = []
    for id in sorted(people):
        cell = people[id]
        place = sum(rank[other] <= rank[id] for other in members[cell])
        lots.append(
            {
                "id": id, "rank": rank[id], "cell": list(cell), "place": place, "cell_size": len(members[cell]),
                "cell_seats": given[cell], "drawn": place <= given[cell],
            }
        )  # fmt: skip
    margins = []
    for axis, quota in enumerate(listed["quotas"]):
        for value in sorted({cell[axis] for cell in members}):
            inside = [cell for cell in members if cell[axis] == value]
            many = sum(len(members[cell]) for cell in inside)
            margins.append(
                {
                    "attribute": quota, "value": value, "entrants": many, "owed": many * places, "of": len(people),
                    "seats": sum(given[cell] for cell in inside),
                }
            )  # fmt: skip
    return {
        "winners": sorted((each["id"] for each in lots if each["drawn"]), key=rank.__getitem__),
        "everybody": places == len(people), "chance": [places, len(people)], "lots": lots, "margins": margins,
    }  # fmt: skip


def rounded(owed: dict[tuple[str, ...], Fraction], units: int, seed: str) -> dict[tuple[str, ...], int]:
    """Whole seats for what each cell is owed, a multiple of 1/``units``."""
    rows, columns = sorted({cell[:1] for cell in owed}), sorted({cell[1:] for cell in owed})
    left: dict[Spot, Fraction] = {}  # what is broken of each cell, with a row and a column that make every sum whole
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            left[i, j] = owed.get(row + column, Fraction(0)) % 1
        left[i, len(columns)] = -sum((left[i, j] for j in range(len(columns))), Fraction(0)) % 1
    for j in range(len(columns) + 1):
        left[len(rows), j] = -sum((left[i, j] for i in range(len(rows))), Fraction(0)) % 1
    step = 0
    while broken := sorted(spot for spot, value in left.items() if value not in (0, 1)):
        ring = circle(broken)
        up = min(left[spot] if odd % 2 else 1 - left[spot] for odd, spot in enumerate(ring))
        down = min(1 - left[spot] if odd % 2 else left[spot] for odd, spot in enumerate(ring))
        shift = up if below(int((up + down) * units), seed, step) < down * units else -down
        for odd, spot in enumerate(ring):
            left[spot] += -shift if odd % 2 else shift
        step += 1
    return {cell: owed[cell].__floor__() + int(left[rows.index(cell[:1]), columns.index(cell[1:])]) for cell in owed}


def circle(broken: list[Spot]) -> list[Spot]:
    """Walk from the first broken cell, along rows and columns in turn, always to the first other one, until a row or a
    column comes again; the cells since it came first."""
    walk, lines = [broken[0]], [("column", broken[0][1])]
    while True:
        i, j = walk[-1]
        along_row = lines[-1][0] == "column"
        line = ("row", i) if along_row else ("column", j)
        if line in lines:
            return walk[lines.index(line) :]
        lines.append(line)
        walk.append(next(x for x in broken if x != (i, j) and (x[0] == i if along_row else x[1] == j)))


def below(bound: int, seed: str, step: int) -> int:
    """The first number drawn that does not favour any remainder of ``bound``, as that remainder."""
    attempt = 0
    while (found := number(seed, step, attempt)) >= (1 << 256) // bound * bound:
        attempt += 1
    return found % bound
