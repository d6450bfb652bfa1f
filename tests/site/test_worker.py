"""``bermitra worker`` leaves the process as it found it, and ends its round when it is told to stop."""

import os
import signal

from django.core.management import call_command

from bermitra.site.management.commands.worker import asked_to_stop


def test_a_round_gives_the_signals_back(people):
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    call_command("worker", once=True)
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


def test_a_signal_to_end_is_heard_and_ends_nothing_by_itself():
    with asked_to_stop() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(5)
