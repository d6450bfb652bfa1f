"""The best offers for each village and the best villages for each offer: exact, over every pair that may meet.

Pairs are looked at regency by regency, as only an offer that reaches a regency can serve it; nothing is sampled or guessed,
so that no partner is "not found". Ties go to the lower ticket. A regency's list depends on nothing outside it, but for
the places that its villages take on an offer's list: ``part`` and ``merge`` split the country over processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from bermitra.foundation.text import _
from bermitra.matching.engine import kernels
from bermitra.matching.engine.features import BadInput, Ints, Market, Problem, little_endian
from bermitra.matching.engine.score import Weights, scored, vision_table

AT_ONCE = 250_000  # pairs that NumPy holds at a time
TILE = 4096  # offers that the kernel holds at a time
WORTH_IT = 2_000_000  # pairs from which "auto" loads numba: below, loading takes longer than NumPy's answer
LOW = np.uint64(0xFFFFFFFF)


class Tickets(NamedTuple):
    """A number of each row, u32 or u64, no two alike on one side: the lower one goes first in a tie."""

    village: Ints
    offer: Ints


@dataclass(frozen=True, eq=False)
class Shortlist:
    """Both sides' lists, best first; -1 where a list is short.

    v_offer i32[V,k], v_score i32[V,k] · o_village i32[O,k], o_score i32[O,k] · floor bool[O,k]: places that ``exposure``
    gave · v_rank u32[V], o_rank u32[O]: places of the tickets from behind, 0 goes last · digest: SHA-256 of all that went in.
    """

    v_offer: Ints
    v_score: Ints
    o_village: Ints
    o_score: Ints
    floor: Ints
    v_rank: Ints
    o_rank: Ints
    digest: str

    @property
    def k(self) -> int:
        return int(self.v_offer.shape[1])


def shortlist(
    market: Market,
    weights: Weights,
    k: int = 20,
    tickets: Tickets | None = None,
    backend: str = "auto",
    part: tuple[int, int] = (0, 1),
) -> Shortlist:
    """The ``k`` best of each side. ``part`` (i, n): only villages of the i-th of n shares of the regencies, of about as
    many pairs each; :func:`merge` puts them together. ``backend``: "auto", "numpy", "numba", the same bits.

    Raises :class:`BadInput` for k, part and tickets.
    """
    tickets = tickets or drawn(market)
    _check(market, k, tickets, part)
    rank = ranks(tickets)
    regencies = _share(market.pairs, part)
    village_keys = np.zeros((len(market.villages), k), np.uint64)
    offer_keys = np.zeros((len(market.offers), k), np.uint64)
    big = backend == "numba" or market.pairs[regencies].sum() >= WORTH_IT
    if kernels.wanted(backend) and big:
        _by_numba(market, weights, rank, regencies, village_keys, offer_keys)
    else:
        _by_numpy(market, weights, rank, regencies, village_keys, offer_keys)
    return _decoded(village_keys, offer_keys, rank, _digest(market, weights, k, tickets))


def merge(*parts: Shortlist) -> Shortlist:
    """One shortlist of the parts of one market. Raises ValueError where they come of different inputs."""
    if len({part.digest for part in parts}) != 1:
        raise ValueError("these are parts of different shortlists, or none")
    rank = parts[0].v_rank, parts[0].o_rank
    village_keys = np.concatenate([_keys(part.v_offer, part.v_score, rank[1]) for part in parts], axis=1)
    offer_keys = np.concatenate([_keys(part.o_village, part.o_score, rank[0]) for part in parts], axis=1)
    k = parts[0].k
    return _decoded(_best(village_keys, k), _best(offer_keys, k), rank, parts[0].digest)


def drawn(market: Market, seed: str = "") -> Tickets:
    """Tickets by lot: the first eight bytes of SHA-256 of the seed and the code, never the code itself or a time."""

    def of(codes: tuple[str, ...]) -> Ints:
        numbers = (int.from_bytes(sha256(f"{seed}|{code}".encode()).digest()[:8]) for code in codes)
        return np.fromiter(numbers, np.uint64, len(codes))

    return Tickets(of(market.villages), of(market.offers))


def ranks(tickets: Tickets) -> tuple[Ints, Ints]:
    """u32[V] and u32[O]: places of the tickets from behind, so that the greater one goes first."""

    def of(numbers: Ints) -> Ints:
        rank = np.empty(len(numbers), np.uint32)
        rank[np.argsort(numbers)[::-1]] = np.arange(len(numbers), dtype=np.uint32)
        return rank

    return of(np.asarray(tickets[0])), of(np.asarray(tickets[1]))


def _by_numpy(
    market: Market, weights: Weights, rank: tuple[Ints, Ints], regencies: Ints, mine: Ints, theirs: Ints
) -> None:
    """Every covered pair of a regency through ``score.scored``, some villages at a time."""
    k = mine.shape[1]
    for r in regencies:
        offers = market.reaching(r).astype(np.int64)
        step = max(1, AT_ONCE // max(1, len(offers)))
        for start in range(market.village_ptr[r], market.village_ptr[r + 1] if len(offers) else 0, step):
            rows = np.arange(start, min(start + step, market.village_ptr[r + 1]))
            met = market.N[rows].astype(np.float32) @ market.C[offers].astype(np.float32).T
            found = market.P[rows].astype(np.float32) @ market.I[offers].astype(np.float32).T
            v, o = np.repeat(rows, len(offers)), np.tile(offers, len(rows))
            sums = [each.astype(np.int64).reshape(-1) for each in (met, found)]
            scores = scored(market, v, o, sums[0], sums[1], np.ones(len(v), bool), weights)
            raised = np.where(scores.gate == 0, scores.h + 1, 0).astype(np.uint64).reshape(met.shape) << np.uint64(32)
            some = raised > 0
            mine[rows] = _best(np.where(some, raised | rank[1][offers], 0), k)
            seen = np.where(some, raised | rank[0][rows, None], 0)
            theirs[offers] = _best(np.concatenate([theirs[offers], seen.T], axis=1), k)


def _by_numba(
    market: Market, weights: Weights, rank: tuple[Ints, Ints], regencies: Ints, mine: Ints, theirs: Ints
) -> None:
    amounts = np.unique(np.concatenate([market.ask.reshape(-1), market.budget.reshape(-1)]))
    ask, budget = (np.searchsorted(amounts, each).astype(np.int32) for each in (market.ask, market.budget))
    kernels.sweep()(
        regencies, market.village_ptr, *market.covering,
        market.N, market.P, market.vgoal, market.veto, ask[:, 0].copy(), ask[:, 1].copy(), market.need_sum, rank[0],
        market.C.T.copy(), market.I.T.copy(), market.ogoal, market.flags, budget[:, 0].copy(), budget[:, 1].copy(),
        market.seek_sum, rank[1],
        vision_table(), np.array([weights.village, weights.partner, weights.vision], np.int64), TILE, mine, theirs,
    )  # fmt: skip


def _best(keys: Ints, k: int) -> Ints:
    """u64[n,k]: the greatest of each row, falling; 0 where there are fewer."""
    if keys.shape[1] > k:
        keys = np.partition(keys, keys.shape[1] - k, axis=1)[:, -k:]
    found = np.zeros((len(keys), k), np.uint64)
    found[:, : keys.shape[1]] = np.sort(keys, axis=1)[:, ::-1]
    return found


def _keys(rows: Ints, scores: Ints, rank: Ints) -> Ints:
    """Back from a list to its keys."""
    held = np.append(rank, 0)[rows].astype(np.uint64)  # -1 takes the last
    return np.where(rows >= 0, (scores + 1).astype(np.uint64) << np.uint64(32) | held, np.uint64(0))


def _decoded(village_keys: Ints, offer_keys: Ints, rank: tuple[Ints, Ints], digest: str) -> Shortlist:
    v_rank, o_rank = rank
    v_offer, v_score = _rows(village_keys, o_rank)
    o_village, o_score = _rows(offer_keys, v_rank)
    return Shortlist(v_offer, v_score, o_village, o_score, np.zeros(o_village.shape, bool), v_rank, o_rank, digest)


def _rows(keys: Ints, rank: Ints) -> tuple[Ints, Ints]:
    keys = np.sort(keys, axis=1)[:, ::-1]
    at = np.append(np.argsort(rank), -1).astype(np.int32)
    there = np.where(keys > 0, (keys & LOW).astype(np.int64), -1)
    return at[there], (keys >> np.uint64(32)).astype(np.int32) - 1


def _share(pairs: Ints, part: tuple[int, int]) -> Ints:
    """The regencies of a part: i64, of about as many pairs each."""
    number, parts = part
    before = np.cumsum(pairs) - pairs
    owner = before * parts // max(1, int(pairs.sum()))
    return np.flatnonzero(np.minimum(owner, parts - 1) == number)


def _digest(market: Market, weights: Weights, k: int, tickets: Tickets) -> str:
    head = f"bermitra shortlist 1\n{market.sha256}\n{weights.village} {weights.partner} {weights.vision} {k}\n"
    lots = b"".join(little_endian(np.asarray(each).astype(np.uint64)) for each in tickets)
    return sha256(head.encode() + lots).hexdigest()


def _check(market: Market, k: int, tickets: Tickets, part: tuple[int, int]) -> None:
    problems = []
    if type(k) is not int or k < 1:
        says, remedy = _("Panjang daftar harus sedikitnya satu."), _("Isi berapa baris yang ditampilkan.")
        problems.append(Problem("shortlist", "k", str(k), says, remedy))
    if not 0 <= part[0] < part[1]:
        says, remedy = _("Bagian yang diminta tidak ada."), _("Mulai dari bagian nol.")
        problems.append(Problem("shortlist", "part", str(part), says, remedy))
    for name, codes, lots in zip(Tickets._fields, (market.villages, market.offers), tickets, strict=True):
        if len(codes) != len(lots) or len(np.unique(lots)) < len(codes):
            says, remedy = _("Nomor undian harus satu untuk setiap baris dan berbeda."), _("Undi lagi nomornya.")
            problems.append(Problem("tickets", name, str(len(lots)), says, remedy))
    if problems:
        raise BadInput(problems)
