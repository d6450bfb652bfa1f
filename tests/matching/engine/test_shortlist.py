"""Lists are exact, and the same however they were computed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bermitra.matching.engine import kernels, sweep
from bermitra.matching.engine.features import BadInput, encode
from bermitra.matching.engine.score import Weights
from bermitra.matching.engine.shortlist import Shortlist, Tickets, drawn, merge, shortlist
from tests.matching.engine.markets import OfferRow, VillageRow, random_rows, rows, scores_of, shuffled, weights

ARRAYS = ("v_offer", "v_score", "o_village", "o_score", "floor", "v_rank", "o_rank")
LARGE = random_rows(3, 700, 900)


def same(one: Shortlist, other: Shortlist) -> bool:
    return one.digest == other.digest and all(
        np.array_equal(getattr(one, each), getattr(other, each)) for each in ARRAYS
    )


def by_definition(villages, offers, weight, k, tickets: tuple[dict[str, int], dict[str, int]]):
    """Both sides' lists as (id, score), the lower ticket first where scores are alike."""
    scores = {(v.id, o.id): scores_of(v, o, weight) for v, o in product(villages, offers)}
    mine, theirs = {}, {}
    for v in villages:
        fits = [o.id for o in offers if scores[v.id, o.id][3] == 0]
        fits.sort(key=lambda o: (-scores[v.id, o][2], tickets[1][o]))
        mine[v.id] = [(o, scores[v.id, o][2]) for o in fits[:k]]
    for o in offers:
        fits = [v.id for v in villages if scores[v.id, o.id][3] == 0]
        fits.sort(key=lambda v: (-scores[v, o.id][2], tickets[0][v]))
        theirs[o.id] = [(v, scores[v, o.id][2]) for v in fits[:k]]
    return mine, theirs


def named(market, lists: Shortlist):
    mine = {
        code: [(market.offers[o], int(h)) for o, h in zip(row, scores, strict=True) if o >= 0]
        for code, row, scores in zip(market.villages, lists.v_offer, lists.v_score, strict=True)
    }
    theirs = {
        code: [(market.villages[v], int(h)) for v, h in zip(row, scores, strict=True) if v >= 0]
        for code, row, scores in zip(market.offers, lists.o_village, lists.o_score, strict=True)
    }
    return mine, theirs


@given(rows, weights, st.integers(1, 6), st.integers(0, 2**32))
def test_both_sides_have_exactly_their_best(drawn_rows, weight, k, seed):
    villages, offers = drawn_rows
    market = encode(villages, offers)
    tickets = shuffled(np.random.default_rng(seed), len(villages), len(offers))
    of = tuple(
        dict(zip(codes, each.tolist(), strict=True))
        for codes, each in zip((market.villages, market.offers), tickets, strict=True)
    )
    assert named(market, shortlist(market, weight, k, tickets)) == by_definition(villages, offers, weight, k, of)


@pytest.mark.parametrize("weight", [Weights(), Weights(70, 70, 30), Weights(100, 0, 0), Weights(0, 100, 0)])
@pytest.mark.parametrize("k", [1, 3, 20, 64])
def test_numba_and_numpy_give_the_same_bits(weight, k):
    market = encode(*LARGE)
    assert same(shortlist(market, weight, k, backend="numpy"), shortlist(market, weight, k, backend="numba"))


@settings(deadline=None)
@given(rows, weights, st.integers(1, 6))
def test_numba_and_numpy_agree_on_small_and_odd_markets(drawn_rows, weight, k):
    market = encode(*drawn_rows)
    assert same(shortlist(market, weight, k, backend="numpy"), shortlist(market, weight, k, backend="numba"))


def test_the_text_of_the_kernel_read_by_python_gives_the_same(monkeypatch):
    """What numba compiles is the ordinary function that stands there."""
    market = encode(*random_rows(5, 40, 30))
    compiled = shortlist(market, Weights(), 5, backend="numba")
    monkeypatch.setattr(kernels, "sweep", lambda: sweep.sweep)
    assert same(shortlist(market, Weights(), 5, backend="numba"), compiled)


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize(("held", "many"), [("AT_ONCE", 1), ("AT_ONCE", 1000), ("TILE", 1), ("TILE", 7), ("TILE", 300)])
def test_how_many_are_held_at_a_time_changes_nothing(backend, held, many, monkeypatch):
    market = encode(*random_rows(4, 60, 80))
    whole = shortlist(market, Weights(), 5, backend=backend)
    monkeypatch.setattr(f"bermitra.matching.engine.shortlist.{held}", many)
    assert same(shortlist(market, Weights(), 5, backend=backend), whole)


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("parts", [1, 2, 3, 7])
def test_parts_put_together_are_the_whole(backend, parts):
    market = encode(*random_rows(6, 90, 70))
    shares = [shortlist(market, Weights(), 6, backend=backend, part=(each, parts)) for each in range(parts)]
    assert same(merge(*shares), shortlist(market, Weights(), 6))
    assert same(merge(*reversed(shares)), shortlist(market, Weights(), 6))


def test_parts_of_different_inputs_are_not_put_together():
    market = encode(*random_rows(6, 9, 7))
    with pytest.raises(ValueError, match="different"):
        merge(shortlist(market, Weights(), 6, part=(0, 2)), shortlist(market, Weights(60, 60, 21), 6, part=(1, 2)))
    with pytest.raises(ValueError, match="none"):
        merge()


