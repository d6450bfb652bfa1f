"""After an erasure nothing planted is left: in the database's own files, in files, in a backup, in what it restores to."""

import json
import os
import sqlite3
import tarfile

import pytest
from django.db import connection

from tests.foundation.personal.makers import ACCOUNT, NIK, PHONE
from tests.house import House

pytestmark = pytest.mark.slow

START = """
import json, sys
import django
django.setup()
from django.db import connection
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.personal import actions, vault
from bermitra.foundation.personal.models import DataKey, PersonalValue
from bermitra.foundation.personal.subjects import Subject
from tests.foundation.personal import makers
from tests.people import People
people = People({each.username: each for each in Person.objects.all()})
kades = people.held.get("kades")
def crowd(first, last):
    # Others before and after: pages of the file split and move what lies on them.
    for n in range(first, last):
        someone = Person.objects.create(
            username=f"orang{n}", full_name=f"Orang {n}", created_at=clock.now(), phone=f"+62811{n:07}")
        key = DataKey(person=someone, made_at=clock.now())
        key.wrapped = vault.wrapped_key(key.code)
        key.save()
        PersonalValue.objects.create(key=key, kind="account", purpose="payment", basis="consent", kept_at=clock.now(),
            sealed=vault.seal(key.wrapped, key.code, "account", b"9" * (n % 400)), kept_by="system")
"""
PLANT = (
    START
    + """
crowd(0, 300)
kades.phone, kades.email = makers.PHONE, "sutrisno.rahasia@contoh.desa.id"
kades.full_name = "Sutrisno Hadiningratkusuma"
kades.save()
makers.a_nik(people)
picture = makers.a_picture("maroon")
makers.a_scan(people, picture=picture)
act = Act(By.the_system(), "registry.record_account", "system", clock.now(), "OUTERACT01")
actions.keep_account(by=act, subject=Subject.of_person(kades), number=Secret(makers.ACCOUNT))
value = PersonalValue.objects.get(key__person=kades, kind="nik")
actions.look_at_value(by=people.by("dinas"), value=value, reason="Mencocokkan tanda tangan pada naskah asli")
crowd(300, 600)
values = list(PersonalValue.objects.filter(key__person=kades).select_related("key"))
print(json.dumps({
    "wrapped": bytes(values[0].key.wrapped).hex(),
    "sealed": [bytes(each.sealed).hex() for each in values],
    "prints": [each.fingerprint for each in values if each.fingerprint],
    "scan": picture.content.hex(),
}))
"""
)
ERASE = (
    START
    + """
actions.request_erasure(by=people.by("kades"), person=kades)
Appointment.objects.filter(person=kades).update(state="ended")
actions.erase_person(by=people.by("dinas"), person=kades, told=True)
print(json.dumps(DataKey.objects.count()))
"""
)
AGAIN = 'print(json.dumps(Event.objects.filter(verb="personal_data.erased_again").count()))'
WRITTEN = (
    START
    + """
told = []
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT * FROM "{table}"')
        for row in cursor.fetchall():
            told += [bytes(v).hex() if isinstance(v, bytes | memoryview) else str(v) for v in row]
print(json.dumps(" ".join(told)))
"""
)
EXPORT = (
    START
    + """
from bermitra.foundation.personal.export import bundle
print(json.dumps(bundle(people.dinas, clock.now()).hex()))
"""
)


def answer(house: House, program: str):
    return json.loads(house.run(house.start(program))[0])


def sought(planted: dict) -> list[bytes]:
    """In the clear, sealed, and what opens or proves it."""
    plain = [NIK, ACCOUNT, PHONE, "sutrisno.rahasia", "Hadiningratkusuma", "Mencocokkan tanda tangan pada naskah"]
    sealed = [planted["wrapped"], *planted["sealed"]]
    return [
        *(each.encode() for each in [*plain, *planted["prints"]]),
        bytes.fromhex(planted["scan"])[200:],  # every picture of this size begins alike
        *(bytes.fromhex(each) for each in sealed),
        *(each.encode() for each in sealed),
    ]


def on_disk(house: House) -> bytes:
    """Everything under the home but the static files: database with its log, files, keys."""
    found = (each for each in sorted(house.home.rglob("*")) if each.is_file() and "static" not in each.parts)
    return b"".join(each.read_bytes() for each in found)


