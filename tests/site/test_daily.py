"""The daily round of a real instance: a step that fails is told, costs no other step its turn, and the command says so."""

from __future__ import annotations

import re

OLD_KEY = """
import django
django.setup()
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from bermitra.foundation.commands.models import DoneAct
DoneAct.objects.create(actor="x", key="x", door="x", asked="x", act="x", at=timezone.now() - timedelta(days=8))
"""
BREAK = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ALTER TABLE delivery_training RENAME TO delivery_training_elsewhere")
"""
KEYS = """
import django
django.setup()
from bermitra.foundation.commands.models import DoneAct
print(DoneAct.objects.count())
"""


def test_one_failing_step_is_told_and_the_others_are_done(house):
    house.run(house.start(OLD_KEY))
    assert house.run(house.command("daily")) != []
    assert house.run(house.start(KEYS)) == ["0"]

    house.run(house.start(OLD_KEY))
    house.run(house.start(BREAK))
    started = house.command("daily")
    said, complained = started.communicate(timeout=300)
    assert started.returncode == 1
    assert "Langkah “pendaftaran” gagal: " in complained
    assert re.search(r"\b1 dari \d+ langkah gagal", complained)
    assert "1 kunci permintaan lama dihapus." in said
    assert said.strip().endswith("isian tertunda dihapus.")
    assert house.run(house.start(KEYS)) == ["0"]
