"""Villages and offers as arrays of whole numbers, checked before anything is computed.

Everything is 0..100 or a bit, so that sums are exact on every machine and in every order. Rows are put in the order of
their codes (villages by regency first): the answer never depends on the order in which somebody typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bermitra.foundation.text import _

SECTORS, POTENTIALS, GOALS, RISKS = 24, 16, 18, 32
TIERS = ("Sangat Tertinggal", "Tertinggal", "Berkembang", "Maju", "Mandiri")  # as published; a tier is its place here
NO_TIER = len(TIERS)  # a village whose status was never published
MOST = 10**15  # rupiah; (0, MOST) is an amount that nobody named
REGENCY = re.compile(r"[1-9]\d\.\d\d").fullmatch

Ints = npt.NDArray[Any]


class Problem(NamedTuple):
    """One thing that cannot be taken: whose row, which field, what stood there, the rule, and what to do. The two
    sentences are Indonesian and marked for translation."""

    row: str
    field: str
    value: str
    says: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.row}, {self.field} = {self.value}: {self.says} {self.remedy}"


class BadInput(ValueError):
    """Everything that is wrong with an input, not only the first."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class VillageRow:
    """``needs`` 0..100 per sector and ``potentials`` 0..100 per kind, by their positions in the published lists;
    ``goals`` 1..18; ``vetoes`` positions 0..31 of risks; ``ask`` smallest and largest amount in rupiah; ``tier`` a place
    in ``TIERS`` or nothing."""

    id: str
    regency: str
    needs: Sequence[int]
    potentials: Sequence[int] = (0,) * POTENTIALS
    goals: Collection[int] = ()
    vetoes: Collection[int] = ()
    ask: tuple[int, int] = (0, MOST)
    tier: int | None = None


@dataclass(frozen=True, slots=True)
class OfferRow:
    """``abilities`` 0..100 per sector, ``seeks`` 0..100 per kind of potential; ``budget`` rupiah for one village;
    ``areas`` codes of regencies, unless it is good ``everywhere``; ``places`` how many villages."""

    id: str
    abilities: Sequence[int]
    seeks: Sequence[int] = (0,) * POTENTIALS
    goals: Collection[int] = ()
    risks: Collection[int] = ()
    budget: tuple[int, int] = (0, MOST)
    areas: Collection[str] = ()
    everywhere: bool = False
    places: int = 1


@dataclass(frozen=True, eq=False)
class Market:
    """Who may meet: V villages, O offers, R regencies. Arrays are read-only and in the order of ``villages`` and
    ``offers``.

    N u8[V,24] needs · P u8[V,16] potentials · vgoal u32[V] goals as bits 0..17 · veto u32[V] · ask i64[V,2] rupiah ·
    tier u8[V], 5 without one · reg i32[V] place in ``regencies``, rising · C u8[O,24] abilities · I u8[O,16] what is
    sought · ogoal u32[O] · flags u32[O] risks · budget i64[O,2] rupiah · q i32[O] places · cov_ptr i64[O+1] and
    cov_idx i32[…] the regencies of each offer, rising.
    """

    villages: tuple[str, ...]
    offers: tuple[str, ...]
    regencies: tuple[str, ...]
    N: Ints
    P: Ints
    vgoal: Ints
    veto: Ints
    ask: Ints
    tier: Ints
    reg: Ints
    C: Ints
    I: Ints  # noqa: E741
    ogoal: Ints
    flags: Ints
    budget: Ints
    q: Ints
    cov_ptr: Ints
    cov_idx: Ints

    def __post_init__(self) -> None:
        for array in self.arrays().values():
            array.flags.writeable = False

    def arrays(self) -> dict[str, Ints]:
        return {each.name: getattr(self, each.name) for each in fields(self)[3:]}

    @cached_property
    def sha256(self) -> str:
        """Over names, types, shapes and little-endian bytes of all arrays, and all codes."""
        total = sha256(b"bermitra market 1\n")
        for codes in (self.villages, self.offers, self.regencies):
            total.update(repr(codes).encode())
        for name, array in self.arrays().items():
            total.update(f"{name} {array.shape}\n".encode() + little_endian(array))
        return total.hexdigest()

    @cached_property
    def village_at(self) -> dict[str, int]:
        """Row of each village by its code."""
        return {code: row for row, code in enumerate(self.villages)}

    @cached_property
    def offer_at(self) -> dict[str, int]:
        """Row of each offer by its code."""
        return {code: row for row, code in enumerate(self.offers)}

    @cached_property
    def village_ptr(self) -> Ints:
        """i64[R+1]: the villages of regency r are rows ``village_ptr[r]`` to ``village_ptr[r + 1]``."""
        return np.searchsorted(self.reg, np.arange(len(self.regencies) + 1)).astype(np.int64)

    @cached_property
    def covering(self) -> tuple[Ints, Ints]:
        """ptr i64[R+1] and i32[…]: the offers that reach each regency, rising."""
        by_offer = np.repeat(np.arange(len(self.offers), dtype=np.int32), np.diff(self.cov_ptr))
        order = np.argsort(self.cov_idx, kind="stable")
        ptr = np.searchsorted(self.cov_idx[order], np.arange(len(self.regencies) + 1)).astype(np.int64)
        return ptr, by_offer[order]

    def reaching(self, regency: int) -> Ints:
        """i32[…]: the offers that reach a regency, given by its place, rising."""
        ptr, offers = self.covering
        return offers[ptr[regency] : ptr[regency + 1]]

    @cached_property
    def reached(self) -> Ints:
        """i64[…], rising: offer · R + regency of each place that an offer reaches, and a last that is none."""
        by_offer = np.repeat(np.arange(len(self.offers)), np.diff(self.cov_ptr))
        return np.append(by_offer * np.int64(len(self.regencies)) + self.cov_idx, np.iinfo(np.int64).max)

    @cached_property
    def pairs(self) -> Ints:
        """i64[R]: pairs of a village and an offer that reaches it, per regency."""
        return np.diff(self.village_ptr) * np.diff(self.covering[0])

    @cached_property
    def need_sum(self) -> Ints:
        """i64[V]"""
        return self.N.sum(axis=1, dtype=np.int64)

    @cached_property
    def seek_sum(self) -> Ints:
        """i64[O]: 0 where an offer seeks nothing."""
        return self.I.sum(axis=1, dtype=np.int64)


