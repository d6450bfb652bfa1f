"""The whole country: what ships, what it is compared with, and the index of 2024."""

import csv
import gzip
from collections import Counter
from datetime import date

import pytest

from bermitra.foundation.commands.act import By
from bermitra.foundation.regions.actions import import_index, import_register
from bermitra.foundation.regions.diff import differences
from bermitra.foundation.regions.index import read_index
from bermitra.foundation.regions.load import plan_index, plan_register
from bermitra.foundation.regions.models import Region, VillageIndex
from bermitra.foundation.regions.queries import counts, search
from bermitra.foundation.regions.register import SHIPPED, Register, key_of, read_register

LEVELS = {2: 38, 5: 514, 8: 7_285, 13: 83_762}


@pytest.fixture(scope="module")
def shipped():
    return read_register(SHIPPED)


@pytest.fixture
def nation(db, shipped):
    import_register(by=By.the_system(), plan=plan_register(shipped, decree="Kepmendagri", day=date(2025, 4, 25)))


def index_rows(data) -> list[dict[str, str]]:
    with gzip.open(data / "idm" / "idm_2024.csv.gz", "rt", encoding="utf-8") as held:
        return list(csv.DictReader(held))


def test_what_ships_is_the_whole_country(shipped):
    assert Counter(map(len, shipped.areas)) == LEVELS and shipped.refused == []
    kinds = Counter(kind for _name, kind in shipped.areas.values())
    assert (kinds["desa"], kinds["kelurahan"], kinds["desa_adat"]) == (75_252, 8_496, 14)


@pytest.mark.data
def test_what_ships_has_the_codes_of_the_public_register(shipped, data):
    public = read_register(data / "wilayah")
    assert public.refused == [] and shipped.areas.keys() == public.areas.keys()
    changed = differences(shipped.areas, public.areas)
    assert len(changed.renamed) == 57 and not changed.new and not changed.gone and not changed.moved
    assert all(shipped.areas[code][1] == public.areas[code][1] for code in public.areas)


@pytest.mark.slow
def test_the_country_in_the_database(nation, shipped):
    assert Counter(Region.objects.values_list("level", flat=True)) == {1: 38, 2: 514, 3: 7_285, 4: 83_762}
    assert counts()["villages"] == sum(Region.objects.filter(level=1).values_list("villages", flat=True)) == 83_762
    assert not plan_register(shipped, decree="", day=date(2025, 4, 25)).found
    hits = search("Pandanarum, Kebumen")
    assert hits.found == ()
    assert [each.region.code for each in hits.elsewhere if each.region.level == 4] == [
        "33.04.19.2001", "33.26.15.2003", "35.05.12.2001", "35.08.05.2013", "35.16.03.2020",
    ]  # fmt: skip
    assert {"Pandansari", "Pandanlor"} <= {each.region.name for each in hits.near}
    assert {each.region.code[:5] for each in hits.near} == {"33.05"}
    assert len(search("Sukamaju", limit=200).found) == 120


@pytest.mark.slow
def test_the_real_numbers_that_were_handed_on_in_papua_barat_daya(db, shipped):
    """Sorong Selatan, Raja Ampat, Tambrauw and Maybrat as the index of 2024 still numbers them, then as the decree does."""
    before = {"96.02": "96.04", "96.03": "96.05", "96.04": "96.09", "96.05": "96.10"}
    areas = {before.get(code[:5], code[:5]) + code[5:]: area for code, area in shipped.areas.items()}
    old = Register("lama.csv", "0" * 64, areas)
    import_register(by=By.the_system(), plan=plan_register(old, decree="lama", day=date(2023, 1, 1)))
    VillageIndex.objects.create(village_id="96.05.01.2001", year=2024, idm=1, published_code="96.05.01.2001")
    plan = plan_register(shipped, decree="baru", day=date(2025, 4, 25))
    assert plan.found.counts() == {"new": 0, "renamed": 0, "moved": 815, "split": 0, "gone": 0}
    import_register(by=By.the_system(), plan=plan)
    held = dict(Region.objects.filter(active=True).values_list("code", "name"))
    assert held == {code: name for code, (name, _kind) in shipped.areas.items()}
    assert VillageIndex.objects.get().village_id == "96.03.01.2001"


@pytest.mark.data
@pytest.mark.slow
def test_the_index_of_2024_in_the_database(nation, shipped, data):
    index = read_index(data / "idm" / "idm_2024.csv.gz", shipped.areas)
    import_index(by=By.the_system(), plan=plan_index(index))
    plan = plan_index(index)
    assert (len(plan.new), len(plan.changed), plan.unchanged) == (0, 0, 75_250)
    assert VillageIndex.objects.filter(village__code__startswith="33.05.").count() == 449
    [flagged] = [each for each in VillageIndex.objects.exclude(status_published="").iterator() if each.contradicts]
    assert (flagged.village_id, flagged.idm, flagged.status_published, flagged.status_by_threshold) == (
        "62.13.06.2003", 7410, "Berkembang", "Maju",
    )  # fmt: skip


@pytest.mark.data
def test_not_one_village_of_papua_barat_daya_has_the_index_of_another(shipped, data):
    """Each row of 2024 stands at a village of its own name, or at one whose name nobody else in the regency has."""
    published = {row["kode_idm"]: row for row in index_rows(data)}
    index = read_index(data / "idm" / "idm_2024.csv.gz", shipped.areas)
    assert (len(index.rows), len(index.refused)) == (75_250, 15)
    here = {code: key_of(*area) for code, area in shipped.areas.items() if code.startswith("96.") and len(code) == 13}
    for row in index.rows:
        if row[0] in here and key_of(published[row[8]]["nama_idm"]) != here[row[0]]:
            name = key_of(published[row[8]]["nama_idm"])
            assert [code for code, key in here.items() if code[:5] == row[0][:5] and key == name] == [], row
    # Four joins of the public file give a village the row of a namesake's neighbour; the names tell, and they are refused.
    assert {each.value.split(" ", 1)[1] for each in index.refused if "adalah nama desa" in each.reason} == {
        "BATU LUBANG", "BATU LUBANG PANTAI", "KLASIN", "KLAOS",
    }  # fmt: skip


@pytest.mark.data
def test_the_old_numbers_alone_attach_no_village_wrongly(shipped, data, tmp_path):
    """The same file as the ministry publishes it, without the join: what is taken is what the join says."""
    path = tmp_path / "idm_2024.csv"
    columns = ["kode_idm", "nama_idm", "iks", "ike", "ikl", "idm", "status"]
    rows = index_rows(data)
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.DictWriter(out, columns, extrasaction="ignore")
        lines.writeheader()
        lines.writerows(rows)
    joined = {row["kode_idm"]: row["kode"] for row in rows}
    taken = read_index(path, shipped.areas).rows
    assert [row[0] for row in taken if joined[row[8]] != row[0]] == [] and len(taken) > 74_000
