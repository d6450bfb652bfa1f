"""The verifier finds exactly what the definition finds, in results that were bent."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bermitra.matching.engine import verify as module
from bermitra.matching.engine.lists import NO_CAP
from bermitra.matching.engine.rounds import deferred_acceptance
from bermitra.matching.engine.verify import verify
from tests.matching.engine.small_rounds import Small, small_rounds


@settings(deadline=None)
@given(small_rounds(), st.data())
def test_it_agrees_with_the_definition_on_results_that_were_bent(market, data):
    edges, policy = market.edges(), market.policy()
    matched = deferred_acceptance(edges, policy)
    assert verify(edges, policy, matched).sound
    if len(matched):
        for at in data.draw(st.sets(st.integers(0, len(matched) - 1), min_size=1, max_size=3)):
            matched[at] = ~matched[at]
        assert verify(edges, policy, matched).sound == market.stable(market.held(matched))


@settings(deadline=None)
@given(small_rounds(), st.data())
def test_it_names_every_blocking_pair_of_a_result_within_its_bounds(market, data):
    edges, policy = market.edges(), market.policy()
    matched = deferred_acceptance(edges, policy)
    if matched.any():  # somebody loses a partner: within all bounds, and stable no more
        matched[data.draw(st.sampled_from(np.flatnonzero(matched).tolist()))] = False
    wanted = market.complaints(market.held(matched))
    report = verify(edges, policy, matched)
    assert (report.over_village, report.over_offer, report.cap) == (0, 0, 0)
    assert report.blocking == len(wanted)
    assert {(each.village, each.offer) for each in report.examples} <= set(wanted)
    assert len(report.examples) == min(5, len(wanted))


@settings(deadline=None)
@given(small_rounds(), st.lists(st.booleans(), min_size=40, max_size=40))
def test_it_counts_whoever_has_too_much_in_any_result(market, bits):
    edges, policy = market.edges(), market.policy()
    matched = np.array(bits[: len(edges.offer)], bool)
    held = market.held(matched)
    report = verify(edges, policy, matched)
    villages = range(len(market.wishes))
    assert report.over_village == sum(len(market.partners(held, v)) > market.quota for v in villages)
    assert report.over_offer == sum(len(each) > places for each, places in zip(held, market.places, strict=True))
    assert report.pairs == sum(map(len, held))


def test_a_right_to_a_reserve_seat_is_told_apart():
    market = Small(
        wishes=((0,), (0,)), ranks=((0, 1),), places=(1,), reserve=(1,), cap=(NO_CAP,), eligible=(False, True),
        region=(0, 0),
    )  # fmt: skip
    report = verify(market.edges(), market.policy(), np.array([True, False]))
    assert (report.blocking, report.reserve) == (1, 1)
    assert report.examples == ((1, 0, True),)
    unreserved = replace(market, reserve=(0,))
    assert verify(unreserved.edges(), unreserved.policy(), np.array([False, False])).reserve == 0


def test_a_cap_that_is_broken_is_counted():
    market = Small(
        wishes=((0,), (0,)),
        ranks=((0, 1),),
        places=(2,),
        reserve=(0,),
        cap=(1,),
        eligible=(False, False),
        region=(0, 0),
    )
    report = verify(market.edges(), market.policy(), np.array([True, True]))
    assert (report.cap, report.sound) == (1, False)


def test_a_result_of_another_length_is_refused():
    market = Small(((0,),), ((0,),), (1,), (0,), (NO_CAP,), (False,), (0,))
    with pytest.raises(ValueError, match="results"):
        verify(market.edges(), market.policy(), np.array([True, False]))


def test_it_imports_numpy_and_nothing_of_the_engine():
    tree = ast.parse(Path(module.__file__).read_text())
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert names == {"__future__", "dataclasses", "typing", "numpy"}