def encode(
    villages: Iterable[VillageRow], offers: Iterable[OfferRow], *, regencies: Collection[str] | None = None
) -> Market:
    """The market of these rows. ``regencies`` are all that exist; without them any code of the right form is one.

    Raises :class:`BadInput` with all problems of all rows.
    """
    village_rows = sorted(villages, key=lambda row: (row.regency, row.id))
    offer_rows = sorted(offers, key=lambda row: row.id)
    check = _Check(regencies)
    check.codes([row.id for row in village_rows])
    check.codes([row.id for row in offer_rows])
    for village in village_rows:
        check.village(village)
    for offer in offer_rows:
        check.offer(offer)
    if check.problems:
        raise BadInput(check.problems)
    return _market(village_rows, offer_rows)


def _market(villages: list[VillageRow], offers: list[OfferRow]) -> Market:
    known = {row.regency for row in villages}.union(*(row.areas for row in offers))
    codes = tuple(sorted(known))
    place = {code: at for at, code in enumerate(codes)}
    everywhere = range(len(codes))
    areas = [everywhere if row.everywhere else sorted(place[code] for code in set(row.areas)) for row in offers]
    reached = np.empty(sum(map(len, areas)), np.int32)
    ends = np.fromiter(accumulate(map(len, areas), initial=0), np.int64, len(areas) + 1)
    for at, each in enumerate(areas):
        reached[ends[at] : ends[at + 1]] = each
    return Market(
        villages=tuple(row.id for row in villages),
        offers=tuple(row.id for row in offers),
        regencies=codes,
        N=_table([row.needs for row in villages], SECTORS),
        P=_table([row.potentials for row in villages], POTENTIALS),
        vgoal=_sets([row.goals for row in villages], lowest=1),
        veto=_sets([row.vetoes for row in villages]),
        ask=np.array([row.ask for row in villages], np.int64).reshape(-1, 2),
        tier=np.array([NO_TIER if row.tier is None else row.tier for row in villages], np.uint8),
        reg=np.array([place[row.regency] for row in villages], np.int32),
        C=_table([row.abilities for row in offers], SECTORS),
        I=_table([row.seeks for row in offers], POTENTIALS),
        ogoal=_sets([row.goals for row in offers], lowest=1),
        flags=_sets([row.risks for row in offers]),
        budget=np.array([row.budget for row in offers], np.int64).reshape(-1, 2),
        q=np.array([row.places for row in offers], np.int32),
        cov_ptr=ends,
        cov_idx=reached,
    )


def _table(rows: list[Sequence[int]], width: int) -> Ints:
    return np.array(rows, np.uint8).reshape(-1, width)


def _sets(rows: list[Collection[int]], lowest: int = 0) -> Ints:
    return np.array([sum(1 << (each - lowest) for each in set(row)) for row in rows], np.uint32)


def from_bits(bits: int) -> list[int]:
    """The places of the bits that are set, rising."""
    return [at for at in range(32) if int(bits) >> at & 1]


def little_endian(array: Ints) -> bytes:
    """The same bytes on every machine, led by the type."""
    little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    return f"{little.dtype.str}\n".encode() + little.tobytes()