def kept_open(house: House) -> sqlite3.Connection | None:
    """As by a server that goes on: the last one to close an SQLite file empties its log anyway."""
    if connection.vendor != "sqlite":
        return None
    server = sqlite3.connect(house.home / "db" / "bermitra.sqlite3")
    server.execute("SELECT count(*) FROM accounts_person").fetchall()
    return server


def found_in(content: bytes, wanted: list[bytes]) -> list[bytes]:
    return [each[:40] for each in wanted if each in content]


def test_nothing_planted_is_left_after_an_erasure(house, tmp_path, django_db_blocker):
    planted = answer(house, PLANT)
    wanted = sought(planted)
    before = answer(house, WRITTEN).encode()
    assert found_in(before, [planted["wrapped"].encode(), PHONE.encode()])  # the search does find what is there
    assert not found_in(before, [NIK.encode(), ACCOUNT.encode(), planted["scan"].encode()])  # in the clear: never
    server = kept_open(house)
    if server is not None:
        assert found_in(on_disk(house), [bytes.fromhex(planted["wrapped"])])
    house.run(house.command("journal", "checkpoint"))
    house.run(house.command("journal", "verify"))

    assert answer(house, ERASE) == 600
    house.run(house.command("journal", "verify"))
    assert found_in(answer(house, WRITTEN).encode(), wanted) == []
    assert found_in(bytes.fromhex(answer(house, EXPORT)), wanted) == []
    if server is not None:
        assert found_in(on_disk(house), wanted) == []
        server.close()

    house.run(house.command("backup", str(tmp_path / "cadangan")))
    keys, archive = sorted((tmp_path / "cadangan").iterdir())
    for each in (keys, archive):
        with tarfile.open(each) as held:
            content = b"".join(held.extractfile(one).read() for one in held if one.isfile())
        assert found_in(content, wanted) == []
    with django_db_blocker.unblock():
        (tmp_path / "baru").mkdir()
        again = House(tmp_path / "baru", os.environ.get("DATABASE_URL", ""))
        try:
            again.run(again.command("restore", str(archive), str(keys)))
            assert found_in(answer(again, WRITTEN).encode(), wanted) == []
        finally:
            again.close()


def test_what_was_not_erased_still_opens_after_a_restore(house, tmp_path, django_db_blocker):
    answer(house, PLANT)
    house.run(house.command("backup", str(tmp_path / "cadangan")))
    keys, archive = sorted((tmp_path / "cadangan").iterdir())
    with django_db_blocker.unblock():
        (tmp_path / "baru").mkdir()
        again = House(tmp_path / "baru", os.environ.get("DATABASE_URL", ""))
        try:
            again.run(again.command("restore", str(archive), str(keys)))
            opened = 'print(json.dumps(PersonalValue.objects.get(key__person=kades, kind="nik").opened().decode()))'
            assert answer(again, START + opened) == NIK
        finally:
            again.close()


def test_an_older_backup_does_not_bring_back_who_was_erased_after_it(house, tmp_path, django_db_blocker):
    """The newest archive of the keys holds the list, and so does the place it is put back into."""
    planted = answer(house, PLANT)
    wanted = sought(planted)
    house.run(house.command("backup", str(tmp_path / "lama")))
    old_keys, old_archive = sorted((tmp_path / "lama").iterdir())
    answer(house, ERASE)
    house.run(house.command("backup", str(tmp_path / "baru")))
    new_keys = sorted((tmp_path / "baru").iterdir())[0]
    listed = (house.home / "keys" / "erased").read_text()
    for number, (keys, on_the_spot) in enumerate([(new_keys, ""), (old_keys, listed), (old_keys, "")]):
        with django_db_blocker.unblock():
            (tmp_path / f"rumah{number}" / "keys").mkdir(parents=True)
            again = House(tmp_path / f"rumah{number}", os.environ.get("DATABASE_URL", ""))
            try:
                (again.home / "keys" / "erased").write_text(on_the_spot)
                said = again.run(again.command("restore", str(old_archive), str(keys)))
                assert said[0].startswith("Pulih")
                back = found_in(answer(again, WRITTEN).encode(), wanted)
                assert bool(back) == (number == 2)  # with the old list alone nobody could know
                again.run(again.command("journal", "verify"))
                lines = answer(again, START + "from bermitra.foundation.journal.models import Event\n" + AGAIN)
                assert lines == (0 if number == 2 else 1)
            finally:
                again.close()
