"""The table of a hamlet's meeting: read with what to mend, loaded whole, and written so that it reads the same again."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.text import BadInput
from bermitra.needs import actions
from bermitra.needs.models import Need, Voice
from bermitra.needs.table import read_needs
from tests.deliberation.test_pages import as_, hidden, to
from tests.needs import makers
from tests.people import OURS, place

HEAD = "No;Usulan;Bidang;Berat;Dusun;Jumlah KK;Jumlah orang;Kelompok;Tanggal\n"
ROWS = (
    "1;Jalan usaha tani rusak;Jalan, jembatan, dan angkutan;3;Wetan;40;25;;14/01/2026\n"
    "2;Jalan usaha tani rusak;Jalan, jembatan, dan angkutan;3;Kulon;;12;Kelompok tani;15/01/2026\n"
    "3;Air keruh;drinking_water;4;;18;;;\n"
    "Jumlah;;;;;58;37;;\n"
)


def a_table(rows: str = ROWS) -> bytes:
    return (HEAD + rows).encode()


def loaded(people, content: bytes, who: str = "kadus") -> None:
    found = read_needs("rembuk.csv", content)
    assert not found.wrong, found.wrong
    actions.import_needs(by=people.by(who), village=place(OURS), rows=found.values, file_hash="0" * 64)


def test_a_real_table_is_read_under_its_own_heads_with_its_sum_passed_by():
    found = read_needs("rembuk.csv", a_table())
    assert not found.wrong
    assert found.passed_by == [5]
    first, second, third = found.values
    assert (first["hamlet"], first["people"], first["heard_on"]) == ("Wetan", 25, date(2026, 1, 14))
    assert (second["group"], second["households"]) == ("farmers", 0)
    assert (third["hamlet"], third["sector"], third["people"]) == ("Kulon", "drinking_water", 0)


def test_a_column_that_nobody_knows_is_told_with_the_heading_it_may_mean():
    content = b"No;Usulan;Bidang;Berat;Orang;Warna\n1;Jalan putus;jalan desa;3;25;biru\n"
    found = read_needs("rembuk.csv", content)
    assert found.unknown == [("orang", "jumlah_orang"), ("warna", "")]
    assert [row["sector"] for row in found.values] == ["roads_transport"], "as the sheet with the example says it"
    assert read_needs("rembuk.csv", a_table()).unknown == []


def test_every_cell_that_cannot_be_taken_is_told_with_its_row_and_remedy():
    wrong = a_table("1;;bidang apa;9;;banyak;dua;Kelompok apa;kapan\n2;Air;health;3;;;5;;\n")
    told = {(each.row, each.column): each for each in read_needs("rembuk.csv", wrong).wrong}
    assert set(told) == {
        (2, "kebutuhan"), (2, "bidang"), (2, "berat"), (2, "rumah_tangga"), (2, "jumlah_orang"), (2, "kelompok"),
        (2, "tanggal"), (3, "dusun"), (3, "tanggal"),
    }  # fmt: skip
    assert told[2, "berat"].value == "9"


@pytest.mark.django_db
def test_rows_of_one_title_are_one_need_with_a_voice_each_and_nothing_is_written_twice(people):
    loaded(people, a_table())
    roads = Need.objects.get(title="Jalan usaha tani rusak")
    assert (Need.objects.count(), roads.state, roads.households) == (2, "draft", 40)
    assert [(voice.hamlet, voice.people, voice.group) for voice in roads.voices.order_by("pk")] == [
        ("Wetan", 25, ""), ("Kulon", 12, "farmers"),
    ]  # fmt: skip
    loaded(people, a_table())
    assert (Need.objects.count(), Voice.objects.count()) == (2, 2)
    loaded(people, a_table("1;JALAN usaha tani rusak!;Jalan, jembatan, dan angkutan;5;Dhuwur;;9;;16/01/2026\n"))
    roads.refresh_from_db()
    assert (Need.objects.count(), roads.voices.count(), roads.severity) == (
        2,
        3,
        3,
    )  # a new voice, nothing else changed


@pytest.mark.django_db
def test_a_need_that_was_withdrawn_is_written_anew(people):
    loaded(people, a_table())
    roads = Need.objects.get(title="Jalan usaha tani rusak")
    actions.withdraw(by=people.by("sekdes"), need=roads, why="Salah.")
    loaded(people, a_table())
    assert Need.objects.filter(title=roads.title, state="draft").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["kades", "bpd", "warga", "camat", "dinas"])
def test_only_those_who_count_load_tables(people, who):
    with pytest.raises(NotAllowed):
        loaded(people, a_table(), who)


def upload(client, content: bytes, name: str = "rembuk.csv"):
    page = client.get(to("needs.import_needs"))
    return client.post(to("needs.import_needs"), {**hidden(page), "table": SimpleUploadedFile(name, content)})


@pytest.mark.django_db
def test_the_page_tells_what_to_mend_and_then_loads_everything(people):
    client = as_("operator")
    wrong = upload(client, a_table("1;Air;health;9;Wetan;;;;\n"))
    assert wrong.status_code == 422
    shown = wrong.content.decode()
    assert "1 sel perlu diperbaiki" in shown and "Baris 2" in shown and "bukan 1 sampai 5" in shown
    assert not Need.objects.exists()
    assert upload(client, b"%PDF-1.7").status_code == 422
    assert upload(client, a_table()).status_code == 302
    assert Need.objects.count() == 2


@pytest.mark.django_db
def test_the_file_of_the_list_reads_as_the_same_needs_and_voices(people):
    need = makers.a_submitted_need(people)
    makers.a_voice(people, need, group="farmers")
    makers.a_voice(people, need, hamlet="Kulon", people=7)
    client = as_("operator")
    file = client.get(to("page.needs") + "?bentuk=xlsx&bidang=disaster_climate")
    book = b"".join(file.streaming_content)
    found = read_needs("kebutuhan.xlsx", BytesIO(book).read())
    assert not found.wrong
    assert [(row["title"], row["hamlet"], row["people"]) for row in found.values] == [
        (need.title, "Wetan", 41), (need.title, "Kulon", 7),
    ]  # fmt: skip
    before = Voice.objects.count()
    loaded(people, book, "operator")
    assert (Need.objects.count(), Voice.objects.count()) == (1, before)


@pytest.mark.django_db
def test_the_empty_table_has_the_columns_that_are_read(people):
    form = b"".join(as_("operator").get(to("page.needs_table")).streaming_content)
    with pytest.raises(BadInput) as refused:
        read_needs("tabel.xlsx", form)
    assert refused.value.code == "table.empty"  # its heads were found, and no row below them


@pytest.mark.parametrize(
    ("typed", "sector"),
    [("Layanan kesehatan", "health"), ("PDAM", "drinking_water"), ("irigasi", "irrigation"), ("energy", "energy")],
)
def test_sectors_are_known_by_name_code_and_the_words_of_residents(typed, sector):
    found = read_needs("rembuk.csv", a_table(f"1;Usul;{typed};3;;;;;\n"))
    assert [row["sector"] for row in found.values] == [sector]
