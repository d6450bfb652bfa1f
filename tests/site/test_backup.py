"""A backup restored into an empty home: the same journal head, the same files, checkpoints still verify."""

import os

import pytest

from tests.house import House

pytestmark = pytest.mark.slow

WORK = """
import django
django.setup()
from hashlib import sha256
from django.conf import settings
from bermitra.foundation.accounts import actions
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import By
for n in range(12):
    actions.issue_letter(by=By.the_system(), person=Person.objects.get(username="sekdes"), reason="phone")
content = b"naskah"
name = sha256(content).hexdigest()
path = settings.BERMITRA_HOME / "files" / name[:2] / name[2:4] / name
path.parent.mkdir(parents=True)
path.write_bytes(content)
"""


@pytest.fixture
def kept(house, tmp_path):
    house.run(house.start(WORK))
    house.run(house.command("journal", "checkpoint"))
    house.run(house.command("backup", str(tmp_path / "cadangan")))
    found = sorted((tmp_path / "cadangan").iterdir())
    assert [p.name.partition(".")[2] for p in found] == ["keys.tar", "tar.gz"]
    return found[1], found[0]


@pytest.fixture
def empty(tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        (tmp_path / "baru").mkdir()
        house = House(tmp_path / "baru", os.environ.get("DATABASE_URL", ""))
        yield house
        house.close()


def test_everything_comes_back(house, kept, empty):
    archive, keys = kept
    said = empty.run(empty.command("restore", str(archive), str(keys)))
    assert said == ["Pulih: jurnal 12 baris, 1 berkas, utuh."]
    assert empty.run(empty.command("journal", "verify")) == house.run(house.command("journal", "verify"))
    assert (empty.home / "keys").stat().st_mode & 0o077 == 0
    again = empty.run(empty.command("restore", str(archive), str(keys)), fails=True)
    assert "sudah berisi" in again[0]


def test_a_broken_archive_changes_nothing(kept, empty):
    archive, keys = kept
    broken = archive.with_name("rusak.tar.gz")
    broken.write_bytes(archive.read_bytes()[:-500])
    assert "tidak dapat dibuka" in empty.run(empty.command("restore", str(broken), str(keys)), fails=True)[0]
    assert empty.run(empty.command("restore", str(archive), str(keys)))[0].startswith("Pulih")


def test_archives_are_for_their_owner_only(kept):
    assert [p.stat().st_mode & 0o777 for p in kept] == [0o600, 0o600]
