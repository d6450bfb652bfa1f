"""The whole journal is checked; whoever changed, took away, added or swapped a line is found."""

import json
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from bermitra.foundation.journal.chain import GENESIS, body, chained
from bermitra.foundation.journal.checkpoints import make_checkpoint, verify
from bermitra.foundation.journal.guard import lower_guards
from bermitra.foundation.journal.models import Checkpoint, Event
from bermitra.foundation.journal.writing import Line, append


@pytest.fixture
def journal(real_transactions) -> None:
    """Twenty lines, a checkpoint after ten and after twenty; the guards are down, as they are for a database owner."""
    for part in range(2):
        for n in range(5):
            two = [Line("thing.made", f"thing:{part}{n}", "33.04", {"n": n}), Line("thing.shown", f"thing:{part}{n}")]
            append(two, act=f"ACT{part}{n}", at=timezone.now(), actor="P1", role="village_head", door="things.make")
        assert make_checkpoint(timezone.now()).size == (part + 1) * 10
    assert make_checkpoint(timezone.now()) is None
    lower_guards(connection)


def edit_body(seq):
    line = Event.objects.get(seq=seq)
    Event.objects.filter(seq=seq).update(body=line.body.replace("thing:", "thong:"))


def edit_column(seq):
    Event.objects.filter(seq=seq).update(actor="P2")


def delete(seq):
    Event.objects.filter(seq=seq).delete()


def truncate(seq):
    Event.objects.filter(seq__gte=seq).delete()


def swap(seq):
    other = seq % 20 + 1
    a, b = Event.objects.get(seq=seq), Event.objects.get(seq=other)
    for line, source in ((seq, b), (other, a)):
        Event.objects.filter(seq=line).update(body=source.body, hash=source.hash)


def back_date(seq):
    Event.objects.filter(seq=seq).update(at=timezone.now() - timezone.timedelta(days=400))


def recompute(seq):
    """Someone with the database's password changes a line and makes the rest of the chain fit."""
    previous = Event.objects.get(seq=seq - 1).hash if seq > 1 else GENESIS
    for line in Event.objects.filter(seq__gte=seq).order_by("seq"):
        told = json.loads(line.body)
        if line.seq == seq:
            told["actor"] = "P9"
        text = body(told)
        previous = chained(previous, text)
        Event.objects.filter(seq=line.seq).update(body=text, hash=previous, actor=told["actor"])


def insert(seq):
    Event.objects.create(
        seq=21, act="X", at=timezone.now(), actor="P1", door="d", verb="v", about="a", body="{}", hash="0" * 64
    )


TAMPERINGS = [edit_body, edit_column, delete, truncate, swap, back_date, recompute, insert]


def test_an_untouched_journal_is_sound(journal):
    verdict = verify()
    assert (verdict.sound, verdict.lines, verdict.checkpoints) == (True, 20, 2)
    assert verdict.head == Event.objects.get(seq=20).hash


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda each: each.__name__)
def test_each_tampering_is_found(journal, tamper):
    tamper(7)
    assert not verify().sound


def test_forged_checkpoints_are_found(journal):
    last = Checkpoint.objects.get(size=20)
    Checkpoint.objects.filter(size=20).update(note=last.note.replace("\n20\n", "\n19\n"))
    assert not verify().sound
    Checkpoint.objects.filter(size=20).update(note=last.note[:-8] + "AAAA==\n")
    assert not verify().sound


@pytest.mark.slow
def test_two_hundred_random_tamperings_are_all_found(journal):
    dice, found = random.Random(11), 0
    lines, points = list(Event.objects.order_by("seq")), list(Checkpoint.objects.all())
    for _ in range(200):
        dice.choice(TAMPERINGS)(dice.randint(1, 20))
        found += not verify().sound
        Event.objects.all().delete()
        Event.objects.bulk_create(lines)
        Checkpoint.objects.all().delete()
        Checkpoint.objects.bulk_create(points)
    assert found == 200


def test_the_command_says_so_and_fails(journal, capsys):
    call_command("journal_verify")
    assert "Jurnal utuh: 20 baris, 2 titik periksa." in capsys.readouterr().out
    edit_column(3)
    with pytest.raises(CommandError, match="Kolom baris 3 berbeda"):
        call_command("journal_verify")
