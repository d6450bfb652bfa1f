"""Real processes at one door: one effect for one key, a turn for everybody, one unbroken chain."""

import pytest

pytestmark = pytest.mark.slow

KNOCK = """
import django, sys
django.setup()
from bermitra.foundation.accounts import actions
from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.commands.act import By
person = Person.objects.get(username="sekdes")
for n in range(int(sys.argv[2])):
    key = sys.argv[1] if int(sys.argv[2]) == 1 else f"{sys.argv[1]}-{n}"
    letter = actions.issue_letter(by=By.the_system(key), person=person, reason="phone")
print(letter.code)
"""
COUNT = """
import django
django.setup()
from bermitra.foundation.accounts.models import AccessLetter
from bermitra.foundation.journal.checkpoints import verify
verdict = verify()
print(AccessLetter.objects.count(), verdict.lines, verdict.sound)
"""


def test_eight_copies_of_one_request_have_one_effect(house):
    answers = house.run(*[house.start(KNOCK, "one-key", "1") for _ in range(8)])
    assert len(set(answers)) == 1
    assert house.run(house.start(COUNT)) == ["1 1 True"]


def test_eight_writers_all_get_their_turns_and_the_chain_holds(house):
    house.run(*[house.start(KNOCK, f"writer{n}", "25") for n in range(8)])
    assert house.run(house.start(COUNT)) == ["200 200 True"]
