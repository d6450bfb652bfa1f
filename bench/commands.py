"""``make bench NAME=commands``: the command door against the same rows in one bare durable transaction (P20).

One act writes one row of the domain, one of the done acts and one line of the journal; the floor writes the same three
through the ORM. Then eight processes knock without pause: how many acts a second, and who waited longest. With
``DATABASE_URL`` on an empty PostgreSQL the same is measured there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from uuid import uuid4

from bench.common import Report, alternately, middle, own_home, seconds

ACTS = 200
WRITERS, WRITER_SECONDS = 8, 5
PREPARE = ("migrate", "createcachetable")
KNOCK_WITHOUT_PAUSE = """
import sys, time
import django
django.setup()
from bermitra.foundation.accounts import actions
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import By
person, until = Person.objects.get(username="sekdes"), float(sys.argv[1])
while time.time() < until - {seconds}:
    time.sleep(0.005)
count, worst = 0, 0.0
while (start := time.time()) < until:
    actions.issue_letter(by=By.the_system(), person=person, reason="phone")
    worst, count = max(worst, time.time() - start), count + 1
print(count, worst)
"""


def main() -> None:
    with own_home():
        from django.core.management import call_command
        from django.db import connection

        for word in PREPARE:
            call_command(word, verbosity=0)
        from tests.people import settle

        person = settle().sekdes
        report = Report(f"commands on {connection.vendor}")
        taken = alternately({"bare": lambda: _bare(person), "door": lambda: _door(person)})
        for name, times in taken.items():
            report.times(f"{ACTS} acts, {name}", times)
        report.goal("P20-ratio", middle(taken["door"]) / middle(taken["bare"]), 2)
        rate, worst = _eight_writers()
        sqlite = connection.vendor == "sqlite"
        report.goal("P20-8-writers", rate, 500 if sqlite else 150, more_is_better=True, unit="/s")
        report.goal("P20-8-worst", worst, 0.5 if sqlite else 1, unit=" s")
        report.end()


def _door(person: object) -> float:
    from bermitra.foundation.accounts import actions
    from bermitra.foundation.commands.act import By

    def work() -> None:
        for _ in range(ACTS):
            actions.issue_letter(by=By.the_system(), person=person, reason="phone")

    return seconds(work)


def _bare(person: object) -> float:
    """The rows of the same act, without permission, rule, fingerprint or turn."""
    from datetime import timedelta

    from django.db import transaction
    from django.utils import timezone

    from bermitra.foundation.accounts.models import AccessLetter
    from bermitra.foundation.commands.models import DoneAct
    from bermitra.foundation.journal.writing import Line, append

    def one() -> None:
        now = timezone.now()
        with transaction.atomic(durable=True):
            done = DoneAct.objects.create(actor="system", key=uuid4().hex, door="bench", asked="", act="bench", at=now)
            AccessLetter.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
            letter = AccessLetter.objects.create(
                person=person, reason="phone", nonce=uuid4().hex, issued_at=now, issued_by="system",
                expires_at=now + timedelta(days=30),
            )  # fmt: skip
            done.answer = ["accounts.accessletter", letter.pk]
            done.save(update_fields=["answer"])
            line = Line("bench", f"accessletter:{letter.code}")
            append([line], act="bench", at=now, actor="system", role="system", door="bench")

    return seconds(lambda: [one() for _ in range(ACTS)])


def _eight_writers() -> tuple[float, float]:
    """(acts a second, longest wait in seconds) of eight processes that never pause."""
    import time

    until = time.time() + WRITER_SECONDS + 6  # all have started by then
    program = KNOCK_WITHOUT_PAUSE.format(seconds=WRITER_SECONDS)
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(until)], env=dict(os.environ), stdout=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]  # fmt: skip
    answers = [each.communicate(timeout=60)[0].split() for each in started]
    return sum(int(a[0]) for a in answers) / WRITER_SECONDS, max(float(a[1]) for a in answers)


if __name__ == "__main__":
    main()
