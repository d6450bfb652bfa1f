"""The state kernel: a life is a table of moves, and each move names the one door through which it may go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    source: str
    target: str
    door: str


@dataclass(frozen=True)
class Label:
    """A state in words, marked for translation: what the public reads, what officers read, whom everybody waits for.

    ``law_state`` is its name in the law digest, ``phase`` one of the nine of a partnership; empty where there is none.
    """

    public: str
    staff: str
    waiting: str
    law_state: str = ""
    phase: str = ""


class NoSuchMove(Exception):
    """The door does not lead out of this state (or not to the wanted one). Answered as HTTP 409."""

    def __init__(self, flow: str, state: str, door: str):
        self.flow, self.state, self.door = flow, state, door
        super().__init__(f"{flow}: {door} does not open in {state}")


class Flow:
    """A named life. ``start`` is the state before the record exists."""

    start = "start"

    def __init__(self, name: str, moves: Iterable[Move]):
        self.name, self.moves = name, tuple(moves)
        twice = {m for m in self.moves if self.moves.count(m) > 1}
        if twice:
            raise ValueError(f"{name}: moves stand twice: {sorted(map(str, twice))}")

    @property
    def states(self) -> frozenset[str]:
        return frozenset(s for m in self.moves for s in (m.source, m.target)) - {self.start}

    @property
    def doors(self) -> frozenset[str]:
        return frozenset(m.door for m in self.moves)

    def open_doors(self, state: str) -> frozenset[str]:
        """Doors that lead out of ``state``."""
        return frozenset(m.door for m in self.moves if m.source == state)

    def through(self, door: str, state: str, target: str | None = None) -> str:
        """The state that ``door`` leads to from ``state``.

        ``target`` chooses among several targets of the same door (the action derives it from facts).
        Raises :class:`NoSuchMove` where there is none, or more than one and no choice.
        """
        targets = [m.target for m in self.moves if (m.source, m.door) == (state, door)]
        if target is not None:
            targets = [t for t in targets if t == target]
        if len(targets) != 1:
            raise NoSuchMove(self.name, state, door)
        return targets[0]

    def drawn(self) -> str:
        """The table as a Mermaid state diagram."""
        shown = {self.start: "[*]"}
        lines = [
            f"    {shown.get(m.source, m.source)} --> {shown.get(m.target, m.target)}: {m.door}" for m in self.moves
        ]
        return "\n".join(["stateDiagram-v2", *lines])
