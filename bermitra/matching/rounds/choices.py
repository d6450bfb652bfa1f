"""What a side made of its computed list. Pure: codes in, codes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def outside(listed: Iterable[str], order: Sequence[str], struck: Sequence[str]) -> list[str]:
    """Every code that may not stand where it stands, in the order sent: not on the list, twice, or ranked and struck."""
    known, seen, wrong = set(listed), set[str](), []
    for code in (*order, *struck):
        if code not in known or code in seen:
            wrong.append(code)
        seen.add(code)
    return wrong


def in_order(listed: Sequence[str], order: Sequence[str], struck: Sequence[str]) -> list[str]:
    """The whole list as it will be read: what was ranked first, the rest as computed, without what was struck out."""
    known, named = set(listed), {*order, *struck}
    return [code for code in order if code in known] + [code for code in listed if code not in named]
