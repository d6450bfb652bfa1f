"""What a round is made of: ordered lists of pairs, and the seats that there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bermitra.foundation.text import _
from bermitra.matching.engine.features import NO_TIER, BadInput, Ints, Market, Problem

NO_CAP = np.iinfo(np.int32).max
MOST_PARTNERS = 3  # of one village in one round
OPEN = "open"  # the seats that a cap per regency counts
OWN, SCORE = 52, 32  # in a key of a pair: place in the offer's own order, then its score, then the ticket

_RESERVE = _("Jatah harus antara nol dan jumlah tempat."), _("Kurangi jatah, atau tambah tempat.")
_PERCENT = _("Jatah harus antara 0 dan 100 persen."), _("Isi bilangan bulat 0 sampai 100.")
_PLACES = _("Jumlah tempat harus sedikitnya satu."), _("Isi jumlah desa yang dapat dilayani.")
_CAP = _("Batas per kabupaten harus sedikitnya satu tempat."), _("Isi satu atau lebih, atau lepaskan batas itu.")
_CROSSING = (
    _("Batas yang ikut menghitung jatah membuat hasil tidak stabil."),
    _("Hitung batas hanya pada tempat terbuka."),
)
_TIERS = _("Status desa untuk jatah tidak dikenal."), _("Pilih dari lima status desa.")
_OVERLAP = _("Status yang sama memegang dua jatah."), _("Sebut setiap status satu kali.")
_QUOTA = _("Satu desa dapat memilih satu sampai tiga mitra."), _("Isi 1, 2, atau 3.")
_LENGTH = _("Jumlah nilai tidak sama dengan jumlah baris."), _("Isi satu nilai untuk setiap tawaran.")


@dataclass(frozen=True, eq=False)
class Edges:
    """The pairs that may meet, in the order in which each village would have them.

    ``ptr`` i64[V+1]: pairs of village v are ``ptr[v]:ptr[v+1]``, best first · ``offer`` i32[E] · ``key`` i64[E] ≥ 0: how
    the offer ranks the village, higher first, no two alike in one offer. For people: ``a``, ``b``, ``h`` i32[E] the
    scores in millionths · ``struck`` and ``refused`` i32[V]: how many of its computed pairs the village itself, and
    offers, took off its list.
    """

    ptr: Ints
    offer: Ints
    key: Ints
    a: Ints
    b: Ints
    h: Ints
    struck: Ints
    refused: Ints

    @property
    def village(self) -> Ints:
        """i32[E]: whose pair each is."""
        return np.repeat(np.arange(len(self.ptr) - 1, dtype=np.int32), np.diff(self.ptr))


def from_lists(wishes: Sequence[Sequence[int]], ranks: Sequence[Sequence[int]]) -> Edges:
    """Edges without scores: ``wishes[v]`` offers and ``ranks[o]`` villages, best first; a pair needs both to name it.

    Raises :class:`BadInput`: an offer or village that does not exist, or stands twice on a list.
    """
    problems: list[Problem] = []
    for field_, lists, there in (("wishes", wishes, len(ranks)), ("ranks", ranks, len(wishes))):
        for row, each in enumerate(lists):
            if unknown := [str(x) for x in each if not 0 <= x < there]:
                says = _("Daftar menyebut nomor yang tidak ada.")
                problems.append(Problem(str(row), field_, ", ".join(unknown), says, _("Hapus nomor itu.")))
            if len(set(each)) < len(each):
                twice = ", ".join(str(x) for x in sorted(set(each)) if list(each).count(x) > 1)
                says = _("Pasangan yang sama muncul dua kali.")
                problems.append(Problem(str(row), field_, twice, says, _("Sebut setiap pasangan satu kali.")))
    if problems:
        raise BadInput(problems)
    place = [{v: len(each) - at for at, v in enumerate(each)} for each in ranks]
    both = [[o for o in each if v in place[o]] for v, each in enumerate(wishes)]
    ptr = np.cumsum([0, *map(len, both)], dtype=np.int64)
    offer = np.array([o for each in both for o in each], np.int32)
    key = np.array([place[o][v] for v, each in enumerate(both) for o in each], np.int64)
    none = np.zeros(len(offer), np.int32)
    return Edges(ptr, offer, key, none, none, none, *(np.zeros(len(both), np.int32) for _each in range(2)))


@dataclass(frozen=True, eq=False)
class Policy:
    """The seats: ``places`` i32[O]; ``reserve`` i32[O] of them held first for the best ``eligible`` bool[V] villages;
    ``cap`` i32[O] how many *open* seats one regency may take (``NO_CAP``: any); ``region`` i32[V]; ``quota`` i32[V]
    partners of one village.

    An offer chooses in two blocks: reserve seats to the best eligible villages, then what is left, with the reserve
    that nobody could fill, to the best of all others under the cap. Both blocks are greedy on a matroid, so that the
    choice has substitutes and obeys the law of aggregate demand (T. Fleiner, "A fixed-point approach to stable
    matchings", Mathematics of Operations Research 28, 2003). A cap that counts reserve seats as well breaks that:
    :meth:`of` refuses it.
    """

    places: Ints
    reserve: Ints
    cap: Ints
    eligible: Ints
    region: Ints
    quota: Ints = field(repr=False)

    @classmethod
    def of(
        cls,
        market: Market,
        *,
        reserve: int | Sequence[int] = 30,
        tiers: Sequence[int] = (0, 1),
        cap: int | None = None,
        cap_counts: str = OPEN,
        village_quota: int = 1,
    ) -> Policy:
        """For a market. ``reserve``: percent of each offer's places, or seats of each offer in the market's order;
        ``tiers``: places in ``features.TIERS`` that the reserve is for; ``cap``: open seats per regency and offer.

        Raises :class:`BadInput` with all that is wrong.
        """
        check = _Check()
        if isinstance(reserve, int):
            check.that(0 <= reserve <= 100, "", "reserve", reserve, _PERCENT)
            seats = reserved_of(market.q, max(0, min(reserve, 100)))
        else:
            right = len(reserve) == len(market.offers)
            check.that(right, "", "reserve", len(reserve), _LENGTH)
            seats = np.array(reserve if right else market.q * 0, np.int32)
            for at in np.flatnonzero((seats < 0) | (seats > market.q)):
                check.that(False, market.offers[at], "reserve", seats[at], _RESERVE)
        for tier in tiers:
            check.that(tier in range(NO_TIER), "", "tiers", tier, _TIERS)
        check.that(len(set(tiers)) == len(tiers), "", "tiers", ", ".join(map(str, tiers)), _OVERLAP)
        check.that(cap is None or cap >= 1, "", "cap", cap, _CAP)
        check.that(cap is None or cap_counts == OPEN, "", "cap_counts", cap_counts, _CROSSING)
        check.that(1 <= village_quota <= MOST_PARTNERS, "", "village_quota", village_quota, _QUOTA)
        check.done()
        return cls(
            places=market.q,
            reserve=seats,
            cap=np.full(len(market.offers), NO_CAP if cap is None else cap, np.int32),
            eligible=np.isin(market.tier, list(tiers)),
            region=market.reg,
            quota=np.full(len(market.villages), village_quota, np.int32),
        )


def reserved_of(places: Ints, percent: int) -> Ints:
    """i32: reserve seats, halves up; a single place is never reserved, since nobody else could then have it."""
    seats = (places.astype(np.int64) * percent * 2 + 100) // 200
    return np.where(places > 1, seats, 0).astype(np.int32)


class _Check:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def that(self, right: bool, row: str, name: str, value: object, words: tuple[str, str]) -> None:
        if not right:
            self.problems.append(Problem(row, name, str(value), *words))

    def done(self) -> None:
        if self.problems:
            raise BadInput(self.problems)
