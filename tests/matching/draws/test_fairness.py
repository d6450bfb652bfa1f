"""Equal chances, measured over a thousand throws through the draw's own functions, and two throws at once."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from bermitra.matching.draws import lots, queries
from tests.matching.draws import makers

SEEDS = 1_000


def throws(count: int) -> list[str]:
    """So many throws of sixteen dice, the same in every run."""
    dice = random.Random(20261127)
    return ["".join(str(dice.randint(1, 6)) for _ in range(16)) for _ in range(count)]


@pytest.mark.django_db
@pytest.mark.parametrize("quotas", [[], ["status"], ["district", "status"]])
def test_every_village_has_the_same_chance_over_a_thousand_throws(people, quotas):
    makers.villages(10)
    makers.villages(8, district="33.04.19", start=2010)
    draw = makers.committed(people, seats=7, quotas=quotas)
    rows = queries.rows_of(draw)
    listed = [each.listed_code for each in rows if each.number]
    got = Counter(code for thrown in throws(SEEDS) for code in lots.result_of(draw, rows, thrown).drawn.winners)
    assert sum(got.values()) == SEEDS * 7
    expected = SEEDS * 7 / len(listed)
    spread = (SEEDS * (7 / len(listed)) * (1 - 7 / len(listed))) ** 0.5
    far = {code: got[code] for code in listed if abs(got[code] - expected) > 4.5 * spread}
    assert not far, (expected, spread, far)


@pytest.mark.django_db
def test_neither_the_order_of_the_rows_nor_a_name_changes_who_wins(people):
    makers.villages(10)
    draw = makers.committed(people)
    rows = queries.rows_of(draw)
    first = lots.result_of(draw, rows, makers.FIGURES)
    assert lots.result_of(draw, list(reversed(rows)), makers.FIGURES).file == first.file
    assert lots.result_of(draw, rows, makers.FIGURES.replace(" ", "-")).drawn == first.drawn
    assert lots.result_of(draw, rows, "6" + makers.FIGURES[1:]).seed != first.seed


UP = """
import django
django.setup()
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.matching.models import Draw, DrawEntrant
from tests.matching.draws import makers
from tests.people import People
people = People()
"""
PUBLISH = """
makers.villages(20)
print(makers.committed(people).state)
"""
THROW = """
import sys
try:
    makers.throw(people, Draw.objects.select_related("regency", "partner").get(), thrown=sys.argv[1] * 20)
    print("thrown")
except NoSuchMove:
    print("too late")
"""
COUNT = """
draw = Draw.objects.get()
print(draw.state, len(set(draw.thrown)), draw.entrants.filter(drawn=True).count(),
      Event.objects.filter(verb="draw.thrown").count())
"""


def test_of_two_throws_at_once_one_counts(house):
    assert house.run(house.start(UP + PUBLISH)) == ["committed"]
    said = house.run(house.start(UP + THROW, "3"), house.start(UP + THROW, "5"))
    assert sorted(said) == ["thrown", "too late"]
    assert house.run(house.start(UP + COUNT)) == ["drawn 1 4 1"]
