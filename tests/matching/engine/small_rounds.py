"""Small rounds that hypothesis draws, and what a result must be, straight from the definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from hypothesis import strategies as st

from bermitra.matching.engine.lists import NO_CAP, Edges, Policy, from_lists
from bermitra.matching.engine.rounds import deferred_acceptance

Held = list[set[int]]  # villages held by each offer


@dataclass(frozen=True)
class Small:
    """``wishes[v]`` offers and ``ranks[o]`` all villages, best first; the rest per offer or per village."""

    wishes: tuple[tuple[int, ...], ...]
    ranks: tuple[tuple[int, ...], ...]
    places: tuple[int, ...]
    reserve: tuple[int, ...]
    cap: tuple[int, ...]
    eligible: tuple[bool, ...]
    region: tuple[int, ...]
    quota: int = 1

    def edges(self) -> Edges:
        return from_lists(self.wishes, self.ranks)

    def policy(self) -> Policy:
        def whole(values: object) -> np.ndarray:
            return np.array(values, np.int32)

        return Policy(
            whole(self.places), whole(self.reserve), whole(self.cap), np.array(self.eligible, bool), whole(self.region),
            np.full(len(self.wishes), self.quota, np.int32),
        )  # fmt: skip

    def solve(self, **how: object) -> Held:
        return self.held(deferred_acceptance(self.edges(), self.policy(), **how))

    def held(self, matched: np.ndarray) -> Held:
        edges = self.edges()
        found: Held = [set() for _offer in self.places]
        for v, o, got in zip(edges.village.tolist(), edges.offer.tolist(), matched.tolist(), strict=True):
            if got:
                found[o].add(v)
        return found

    def partners(self, held: Held, v: int) -> list[int]:
        """Places in its own list of what a village got, the best first."""
        return [at for at, o in enumerate(self.wishes[v]) if v in held[o]]

    def choose(self, o: int, asking: set[int]) -> set[int]:
        """The rule of an offer, as its page says it."""
        best_first = sorted(asking, key=self.ranks[o].index)
        chosen = [v for v in best_first if self.eligible[v]][: self.reserve[o]]
        opened: list[int] = []
        for v in best_first:
            home = sum(self.region[u] == self.region[v] for u in opened)
            if v not in chosen and len(chosen) + len(opened) < self.places[o] and home < self.cap[o]:
                opened.append(v)
        return {*chosen, *opened}

    def complaints(self, held: Held) -> list[tuple[int, int]]:
        """Pairs that block."""
        found = []
        for v, offers in enumerate(self.wishes):
            mine = self.partners(held, v)
            for at, o in enumerate(offers):
                wants = v not in held[o] and (len(mine) < self.quota or at < mine[-1])
                if wants and v in self.choose(o, held[o] | {v}):
                    found.append((v, o))
        return found

    def possible(self, held: Held) -> bool:
        within = all(len(self.partners(held, v)) <= self.quota for v in range(len(self.wishes)))
        return within and all(self.choose(o, villages) == villages for o, villages in enumerate(held))

    def stable(self, held: Held) -> bool:
        return self.possible(held) and not self.complaints(held)

    def all_stable(self) -> Iterator[Held]:
        """Every stable result, by trying all there are; one partner a village."""
        for choice in product(*((None, *offers) for offers in self.wishes)):
            held: Held = [set() for _offer in self.places]
            for v, o in enumerate(choice):
                if o is not None:
                    held[o].add(v)
            if self.stable(held):
                yield held

    def relabelled(self, villages: list[int], offers: list[int]) -> Small:
        """The same round with village v called ``villages[v]`` and offer o called ``offers[o]``."""
        v_back, o_back = np.argsort(villages).tolist(), np.argsort(offers).tolist()
        return replace(
            self,
            wishes=tuple(tuple(offers[o] for o in self.wishes[v]) for v in v_back),
            ranks=tuple(tuple(villages[v] for v in self.ranks[o]) for o in o_back),
            places=tuple(self.places[o] for o in o_back),
            reserve=tuple(self.reserve[o] for o in o_back),
            cap=tuple(self.cap[o] for o in o_back),
            eligible=tuple(self.eligible[v] for v in v_back),
            region=tuple(self.region[v] for v in v_back),
        )


@st.composite
def small_rounds(draw, most_villages: int = 7, most_offers: int = 4, quotas: tuple[int, ...] = (1, 2)) -> Small:
    villages, offers = draw(st.integers(1, most_villages)), draw(st.integers(1, most_offers))
    each_offer, each_village = range(offers), range(villages)
    places = tuple(draw(st.integers(1, 3)) for _o in each_offer)
    return Small(
        wishes=tuple(tuple(draw(st.permutations(each_offer)))[: draw(st.integers(0, offers))] for _v in each_village),
        ranks=tuple(tuple(draw(st.permutations(each_village))) for _o in each_offer),
        places=places,
        reserve=tuple(draw(st.integers(0, most)) for most in places),
        cap=tuple(draw(st.sampled_from((1, 2, NO_CAP))) for _o in each_offer),
        eligible=tuple(draw(st.booleans()) for _v in each_village),
        region=tuple(draw(st.integers(0, 1)) for _v in each_village),
        quota=draw(st.sampled_from(quotas)),
    )
