"""The loop of a shortlist: every covered pair once, its gates, its score, and the best of both sides.

Offers that reach a regency are taken in tiles that stay in the processor's cache. For each village of the regency one pass over
a tile sums what is met, tests the gates and computes every score *roughly*, in float32; a count of the rough scores of those
that pass tells what is surely below the village's last place; only what is not below both sides' last places is scored
exactly, and offered to the two lists. Exact numbers are those of ``score`` (its docstring says why float64 holds them).

A rough score is less than ``SLACK`` off: it is some twelve roundings of at most 2^-24 away from the unrounded score, less than
one millionth in all, and the exact one rounds a and b by a half each, which moves h by at most one, and h by a half.

A list is a heap of keys whose root is its last place: ``(h + 1) << 32 | rank``, so that no two keys are alike, an empty
place is 0, and a tie goes to the greater rank, which is the lower ticket.
"""

from __future__ import annotations

from typing import Any

import numpy as np

SLACK = np.float32(8)  # millionths
BINS, WIDE = 256, np.float32(1_000_032 / 256)  # of rough scores


def bits(x: Any) -> Any:
    """How many bits of a u32 are set: counted in pairs, fours, eights, and so on."""
    x = np.uint32(x - np.uint32(np.uint32(x >> np.uint32(1)) & np.uint32(0x55555555)))
    x = np.uint32((x & np.uint32(0x33333333)) + (np.uint32(x >> np.uint32(2)) & np.uint32(0x33333333)))
    x = np.uint32(np.uint32(x + np.uint32(x >> np.uint32(4))) & np.uint32(0x0F0F0F0F))
    x = np.uint32(x + np.uint32(x >> np.uint32(8)))
    return np.int32(np.uint32(x + np.uint32(x >> np.uint32(16))) & np.uint32(63))


def replace_root(heap: Any, key: Any) -> None:
    """Put ``key`` in the place of the lowest of a heap."""
    size, at = len(heap), 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = key


def add_up(total: Any, weights: Any, lines: Any, n: Any) -> None:
    """``total[:n]`` = the sum of ``weights[i] * lines[i, :n]``, two lines at a time; most weights are 0."""
    total[:n] = 0
    before = -1
    for i in range(len(weights)):
        if weights[i] > 0:
            if before < 0:
                before = i
                continue
            w, x = np.float32(weights[before]), np.float32(weights[i])
            one, other = lines[before], lines[i]
            for j in range(n):
                total[j] += w * one[j] + x * other[j]
            before = -1
    if before >= 0:
        w, one = np.float32(weights[before]), lines[before]
        for j in range(n):
            total[j] += w * one[j]


def surely_in(rough: Any, at: Any, many: Any, k: Any, counts: Any) -> Any:
    """A score that at least ``k`` of the rough ones ``rough[at[:many]]`` reach, not far below the k-th; 0 if there are fewer."""
    counts[:] = 0
    for x in range(many):
        counts[min(int(rough[at[x]] / WIDE), BINS - 1)] += 1
    above, bin = 0, BINS
    while above < k and bin > 0:
        bin -= 1
        above += counts[bin]
    return np.float32(bin) * WIDE