class _Check:
    """Gathers what is wrong, row by row."""

    def __init__(self, regencies: Collection[str] | None):
        self.regencies = None if regencies is None else frozenset(regencies)
        self.problems: list[Problem] = []

    def codes(self, codes: list[str]) -> None:
        for twice in sorted(code for code, times in Counter(codes).items() if times > 1):
            self._add(twice, "id", twice, _("Kode ini muncul dua kali."), _("Hapus salah satu baris."))

    def village(self, row: VillageRow) -> None:
        if self._shares(row.id, "needs", row.needs, SECTORS) and not any(row.needs):
            self._add(
                row.id, "needs", 0, _("Desa belum punya kebutuhan."), _("Catat sedikitnya satu kebutuhan prioritas.")
            )
        self._shares(row.id, "potentials", row.potentials, POTENTIALS)
        self._goals(row.id, row.goals)
        self._risks(row.id, "vetoes", row.vetoes)
        self._amounts(row.id, "ask", row.ask)
        self._regency(row.id, "regency", row.regency)
        if row.tier is not None and not _whole(row.tier, 0, NO_TIER - 1):
            self._add(
                row.id, "tier", row.tier, _("Status desa tidak dikenal."), _("Pilih dari lima status, atau kosongkan.")
            )

    def offer(self, row: OfferRow) -> None:
        if self._shares(row.id, "abilities", row.abilities, SECTORS) and not any(row.abilities):
            self._add(
                row.id,
                "abilities",
                0,
                _("Tawaran belum menyebut bidang."),
                _("Pilih sedikitnya satu bidang kemampuan."),
            )
        self._shares(row.id, "seeks", row.seeks, POTENTIALS)
        self._goals(row.id, row.goals)
        self._risks(row.id, "risks", row.risks)
        self._amounts(row.id, "budget", row.budget)
        if not row.everywhere and not row.areas:
            self._add(
                row.id,
                "areas",
                "",
                _("Tawaran belum menyebut wilayah."),
                _("Pilih kabupaten atau kota yang dijangkau."),
            )
        for area in row.areas:
            self._regency(row.id, "areas", area)
        if not _whole(row.places, 1, 2**31 - 1):
            says = _("Jumlah tempat harus sedikitnya satu.")
            self._add(row.id, "places", row.places, says, _("Isi jumlah desa yang dapat dilayani."))

    def _shares(self, row: str, name: str, values: Sequence[int], width: int) -> bool:
        if len(values) != width:
            says = _("Jumlah nilai tidak cocok dengan daftar resmi.")
            self._add(row, name, len(values), says, _("Isi satu nilai untuk setiap baris daftar."))
            return False
        wrong = [(at, value) for at, value in enumerate(values) if not _whole(value, 0, 100)]
        for at, value in wrong:
            says = _("Nilai harus bilangan bulat 0 sampai 100.")
            self._add(row, f"{name}[{at}]", value, says, _("Perbaiki nilainya lalu hitung lagi."))
        return not wrong

    def _goals(self, row: str, goals: Collection[int]) -> None:
        for goal in goals:
            if not _whole(goal, 1, GOALS):
                says = _("Tujuan harus nomor 1 sampai 18.")
                self._add(row, "goals", goal, says, _("Pilih dari daftar SDGs Desa."))

    def _risks(self, row: str, name: str, risks: Collection[int]) -> None:
        for risk in risks:
            if not _whole(risk, 0, RISKS - 1):
                self._add(row, name, risk, _("Risiko ini tidak dikenal."), _("Pilih dari daftar risiko."))

    def _amounts(self, row: str, name: str, amounts: tuple[int, int]) -> None:
        wrong = [amount for amount in amounts if not _whole(amount, 0, MOST)]
        for amount in wrong:
            says = _("Rupiah harus bilangan bulat, nol atau lebih.")
            self._add(row, name, amount, says, _("Perbaiki jumlahnya."))
        if len(amounts) != 2 or (not wrong and amounts[0] > amounts[1]):
            says = _("Batas bawah melebihi batas atas.")
            self._add(row, name, "–".join(map(str, amounts)), says, _("Tukar atau perbaiki kedua jumlah."))

    def _regency(self, row: str, name: str, code: str) -> None:
        if not REGENCY(code) or (self.regencies is not None and code not in self.regencies):
            says = _("Kode kabupaten atau kota tidak dikenal.")
            self._add(row, name, code, says, _("Pilih dari daftar wilayah."))

    def _add(self, row: str, name: str, value: object, says: str, remedy: str) -> None:
        self.problems.append(Problem(row, name, str(value), says, remedy))


def _whole(value: object, least: int, most: int) -> bool:
    """Whether it is an integer in these bounds; a truth value, a fraction, NaN or infinity is none."""
    return type(value) is int and least <= value <= most
