"""A register becomes rows, a decree changes them, and whatever pointed to an area stays with it."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands.act import By
from bermitra.foundation.journal.checkpoints import verify
from bermitra.foundation.journal.models import Event
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.regions import queries
from bermitra.foundation.regions.actions import import_register
from bermitra.foundation.regions.load import plan_register, pointing_here
from bermitra.foundation.regions.models import NameList, Region, RegionAlias, RegisterLoad, VillageIndex
from bermitra.foundation.regions.register import Register
from bermitra.foundation.regions.tables import Refused
from bermitra.foundation.text import BadInput
from tests.foundation.regions.conftest import COUNTRY, DAY, areas_of, renumbered

pytestmark = pytest.mark.django_db


def person(name: str, region: str) -> Person:
    made = Person.objects.create(username=name, full_name=name, region_id=region, created_at=timezone.now())
    Appointment.objects.create(
        person=made,
        role="village_head",
        region_id=region,
        decree="1",
        since=DAY,
        until=date(2030, 1, 1),
        state_at=timezone.now(),
    )
    return made


def lives(someone: Person) -> tuple[str, str]:
    someone.refresh_from_db()
    return someone.region.code, someone.region.name


def index(village: str, idm: int) -> VillageIndex:
    return VillageIndex.objects.create(
        village_id=village, year=2024, idm=idm, published_code=village, how_matched="code_and_name"
    )


def test_a_first_load_writes_all_areas_with_kept_counts_and_one_line(country):
    assert Region.objects.filter(active=True).count() == len(COUNTRY)
    java, district = Region.objects.get(pk="33"), Region.objects.get(pk="33.04.19")
    assert (java.members, java.villages, district.members, district.villages) == (3, 8, 3, 3)
    assert Region.objects.get(pk="51.71").kind == "city"
    assert Region.objects.get(pk="33.05").name_key == "kebumen"
    assert country.counts["in_force"]["villages"] == 13 and country.counts["new"] == len(COUNTRY)
    assert "pandanarum\t3" in NameList.objects.get().names.splitlines()
    assert Event.objects.get().verb == "regions.imported" and verify().sound


def test_the_same_register_has_no_differences(country):
    plan = plan_register(Register("lagi.csv", "", areas_of(COUNTRY)), decree="", day=DAY)
    assert not plan.found and not plan.first


def test_a_decree_renames_adds_and_ends_areas_and_remembers(country, load):
    decree = {**COUNTRY, "33.04.19.2002": "Beji Wetan", "33.04.19.2004": "Beji Kulon"}
    del decree["33.04.19.2003"]
    load(decree, day=date(2026, 1, 1), decree="Kepmen baru")
    old = Region.objects.get(pk="33.04.19.2003")
    assert (old.active, old.until) == (False, date(2026, 1, 1))
    assert Region.objects.get(pk="33.04.19.2004").since == date(2026, 1, 1)
    [renamed] = queries.former("33.04.19.2002")
    assert (renamed.old_name, renamed.region.name, renamed.decree) == ("Beji", "Beji Wetan", "Kepmen baru")
    assert (Region.objects.get(pk="33.04.19").members, Region.objects.get(pk="33").villages) == (3, 8)
    assert not queries.search("sirongge").found
    assert queries.search("Beji").former == (renamed,)


def test_who_pointed_to_an_area_follows_it_when_numbers_are_handed_on(country, load):
    ampat, maybrat, other = person("a", "96.05.01.2001"), person("m", "96.10.01.2001"), person("s", "96.04.01.2001")
    index("96.05.01.2001", 6000), index("96.10.01.2001", 5000)
    norm = RegencyNorm.objects.create(
        regency_id="96.05", name="n", value=1, basis="b", effective_from=date(2024, 1, 1), set_at=timezone.now()
    )
    load(renumbered(COUNTRY))
    assert lives(ampat) == ("96.03.01.2001", "Saonek")
    assert lives(maybrat) == ("96.05.01.2001", "Kumurkek")
    assert lives(other) == ("96.02.01.2001", "Wersar")
    assert [each.region_id for each in Appointment.objects.order_by("pk")] == [
        "96.03.01.2001", "96.05.01.2001", "96.02.01.2001",
    ]  # fmt: skip
    assert dict(VillageIndex.objects.values_list("village_id", "idm")) == {"96.03.01.2001": 6000, "96.05.01.2001": 5000}
    assert Region.objects.get(pk="96.05").name == "Kabupaten Maybrat"
    assert not Region.objects.get(pk="96.10").active
    norm.refresh_from_db()
    assert norm.regency_id == "96.05"  # a row that never changes keeps the code of its day, which is found again:
    assert [(each.code, each.since, each.until) for each in queries.codes_held("96.03")] == [
        ("96.03", DAY, None), ("96.05", None, DAY),
    ]  # fmt: skip
    assert [each.code for each in queries.codes_held("96.05")] == ["96.05", "96.10"]
    connection.check_constraints()


def test_two_villages_may_trade_their_numbers(country, load):
    pandanarum, beji = person("p", "33.04.19.2001"), person("b", "33.04.19.2002")
    index("33.04.19.2001", 1), index("33.04.19.2002", 2)
    load({**COUNTRY, "33.04.19.2001": "Beji", "33.04.19.2002": "Pandanarum"})
    assert lives(pandanarum) == ("33.04.19.2002", "Pandanarum")
    assert lives(beji) == ("33.04.19.2001", "Beji")
    assert dict(VillageIndex.objects.values_list("village_id", "idm")) == {"33.04.19.2002": 1, "33.04.19.2001": 2}


def test_nothing_of_a_village_that_is_gone_becomes_the_new_ones(country, load):
    """Maybrat takes the number of Raja Ampat, and one of its villages the number of Saonek, which has no successor."""
    saonek = person("s", "96.05.01.2001")
    index("96.05.01.2001", 6000)
    decree = renumbered(COUNTRY)
    del decree["96.03.01.2001"]
    decree["96.03.01.2009"] = "Waisai"
    load(decree)
    assert Region.objects.get(pk="96.05.01.2001").name == "Kumurkek"
    assert lives(saonek) == ("J6.05.01.2001", "Saonek") and not saonek.region.active
    assert VillageIndex.objects.get().village_id == "J6.05.01.2001"
    assert queries.former("96.05.01.2001")[0].region_id == "J6.05.01.2001"
    assert not queries.search("saonek").found


def test_a_village_that_comes_back_is_the_same_one(country, load):
    sirongge = person("s", "33.04.19.2003")
    without = {code: name for code, name in COUNTRY.items() if code != "33.04.19.2003"}
    load(without, day=date(2025, 6, 1))
    load(COUNTRY, day=date(2025, 9, 1))
    assert lives(sirongge) == ("33.04.19.2003", "Sirongge") and sirongge.region.active
    load(without, day=date(2026, 1, 1))
    load({**COUNTRY, "33.04.19.2003": "Lawen"}, day=date(2026, 6, 1))
    assert lives(sirongge) == ("D3.04.19.2003", "Sirongge")
    assert Region.objects.get(pk="33.04.19.2003").name == "Lawen"


def test_a_number_that_moved_on_may_be_given_to_another_later(country, load):
    load(renumbered(COUNTRY))
    load(
        {**renumbered(COUNTRY), "96.10": "Kabupaten Baru", "96.10.01": "Baru", "96.10.01.2001": "Baru"},
        day=date(2026, 1, 1),
    )
    assert Region.objects.get(pk="96.10").name == "Kabupaten Baru"
    assert not Region.objects.filter(code__startswith="J").exists()
    ketiga = person("k", "96.10.01.2001")
    load(renumbered(COUNTRY), day=date(2026, 6, 1))
    load(
        {**renumbered(COUNTRY), "96.10": "Kabupaten Lain", "96.10.01": "Lain", "96.10.01.2001": "Lain"},
        day=date(2027, 1, 1),
    )
    assert lives(ketiga) == ("J6.10.01.2001", "Baru")
    assert Region.objects.get(pk="96.10.01.2001").name == "Lain"


def test_a_village_whose_row_was_refused_stays(country, load):
    without = {code: name for code, name in COUNTRY.items() if code != "33.04.19.2003"} | {"33.04.19.2005": "Baru"}
    load(without, refused=(Refused("contoh.csv", 7, "33.04.19.2003 Sirongge", "rusak"),))
    assert Region.objects.get(pk="33.04.19.2003").active
    assert Region.objects.get(pk="33.04.19").members == 4


def test_a_part_of_the_country_is_no_decree(country):
    java = {code: name for code, name in COUNTRY.items() if code.startswith("33")}
    with pytest.raises(BadInput, match=r"17 dari 35 wilayah"):
        plan_register(Register("jateng.csv", "", areas_of(java)), decree="", day=DAY)


def test_a_plan_is_refused_when_another_load_came_between(country, load):
    plan = plan_register(
        Register("a.csv", "a" * 64, areas_of({**COUNTRY, "33.04.19.2009": "Baru"})), decree="", day=DAY
    )
    load({**COUNTRY, "33.04.19.2008": "Lain"})
    with pytest.raises(BadInput) as refused:
        import_register(by=By.the_system(), plan=plan)
    assert refused.value.code == "register.meanwhile"
    assert not Region.objects.filter(pk="33.04.19.2009").exists()
    assert RegisterLoad.objects.count() == 2


def test_every_key_to_an_area_is_known():
    """What a later package adds is found by itself; columns of rows that never change are not among them."""
    columns = {f"{each.model._meta.db_table}.{each.column}" for each in pointing_here()}
    assert {"accounts_person.region_id", "accounts_appointment.region_id", "regions_villageindex.village_id"} <= columns
    assert not {"regions_regionalias.region_id", "norms_regencynorm.regency_id", "regions_region.parent_id"} & columns


def test_codes_and_names_are_ordered_letter_by_letter(country):
    codes = list(Region.objects.order_by("pk").values_list("pk", flat=True))
    assert codes == sorted(codes)
    assert RegionAlias.objects.count() == 0
