"""A backup of an earlier release comes back with today's code: tables brought up to date, guards up, journal true, work goes on."""

import json
import os
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.house import House
from tests.site.previous.make import KEY

pytestmark = pytest.mark.slow

PREVIOUS = Path(__file__).with_name("previous")
RELEASES = sorted({path.name.split("-")[0] for path in PREVIOUS.glob("*.tar.xz")})
LINES, FILES = 577, 8  # of the one story that every release tells

# What stands after the migrations, as one line of JSON.
LOOK = """
import json
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from bermitra.foundation.journal.guard import standing_triggers, wanted_triggers
call_command("check", databases=["default"])
call_command("migrate", check_unapplied=True, verbosity=0)
tables = {name: table for name, (table, _event) in wanted_triggers().items()}
print(json.dumps({"missing": sorted(set(tables) - standing_triggers(connection)), "guarded": len(set(tables.values()))}))
"""

# Two kept lines are attacked, an officer raises a flag (a table that came later), and pages of what was there are opened.
GO_ON = """
import json
from datetime import UTC, datetime
import django
django.setup()
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case
from bermitra.registry import actions
from bermitra.registry.models import Partner
call_command("collectstatic", verbosity=0, interactive=False)
refused = 0
for attack in ("UPDATE journal_event SET body = 'x' WHERE seq = 1", "DELETE FROM selection_score"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)
    except DatabaseError:
        refused += 1
case = Case.objects.get()
with clock.at(datetime(2026, 3, 2, 3, 0, tzinfo=UTC)):
    officer = Person.objects.get(username="kerjasama.dpmd-banjarnegara")
    flag = actions.raise_flag(
        by=By(person=officer, key="sesudah-pulih", confirmed_at=clock.real_now()), region=Region.objects.get(pk="33.04"),
        partner=Partner.objects.get(pk=case.partner_id), kind="illegal_levy",
        seen="Warga dimintai iuran tanpa dasar.", source="Buku agenda dinas",
    )
visitor = Client(SERVER_NAME="127.0.0.1")
pages = [
    "/", f"/kemitraan/{case.code}/", f"/kemitraan/{case.code}/perjanjian/", f"/desa/{case.village_id}/",
    f"/mitra/{flag.partner.code}/", "/.well-known/checkpoint",
]
print(json.dumps({
    "refused": refused, "last": Event.objects.order_by("-seq").values_list("seq", "verb").first(),
    "pages": {page: visitor.get(page).status_code for page in pages},
}))
"""


@pytest.fixture
def restored(release, tmp_path, django_db_blocker):
    """An empty instance into which the backup of the release was restored, on the kind of database under test."""
    (tmp_path / "home").mkdir()
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "checkpoint").write_text(KEY, encoding="ascii")
    with tarfile.open(tmp_path / "keys.tar", "w") as out:
        out.add(tmp_path / "keys", "keys")
    with django_db_blocker.unblock():
        house = House(tmp_path / "home", os.environ.get("DATABASE_URL", ""))
        archive = PREVIOUS / f"{release}-{connection.vendor}.tar.xz"
        said = house.run(house.command("restore", str(archive), str(tmp_path / "keys.tar")))
        assert said == [f"Pulih: jurnal {LINES} baris, {FILES} berkas, utuh."]
        yield house
        house.close()


@pytest.mark.parametrize("release", RELEASES)
def test_a_backup_of_an_earlier_release_comes_back_and_goes_on(restored):
    (stands,) = restored.run(restored.start(LOOK))
    assert json.loads(stands)["missing"] == [] and json.loads(stands)["guarded"] > 20
    before = restored.run(restored.command("journal", "verify"))
    (went_on,) = restored.run(restored.start(GO_ON))
    after = json.loads(went_on)
    assert after["refused"] == 2
    assert after["last"] == [LINES + 1, "flag.raised"]
    assert set(after["pages"].values()) == {200}, after["pages"]
    restored.run(restored.command("journal", "checkpoint"))
    assert restored.run(restored.command("journal", "verify")) != before


def test_there_is_a_backup_for_each_kind_of_database():
    assert RELEASES
    assert {path.name for path in PREVIOUS.glob("*.tar.xz")} == {
        f"{release}-{kind}.tar.xz" for release in RELEASES for kind in ("sqlite", "postgresql")
    }
