"""Races in processes of their own: one of two wins, or both in an order that can be told, and nothing else.

``make races`` runs a thousand of each kind, and there every outcome that may come does come; the suite runs some of each.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter

import pytest

pytestmark = pytest.mark.slow

THOUSAND = 1_000
RACES = int(os.environ.get("BERMITRA_RACES", "24"))
AT_ONCE = 250  # of a thousand a program runs a quarter: on a busy machine each has its time
RUN = """
import django, json, sys
from django.conf import settings
settings.COMMAND_WITNESS = "tests.selection.racing.unwatched"
django.setup()
from importlib import import_module
told = import_module(sys.argv[1]).KINDS[sys.argv[2]]
print(json.dumps(told.raced([int(each) for each in sys.argv[3:]]) if len(sys.argv) > 4 else told.prepare(int(sys.argv[3]))))
"""


def raced(house, name: str, *may: str, of: str = "tests.selection.raced") -> None:
    """Every race ends in one of the outcomes that ``may`` come; what is none of them begins with ``third``."""
    (said,) = house.run(house.start(RUN, of, name, str(RACES)))
    rows, found = [str(each) for each in json.loads(said)], Counter[str]()
    start = time.perf_counter()
    for at in range(0, RACES, AT_ONCE):
        (said,) = house.run(house.start(RUN, of, name, *rows[at : at + AT_ONCE]))
        found += Counter(json.loads(said))
    print(f"{name}: {RACES} races in {time.perf_counter() - start:.0f} s, {dict(found)}")
    assert found.total() == RACES
    assert found.keys() <= set(may)
    if RACES >= THOUSAND:
        assert found.keys() == set(may)


def test_a_proposal_at_the_deadline_is_sealed_before_the_close_or_not_at_all(house):
    raced(house, "deadline", "sealed, then closed", "closed, and late", "closed, and as sent before")


def test_two_scorers_and_the_reveal_at_once_leave_every_score_once_and_reveal_all_or_nothing(house):
    raced(house, "two_scorers", "all scored, revealed", "all scored, not revealed")


def test_one_scorer_who_sends_twice_has_scored_once(house):
    raced(house, "one_scorer_twice", "scored once, revealed", "scored once, not revealed")


def test_nothing_is_awarded_over_an_objection_that_came_first(house):
    raced(house, "award", "awarded, nothing filed", "filed and upheld, nothing awarded")
