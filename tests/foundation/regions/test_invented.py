"""Invented areas: for examples only, under codes that no register holds, and no load counts them or calls them gone."""

import pytest

from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.regions.actions import invent_example
from bermitra.foundation.regions.load import areas_in_force
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.register import read_register
from bermitra.foundation.rules import Refused

NAMES = ("Provinsi Contoh", "Kabupaten Contoh", "Kecamatan Contoh", "Mekar Contoh")


def test_FD_15_an_example_takes_no_code_of_the_register(people):
    with pytest.raises(Refused) as refused:
        invent_example(by=By.the_system(), code="33.04.19.2009", names=NAMES)
    assert refused.value.codes == ("FD-15",)
    assert not Region.objects.filter(pk="33.04.19.2009").exists()


def test_an_invented_village_stands_under_its_own_province_and_no_register_knows_it(people):
    before = areas_in_force()
    village = invent_example(by=By.the_system(), code="99.01.01.2001", names=NAMES)
    assert (village.name, village.kind, village.level) == ("Mekar Contoh", "desa", 4)
    assert [Region.objects.get(pk=code).name for code in ("99", "99.01", "99.01.01")] == list(NAMES[:3])
    assert areas_in_force() == before
    assert Region.objects.get(pk="99").villages == 0


def test_only_the_system_invents(people):
    with pytest.raises(NotAllowed):
        invent_example(by=people.by("dinas"), code="99.01.01.2001", names=NAMES)


def test_a_register_that_holds_an_example_code_has_that_row_refused(tmp_path):
    path = tmp_path / "wilayah.csv"
    path.write_text("code,name\n33,Jawa Tengah\n33.04,Kabupaten Banjarnegara\n99,Provinsi Contoh\n", encoding="utf-8")
    register = read_register(path)
    assert "99" not in register.areas
    assert [row.value for row in register.refused] == ["99"]
