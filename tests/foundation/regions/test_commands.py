"""``bermitra import regions`` and ``bermitra import idm`` as an operator meets them."""

import csv
import signal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.models import Region, RegisterLoad, VillageIndex
from tests.foundation.regions.conftest import COUNTRY

ROWS = [["code", "name"], *([code, name] for code, name in COUNTRY.items())]
INDEX = [
    ["kode", "kode_idm", "nama_idm", "iks", "ike", "ikl", "idm", "status"],
    ["33.04.19.2001", "33.04.19.2001", "PANDANARUM", "0.8", "0.9", "0.5333", "0.7444", "Maju"],
]


@pytest.fixture
def home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path
    return tmp_path


def run(*words: str, **options) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def answers(monkeypatch, word: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(f"{word}\n"))


@pytest.mark.django_db
def test_a_first_load_asks_nothing_and_a_second_changes_nothing(table, home):
    path = table(ROWS)
    said = run("import_regions", str(path))
    assert "  Kabupaten   7\n" in said and "  Semua      35\n" in said
    assert run("import_regions", str(path)).endswith("Tidak ada perubahan.\n")
    assert (RegisterLoad.objects.count(), Event.objects.count()) == (1, 1)
    assert not (home / "imports").exists()


@pytest.mark.django_db
def test_differences_are_shown_and_applied_only_when_agreed(table, home, monkeypatch):
    run("import_regions", str(table(ROWS)))
    decree = table([*ROWS, ["33.04.19.2004", "Pandanarum Wetan"], ["33.04.19.2005", "Lawen"]], "baru.csv")
    said = run("import_regions", str(decree))
    assert "Baru: 33.04.19.2005 Lawen (Pandanarum)" in said
    assert "Dimekarkan: 33.04.19.2004 Pandanarum Wetan (Pandanarum) dari 33.04.19.2001 Pandanarum (Pandanarum)" in said
    assert said.endswith("Tidak ada yang diubah. Untuk menerapkan, ulangi dengan --yes.\n")
    answers(monkeypatch, "tidak")
    run("import_regions", str(decree))
    assert Region.objects.count() == len(COUNTRY)
    answers(monkeypatch, "ya")
    run("import_regions", str(decree), decree="Kepmen 1/2026", since="2026-01-01")
    assert Region.objects.get(pk="33.04.19.2005").since.isoformat() == "2026-01-01"
    assert RegisterLoad.objects.last().decree == "Kepmen 1/2026"
    run("import_regions", str(table(ROWS)), yes=True)
    assert not Region.objects.get(pk="33.04.19.2005").active


@pytest.mark.django_db
def test_refused_rows_stand_in_a_file_of_their_own(table, home):
    said = run("import_regions", str(table([*ROWS, ["101012001", "Nol"], ["=1+2", "Rumus"]])))
    [path] = (home / "imports").iterdir()
    assert f"2 baris ditolak; baris dan alasannya: {path}" in said
    with path.open(encoding="utf-8-sig") as held:
        rows = list(csv.reader(held))
    assert rows[0] == ["berkas", "baris", "nilai", "alasan"]
    assert rows[1][:3] == ["wilayah.csv", "37", "101012001"] and "nol yang hilang" in rows[1][3]
    assert rows[2][2] == "'=1+2"
    assert Region.objects.count() == len(COUNTRY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"code,name\n33,Jawa Tengah\n", "code,name\n33,\xe9\n".encode("cp1252")]
)
def test_a_file_that_cannot_be_used_changes_nothing(tmp_path, home, content):
    path = tmp_path / "berkas.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"\.$"):
        run("import_regions", str(path))
    assert not Region.objects.exists() and not Event.objects.exists()


@pytest.mark.django_db
def test_a_terminal_sees_a_bar(table, home):
    out = Terminal()
    call_command("import_regions", str(table(ROWS)), stdout=out)
    assert "\r[" in out.getvalue() and "█" * 24 in out.getvalue() and "Selesai." in out.getvalue()


@pytest.mark.django_db
def test_an_index_needs_a_register_and_is_loaded_once(table, home, monkeypatch):
    path = table(INDEX, "idm_2024.csv")
    with pytest.raises(CommandError, match="Daftar wilayah masih kosong"):
        run("import_idm", str(path))
    run("import_regions", str(table(ROWS)))
    said = run("import_idm", str(path))
    assert "Indeks desa 2024:" in said and "Maju                          1" in said
    assert run("import_idm", str(path)).endswith("Tidak ada perubahan.\n")
    path = table([INDEX[0], [*INDEX[1][:7], "Mandiri"]], "idm_2024.csv")
    assert "1 desa sudah punya nilai lain untuk 2024." in run("import_idm", str(path))
    assert VillageIndex.objects.get().status_published == "Maju"
    said = run("import_idm", str(path), yes=True)
    assert "Status berbeda dari nilainya  1" in said
    assert VillageIndex.objects.get().status_published == "Mandiri"


COUNT = """
import django
django.setup()
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.models import NameList, Region, RegisterLoad
print(Region.objects.count(), RegisterLoad.objects.count(), NameList.objects.count(), Event.objects.count())
"""
STOPS_HALF_WAY = """
import django, os, signal, sys
django.setup()
from django.core.management import call_command
from bermitra.foundation.regions import actions, load
def stop(*_given):
    print("written, not committed", flush=True)
    signal.pause()
load._write_names = stop
call_command("import_regions", yes=True, stdout=open(os.devnull, "w"))
"""


@pytest.mark.slow
def test_a_load_that_is_killed_in_the_middle_leaves_nothing(house):
    before = house.run(house.start(COUNT))
    running = house.start(STOPS_HALF_WAY)
    assert running.stdout.readline() == "written, not committed\n"
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=60)
    assert house.run(house.start(COUNT)) == before == ["11 0 0 0"]
    house.run(house.command("import", "regions", "--yes"))
    # One more than the country: a kelurahan of the cast has a number that the register has moved away from.
    assert house.run(house.start(COUNT)) == ["91599 1 1 1"]
