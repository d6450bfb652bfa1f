"""A draw of lots in which everybody's chance is exactly the same, with none, one or two quotas. Pure Python.

A quota is an attribute of the entrants (district, status) whose every value gets its share of the seats, rounded down or
up and never further. With ``n`` entrants and ``k`` seats each has the chance ``k/n``, to the last digit:

1. *Cells.* Entrants with equal attributes form a cell; ``c`` of them are owed ``c·k/n`` seats, mostly no whole number.
2. *Rounding.* Unbiased controlled rounding (L. H. Cox, "A constructive procedure for unbiased controlled rounding", Journal
   of the American Statistical Association 82, 1987): along a circle of broken cells what one gains the next loses, by lot,
   until all are whole. Cells and sums of rows and columns end at their floor or their ceiling, and on average at what was
   owed. Three crossing quotas have no such rounding in general (E. Budish, Y.-K. Che, F. Kojima, P. Milgrom, "Designing
   random allocation mechanisms", American Economic Review 103, 2013): they are refused.
3. *Lots.* Within a cell the seats go by lot: SHA-256 of the seed's 64 hexadecimal letters followed by the entrant's id,
   lowest first.

All numbers are whole (units of ``1/n`` seat), so that another program in another language gives the same winners.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from bermitra.foundation.text import _, shown
from bermitra.matching.engine.features import BadInput, Problem

MOST_QUOTAS = 2
MOST_FIGURES = 200  # of what was thrown

# What is wrong, and what to do about it.
THROWN = _("Hasil lemparan hanya boleh angka."), _("Tulis angka dadu atau bola berurutan, paling banyak 200.")
_HASH = _("Sidik daftar terdiri atas 64 huruf dan angka."), _("Terbitkan daftar dahulu, lalu lempar.")
_SEATS = _("Undian memerlukan tempat."), _("Isi paling sedikit satu tempat.")
_NOBODY = _("Undian memerlukan peserta."), _("Masukkan paling sedikit satu peserta.")
_QUOTAS = _("Dengan tiga kuota, peluang yang sama tidak lagi pasti."), _("Pilih paling banyak dua kuota.")
_TWICE_QUOTA = _("Kuota yang sama disebut dua kali."), _("Sebut setiap kuota satu kali.")
_NO_ID = _("Setiap peserta memerlukan kode."), _("Beri peserta ini kode.")
_TWICE = _("Peserta ini tercatat dua kali."), _("Hapus salah satunya dari daftar.")
_UNKNOWN = _("Kuota ini tidak mengenal nilai peserta."), _("Lengkapi data peserta, atau lepaskan kuota itu.")


@dataclass(frozen=True)
class Entrant:
    """Who takes part: an id that is published (a village's code) and the value of every attribute that a quota names."""

    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lot:
    """How it went for one entrant. ``rank``: place of its lot among all, 1 the first; ``cell``: its values of the quotas;
    ``place``: of its lot within its cell, which got ``cell_seats`` for ``cell_size`` entrants."""

    id: str
    rank: int
    cell: tuple[str, ...]
    place: int
    cell_size: int
    cell_seats: int
    drawn: bool


@dataclass(frozen=True)
class Margin:
    """What one value of a quota was owed (``owed`` / ``of`` seats) and got: always the floor or the ceiling."""

    attribute: str
    value: str
    entrants: int
    owed: int
    of: int
    seats: int


@dataclass(frozen=True)
class Drawn:
    """``winners`` in the order of their lots, ``lots`` in the order of the ids. ``everybody``: there was a seat for all,
    so nothing was drawn. ``chance``: of everyone, as seats and entrants."""

    winners: tuple[str, ...]
    lots: tuple[Lot, ...]
    margins: tuple[Margin, ...]
    everybody: bool
    chance: tuple[int, int]


def figures(thrown: str) -> str:
    """What dice or balls showed, one figure after the other; blanks and hyphens between them don't count.

    Raises :class:`BadInput` where anything but figures is in it, or none, or more than 200.
    """
    plain = "".join(thrown.replace("-", " ").split())
    if not (plain.isascii() and plain.isdigit()) or len(plain) > MOST_FIGURES:
        raise BadInput([Problem("", "thrown", shown(thrown), *THROWN)])
    return plain


def seed(list_hash: str, thrown: str) -> bytes:
    """SHA-256 of the published list's hash (64 hexadecimal letters) followed by the figures thrown: 32 bytes.

    Nobody knows it before the throw, and who throws has no say over the list. Raises :class:`BadInput`.
    """
    plain = figures(thrown)
    if len(list_hash) != 64 or set(list_hash) - set("0123456789abcdef"):
        raise BadInput([Problem("", "list_hash", shown(list_hash), *_HASH)])
    return sha256((list_hash + plain).encode()).digest()


def lot(seed: bytes, id: str) -> str:
    """An entrant's lot, 64 hexadecimal letters; the lowest is drawn first. ``printf %s%s SEED ID | sha256sum`` gives it."""
    return sha256((seed.hex() + id).encode()).hexdigest()


def order(seed: bytes, ids: Iterable[str]) -> list[str]:
    """Ids in the order of their lots: who comes first where everything else is equal."""
    return sorted(ids, key=lambda each: (lot(seed, each), each))


def check(entrants: Sequence[Entrant], seats: int, quotas: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Everything that is wrong with a draw, before it is published; empty if it can be held.

    More seats than entrants is nothing wrong: everybody wins, and :class:`Drawn` says so.
    """
    found = []
    if seats < 1:
        found.append(Problem("", "seats", str(seats), *_SEATS))
    if not entrants:
        found.append(Problem("", "entrants", "0", *_NOBODY))
    if len(quotas) > MOST_QUOTAS:
        found.append(Problem("", "quotas", ", ".join(quotas), *_QUOTAS))
    if len(set(quotas)) < len(quotas):
        found.append(Problem("", "quotas", ", ".join(quotas), *_TWICE_QUOTA))
    seen: set[str] = set()
    for each in entrants:
        if not each.id:
            found.append(Problem("", "id", "", *_NO_ID))
        elif each.id in seen:
            found.append(Problem(each.id, "id", shown(each.id), *_TWICE))
        seen.add(each.id)
        found += [Problem(each.id, q, "", *_UNKNOWN) for q in dict.fromkeys(quotas) if not each.attributes.get(q)]
    return tuple(found)


def draw(entrants: Sequence[Entrant], seats: int, quotas: Sequence[str], seed: bytes) -> Drawn:
    """Hold the draw. The order of ``entrants`` does not matter; equal input and seed give the equal result anywhere.

    Raises :class:`BadInput` with everything that :func:`check` finds.
    """
    if wrong := check(entrants, seats, quotas):
        raise BadInput(list(wrong))
    people = sorted(entrants, key=lambda each: each.id)
    cells: dict[tuple[str, ...], list[str]] = {}
    for each in people:
        cells.setdefault(tuple(each.attributes[quota] for quota in quotas), []).append(each.id)
    everybody = seats >= len(people)
    given = {cell: len(ids) for cell, ids in cells.items()} if everybody else _share(cells, seats, len(people), seed)
    ranks = {id: rank for rank, id in enumerate(order(seed, (each.id for each in people)), start=1)}
    lots = {}
    for cell, ids in cells.items():
        for place, id in enumerate(sorted(ids, key=ranks.__getitem__), start=1):
            lots[id] = Lot(id, ranks[id], cell, place, len(ids), given[cell], place <= given[cell])
    winners = sorted((id for id, each in lots.items() if each.drawn), key=ranks.__getitem__)
    margins = [
        _margin(quotas[axis], value, axis, cells, given, min(seats, len(people)), len(people))
        for axis in range(len(quotas))
        for value in sorted({cell[axis] for cell in cells})
    ]
    return Drawn(
        tuple(winners), tuple(lots[each.id] for each in people), tuple(margins), everybody,
        (min(seats, len(people)), len(people)),
    )  # fmt: skip


def _margin(
    attribute: str, value: str, axis: int, cells: Mapping[tuple[str, ...], list[str]],
    given: Mapping[tuple[str, ...], int], seats: int, entrants: int,
) -> Margin:  # fmt: skip
    here = [cell for cell in cells if cell[axis] == value]
    many = sum(len(cells[cell]) for cell in here)
    return Margin(attribute, value, many, many * seats, entrants, sum(given[cell] for cell in here))


def _share(
    cells: Mapping[tuple[str, ...], list[str]], seats: int, entrants: int, seed: bytes
) -> dict[tuple[str, ...], int]:
    """Seats of every cell. Rows are the values of the first quota, columns those of the second, in the order of their
    letters; the last row and the last column hold what each sum lacks to be whole, so that all sums are."""
    rows = sorted({cell[:1] for cell in cells})
    columns = sorted({cell[1:] for cell in cells})
    owed = [[len(cells.get(row + column, ())) * seats for column in columns] for row in rows]
    broken = [[value % entrants for value in row] for row in owed]
    for row in broken:
        row.append(-sum(row) % entrants)
    broken.append([-sum(column) % entrants for column in zip(*broken, strict=True)])
    round_table(broken, entrants, seed)
    return {
        row + column: owed[i][j] // entrants + broken[i][j] // entrants
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
        if row + column in cells
    }


def round_table(table: list[list[int]], whole: int, seed: bytes) -> None:
    """Round every cell to 0 or ``whole``, in place, by lot; its mean over all seeds is what it was.

    ``table``: whole numbers 0..``whole``, every row and every column sums to a multiple of ``whole``. From the first
    broken cell (rows before columns) the walk goes along its row to the first other broken cell, along that one's
    column to the first other broken cell, and so on, until it comes to a row or a column a second time. On the circle
    so found, cells with even places gain what those with odd places lose, or the other way round: as far as it goes,
    ``up`` or ``down``, with the chances ``down : up``. Step ``s`` draws the number below ``up + down``.
    """
    step = 0
    while circle := _circle(table, whole):
        rising, falling = circle[::2], circle[1::2]
        up = min([whole - table[i][j] for i, j in rising] + [table[i][j] for i, j in falling])
        down = min([table[i][j] for i, j in rising] + [whole - table[i][j] for i, j in falling])
        shift = up if _below(up + down, seed, step) < down else -down
        for i, j in rising:
            table[i][j] += shift
        for i, j in falling:
            table[i][j] -= shift
        step += 1


def _circle(table: list[list[int]], whole: int) -> list[tuple[int, int]]:
    """Cells of a circle of broken cells, neighbours in turn in one row and in one column; empty if all are whole.

    A row or column with one broken cell has a second, as its sum is whole: so the walk never ends before it closes.
    """
    first = next(((i, j) for i, row in enumerate(table) for j, value in enumerate(row) if 0 < value < whole), None)
    if first is None:
        return []
    walk = [first]
    passed = {("column", first[1]): 0}  # where the walk came to a row or a column: the number of cells before it
    while True:
        i, j = walk[-1]
        if ("row", i) in passed:
            return walk[passed["row", i] :]
        passed["row", i] = len(walk)
        j = next(c for c, value in enumerate(table[i]) if c != j and 0 < value < whole)
        walk.append((i, j))
        if ("column", j) in passed:
            return walk[passed["column", j] :]
        passed["column", j] = len(walk)
        i = next(r for r, row in enumerate(table) if r != i and 0 < row[j] < whole)
        walk.append((i, j))


def _below(bound: int, seed: bytes, step: int) -> int:
    """A number 0..``bound``-1, each equally likely: SHA-256 of ``SEED/step/attempt``, again where it would favour one."""
    attempt = 0
    while True:
        number = int(sha256(f"{seed.hex()}/{step}/{attempt}".encode()).hexdigest(), 16)
        if number < 2**256 - 2**256 % bound:
            return number % bound
        attempt += 1
