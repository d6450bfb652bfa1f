"""The floor of shortlists: NumPy, regency by regency, as one writes it down first.

All pairs of a regency at once, in single precision: two products of matrices, five gates as tables of truth, a score for
every pair, and the best of each row and column by partition. It knows nothing of the product but the arrays of the market, and
is not exact: a score may be a millionth off.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bermitra.matching.engine.features import Market
from bermitra.matching.engine.score import Weights

ONE, MILLION = np.float32(1), np.float32(1e6)


def blocks(market: Market) -> Iterator[tuple[slice, np.ndarray]]:
    """The villages of each regency and the offers that reach it."""
    ptr, reaching = market.covering
    for r in np.flatnonzero(market.pairs):
        yield slice(market.village_ptr[r], market.village_ptr[r + 1]), reaching[ptr[r] : ptr[r + 1]]


def products(market: Market) -> None:
    """Nothing but the dense products of all covered pairs, which any exact way with BLAS must make."""
    needs, potentials, abilities, seeks = (each.astype(np.float32) for each in (market.N, market.P, market.C, market.I))
    for rows, offers in blocks(market):
        needs[rows] @ abilities[offers].T
        potentials[rows] @ seeks[offers].T


def best(market: Market, weights: Weights, k: int) -> tuple[np.ndarray, np.ndarray]:
    """i32[V,k] and i32[O,k]: scores in millionths, falling, 0 where a list is short; and who it is, which costs as much."""
    needs, potentials, abilities, seeks = (each.astype(np.float32) for each in (market.N, market.P, market.C, market.I))
    need_sum, seek_sum = ONE / (100 * needs.sum(axis=1)), ONE / np.maximum(100 * seeks.sum(axis=1), 1)
    own, other = _bits(market.vgoal), _bits(market.ogoal)
    own_root, other_root = (ONE / np.sqrt(np.maximum(each.sum(axis=1), 1)) for each in (own, other))
    wv, wp = np.float32(weights.village / 100), np.float32(weights.partner / 100)
    least = np.float32(weights.vision / 100 - 1e-6)  # a vision of just so much passes
    mine, theirs = np.zeros((len(needs), k), np.uint64), np.zeros((len(abilities), k), np.uint64)
    for rows, offers in blocks(market):
        met = needs[rows] @ abilities[offers].T
        found = potentials[rows] @ seeks[offers].T
        vision = (own[rows] @ other[offers].T * own_root[rows, None]) * other_root[offers]
        passes = (
            (met > 0)
            & (vision >= least)
            & ((market.veto[rows, None] & market.flags[offers]) == 0)
            & (market.ask[rows, :1] <= market.budget[offers, 1])
            & (market.budget[offers, 0] <= market.ask[rows, 1:])
        )
        a = wv * (met * need_sum[rows, None]) + (ONE - wv) * vision
        b = wp * (found * seek_sum[offers]) + (ONE - wp) * vision
        h = (2 * a * b) / np.maximum(a + b, np.float32(1e-9))
        score = np.where(passes, np.rint(h * MILLION), 0).astype(np.uint64) << np.uint64(32)
        mine[rows] = _top(np.where(score > 0, score | offers.astype(np.uint64), 0), k)
        villages = np.arange(rows.start, rows.stop, dtype=np.uint64)[:, None]
        seen = np.where(score > 0, score | villages, 0).T
        theirs[offers] = _top(np.concatenate([theirs[offers], seen], axis=1), k)
    return tuple((each >> np.uint64(32)).astype(np.int32) for each in (mine, theirs))  # type: ignore[return-value]


def _top(keys: np.ndarray, k: int) -> np.ndarray:
    if keys.shape[1] > k:
        keys = np.partition(keys, keys.shape[1] - k, axis=1)[:, -k:]
    found = np.zeros((len(keys), k), np.uint64)
    found[:, : keys.shape[1]] = np.sort(keys, axis=1)[:, ::-1]
    return found


def _bits(sets: np.ndarray) -> np.ndarray:
    return ((sets[:, None] >> np.arange(18, dtype=np.uint32)) & 1).astype(np.float32)