@given(rows, weights, st.integers(1, 6))
def test_a_shorter_list_is_the_beginning_of_a_longer_one(drawn_rows, weight, k):
    market = encode(*drawn_rows)
    short, long = shortlist(market, weight, k), shortlist(market, weight, k + 1)
    for name in ("v_offer", "v_score", "o_village", "o_score"):
        assert np.array_equal(getattr(short, name), getattr(long, name)[:, :k])


@given(rows, weights, st.integers(0, 2**32))
def test_names_do_not_matter(drawn_rows, weight, seed):
    """Other codes with the same tickets: the same lists under the other codes."""
    villages, offers = drawn_rows
    lots = np.random.default_rng(seed)
    tickets = shuffled(lots, len(villages), len(offers))
    numbers = lots.permutation(len(villages))
    new_village = {row.id: f"{row.regency}.02.{2001 + n}" for row, n in zip(villages, numbers, strict=True)}
    new_offer = {row.id: f"U{n}" for row, n in zip(offers, lots.permutation(len(offers)), strict=True)}
    market = encode(villages, offers)
    other = encode(
        [replace(row, id=new_village[row.id]) for row in villages],
        [replace(row, id=new_offer[row.id]) for row in offers],
    )
    moved = Tickets(
        np.array(
            [
                tickets.village[market.village_at[{new: old for old, new in new_village.items()}[c]]]
                for c in other.villages
            ]
        ),
        np.array(
            [tickets.offer[market.offer_at[{new: old for old, new in new_offer.items()}[c]]] for c in other.offers]
        ),
    )
    mine, theirs = named(market, shortlist(market, weight, 4, tickets))
    assert named(other, shortlist(other, weight, 4, moved)) == (
        {new_village[v]: [(new_offer[o], h) for o, h in row] for v, row in mine.items()},
        {new_offer[o]: [(new_village[v], h) for v, h in row] for o, row in theirs.items()},
    )


@given(rows, weights, st.data())
def test_what_another_village_says_never_changes_a_list(drawn_rows, weight, data):
    villages, offers = drawn_rows
    at = data.draw(st.integers(0, len(villages) - 1))
    changed = [*villages]
    changed[at] = replace(villages[at], needs=(100,) * 24, goals={1, 2, 3}, ask=(0, 1))
    before = named(encode(villages, offers), shortlist(encode(villages, offers), weight, 4))[0]
    after = named(encode(changed, offers), shortlist(encode(changed, offers), weight, 4))[0]
    assert all(after[row.id] == before[row.id] for row in villages if row.id != villages[at].id)


def test_pairs_with_no_points_stand_last_and_are_not_lost():
    village = VillageRow("33.04.01.2001", "33.04", needs=(50,) + (0,) * 23)
    offer = OfferRow("T1", abilities=(50,) + (0,) * 23, seeks=(100,) + (0,) * 15, everywhere=True)
    market = encode([village], [offer])
    for backend in ("numpy", "numba"):
        lists = shortlist(market, Weights(60, 60, 0), 2, backend=backend)
        assert lists.v_offer.tolist() == [[0, -1]]
        assert lists.v_score.tolist() == [[0, -1]]


def test_the_lower_ticket_goes_first():
    villages = [VillageRow(f"33.04.01.200{n}", "33.04", needs=(50,) + (0,) * 23, goals={1}) for n in range(4)]
    offers = [OfferRow(f"T{n}", abilities=(50,) + (0,) * 23, goals={1}, everywhere=True) for n in range(3)]
    market = encode(villages, offers)
    tickets = Tickets(np.array([7, 2**63, 3, 5], np.uint64), np.array([9, 4, 6], np.uint32))
    for backend in ("numpy", "numba"):
        lists = shortlist(market, Weights(), 3, tickets, backend=backend)
        assert (lists.v_offer == [1, 2, 0]).all()
        assert (lists.o_village == [2, 3, 0]).all()


def test_the_digest_is_of_all_that_went_in():
    market = encode(*random_rows(7, 9, 7))
    tickets = drawn(market, "lain")
    ways = [
        shortlist(market, Weights(), 5),
        shortlist(market, Weights(), 6),
        shortlist(market, Weights(61, 60, 20), 5),
        shortlist(market, Weights(60, 61, 20), 5),
        shortlist(market, Weights(60, 60, 21), 5),
        shortlist(market, Weights(), 5, tickets),
        shortlist(encode(*random_rows(8, 9, 7)), Weights(), 5),
    ]
    assert len({each.digest for each in ways}) == len(ways)
    assert shortlist(market, Weights(), 5, backend="numba").digest == ways[0].digest


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"k": 0}, "k"),
        ({"k": 2.0}, "k"),
        ({"part": (2, 2)}, "part"),
        ({"part": (-1, 2)}, "part"),
        ({"tickets": Tickets(np.array([1, 1], np.uint32), np.array([1], np.uint32))}, "village"),
        ({"tickets": Tickets(np.array([1, 2], np.uint32), np.array([1, 2], np.uint32))}, "offer"),
    ],
)
def test_what_cannot_be_computed_is_refused_by_name(given_, field):
    with pytest.raises(BadInput) as refused:
        shortlist(encode(*random_rows(7, 2, 1)), Weights(), **given_)
    assert [each.field for each in refused.value.problems] == [field]


def test_an_unknown_way_of_computing_is_refused():
    with pytest.raises(ValueError, match="fortran"):
        shortlist(encode(*random_rows(7, 2, 1)), Weights(), backend="fortran")


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_empty_sides_have_empty_lists(backend):
    villages, offers = random_rows(7, 3, 2)
    assert (shortlist(encode(villages, []), Weights(), 4, backend=backend).v_offer == -1).all()
    assert (shortlist(encode([], offers), Weights(), 4, backend=backend).o_village == -1).all()
