"""The loop of a round: villages ask in the order of their lists, offers hold the best and let the rest go on asking.

One text, read in two ways. ``kernels`` compiles it where numba is installed; without, Python runs it over lists. It uses
nothing but whole numbers and places in arrays, so that both give the same answer.

An offer's seats lie in ``held`` from ``base[o]`` on: first those of its reserve, then, from ``middle[o]``, the open ones,
each block a heap whose root is the village that would have to leave first. Keys and villages lie beside them in ``height`` and
``whose``, since looking them up pair by pair would wait for memory most of the time.
"""

from __future__ import annotations

from typing import Any


def rise(held: Any, height: Any, whose: Any, root: int, at: int) -> None:
    """Move seat ``at`` of the heap at ``root`` up until its parent is lower."""
    pair, key, village = held[root + at], height[root + at], whose[root + at]
    while at > 0:
        parent = (at - 1) // 2
        if height[root + parent] <= key:
            break
        here, there = root + at, root + parent
        held[here], height[here], whose[here] = held[there], height[there], whose[there]
        at = parent
    held[root + at], height[root + at], whose[root + at] = pair, key, village


def sink(held: Any, height: Any, whose: Any, root: int, size: int, at: int) -> None:
    """Move seat ``at`` of the heap at ``root`` down until both its children are higher."""
    pair, key, village = held[root + at], height[root + at], whose[root + at]
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and height[root + child + 1] < height[root + child]:
            child += 1
        if height[root + child] >= key:
            break
        here, there = root + at, root + child
        held[here], height[here], whose[here] = held[there], height[there], whose[there]
        at = child
    held[root + at], height[root + at], whose[root + at] = pair, key, village


def accept(
    ptr: Any, offer: Any, key: Any, region: Any, eligible: Any, quota: Any, places: Any, reserve: Any, cap: Any,
    base: Any, middle: Any, held: Any, in_reserve: Any, in_open: Any, height: Any, whose: Any, following: Any, lacking: Any,
    waiting: Any, queued: Any,
) -> None:  # fmt: skip
    """Run until no village has anything left to ask for; the answer is in ``held``, ``in_reserve`` and ``in_open``.

    Work space: ``following`` = ``ptr[:-1]``, the pair that a village asks for next; ``lacking`` = ``quota``, how many
    partners it still seeks; ``waiting`` the villages in any order and ``queued`` all true; the other five are zeros.
    """
    top = len(waiting)
    while top > 0:
        top -= 1
        asking = waiting[top]
        queued[asking] = False
        while lacking[asking] > 0 and following[asking] < ptr[asking + 1]:
            # the pair that is without a seat, and its village, until it finds one or nobody takes it
            out, left = following[asking], asking
            high = key[out]
            following[asking] += 1
            lacking[asking] -= 1
            o = offer[out]
            low, mid = base[o], middle[o]
            seated = False
            if eligible[asking] and reserve[o] > 0:
                if in_reserve[o] < reserve[o]:
                    seat = low + in_reserve[o]
                    held[seat], height[seat], whose[seat] = out, high, left
                    rise(held, height, whose, low, in_reserve[o])
                    in_reserve[o] += 1
                    seated = True
                    if in_reserve[o] + in_open[o] > places[o]:  # an open seat that was lent goes back
                        in_open[o] -= 1
                        out, left, last = held[mid], whose[mid], mid + in_open[o]
                        held[mid], height[mid], whose[mid] = held[last], height[last], whose[last]
                        sink(held, height, whose, mid, in_open[o], 0)
                    else:
                        out = -1
                elif height[low] < high:
                    lowest, least, goes = held[low], height[low], whose[low]
                    held[low], height[low], whose[low] = out, high, left
                    sink(held, height, whose, low, in_reserve[o], 0)
                    out, high, left = lowest, least, goes
            if not seated:
                worst, here = -1, 0  # of the same regency: where its worst sits, and how many there are
                if cap[o] < in_open[o] + 1:
                    home = region[left]
                    for seat in range(in_open[o]):
                        if region[whose[mid + seat]] == home:
                            here += 1
                            if worst < 0 or height[mid + seat] < height[mid + worst]:
                                worst = seat
                full = (
                    worst >= 0 and here >= cap[o]
                )  # of that regency: its worst would have to leave, else the worst of all
                if not full and in_reserve[o] + in_open[o] < places[o]:
                    seat = mid + in_open[o]
                    held[seat], height[seat], whose[seat] = out, high, left
                    rise(held, height, whose, mid, in_open[o])
                    in_open[o] += 1
                    out = -1
                elif in_open[o] > 0:
                    at = worst if full else 0
                    seat = mid + at
                    if height[seat] < high:
                        lowest, goes = held[seat], whose[seat]
                        held[seat], height[seat], whose[seat] = out, high, left
                        sink(held, height, whose, mid, in_open[o], at)
                        out, left = lowest, goes
            if out >= 0:
                lacking[left] += 1
                if left != asking and not queued[left]:
                    queued[left] = True
                    waiting[top] = left
                    top += 1
