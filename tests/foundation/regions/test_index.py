"""The village index: taken only where code and name agree, or where a join says so and nothing speaks against it."""

import pytest
import xlsxwriter

from bermitra.foundation.commands.act import By
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions import index as module
from bermitra.foundation.regions.actions import import_index
from bermitra.foundation.regions.index import MATCHED, read_index, status_by_threshold
from bermitra.foundation.regions.load import plan_index
from bermitra.foundation.regions.models import RegisterLoad, VillageIndex
from bermitra.foundation.regions.queries import index_history, last_load
from bermitra.foundation.text import BadInput
from tests.foundation.regions.conftest import COUNTRY, areas_of, renumbered

HEAD = ["kode", "kode_idm", "nama_idm", "iks", "ike", "ikl", "idm", "status"]
AREAS = areas_of(COUNTRY)
SCORES = ["0.8", "0.9", "0.5333", "0.7444", "Maju"]


def row(code: str, name: str, published: str = "", scores: list[str] = SCORES) -> list[str]:
    return [code, published or code, name, *scores]


def read(table, *rows: list[str], areas=AREAS, name: str = "idm_2024.csv"):
    return read_index(table([HEAD, *rows], name), areas)


def reasons(index) -> list[str]:
    return [each.reason for each in index.refused]


def test_scores_are_whole_ten_thousandths_and_status_stays_as_published(table):
    index = read(table, row("33.04.19.2001", "PANDANARUM", scores=["0,8", "0.9", "0.5333", "0.7444", "berkembang"]))
    assert index.year == 2024
    assert index.rows == [
        ("33.04.19.2001", 2024, 8000, 9000, 5333, 7444, "Berkembang", "Maju", "33.04.19.2001", "code_and_name")
    ]


@pytest.mark.parametrize(
    ("idm", "status"),
    [(8156, "Mandiri"), (8155, "Maju"), (7072, "Berkembang"), (5989, "Tertinggal"), (4907, "Sangat Tertinggal"),
     (0, "Sangat Tertinggal"), (None, "")],
)  # fmt: skip
def test_thresholds_belong_to_the_lower_status(idm, status):
    assert status_by_threshold(idm) == status


@pytest.mark.parametrize(
    ("given", "how"),
    [
        (row("33.04.19.2001", "Pandan Arum"), "code_and_name"),
        (row("33.04.19.2001", "Pandanaran"), "code_near_name"),
        (row("33.04.19.2001", "Nama Lama"), "code_other_name"),
        (row("33.04.19.2001", ""), "code_and_name"),
        (row("96.04.01.2001", "Wersar", "92.04.01.2001"), "name"),
        (row("96.04.01.2001", "Wersara", "92.04.01.2001"), "near_name"),
    ],
)
def test_a_row_says_how_it_was_matched(table, given, how):
    assert how in MATCHED and set(MATCHED) == set(VillageIndex.Matched.values)
    [taken] = read(table, given).rows
    assert taken[-1] == (how if given[2] else "code_only")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (row("", "Matano", "72.06.07.2013"), "belum dicocokkan"),
        (row("33.04.19.2099", "Tidak Ada"), "tidak ada dalam daftar"),
        (row("33.04.06.1013", "Kutabanjarnegara"), "adalah kelurahan"),
        (row("33.04.19", "Pandanarum"), "bukan kode desa"),
        (row("33.04.19.2002", "Sirongge"), "nama desa 33.04.19.2003"),
        (row("96.04.01.2001", "Lain Sekali", "92.04.01.2001"), "tidak sama dengan Wersar"),
        (row("304192001", "Nol hilang"), "nol yang hilang"),
        (row("33.04.19.2001", "Pandanarum", scores=["1.2", "0.9", "0.5", "0.7", "Maju"]), "bukan angka 0 sampai 1"),
        (row("33.04.19.2001", "Pandanarum", scores=["nan", "0.9", "0.5", "0.7", "Maju"]), "bukan angka 0 sampai 1"),
        (row("33.04.19.2001", "Pandanarum", scores=["0.9", "0.9", "0.9", "0.7", "Maju"]), "bukan rata-rata"),
        (row("33.04.19.2001", "Pandanarum", scores=["0.9", "", "0.9", "0.7", "Maju"]), "Salah satu nilai kosong"),
        (row("33.04.19.2001", "Pandanarum", scores=["0.8", "0.9", "0.5333", "0.7444", "Hebat"]), "Status Hebat"),
        (row("33.26.15.2003", "Pandanarum"), "sudah ada di baris 2"),
    ],
)
def test_a_row_that_may_be_another_villages_is_refused_with_its_number(table, given, says):
    index = read(table, row("33.26.15.2003", "Pandanarum"), given)
    assert len(index.rows) == 1 and index.refused[0].row == 3
    assert says in reasons(index)[0]
    assert all(len(sentence.split()) <= 18 for sentence in reasons(index)[0].split(". "))


