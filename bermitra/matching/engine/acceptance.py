"""The loop of a round: villages ask in the order of their lists, offers hold the best and let the rest go on asking.

One text, read in two ways. ``kernels`` compiles it where numba is installed; without, Python runs it over lists. It uses
nothing but whole numbers and places in arrays, so that both give the same answer.

An offer's seats lie in ``held`` from ``base[o]`` on: first those of its reserve, then, from ``middle[o]``, the open ones,
each block a heap whose root is the village that would have to leave first. Keys lie beside them in ``height``, since looking
them up pair by pair would wait for memory most of the time.
"""

from __future__ import annotations

from typing import Any


def rise(held: Any, height: Any, root: int, at: int) -> None:
    """Move seat ``at`` of the heap at ``root`` up until its parent is lower."""
    pair, key = held[root + at], height[root + at]
    while at > 0:
        parent = (at - 1) // 2
        if height[root + parent] <= key:
            break
        held[root + at], height[root + at] = held[root + parent], height[root + parent]
        at = parent
    held[root + at], height[root + at] = pair, key


def sink(held: Any, height: Any, root: int, size: int, at: int) -> None:
    """Move seat ``at`` of the heap at ``root`` down until both its children are higher."""
    pair, key = held[root + at], height[root + at]
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and height[root + child + 1] < height[root + child]:
            child += 1
        if height[root + child] >= key:
            break
        held[root + at], height[root + at] = held[root + child], height[root + child]
        at = child
    held[root + at], height[root + at] = pair, key


def accept(
    ptr: Any, offer: Any, key: Any, owner: Any, region: Any, eligible: Any, quota: Any, places: Any, reserve: Any, cap: Any,
    base: Any, middle: Any, held: Any, in_reserve: Any, in_open: Any, height: Any, following: Any, lacking: Any,
    waiting: Any, queued: Any,
) -> None:  # fmt: skip
    """Run until no village has anything left to ask for; the answer is in ``held``, ``in_reserve`` and ``in_open``.

    Work space: ``following`` = ``ptr[:-1]``, the pair that a village asks for next; ``lacking`` = ``quota``, how many
    partners it still seeks; ``waiting`` the villages in any order and ``queued`` all true; the other four are zeros.
    """
    top = len(waiting)
    while top > 0:
        top -= 1
        asking = waiting[top]
        queued[asking] = False
        while lacking[asking] > 0 and following[asking] < ptr[asking + 1]:
            out = following[asking]  # the pair that is without a seat, until it finds one or nobody takes it
            high = key[out]
            following[asking] += 1
            lacking[asking] -= 1
            o = offer[out]
            low, mid = base[o], middle[o]
            seated = False
            if eligible[asking] and reserve[o] > 0:
                if in_reserve[o] < reserve[o]:
                    held[low + in_reserve[o]], height[low + in_reserve[o]] = out, high
                    rise(held, height, low, in_reserve[o])
                    in_reserve[o] += 1
                    seated = True
                    if in_reserve[o] + in_open[o] > places[o]:  # an open seat that was lent goes back
                        in_open[o] -= 1
                        out = held[mid]
                        held[mid], height[mid] = held[mid + in_open[o]], height[mid + in_open[o]]
                        sink(held, height, mid, in_open[o], 0)
                    else:
                        out = -1
                elif height[low] < high:
                    lowest, least = held[low], height[low]
                    held[low], height[low] = out, high
                    sink(held, height, low, in_reserve[o], 0)
                    out, high = lowest, least
            if not seated:
                worst, here = -1, 0  # of the same regency: where its worst sits, and how many there are
                if cap[o] < in_open[o] + 1:
                    home = region[owner[out]]
                    for seat in range(in_open[o]):
                        if region[owner[held[mid + seat]]] == home:
                            here += 1
                            if worst < 0 or height[mid + seat] < height[mid + worst]:
                                worst = seat
                if worst >= 0 and here >= cap[o]:
                    if height[mid + worst] < high:
                        lowest = held[mid + worst]
                        held[mid + worst], height[mid + worst] = out, high
                        sink(held, height, mid, in_open[o], worst)
                        out = lowest
                elif in_reserve[o] + in_open[o] < places[o]:
                    held[mid + in_open[o]], height[mid + in_open[o]] = out, high
                    rise(held, height, mid, in_open[o])
                    in_open[o] += 1
                    out = -1
                elif in_open[o] > 0 and height[mid] < high:
                    lowest = held[mid]
                    held[mid], height[mid] = out, high
                    sink(held, height, mid, in_open[o], 0)
                    out = lowest
            if out >= 0:
                left = owner[out]
                lacking[left] += 1
                if left != asking and not queued[left]:
                    queued[left] = True
                    waiting[top] = left
                    top += 1
