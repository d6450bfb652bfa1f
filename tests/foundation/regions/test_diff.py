"""Old and new register compared: who is who, told apart without guessing."""

from bermitra.foundation.regions.diff import differences
from tests.foundation.regions.conftest import COUNTRY, areas_of, renumbered

OLD = areas_of(COUNTRY)


def found(new: dict[str, str], **given):
    return differences(OLD, areas_of(new), **given)


def test_equal_registers_do_not_differ_and_a_first_one_is_all_new():
    assert not found(COUNTRY)
    assert differences({}, OLD).new == sorted(OLD)


def test_another_spelling_is_a_new_name_and_nothing_else():
    changed = found({**COUNTRY, "33.04.19.2002": "B e j i"})
    assert (changed.renamed, changed.counts()) == (
        ["33.04.19.2002"], {"new": 0, "renamed": 1, "moved": 0, "split": 0, "gone": 0},
    )  # fmt: skip


def test_numbers_that_were_handed_on_are_moves_down_to_the_village():
    moved = found(renumbered(COUNTRY)).moved
    assert moved["96.05"] == "96.03" and moved["96.10"] == "96.05" and moved["96.05.01.2001"] == "96.03.01.2001"
    assert len(moved) == 9 and found(renumbered(COUNTRY)).counts()["gone"] == 0


def test_a_regency_that_changes_its_province_stays_itself():
    new = {code.replace("51.08", "52.08"): name for code, name in COUNTRY.items()} | {"52": "Nusa Tenggara Barat"}
    changed = found(new)
    assert changed.moved["51.08"] == "52.08" and changed.moved["51.08.02.2008"] == "52.08.02.2008"
    assert changed.new == ["52"] and changed.gone == []


def test_a_new_district_of_old_villages_is_split_from_theirs():
    new = {**COUNTRY, "33.04.20": "Sirongge", "33.04.20.2001": "Sirongge"}
    del new["33.04.19.2003"]
    changed = found(new)
    assert changed.moved == {"33.04.19.2003": "33.04.20.2001"}
    assert changed.split == {"33.04.20": ("33.04.19",)}


def test_a_new_village_named_after_a_mother_is_split_from_it():
    assert found({**COUNTRY, "33.04.19.2004": "Pandanarum Wetan"}).split == {"33.04.19.2004": ("33.04.19.2001",)}


def test_what_cannot_be_told_is_gone_and_new():
    new = {**COUNTRY, "33.04.19.2009": "Nama Lain"}
    del new["33.04.19.2003"]
    changed = found(new)
    assert (changed.gone, changed.new, changed.moved) == (["33.04.19.2003"], ["33.04.19.2009"], {})
    assert found(new, all_rows_read=False).kept == ["33.04.19.2003"]