def test_a_namesake_whose_own_row_is_there_speaks_against_nobody(table):
    """Banjarejo and Banjareja are two villages of one regency, each with a row of its own."""
    areas = {**AREAS, "33.05.14.2021": ("Banjarejo", "desa"), "33.05.05.2015": ("Banjareja", "desa")}
    assert len(read(table, row("33.05.05.2015", "BANJAREJO"), row("33.05.14.2021", "BANJAREJO"), areas=areas).rows) == 2
    assert (
        "33.05.14.2021"
        in reasons(read(table, row("33.05.05.2003", "PANDANLOR"), row("33.05.05.2015", "BANJAREJO"), areas=areas))[0]
    )


def test_old_numbers_of_papua_barat_daya_are_nobody_elses(table):
    """Published under the old numbers, without a join: 96.05 is Maybrat now, and not one row of Raja Ampat becomes its."""
    areas = areas_of(renumbered(COUNTRY) | {"96.05.01.2002": "Ayawasi"})
    rows = [[code, name, *SCORES] for code, name in {**COUNTRY, "96.05.01.2002": "Yembeser"}.items() if len(code) == 13]
    path = table([HEAD[1:], *(row for row in rows if row[0][9] == "2")], "idm_2024.csv")
    index = read_index(path, areas)
    assert not [each for each in index.rows if each[0].startswith("96")]
    assert "Kode 96.05 kini milik Kabupaten Maybrat. Isi kolom kode menurut daftar wilayah." in reasons(index)


@pytest.mark.parametrize(
    ("rows", "name", "code"),
    [
        ([["kode", "nama"], ["33.04.19.2001", "Pandanarum"]], "idm_2024.csv", "index.header"),
        ([HEAD, row("33.04.19.2001", "Pandanarum")], "idm.csv", "index.year"),
        ([HEAD], "idm_2024.csv", "file.header"),
        ([HEAD, row("33.04.19.2001", "Pandanarum"), ["33.04.19"]], "idm_2024.csv", "file.cut"),
        ([HEAD, row("99.04.19.2001", "Pandanarum")], "idm_2024.csv", "index.none"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(table, rows, name, code):
    with pytest.raises(BadInput) as refused:
        read_index(table(rows, name), AREAS)
    assert refused.value.code == code


def test_a_spreadsheet_is_read_as_well(tmp_path):
    path = tmp_path / "idm 2024.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, [3304192001, 3304192001, "Pandanarum", 0.8, 0.9, 0.5333, 0.7444, "Maju"])
    assert read_index(path, AREAS).rows[0][:6] == ("33.04.19.2001", 2024, 8000, 9000, 5333, 7444)


def test_an_index_is_kept_once_and_a_correction_replaces_its_row(country, table):
    def kept(*rows):
        plan = plan_index(read(table, *rows))
        return import_index(by=By.the_system(), plan=plan) if plan.new or plan.changed else None

    first = kept(row("33.04.19.2001", "Pandanarum"), row("33.04.19.2002", "Beji", scores=["", "", "", "", ""]))
    assert first.counts["new"] == 2 and first.counts["statuses"] == {"": 1, "Maju": 1}
    assert kept(row("33.04.19.2001", "Pandanarum")) is None
    again = kept(row("33.04.19.2001", "Pandanarum", scores=["0.8", "0.9", "0.5333", "0.7444", "Mandiri"]))
    assert (again.counts["changed"], again.counts["contradicting"]) == (1, 1)
    [index] = index_history("33.04.19.2001")
    assert (index.idm, index.status_published, index.status_by_threshold, index.contradicts) == (
        7444,
        "Mandiri",
        "Maju",
        True,
    )
    assert VillageIndex.objects.count() == 2 and last_load(RegisterLoad.Kind.INDEX) == again
    assert list(Event.objects.order_by("seq").values_list("verb", flat=True)) == [
        "regions.imported", "regions.index_imported", "regions.index_imported",
    ]  # fmt: skip
    assert module.ONE == 10_000
