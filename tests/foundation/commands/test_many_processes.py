"""Real processes at one door: one effect for one key, a turn for everybody, one unbroken chain."""

import os
import subprocess
import sys

import pytest
from django.db import connection

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
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.people import settle
settle()
"""
COUNT = """
import django
django.setup()
from bermitra.foundation.accounts.models import AccessLetter
from bermitra.foundation.journal.checkpoints import verify
verdict = verify()
print(AccessLetter.objects.count(), verdict.lines, verdict.sound)
"""


@pytest.fixture
def house(tmp_path, django_db_blocker):
    """An instance of its own on the kind of database under test; eight processes share it."""
    env = {
        **os.environ,
        "BERMITRA_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "bermitra.site.settings",
        "PYTHONPATH": ".",
    }
    name = f"house_{os.getpid()}"
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgresql"):
        with django_db_blocker.unblock(), connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
        head, _, query = url.partition("?")
        env["DATABASE_URL"] = f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")

    def start(program: str, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", program, *words]
        return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(*started: subprocess.Popen[str]) -> list[str]:
        answers = [each.communicate(timeout=120) for each in started]
        assert [e for e, (_out, err) in zip(started, answers, strict=True) if e.returncode] == [], answers
        return [out.split("\n")[-2] for out, _err in answers if out]

    run(start(PREPARE))
    yield start, run
    if url.startswith("postgresql"):
        with django_db_blocker.unblock(), connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def test_eight_copies_of_one_request_have_one_effect(house):
    start, run = house
    answers = run(*[start(KNOCK, "one-key", "1") for _ in range(8)])
    assert len(set(answers)) == 1
    assert run(start(COUNT)) == ["1 1 True"]


def test_eight_writers_all_get_their_turns_and_the_chain_holds(house):
    start, run = house
    run(*[start(KNOCK, f"writer{n}", "25") for n in range(8)])
    assert run(start(COUNT)) == ["200 200 True"]
