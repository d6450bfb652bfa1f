"""Two at once, in processes of their own: exactly one wins, and the other learns it."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

UP = """
import django, sys
django.setup()
from bermitra.foundation.commands import clock
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Refused
from bermitra.matching.models import Round, RoundRun
from bermitra.matching.rounds import actions, computing
from tests.matching.rounds import makers
from tests.people import People
people = People()
of = lambda: Round.objects.select_related("regency", "follows").get()
def won(does, *, at):
    try:
        with clock.at(at):
            does()
        print("won")
    except (NoSuchMove, Refused):
        print("lost")
"""
THROWN = "makers.a_thrown_round(people)\n"
OPEN = "makers.an_open_round(people)\n"
RUN = 'won(lambda: actions.run_round(by=people.by("dinas"), round=of()), at=makers.LOCKED)\n'
PUBLISH = 'won(lambda: actions.publish_round(by=people.by("dinas"), round=of()), at=makers.LOCKED)\n'
CLOSE = 'won(lambda: actions.close_invitations(by=people.by("dinas"), round=of()), at=makers.CHOOSING)\n'
JOIN = 'won(lambda: actions.join_round(by=people.by("kades"), side=makers.village(of())), at=makers.OPENED)\n'
WORK = """
with clock.at(makers.LOCKED):
    computing.compute_waiting()
"""
TOLD = """
of = of()
print(of.state, RoundRun.objects.filter(kind="result").count(),
      *(Event.objects.filter(verb=verb).count() for verb in ("round.run", "round.computed", "round.published")))
"""
JOINED = """
of = of()
print(of.state, makers.village(of).joined, Event.objects.filter(verb="round.joined").count())
"""


def test_of_two_officers_who_run_and_two_who_publish_one_each_wins(house):
    house.run(house.start(UP + THROWN))
    assert sorted(house.run(house.start(UP + RUN), house.start(UP + RUN))) == ["lost", "won"]
    house.run(house.start(UP + WORK), house.start(UP + WORK))  # two workers at the same piece of work
    assert sorted(house.run(house.start(UP + PUBLISH), house.start(UP + PUBLISH))) == ["lost", "won"]
    assert house.run(house.start(UP + TOLD)) == ["provisional 1 1 1 1"]


def test_an_answer_and_the_close_at_once_leave_no_half_of_either(house):
    house.run(house.start(UP + OPEN))
    said = house.run(house.start(UP + JOIN), house.start(UP + CLOSE))
    assert said[1] == "won"
    assert house.run(house.start(UP + JOINED)) in (["void None 0"], ["void True 1"])
    assert house.run(house.start(UP + JOIN)) == ["lost"]
