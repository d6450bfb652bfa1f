"""A round and a draw computed a second time, by another way: pure Python, the standard library, no line of the others.

It reads the list of a certificate and its throw and writes the whole certificate again: scores from their definition, lists
by sorting, acceptance in waves in which every offer chooses anew from all who ever reached it, and stability asked of the
rule itself, pair by pair. It is slow and short, and meant to be read: whoever doubts a round starts here.
"""

from __future__ import annotations

import json
from hashlib import sha256
from math import isqrt
from typing import Any

from bermitra.matching.engine import plain_lots

Json = dict[str, Any]
MILLION = 1_000_000
UNORDERED = 2_000  # the place of whatever an own order leaves out
UNKNOWN_TIER = 5
ANYBODY = (UNORDERED + 1, 0, 0)  # the bar of a seat that is free: behind every rank
Rank = tuple[int, int, int]


# The file ------------------------------------------------------------------------------------------------------------


def canonical(value: Any) -> str:
    """JSON as RFC 8785 has it, for what a certificate may hold: no fractions. Raises ValueError."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= 2**53):
        raise ValueError(f"{value} has no place in a certificate")
    return json.dumps(value, ensure_ascii=False)


def sealed(value: Any) -> str:
    """SHA-256 of the canonical JSON."""
    return sha256(canonical(value).encode()).hexdigest()


def read(data: bytes) -> Json:
    """The content of a file. Raises ValueError unless it is canonical to the byte and its own digest is right."""
    found = json.loads(data)
    if not isinstance(found, dict) or canonical(found).encode() != data:
        raise ValueError("not canonical")
    if sealed({key: value for key, value in found.items() if key != "sha256"}) != found.get("sha256"):
        raise ValueError("digest")
    return found


def certificate(listed: Json, thrown: str, seed_list_hash: str | None = None) -> Json:
    """The certificate of a list and a throw; ``seed_list_hash``: of the list before the throw, where it was another. Raises
    KeyError, TypeError or ValueError where they are none."""
    is_draw = "entrants" in listed
    hashed = sealed(listed)
    before = hashed if seed_list_hash is None else seed_list_hash
    seed = sha256((before + thrown).encode()).hexdigest() if thrown else ""
    content: Json = {
        "kind": "draw" if is_draw else "round", "version": 1, "list": listed, "list_hash": hashed, "thrown": thrown,
        "seed": seed,
    }  # fmt: skip
    if before != hashed:
        content["seed_list_hash"] = before
    if is_draw:
        content["result"] = plain_lots.outcome(listed, seed)
    else:
        content["result"], content["check"] = Round(listed, seed).outcome()
    content["sha256"] = sealed(content)
    return content


# The scores ------------------------------------------------------------------------------------------------------------


def nearest(over: int, under: int) -> int:
    """The whole number nearest to over/under, halves up."""
    return (2 * over + under) // (2 * under)


def vision(mine: set[int], theirs: set[int]) -> int:
    """shared / √(mine · theirs), in millionths."""
    if not mine or not theirs:
        return 0
    square, by = (MILLION * len(mine & theirs)) ** 2, len(mine) * len(theirs)
    root = isqrt(square // by)
    return root + ((2 * root + 1) ** 2 * by <= 4 * square)


def scores(village: Json, offer: Json, weights: Json) -> tuple[int, int, int] | None:
    """(a, b, h) of a pair, None where it fails a gate."""
    met = sum(n * c for n, c in zip(village["needs"], offer["abilities"], strict=True))
    mine, theirs = set(village["goals"]), set(offer["goals"])
    enough = 10_000 * len(mine & theirs) ** 2 >= weights["vision"] ** 2 * len(mine) * len(theirs)
    if not (mine and theirs):
        enough = weights["vision"] == 0
    if (
        not (offer["everywhere"] or village["regency"] in offer["areas"])
        or met == 0
        or set(village["vetoes"]) & set(offer["risks"])
        or village["ask"][0] > offer["budget"][1]
        or offer["budget"][0] > village["ask"][1]
        or not enough
    ):
        return None
    found = sum(p * s for p, s in zip(village["potentials"], offer["seeks"], strict=True))
    alike = vision(mine, theirs)
    a = side(met, sum(village["needs"]), alike, weights["village"])
    b = side(found, sum(offer["seeks"]), alike, weights["partner"])
    return a, b, nearest(2 * a * b, a + b) if a + b else 0


def side(met: int, whole: int, alike: int, weight: int) -> int:
    if whole == 0:
        return alike
    return nearest(weight * 10_000 * met + (100 - weight) * alike * whole, 100 * whole)


def ticket(seed: str, id: str) -> int:
    """The number by which ties are broken, the lower first."""
    return int.from_bytes(sha256(f"{seed}|{id}".encode()).digest()[:8], "big")


# The round -----------------------------------------------------------------------------------------------------------


class Round:
    """``score[v, o]`` of every pair that passes; ``wishes[v]`` offers and ``rank[o]`` of villages after own orders and
    strikes; a rank is (place in the own order, -b, ticket), the lower first."""

    def __init__(self, listed: Json, seed: str):
        self.listed = listed
        self.villages = sorted(listed["villages"], key=lambda row: (row["regency"], row["id"]))
        self.by_id = {row["id"]: row for row in self.villages}
        self.offers = {row["id"]: row for row in sorted(listed["offers"], key=lambda row: row["id"])}
        self.score: dict[tuple[str, str], tuple[int, int, int]] = {}
        for village in self.villages:
            for offer in self.offers.values():
                if (found := scores(village, offer, listed["weights"])) is not None:
                    self.score[village["id"], offer["id"]] = found
        self.quota: int = listed["village_quota"]
        self.seed = seed
        self._order(self._shortlisted())

    def _shortlisted(self) -> set[tuple[str, str]]:
        """Pairs on the list of one side or the other: the best by h, ties by the lot of no seed."""
        size, slots = self.listed["size"], self.listed["floor_slots"]
        offers_of: dict[str, list[str]] = {}
        villages_of: dict[str, list[str]] = {}
        for v, o in sorted(self.score, key=lambda pair: (-self.score[pair][2], ticket("", pair[1]))):
            offers_of.setdefault(v, []).append(o)
        for v, o in sorted(self.score, key=lambda pair: (-self.score[pair][2], ticket("", pair[0]))):
            villages_of.setdefault(o, []).append(v)
        seen = {v for each in villages_of.values() for v in each[: size - slots]}
        given: dict[str, list[str]] = {}  # the last places of an offer's list, to villages that no list would show
        for v in sorted(offers_of.keys() - seen, key=self._neediest) if slots else ():
            for free in [o for o in offers_of[v] if len(given.get(o, ())) < slots][:1]:
                given.setdefault(free, []).append(v)
        kept = {(v, o) for v, offers in offers_of.items() for o in offers[:size]}
        for o, villages in villages_of.items():
            others = [v for v in villages[:size] if v not in given.get(o, ())]
            kept |= {(v, o) for v in others[: size - len(given.get(o, ()))] + given.get(o, [])}
        return kept

    def _neediest(self, v: str) -> tuple[int, int, int]:
        village = self.by_id[v]
        tier = UNKNOWN_TIER if village["tier"] is None else village["tier"]
        return tier, -sum(village["needs"]), ticket("", v)

    def _order(self, kept: set[tuple[str, str]]) -> None:
        own, theirs = self.listed["village_orders"], self.listed["offer_orders"]
        self.struck = {pair for pair in kept if pair[1] in own.get(pair[0], {"struck": ()})["struck"]}
        self.refused = {pair for pair in kept if pair[0] in theirs.get(pair[1], {"struck": ()})["struck"]} - self.struck
        left = kept - self.struck - self.refused
        self.wishes: dict[str, list[str]] = {id: [] for id in self.by_id}
        self.rank: dict[str, dict[str, Rank]] = {id: {} for id in self.offers}
        for v, o in left:
            self.wishes[v].append(o)
            self.rank[o][v] = (place(theirs, o, v), -self.score[v, o][1], ticket(self.seed, v))
        for v, offers in self.wishes.items():
            offers.sort(key=lambda o: (place(own, v, o), -self.score[v, o][0], ticket(self.seed, o)))

    def may(self, v: str) -> bool:
        """Whether the reserve is for this village."""
        return self.by_id[v]["tier"] in self.listed["tiers"]

    def choose(self, o: str, asking: set[str]) -> tuple[list[str], list[str]]:
        """The rule of an offer: (on reserve seats, on open seats) of those who ask."""
        offer, best_first = self.offers[o], sorted(asking, key=self.rank[o].__getitem__)
        reserved = [v for v in best_first if self.may(v)][: offer["reserve"]]
        opened: list[str] = []
        for v in best_first:
            home = sum(self.by_id[u]["regency"] == self.by_id[v]["regency"] for u in opened)
            room = len(reserved) + len(opened) < offer["places"]
            if v not in reserved and room and (self.listed["cap"] is None or home < self.listed["cap"]):
                opened.append(v)
        return reserved, opened

    def accepted(self) -> dict[str, set[str]]:
        """Who is held by each offer in the end: in every wave all villages that lack partners ask their next offer."""
        held: dict[str, set[str]] = {o: set() for o in self.offers}
        lacking = dict.fromkeys(self.by_id, self.quota)
        following = {v: iter(offers) for v, offers in self.wishes.items()}
        while True:
            reached: dict[str, set[str]] = {}
            for v in self.by_id:
                for _each in range(lacking[v]):
                    if (o := next(following[v], None)) is not None:
                        reached.setdefault(o, set()).add(v)
            if not reached:
                return held
            for o, asking in reached.items():
                reserved, opened = self.choose(o, held[o] | asking)
                chosen = {*reserved, *opened}
                for v in asking & chosen:
                    lacking[v] -= 1
                for v in held[o] - chosen:
                    lacking[v] += 1
                held[o] = chosen

    def outcome(self) -> tuple[Json, Json]:
        """(``result``, ``check``) of the certificate."""
        ranks = {o: sorted(ranked, key=ranked.__getitem__) for o, ranked in self.rank.items()}
        if self.listed["plain"]:
            rows = {v: [[o, *self.score[v, o]] for o in offers] for v, offers in self.wishes.items()}
            return {"lists": rows, "ranks": ranks}, {}
        held = self.accepted()
        seats = {o: Seats(self, o, held[o]) for o in self.offers}
        lists = {v: self._fates(v, seats, held) for v in self.by_id}
        result = {
            "pairs": [[v, o] for v, offers in self.wishes.items() for o in offers if v in held[o]],
            "lists": lists,
            "villages": {v: self._told(v, rows) for v, rows in lists.items()},
            "offers": {o: {**seats[o].told(), "ranks": ranks[o]} for o in self.offers},
        }
        return result, self.check(held)

    def _fates(self, v: str, seats: dict[str, Seats], held: dict[str, set[str]]) -> list[list[Any]]:
        """[offer, a, b, h, fate, cut-off] in the order of the village."""
        rows: list[list[Any]] = []
        got = 0
        for o in self.wishes[v]:
            fate, cutoff = ("introduced", -1) if v in held[o] else seats[o].judge(v)
            if got == self.quota:
                fate, cutoff = "unasked", -1
            got += v in held[o]
            rows.append([o, *self.score[v, o], fate, cutoff])
        return rows

    def _told(self, v: str, rows: list[list[Any]]) -> Json:
        """The state of a village, and which row of its list tells of it: the best it got, or the closest it missed."""
        closeness: dict[str, Any] = {"introduced": -2, "cap": -1, "lot": 0}
        short = [row[5] - row[2] if row[4] == "below" else closeness.get(row[4], 2**40) for row in rows]
        told = short.index(min(short)) if short else None
        fate = rows[told][4] if told is not None else ""
        struck, refused = (sum(pair[0] == v for pair in each) for each in (self.struck, self.refused))
        state = "exhausted" if struck + refused else "waiting" if rows else "no_offer"
        state = {"introduced": "matched", "cap": "cap_full"}.get(fate, state)
        return {"state": state, "told": told, "struck": struck, "refused": refused}

    def check(self, held: dict[str, set[str]]) -> dict[str, int]:
        """What is wrong with a result, asked of the rule itself: would this offer choose this village if it came too?"""
        found = dict.fromkeys(("over_village", "over_offer", "cap", "blocking", "reserve"), 0)
        for v, offers in self.wishes.items():
            mine = [at for at, o in enumerate(offers) if v in held[o]]
            found["over_village"] += len(mine) > self.quota
            until = len(offers) if len(mine) < self.quota else mine[-1]
            for o in (o for o in offers[:until] if v not in held[o]):
                reserved, opened = self.choose(o, held[o] | {v})
                found["blocking"] += v in (*reserved, *opened)
                found["reserve"] += v in reserved
        for o, offer in self.offers.items():
            opened = [self.by_id[v]["regency"] for v in held[o] - set(self.choose(o, held[o])[0])]
            found["over_offer"] += len(held[o]) > offer["places"]
            cap = self.listed["cap"]
            found["cap"] += sum(cap is not None and opened.count(home) > cap for home in set(opened))
        return {**found, "pairs": sum(map(len, held.values()))}


class Seats:
    """Who sits on which kind of seat of an offer in the end, and whom a village would have to come before."""

    def __init__(self, round: Round, o: str, held: set[str]):
        self.round, self.rank, self.offer = round, round.rank[o], round.offers[o]
        self.reserved = [v for v in sorted(held, key=self.rank.__getitem__) if round.may(v)][: self.offer["reserve"]]
        self.opened = sorted(held - set(self.reserved), key=self.rank.__getitem__)
        self.open_seats = self.offer["places"] - len(self.reserved)

    def bar(self, there: list[str], seats: int) -> Rank:
        return self.rank[there[-1]] if there and len(there) >= seats else ANYBODY

    def judge(self, v: str) -> tuple[str, int]:
        """(fate, cut-off) of a village that asked and was refused."""
        mine, cap = self.rank[v], self.round.listed["cap"]
        home = self.round.by_id[v]["regency"]
        neighbours = [u for u in self.opened if self.round.by_id[u]["regency"] == home]
        bar = self.bar(self.opened, self.open_seats)
        capped = cap is not None and len(neighbours) >= cap
        good_enough = mine < bar
        if capped:
            bar = self.rank[neighbours[-1]]
        if self.round.may(v) and self.offer["reserve"]:
            easier = self.bar(self.reserved, self.offer["reserve"])
            if self.open_seats <= 0 or easier > bar:
                bar, capped = easier, False
        elif self.open_seats <= 0:
            return "reserved", -1
        cutoff = -bar[1]
        if capped and good_enough:
            return "cap", cutoff
        if bar[0] < mine[0]:
            return "ordered", cutoff
        return ("lot" if bar[1] == mine[1] else "below"), cutoff

    def _cutoff(self, there: list[str], seats: int) -> int:
        bar = self.bar(there, seats)
        return -1 if bar is ANYBODY else -bar[1]

    def told(self) -> Json:
        return {
            "in_reserve": len(self.reserved),
            "in_open": len(self.opened),
            "reserve_cutoff": self._cutoff(self.reserved, self.offer["reserve"]),
            "open_cutoff": self._cutoff(self.opened, self.open_seats),
            "idle": self.offer["reserve"] - len(self.reserved),
        }


def place(orders: Json, mine: str, other: str) -> int:
    first = orders[mine]["first"] if mine in orders else []
    return first.index(other) if other in first else UNORDERED