def sweep(
    regencies: Any, village_ptr: Any, offer_ptr: Any, reaching: Any,
    needs: Any, potentials: Any, village_goals: Any, vetoes: Any, ask_low: Any, ask_high: Any, need_sum: Any, village_rank: Any,
    abilities: Any, seeks: Any, offer_goals: Any, risks: Any, budget_low: Any, budget_high: Any, seek_sum: Any, offer_rank: Any,
    vision: Any, weights: Any, tile: int, village_heap: Any, offer_heap: Any,
) -> None:  # fmt: skip
    """Fill ``village_heap`` u64[V,k] and ``offer_heap`` u64[O,k], both zeros, for the villages of ``regencies``.

    ``offer_ptr`` and ``reaching`` are ``Market.covering``; ``needs`` and ``potentials`` u8 with one row per village,
    ``abilities`` and ``seeks`` u8 with one column per offer; goals, vetoes, risks u32; amounts i32, ranks of their rupiah; sums
    i64; ranks u32; ``vision`` i32[19,19,19]; ``weights`` i64[3] percents; ``tile`` offers at a time.
    """
    k = village_heap.shape[1]
    ability = np.empty((needs.shape[1], tile), np.float32)
    seek = np.empty((potentials.shape[1], tile), np.float32)
    met, found, rough = np.empty(tile, np.float32), np.empty(tile, np.float32), np.empty(tile, np.float32)
    goals, risk, rank = np.empty(tile, np.uint32), np.empty(tile, np.uint32), np.empty(tile, np.uint32)
    low, high, at = np.empty(tile, np.int32), np.empty(tile, np.int32), np.empty(tile, np.int32)
    others, root, floor = np.empty(tile, np.float32), np.empty(tile, np.float32), np.empty(tile, np.float32)
    of_found, of_vision = np.empty(tile, np.float32), np.empty(tile, np.float32)
    counts = np.zeros(BINS, np.int32)
    wv, wp = float(weights[0]), float(weights[1])
    for r in regencies:
        for start in range(offer_ptr[r], offer_ptr[r + 1], tile):
            n = min(tile, offer_ptr[r + 1] - start)
            for s in range(needs.shape[1]):
                for j in range(n):
                    ability[s, j] = abilities[s, reaching[start + j]]
            for s in range(potentials.shape[1]):
                for j in range(n):
                    seek[s, j] = seeks[s, reaching[start + j]]
            for j in range(n):
                o = reaching[start + j]
                goals[j], risk[j], rank[j] = offer_goals[o], risks[o], offer_rank[o]
                low[j], high[j] = budget_low[o], budget_high[o]
                others[j] = max(bits(offer_goals[o]), 1)
                root[j] = 1e6 / np.sqrt(others[j])
                floor[j] = np.float32(offer_heap[o, 0] >> np.uint64(32)) - SLACK
                of_found[j] = 100 * wp / max(seek_sum[o], 1)
                of_vision[j] = (100 - wp) / 100 if seek_sum[o] > 0 else 1
            for v in range(village_ptr[r], village_ptr[r + 1]):
                add_up(met, needs[v], ability, n)
                add_up(found, potentials[v], seek, n)
                wanted, veto, own = village_goals[v], vetoes[v], max(bits(village_goals[v]), 1)
                lowest, highest = ask_low[v], ask_high[v]
                # 100² shared² >= least² own other, below 2^24; a side without goals shares none, and 1 stands for its 0
                bar = np.float32(weights[2] * weights[2] * own)
                of_met, of_goals = np.float32(100 * wv / need_sum[v]), np.float32((100 - wv) / 100)
                own_root = np.float32(1 / np.sqrt(own))
                for j in range(n):
                    shared = np.float32(bits(wanted & goals[j]))
                    alike = shared * own_root * root[j]
                    a = of_met * met[j] + of_goals * alike
                    b = of_found[j] * found[j] + of_vision[j] * alike
                    h = np.float32(2) * a * b / max(a + b, np.float32(1))
                    passes = (
                        (met[j] > 0)
                        & ((veto & risk[j]) == 0)
                        & (lowest <= high[j])
                        & (low[j] <= highest)
                        & (np.float32(10_000) * shared * shared >= bar * others[j])
                    )
                    rough[j] = h if passes else np.float32(-1)
                many = 0
                for j in range(n):
                    at[many] = j
                    many += rough[j] >= 0
                heap = village_heap[v]
                last = max(np.float32(heap[0] >> np.uint64(32)), surely_in(rough, at, many, k, counts)) - SLACK
                few = 0
                for x in range(many):
                    j = at[x]
                    at[few] = j
                    few += (rough[j] >= last) | (rough[j] >= floor[j])
                for x in range(few):
                    j = at[x]
                    o = reaching[start + j]
                    whole, sought = float(need_sum[v]), float(seek_sum[o])
                    exact = float(vision[bits(wanted & goals[j]), own, int(others[j])])
                    a = np.floor((1e4 * wv * float(met[j]) + (100 - wv) * exact * whole + 50 * whole) / (100 * whole))
                    b = exact
                    if sought > 0:
                        b = np.floor(
                            (1e4 * wp * float(found[j]) + (100 - wp) * exact * sought + 50 * sought) / (100 * sought)
                        )
                    h = 0.0
                    if a + b > 0:
                        h = np.floor((4 * a * b + a + b) / (2 * (a + b)))
                    raised = np.uint64(np.int64(h) + 1) << np.uint64(32)
                    key = raised | np.uint64(rank[j])
                    if key > heap[0]:
                        replace_root(heap, key)
                    key = raised | np.uint64(village_rank[v])
                    theirs = offer_heap[o]
                    if key > theirs[0]:
                        replace_root(theirs, key)
                        floor[j] = np.float32(theirs[0] >> np.uint64(32)) - SLACK
