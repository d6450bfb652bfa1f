"""``bermitra demo`` as a newcomer types it: an empty place, a second time, a real instance, a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password

from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.journal.models import Event
from bermitra.site.demo.memory import Memory
from bermitra.site.demo.playing import play
from bermitra.site.demo.story import read
from tests.house import House
from tests.journeys.told import PASSWORD, with_places


@pytest.fixture
def empty_house(tmp_path, django_db_blocker) -> Iterator[House]:
    with django_db_blocker.unblock():
        house = House(tmp_path, os.environ.get("DATABASE_URL", ""))
        yield house
        house.close()


@pytest.mark.slow
def test_the_example_is_told_listed_told_no_second_time_and_begun_anew_when_asked(empty_house):
    first = listed(empty_house, "--no-serve")
    assert "Selesai dalam" in first and "TIGA KEMITRAAN" in first
    assert "SIAPA SIAPA" in first and "data 1 orang dihapus" in first and "jurnal tetap utuh" in first
    assert "ANTAR-DESA" in first and "/antar-desa/peraturan/" in first
    assert "200 dari 200 tindakan" in first and "209 dari 209 tindakan" in first
    pdfs = [Path(line.split(maxsplit=2)[2]) for line in first.splitlines() if "perjanjian PDF" in line]
    assert len(pdfs) == 3 and all(pdf.read_bytes().startswith(b"%PDF-") for pdf in pdfs)
    again = listed(empty_house, "--no-serve")
    assert without_time(again)[-60:] == without_time(first)[-60:]
    anew = listed(empty_house, "--no-serve", "--reset")
    assert codes(anew) and codes(anew) != codes(first)


@pytest.mark.slow
def test_a_real_instance_is_neither_played_in_nor_emptied(house):
    for words in (("demo", "--no-serve"), ("demo", "--no-serve", "--reset")):
        (said,) = house.run(house.command(*words), fails=True)
        assert "bukan contoh" in said
    (people,) = house.run(house.start(COUNT))
    assert int(people) > 10


COUNT = """
import django
django.setup()
from bermitra.foundation.accounts.models import Person
print(Person.objects.count())
"""


@pytest.mark.django_db
@pytest.mark.slow
def test_a_power_cut_between_the_act_and_its_note_costs_nothing(tmp_path):
    told, hashed = read("gates"), make_password(PASSWORD)
    story = replace(told, acts=told.acts[:60])
    with_places(story)
    path = tmp_path / "gates.json"
    whole = Memory(path)
    play(story, whole, hashed)
    lines, acts = Event.objects.count(), DoneAct.objects.count()
    late = Memory(path)
    late.finish(story.acts[-2].step)  # the last act was done, and the power went before its note was written
    play(story, Memory(path), hashed)
    assert (Event.objects.count(), DoneAct.objects.count()) == (lines, acts)


def listed(house: House, *words: str) -> str:
    out, err = (process := house.command("demo", *words)).communicate(timeout=600)
    assert process.returncode == 0, err
    return out


def without_time(listing: str) -> list[str]:
    return [line for line in listing.splitlines() if "Selesai dalam" not in line]


def codes(listing: str) -> list[str]:
    return [line for line in listing.splitlines() if "kode verifikasi" in line]
